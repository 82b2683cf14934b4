"""Sessions and stores for the tests of the store."""

from __future__ import annotations

import gc
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from stretch_tui.core.log.logbook import Part, Session
from stretch_tui.storage.log.tiny_logbook import TinyLogbook
from stretch_tui.storage.paths import Paths

FIRST = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
DAY = FIRST.date()


def session(uid: str, *, day: int = 0, note: str = "", title: str = "Desk reset") -> Session:
    """A session of two stretches, so many days after the first."""
    started = FIRST + timedelta(days=day)
    parts = (
        Part("owl-neck", ("neck",), 30.0, 30.0, complete=True),
        Part("chin-tuck", ("neck", "upper-back"), both=12.5),
    )
    return Session(
        uid, started, 60, started.date(), "desk-reset", title, 72.5, parts=parts, note=note
    )


def paths_in(folder: Path) -> Paths:
    """All places inside one folder."""
    return Paths(folder, folder / "config.toml", folder / "cache")


def log_in(folder: Path, *, lock_seconds: float = 8.0, today: date = DAY) -> TinyLogbook:
    """The log in a folder, on a fixed day."""
    now = datetime(today.year, today.month, today.day, 12, tzinfo=UTC)
    return TinyLogbook(paths_in(folder), lock_seconds=lock_seconds, now=lambda: now)


def uids(log: TinyLogbook) -> set[str]:
    """The uids of all living sessions."""
    return {one.uid for one in log.sessions()}


def files_open() -> int:
    """How many files this process has open; where nobody tells, it never changes."""
    gc.collect()  # what earlier tests left open is closed now, and not while this one counts
    known = Path("/proc/self/fd")
    return len(list(known.iterdir())) if known.is_dir() else 0
