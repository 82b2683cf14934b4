"""Looks at the log and at what was interrupted, and puts both in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stretch_tui.core.content.wording import clock, day_words
from stretch_tui.core.errors import StoreError
from stretch_tui.core.log.days import day_of, today
from stretch_tui.ui.browsing.glance import Glance, LeftSession
from stretch_tui.ui.marks import marks
from stretch_tui.ui.services import Services

if TYPE_CHECKING:
    from stretch_tui.core.session.checkpoint import Checkpoint


def look(services: Services, *, whole: bool = True) -> Glance:
    """What the list needs: favorites, what was last, what was left; blocks, so use a thread.

    What was last takes the whole log, and is left out unless that is wanted.
    """
    left = left_session(services)
    try:
        favorites = services.logbook.favorites()
        last = services.logbook.latest() if whole else None
    except StoreError as problem:
        return Glance(left=left, problem=str(problem))
    return Glance(favorites, last.routine if last is not None else "", left=left)


def week(services: Services) -> tuple[str, ...]:
    """This week and the streak in words; nothing before the first session."""
    from stretch_tui.core.log.streak import streak_of
    from stretch_tui.core.log.streak_words import header
    from stretch_tui.core.log.tally import days_of

    try:
        done, goals = services.logbook.marks(), services.logbook.goals()
        pauses = services.logbook.pauses()
    except StoreError:
        return ()  # `look` has told of it
    if not done:
        return ()
    settings, signs = services.settings, marks(services.settings.ascii)
    figures = streak_of(days_of(done), goals, pauses, settings, today(services.now(), settings))
    return header(figures, settings, signs.day_done, signs.day_open)


def left_session(services: Services) -> LeftSession | None:
    """The session that was interrupted last and can be gone on with."""
    for checkpoint in services.runs.resumable():
        from stretch_tui.core.session.states import OVER

        if checkpoint.progress.state not in OVER and checkpoint.run.timeline.segments:
            rest = checkpoint.run.timeline.seconds - checkpoint.progress.position
            name = f"Go on: {checkpoint.run.routine.name}"
            return LeftSession(
                checkpoint, name, f"{clock(rest)} left", _where(checkpoint, services)
            )
    return None


def _where(checkpoint: Checkpoint, services: Services) -> tuple[str, ...]:
    """Where and when it was left."""
    from stretch_tui.core.session.scene import scene

    at = scene(checkpoint.run.timeline, checkpoint.progress.position)
    side = f", {at.side.value} side" if at.side is not None else ""
    minutes = max(0, round((services.now() - checkpoint.saved).total_seconds() / 60))
    if minutes < 60:
        ago = f"{minutes} min ago" if minutes else "just now"
    else:
        settings = services.settings
        ago = day_words(day_of(checkpoint.saved, settings), today(services.now(), settings))
    return (
        f"You were at {at.name}{side}, {at.seconds_left} s to go: stretch {at.place}.",
        f"LeftSession {ago}; none of the time since counts.",
    )
