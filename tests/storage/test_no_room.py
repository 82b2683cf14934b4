"""Disks and folders that refuse: nothing is lost, the words say why, and later it works again."""

from __future__ import annotations

import os
import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from stretch_tui.core.errors import StoreError
from stretch_tui.storage.durable import MARK
from stretch_tui.storage.log.tiny_logbook import TinyLogbook
from tests.storage.samples import log_in, session, uids


@contextmanager
def files_at_most(size: int) -> Iterator[None]:
    """Let no file grow beyond the size, as a full disk would."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)


def refusal(log: TinyLogbook) -> str:
    """The words with which an addition is refused; empty when it is saved."""
    try:
        log.add(session("new", note="long " * 200))
    except StoreError as error:
        return str(error)
    return ""


@pytest.mark.parametrize("room", range(0, 2600, 200))
def test_a_disk_that_fills_up(room: int, tmp_path: Path) -> None:
    log = log_in(tmp_path)
    log.add(session("before"))
    with files_at_most(room):
        words = refusal(log)
    assert uids(log_in(tmp_path)) == ({"before"} if words else {"before", "new"})
    assert not words or words.startswith("nothing was saved: the system does not allow")
    assert uids(log) == uids(log_in(tmp_path))
    log.add(session("new", note="long " * 200))
    assert uids(log_in(tmp_path)) == {"before", "new"}
    assert not [path for path in tmp_path.rglob("*") if path.name.startswith(MARK)]


def as_somebody_else(folder: Path) -> list[str]:
    """What another user is told who reads the log and adds to it."""
    return _forked(folder, 65534)


def _forked(folder: Path, user: int | None) -> list[str]:
    """What a process in a folder is told; forked, since another user may not reach Python."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        try:
            if user is not None:
                os.setgroups([])
                os.setresgid(user, user, user)
                os.setresuid(user, user, user)
            log = log_in(folder)
            os.write(writing, f"{len(uids(log))}\n".encode())
            log.add(session("mine"))
        except StoreError as error:
            os.write(writing, str(error).encode())
        finally:
            os._exit(0)
    os.close(writing)
    os.waitpid(child, 0)
    with os.fdopen(reading) as pipe:
        return pipe.read().splitlines()


needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")


@needs_root
def test_another_users_folder(tmp_path: Path) -> None:
    open_up(tmp_path)
    folder = tmp_path / "data"
    log_in(folder).add(session("one"))
    (said,) = as_somebody_else(folder)
    assert said.endswith("permission denied: see who owns the folder with `ls -ld`")
    folder.chmod(0o777)
    (folder / "history.json").chmod(0o644)
    (folder / "history.json.lock").chmod(0o666)
    said = as_somebody_else(folder)[-1]
    assert "belongs to root and you are nobody: nothing was saved" in said
    assert uids(log_in(folder)) == {"one"}


@needs_root
def test_root_leaves_a_users_folder_alone(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    log_in(folder).add(session("one"))
    for path in [folder, *folder.rglob("*")]:
        os.chown(path, 65534, 65534)
    log = log_in(folder)
    assert uids(log) == {"one"}
    with pytest.raises(StoreError, match="run stretch-tui as nobody"):
        log.add(session("two"))
    assert {path.stat().st_uid for path in folder.rglob("*")} == {65534}


def open_up(folder: Path) -> None:
    """Let other users reach a folder of the tests."""
    for one in (folder, *folder.parents[:2]):
        one.chmod(one.stat().st_mode | 0o055)


def read_only(folder: Path) -> list[str]:
    """What a writer says in a folder that cannot be written."""
    if os.geteuid() != 0:
        folder.chmod(0o500)
        return _forked(folder, None)
    for path in [folder, *folder.rglob("*")]:
        os.chown(path, 65534, 65534)
    folder.chmod(0o500)
    return as_somebody_else(folder)


def test_a_read_only_folder_can_be_read(tmp_path: Path) -> None:
    open_up(tmp_path)
    folder = tmp_path / "data"
    log_in(folder).add(session("one"))
    said = read_only(folder)
    folder.chmod(0o700)
    assert said[0] == "1"
    assert said[1] == (
        f"nothing was saved: permission denied: see who owns the folder with `ls -ld` ({folder})"
    )


def test_a_folder_that_others_can_write_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    log = log_in(folder)
    log.add(session("one"))
    folder.chmod(0o770)
    log.add(session("two"))
    assert any("chmod 700" in notice for notice in log.notices())


def test_no_backup_is_no_reason_not_to_save(tmp_path: Path) -> None:
    (tmp_path / "backups").write_text("in the way")
    log = log_in(tmp_path)
    log.add(session("one"))
    assert uids(log_in(tmp_path)) == {"one"}
    assert any("no backup could be kept" in notice for notice in log.notices())


def test_a_file_where_the_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("in the way")
    log = log_in(tmp_path / "data")
    with pytest.raises(StoreError, match="there is a file where a folder is needed"):
        log.sessions()
    with pytest.raises(StoreError, match="there is a file where a folder is needed"):
        log.add(session("one"))
