"""What belongs to every screen: help, commands, writing, leaving, keys of one's own."""

from __future__ import annotations

from dataclasses import replace

import pytest
from test_browse import ENVIRON, Listening, framed, opened, settled
from ui_world import (
    NOW,
    MemoryLogbook,
    MemoryRoutines,
    MemoryRuns,
    screen_text,
    session,
    world,
)

from stretch_tui.core.content.routine import Routine
from stretch_tui.core.errors import StoreError
from stretch_tui.core.log.logbook import Session
from stretch_tui.core.session.checkpoint import Checkpoint
from stretch_tui.core.settings import Settings
from stretch_tui.storage.log.tiny_logbook import TinyLogbook
from stretch_tui.storage.paths import Paths
from stretch_tui.ui import recording_app
from stretch_tui.ui.app import RED_FLAGS_SEEN, StretchApp
from stretch_tui.ui.dialogs.questions import RedFlags
from stretch_tui.ui.keymap import Keymap
from stretch_tui.ui.screens.browse import BrowseScreen
from stretch_tui.ui.screens.player import PlayerScreen
from stretch_tui.ui.terminal.environment import Surroundings, prepare_environment
from stretch_tui.ui.widgets.bars import KeyHints
from stretch_tui.ui.widgets.key_names import gathered, key_words
from stretch_tui.ui.writer import Job, Outcome, Writer


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_help_over_the_first_screen(services, snapshot, size):
    async with opened(services, size) as (app, pilot):
        await pilot.press("question_mark")
        await settled(pilot)
        assert framed(app) == snapshot
        await pilot.press("escape")
        assert isinstance(app.screen, BrowseScreen)


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        (("m",), "All new"),
        (("p", "a"), "Save"),
        (("p", "o"), "Help"),
        (("colon",), "Not now"),
    ],
)
async def test_what_stands_over_a_screen_explains_itself_too(services, keys, words):
    async with opened(services, (100, 36)) as (app, pilot):
        for key in keys:
            await pilot.press(key)
            await settled(pilot)
        front = app.screen
        await pilot.press("f1")
        await settled(pilot)
        assert words in app.screen.query_one("#help-text").text
        await pilot.press("escape")
        await settled(pilot)
        assert app.screen is front


async def test_help_holds_every_key_of_the_screen_and_the_red_flags(services):
    async with opened(services, (120, 40)) as (app, pilot):
        wanted = {hint.words for hint in gathered(app.screen.active_bindings.values())}
        await pilot.press("f1")
        await settled(pilot)
        text, _, _ = app.screen.query_one("#help-text").text.partition("IDS FOR")
        assert all(words in text for words in wanted)
        assert "bladder" in text


async def test_help_ends_with_the_ids_by_which_keys_are_changed(services):
    async with opened(services, (120, 40)) as (app, pilot):
        named = {active.binding.id for active in app.screen.active_bindings.values()}
        await pilot.press("f1")
        await settled(pilot)
        _, _, text = app.screen.query_one("#help-text").text.partition("IDS FOR [keys]")
        told = {line.split()[0] for line in text.splitlines()[1:] if line.strip()}
        told |= {f"{name[:-1]}{n}" for name in told if name.endswith("-N") for n in range(10)}
        assert {"browse.filter", "app.help", "list.choose", "browse.play-3"} <= told
        assert {name for name in named if name} <= told


async def test_every_binding_of_the_shell_has_an_id(services):
    async with opened(services) as (app, pilot):
        for key in ("", "question_mark", "colon"):
            if key:
                await pilot.press(key)
                await pilot.pause()
            shown = [a.binding for a in app.screen.active_bindings.values() if a.binding.show]
            ours = [one for one in shown if "copy" not in one.action and one.description]
            assert all(one.id for one in ours), [one for one in ours if not one.id]
            if key:
                await pilot.press("escape")


async def test_a_command_is_found_and_done(services):
    async with opened(services) as (app, pilot):
        await pilot.press("ctrl+p", *"play wind", "enter")
        await pilot.pause()
        assert app.asked == ["wind-down"]


async def test_a_theme_is_a_command(services):
    async with opened(services) as (app, pilot):
        await pilot.press("colon", *"theme stretch-light", "enter")
        await pilot.pause()
        assert app.theme == "stretch-light"


async def test_red_flags_come_once_before_the_first_session(services):
    services.logbook.forget_seen()
    app = StretchApp(services, environ=ENVIRON)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, RedFlags)
        await pilot.press("escape")
        assert isinstance(app.screen, BrowseScreen)
        assert RED_FLAGS_SEEN not in services.logbook.seen()
        await pilot.press("enter", "enter")
        await settled(pilot)
        assert isinstance(app.screen, PlayerScreen)
        app._writer.settle(5)
        assert RED_FLAGS_SEEN in services.logbook.seen()


async def test_what_cannot_be_saved_is_told_kept_and_tried_again(services):
    async with opened(services) as (app, pilot):
        services.logbook.failing = "the disk is full"
        await pilot.press("f")
        app._writer.settle(5)
        await settled(pilot)
        assert "Not saved yet, tried again: the disk is full" in screen_text(app)
        assert "is a favorite" not in screen_text(app)
        services.logbook.failing = ""
        await pilot.press("j", "f")
        app._writer.settle(5)
        await settled(pilot)
        assert services.logbook.favorites() == ("desk-reset", "wind-down")
        assert "Not saved yet" not in screen_text(app)


@pytest.mark.parametrize("size", [(80, 24), (40, 12)])
async def test_no_word_of_why_it_is_not_saved_is_cut_off(services, size):
    why = "permission denied: see who owns the folder with `ls -ld` (/a/long/way/to/the/data)"
    async with opened(services, size) as (app, pilot):
        before = screen_text(app)
        services.logbook.failing = why
        await pilot.press("f")
        app._writer.settle(5)
        await settled(pilot)
        told = " ".join(screen_text(app).split())
        assert why.split(" (", maxsplit=1)[0] in told
        assert "".join(why.split()) in "".join(screen_text(app).split())
        services.logbook.failing = ""
        await pilot.press("f")
        app._writer.settle(5)
        await settled(pilot)
        assert len(screen_text(app).splitlines()) == len(before.splitlines())
        assert "permission" not in screen_text(app)


async def test_leaving_says_which_changes_are_lost_and_why(services, monkeypatch):
    async with opened(services) as (app, pilot):
        left: dict[str, object] = {}
        monkeypatch.setattr(app, "exit", lambda **how: left.update(how))
        services.logbook.failing = "the disk is full"
        await pilot.press("f", "q")
        await settled(pilot)
        assert left["return_code"] == 1
        words = "not saved: that Desk reset is a favorite: the disk is full"
        assert left["message"] == f"stretch-tui: {words}"


async def test_what_could_not_be_saved_is_tried_again_by_itself(services, monkeypatch):
    monkeypatch.setattr(recording_app, "RETRY_SECONDS", 0.05)
    async with opened(services) as (app, pilot):
        services.logbook.failing = "another window is writing"
        await pilot.press("f")
        app._writer.settle(5)
        await settled(pilot)
        assert "another window is writing" in screen_text(app)
        services.logbook.failing = ""
        while "Not saved yet" in screen_text(app):
            await pilot.pause(0.05)
        assert services.logbook.favorites() == ("desk-reset",)


async def test_whom_a_change_waits_for_is_said(services):
    async with opened(services) as (app, pilot):
        services.logbook.tell("waiting: process 7 on 'vm' has been writing since noon")
        await settled(pilot)
        assert "Waiting: process 7 on 'vm'" in screen_text(app)


async def test_leaving_with_something_unsaved_is_not_success(services):
    services.logbook.failing = "the disk is full"
    async with opened(services) as (app, pilot):
        await pilot.press("f", "q")
        await pilot.pause(0.2)
    assert app.return_code == 1


async def test_leaving_in_peace_is_success(services):
    async with opened(services) as (app, pilot):
        await pilot.press("q")
        await pilot.pause(0.1)
    assert app.return_code == 0


async def test_leaving_asks_while_a_screen_would_lose_something(services):
    async with opened(services) as (app, pilot):
        app.screen.leaving_question = "A session is under way. Leave it?"
        await pilot.press("ctrl+q")
        await pilot.pause()
        assert "A session is under way" in screen_text(app)
        await pilot.press("n")
        assert isinstance(app.screen, BrowseScreen)
        await pilot.press("ctrl+c", "y")
        await pilot.pause(0.1)
    assert app.return_code == 0


async def test_keys_of_ones_own_replace_ours_and_help_says_so():
    services = world(settings=Settings(zone="UTC", keys={"browse.progress": "ctrl+t"}))
    async with opened(services, (120, 40)) as (app, pilot):
        await pilot.press("question_mark")
        await settled(pilot)
        assert "^t       Progress" in app.screen.query_one("#help-text").text


async def test_a_clash_of_keys_is_told():
    services = world(settings=Settings(zone="UTC", keys={"browse.progress": "f"}))
    async with opened(services) as (app, _):
        assert "[keys] f is taken for browse.progress: Favorite has lost it" in screen_text(app)


def test_wrong_keys_are_left_alone():
    keys = Keymap({"browse.play": "ctrl+b", "list.up": " ", "list.down": "dwon", "app.undo": "z"})
    assert keys.wanted == {"app.undo": "z"}


async def test_wrong_choices_are_told():
    wrong = Settings(zone="UTC", theme="dracla", keys={"browse.filters": "slash"})
    async with opened(world(settings=wrong), (120, 40)) as (app, pilot):
        await app.workers.wait_for_complete()
        await settled(pilot)
        hints = app.screen.query_one(KeyHints)
        told = [hints._said[0], *(words for words, _ in hints._later)]
        assert told == [
            "no theme is called 'dracla' (did you mean 'dracula'?)",
            "[keys] browse.filters: no action has this id (did you mean 'browse.filter'?)",
        ]


async def test_notices_of_the_storage_are_told():
    async with opened(world(notices=("The log was repaired: 12 sessions found.",))) as (app, _):
        assert "The log was repaired: 12 sessions found." in screen_text(app)


async def test_a_warning_comes_back_after_what_was_said_in_its_place():
    async with opened(world()) as (app, pilot):
        hints = app.screen.query_one(KeyHints)
        app.notify("history.json was damaged", severity="warning", timeout=60)
        app.notify("Added to the favorites", timeout=60)
        app.notify("Taken from the favorites", timeout=60)
        told = []
        for _ in range(3):
            await settled(pilot)
            told.append(screen_text(app).splitlines()[-1].strip())
            hints._unsay()  # as its time is over
        assert told[:2] == ["Taken from the favorites", "history.json was damaged"]
        assert told[2].startswith("enter play")


async def test_what_the_log_says_of_itself_is_told_once():
    logbook = MemoryLogbook()
    logbook.noticed = ("history.json was damaged: 12 sessions saved from it",)
    async with opened(world(logbook=logbook)) as (app, pilot):
        await app.workers.wait_for_complete()
        await settled(pilot)
        assert "history.json was damaged: 12 sessions saved from it" in screen_text(app)
        logbook.noticed = (*logbook.noticed, "the damaged file is kept as history.json.corrupt-1")
        await pilot.press("f")
        await settled(pilot)
        assert "the damaged file is kept as history.json.corrupt-1" in screen_text(app)


async def test_what_the_run_files_say_of_themselves_is_told_once():
    class OneBad(MemoryRuns):
        def resumable(self) -> tuple[Checkpoint, ...]:
            self.said[:1] = ["A session in progress could not be read (torn): run-1.json."]
            return ()

    runs = OneBad()
    async with opened(world(runs=runs)) as (app, pilot):
        await app.workers.wait_for_complete()
        await settled(pilot)
        assert screen_text(app).count("A session in progress could not be read") == 1
        runs.said.append("A session of a later version of stretch-tui waits in run-2.json.")
        await pilot.press("f")
        await settled(pilot)
        assert "waits in run-2.json" in " ".join(screen_text(app).split())


async def test_names_never_act_and_never_steer_the_terminal():
    hostile = "[@click=app.quit]x[/] [/\x1b]52;c;cHduZWQ=\x07 \u202eflow \x9b31m"
    evil = Routine("evil", hostile, (), about=hostile, author=hostile, own=True)
    logbook = MemoryLogbook(favorites=["evil"])
    services = world(
        routines=MemoryRoutines({"evil": evil}), logbook=logbook, notices=(hostile, hostile)
    )
    async with opened(services, (120, 40)) as (app, pilot):
        assert "[@click=app.quit]x[/]" in screen_text(app)
        for key in ("down", "up", "colon"):
            await pilot.press(key)
            await settled(pilot)
            text = screen_text(app)
            assert all(one.isprintable() or one == "\n" for one in text), ascii(text)
            assert "\u202e" not in text
        await pilot.press("escape")
        await pilot.click("#list", offset=(8, 3))
        await pilot.pause()
        assert app.is_running


async def test_every_size_draws_something(services):
    async with opened(services, (120, 40)) as (app, pilot):
        for size in ((20, 5), (1, 1), (300, 100), (40, 12), (79, 23), (41, 50), (200, 6)):
            await pilot.resize_terminal(*size)
            await pilot.pause(0.05)
            assert screen_text(app).strip()
        await pilot.resize_terminal(80, 24)
        await settled(pilot)
        assert "Desk reset" in screen_text(app)


async def test_far_away_figures_move_slower(services):
    near = Listening(services, environ=ENVIRON)
    far = Listening(services, environ={**ENVIRON, "SSH_CONNECTION": "a 1 b 2"})
    assert (near._services.figure_fps, far._services.figure_fps) == (8, 4)


@pytest.mark.parametrize(
    ("environ", "ascii_only"),
    [
        ({"TERM": "xterm-256color", "LANG": "en_US.UTF-8"}, False),
        ({"TERM": "linux", "LANG": "en_US.UTF-8"}, True),
        ({"TERM": "xterm", "LANG": "en_US.ISO-8859-1"}, True),
        ({"TERM": "xterm", "LANG": "en_US.UTF-8", "LC_ALL": "de_DE.iso88591"}, True),
        ({"TERM": "xterm", "LANG": "C", "LC_CTYPE": "C.utf8"}, False),
    ],
)
def test_what_the_terminal_can_show(environ, ascii_only):
    assert Surroundings.of(environ).ascii is ascii_only


def test_colors_of_terminals_that_do_not_say_what_they_can():
    environ = {"TERM": "alacritty"}
    prepare_environment(environ)
    assert environ["TEXTUAL_COLOR_SYSTEM"] == "256"
    for kept in ({"TERM": "foot", "TEXTUAL_COLOR_SYSTEM": "standard"}, {"TERM": "xterm"}):
        before = kept.get("TEXTUAL_COLOR_SYSTEM")
        prepare_environment(kept)
        assert kept.get("TEXTUAL_COLOR_SYSTEM") == before


def test_keys_are_called_what_people_call_them():
    names = [key_words(key) for key in ("question_mark", "ctrl+s", "shift+tab", "escape", "j")]
    assert names == ["?", "^s", "shift+tab", "esc", "j"]


def test_the_writer_keeps_order_over_failures():
    seen: list[str] = []
    outcomes = []
    broken = [True]

    def first(log):
        if broken[0]:
            raise StoreError("no room")
        seen.append("first")

    writer = Writer(MemoryLogbook(), outcomes.append)
    writer.submit(Job(first, "one"))
    writer.submit(Job(lambda log: seen.append("second"), "two"))
    assert writer.settle(5) == 2
    broken[0] = False
    assert writer.close(5) == 0
    assert seen == ["first", "second"]
    assert outcomes[-1].said == ("one", "two")
    assert outcomes[0].problem == "no room"


def test_what_can_never_be_saved_holds_up_nothing(tmp_path):
    log = TinyLogbook(Paths(tmp_path, tmp_path / "config.toml", tmp_path / "cache"))
    outcomes: list[Outcome] = []
    writer = Writer(log, outcomes.append)
    gone = Session("gone", NOW, 0, NOW.date(), "desk-reset", "Desk reset", 60.0)
    writer.submit(Job(lambda log: log.edit(gone), "Corrected"))
    writer.submit(Job(lambda log: log.add(replace(gone, seconds=float("nan"))), "Saved"))
    writer.submit(Job(lambda log: log.set_favorite("owl-neck", True), "A favorite"))
    assert writer.close(5) == 0
    said = [words for outcome in outcomes for words in outcome.said]
    assert said[0].startswith("not saved: Desk reset, ")
    assert said[0].endswith(" is no longer in the log")
    assert said[1].startswith("not saved: session: 'seconds' must be")
    assert said[2:] == ["A favorite"]
    assert log.favorites() == ("owl-neck",)


def test_what_cannot_be_told_ends_no_saving():
    log = MemoryLogbook()

    def tell(outcome):
        raise RuntimeError("nobody listens")

    writer = Writer(log, tell)
    for item in ("owl-neck", "desk-reset"):
        writer.submit(Job(lambda log, item=item: log.set_favorite(item, True)))
        assert writer.settle(5) == 0
    assert log.favorites()[-2:] == ("owl-neck", "desk-reset")


@pytest.mark.parametrize("size", [(40, 24), (60, 20), (80, 24), (120, 40)])
@pytest.mark.parametrize("keys", [(), ("b",), ("p",)])
async def test_no_word_of_the_help_is_cut(keys, size):
    services = world(logbook=MemoryLogbook([session("s", NOW.date())]))
    async with opened(services, size, kind=StretchApp) as (app, pilot):
        for key in keys:
            await pilot.press(key)
            await settled(pilot)
        wanted = {hint.words for hint in gathered(app.screen.active_bindings.values())}
        await pilot.press("f1")
        await settled(pilot)
        text = app.screen.query_one("#help-text")
        told = " ".join(text.text.split())
        assert "…" not in told
        assert all(words in told for words in wanted)
        assert max(map(len, text.text.split("\n"))) <= text.size.width


async def test_the_help_says_what_the_signs_of_a_screen_mean():
    services = world(logbook=MemoryLogbook([session("s", NOW.date())]))
    for keys, words in (
        ((), "a favorite, and the key that plays it"),
        (("b",), "a shorter dose than the published one"),
        (("p",), "a full bar is 10 minutes"),
    ):
        async with opened(services, (120, 40), kind=StretchApp) as (app, pilot):
            await pilot.press(*keys, "f1")
            await settled(pilot)
            assert words in app.screen.query_one("#help-text").text
