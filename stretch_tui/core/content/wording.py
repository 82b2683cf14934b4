"""Numbers and doses in words, the same on every screen and in plain output."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from stretch_tui.core.amount import Amount
from stretch_tui.core.content.dose import Dose, DosePhase, Range, Sides
from stretch_tui.core.content.dosing import default_phases
from stretch_tui.core.content.positions import positions_of
from stretch_tui.core.content.routine import Routine
from stretch_tui.core.content.stretch import Stretch
from stretch_tui.core.settings import Settings

OURS = {
    "hold_seconds": "the hold",
    "breaths": "the number of breaths",
    "phase_hold_seconds": "the holds",
    "reps": "the count",
    "rounds": "the rounds",
    "sides": "the sides",
    "limit_seconds": "the limit",
    "bend_hold": "how long each lean lasts",
    "breathing": "when to breathe in and out",
    "position": "the position",
    "return": "the way back",
    "variations": "which forms",
}
"""What a dose field that the source leaves open is called."""


def duration(seconds: float) -> str:
    """A length at a glance: `40 s`, `6 min`, `1 h 12 min`; from a minute on whole minutes."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    minutes = (whole + 30) // 60
    return f"{minutes} min" if minutes < 60 else _pair(minutes, "h", "min")


def exact(seconds: float) -> str:
    """A length to the second: `40 s`, `8 min 40 s`, `1 h 12 min`."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    return _pair(whole, "min", "s") if whole < 3600 else _pair(whole // 60, "h", "min")


def _pair(count: int, large: str, small: str) -> str:
    """A count of sixtieths as two units, leaving out an empty second one."""
    high, low = divmod(count, 60)
    return f"{high} {large} {low} {small}" if low else f"{high} {large}"


def clock(seconds: float) -> str:
    """A length as a clock shows it: `0:40`, `5:20`, `1:02:03`; never negative."""
    minutes, second = divmod(max(0, round(seconds)), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"


def count(number: int, noun: str, plural: str = "") -> str:
    """A number with its noun: `1 stretch`, `3 stretches`."""
    return f"{number} {noun if number == 1 else plural or noun + 's'}"


def listed(words: Iterable[str], last: str = "and") -> str:
    """Words as a list in a sentence: `a`, `a and b`, `a, b and c`."""
    items = list(words)
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def day_words(day: date, today: date) -> str:
    """A day as people say it: `today`, `yesterday`, `Tuesday`, `3 weeks ago`, `in 2 days`."""
    days = (today - day).days
    if days < 0:
        return f"in {count(-days, 'day')}"
    if days < 2:
        return ("today", "yesterday")[days]
    if days < 7:
        return day.strftime("%A")
    return f"{count(days // 7, 'week')} ago" if days < 70 else f"{day:%B} {day.day}, {day.year}"


def needs_words(needs: Iterable[str]) -> str:
    """Equipment in words: `nothing needed`, `foam roller or chair`."""
    return listed(_need_words(need) for need in needs) or "nothing needed"


def _need_words(need: str) -> str:
    """One need, which may be any of several things: `towel or t-shirt`."""
    return " or ".join(
        one if one == "t-shirt" else one.replace("-", " ") for one in need.split("|")
    )


def position_words(stretch: Stretch) -> str:
    """How the body is placed: `seated or standing`."""
    return listed((place.label for place in positions_of(stretch)), "or")


def maker_words(routine: Routine) -> str:
    """Who made a routine: `by Caitlin Pascucci`, `your own`, `our own`."""
    if routine.author:
        named = not routine.author.startswith("unsigned")
        return f"by {routine.author}" if named else routine.author
    return "your own" if routine.own else "our own"


def often_words(routine: Routine) -> str:
    """How often a routine is meant: `twice a day, 3-5 days a week`; empty where nobody says."""
    words = []
    if routine.per_day is not None:
        times = {1: "once", 2: "twice"}.get(routine.per_day, f"{routine.per_day} times")
        words.append(f"{times} a day")
    if routine.per_week is not None:
        days = Range(*routine.per_week)
        words.append("every day" if days == Range(7, 7) else f"{_times(days, 'day')} a week")
    return ", ".join(words)


def form_words(stretch: Stretch, variation_id: str | None) -> str:
    """The name of a stretch in one of its forms: `Thoracic extension: over a chair back`."""
    form = stretch.variation(variation_id)
    if form is None:
        return stretch.name
    return f"{stretch.name}: {form.name[:1].lower()}{form.name[1:]}"


def regions_words(stretch: Stretch) -> str:
    """The regions it reaches: `upper back, shoulders`."""
    return ", ".join(region.label for region in stretch.regions)


def dose_short(dose: Dose, settings: Settings) -> str:
    """What is played, in a few words: `30 s a side`, `10 s × 3 a side`, `5 breaths`, `10 times`."""
    chosen = settings.dose
    holds = list(dict.fromkeys(_hold_at(dose, phase, chosen) for phase in _held(dose)))
    hold = holds[0] if len(holds) == 1 else ""
    times = dose.count("reps", chosen) * dose.count("rounds", chosen)
    side = " a side" if dose.two_sided else ""
    if len(holds) > 1:
        hold = f"{len(_held(dose))} holds"
    if not hold and dose.counts_anew:
        reps, rounds = dose.count("reps", chosen), dose.count("rounds", chosen)
        return f"{reps} each way{f' × {rounds}' if rounds > 1 else ''}{side}"
    if not hold:
        return f"{times} times{side}" if times > 1 else f"once{side}" if side else "once"
    return f"{hold} × {times}{side}" if times > 1 else f"{hold}{side}"


def dose_words(dose: Dose) -> str:
    """The whole dose with its ranges: `Hold 20-30 s on each side, 2-3 times.`"""
    parts = [_hold_words(dose)]
    if dose.sides is Sides.EACH:
        parts[0] += " on each side"
    elif dose.sides is Sides.ALTERNATE:
        parts[0] += ", left and right in turn"
    if dose.reps is not None:
        parts.append(_times(dose.reps, "time"))
    if dose.rounds is not None:
        parts.append(_times(dose.rounds, "round"))
    if dose.limit_seconds is not None:
        parts.append(f"{duration(dose.limit_seconds)} at most in all")
    sentence = ", ".join(part for part in parts if part)
    return f"{sentence[:1].upper()}{sentence[1:]}." if sentence else ""


def ours_words(dose: Dose, *, own: bool = False) -> str:
    """Which figures are our own default, as a sentence; empty when all are published.

    Of the user's `own` stretch nothing is published, and there is nothing to say.
    """
    if own:
        return ""
    names = [OURS[name] for name in dose.ours if name in OURS]
    return f"Our default, not published: {listed(names)}." if names else ""


def _held(dose: Dose) -> tuple[DosePhase, ...]:
    """The held phases; a dose that names no phases holds one."""
    phases = dose.phases or default_phases(("",), dose)
    return tuple(phase for phase in phases if phase.held)


def _hold_at(dose: Dose, phase: DosePhase, amount: Amount) -> str:
    """A phase's hold as it is played: `30 s` or `5 breaths`."""
    hold, breaths = dose.hold_of(phase), dose.breaths_of(phase)
    if hold is not None:
        seconds = hold.at(amount)
        return _seconds(Range(seconds, seconds))
    return count(breaths.at(amount), "breath") if breaths is not None else ""


def _hold_range(dose: Dose, phase: DosePhase) -> str:
    """A phase's hold with its range: `20-30 s` or `3-5 breaths`."""
    hold, breaths = dose.hold_of(phase), dose.breaths_of(phase)
    if hold is not None:
        return _seconds(hold)
    return _times(breaths, "breath") if breaths is not None else ""


def _seconds(value: Range) -> str:
    """Seconds as people say them: `30 s`, `20-30 s`, `2 min`."""
    minutes, rest = divmod(value.low, 60)
    whole = value.low == value.high and minutes > 1 and not rest
    return f"{minutes} min" if whole else f"{value} s"


def _hold_words(dose: Dose) -> str:
    """How the holds are said: one for all, or each phase with its own."""
    held = _held(dose)
    ranges = list(dict.fromkeys(_hold_range(dose, phase) for phase in held))
    pace = "with the breath" if dose.flow else ""
    if not any(ranges):
        return f"move {pace}".strip()
    if len(ranges) == 1 and dose.flow:
        return f"move {pace}, {ranges[0]} a phase"
    if len(ranges) == 1:
        each = " each" if len(held) > 1 else ""
        return f"hold {ranges[0]}{each} {pace}".strip()
    named = (f"{phase.name.replace('-', ' ')} {_hold_range(dose, phase)}" for phase in held)
    return f"hold {listed(named)} {pace}".strip()


def _times(value: Range, noun: str) -> str:
    """A range with its noun: `3-5 breaths`, `1 time`."""
    return f"{value} {noun}" if value.high == 1 else f"{value} {noun}s"
