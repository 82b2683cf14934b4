"""The best choice of stretches that fills a time exactly: dynamic programming with bounds.

Items come in a fixed order. What a choice is worth is a sum over its picks and over pairs of picks
that follow each other, so all that has to be remembered is the most points for each sum of seconds
and each last pick's place. Bounds drop most of that on the way; the result stays exact.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from stretch_tui.core.content.positions import CHANGE, ORDER
from stretch_tui.core.planner.bounds import Bounds, beside, tightest
from stretch_tui.core.planner.picking import Choice, Item, Option, Rules, reachable

_FIRST_SLACK = 30.0
"""Points below the bound at which the search starts; each next one looks half as deep again."""


def best(items: Sequence[Item], rules: Rules, low: int, high: int) -> tuple[Choice, ...] | None:
    """The choice worth most among those of `low` to `high` cells (`low` > 0); None if none is.

    Where several are worth the same, it is always the same one of them.
    """
    if high < low or not reachable(items, high) >> low:
        return None
    bounds = tightest(items, rules, low, high)
    others = beside(items, rules, bounds)
    slack = _FIRST_SLACK
    floor = bounds.most - slack
    while True:
        found = _Search(items, rules, (bounds, *others), floor).run()
        if found is not None and found.points >= floor:
            return found.choices()
        slack *= 1.5
        floor = bounds.most - slack
        if found is not None:  # the best one cannot be worth less
            floor = max(floor, found.points)


class _Way(NamedTuple):
    """The most points with which some picks come to a place and a sum of cells, and by what."""

    points: int
    pick: Choice
    before: _Way | None

    def choices(self) -> tuple[Choice, ...]:
        """All the picks, first to last."""
        picks = []
        way: _Way | None = self
        while way is not None:
            picks.append(way.pick)
            way = way.before
        return tuple(reversed(picks))


_Ways = list[dict[int, _Way]]
"""By the place of the last pick, then by the sum of cells."""


_Arrival = tuple[float, int, int, _Way | None]
"""A way that goes on to a place, or None that begins there: points less the price of the cells,
which is what it promises, then cells and points, the cost of getting there taken off."""


class _Live(NamedTuple):
    """An item with its options that a choice worth the floor may have."""

    item: int
    options: list[int]


@dataclass(frozen=True, slots=True)
class _Search:
    """One pass over the items that drops whatever cannot reach the floor any more."""

    items: Sequence[Item]
    rules: Rules
    bounds: tuple[Bounds, ...]
    """The tightest first."""
    floor: float

    def run(self) -> _Way | None:
        """The way worth most; worth less than the floor, it need not be the best there is."""
        ways, opening = _nowhere(), True
        for _, members in groupby(self._live(), key=lambda one: self.items[one.item].group):
            ways, opening = self._through_group(tuple(members), ways, opening)
        low = self.bounds[0].low
        ends = [(way.points, -at, way) for some in ways for at, way in some.items() if at >= low]
        top = max(ends, key=lambda end: end[:2], default=None)
        return top[2] if top is not None else None

    def _live(self) -> Iterator[_Live]:
        """The items with something that may be picked.

        Any other is better left out: it costs more, at the price of its time, than the floor lies
        below the bound; one that opens well may save the cold start besides. The only pick of a
        choice cannot be left out, so whatever fills the time alone stays.
        """
        price, most, low = self.bounds[0].price, self.bounds[0].most, self.bounds[0].low
        for index, item in enumerate(self.items):
            slack = most - self.floor + (self.rules.cold_start if item.opens_well else 0)
            options = [
                number
                for number, (cells, worth) in enumerate(item.options)
                if item.forced or cells >= low or worth - price * cells >= -slack
            ]
            if options:
                yield _Live(index, options)

    def _through_group(
        self, members: Sequence[_Live], ways: _Ways, opening: bool
    ) -> tuple[_Ways, bool]:
        """The ways after a group of items, and whether it may still be the next that opens."""
        inside = _nowhere()
        arriving: dict[int, list[_Arrival]] = {}
        least = self._least(members)
        for live in members:
            item = self.items[live.item]
            taken = _nowhere()
            for there in item.places:
                sources = []
                if not item.opens_only:
                    if there not in arriving:
                        arriving[there] = self._arrivals(ways, there, 0, least[there])
                    again = self._arrivals(inside, there, self.rules.again, least[there])
                    sources = [arriving[there], again]
                if opening:
                    cost = -self.rules.first_cost(item, there)
                    sources.append([(cost, 0, cost, None)])
                self._take(live, there, sources, taken[there])
            if item.forced:
                ways, inside, arriving, opening = _nowhere(), taken, {}, False
            else:
                _join(inside, taken)
        _join(ways, inside)
        return self._alive(ways, members[-1].item), opening

    def _need(self, live: _Live, there: int, option: Option) -> float:
        """What an arrival must promise for a pick to be able to reach the floor."""
        bounds = self.bounds[0]
        follow = bounds.inside[live.item][there] + bounds.refund
        return self.floor - follow - option.points + bounds.price * option.cells

    def _least(self, members: Sequence[_Live]) -> dict[int, float]:
        """The least that an arrival at each place must promise for any pick of the group."""
        least: dict[int, float] = {}
        for live in members:
            item = self.items[live.item]
            for there in item.places:
                needs = [self._need(live, there, item.options[n]) for n in live.options]
                least[there] = min(least.get(there, needs[0]), *needs)
        return least

    def _arrivals(self, ways: _Ways, there: int, extra: int, least: float) -> list[_Arrival]:
        """The best way to a place for each sum of cells, the most promising first."""
        price = self.bounds[0].price
        best: dict[int, _Arrival] = {}
        for some, costs in zip(ways, CHANGE, strict=True):
            cost = costs[there] + extra
            for at, way in some.items():
                promise = way.points - cost - price * at
                if promise >= least and (at not in best or promise > best[at][0]):
                    best[at] = (promise, at, way.points - cost, way)
        return sorted(best.values(), reverse=True, key=itemgetter(0))

    def _take(
        self,
        live: _Live,
        there: int,
        sources: Sequence[Sequence[_Arrival]],
        taken: dict[int, _Way],
    ) -> None:
        """Pick the item where it fits and the floor can still be reached."""
        high = self.bounds[0].high
        for number in live.options:
            option = self.items[live.item].options[number]
            more, worth = option
            pick = Choice(live.item, number, there)
            need = self._need(live, there, option)
            for source in sources:
                for promise, at, points, way in source:
                    if promise < need:
                        break
                    end = at + more
                    if end <= high:
                        known = taken.get(end)
                        if known is None or points + worth > known.points:
                            taken[end] = _Way(points + worth, pick, way)

    def _alive(self, ways: _Ways, last: int) -> _Ways:
        """The ways that can still reach the floor, by all that bounds what follows the item."""
        for bounds in self.bounds:
            price = bounds.price
            ways = [
                {at: way for at, way in some.items() if way.points - price * at >= need}
                for some, need in zip(ways, self._needs(bounds, last), strict=True)
            ]
        return ways

    def _needs(self, bounds: Bounds, last: int) -> list[float]:
        """By place what a way must be worth, less the price of its cells."""
        return [self.floor - bounds.refund - follow for follow in bounds.earlier[last]]


def _nowhere() -> _Ways:
    return [{} for _ in ORDER]


def _join(ways: _Ways, more: _Ways) -> None:
    """Put into the ways what is better in the others."""
    for some, others in zip(ways, more, strict=True):
        for end, way in others.items():
            known = some.get(end)
            if known is None or way.points > known.points:
                some[end] = way
