"""The streak in words: the header's few, the week's line, and why every number is what it is.

Written for someone who looks up from the floor: what is, never what should have been.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from stretch_tui.core.days import monday_of, short_day, span
from stretch_tui.core.logbook import Pause
from stretch_tui.core.settings import Settings
from stretch_tui.core.streak import Streak, Week, WeekState
from stretch_tui.core.tally import DAY_SECONDS, DayTotal

DAY_WORDS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class Reason:
    """One row of the explanation."""

    kind: str
    """`week`, `day` or `note`."""
    first: date
    last: date
    state: str
    """A week's state; `counts`, `short` or `paused` for a day; empty for a note."""
    why: str
    done: int | None = None
    asked: int | None = None
    streak: int | None = None
    tokens: int | None = None


def weeks_words(weeks: int) -> str:
    """The headline: `5-week streak`; friendly words while there is none."""
    return f"{weeks}-week streak" if weeks else "no streak yet"


def days_words(days: int) -> str:
    """The day run: `3 days in a row`; empty below two, which is nothing to speak of."""
    return f"{days} days in a row" if days > 1 else ""


def week_words(streak: Streak) -> str:
    """This week: `2 of 3 days, until Sunday night`."""
    week = streak.week
    done = _days(week.done)
    if week.state is WeekState.PAUSED:
        return "paused this week: nothing is asked"
    if week.state is WeekState.MET:
        extra = "this week is kept"
        return f"{done}, {extra}" if week.done > week.asked else f"{done} of {week.asked}, {extra}"
    return f"{week.done} of {_days(week.asked)}, {until_words(streak.at)}"


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
        return (f"this week {_days(streak.week.done)}", minutes)
    week = f"this week {dots(streak, full, empty)}".rstrip()
    weeks = (weeks_words(streak.weeks),) if streak.weeks else ()
    return (week, *weeks, minutes)


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
        return f"Kept in the log. A day counts from one full stretch or {DAY_SECONDS // 60} min."
    return f"{week_words(after).capitalize()}."


def explain(streak: Streak, pauses: Sequence[Pause], settings: Settings) -> tuple[Reason, ...]:
    """The rows that make the number: weeks newest first, this week's days, then what else holds."""
    chain = _chain(streak)
    before = (None, *chain)
    weeks = [_week_reason(week, last, streak) for week, last in zip(chain, before, strict=False)]
    weeks.reverse()
    days = [_day_reason(day, total) for day, total in streak.week_days]
    return (*weeks, *days, *_notes(streak, pauses, settings))


def _chain(streak: Streak) -> tuple[Week, ...]:
    """The weeks of the present streak, and the one before them that it could not reach past."""
    history = streak.history
    start = len(history) - 1
    while start > 0 and (history[start].streak or start == len(history) - 1):
        start -= 1
    return history[start:]


def _week_reason(week: Week, before: Week | None, streak: Streak) -> Reason:
    earned = before is not None and week.tokens > before.tokens
    return Reason(
        "week",
        week.monday,
        week.sunday,
        week.state.value,
        _week_why(week, earned, streak.at),
        done=week.done,
        asked=week.asked,
        streak=week.streak,
        tokens=week.tokens,
    )


def _week_why(week: Week, earned: bool, today: date) -> str:
    fewer = f" (goal {week.goal}, fewer because of a pause)" if week.asked < week.goal else ""
    done = f"{week.done} of {_days(week.asked)}{fewer}"
    match week.state:
        case WeekState.MET:
            kept = done if week.done <= week.asked else f"{_days(week.done)}, goal {week.goal}"
            return f"{kept}: kept" + (", and a rest token earned" if earned else "")
        case WeekState.SAVED:
            return f"{done}: a rest token saved it"
        case WeekState.PAUSED:
            return "paused: neither adds nor breaks"
        case WeekState.OPEN:
            return f"{done} so far, {until_words(today)}"
        case WeekState.BEGUN:
            return f"{done}: the first week, where it began"
        case WeekState.MISSED:
            return f"{done}: a new streak starts after it"


def _day_reason(day: date, total: DayTotal) -> Reason:
    amount = _amount(total.seconds)
    if not total.counts:
        short = f"{amount}; a day counts from one full stretch or {DAY_SECONDS // 60} min"
        return Reason("day", day, day, "short", short)
    enough = total.milliseconds >= DAY_SECONDS * 1000
    why = amount if enough else f"{amount}, with a full stretch, or stopped because it hurt"
    return Reason("day", day, day, "counts", why)


def _notes(streak: Streak, pauses: Sequence[Pause], settings: Settings) -> list[Reason]:
    notes = [f"A day begins at {settings.day_start_hour:02}:00{_zone_words(settings)}."]
    if streak.later_sessions:
        ones = "1 session is" if streak.later_sessions == 1 else f"{streak.later_sessions} are"
        notes.append(f"{ones} dated after this day, and will count when that day has come.")
    if streak.tokens:
        notes.append(f"{tokens_words(streak).capitalize()}.")
    since = _chain(streak)[0].monday
    near = [pause for pause in pauses if pause.last >= since and pause.first <= streak.week.sunday]
    rows = [Reason("note", streak.at, streak.at, "", words) for words in notes]
    return rows + [
        Reason("note", pause.first, pause.last, "paused", _pause_why(pause, streak.at))
        for pause in near
    ]


def _pause_why(pause: Pause, today: date) -> str:
    reason = f": {pause.reason}" if pause.reason else ""
    return f"Paused {span(pause.first, pause.last, today)}{reason}."


def _zone_words(settings: Settings) -> str:
    return f", {settings.zone}" if settings.zone else ", on this machine's clock"


def goal_words(goal: int, since: date, today: date) -> str:
    """What a new goal means, and from when: `5 days a week, from Mon 9 Mar`."""
    start = "from this week" if since <= monday_of(today) else f"from {short_day(since, today)}"
    return f"{_days(goal)} a week, {start}"


def _days(number: int) -> str:
    return "1 day" if number == 1 else f"{number} days"


def _amount(seconds: float) -> str:
    whole = round(seconds)
    return f"{whole} s" if whole < 60 else f"{(whole + 30) // 60} min"
