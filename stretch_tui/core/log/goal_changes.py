"""What to write down when the goal changes, in the app or in the config file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from stretch_tui.core.log.days import WEEK, monday_of
from stretch_tui.core.log.logbook import Goal, Logbook
from stretch_tui.core.log.streak import Streak, streak_of
from stretch_tui.core.log.tally import days_of
from stretch_tui.core.settings import Settings

ALWAYS = date(1970, 1, 1)
"""Since when the first goal of a log holds: before every session that is entered afterwards."""


def goal_records(
    days: int, streak: Streak, goals: Sequence[Goal], settings: Settings
) -> tuple[Goal, ...]:
    """What to write so that `days` a week are asked from now on, and no past week changes.

    The new goal holds from this week on, or from the next when it would take back what this week
    has already met. The first dated goal also writes down what was asked until then.
    """
    monday = monday_of(streak.at)
    met = streak.week.done >= max(1, streak.week.asked)
    since = monday + WEEK if met and days > streak.week.goal else monday
    later = sorted({goal.since for goal in goals if goal.since > since})
    new = (Goal(since, days), *(Goal(other, days) for other in later))
    return new if goals else (Goal(ALWAYS, settings.goal_days), *new)


def keep_config_goal(log: Logbook, settings: Settings, today: date) -> bool:
    """Date the goal of the config file, so that editing the file leaves past weeks alone.

    What the file said when the first session came holds for all weeks before; what it says later
    holds from this week on. Returns whether anything had to be written. Raises StoreError.
    """
    known = log.config_goal()
    if known == settings.goal_days or not log.marks():
        return False
    goals = log.goals()
    records: tuple[Goal, ...] = ()
    if known is not None:
        standing = streak_of(days_of(log.marks()), goals, log.pauses(), settings, today)
        records = goal_records(settings.goal_days, standing, goals, settings)
    elif not goals:
        records = (Goal(ALWAYS, settings.goal_days),)
    log.take_config_goal(settings.goal_days, records)
    return True
