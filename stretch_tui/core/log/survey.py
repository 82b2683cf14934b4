"""Everything the progress screen shows, worked out from the log in one go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from stretch_tui.core.log import stats
from stretch_tui.core.log.days import WEEK, monday_of
from stretch_tui.core.log.logbook import Goal, Logbook, Pause, Session
from stretch_tui.core.log.streak import Streak, Week, paused_days, streak_of
from stretch_tui.core.log.tally import days_of
from stretch_tui.core.settings import Settings

WEEKS_SHOWN = 12
YEAR_WEEKS, LEAST_WEEKS = 53, 12
"""Weeks in the picture of a year, and in the first days."""


@dataclass(frozen=True, slots=True)
class Survey:
    """The log as of a day."""

    today: date
    sessions: Sequence[Session]
    """Oldest first."""
    goals: tuple[Goal, ...]
    pauses: tuple[Pause, ...]
    streak: Streak
    mondays: tuple[date, ...]
    """Of the weeks in the picture of a year, which ends with this one: it grows in its first."""
    year: tuple[tuple[stats.DayMark, ...], ...]
    """Those weeks, each of seven days."""
    year_weeks: Mapping[date, Week]
    """What became of the weeks in that picture, by their Monday."""
    weeks: tuple[stats.WeekTotal, ...]
    """The last weeks since the first session, oldest first."""
    regions: Mapping[str, stats.Share]
    """This week's seconds, every region."""
    stretches: Mapping[str, stats.Share]
    """Today's seconds."""
    feels: tuple[stats.Feel, ...]
    """Of the last weeks, oldest first."""
    lifetime_seconds: float

    @property
    def empty(self) -> bool:
        """Whether nothing was ever done."""
        return not self.sessions


def survey(log: Logbook, settings: Settings, today: date) -> Survey:
    """The survey of a log as of `today`; only what is recent is looked at closely."""
    days, pauses = days_of(log.marks()), log.pauses()
    monday, begun = monday_of(today), monday_of(min(days, default=today))
    earliest = monday - (WEEKS_SHOWN - 1) * WEEK
    shown = min(YEAR_WEEKS, max(LEAST_WEEKS, 1 + (monday - begun) // WEEK))
    mondays = tuple(monday - number * WEEK for number in reversed(range(shown)))
    start = mondays[0]
    recent = log.between(earliest, today)
    this_week = stats.between(recent, monday, today)
    goals = log.goals()
    standing = streak_of(days, goals, pauses, settings, today)
    return Survey(
        today=today,
        sessions=log.history(),
        goals=goals,
        pauses=pauses,
        streak=standing,
        mondays=mondays,
        year=stats.year_of_days(
            days, paused_days(pauses, start, mondays[-1] + timedelta(days=6)), today, mondays
        ),
        year_weeks={week.monday: week for week in standing.history if week.monday >= start},
        weeks=stats.weeks(
            {day: days[day] for day in {one.day for one in recent}},
            max(earliest, min(begun, monday)),
            today,
        ),
        regions=stats.by_region(this_week),
        stretches=stats.by_stretch(stats.between(this_week, today, today)),
        feels=stats.feel_by_week(recent, today, WEEKS_SHOWN),
        lifetime_seconds=sum(total.milliseconds for total in days.values()) / 1000,
    )
