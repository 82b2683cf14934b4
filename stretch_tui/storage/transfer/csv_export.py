"""Sessions as csv for a spreadsheet; one way, and no cell that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from stretch_tui.core.log.logbook import Session

COLUMNS = (
    "uid",
    "started",
    "day",
    "routine",
    "title",
    "seconds",
    "left_seconds",
    "right_seconds",
    "stretches",
    "source",
    "ending",
    "feel_before",
    "feel_after",
    "note",
)
_RUNS = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")  # full-width too


def to_csv(sessions: Iterable[Session]) -> str:
    """A line of headings and one line a session, as RFC 4180 has it."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for session in sessions:
        writer.writerow([_harmless(cell) for cell in _cells(session)])
    return text.getvalue()


def _cells(session: Session) -> tuple[object, ...]:
    return (
        session.uid,
        session.started.isoformat(),
        session.day.isoformat(),
        session.routine,
        session.title,
        session.seconds,
        sum(part.left for part in session.parts),
        sum(part.right for part in session.parts),
        " ".join(part.stretch for part in session.parts),
        session.source,
        session.ending,
        session.feel_before,
        session.feel_after,
        session.note,
    )


def _harmless(cell: object) -> object:
    """The cell, with a quote before what a spreadsheet would take for a formula."""
    if isinstance(cell, str) and cell.lstrip().startswith(_RUNS):
        return f"'{cell}"
    return cell
