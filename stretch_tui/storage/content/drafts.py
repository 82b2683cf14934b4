"""Routines being built, one slot a window: no window overwrites what another one is building.

A slot is a file beside the log, `draft.toml`, `draft-2.toml` and so on. Who builds on it holds a
lock that the system drops when its owner dies; then the next window goes on with it.
"""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from stretch_tui.core.content.routine import Routine
from stretch_tui.core.errors import StoreError
from stretch_tui.storage.content.routine_toml import routine_from_toml
from stretch_tui.storage.content.toml_reading import UnreadableError, read_text
from stretch_tui.storage.durable import CLOEXEC, NOFOLLOW, make_private, signature, write_durably
from stretch_tui.storage.run.run_lock import try_lock

MOST = 20
"""Slots; drafts beyond them have to be saved or thrown away first."""
_OF = re.compile(r"# of: ([a-z0-9-]{1,60})$", re.MULTILINE)
_HEAD = "# A routine being built in stretch-tui, not saved yet.\n"
_UNNAMED = "New routine"
"""What a draft is called in its file while it has no name."""


@dataclass(frozen=True, slots=True)
class _Slot:
    """The slot that this window builds on."""

    path: Path
    lock: int
    """The open file that is locked."""


class Drafts:
    """The drafts of one data folder, as one window sees them. Raises OSError where disks do."""

    def __init__(self, folder: Path, put_aside: Callable[[Path], None]) -> None:
        """`put_aside` takes a draft away that cannot be read."""
        names = ("draft.toml", *(f"draft-{number}.toml" for number in range(2, MOST + 1)))
        self._paths = [folder / name for name in names]
        self._put_aside = put_aside
        self._mine: _Slot | None = None
        self._mutex = threading.RLock()

    def take(self, of: str | None = None) -> Routine | None:
        """Go on with the newest draft that nobody builds on; with an id, only with one of that."""
        with self._mutex:
            self.release()
            for path in self._written():
                if not self._hold(path):
                    continue
                routine = self._read(path)
                if routine is not None and of in (None, routine.id):
                    return routine
                self.release()
            return None

    def save(self, routine: Routine) -> None:
        """Keep it in this window's slot, or in the first that is free; without steps, in none."""
        from stretch_tui.storage.content.routine_text import routine_to_toml  # noqa: PLC0415 - for writers

        with self._mutex:
            if not routine.steps:
                self.discard()
                return
            of = f"# of: {routine.id}\n" if routine.own and routine.id else ""
            text = _HEAD + of + routine_to_toml(replace(routine, name=routine.name or _UNNAMED))
            write_durably(self._slot().path, text.encode())

    def discard(self) -> None:
        """Forget this window's draft: it is saved, or thrown away."""
        with self._mutex:
            if self._mine is not None:
                self._mine.path.unlink(missing_ok=True)
                self.release()

    def release(self) -> None:
        """Leave this window's draft to whoever comes next."""
        with self._mutex:
            if self._mine is not None:
                os.close(self._mine.lock)
                self._mine = None

    def _written(self) -> list[Path]:
        """Slots that hold a draft, the newest first."""
        found = [(mark[1], path) for path in self._paths if (mark := signature(path)) is not None]
        return [path for _, path in sorted(found, reverse=True)]

    def _slot(self) -> _Slot:
        make_private(self._paths[0].parent)
        for path in self._paths:
            if self._mine is not None:
                return self._mine
            if signature(path) is None and self._hold(path) and signature(path) is not None:
                self.release()  # another window was quicker, and has left it already
        if self._mine is None:
            raise StoreError(f"there are {MOST} drafts already: save or discard one first")
        return self._mine

    def _hold(self, path: Path) -> bool:
        """Build on this slot, unless another window does."""
        flags = os.O_RDWR | os.O_CREAT | CLOEXEC | NOFOLLOW
        lock = os.open(path.with_suffix(".lock"), flags, 0o600)
        if not try_lock(lock):
            os.close(lock)
            return False
        self._mine = _Slot(path, lock)
        return True

    def _read(self, path: Path) -> Routine | None:
        """The draft in a slot; one that cannot be read is put aside."""
        try:
            text = read_text(path)
        except UnreadableError:
            text = ""
        of = _OF.search(text[:300])
        routine, _ = routine_from_toml(text, of[1] if of else "draft")
        if routine is None:
            self._put_aside(path)
            return None
        if of:
            return routine
        return replace(routine, id="", name="" if routine.name == _UNNAMED else routine.name)
