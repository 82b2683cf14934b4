"""Why the streak is what it is: the rows that make the number, each with its reason in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from stretch_tui.core.content.wording import duration
from stretch_tui.core.log.days import span
from stretch_tui.core.log.logbook import Pause
from stretch_tui.core.log.streak import Streak, Week, WeekState
from stretch_tui.core.log.streak_words import in_days, tokens_words, until_words
from stretch_tui.core.log.tally import DAY_SECONDS, DayTotal
from stretch_tui.core.settings import Settings


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


def explain(streak: Streak, pauses: Sequence[Pause], settings: Settings) -> tuple[Reason, ...]:
    """The rows that make the number: this week and its days, the weeks before, what else holds."""
    chain = _chain(streak)
    before = (None, *chain)
    weeks = [_week_reason(week, last, streak) for week, last in zip(chain, before, strict=False)]
    weeks.reverse()
    days = [_day_reason(day, total) for day, total in streak.week_days]
    return (weeks[0], *days, *weeks[1:], *_notes(streak, pauses, settings))


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
    done = f"{week.done} of {in_days(week.asked)}{fewer}"
    match week.state:
        case WeekState.MET:
            kept = done if week.done <= week.asked else f"{in_days(week.done)}, goal {week.goal}"
            return f"{kept}: kept" + (", and a rest token earned" if earned else "")
        case WeekState.SAVED:
            return f"{done}: a rest token saved it"
        case WeekState.PAUSED:
            return "paused: the streak stands still"
        case WeekState.OPEN:
            return f"{done} so far, {until_words(today)}"
        case WeekState.BEGUN:
            return f"{done}: the week it began"
        case WeekState.MISSED:
            return f"{done}: missed, so a new streak starts after it"


def _day_reason(day: date, total: DayTotal) -> Reason:
    amount = duration(total.seconds)
    if not total.counts:
        short = f"{amount}; one full stretch, or {DAY_SECONDS // 60} min, makes a day count"
        return Reason("day", day, day, "short", short)
    enough = total.milliseconds >= DAY_SECONDS * 1000
    why = amount if enough else f"{amount}, with a full stretch or a stop because it hurt"
    return Reason("day", day, day, "counts", why)


def _notes(streak: Streak, pauses: Sequence[Pause], settings: Settings) -> list[Reason]:
    notes = [f"A day begins at {settings.day_start_hour:02}:00{_zone_words(settings)}."]
    if streak.later_sessions:
        ones = (
            "1 session is"
            if streak.later_sessions == 1
            else f"{streak.later_sessions} sessions are"
        )
        notes.append(f"{ones} dated later than this day, and will count when their day comes.")
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
    if settings.zone:
        return f" in {settings.zone}"
    return " by this machine's clock; for another time zone: stretch-tui config --zone CITY"
