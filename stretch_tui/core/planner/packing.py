"""The best choice of stretches that fills a time exactly: dynamic programming with bounds.

Items come in a fixed order. What a choice is worth is a sum over its picks and over pairs of picks
that follow each other, so all that has to be remembered is the most points for each sum of seconds
and each last pick's place. Bounds drop most of that on the way; the result stays exact.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from stretch_tui.core.content.positions import CHANGE
from stretch_tui.core.planner.bounds import Bounds, tightest
from stretch_tui.core.planner.picking import Choice, Item, Rules, reachable

_FIRST_SLACK = 35
"""Points below the bound at which the search starts; each next one looks twice as deep."""


def best(items: Sequence[Item], rules: Rules, low: int, high: int) -> tuple[Choice, ...] | None:
    """The choice worth most among those of `low` to `high` cells (`low` > 0); None if none is.

    Where several are worth the same, it is always the same one of them.
    """
    if high < low or not reachable(items, high) >> low:
        return None
    bounds = tightest(items, rules, low, high)
    slack = _FIRST_SLACK
    while True:
        found = _Search(items, rules, bounds, bounds.most - slack).run()
        if found is not None:
            return found
        slack *= 2


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


_Ways = dict[tuple[int, int], _Way]
"""By the place of the last pick and the sum of cells."""


@dataclass(frozen=True, slots=True)
class _Search:
    """One pass over the items that drops whatever cannot reach the floor any more."""

    items: Sequence[Item]
    rules: Rules
    bounds: Bounds
    floor: float

    def run(self) -> tuple[Choice, ...] | None:
        """The choice worth most, if it is worth the floor or more; else None."""
        earlier: _Ways = {}
        inside: _Ways = {}
        opening, group = True, -1
        for index, options in self._live():
            item = self.items[index]
            if item.group != group:
                earlier, inside, group = _joined(earlier, inside), {}, item.group
            taken = self._take(index, options, (earlier, inside), opening)
            if item.forced:
                earlier, inside, opening = {}, taken, False
            else:
                earlier = self._alive(earlier, self.bounds.earlier[index])
                inside = _joined(self._alive(inside, self.bounds.inside[index]), taken)
        done = _joined(earlier, inside)
        ends = [(way.points, -at, way) for (_, at), way in done.items() if at >= self.bounds.low]
        top = max(ends, key=lambda end: end[:2], default=None)
        return top[2].choices() if top is not None and top[0] >= self.floor else None

    def _live(self) -> Iterator[tuple[int, list[int]]]:
        """The items, each with its options, that a choice worth the floor may have.

        Any other costs more, at the price of its time, than the floor lies below the bound; one
        that opens well may save the cold start besides.
        """
        price = self.bounds.price
        for index, item in enumerate(self.items):
            saved = self.rules.cold_start if item.opens_well else 0
            slack = self.bounds.most - self.floor + saved
            live = [
                number
                for number, (cells, worth) in enumerate(item.options)
                if item.forced or worth - price * cells >= -slack
            ]
            if live:
                yield index, live

    def _take(
        self, index: int, options: Sequence[int], ways: tuple[_Ways, _Ways], opening: bool
    ) -> _Ways:
        """The ways that pick the item, each the best to its end."""
        item, taken = self.items[index], _Ways()
        for there in item.places:
            arrivals: dict[int, tuple[int, _Way | None]] = {}
            if opening:
                arrivals[0] = (-self.rules.first_cost(item, there), None)
            before = () if item.opens_only else ways
            for known, extra in zip(before, (0, self.rules.again), strict=False):
                for (here, at), way in known.items():
                    value = way.points - extra - CHANGE[here][there]
                    if at not in arrivals or value > arrivals[at][0]:
                        arrivals[at] = (value, way)
            for number in options:
                self._keep(Choice(index, number, there), arrivals, taken)
        return taken

    def _keep(
        self, pick: Choice, arrivals: Mapping[int, tuple[int, _Way | None]], taken: _Ways
    ) -> None:
        """Keep the ways that fit, can still reach the floor, and are the best to their end."""
        cells, worth = self.items[pick.item].options[pick.option]
        there, high, price = pick.place, self.bounds.high, self.bounds.price
        follow = self.bounds.inside[pick.item][there] + self.bounds.refund
        need = self.floor - follow - worth + price * cells
        for at, (value, way) in arrivals.items():
            if value - price * at >= need and at + cells <= high:
                known = taken.get((there, at + cells))
                if known is None or value + worth > known.points:
                    taken[there, at + cells] = _Way(value + worth, pick, way)

    def _alive(self, ways: _Ways, follow: Sequence[float]) -> _Ways:
        """The ways that can still reach the floor."""
        need, price = self.floor - self.bounds.refund, self.bounds.price
        return {
            end: way
            for end, way in ways.items()
            if way.points + follow[end[0]] - price * end[1] >= need
        }


def _joined(a: _Ways, b: _Ways) -> _Ways:
    """The better way to each end."""
    if not a or not b:
        return a or b
    joined = dict(a)
    for end, way in b.items():
        if end not in joined or way.points > joined[end].points:
            joined[end] = way
    return joined
