"""Everything the progress screen shows, worked out from the log in one go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from stretch_tui.core.log import stats
from stretch_tui.core.log.days import WEEK, monday_of
from stretch_tui.core.log.logbook import Goal, Pause, Session
from stretch_tui.core.log.streak import Streak, Week, paused_days, streak_of
from stretch_tui.core.log.tally import tally_of
from stretch_tui.core.settings import Settings

WEEKS_SHOWN = 12
YEAR_WEEKS = 53


@dataclass(frozen=True, slots=True)
class Survey:
    """The log as of a day."""

    today: date
    sessions: Sequence[Session]
    """Oldest first."""
    goals: tuple[Goal, ...]
    pauses: tuple[Pause, ...]
    streak: Streak
    year: tuple[tuple[stats.DayMark, ...], ...]
    """Weeks of seven days; the last is this one."""
    year_weeks: Mapping[date, Week]
    """What became of the weeks in that picture, by their Monday."""
    weeks: tuple[stats.WeekTotal, ...]
    """The last weeks, oldest first."""
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


def survey(
    sessions: tuple[Session, ...],
    goals: tuple[Goal, ...],
    pauses: tuple[Pause, ...],
    settings: Settings,
    today: date,
) -> Survey:
    """The survey of a log as of `today`; only what is recent is looked at closely."""
    days = tally_of(sessions)
    standing = streak_of(days, goals, pauses, settings, today)
    monday = monday_of(today)
    start = monday - (YEAR_WEEKS - 1) * WEEK
    recent = stats.between(sessions, monday - (WEEKS_SHOWN - 1) * WEEK, today)
    this_week = stats.between(recent, monday, today)
    return Survey(
        today=today,
        sessions=sessions,
        goals=goals,
        pauses=pauses,
        streak=standing,
        year=stats.year_of_days(
            days, paused_days(pauses, start, monday + timedelta(days=6)), today, YEAR_WEEKS
        ),
        year_weeks={week.monday: week for week in standing.history if week.monday >= start},
        weeks=stats.weeks(
            {day: days[day] for day in {one.day for one in recent}},
            monday - (WEEKS_SHOWN - 1) * WEEK,
            today,
        ),
        regions=stats.by_region(this_week),
        stretches=stats.by_stretch(stats.between(this_week, today, today)),
        feels=stats.feel_by_week(recent, today, WEEKS_SHOWN),
        lifetime_seconds=sum(total.milliseconds for total in days.values()) / 1000,
    )
