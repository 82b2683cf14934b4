"""Sessions killed at any moment: taken up at the same second, and never counted twice."""

from __future__ import annotations

import random
import signal
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from line_runs import Heard, begin, world

from stretch_tui.core.session.checkpoint import settle
from stretch_tui.storage.log.tiny_logbook import TinyLogbook
from stretch_tui.storage.paths import Paths
from stretch_tui.storage.run.run_files import RunFiles

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
    paths, heard = Paths.find({"STRETCH_TUI_DATA_DIR": str(trial.folder)}), trial.heard
    runs = RunFiles(paths)
    logged, left = TinyLogbook(paths).sessions(), runs.resumable()
    assert runs.running() == (), "who is killed holds nothing"
    if not heard.events:
        assert logged == ()
        return "killed before its first word"
    if heard.last["event"] == "done":
        assert left == ()
        settle(runs, TinyLogbook(paths), datetime.now(UTC))  # as every start does
        (session,) = TinyLogbook(paths).sessions()
        assert session.seconds == pytest.approx(heard.last["credited"], abs=0.01)
        return "killed after its end"
    assert logged == ()
    (stood,) = (checkpoint.standing() for checkpoint in left)
    again = begin(trial.folder, "--resume", keys=True)
    again.until("resume")
    resumed = again.events[0][1]
    assert 0 <= resumed["at"] - stood.position + 0.01 <= 0.3, "runs on before it says so"
    assert (resumed["stretch"], resumed["side"]) == (stood.step.stretch.id, stood.segment.side)
    late = heard.position(trial.killed_at) - resumed["at"]
    assert -0.3 <= late <= LATE_SECONDS
    same = (resumed["stretch"], resumed["side"]) == (heard.last["stretch"], heard.last["side"])
    # Within a heartbeat of a change of sides either side of it may be the last on disk.
    assert same or resumed["segment_left"] <= LATE_SECONDS
    assert again.process.stdin is not None
    again.process.stdin.write(b"q\n")
    again.process.stdin.flush()
    while again.listen(0.2):
        pass
    assert list(trial.folder.glob("run-*")) == []
    logged = TinyLogbook(paths).sessions()
    if again.last["credited"] < 1:
        assert logged == (), "nothing was done, so nothing is kept"
        return "taken up while getting ready"
    (session,) = logged
    assert session.seconds == pytest.approx(again.last["credited"], abs=0.01)
    assert session.seconds <= again.last["at"] + 0.01
    return "taken up"


def story(folder: Path, moments: list[float]) -> Counter[str]:
    with ThreadPoolExecutor(4) as checking:
        return Counter(checking.map(check, killed(folder, moments)))


def test_twenty_kills(tmp_path: Path) -> None:
    chance = random.Random()
    found = story(tmp_path, [chance.uniform(0.5, 7) for _ in range(20)])
    assert sum(found.values()) == 20


@pytest.mark.long
def test_two_hundred_kills(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    chance = random.Random()
    total: Counter[str] = Counter()
    for batch in range(20):
        moments = [chance.uniform(0.2, 24) for _ in range(10)]
        total += story(tmp_path / str(batch), moments)
    with capsys.disabled():
        print(f"\n200 kills: {dict(total)}")
    assert sum(total.values()) == 200
