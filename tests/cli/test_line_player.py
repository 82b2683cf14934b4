"""Line mode on a clock that the test turns: what is said, and what single letters do."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playing import NOW, Clock, planned, run

from stretch_tui.cli.line_player import LinePlayer
from stretch_tui.cli.play_voices import Json, Spoken
from stretch_tui.core.session.checkpoint import Keeper
from stretch_tui.core.session.player import Player
from stretch_tui.core.session.states import State
from stretch_tui.storage.paths import Paths
from stretch_tui.storage.run.run_files import RunFiles


class Script:
    """Keys at given seconds of a clock that waiting turns on."""

    def __init__(self, clock: Clock, keys: Mapping[float, str], *, terminal: bool) -> None:
        self._clock = clock
        self._begun = clock.at
        self._keys = sorted(keys.items())
        self.terminal = terminal

    @property
    def open(self) -> bool:
        return bool(self._keys)

    def wait(self, seconds: float | None) -> str | None:
        until = None if seconds is None else self._clock.at + seconds
        if self._keys:
            at, key = self._keys[0]
            if until is None or self._begun + at <= until:
                self._clock.at = max(self._clock.at, self._begun + at)
                del self._keys[0]
                return key
        assert until is not None, "waits for a key that never comes"
        self._clock.at = until
        return None


def lines(
    tmp_path: Path,
    *names: str,
    keys: Mapping[float, str] | None = None,
    terminal: bool = False,
    as_json: bool = False,
    bell: bool = False,
    **more: Any,
) -> tuple[list[str], Player]:
    """What a session says from its start to its end."""
    said: list[str] = []
    clock, of = Clock(), run(*names)
    player = Player(of.timeline, clock, tick_seconds=0.5, **more)
    store = RunFiles(Paths(tmp_path, tmp_path / "c", tmp_path / "x"))
    keeper = Keeper(store, of, player, lambda: NOW + timedelta(seconds=clock.at))
    keeper.claim()
    voice = Json(said.append) if as_json else Spoken(said.append, bell=bell)
    LinePlayer(player, keeper, voice, Script(clock, keys or {}, terminal=terminal)).run()
    assert store.running() == (), "what is over is not running"
    store.release(of.uid)
    return said, player


def test_a_session_is_said_in_words(tmp_path: Path) -> None:
    said, player = lines(tmp_path, "sided", "rolls")
    assert said[:8] == [
        "Get ready, 5 seconds, left side. Sided: Sit tall. Breathe out.",
        "Hold: Go hold, left side, 20 seconds.",
        "Halfway, 10 left.",
        "Switch to the right side, 5 seconds.",
        "Hold: Go hold, right side, 20 seconds.",
        "Halfway, 10 left.",
        "Rest, 6 seconds. Next, 1 of 5, round 1 of 2: Rolls: Sit tall. Breathe out.",
        "Go forward, 1 of 5, round 1 of 2.",
    ]
    assert player.state is State.FINISHED
    assert player.ledger.seconds == planned(player.timeline)
    assert not any("\x1b" in line or "\r" in line for line in said), "no cursor movement"


def test_a_session_is_said_as_json(tmp_path: Path) -> None:
    said, _ = lines(tmp_path, "sided", "held", as_json=True)
    events = [json.loads(line) for line in said]
    assert [(e["event"], e["stretch"], e["side"], e["seconds"], e["left"]) for e in events] == [
        ("ready", "sided", "left", 5.0, 86.0),
        ("hold", "sided", "left", 20.0, 81.0),
        ("switch", "sided", "right", 5.0, 61.0),
        ("hold", "sided", "right", 20.0, 56.0),
        ("rest", "held", None, 6.0, 36.0),
        ("hold", "held", None, 30.0, 30.0),
        ("done", "held", None, 30.0, 0.0),
    ]
    assert all({"phase", "rep", "schema"} <= event.keys() for event in events)


def test_each_key_of_a_person_is_answered(tmp_path: Path) -> None:
    keys = {1.0: "4", 2.0: "z", 12.0: "5"}
    said, _ = lines(tmp_path, "held", keys=keys, terminal=True)
    assert "Sore: 4, noted." in said
    assert "z is not a key here; ? tells which there are." in said
    assert "You are asked again at the end." in said
    said, _ = lines(tmp_path / "pipe", "held", keys={2.0: "z"})
    assert not any("no key here" in line for line in said), "a pipe may hold anything"


def test_moves_into_a_hold_are_no_event_and_mere_moves_are(tmp_path: Path) -> None:
    events = [json.loads(line) for line in lines(tmp_path, "breathing", as_json=True)[0]]
    assert [(e["event"], e["phase"], e["moving"]) for e in events[1:3]] == [
        ("hold", "out", False),
        ("switch", "in", False),
    ] or [e["event"] for e in events].count("hold") >= 2
    rolls = [json.loads(line) for line in lines(tmp_path, "rolls", as_json=True)[0]]
    assert {e["moving"] for e in rolls if e["event"] == "hold"} == {True}


@pytest.mark.parametrize("key", [" ", "\n"])
def test_space_and_enter_pause_and_go_on(tmp_path: Path, key: str) -> None:
    said, player = lines(tmp_path, "held", keys={8.0: key, 60.0: key, 61.0: "?"})
    assert "Paused, 0:27 left. Space goes on." in said
    assert "Going on: Held, 0:27 left." in said
    assert player.ledger.seconds == 30.0


def test_letters_steer(tmp_path: Path) -> None:
    keys = {6.0: "n", 7.0: "p", 13.0: "+", 14.0: "r", 15.0: "-", 16.0: "i", 17.0: " ", 18.0: "x"}
    said, player = lines(tmp_path, "held", "sided", keys=keys)
    assert any(line.startswith("Rest, 6 seconds. Next, left side: Sided") for line in said)
    assert "35 seconds now, 34 left." in said
    assert "30 seconds now, 29 left." in said
    assert "Held: Sit tall. Breathe out. Space goes on." in said
    assert player.state is State.HURT


def test_q_asks_a_person_and_ends_at_once_for_a_pipe(tmp_path: Path) -> None:
    said, player = lines(tmp_path, "held", keys={9.0: "q", 30.0: "y"}, terminal=True)
    assert "End here? y ends and saves what you did, any other key goes on." in said
    assert (player.state, player.ledger.seconds) == (State.ENDED, 4.0)
    said, player = lines(tmp_path, "held", keys={9.0: "q", 30.0: "n"}, terminal=True)
    assert player.state is State.FINISHED
    said, player = lines(tmp_path, "held", keys={9.0: "q"})
    assert (player.state, player.ledger.seconds) == (State.ENDED, 4.0)


def test_it_hurts_stops_at_once_and_a_person_can_take_that_back(tmp_path: Path) -> None:
    said, player = lines(tmp_path, "sided", keys={9.0: "x", 60.0: "u"}, terminal=True)
    asked = "It hurt at Sided, left side. u goes on where you were, any other key ends."
    at = said.index(asked)
    assert said[at + 1] == "Going on: Sided, left side, 0:16 left."
    assert (player.state, player.ledger.seconds) == (State.FINISHED, 40.0)
    said, player = lines(tmp_path, "sided", keys={9.0: "x", 60.0: "q"}, terminal=True)
    assert (player.state, player.ledger.seconds) == (State.HURT, 4.0)


def test_next_in_the_last_stretch_asks_a_person(tmp_path: Path) -> None:
    said, player = lines(tmp_path, "held", keys={9.0: "n", 30.0: "n"}, terminal=True)
    assert "End here? y ends and saves what you did, any other key goes on." in said
    assert player.state is State.FINISHED


def test_new_words_wait_for_a_key(tmp_path: Path) -> None:
    said, player = lines(tmp_path, "held", seen=frozenset(), keys={90.0: " ", 91.0: "?"})
    assert said[:2] == [
        "Get ready, 5 seconds. Held: Sit tall. Breathe out.",
        "New to you: Held. Press space when ready.",
    ]
    assert player.read == {"held"}


def test_when_no_key_can_come_any_more_it_just_runs(tmp_path: Path) -> None:
    _, player = lines(tmp_path, "held", keys={8.0: " "})
    assert player.state is State.FINISHED


def test_bells_are_rung_only_where_a_screen_would_ring(tmp_path: Path) -> None:
    said, _ = lines(tmp_path, "sided", "cow", bell=True)
    assert [line for line in said if "\a" in line] == [
        "Hold: Go hold, left side, 20 seconds.\a",
        "Halfway, 10 left.\a",
        "Switch to the right side, 5 seconds.\a",
        "Hold: Go hold, right side, 20 seconds.\a",
        "Halfway, 10 left.\a",
        "Rest, 6 seconds. Next, 1 of 4: Cow: Sit tall. Breathe out.\a",
        "That was all.\a",
    ]


def test_one_key_mutes(tmp_path: Path) -> None:
    said, _ = lines(tmp_path, "sided", bell=True, keys={1.0: "v", 30.0: "v"})
    assert [line for line in said if "\a" in line or "Sound" in line] == [
        "Sound off.",
        "Sound on.",
        "Hold: Go hold, right side, 20 seconds.\a",
        "Halfway, 10 left.\a",
        "That was all.\a",
    ]


def test_how_it_feels_before_is_one_digit_until_something_is_done(tmp_path: Path) -> None:
    said, _ = lines(tmp_path, "held", keys={1.0: "6", 2.0: "4", 12.0: "9"})
    assert [line for line in said if "Sore" in line] == [
        "Sore: 6, noted.",
        "Sore: 4, noted.",
    ]


def test_a_session_that_cannot_be_read_is_said_and_kept(tmp_path: Path) -> None:
    (tmp_path / "run-bad.json").write_bytes(b"garbage")
    words = [sys.executable, "-m", "stretch_tui", "--data-dir", str(tmp_path), "play", "--resume"]
    found = subprocess.run([*words, "--plain"], input=b"", capture_output=True, check=False)
    (aside,) = tmp_path.glob("run-bad.json.corrupt-*")
    assert f"it is kept as {aside.name}" in found.stderr.decode()
    assert found.returncode == 1
