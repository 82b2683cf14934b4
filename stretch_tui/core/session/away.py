"""Whether the time between two looks at the clock was spent here, or away."""

from __future__ import annotations

from enum import StrEnum

STALL_SECONDS = 2.25
"""A stall no longer than this is a slow terminal: the person was there, and the time counts."""
PAUSE_SECONDS = 5.0
"""A longer gap pauses the session at the moment the gap began."""


class Gap(StrEnum):
    """What becomes of the time between two looks at the clock."""

    COUNTS = "counts"
    DROPPED = "dropped"
    """Noticeably away, but not for long: the session goes on where it was."""
    PAUSES = "pauses"


def judge(gap_seconds: float, slept_seconds: float = 0.0, tick_seconds: float = 1.0) -> Gap:
    """Decide about a gap.

    `slept_seconds` is how much more the boot-time clock moved than the monotonic clock: the
    machine was asleep. `tick_seconds` is how often the clock is looked at when nothing stalls.
    """
    if gap_seconds > PAUSE_SECONDS or slept_seconds > STALL_SECONDS:
        return Gap.PAUSES
    return Gap.COUNTS if gap_seconds <= STALL_SECONDS + tick_seconds else Gap.DROPPED
