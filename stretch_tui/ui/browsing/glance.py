"""What the first screen says of the log, read on a thread, so that a long log delays no frame."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from stretch_tui.core.session.checkpoint import Checkpoint
    from stretch_tui.ui.services import Services


@dataclass(frozen=True, slots=True)
class Left:
    """A session that was interrupted, and what to say of it."""

    checkpoint: Checkpoint
    name: str
    tail: str
    """How much of it is left."""
    lines: tuple[str, ...]
    """Where and when it was left, in sentences."""


@dataclass(frozen=True, slots=True)
class Glance:
    """The log and the interrupted session, as far as the first screen shows them."""

    favorites: tuple[str, ...] = ()
    last: str = ""
    """The id of what was played last."""
    week: tuple[str, ...] = ()
    """This week and the streak in words, most important first; empty on the first day."""
    left: Left | None = None
    problem: str = ""
    """Why the log could not be read."""


class Reader:
    """Reads the log on a thread of its own and hands over what it found, in two steps."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._done = threading.Event()
        self._hurry = threading.Event()

    def start(self, tell: Callable[[Glance], None]) -> None:
        """Begin to read; `tell` hears on the reader's thread what was found, then also the week."""
        done = self._done = threading.Event()

        def read() -> None:
            # What it takes to understand a log is loaded here: the first frame needs little of it.
            from stretch_tui.ui.browsing.looking import look, week

            found = look(self._services)
            tell(found)
            done.set()
            self._hurry.wait()
            words = week(self._services)
            if words:
                tell(replace(found, week=words))

        threading.Thread(target=read, name="log-reader", daemon=True).start()

    def go_on(self) -> None:
        """The list is on screen: say the week too, from now on at once."""
        self._hurry.set()

    def wait(self, seconds: float) -> None:
        """Wait at most so long until what the list needs was told."""
        self._done.wait(seconds)
