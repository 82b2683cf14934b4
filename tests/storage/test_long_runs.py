"""Sessions of many hundred steps: the run file stays small, and is whole whatever happens to it."""

from __future__ import annotations

import errno
import os
from datetime import timedelta
from pathlib import Path

import pytest
from playing import NOW, Clock, play, run, started

from stretch_tui.core.errors import StoreError
from stretch_tui.core.session.checkpoint import Keeper
from stretch_tui.core.session.player import Player
from stretch_tui.storage.paths import Paths
from stretch_tui.storage.run import run_codec, run_file, run_files, run_lock, run_view
from stretch_tui.storage.run.run_codec import head_line
from stretch_tui.storage.run.run_file import RunFile
from stretch_tui.storage.run.run_files import RunFiles
from tests.storage.samples import files_open

LONG = run(*["pairs", "rolls", "sided"] * 8)
ROOM = 20_000


@pytest.fixture
def paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Paths:
    monkeypatch.setattr(run_file, "ROOM", ROOM)
    return Paths(tmp_path / "data", tmp_path / "config.toml", tmp_path / "cache")


class Playing:
    """The long session, played and kept second by second."""

    def __init__(self, store: RunFiles) -> None:
        self.clock = Clock()
        self.player: Player = started(LONG.timeline, self.clock)
        now = lambda: NOW + timedelta(seconds=self.clock.at - 1000)  # noqa: E731
        self.keeper = Keeper(store, LONG, self.player, now)
        self.keeper.claim()

    def on(self, seconds: int) -> None:
        for _ in range(seconds):
            play(self.player, self.clock, 1)
            self.keeper.keep()


def counted(monkeypatch: pytest.MonkeyPatch, name: str) -> list[object]:
    """What a method of run files was called with."""
    calls, real = [], getattr(RunFile, name)

    def call(first: object, *rest: object) -> object:
        calls.append(first)
        return real(first, *rest)

    monkeypatch.setattr(RunFile, name, call)
    return calls


def kept(paths: Paths) -> float:
    (left,) = RunFiles(paths).resumable()
    return left.progress.position


def test_a_file_never_grows_past_its_room_and_a_kill_loses_nothing(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines, replaced = counted(monkeypatch, "append"), counted(monkeypatch, "create")
    store, sizes = RunFiles(paths), []
    session = Playing(store)
    (path,) = paths.data.glob("run-*.json")
    while not session.player.over:
        session.on(20)
        sizes.append(path.stat().st_size)
        assert session.keeper.problem == ""
        if not session.player.over:
            assert [one.progress for one in store.running()] == [session.player.progress()]
        assert store.resumable() == (), "it is held without a gap"
    head, line = len(head_line(LONG)), len(run_codec.state_line(session.keeper.checkpoint()))
    assert max(sizes) <= head + ROOM + 2 * line
    assert 3 < len(replaced) < len(lines) / 5, "now and then"
    assert [one.name for one in paths.data.iterdir()] == [path.name]
    assert path.read_bytes().startswith(head_line(LONG))
    store.release("u1")
    (ended,) = RunFiles(paths).unsaved()
    assert ended.seconds == session.player.ledger.seconds


def test_a_disk_without_room_for_a_second_file_goes_on_with_the_first(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = RunFiles(paths)
    session = Playing(store)
    opening = os.open

    def full(path: Path, flags: int, mode: int = 0o777) -> int:
        if flags & os.O_CREAT:
            raise OSError(errno.ENOSPC, "No space left on device")
        return opening(path, flags, mode)

    with monkeypatch.context() as disk:
        disk.setattr(os, "open", full)
        session.on(600)
        assert session.keeper.problem == ""
    (path,) = paths.data.glob("run-*.json")
    assert path.stat().st_size > len(head_line(LONG)) + 2 * ROOM
    session.on(20)
    assert path.stat().st_size < len(head_line(LONG)) + 2 * ROOM, "made up for"
    store.release("u1")
    assert kept(paths) == session.player.position


def test_a_folder_that_cannot_be_synced_is_said_and_tried_again(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = RunFiles(paths)
    session = Playing(store)

    def broken(_folder: Path) -> None:
        raise OSError(errno.EIO, "Input/output error")

    with monkeypatch.context() as disk:
        disk.setattr(run_file, "sync_folder", broken)
        while not session.keeper.problem:
            session.on(1)
        assert "the disk reports an error" in session.keeper.problem
        session.on(30)
        assert session.keeper.problem
    again: list[Path] = []
    monkeypatch.setattr(run_file, "sync_folder", again.append)
    session.on(1)
    assert (session.keeper.problem, again) == ("", [paths.data])
    assert len(store.running()) == 1, "the file in place is the one that is held"
    store.release("u1")
    assert kept(paths) == session.player.position


def test_who_looks_at_the_moment_of_a_replacement_sees_it_played(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = RunFiles(paths)
    session = Playing(store)
    locking, replaced = run_lock.fcntl.flock, []

    def late(handle: int, how: int) -> None:
        """Between the opening of the file and the asking for its lock, it is replaced."""
        if how & run_lock.fcntl.LOCK_SH and not replaced:
            replaced.append(True)
            store._replace("u1", store._held["u1"].head() + run_codec.state_line(LEFT))
        locking(handle, how)

    LEFT = session.keeper.checkpoint()  # noqa: N806 - as it stands
    monkeypatch.setattr(run_lock.fcntl, "flock", late)
    assert RunFiles(paths).resumable() == ()
    assert replaced
    store.release("u1")


def test_what_is_too_long_to_be_read_again_is_never_written(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (run_file, run_files, run_view):
        monkeypatch.setattr(module, "LIMIT", len(head_line(LONG)) + 1_000)
    store = RunFiles(paths)
    session = Playing(store)
    while not session.keeper.problem:
        session.on(1)
    assert "it is too long to be kept" in session.keeper.problem
    store.release("u1")
    assert kept(paths) > 0, "as far as it was kept, it is found"


def test_a_file_is_replaced_before_it_is_too_long_to_be_read_again(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run_file, "ROOM", 1 << 20)
    for module in (run_file, run_files, run_view):
        monkeypatch.setattr(module, "LIMIT", len(head_line(LONG)) + 8_000)
    store = RunFiles(paths)
    session = Playing(store)
    for _ in range(3):
        session.on(200)
        store.release("u1")
        assert kept(paths) == session.player.position
        assert store.take_over("u1").progress == session.player.progress()
    assert session.keeper.problem == ""


def test_a_session_that_is_too_long_from_the_start_is_said_to_be(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run_file, "LIMIT", 1_000)
    session, files = Playing(RunFiles(paths)), files_open()
    session.on(3)
    assert files_open() == files
    assert "it is too long to be kept" in session.keeper.problem
    assert list(paths.data.iterdir()) == []


def test_a_file_that_is_too_large_to_be_read_is_left_and_said(paths: Paths) -> None:
    store = RunFiles(paths)
    Playing(store)
    store.release("u1")
    with (paths.data / "run-u1.json").open("r+b") as file:
        file.truncate(run_codec.LIMIT + 1)
    told: list[str] = []
    found = RunFiles(paths, tell=told.append)
    assert (found.resumable(), found.unsaved()) == ((), ())
    assert list(found.notices()) == told
    (said,) = told
    assert said == "A session in progress could not be read (larger than 8 MB): run-u1.json."
    assert [one.name for one in paths.data.iterdir()] == ["run-u1.json"]


def test_a_file_that_cannot_be_read_once_it_is_locked_is_let_go(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = RunFiles(paths)
    Playing(store)
    store.release("u1")

    def unread(*_: object) -> bytes:
        raise OSError(errno.EIO, "Input/output error")

    with monkeypatch.context() as disk:
        disk.setattr(run_file, "read_plain", unread)
        with pytest.raises(StoreError, match="the disk reports an error"):
            store.take_over("u1")
    assert RunFiles(paths).take_over("u1").progress.position == 0.0
