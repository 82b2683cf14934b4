"""Power lost in the middle of a session: it stands at its last transition, or later, never broken.

A transition is durable before it is shown; a heartbeat may be lost, torn or read as zeros.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playing import NOW, Clock, play, run, started

from stretch_tui.core.session.checkpoint import Keeper
from stretch_tui.core.session.states import State
from stretch_tui.storage.paths import Paths
from stretch_tui.storage.run import run_file
from stretch_tui.storage.run.run_codec import parse
from stretch_tui.storage.run.run_files import RunFiles


@dataclass
class Content:
    """What the system holds of a file, and what the disk has."""

    held: bytes = b""
    synced: bytes = b""


class Cache:
    """Stands in for the module `os`: what is in the files, and which of them has the name."""

    def __init__(self) -> None:
        self.files: dict[int, Content] = {}
        self.named = Content()
        self.replaced: Content | None = None
        """What had the name before, until the folder is synced: the disk may still show it."""
        self.replacements = 0
        self.moments: list[tuple[bytes, bytes]] = []
        """What was on the disk and what was to be, at every call, of each file it may show."""

    def __getattr__(self, name: str) -> Any:
        return getattr(os, name)

    def open(self, *args: Any) -> int:
        handle = os.open(*args)
        self.files[handle] = Content()
        return handle

    def pwrite(self, handle: int, data: bytes, at: int) -> int:
        file = self.files[handle]
        file.held = file.held[:at].ljust(at, b"\0") + bytes(data) + file.held[at + len(data) :]
        self._look()
        return os.pwrite(handle, data, at)

    def ftruncate(self, handle: int, size: int) -> None:
        self.files[handle].held = self.files[handle].held[:size]
        self._look()
        os.ftruncate(handle, size)

    def fsync(self, handle: int) -> None:
        self.files[handle].synced = self.files[handle].held

    def replace(self, source: Path, target: Path) -> None:
        self.replaced, self.named = self.named, self.files[max(self.files)]
        self.replacements += 1
        self._look()
        source.replace(target)

    def sync_folder(self, _folder: Path) -> None:
        self._look()
        self.replaced = None

    def close(self, handle: int) -> None:
        del self.files[handle]
        os.close(handle)

    def _look(self) -> None:
        shown = (self.named, self.replaced)
        self.moments += [(one.synced, one.held) for one in shown if one is not None]


def left(synced: bytes, held: bytes) -> Iterator[bytes]:
    """Every content that a disk may show which had the one and was to get the other."""
    same = next((i for i, (a, b) in enumerate(zip(synced, held, strict=False)) if a != b), None)
    begin = min(len(synced), len(held)) if same is None else same
    yield synced
    yield held
    for cut in (begin + (len(held) - begin) * part // 7 for part in range(8)):
        yield held[:cut]
        yield held[:cut] + synced[cut:]
        yield held[:cut].ljust(len(held), b"\0")
        yield held[:begin] + bytes(max(0, cut - begin)) + held[cut:]


def test_power_lost_at_any_moment_of_a_session(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache, clock, of = Cache(), Clock(), run("pairs", "sided")
    monkeypatch.setattr(run_file, "os", cache)
    monkeypatch.setattr(run_file, "sync_folder", cache.sync_folder)
    monkeypatch.setattr(run_file, "ROOM", 700)  # the file is replaced every few transitions
    store = RunFiles(Paths(tmp_path, tmp_path / "c", tmp_path / "x"))
    player = started(of.timeline, clock)
    keeper = Keeper(store, of, player, lambda: NOW + timedelta(seconds=clock.at))
    keeper.claim()
    cache.moments.clear()  # before the folder knows its name there is nothing to go on with
    transitions = heartbeats = 0
    safe = player.position
    while not player.over:
        play(player, clock, 1)
        keeper.keep()
        assert cache.replaced is None, "a file in another's place is durable before it is shown"
        for synced, held in cache.moments:
            assert all(safe <= stood(found) <= player.position for found in left(synced, held))
        cache.moments.clear()
        now = cache.named
        if now.synced == now.held:  # it may be shown now
            safe, transitions = player.position, transitions + 1
        else:
            heartbeats += 1
        states = left(now.synced, now.held)
        assert all(safe <= stood(found) <= player.position for found in states)
    store.release("u1")
    assert min(transitions, heartbeats) > 5
    assert cache.replacements > 3


def test_a_signal_makes_the_last_heartbeat_durable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache, clock, of = Cache(), Clock(), run("held")
    monkeypatch.setattr(run_file, "os", cache)
    store = RunFiles(Paths(tmp_path, tmp_path / "c", tmp_path / "x"))
    player = started(of.timeline, clock)
    keeper = Keeper(store, of, player, lambda: NOW + timedelta(seconds=clock.at))
    keeper.claim()
    for _ in range(12):
        play(player, clock, 1)
        keeper.keep()
    assert stood(cache.named.synced) < player.position
    store.flush()
    assert stood(cache.named.synced) == player.position
    store.release("u1")


def stood(found: bytes) -> float:
    checkpoint = parse(found).checkpoint
    assert checkpoint is not None
    return checkpoint.progress.position


TRIALS = 60
IMAGE_MB = 16
SESSION = """\
name = "Quick"
rest_seconds = 1
[[steps]]
stretch = "owl-neck"
dose = {hold_seconds = 2, sides = "each", rounds = 20}
"""
QUICK = "get_ready_seconds = 1\nswitch_seconds = 1\nmove_seconds = 1\n"


@pytest.mark.long
@pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount a disk")
def test_images_of_a_disk_that_a_session_is_written_to(tmp_path: Path) -> None:
    """Copy an ext4 image while a session is played on it: each copy is what a power loss leaves."""
    memory = Path("/dev/shm") if Path("/dev/shm").is_dir() else tmp_path
    image, copy = memory / f"run-{os.getpid()}.img", memory / f"run-{os.getpid()}-copy.img"
    disk, found = tmp_path / "disk", tmp_path / "found"
    disk.mkdir()
    found.mkdir()
    with image.open("wb") as file:
        file.truncate(IMAGE_MB << 20)
    try:
        shell("mkfs.ext4", "-q", "-F", "-J", "size=4", str(image))
        shell("mount", "-o", "loop", str(image), str(disk))
        try:
            check_images(image, copy, disk, found)
        finally:
            shell("umount", str(disk))
    finally:
        image.unlink(missing_ok=True)
        copy.unlink(missing_ok=True)


def check_images(image: Path, copy: Path, disk: Path, found: Path) -> None:
    """What was last announced before the copy was made is the least that has to be there."""
    luck = random.Random(2)
    (disk / "config.toml").write_text(QUICK)
    (disk / "quick.toml").write_text(SESSION)
    shell("sync")
    with subprocess.Popen(
        [sys.executable, "-m", "stretch_tui", "play", "--json", "--file", str(disk / "quick.toml")],
        env={**os.environ, "STRETCH_TUI_DATA_DIR": str(disk)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
    ) as playing:
        assert playing.stdout is not None
        os.set_blocking(playing.stdout.fileno(), False)
        heard = b""
        while b"\n" not in heard:
            time.sleep(0.05)
            heard += playing.stdout.read() or b""
        for _ in range(TRIALS):
            time.sleep(luck.uniform(0.1, 0.8))
            heard += playing.stdout.read() or b""
            playing.send_signal(signal.SIGSTOP)
            shutil.copyfile(image, copy)
            now = time.time()
            playing.send_signal(signal.SIGCONT)
            announced = json.loads(heard.split(b"\n")[-2])
            shell("mount", "-o", "loop", str(copy), str(found))
            try:
                (kept,) = RunFiles(Paths.find({"STRETCH_TUI_DATA_DIR": str(found)})).resumable()
            finally:
                shell("umount", str(found))
            assert kept.progress.position >= announced["at"] - 0.01
            assert kept.saved.timestamp() <= now
            assert kept.progress.state is State.RUNNING
        playing.kill()


def shell(*words: str) -> None:
    subprocess.run(words, check=True, capture_output=True)
