"""The draft on disk is the newest one, however fast the edits come, and faults are told."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import ClassVar

from stretch_tui.core.content.routine import Routine, Step
from stretch_tui.core.errors import StoreError
from stretch_tui.storage.content.routine_files import TomlRoutines
from stretch_tui.storage.paths import Paths
from stretch_tui.ui.building.draft_keeper import DraftKeeper


def version(number: int) -> Routine:
    return Routine("", f"Version {number}", (Step("owl-neck"),), own=True)


def test_the_newest_of_many_versions_is_what_a_kill_leaves(tmp_path: Path) -> None:
    paths = Paths(tmp_path, tmp_path / "config.toml", tmp_path / "cache")
    store = TomlRoutines(paths)
    keeper = DraftKeeper(store, print)
    for number in range(200):
        keeper.keep(version(number))
    assert keeper.settle(10)
    assert store.draft() == version(199)
    keeper.keep(version(200))
    keeper.discard()
    assert keeper.settle(10)
    assert store.draft() is None


class Slow:
    """A store whose first write waits to be let go, and whose last one fails."""

    def __init__(self) -> None:
        self.go = threading.Event()
        self.written: list[str] = []

    def save_draft(self, routine: Routine) -> None:
        self.go.wait(10)
        if routine == version(4):
            raise StoreError("no space left")
        self.written.append(routine.name)


def test_versions_that_come_while_one_is_written_are_passed_over_and_faults_told() -> None:
    store, told = Slow(), []
    keeper = DraftKeeper(store, told.append)  # type: ignore[arg-type]
    for number in range(4):
        keeper.keep(version(number))
    assert not keeper.settle(0.01)
    store.go.set()
    assert keeper.settle(10)
    assert store.written[-1] == "Version 3"
    assert len(store.written) <= 2
    keeper.keep(version(4))
    assert keeper.settle(10)
    assert told == ["the draft can't be kept: no space left"]
    keeper.keep(version(5))
    assert keeper.settle(10)
    assert store.written[-1] == "Version 5"


def test_a_fault_of_ours_ends_the_keeping_of_one_version_only() -> None:
    told: list[str] = []

    class Faulty:
        written: ClassVar[list[str]] = []

        def save_draft(self, routine: Routine) -> None:
            if not self.written and not told:
                raise TypeError("a list")
            self.written.append(routine.name)

    def tell(words: str) -> None:
        told.append(words)
        raise RuntimeError("nobody listens any more")

    keeper = DraftKeeper(Faulty(), tell)  # type: ignore[arg-type]
    for number in (1, 2):
        keeper.keep(version(number))
        assert keeper.settle(10)
    assert told == ["the draft can't be kept: TypeError: a list"]
    assert Faulty.written == ["Version 2"]
