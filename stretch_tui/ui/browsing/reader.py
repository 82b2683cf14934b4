"""Reads the log for the first screen on a thread, so that a long log delays no frame."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from stretch_tui.ui.browsing.glance import Glance
    from stretch_tui.ui.services import Services


class Reader:
    """Reads the log on a thread of its own and hands over what it found, step by step."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._done = threading.Event()
        self._seen = threading.Event()

    def start(self, tell: Callable[[Glance], None]) -> None:
        """Begin to read; `tell` hears on the reader's thread what was found, then also the week.

        Of a long log it hears the favorites first, and what was played last when they are seen.
        """
        done = self._done = threading.Event()
        frames = self._services.frames
        as_of = frames.as_of() if frames is not None else ()

        def read() -> None:
            # What it takes to understand a log is loaded here: the first frame needs little of it.
            from stretch_tui.ui.browsing.looking import look, week

            short = self._seen.is_set() or not self._services.logbook.long()
            found = replace(look(self._services, whole=short), as_of=as_of)
            tell(found)
            done.set()
            # Threads share one interpreter: reading on would hold up the frame as well.
            self._seen.wait()
            if not short:
                found = replace(look(self._services), as_of=as_of)
                tell(found)
            words = week(self._services)
            if words:
                tell(replace(found, week=words))

        threading.Thread(target=read, name="log-reader", daemon=True).start()

    def go_on(self) -> None:
        """The list is on screen: say the rest too, from now on at once."""
        self._seen.set()

    def wait(self, seconds: float) -> None:
        """Wait at most so long until what the list needs was told."""
        self._done.wait(seconds)
