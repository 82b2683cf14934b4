"""Every key of a session does what its words say."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from player_world import ONE_EACH, player_services, playing
from ui_world import NOW, session

from stretch_tui.core.content.dose import Dose, DosePhase, Range, Side
from stretch_tui.core.content.routine import Routine, Step
from stretch_tui.core.content.stretch import Phase
from stretch_tui.core.session.states import State
from stretch_tui.core.settings import Settings
from stretch_tui.ui.session.player_keys import KEYS
from stretch_tui.ui.widgets.figure_pane import FigurePane


def player_of(stage):
    return stage.screen._live.player


def test_every_key_has_an_id_of_its_own():
    ids = [binding.id for binding in KEYS]
    assert all(ids)
    assert len(set(ids)) == len(ids)


async def test_space_pauses_and_goes_on_and_no_second_is_lost():
    async with playing() as stage:
        await stage.wait(10)
        await stage.press("space")
        left = player_of(stage).left_seconds
        assert player_of(stage).state is State.PAUSED
        stage.clock.seconds += 3
        await stage.press("space")
        assert player_of(stage).state is State.RUNNING
        assert player_of(stage).left_seconds == left
        await stage.press("space", "enter")
        assert player_of(stage).state is State.RUNNING


async def test_enter_begins_without_waiting_for_the_get_ready():
    async with playing() as stage:
        assert player_of(stage).leading_in
        await stage.press("enter")
        assert not player_of(stage).leading_in


async def test_next_previous_and_again():
    async with playing() as stage:
        await stage.press("n")
        assert player_of(stage).segment.step == 1
        await stage.press("right")
        assert player_of(stage).segment.step == 2
        await stage.press("p")
        assert player_of(stage).segment.step == 1
        await stage.press("left")
        assert player_of(stage).segment.step == 0
        await stage.wait(20)
        await stage.press("r")
        assert player_of(stage).into_seconds == 0
        assert player_of(stage).segment.seconds == 30


async def test_five_seconds_more_and_less_change_the_total():
    async with playing() as stage:
        await stage.wait(10)
        total = player_of(stage).total_left_seconds
        await stage.press("plus")
        assert player_of(stage).total_left_seconds == total + 5
        await stage.press("equals_sign", "minus", "minus")
        assert player_of(stage).total_left_seconds == total


async def test_feeling_is_noted_before_the_first_second_and_then_no_more():
    async with playing() as stage:
        assert "How sore are you?" in stage.text
        await stage.press("6")
        assert "Sore: 6, noted." in stage.text
        await stage.press("4")
        assert stage.screen._live.feel_before == 4
        await stage.wait(12)
        await stage.press("9")
        assert stage.screen._live.feel_before == 4


async def test_reading_freezes_the_clock_and_scrolls():
    async with playing(size=(40, 12)) as stage:
        await stage.wait(10)
        left = player_of(stage).left_seconds
        await stage.press("i")
        assert "Reach both arms" in stage.text
        stage.clock.seconds += 100
        await stage.press("down", "down", "down")
        assert "Reach both arms" not in stage.text
        await stage.press("i")
        assert player_of(stage).left_seconds == left


async def test_the_figure_turns_and_changes_its_style():
    async with playing() as stage:
        figure = stage.screen.query_one(FigurePane)
        await stage.press("right_square_bracket", "right_square_bracket", "left_square_bracket")
        await stage.press("right_curly_bracket", "right_curly_bracket", "left_curly_bracket")
        assert figure.turned == (15, 15)
        await stage.press("s")
        assert "solid 15 15: " in stage.text
        await stage.press(*["right_curly_bracket"] * 9)
        assert figure.turned == (15, 60)


async def test_a_key_shows_the_figure_as_in_a_mirror_and_the_sides_still_take_turns():
    async with playing() as stage:
        await stage.wait(10)
        assert "[hold]" in stage.text
        await stage.press("m")
        assert " hold " in stage.text
        assert "[" not in stage.text
        await stage.wait(32)
        assert "[start]" in stage.text
        await stage.press("m")
        assert " start " in stage.text


async def test_the_left_side_is_mirrored_and_switching_turns_it_round_on_the_way():
    async with playing() as stage:
        await stage.wait(10)
        assert player_of(stage).segment.side is Side.LEFT
        assert "[hold]" in stage.text
        await stage.wait(29)
        assert "% start]" in stage.text
        await stage.wait(3)
        assert player_of(stage).segment.side is Side.RIGHT
        assert " start " in stage.text
        assert "[" not in stage.text


async def test_ending_asks_and_keeps_what_was_done():
    services = player_services()
    async with playing(services) as stage:
        await stage.wait(18)
        await stage.press("q")
        stage.clock.seconds += 60
        await stage.press("n")
        assert player_of(stage).state is State.RUNNING
        await stage.press("escape", "y")
        assert "Saved." in stage.text
        [kept] = services.logbook.sessions()
        assert (kept.ending.value, kept.seconds) == ("ended", 13)
        assert kept.parts[0].left == 13
        await stage.press("enter")
        assert stage.app.screen is not stage.screen


async def test_next_goes_to_the_other_side_first():
    async with playing() as stage:
        await stage.wait(10)
        assert "next: the right side" in stage.text
        await stage.press("n")
        assert (player_of(stage).segment.step, player_of(stage).segment.side) == (0, Side.RIGHT)
        await stage.wait(10)
        assert "next: Doorway stretch" in stage.text
        await stage.press("n")
        assert player_of(stage).segment.step == 1
        await stage.press("p")
        assert player_of(stage).segment.step == 0


async def test_next_in_the_last_stretch_asks_before_it_ends_the_session():
    async with playing(from_step=2) as stage:
        await stage.wait(10)
        await stage.press("n")
        assert "End the session here?" in stage.text
        await stage.press("n")
        assert player_of(stage).state is State.RUNNING
        await stage.press("n", "y")
        assert "Saved." in stage.text


async def test_ending_before_anything_was_done_logs_nothing():
    services = player_services()
    async with playing(services) as stage:
        await stage.press("q", "y")
        assert stage.app.screen is not stage.screen
        assert services.logbook.sessions() == ()
        assert services.runs.resumable() == services.runs.running() == ()


async def test_skipping_has_three_meanings():
    services = player_services()
    async with playing(services) as stage:
        await stage.press("N", "a")
        assert player_of(stage).segment.step == 1
        await stage.press("N", "escape")
        assert player_of(stage).segment.step == 1
        assert player_of(stage).state is State.RUNNING
        await stage.press("N", "x")
        assert player_of(stage).segment.step == 1, "x is for what hurts, and means nothing here"
        await stage.press("l")
        assert player_of(stage).segment.step == 2
        assert services.logbook.banned() == {"doorway-stretch"}
        await stage.wait(10)
        await stage.press("N", "n")
        [kept] = services.logbook.sessions()
        assert [(part.stretch, part.complete) for part in kept.parts] == [
            ("eagle-arms", True),
            ("cat-cow", False),
        ]


async def test_help_pauses_the_session():
    async with playing() as stage:
        await stage.wait(10)
        await stage.press("question_mark")
        assert stage.app.screen is not stage.screen
        stage.clock.seconds += 60
        await stage.press("escape")
        assert player_of(stage).state is State.PAUSED
        assert player_of(stage).left_seconds == 28


async def test_words_that_are_new_stop_the_clock_until_they_are_read():
    services = player_services(seen=False)
    async with playing(services) as stage:
        assert "New to you" in stage.text
        stage.clock.seconds += 100
        await stage.press("space")
        assert player_of(stage).position == 0
        assert "eagle-arms" in services.logbook.seen()
        await stage.press("n")
        assert "New to you" in stage.text


async def test_the_words_to_read_are_those_of_the_stretch_that_comes():
    async with playing(player_services(seen=False), size=(120, 40)) as stage:
        assert "wrap the forearms" in stage.text
        await stage.press("space", "n")
        assert "New to you" in stage.text
        assert "wrap the forearms" not in stage.text
        assert "Let the shoulders sink." in stage.text


async def test_names_cannot_break_the_screen():
    hostile = "\x1b[2J[red]über\u202elange \n\t Routine " + "x" * 300
    services = player_services()
    stretch = services.shipped.stretches["eagle-arms"]
    catalog = replace(
        services.shipped,
        stretches={**services.shipped.stretches, "eagle-arms": replace(stretch, name=hostile)},
    )
    async with playing(
        replace(services, shipped=catalog), replace(ONE_EACH, name=hostile), size=(80, 24)
    ) as stage:
        rows = stage.text.splitlines()
        assert len(rows) == 24
        assert all(len(row) <= 80 for row in rows)
        assert "\x1b" not in stage.text
        assert "\u202e" not in stage.text
        await stage.wait(10)
        await stage.press("q", "y")
        assert "Saved." in stage.text


async def test_ascii_is_ascii_in_every_state():
    services = player_services(settings=Settings(zone="UTC", ascii=True))
    async with playing(services) as stage:
        for keys in ((), ("enter",), ("space",), ("i",), ("x",), ("l",)):
            await stage.press(*keys)
            assert stage.text.isascii(), stage.text


async def test_resizing_loses_nothing():
    async with playing() as stage:
        await stage.wait(20)
        before = stage.text
        for size in ((20, 5), (120, 40), (1, 1), (40, 12), (80, 24)):
            await stage.pilot.resize_terminal(*size)
            await stage.settle()
        assert stage.text == before
        assert player_of(stage).left_seconds == 18


async def test_a_flow_that_breathes_with_its_cue_is_never_told_the_other_half():
    phases = (
        Phase("cow", "cat-cow/cow", "Breathe in, belly sinks."),
        Phase("cat", "cat-cow/cat", "Breathe out, round up."),
    )
    dose = Dose(
        reps=Range(3, 3),
        flow=True,
        phases=tuple(DosePhase(one.name, held=True, breaths=Range(1, 1)) for one in phases),
    )
    services = player_services()
    known = services.shipped.stretches
    flow = replace(known["cat-cow"], phases=phases, dose=dose)
    services = replace(
        services, shipped=replace(services.shipped, stretches={**known, "cat-cow": flow})
    )
    async with playing(services, Routine("flow", "Flow", (Step("cat-cow"),))) as stage:
        for _ in range(36):
            await stage.wait(1)
            if "FLOW" in str(stage.screen.query_one("#word").text):
                cue = str(stage.screen.query_one("#cue").text).partition(",")[0].lower()
                assert stage.text.count(cue) == 1, stage.text


async def test_the_second_session_in_a_row_that_ends_worse_proposes_a_rest():
    services = player_services()
    earlier = session("earlier", NOW.date() - timedelta(days=1), routine="one-each")
    services.logbook.add(replace(earlier, feel_before=2, feel_after=4))
    async with playing(services) as stage:
        await stage.press("3")
        await stage.wait(15)
        await stage.press("q", "y")
        assert "Twice in a row" not in stage.text
        await stage.press("5")
        assert "a day or two of rest" in " ".join(stage.text.split())
        assert services.logbook.sessions()[-1].feel_after == 5
        assert not services.logbook.sessions()[-1].edited


async def test_a_hidden_streak_stays_hidden_at_the_end():
    services = player_services(settings=Settings(zone="UTC", show_streak=False))
    async with playing(services) as stage:
        await stage.wait(15)
        await stage.press("q", "y")
        assert "Saved." in stage.text
        assert "streak" not in stage.text


async def test_quitting_the_app_in_a_session_asks_first():
    async with playing() as stage:
        await stage.press("ctrl+q")
        assert "middle of a session" in stage.text
        assert stage.app.is_running


async def test_the_keys_that_answer_are_in_sight_on_the_smallest_terminal():
    async with playing(size=(20, 5)) as stage:
        await stage.wait(10)
        await stage.press("q")
        assert "End the session" in stage.text
        assert "y end here   n go on" in stage.text
