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
from stretch_tui.storage.log.lock import BusyError, FileLock
from stretch_tui.storage.log.tiny_logbook import TinyLogbook
from tests.storage.samples import FIRST, files_open, log_in, paths_in, session, uids

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


def test_a_killed_holder_frees_the_lock_for_who_waits(
    holder: subprocess.Popen[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lock_module, "_POLITE_SECONDS", 0.01)
    os.kill(holder.pid, signal.SIGSTOP)
    in_queue = threading.Event()
    log = TinyLogbook(
        paths_in(tmp_path), lock_seconds=60, now=lambda: FIRST, tell=lambda _: in_queue.set()
    )
    waiting = threading.Thread(target=log.add, args=[session("mine")])
    waiting.start()
    assert in_queue.wait(30)
    assert log.sessions() == ()
    holder.kill()
    waiting.join(30)
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


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="needs /proc")
def test_however_often_it_is_tried_one_place_is_kept(
    holder: subprocess.Popen[str], tmp_path: Path
) -> None:
    log = log_in(tmp_path, lock_seconds=0.001)
    threads, files = threading.active_count(), files_open()
    for _ in range(30):
        with pytest.raises(BusyError):
            log.add(session("mine"))
    assert threading.active_count() == threads + 1
    assert files_open() == files + 1
    holder.communicate("go on\n")
    with FileLock(tmp_path / "history.json.lock", now=lambda: FIRST), pytest.raises(BusyError):
        log.add(session("mine"))  # the place was given up, and is no place any more
    log.add(session("mine"))
    assert uids(log) == {"held", "mine"}
    assert files_open() == files - 2, "but the two ends of the pipes to the holder"


def test_a_place_that_was_given_up_is_taken_again(
    holder: subprocess.Popen[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock = FileLock(tmp_path / "history.json.lock", limit_seconds=0.01, now=lambda: FIRST)
    with pytest.raises(BusyError), lock:
        raise AssertionError("entered")
    place = lock._place
    lock._limit = 60
    monkeypatch.setattr(lock_module, "_POLITE_SECONDS", 0.01)
    lock._on_wait = lambda _: holder.communicate("go on\n")
    with lock:
        assert place is not None
        assert lock._handle == place.handle
        with pytest.raises(BusyError):
            log_in(tmp_path, lock_seconds=0.01).add(session("mine"))
    log_in(tmp_path).add(session("mine"))


def test_a_lock_file_that_somebody_replaced_is_waited_for_anew(
    holder: subprocess.Popen[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "history.json.lock"
    lock = FileLock(path, limit_seconds=0.01, now=lambda: FIRST)
    with pytest.raises(BusyError), lock:
        raise AssertionError("entered")
    path.unlink()
    other = FileLock(path, now=lambda: FIRST)
    other.__enter__()
    monkeypatch.setattr(lock_module, "_POLITE_SECONDS", 0.01)
    lock._limit, lock._on_wait = 5.0, lambda _: other.__exit__(None, None, None)
    with lock:
        assert lock._handle is not None, "the old place is in the queue for another file"


def test_a_wait_that_is_broken_off_leaves_no_lock_behind(
    holder: subprocess.Popen[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(_words: str) -> None:
        holder.communicate("go on\n")
        raise KeyboardInterrupt

    monkeypatch.setattr(lock_module, "_POLITE_SECONDS", 0.01)
    log = TinyLogbook(paths_in(tmp_path), now=lambda: FIRST, tell=interrupted)
    with pytest.raises(KeyboardInterrupt):
        log.add(session("mine"))
    log_in(tmp_path).add(session("another"))
    assert uids(log) == {"held", "another"}


def test_it_waits_as_long_as_it_was_told_in_all(
    holder: subprocess.Popen[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float] = []

    def came(_place: object, seconds: float) -> bool:
        waits.append(seconds)
        return False

    monkeypatch.setattr(lock_module._Place, "came", came)
    for limit in (8.0, 0.25):
        with (
            pytest.raises(BusyError),
            FileLock(tmp_path / "history.json.lock", limit_seconds=limit, now=lambda: FIRST),
        ):
            raise AssertionError("entered")
    assert waits == [1.0, 7.0, 0.25, 0.0]


@pytest.mark.parametrize("number", [errno.ENOLCK, errno.EIO])
def test_a_lock_that_fails_while_it_is_waited_for_is_not_taken_for_held(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(_handle: int, how: int) -> None:
        raise OSError(errno.EAGAIN if how & fcntl.LOCK_NB else number, "No")

    fake = SimpleNamespace(flock=failing, LOCK_EX=fcntl.LOCK_EX, LOCK_NB=fcntl.LOCK_NB)
    with monkeypatch.context() as broken:
        broken.setattr(lock_module, "fcntl", fake)
        log = log_in(tmp_path)
        with pytest.raises(StoreError, match="nothing was saved"):
            log.add(session("one"))
    assert log.sessions() == ()
    log.add(session("one"))
    assert uids(log) == {"one"}


def test_a_link_in_place_of_the_lock_is_refused(tmp_path: Path) -> None:
    (tmp_path / "victim").write_text("precious")
    (tmp_path / "history.json.lock").symlink_to(tmp_path / "victim")
    with pytest.raises(StoreError, match="there is a link where a plain file is needed"):
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
    files = files_open()
    with pytest.raises(StoreError, match="lock is not a plain file: remove it"):
        log_in(tmp_path).add(session("one"))
    assert files_open() == files
