"""What the body got: minutes a week, a region, a side; how it felt; a year of days.

Regions are never added up: a stretch counts in full for each region it reaches.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from stretch_tui.core.content.stretch import Region
from stretch_tui.core.log.days import ONE_DAY, WEEK, monday_of
from stretch_tui.core.log.logbook import Session
from stretch_tui.core.log.tally import DayTotal

STRETCH_SECONDS = 60
"""What one stretch asks of a day in all (Harvard Health; Garber 2011)."""
REGION_WEEK_SECONDS = 600
"""Where gains of a region level off in a week (Ingram 2024); more is not better."""
LEAN_SHARE = 0.15
LEAN_SECONDS = 30


@dataclass(frozen=True, slots=True)
class WeekTotal:
    """One week's stretching."""

    monday: date
    seconds: float
    days: int
    """Days that count."""


def weeks(days: Mapping[date, DayTotal], first: date, last: date) -> tuple[WeekTotal, ...]:
    """Every week from the one of `first` to the one of `last`, empty ones too, oldest first."""
    seconds: defaultdict[date, int] = defaultdict(int)
    counted: defaultdict[date, int] = defaultdict(int)
    for day, total in days.items():
        monday = monday_of(day)
        seconds[monday] += total.milliseconds
        counted[monday] += total.counts
    found = []
    monday = monday_of(first)
    while monday <= last:
        found.append(WeekTotal(monday, seconds[monday] / 1000, counted[monday]))
        monday += WEEK
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Share:
    """Seconds of one region or one stretch, by side."""

    left: float = 0.0
    right: float = 0.0
    both: float = 0.0

    @property
    def seconds(self) -> float:
        """All of it."""
        return self.left + self.right + self.both

    @property
    def lean(self) -> float:
        """Seconds that the left side got more than the right, 0 when they are as good as even."""
        more = self.left - self.right
        slack = max(LEAN_SECONDS, LEAN_SHARE * (self.left + self.right))
        return more if abs(more) > slack else 0.0


def by_region(sessions: Iterable[Session]) -> dict[str, Share]:
    """Seconds of each region and side: all known regions, in the catalog's order, then others."""
    totals: dict[str, list[float]] = {region.value: [0.0, 0.0, 0.0] for region in Region}
    for session in sessions:
        for part in session.parts:
            for region in part.regions:
                total = totals.setdefault(region, [0.0, 0.0, 0.0])
                total[0] += part.left
                total[1] += part.right
                total[2] += part.both
    return {region: Share(*total) for region, total in totals.items()}


def by_stretch(sessions: Iterable[Session]) -> dict[str, Share]:
    """Seconds of each stretch and side, in the order in which they were first done."""
    totals: dict[str, list[float]] = {}
    for session in sessions:
        for part in session.parts:
            total = totals.setdefault(part.stretch, [0.0, 0.0, 0.0])
            total[0] += part.left
            total[1] += part.right
            total[2] += part.both
    return {stretch: Share(*total) for stretch, total in totals.items()}


def between(sessions: Sequence[Session], first: date, last: date) -> tuple[Session, ...]:
    """The sessions of the days from first to last."""
    return tuple(session for session in sessions if first <= session.day <= last)


@dataclass(frozen=True, slots=True)
class Feel:
    """How sessions began and ended on average, 0 nothing to 9 worst."""

    first: date
    """The first day it is of."""
    before: float
    after: float
    sessions: int


def feel_by_week(sessions: Iterable[Session], last: date, count: int) -> tuple[Feel, ...]:
    """The last `count` weeks up to that of `last` with anything said about it, oldest first."""
    earliest = monday_of(last) - (count - 1) * WEEK
    found: defaultdict[date, list[tuple[int, int]]] = defaultdict(list)
    for session in sessions:
        before, after = session.feel_before, session.feel_after
        if before is not None and after is not None and earliest <= session.day <= last:
            found[monday_of(session.day)].append((before, after))
    return tuple(_feel(monday, found[monday]) for monday in sorted(found))


def feel_over(feels: Sequence[Feel]) -> Feel | None:
    """Several averages as one, each session weighing the same; None without any."""
    count = sum(feel.sessions for feel in feels)
    if not count:
        return None
    before = sum(feel.before * feel.sessions for feel in feels) / count
    after = sum(feel.after * feel.sessions for feel in feels) / count
    return Feel(feels[0].first, before, after, count)


def _feel(first: date, pairs: Sequence[tuple[int, int]]) -> Feel:
    before = sum(pair[0] for pair in pairs) / len(pairs)
    after = sum(pair[1] for pair in pairs) / len(pairs)
    return Feel(first, before, after, len(pairs))


class DayMark(StrEnum):
    """What a day in the year's picture shows."""

    COUNTS = "counts"
    SHORT = "short"
    """Something was done, less than what counts."""
    EMPTY = "empty"
    """Nothing was done, or it has not come yet: the picture makes no difference."""
    PAUSED = "paused"


def year_of_days(
    days: Mapping[date, DayTotal], paused: Set[date], today: date, mondays: Sequence[date]
) -> tuple[tuple[DayMark, ...], ...]:
    """The weeks of those Mondays as columns of seven marks, Monday first."""
    return tuple(
        tuple(_mark(monday + number * ONE_DAY, days, paused, today) for number in range(7))
        for monday in mondays
    )


def _mark(day: date, days: Mapping[date, DayTotal], paused: Set[date], today: date) -> DayMark:
    total = days.get(day) if day <= today else None
    if total is not None and total.counts:
        return DayMark.COUNTS
    if day in paused:
        return DayMark.PAUSED
    return DayMark.SHORT if total is not None and total.milliseconds else DayMark.EMPTY
