"""A session that was done elsewhere, entered afterwards: built the same by every screen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from stretch_tui.core.log.days import instant_on, offset_minutes
from stretch_tui.core.log.logbook import Part, Session, Source
from stretch_tui.core.session.ledger import Ledger
from stretch_tui.core.session.timeline import Timeline
from stretch_tui.core.settings import Settings
from stretch_tui.core.text import NAME_LIMIT, NOTE_LIMIT, clean_text

MOST_MINUTES = 24 * 60
BY_HAND = "Stretching"
"""The title of time that names no routine."""


def entered(
    uid: str,
    day: date,
    now: datetime,
    settings: Settings,
    *,
    routine: str = "",
    title: str = "",
    timeline: Timeline | None = None,
    seconds: float | None = None,
    feel: tuple[int | None, int | None] = (None, None),
    note: str = "",
) -> Session:
    """A session of the day, marked as entered afterwards.

    With a timeline every stretch of it was done, shortened in proportion when `seconds` says
    less; without one only the seconds are known. `now` is the aware present instant.
    """
    started = instant_on(day, now, settings)
    parts = _parts(timeline) if timeline is not None else ()
    whole = sum(part.seconds for part in parts)
    credited = whole if seconds is None else seconds
    if parts and whole and credited != whole:
        parts = tuple(_scaled(part, credited / whole) for part in parts)
    return Session(
        uid=uid,
        started=started,
        offset_minutes=offset_minutes(started, settings),
        day=day,
        routine=routine,
        title=clean_text(title, NAME_LIMIT) or BY_HAND,
        seconds=credited,
        source=Source.LOGGED,
        parts=parts,
        feel_before=feel[0],
        feel_after=feel[1],
        note=clean_text(note, NOTE_LIMIT),
        edited=True,
    )


def changed(
    session: Session,
    now: datetime,
    settings: Settings,
    *,
    day: date,
    seconds: float,
    feel: tuple[int | None, int | None],
    note: str,
) -> Session:
    """The session as it should have been written, marked as edited.

    A new day moves it to that day's noon; other seconds scale what its stretches got.
    """
    if day != session.day:
        started = instant_on(day, now, settings)
        offset = offset_minutes(started, settings)
        session = replace(session, day=day, started=started, offset_minutes=offset)
    if session.seconds and seconds != session.seconds:
        share = seconds / session.seconds
        session = replace(session, parts=tuple(_scaled(part, share) for part in session.parts))
    return replace(
        session,
        seconds=seconds,
        feel_before=feel[0],
        feel_after=feel[1],
        note=clean_text(note, NOTE_LIMIT),
        edited=True,
    )


def _parts(timeline: Timeline) -> tuple[Part, ...]:
    """What each stretch gets when the whole timeline is done, sides and all."""
    return Ledger.empty(timeline).plus(timeline, 0.0, timeline.seconds).parts(timeline)


def _scaled(part: Part, share: float) -> Part:
    """The part with that share of its seconds; less than all of it is not complete."""
    return replace(
        part,
        left=part.left * share,
        right=part.right * share,
        both=part.both * share,
        complete=part.complete and share >= 1,
    )
