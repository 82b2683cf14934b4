"""Waiting for another window: how long, in what words, and what happens when it dies."""

from __future__ import annotations

import errno
import fcntl
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from types import SimpleNamespace

import pytest

from stretch_tui.core.errors import StoreError
from stretch_tui.storage.log import lock as lock_module
from stretch_tui.storage.log.lock import BusyError
from stretch_tui.storage.log.tiny_logbook import TinyLogbook
from tests.storage.samples import FIRST, log_in, paths_in, session, uids

HOLD = """
import sys
from pathlib import Path
from tests.storage.samples import log_in, session
log = log_in(Path(sys.argv[1]))
with log._db.changing():
    log.add(session("held"))
    print("holding", flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def holder(tmp_path: Path) -> subprocess.Popen[str]:
    """A process in the middle of a change."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "holding\n"
    yield process
    process.kill()
    process.communicate()


def test_a_stopped_holder_is_named_and_nothing_is_lost(
    holder: subprocess.Popen[str], tmp_path: Path
) -> None:
    os.kill(holder.pid, signal.SIGSTOP)
    log = log_in(tmp_path, lock_seconds=0.05)
    with pytest.raises(BusyError) as raised:
        log.add(session("mine"))
    words = str(raised.value)
    assert f"process {holder.pid} on " in words
    assert "has been writing since 2026-03-01T12:00:00" in words
    assert "Nothing was saved" in words
    assert log.sessions() == ()  # reading never waits

    os.kill(holder.pid, signal.SIGCONT)
    holder.communicate("go on\n")
    log.add(session("mine"))
    assert uids(log) == {"held", "mine"}


def test_a_killed_holder_frees_the_lock(holder: subprocess.Popen[str], tmp_path: Path) -> None:
    os.kill(holder.pid, signal.SIGSTOP)
    log = log_in(tmp_path)
    waiting = threading.Thread(target=log.add, args=[session("mine")])
    waiting.start()
    holder.kill()
    waiting.join(10)
    assert uids(log) == {"mine"}


def test_the_waiting_one_is_told_who_writes(
    holder: subprocess.Popen[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lock_module, "_POLITE_SECONDS", 0.02)
    told: list[str] = []
    log = TinyLogbook(paths_in(tmp_path), lock_seconds=0.05, now=lambda: FIRST, tell=told.append)
    with pytest.raises(BusyError):
        log.add(session("mine"))
    assert len(told) == 1
    assert f"process {holder.pid}" in told[0]


def test_a_place_that_was_given_up_does_not_take_the_lock_later(
    holder: subprocess.Popen[str], tmp_path: Path
) -> None:
    log = log_in(tmp_path, lock_seconds=0.02)
    for _ in range(3):
        with pytest.raises(BusyError):
            log.add(session("mine"))
    holder.communicate("go on\n")
    for number in range(3):
        log_in(tmp_path, lock_seconds=5).add(session(f"after-{number}"))
    assert uids(log) == {"held", "after-0", "after-1", "after-2"}


def test_a_link_in_place_of_the_lock_is_refused(tmp_path: Path) -> None:
    (tmp_path / "victim").write_text("precious")
    (tmp_path / "history.json.lock").symlink_to(tmp_path / "victim")
    with pytest.raises(StoreError, match="a link stands where a plain file is needed"):
        log_in(tmp_path).add(session("one"))
    assert (tmp_path / "victim").read_text() == "precious"


def no_locks(_handle: int, _kind: int) -> None:
    raise OSError(errno.ENOLCK, "No locks available")


def without_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    fake = SimpleNamespace(flock=no_locks, LOCK_EX=fcntl.LOCK_EX, LOCK_NB=fcntl.LOCK_NB)
    monkeypatch.setattr(lock_module, "fcntl", fake)


def test_a_disk_without_locks_is_used_with_a_word(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_locks(monkeypatch)
    log = log_in(tmp_path)
    log.add(session("one"))
    assert uids(log_in(tmp_path)) == {"one"}
    assert any("without locks" in notice for notice in log.notices())


def test_without_locks_a_write_that_was_overtaken_is_written_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_locks(monkeypatch)
    log, other = log_in(tmp_path), log_in(tmp_path)
    log.add(session("before"))
    from stretch_tui.storage.log import log_writer

    real, overtaken = log_writer.write_durably, []

    def overtaken_once(path: Path, data: bytes, **options: Path | None) -> object:
        result = real(path, data, **options)
        if not overtaken:
            overtaken.append(True)
            stale = path.with_name(path.name + ".prev").read_bytes()
            path.write_bytes(stale)  # the other one had read before us and writes after us
            other.add(session("theirs"))
        return result

    monkeypatch.setattr(log_writer, "write_durably", overtaken_once)
    log.add(session("ours"))
    assert uids(log_in(tmp_path)) == {"before", "theirs", "ours"}


def test_a_pipe_in_the_place_of_the_lock_is_refused_and_holds_up_nobody(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "history.json.lock")
    with pytest.raises(StoreError, match="lock is not a plain file: remove it"):
        log_in(tmp_path).add(session("one"))
