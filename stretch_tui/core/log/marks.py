"""What a streak needs of a session, and no more."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple


class Mark(NamedTuple):
    """What the streak needs of a session; a log can be read this far without building sessions."""

    uid: str
    day: date
    milliseconds: int
    """Whole numbers add up to the same in any order."""
    whole: bool
    """Counts its day by itself: a full stretch was done, or something hurt and it was stopped."""
    offset_minutes: int
