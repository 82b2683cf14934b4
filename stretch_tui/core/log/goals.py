"""Dated goals: which one a week is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from stretch_tui.core.log.days import WEEK

if TYPE_CHECKING:
    from stretch_tui.core.log.logbook import Goal


def goal_in_week(monday: date, goals: Sequence[Goal], default: int) -> int:
    """Days asked in the week; of goals changed within the week the kindest holds until its end.

    `goals` are oldest first; of two from the same day the later in the list holds.
    """
    before = default
    within: dict[date, int] = {}
    for goal in goals:
        if goal.since <= monday:
            before = goal.days
        elif goal.since < monday + WEEK:
            within[goal.since] = goal.days
    return max(1, min(7, before, *within.values()))
