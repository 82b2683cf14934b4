"""It hurts: one key stops at once; what then can be done, and that nothing is lost by it."""

from __future__ import annotations

from player_world import player_services, playing
from ui_world import NOW, session

from stretch_tui.core.log.logbook import Ending
from stretch_tui.core.session.states import Halt, State
from stretch_tui.ui.browsing.looking import look


def player_of(stage):
    return stage.screen._live.player


async def test_it_stops_at_once_says_where_it_hurt_and_shows_the_red_flags():
    services = player_services()
    async with playing(services, size=(80, 40)) as stage:
        await stage.wait(12)
        await stage.press("x")
        words = " ".join(stage.text.split())
        assert "It hurt at Eagle arms, left side. Stopping was right." in words
        assert "u go on where you were" in words
        assert "l suggest Eagle arms no more" in words
        assert "numbness, weakness" in words
        await stage.press("enter")
        [kept] = services.logbook.sessions()
        assert (kept.ending, kept.seconds) == (Ending.HURT, 7)
        assert kept.note == "It hurt at Eagle arms, left side."
        assert services.runs.kept == services.runs.finished == {}


async def test_it_is_durable_before_it_is_logged():
    services = player_services()
    async with playing(services) as stage:
        await stage.wait(12)
        await stage.press("x")
        assert "7 s of stretching. Kept." in stage.text
        [kept] = services.runs.unsaved()
        assert (kept.ending, kept.seconds) == (Ending.HURT, 7)
        assert services.logbook.sessions() == ()


async def test_it_can_be_taken_back_on_the_spot_and_the_log_has_one_whole_session():
    services = player_services()
    async with playing(services) as stage:
        await stage.press("3")
        await stage.wait(12)
        before = stage.screen.query_one("#number").text
        await stage.press("x")
        stage.clock.seconds += 50
        await stage.press("u")
        player = player_of(stage)
        assert (player.state, player.halt) == (State.PAUSED, Halt.REOPENED)
        assert "Nothing is lost" in stage.text
        assert "Eagle arms  standing · facing you" in stage.text
        assert stage.screen.query_one("#number").text == before
        assert services.runs.unsaved() == ()
        await stage.press("space")
        await stage.wait(170)
        [kept] = services.logbook.sessions()
        assert (kept.ending, kept.feel_before, kept.note) == (Ending.FINISHED, 3, "")
        assert (kept.parts[0].left, kept.parts[0].complete) == (33, True)
        assert services.runs.kept == {}


async def test_after_an_answer_undo_takes_the_answer_back_first():
    services = player_services()
    async with playing(services) as stage:
        await stage.wait(12)
        await stage.press("x", "7")
        assert [one.feel_after for one in services.runs.unsaved()] == [7]
        await stage.press("u")
        assert [one.feel_after for one in services.runs.unsaved()] == [None]
        assert stage.screen.at_the_end
        await stage.press("u")
        assert player_of(stage).state is State.PAUSED


async def test_what_hurt_can_be_left_out_of_what_is_suggested_and_let_in_again():
    services = player_services()
    async with playing(services) as stage:
        await stage.wait(12)
        await stage.press("x", "l")
        assert services.logbook.banned() == {"eagle-arms"}
        assert "suggest Eagle arms again" in stage.text
        assert "Eagle arms is suggested no more." in " ".join(stage.text.split())
        assert "l suggest again" in stage.text
        await stage.press("l")
        assert services.logbook.banned() == frozenset()


async def test_in_a_rest_it_is_the_stretch_before_that_hurt():
    services = player_services()
    async with playing(services) as stage:
        await stage.wait(78)
        assert player_of(stage).leading_in
        await stage.press("x")
        assert "It hurt after Eagle arms." in " ".join(stage.text.split())
        await stage.press("l")
        assert services.logbook.banned() == {"eagle-arms"}


async def test_before_anything_was_done_it_leaves_nothing_behind():
    services = player_services()
    async with playing(services) as stage:
        await stage.press("x")
        assert "It hurt before Eagle arms." in " ".join(stage.text.split())
        await stage.press("u")
        assert player_of(stage).state is State.PAUSED
        await stage.press("x", "enter")
        assert stage.app.screen is not stage.screen
        assert services.logbook.sessions() == ()
        assert services.runs.kept == services.runs.finished == {}


async def test_quitting_the_app_from_there_logs_it():
    services = player_services()
    async with playing(services) as stage:
        await stage.wait(12)
        await stage.press("x")
        await stage.app.action_quit()
        await stage.settle()
        [kept] = services.logbook.sessions()
        assert (kept.ending, kept.seconds) == (Ending.HURT, 7)


async def test_a_session_that_the_log_cannot_take_says_so_in_one_way_and_is_kept_aside():
    services = player_services()
    async with playing(services) as stage:
        await stage.wait(12)
        services.logbook.failing = "the disk is full"
        await stage.press("q", "y")
        assert "8 s of stretching. Saving." not in stage.text
        left = {}
        stage.app.exit = lambda **how: left.update(how)
        await stage.app.action_quit()
        assert "not saved: the session One of each" in left["message"]
        assert "which gets it at the next start" in left["message"]


async def test_a_session_that_hurt_or_was_only_looked_into_is_not_offered_again():
    services = player_services()
    for seconds, key in ((60, "x"), (8, "q")):
        async with playing(services) as stage:
            await stage.wait(seconds)
            await stage.press(key)
            await stage.press(*({"q": ("y",)}.get(key, ())), "enter")
    assert len(services.logbook.sessions()) == 2
    assert look(services).last == ""
    services.logbook.add(session("whole", NOW.date()))
    assert look(services).last == "desk-reset"
