"""The streak: weeks in which the goal was met, as one pure function of (log, settings, today).

Nothing is counted as one goes along: every number comes from the whole log, so that a session
entered afterwards, a merge, or a pause remembered late simply gives the right answer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from stretch_tui.core.log.days import ONE_DAY, WEEK, monday_of
from stretch_tui.core.log.goals import goal_in_week
from stretch_tui.core.log.tally import DayTotal, tally_of

if TYPE_CHECKING:
    from stretch_tui.core.log.logbook import Goal, Pause, Session
    from stretch_tui.core.settings import Settings

WEEKS_PER_TOKEN = 4
MOST_TOKENS = 2
DATE_LINE_MINUTES = 12 * 60
"""A clock that ran ahead by this much from one day to the next but one crossed the date line."""


class WeekState(StrEnum):
    """What became of a week."""

    MET = "met"
    SAVED = "saved"
    """Missed, and a rest token stood in."""
    PAUSED = "paused"
    MISSED = "missed"
    BEGUN = "begun"
    """The first week of the log, not full: it breaks nothing."""
    OPEN = "open"
    """This week, not yet done."""


class Week(NamedTuple):
    """One week, Monday to Sunday, and where the streak stood at its end."""

    monday: date
    done: int
    """Days that count."""
    goal: int
    """Days asked by the goal in force."""
    asked: int
    """Days asked once paused days are taken off; 0 asks nothing."""
    state: WeekState
    streak: int
    credit: int
    """Weeks put by towards rest tokens, 0 to 8: four make a token, a spent token takes four."""

    @property
    def sunday(self) -> date:
        """Its last day."""
        return self.monday + timedelta(days=6)

    @property
    def tokens(self) -> int:
        """Rest tokens in hand at its end, 0 to 2."""
        return self.credit // WEEKS_PER_TOKEN


@dataclass(frozen=True, slots=True)
class Streak:
    """Where the streak stands on a day; today and this week are open until they are over."""

    at: date
    weeks: int
    """Weeks in a row in which the goal was met; this week adds as soon as it is met."""
    days: int
    """Days in a row; today adds as soon as it counts, and never breaks."""
    best_weeks: int
    best_days: int
    history: tuple[Week, ...]
    """Weeks up to this one, oldest first; times without any streak are left out."""
    week_days: tuple[tuple[date, DayTotal], ...]
    """The days of this week on which something was done."""
    paused_today: bool
    free_days: int
    """Days left in this week after today that no pause covers."""
    later_sessions: int
    """Sessions dated after `at`: they count once their day has come."""

    @property
    def week(self) -> Week:
        """This week."""
        return self.history[-1]

    @property
    def tokens(self) -> int:
        """Rest tokens in hand, 0 to 2; each saves one missed week."""
        return self.week.tokens

    @property
    def to_token(self) -> int:
        """Weeks to meet until the next rest token; 0 when there are as many as there can be."""
        spare = self.week.credit % WEEKS_PER_TOKEN
        return 0 if self.tokens == MOST_TOKENS else WEEKS_PER_TOKEN - spare

    @property
    def today_seconds(self) -> float:
        """Seconds of stretching today."""
        return sum(total.seconds for day, total in self.week_days if day == self.at)

    @property
    def today_counts(self) -> bool:
        """Whether today counts already."""
        return any(total.counts for day, total in self.week_days if day == self.at)

    @property
    def week_seconds(self) -> float:
        """Seconds of stretching this week."""
        return sum(total.milliseconds for _, total in self.week_days) / 1000

    @property
    def due(self) -> bool:
        """Whether this week's goal is lost if nothing is done today, and can still be met."""
        left = self.week.asked - self.week.done
        free_today = not (self.today_counts or self.paused_today)
        return free_today and left > 0 and left == self.free_days + 1


def streak(
    sessions: Iterable[Session],
    goals: Sequence[Goal],
    pauses: Sequence[Pause],
    settings: Settings,
    today: date,
) -> Streak:
    """The streak as of `today`; a session's day is the one that was frozen in the log."""
    return streak_of(tally_of(sessions), goals, pauses, settings, today)


def streak_of(
    days: Mapping[date, DayTotal],
    goals: Sequence[Goal],
    pauses: Sequence[Pause],
    settings: Settings,
    today: date,
) -> Streak:
    """The streak from a tally of days: every number of it, for every screen and command.

    Days after `today` count for the best streak only, and not at all a hundred years ahead.
    """
    counted = [day for day in sorted(days) if days[day].counts and day.year < today.year + 100]
    past = [day for day in counted if day <= today]
    monday = monday_of(today)
    first, last = min([today, *counted[:1]]), max([today, *counted[-1:]])
    paused = paused_days(pauses, monday_of(first), monday_of(last) + 2 * WEEK)
    rules = _Rules(goals, settings.goal_days, paused)
    history = tuple(_weeks(past, rules, monday, current=monday))
    ahead = last > today
    best = _weeks(counted, rules, monday_of(last), current=monday) if ahead else history
    days_now, days_best = _day_runs(counted, days, paused, today)
    week = [monday + timedelta(days=number) for number in range(7)]
    return Streak(
        at=today,
        weeks=history[-1].streak,
        days=days_now,
        best_weeks=max(week.streak for week in best),
        best_days=days_best,
        history=history,
        week_days=tuple((day, days[day]) for day in week if day <= today and day in days),
        paused_today=today in paused,
        free_days=sum(1 for day in week if day > today and day not in paused),
        later_sessions=sum(total.sessions for day, total in days.items() if day > today),
    )


def paused_days(pauses: Iterable[Pause], first: date, last: date) -> frozenset[date]:
    """The days from first to last that any pause covers; a pause may be written backwards."""
    found: set[date] = set()
    for pause in pauses:
        begin, end = sorted((pause.first, pause.last))
        day, stop = max(begin, first), min(end, last)
        while day <= stop:
            found.add(day)
            day += ONE_DAY
    return frozenset(found)


class _Rules(NamedTuple):
    """What is asked of a week; a tuple, since a prompt pays for every class that is made."""

    goals: Sequence[Goal]
    default_goal: int
    paused: Set[date]

    def asked(self, monday: date) -> tuple[int, int]:
        """The goal in force, and the days asked once the paused ones are taken off."""
        goal = goal_in_week(monday, self.goals, self.default_goal)
        if not self.paused:
            return goal, goal
        free = sum(monday + timedelta(days=number) not in self.paused for number in range(7))
        return goal, goal * free // 7


def _weeks(counted: Sequence[date], rules: _Rules, until: date, *, current: date) -> Iterator[Week]:
    """Week by week from the first day that counts to the Monday `until`."""
    numbers = Counter([(day.toordinal() - 1) // 7 for day in counted])  # 1 January 1 was a Monday
    done = {date.fromordinal(7 * number + 1): count for number, count in numbers.items()}
    active = sorted(done)
    monday = first = active[0] if active else until
    streak = credit = following = 0
    while monday <= until:
        goal, asked = rules.asked(monday)
        kept = done.get(monday, 0)
        state = _state(kept, asked, credit, is_first=monday == first)
        if state is not WeekState.MET and monday == current:
            state = WeekState.PAUSED if not asked else WeekState.OPEN
        if state is WeekState.MET:
            streak, credit = streak + 1, min(credit + 1, MOST_TOKENS * WEEKS_PER_TOKEN)
        elif state is WeekState.SAVED:
            credit -= WEEKS_PER_TOKEN
        elif state in (WeekState.MISSED, WeekState.BEGUN):
            streak = credit = 0
        yield Week(monday, kept, goal, asked, state, streak, credit)
        monday += WEEK
        if not streak and monday < until:  # nothing to lose: on to where there is something again
            while following < len(active) and active[following] < monday:
                following += 1
            monday = max(monday, min([until, *active[following : following + 1]]) - WEEK)


def _state(done: int, asked: int, credit: int, *, is_first: bool) -> WeekState:
    """What becomes of a week once it is over. Anything done in a week that asks nothing is met."""
    if done >= max(1, asked):
        return WeekState.MET
    if not asked:
        return WeekState.PAUSED
    if credit >= WEEKS_PER_TOKEN:
        return WeekState.SAVED
    return WeekState.BEGUN if is_first else WeekState.MISSED


def _day_runs(
    counted: Sequence[date], days: Mapping[date, DayTotal], paused: Set[date], today: date
) -> tuple[int, int]:
    """Days in a row as of today, and the most there ever were."""
    run = best = now = before = 0
    previous = last = today
    for day in counted:
        number = day.toordinal()
        joined = number == before + 1 or (before and _joined(previous, day, days, paused))
        run = run + 1 if joined else 1
        best = max(best, run)
        if day <= today:
            now, last = run, day
        previous, before = day, number
    if not now or not _all_paused(last, today, paused):
        return 0, best
    return now, best


def _joined(before: date, after: date, days: Mapping[date, DayTotal], paused: Set[date]) -> bool:
    """Whether no day between the two was missed: paused ones and a skipped one do not count."""
    if _all_paused(before, after, paused):
        return True
    ahead = days[after].east - days[before].west
    return after - before == 2 * ONE_DAY and ahead >= DATE_LINE_MINUTES


def _all_paused(before: date, after: date, paused: Set[date]) -> bool:
    """Whether a pause covers every day between the two."""
    day = before + ONE_DAY
    while day < after and day in paused:
        day += ONE_DAY
    return day >= after
