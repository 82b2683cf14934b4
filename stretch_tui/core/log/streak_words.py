"""The streak in words: the header's few, the week's line, what a session changed.

Written for someone who looks up from the floor: what is, never what should have been.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from stretch_tui.core.log.days import monday_of, short_day
from stretch_tui.core.log.streak import Streak, WeekState
from stretch_tui.core.log.tally import DAY_SECONDS

if TYPE_CHECKING:
    from stretch_tui.core.settings import Settings


def weeks_words(weeks: int) -> str:
    """Weeks in a row: `5-week streak`; friendly words while there is none."""
    return f"{weeks}-week streak" if weeks else "no streak yet"


def headline(streak: Streak) -> str:
    """The streak in front: weeks, or the days of the first week until it is kept."""
    if streak.days and not streak.weeks:
        return f"{streak.days}-day streak"
    return weeks_words(streak.weeks)


def days_words(days: int) -> str:
    """The day run: `3 days in a row`; empty below two, which is nothing to speak of."""
    return f"{days} days in a row" if days > 1 else ""


def week_words(streak: Streak) -> str:
    """This week: `2 of 3 days, until Sunday night`."""
    week = streak.week
    done = in_days(week.done)
    if week.state is WeekState.PAUSED:
        return "paused, nothing to do"
    if week.state is WeekState.MET:
        words = done if week.done > week.asked else f"{week.done} of {in_days(week.asked)}"
        return f"{words}, this week is kept"
    return f"{week.done} of {in_days(week.asked)}, {until_words(streak.at)}"


def until_words(today: date) -> str:
    """How long this week still lasts, as people say it."""
    return "until tonight" if today.weekday() == 6 else "until Sunday night"


def dots(streak: Streak, full: str = "●", empty: str = "○") -> str:
    """This week's days as dots: those done, then those still asked."""
    week = streak.week
    return full * week.done + empty * max(0, week.asked - week.done)


def header(
    streak: Streak, settings: Settings, full: str = "●", empty: str = "○"
) -> tuple[str, ...]:
    """The few words for a screen's header, most important first; fewer when streaks are hidden."""
    minutes = f"{round(streak.week_seconds / 60)} min"
    if not settings.show_streak:
        return (f"this week {in_days(streak.week.done)}", minutes)
    week = f"this week {dots(streak, full, empty)}".rstrip()
    front = (headline(streak),) if streak.weeks or streak.days else ()
    return (week, *front, minutes)


def tokens_words(streak: Streak) -> str:
    """Rest tokens in hand and when the next one comes."""
    held = ("no rest token", "1 rest token", "2 rest tokens")[streak.tokens]
    if not streak.to_token:
        return f"{held}: each saves a week you miss"
    weeks = "1 more week" if streak.to_token == 1 else f"{streak.to_token} more weeks"
    return f"{held}, one more after {weeks}" if streak.tokens else f"a rest token after {weeks}"


def step_words(before: Streak, after: Streak) -> str:
    """What a session changed, for the end of it: the streak's step in one sentence."""
    if after.week.state is WeekState.MET and before.week.state is not WeekState.MET:
        earned = " and a rest token earned" if after.tokens > before.tokens else ""
        return f"This week is kept: {weeks_words(after.weeks)}{earned}."
    if after.today_counts and not before.today_counts:
        return f"Today counts: {week_words(after)}."
    if not after.today_counts:
        return f"Saved. One full stretch, or {DAY_SECONDS // 60} min, makes a day count."
    return f"This week: {week_words(after)}."


def goal_words(goal: int, since: date, today: date) -> str:
    """What a new goal means, and from when: `5 days a week, from Mon 9 Mar`."""
    start = "from this week" if since <= monday_of(today) else f"from {short_day(since, today)}"
    return f"{in_days(goal)} a week, {start}"


def in_days(number: int) -> str:
    """A number of days: `1 day`, `3 days`."""
    return "1 day" if number == 1 else f"{number} days"
