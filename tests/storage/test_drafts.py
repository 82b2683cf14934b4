"""Drafts of several windows: none overwrites another's, and none is lost with its window."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from stretch_tui.core.content.routine import Routine, Step
from stretch_tui.core.errors import StoreError
from stretch_tui.storage.content.drafts import MOST
from stretch_tui.storage.content.routine_files import TomlRoutines
from stretch_tui.storage.paths import Paths


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    data = tmp_path / "data"
    return Paths(data, tmp_path / "config.toml", tmp_path / "cache")


def built(name: str, routine_id: str = "") -> Routine:
    return Routine(routine_id, name, (Step("owl-neck"),), own=True)


def test_two_windows_build_beside_each_other(paths: Paths) -> None:
    one, two = TomlRoutines(paths), TomlRoutines(paths)
    one.save_draft(built("First"))
    assert two.draft() is None
    two.save_draft(built("Second"))
    one.save_draft(built("First, longer"))
    two.release_draft()
    one.release_draft()
    later = TomlRoutines(paths)
    assert later.draft() == built("First, longer")
    later.discard_draft()
    assert later.draft() == built("Second")
    later.discard_draft()
    assert later.draft() is None


def test_only_the_draft_of_a_routine_is_taken_when_that_is_opened(paths: Paths) -> None:
    store = TomlRoutines(paths)
    store.save_draft(built("Mine, changed", "mine"))
    store.release_draft()
    store.save_draft(built("New"))
    store.release_draft()
    assert store.draft("other") is None
    assert store.draft("mine") == built("Mine, changed", "mine")
    store.save_draft(built("Mine, changed again", "mine"))
    store.release_draft()
    one, two = TomlRoutines(paths), TomlRoutines(paths)
    assert one.draft("mine") == built("Mine, changed again", "mine")
    assert two.draft() == built("New")


CHILD = """
import sys, time
from pathlib import Path
from stretch_tui.core.content.routine import Routine, Step
from stretch_tui.storage.content.routine_files import TomlRoutines
from stretch_tui.storage.paths import Paths
data = Path(sys.argv[1])
store = TomlRoutines(Paths(data, data / "config.toml", data / "cache"))
store.save_draft(Routine("", "Theirs", (Step("owl-neck"),), own=True))
print("saved", flush=True)
time.sleep(600)
"""


@pytest.mark.skipif(os.name == "nt", reason="kills by signal")
def test_the_draft_of_a_killed_window_is_gone_on_with(paths: Paths) -> None:
    words = [sys.executable, "-c", CHILD, str(paths.data)]
    with subprocess.Popen(words, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"saved\n"
        mine = TomlRoutines(paths)
        assert mine.draft() is None
        child.send_signal(signal.SIGKILL)
        child.wait(10)
    assert mine.draft() == built("Theirs")


def test_too_many_drafts_are_told(paths: Paths) -> None:
    windows = [TomlRoutines(paths) for _ in range(MOST)]
    for number, window in enumerate(windows):
        window.save_draft(built(f"Number {number}"))
    with pytest.raises(StoreError, match="drafts already: save or discard one first"):
        TomlRoutines(paths).save_draft(built("One more"))
    windows[3].discard_draft()
    TomlRoutines(paths).save_draft(built("One more"))
