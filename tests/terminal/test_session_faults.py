"""Sessions killed at any moment: taken up at the same second, and never counted twice."""

from __future__ import annotations

import random
import signal
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from line_runs import Heard, asked, begin, sessions, world

LATE_SECONDS = 1.5
"""A heartbeat comes once a second; the rest is a busy machine."""


@dataclass
class Trial:
    """One session that is killed."""

    folder: Path
    heard: Heard
    kill_at: float
    killed_at: float = 0.0


def killed(folder: Path, moments: list[float]) -> list[Trial]:
    """Start one session a moment, all at once, and kill each at its moment."""
    trials = []
    for number, moment in enumerate(moments):
        place = folder / str(number)
        heard = begin(place, "--file", world(place))
        trials.append(Trial(place, heard, time.monotonic() + moment))
    waiting = sorted(trials, key=lambda trial: trial.kill_at)
    while waiting:
        for trial in waiting:
            trial.heard.listen(0.002)
        while waiting and waiting[0].kill_at <= time.monotonic():
            trial = waiting.pop(0)
            trial.killed_at = time.monotonic()
            trial.heard.process.send_signal(signal.SIGKILL)
            trial.heard.process.wait()
            trial.heard.listen(0.05)
    return trials


def check(trial: Trial) -> str:
    """Hold the trial against what was promised; return in a word what was found."""
    status, logged = asked(trial.folder, "status"), sessions(trial.folder)
    assert status["running"] is None
    left, heard = status["resume"], trial.heard
    if not heard.events:
        assert logged == []
        return "killed before its first word"
    if heard.last["event"] == "done":
        assert left is None
        begin(trial.folder, "--resume").process.wait()  # the next start settles it
        (session,) = sessions(trial.folder)
        assert session["seconds"] == pytest.approx(heard.last["credited"], abs=0.06)
        return "killed after its end"
    assert logged == []
    again = begin(trial.folder, "--resume", keys=True)
    assert again.process.stdin is not None
    while not again.events:
        assert again.listen(0.2)
    resumed = again.events[0][1]
    assert resumed["event"] == "resume"
    late = heard.position(trial.killed_at) - resumed["at"]
    assert -0.3 <= late <= LATE_SECONDS
    if left["stretch"] is not None:
        assert (resumed["stretch"], resumed["side"]) == (left["stretch"], left["side"])
    same = (resumed["stretch"], resumed["side"]) == (heard.last["stretch"], heard.last["side"])
    # Within a heartbeat of a change of sides either side of it may be the last on disk.
    assert same or resumed["segment_left"] <= LATE_SECONDS
    again.process.stdin.write(b"q\n")
    again.process.stdin.flush()
    while again.listen(0.2):
        pass
    assert list(trial.folder.glob("run-*")) == []
    if again.last["credited"] < 1:
        assert sessions(trial.folder) == [], "nothing was done, so nothing is kept"
        return "taken up while getting ready"
    (session,) = sessions(trial.folder)
    assert session["seconds"] == pytest.approx(again.last["credited"], abs=0.06)
    assert session["seconds"] <= again.last["at"] + 0.06
    return "taken up"


def story(folder: Path, moments: list[float]) -> dict[str, int]:
    found: dict[str, int] = {}
    for trial in killed(folder, moments):
        word = check(trial)
        found[word] = found.get(word, 0) + 1
    return found


def test_twenty_kills(tmp_path: Path) -> None:
    chance = random.Random()
    found = story(tmp_path, [chance.uniform(0.5, 12) for _ in range(20)])
    assert sum(found.values()) == 20


@pytest.mark.long
def test_two_hundred_kills(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    chance = random.Random()
    total: dict[str, int] = {}
    for batch in range(20):
        moments = [chance.uniform(0.2, 24) for _ in range(10)]
        for word, count in story(tmp_path / str(batch), moments).items():
            total[word] = total.get(word, 0) + count
    with capsys.disabled():
        print(f"\n200 kills: {total}")
    assert sum(total.values()) == 200
