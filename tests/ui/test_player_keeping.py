"""A session is never lost: what is written when, and what a full disk, a kill or a stall does."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest
from player_world import ONE_EACH, player_services, playing
from ui_world import CATALOG, NOW, Clock, MemoryLogbook, MemoryRuns, screen_text

from stretch_tui.core.content.routine import Routine, Step
from stretch_tui.core.errors import StoreError
from stretch_tui.core.session.checkpoint import Checkpoint, RunBusyError
from stretch_tui.core.session.states import Halt, State
from stretch_tui.ui.app import RED_FLAGS_SEEN, StretchApp
from stretch_tui.ui.messages import Remember
from stretch_tui.ui.screens.player import PlayerScreen
from stretch_tui.ui.session import live_run
from stretch_tui.ui.session.session_end import SessionEnd


@dataclass
class TalkingRuns(MemoryRuns):
    """Tells what was asked of it, and on which thread; can be full, slow or busy."""

    asked: list[str] = field(default_factory=list)
    full: bool = False
    busy: bool = False
    slow: threading.Event | None = None
    threads: set[str] = field(default_factory=set)

    def _note(self, what: str) -> None:
        self.asked.append(what)
        self.threads.add(threading.current_thread().name)
        if self.slow is not None:
            self.slow.wait(5)
        if self.full:
            raise StoreError("no space left")

    def claim(self, checkpoint: Checkpoint) -> None:
        self._note("claim")
        super().claim(checkpoint)

    def take_over(self, uid: str) -> Checkpoint:
        if self.busy:
            raise RunBusyError("Another window is playing this session.")
        return super().take_over(uid)

    def save(self, checkpoint: Checkpoint) -> None:
        self._note("save")
        super().save(checkpoint)

    def heartbeat(self, checkpoint: Checkpoint) -> None:
        self._note("beat")
        super().save(checkpoint)


@pytest.fixture(autouse=True)
def patient(monkeypatch):
    """A busy machine may take its time to write."""
    monkeypatch.setattr(live_run, "PATIENCE_SECONDS", 5.0)


def ticking_services(runs: MemoryRuns, **changes: object):
    """Services whose wall clock goes with the session's clock."""
    given = replace(player_services(**changes), runs=runs)
    clock = given.monotonic
    return replace(given, now=lambda: NOW + timedelta(seconds=clock()))


async def test_each_transition_is_saved_and_each_second_beats_off_the_event_loop():
    runs = TalkingRuns()
    async with playing(ticking_services(runs)) as stage:
        assert runs.asked[0] == "claim"
        runs.asked.clear()
        await stage.wait(4)
        assert runs.asked == ["beat"] * 4
        await stage.wait(1)
        assert runs.asked[-1] == "save"
        await stage.press("space")
        assert runs.asked[-1] == "save"
        assert threading.current_thread().name not in runs.threads


async def test_the_step_is_on_disk_before_it_is_on_screen():
    runs = TalkingRuns()
    async with playing(ticking_services(runs)) as stage:
        shown_at_save: list[str] = []
        original = runs.save

        def save(checkpoint: Checkpoint) -> None:
            shown_at_save.append(str(stage.screen.query_one("#place").text))
            original(checkpoint)

        runs.save = save
        await stage.press("n")
        assert shown_at_save[0].strip().startswith("1 of 3")
        assert "2 of 3" in stage.text


async def test_a_full_disk_is_said_and_stops_nothing():
    runs = TalkingRuns(full=True)
    async with playing(ticking_services(runs)) as stage:
        await stage.wait(10)
        assert "Not saved yet, tried again: no space left" in stage.text
        assert "28" in str(stage.screen.query_one("#number").text)
        runs.full = False
        await stage.wait(1)
        assert "Not saved yet" not in stage.text
        assert runs.kept


async def test_a_full_disk_is_said_on_the_smallest_terminal_too():
    async with playing(ticking_services(TalkingRuns(full=True)), size=(20, 5)) as stage:
        await stage.wait(10)
        assert "! Not saved yet" in stage.text


async def test_a_slow_disk_does_not_hold_the_screen_up(monkeypatch):
    monkeypatch.setattr(live_run, "PATIENCE_SECONDS", 0.01)
    runs = TalkingRuns()
    async with playing(ticking_services(runs)) as stage:
        runs.slow = threading.Event()
        await stage.press("n")
        assert "2 of 3" in stage.text
        runs.slow.set()


async def test_what_changed_while_the_disk_was_slow_is_written_when_it_is_done(monkeypatch):
    monkeypatch.setattr(live_run, "PATIENCE_SECONDS", 0.01)
    runs = TalkingRuns()
    async with playing(ticking_services(runs)) as stage:
        runs.slow = threading.Event()
        await stage.press("n")
        await stage.press("space")
        runs.slow.set()
        for _ in range(200):
            [kept] = runs.kept.values()
            if kept.progress.state is State.PAUSED:
                break
            await stage.pilot.pause(0.02)
        assert kept.progress.state is State.PAUSED, "though no tick came any more"


async def test_going_on_stands_at_the_same_hold_side_and_second():
    runs = MemoryRuns()
    services = ticking_services(runs)
    async with playing(services) as stage:
        await stage.press("2")
        await stage.wait(20)
        await stage.press("plus")
        await stage.wait(1)
        before = stage.screen.query_one("#number").text
    [left] = runs.resumable()
    assert left.feel_before == 2
    async with playing(services, resume=left) as stage:
        player = stage.screen._live.player
        assert (player.state, player.halt) == (State.PAUSED, Halt.LEFT)
        assert stage.screen.query_one("#number").text == before
        assert "Here is where you left, " in stage.text
        await stage.press("space")
        await stage.wait(150)
        assert "DONE" in str(stage.screen.query_one("#ending").text)
        [kept] = services.logbook.sessions()
        assert kept.completed
        assert kept.feel_before == 2
        assert kept.parts[0].left == 38
    assert runs.resumable() == ()


@pytest.mark.parametrize(("key", "goes_on"), [("y", True), ("n", False)])
async def test_a_start_with_a_routine_first_offers_what_was_left(key, goes_on):
    services = ticking_services(MemoryRuns())
    services.logbook.mark_seen(RED_FLAGS_SEEN)
    async with playing(services) as stage:
        await stage.wait(20)
    app = StretchApp(services, start=ONE_EACH, environ={"LANG": "C.UTF-8"})
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        question = " ".join(app.screen.query_one("#dialog-text").text.split())
        assert "One of each was left half way. You were at Eagle arms, left side" in question
        await pilot.press(key)
        await pilot.pause()
        await pilot.pause()
        assert isinstance(app.screen, PlayerScreen)
        assert ("Here is where you left" in screen_text(app)) is goes_on


async def test_a_session_that_another_window_plays_is_left_alone():
    runs = TalkingRuns()
    services = ticking_services(runs)
    async with playing(services) as stage:
        await stage.wait(10)
    [left] = runs.resumable()
    runs.busy = True
    async with playing(services, resume=left) as stage:
        assert stage.app.screen is not stage.screen
        assert "Another window is playing this session." in stage.text


async def test_what_the_log_cannot_take_is_not_called_saved():
    services = player_services()
    log = services.logbook
    assert isinstance(log, MemoryLogbook)
    async with playing(services) as stage:
        await stage.wait(20)
        log.failing = "the disk is full"
        await stage.press("q", "y")
        assert "Saved." not in stage.text
        assert services.runs.unsaved()


async def test_a_key_typed_while_the_session_ends_leaves_nothing_half_done(monkeypatch):
    looking = threading.Event()
    look_back = SessionEnd.look_back
    monkeypatch.setattr(SessionEnd, "look_back", lambda end: (looking.wait(5), look_back(end)))
    services = player_services()
    async with playing(services) as stage:
        await stage.wait(20)
        screen = stage.screen
        ending = asyncio.create_task(screen._do(screen._live.player.end))
        while not screen._live.player.over:
            await asyncio.sleep(0.01)
        await screen.action_go_on()  # as when keys come in one burst
        await screen.action_pause()
        await screen.action_end()
        looking.set()
        await ending
        await stage.settle()
        assert stage.app.screen is stage.screen
        assert "How sore are you now?" in stage.text
        await stage.press("enter")
        assert stage.app.screen is not stage.screen


async def test_an_end_left_before_it_is_saved_stops_no_later_saving(monkeypatch):
    services, slow = player_services(), threading.Event()
    log = services.logbook
    add = log.add
    monkeypatch.setattr(log, "add", lambda session: (slow.wait(5), add(session)))
    async with playing(services) as stage:
        await stage.wait(20)
        await stage.press("q", "y")
        await stage.press("enter")
        slow.set()
        await stage.pilot.pause(0.1)
        stage.app.post_message(Remember(lambda log: log.set_favorite("owl-neck", True)))
        await stage.settle()
        assert stage.app._writer.settle(5) == 0
    assert len(log.sessions()) == 1
    assert log.favorites() == ("owl-neck",)


async def test_undo_in_a_session_takes_back_its_own_answers_and_nothing_older():
    services = player_services()
    log = services.logbook
    log.set_favorite("owl-neck", True)
    async with playing(services) as stage:
        await stage.press("4")
        await stage.press("u")
        await stage.wait(20)
        await stage.press("7")
        assert "How sore you are is asked again at the end" in stage.text
        await stage.press("q", "y")
        await stage.press("6")
        await stage.press("u")
        await stage.press("u")
        assert "Nothing to undo in this session" in stage.text
        stage.app._writer.settle(5)
    [session] = log.sessions()
    assert (session.feel_before, session.feel_after) == (None, None)
    assert log.favorites() == ("owl-neck",)


async def test_nobody_saw_the_last_seconds_when_the_output_stood_still():
    async with playing() as stage:
        await stage.wait(16)
        stage.screen.output_stalled(5.0)
        await stage.settle()
        player = stage.screen._live.player
        assert (player.state, player.halt) == (State.PAUSED, Halt.OUTPUT)
        assert player.left_seconds == 27
        assert "The terminal took no output" in stage.text


async def test_a_machine_that_slept_pauses_the_session():
    async with playing() as stage:
        await stage.wait(10)
        stage.clock.seconds += 3600
        await stage.screen.look()
        await stage.settle()
        assert "You were away for 1 h" in stage.text
        assert stage.screen._live.player.left_seconds == 28


async def test_a_routine_that_nobody_knows_is_told_and_left():
    routine = Routine("gone", "Gone", (Step("no-such-stretch"),))
    async with playing(routine=routine) as stage:
        assert stage.app.screen is not stage.screen
        assert "there is nothing to play" in stage.text


async def test_exactly_one_timer_runs_and_none_while_paused():
    async with playing() as stage:
        await stage.wait(10)
        assert _timers(stage) == 1
        await stage.press("n")
        assert _timers(stage) == 1
        await stage.press("space")
        stage.clock.seconds += 2
        await stage.screen.look()
        await stage.settle()
        assert _timers(stage) == 0


def _timers(stage):
    """Timers of the screen and everything on it, Textual's own for drawing aside."""
    nodes = [stage.screen, *stage.screen.walk_children()]
    return sum(timer.name != "screen_update" for node in nodes for timer in node._timers)


async def test_a_whole_routine_counts_every_side():
    clock = Clock()
    services = player_services(monotonic=clock)
    async with playing(services, CATALOG.routines["desk-reset"]) as stage:
        await stage.wait(220)
        [kept] = services.logbook.sessions()
        assert kept.completed
        assert {part.stretch: (part.left, part.right) for part in kept.parts}["owl-neck"] == (
            23,
            23,
        )
