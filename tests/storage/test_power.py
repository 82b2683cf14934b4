"""Power lost at any moment of a change: the log is the old or the new one, and no word is said."""

from __future__ import annotations

import filecmp
import os
import random
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from stretch_tui.storage.durable import MARK
from stretch_tui.storage.log.tiny_logbook import TinyLogbook
from tests.storage.power import put_back, recorded
from tests.storage.samples import log_in, session, uids
from tests.storage.writers import Acknowledged, fork_writer, stop

CHANGES: dict[str, Callable[[TinyLogbook], object]] = {
    "first": lambda log: log.add(session("new")),
    "add": lambda log: log.add(session("new")),
    "delete": lambda log: log.delete("old-1"),
    "after damage": lambda log: log.add(session("new")),
}


def start(folder: Path, change: str) -> None:
    folder.mkdir(mode=0o700)
    if change == "first":
        return
    log = log_in(folder)
    for number in range(3):
        log.add(session(f"old-{number}"))
    if change == "after damage":
        data = (folder / "history.json").read_bytes()
        (folder / "history.json").write_bytes(data[:-5])


@pytest.mark.parametrize("change", CHANGES)
def test_power_lost_at_any_moment(change: str, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    start(folder, change)
    old = log_in(folder).sessions()
    with recorded(folder) as recording:
        CHANGES[change](log_in(folder))
        recording.seen.clear()  # what comes from here on is after the acknowledgment
        recording._look()
        safe = recording.states()
    new = log_in(folder).sessions()
    assert new != old
    shutil.rmtree(folder)
    start(folder, change)
    with recorded(folder) as recording:
        CHANGES[change](log_in(folder))
        states = recording.states()
    assert len(states) > 10
    for number, state in enumerate(states):
        found = tmp_path / f"found-{number}"
        put_back(state, found)
        log = log_in(found)
        assert log.sessions() in (old, new)
        assert change == "after damage" or not log.notices()
        log.add(session("later"))
        assert uids(log_in(found)) >= {"later"} | {one.uid for one in old} - {"old-1"}
        assert not list(found.glob(f"{MARK}*"))
    for number, state in enumerate(safe):
        found = tmp_path / f"safe-{number}"
        put_back(state, found)
        assert log_in(found).sessions() == new


def test_the_same_look_finds_what_a_store_without_sync_would_lose(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "data"
    start(folder, "add")
    monkeypatch.setattr("stretch_tui.storage.durable._sync", lambda handle: None)
    with recorded(folder) as recording:
        log_in(folder).add(session("new"))
        states = recording.states()
    said = []
    for number, state in enumerate(states):
        put_back(state, tmp_path / f"found-{number}")
        said += log_in(tmp_path / f"found-{number}").notices()
    assert any("is empty" in words for words in said)
    assert any("was damaged" in words for words in said)


IMAGE_MB = 24
TRIALS = 200


@pytest.mark.long
@pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount a disk")
def test_images_of_a_disk_that_is_being_written(tmp_path: Path) -> None:
    """Copy an ext4 image while a writer is at work: each copy is what a power loss leaves."""
    memory = Path("/dev/shm") if Path("/dev/shm").is_dir() else tmp_path
    image, copy = memory / f"st-{os.getpid()}.img", memory / f"st-{os.getpid()}-copy.img"
    disk, found = tmp_path / "disk", tmp_path / "found"
    disk.mkdir()
    found.mkdir()
    try:
        with image.open("wb") as file:
            file.truncate(IMAGE_MB << 20)
        run("mkfs.ext4", "-q", "-F", "-J", "size=4", str(image))
        run("mount", "-o", "loop", str(image), str(disk))
        try:
            check_images(image, copy, disk, found)
        finally:
            run("umount", str(disk))
    finally:
        image.unlink(missing_ok=True)
        copy.unlink(missing_ok=True)


def check_images(image: Path, copy: Path, disk: Path, found: Path) -> None:
    """Stop the writer anywhere and copy what the disk has: what was not synced is not in it."""
    luck = random.Random(1)
    told = Acknowledged()
    for trial in range(TRIALS):
        child, reading = fork_writer(disk / "data", f"t{trial}")
        with os.fdopen(reading, "rb", buffering=0) as pipe:
            said = pipe.read(4096)
            time.sleep(luck.uniform(0, 0.03))
            stop(child)
            shutil.copyfile(image, copy)
            while not filecmp.cmp(image, copy, shallow=False):
                shutil.copyfile(image, copy)  # the kernel wrote in the meantime
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            while more := pipe.read(65536):
                said += more
        told.take(said.decode())
        run("mount", "-o", "loop", str(copy), str(found))
        try:
            log = log_in(found / "data")
            told.check(uids(log))
            assert not log.notices()
            log.add(session(f"later-{trial}"))
        finally:
            run("umount", str(found))


def run(*words: str) -> None:
    subprocess.run(words, check=True, capture_output=True)
