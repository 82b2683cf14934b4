"""Logs for streak and statistics: short to write, and any of them for hypothesis."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import count

from hypothesis import strategies as st

from stretch_tui.core.log.days import day_of, offset_minutes
from stretch_tui.core.log.logbook import Ending, Goal, Part, Pause, Session
from stretch_tui.core.log.marks import Mark
from stretch_tui.core.log.streak import Streak, streak
from stretch_tui.core.log.tally import mark
from stretch_tui.core.settings import Settings

_numbers = count()
UTC_SETTINGS = Settings(zone="UTC")


def session(day: date, seconds: float = 300.0, **more: object) -> Session:
    """A session on a day at noon UTC, long enough to count."""
    started = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    found = {
        "uid": f"s{next(_numbers)}",
        "started": started,
        "offset_minutes": 0,
        "day": day,
        "routine": "desk-reset",
        "title": "Desk reset",
        "seconds": seconds,
        **more,
    }
    return Session(**found)  # type: ignore[arg-type]


def played_at(instant: datetime, settings: Settings, seconds: float = 300.0) -> Session:
    """A session as the app writes it at an instant: day and offset frozen under the settings."""
    return session(
        day_of(instant, settings),
        seconds,
        started=instant.astimezone(UTC),
        offset_minutes=offset_minutes(instant, settings),
    )


def full_stretch(seconds: float = 40.0) -> Part:
    """One complete stretch of that length."""
    return Part("owl-neck", ("neck",), left=seconds / 2, right=seconds / 2, complete=True)


def weeks_of(monday: date, *days_each: int) -> list[Session]:
    """For each number, a week with a session on so many of its first days."""
    return [
        session(monday + timedelta(days=7 * week + number))
        for week, days in enumerate(days_each)
        for number in range(days)
    ]


def standing(
    sessions: list[Session],
    today: date,
    goals: tuple[Goal, ...] = (),
    pauses: tuple[Pause, ...] = (),
    settings: Settings = UTC_SETTINGS,
) -> Streak:
    """The streak of a list of sessions."""
    return streak(sessions, goals, pauses, settings, today)


class ShortLog:
    """A log as far as streaks, goals and surveys need one."""

    def __init__(self, sessions: list[Session]) -> None:
        self.known: int | None = None
        self.dated: dict[date, Goal] = {}
        self._sessions = tuple(sorted(sessions, key=lambda one: one.started))
        self._marks = [mark(one) for one in self._sessions]

    def history(self) -> tuple[Session, ...]:
        return self._sessions

    def between(self, first: date, last: date) -> tuple[Session, ...]:
        return tuple(one for one in self._sessions if first <= one.day <= last)

    def marks(self) -> list[Mark]:
        return self._marks

    def pauses(self) -> tuple[Pause, ...]:
        return ()

    def goals(self) -> tuple[Goal, ...]:
        return tuple(self.dated[since] for since in sorted(self.dated))

    def config_goal(self) -> int | None:
        return self.known

    def take_config_goal(self, days: int, goals: tuple[Goal, ...]) -> None:
        self.known = days
        self.dated |= {goal.since: goal for goal in goals}


START, END = date(2023, 12, 1), date(2024, 4, 30)
days = st.dates(START, END)


@st.composite
def sessions(draw: st.DrawFn) -> Session:
    """Any session: short or long, whole or not, in any zone, hurt or not."""
    return session(
        draw(days),
        draw(st.sampled_from([0.0, 30.0, 60.0, 119.9, 120.0, 600.0])),
        uid=draw(st.uuids()).hex,
        offset_minutes=draw(st.sampled_from([-720, -480, 0, 60, 330, 780, 840])),
        ending=draw(st.sampled_from(list(Ending))),
        parts=draw(st.sampled_from([(), (full_stretch(),)])),
    )


@st.composite
def pauses(draw: st.DrawFn) -> Pause:
    """A pause of up to three weeks."""
    first = draw(days)
    last = first + timedelta(days=draw(st.integers(0, 21)))
    return Pause(draw(st.uuids()).hex, first, last)


goals = st.lists(st.builds(Goal, days, st.integers(1, 7)), max_size=3).map(
    lambda found: tuple(sorted(found, key=lambda goal: goal.since))
)


@st.composite
def habits(draw: st.DrawFn) -> list[Session]:
    """A log dense enough for streaks: for each week a set of weekdays, mostly some."""
    found = []
    monday = date(2023, 12, 4)
    for week in range(draw(st.integers(1, 20))):
        chosen = draw(st.sets(st.integers(0, 6), max_size=5))
        found += [session(monday + timedelta(days=7 * week + number)) for number in chosen]
    return found
