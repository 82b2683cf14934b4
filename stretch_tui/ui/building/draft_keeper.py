"""Keeps the routine being built on disk, off the event loop, always the newest version."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress

from stretch_tui.core.content.routine import Routine, RoutineStore
from stretch_tui.core.errors import StoreError

CALM_SECONDS = 0.2
"""How long a write waits, so that the screen is drawn first and a held key writes once."""


class DraftKeeper:
    """Writes the newest draft on a thread of its own; versions that come faster are passed over."""

    def __init__(self, store: RoutineStore, tell: Callable[[str], None]) -> None:
        """`tell` is called on that thread with why a draft could not be kept."""
        self._store = store
        self._tell = tell
        self._turn = threading.Condition()
        self._wanted: list[Routine | None] = []
        self._busy = False
        self._hurried = False

    def keep(self, routine: Routine) -> None:
        """Keep this version."""
        self._want(routine)

    def discard(self) -> None:
        """Forget the draft: it is saved, or thrown away."""
        self._want(None)

    def settle(self, seconds: float) -> bool:
        """Wait until everything is written, at most so long; say whether it is."""
        with self._turn:
            self._hurried = True
            self._turn.notify_all()
            settled = self._turn.wait_for(lambda: not self._busy, seconds)
            self._hurried = False
            return settled

    def _want(self, routine: Routine | None) -> None:
        with self._turn:
            self._wanted = [routine]
            if not self._busy:
                self._busy = True
                threading.Thread(target=self._run, name="draft", daemon=True).start()

    def _run(self) -> None:
        while True:
            with self._turn:
                if not self._wanted:
                    self._busy = False
                    self._turn.notify_all()
                    return
                self._turn.wait_for(lambda: self._hurried, CALM_SECONDS)
                routine = self._wanted.pop()
            try:
                if routine is None:
                    self._store.discard_draft()
                else:
                    self._store.save_draft(routine)
            except StoreError as problem:
                self._say(str(problem))
            except Exception as fault:  # of ours: later versions must not be lost with this one
                self._say(f"{type(fault).__name__}: {fault}")

    def _say(self, why: str) -> None:
        with suppress(Exception):  # what cannot be told must not end the keeping
            self._tell(f"the draft can't be kept: {why}")
