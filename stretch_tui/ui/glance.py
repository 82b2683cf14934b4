"""What the first screen says of the log: read on a thread, so that a long log delays no frame."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

from stretch_tui.core.checkpoint import Checkpoint
from stretch_tui.core.days import day_of, today
from stretch_tui.core.routine import StoreError
from stretch_tui.core.scene import scene
from stretch_tui.core.states import OVER
from stretch_tui.core.streak import streak
from stretch_tui.core.streak_words import header
from stretch_tui.core.wording import clock, day_words
from stretch_tui.ui.services import Services
from stretch_tui.ui.theme import marks


@dataclass(frozen=True, slots=True)
class Glance:
    """The log and the interrupted session, as far as the first screen shows them."""

    favorites: tuple[str, ...] = ()
    last: str = ""
    """The id of what was played last."""
    last_when: str = ""
    """When that was, in words."""
    week: tuple[str, ...] = ()
    """This week and the streak in words, most important first; empty on the first day."""
    resume: Checkpoint | None = None
    """The session that was interrupted last."""
    problem: str = ""
    """Why the log could not be read."""


def look(services: Services) -> Glance:
    """Read the log once; blocks, so call it on a thread."""
    left = tuple(one for one in services.runs.resumable() if one.progress.state not in OVER)
    resume = left[0] if left and left[0].run.timeline.segments else None
    try:
        sessions = services.logbook.sessions()
        favorites = services.logbook.favorites()
        goals, pauses = services.logbook.goals(), services.logbook.pauses()
    except StoreError as problem:
        return Glance(resume=resume, problem=str(problem))
    now, settings = services.now(), services.settings
    if not sessions:
        return Glance(favorites, resume=resume)
    day = today(now, settings)
    last = next((one for one in reversed(sessions) if one.routine), None)
    signs = marks(settings.ascii)
    figures = streak(sessions, goals, pauses, settings, day)
    return Glance(
        favorites,
        last.routine if last is not None else "",
        day_words(last.day, day) if last is not None else "",
        header(figures, settings, signs.day_done, signs.day_open),
        resume,
    )


def resume_words(checkpoint: Checkpoint) -> str:
    """What can be gone on with, for the list."""
    return f"Go on: {checkpoint.run.routine.name}"


def resume_tail(checkpoint: Checkpoint) -> str:
    """How much of it is left."""
    left = checkpoint.run.timeline.seconds - checkpoint.progress.position
    return f"{clock(left)} left"


def resume_lines(checkpoint: Checkpoint, services: Services) -> tuple[str, ...]:
    """Where it was left, in sentences."""
    now = scene(checkpoint.run.timeline, checkpoint.progress.position)
    side = f", {now.side.value} side" if now.side is not None else ""
    minutes = max(0, round((services.now() - checkpoint.saved).total_seconds() / 60))
    day = day_of(checkpoint.saved, services.settings)
    ago = (
        f"{minutes} min ago"
        if minutes < 60
        else day_words(day, today(services.now(), services.settings))
    )
    return (
        f"You were at {now.name}{side}, {now.seconds_left} s to go: stretch {now.place}.",
        f"Left {'just now' if minutes < 1 else ago}; none of the time since counts.",
    )


class Reader:
    """Reads the log on a thread of its own and hands over what it found."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._found: Glance | None = None
        self._done = threading.Event()

    def start(self, tell: Callable[[Glance], None] | None = None) -> None:
        """Begin to read; `tell` hears of it on the reader's thread."""
        self._done.clear()

        def read() -> None:
            found = look(self._services)
            self._found = found
            self._done.set()
            if tell is not None:
                tell(found)

        threading.Thread(target=read, name="log-reader", daemon=True).start()

    def wait(self, seconds: float) -> Glance | None:
        """What was found, if it is there within so many seconds."""
        return self._found if self._done.wait(seconds) else None
