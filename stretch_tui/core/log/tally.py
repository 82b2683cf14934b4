"""What was done day by day: the one sum over the log that streak, status and charts start from."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from stretch_tui.core.log.marks import Mark

if TYPE_CHECKING:
    from stretch_tui.core.log.logbook import Session

DAY_SECONDS = 120
"""A day counts from this many seconds of stretching, or from one full stretch."""
HURT = "hurt"
"""`logbook.Ending.HURT`, without importing what a prompt can do without."""


def mark(session: Session) -> Mark:
    """What the streak sees of a session. Stopping because it hurts always counts the day."""
    whole = session.ending == HURT
    for part in session.parts:  # a loop: any() of a generator takes twice as long
        whole = whole or part.complete
    credited = max(0, round(session.seconds * 1000))
    return Mark(session.uid, session.day, credited, whole, session.offset_minutes)


@dataclass(slots=True)
class DayTotal:
    """All that was done on one day."""

    milliseconds: int = 0
    whole: bool = False
    sessions: int = 0
    west: int = 24 * 60
    """The smallest offset from UTC of the day's sessions, in minutes."""
    east: int = -24 * 60

    @property
    def seconds(self) -> float:
        """Seconds of stretching on the day."""
        return self.milliseconds / 1000

    @property
    def counts(self) -> bool:
        """Whether the day counts: one full stretch, or two minutes in all."""
        return self.whole or self.milliseconds >= DAY_SECONDS * 1000


_latest: tuple[tuple[Session, ...], Mapping[date, DayTotal]] = ((), {})


def tally_of(sessions: Iterable[Session]) -> Mapping[date, DayTotal]:
    """The tally of a log's sessions; the last log's is remembered, since every screen asks.

    A log hands out the same tuple until it changes: it is known again by identity alone.
    """
    global _latest  # noqa: PLW0603 - a memo of a pure function
    if not isinstance(sessions, tuple):
        return tally(mark(session) for session in sessions)
    known, days = _latest
    if known is not sessions:
        marks = map(mark, sessions)
        # Marks that nobody keeps cost no collection of garbage, which a long log would feel.
        different = len({session.uid for session in sessions}) == len(sessions)
        days = _sum(marks) if different else tally(marks)
        _latest = (sessions, days)
    return days


_summed: tuple[Collection[Mark], Mapping[date, DayTotal]] = ((), {})


def days_of(marks: Collection[Mark]) -> Mapping[date, DayTotal]:
    """The tally of a log's marks; the last log's is remembered in the same way."""
    global _summed  # noqa: PLW0603 - a memo of a pure function
    known, days = _summed
    if known is not marks:
        days = tally(marks)
        _summed = (marks, days)
    return days


def tally(marks: Iterable[Mark]) -> dict[date, DayTotal]:
    """What was done day by day; a session that comes twice counts once, in whatever order."""
    unique: dict[str, Mark] = {}
    for one in marks:
        known = unique.setdefault(one.uid, one)
        if known < one:
            unique[one.uid] = one
    return _sum(unique.values())


def _sum(marks: Iterable[Mark]) -> dict[date, DayTotal]:
    """The days of marks that are all different."""
    days: dict[date, DayTotal] = {}
    for _, day, milliseconds, whole, offset in marks:
        total = days.get(day)
        if total is None:
            total = days[day] = DayTotal()
        total.milliseconds += milliseconds
        total.sessions += 1
        total.whole = total.whole or whole
        total.west = min(total.west, offset)
        total.east = max(total.east, offset)
    return days
