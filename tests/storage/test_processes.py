"""Many processes on one log, some of them killed: whatever was acknowledged is there."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from stretch_tui.storage.durable import MARK
from tests.storage.samples import log_in, session, uids
from tests.storage.writers import Acknowledged, fork_and_kill, start


def write_together(folder: Path, writers: int, count: int) -> None:
    log_in(folder).add(session("before"))
    running = [start(folder, f"w{number}", count) for number in range(writers)]
    said = [process.communicate()[0] for process in running]
    assert [process.returncode for process in running] == [0] * writers
    told = Acknowledged({"before"})
    for words in said:
        told.take(words)
    assert len(told.added) == writers * count + 1
    log = log_in(folder)
    assert uids(log) == told.added - told.deleted
    assert not log.notices()
    assert log.favorites() == ()


@pytest.mark.parametrize("writers", [2, 5])
def test_writers_at_once(writers: int, tmp_path: Path) -> None:
    write_together(tmp_path, writers, 16)


@pytest.mark.long
def test_five_writers_of_a_thousand(tmp_path: Path) -> None:
    write_together(tmp_path, 5, 1_000)


def kill_often(folder: Path, trials: int, seed: int) -> None:
    """Kill a writer at a random moment, again and again, on one growing log."""
    luck = random.Random(seed)
    told = Acknowledged()
    for trial in range(trials):
        seconds = luck.uniform(0, 0.006)
        told.take(fork_and_kill(folder, f"t{trial}", luck.randrange(1, 4), seconds))
        log = log_in(folder)
        told.check(uids(log))
        assert not log.notices()
    assert len(told.added) >= trials
    log_in(folder).add(session("after"))
    assert not [path for path in folder.rglob("*") if path.name.startswith(MARK)]
    assert not list(folder.glob("*.corrupt-*"))


def test_two_hundred_kills(tmp_path: Path) -> None:
    kill_often(tmp_path, 200, seed=1)


@pytest.mark.long
def test_a_thousand_kills(tmp_path: Path) -> None:
    for seed in range(10):
        kill_often(tmp_path / str(seed), 100, seed)
