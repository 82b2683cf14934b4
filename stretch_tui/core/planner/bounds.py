"""How much a choice of picks can be worth at most: the limit of time replaced by a price on it.

A choice of `low` to `high` cells is worth at most what it is worth once each cell costs a price,
with the price of the cells added back (the Lagrangian relaxation). Without the limit the best
choice is found in one walk from the last item to the first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from stretch_tui.core.content.positions import CHANGE, ORDER
from stretch_tui.core.planner.picking import Item, Option, Rules

_NEVER = float("-inf")
_TICK = 1 / 64
"""Prices are multiples of it, and so is everything that a walk adds up."""
_SPECK = 2.0**-24
"""What each cell adds to a sum besides: too little to matter, so the cells can be read from it."""
_ROUNDING = 1e-2
_WALKS = 9
"""Prices that are tried at most; mostly five are enough."""
_BESIDE = 0.1


@dataclass(frozen=True, slots=True)
class Bounds:
    """No choice is worth more than these say."""

    price: float
    low: int
    high: int
    most: float
    """What no choice is worth more than."""
    cells: int
    """How long the best choice is once the limit has become a price."""
    earlier: tuple[tuple[float, ...], ...]
    """Per item and place of the last pick what can follow it, the last pick in an earlier group."""
    inside: tuple[tuple[float, ...], ...]
    """The same with the last pick in the item's own group."""

    @property
    def refund(self) -> float:
        """The price of all the cells, added back."""
        return self.price * self._counted + _ROUNDING

    @property
    def slope(self) -> int:
        """By how much `most` rises with the price."""
        return self._counted - self.cells

    @property
    def crossing(self) -> float:
        """Where the tangent of `most` at this price meets the price of zero."""
        return self.most - self.slope * self.price

    @property
    def _counted(self) -> int:
        return self.high if self.price > 0 else self.low


def tightest(items: Sequence[Item], rules: Rules, low: int, high: int) -> Bounds:
    """The bounds under nearly the price that makes `most` least; some choice must fit.

    `most` is convex in the price, so that price is where the tangents at one too low and at one
    too high meet, or near there.
    """
    left, right = _around(items, rules, low, high)
    best = min(left, right, key=_most)
    for _ in range(_WALKS):
        if left.slope == right.slope:
            break
        meet = (left.crossing - right.crossing) / (right.slope - left.slope)
        price = round(meet / _TICK) * _TICK
        if not left.price < price < right.price:
            break
        found = bounds(items, rules, price, low, high)
        best = min(best, found, key=_most)
        left, right = (found, right) if found.slope < 0 else (left, found)
    return best


def _most(found: Bounds) -> float:
    return found.most


def beside(items: Sequence[Item], rules: Rules, best: Bounds) -> tuple[Bounds, Bounds]:
    """Bounds under a lower and a higher price: they cut off much that the best ones let live."""
    away = max(_TICK, round(_BESIDE * abs(best.price) / _TICK) * _TICK)
    lower, higher = best.price - away, best.price + away
    return (
        bounds(items, rules, lower, best.low, best.high),
        bounds(items, rules, higher, best.low, best.high),
    )


def _around(items: Sequence[Item], rules: Rules, low: int, high: int) -> tuple[Bounds, Bounds]:
    """Bounds under a price that is too low and under one that is not."""
    price = round(_marginal_price(items, high) / _TICK) * _TICK
    step = max(1.0, round(0.15 * abs(price)))
    left = right = bounds(items, rules, price, low, high)
    while right.slope < 0:
        left, right = right, bounds(items, rules, right.price + step, low, high)
        step *= 2
    while left.slope > 0:
        left, right = bounds(items, rules, left.price - step, low, high), left
        step *= 2
    return left, right


def _marginal_price(items: Sequence[Item], high: int) -> float:
    """Points a cell of what comes last when the best gains are taken until the time is full.

    Going on to a longer dose of a stretch is a gain like any other. Real prices are lower, for
    getting from one stretch to the next costs something as well.
    """
    gains = sorted((gain for item in items for gain in _gains(item.options)), reverse=True)
    filled = 0
    for density, cells in gains:
        filled += cells
        if filled >= high:
            return density
    return gains[-1][0]


def _gains(options: Sequence[Option]) -> list[tuple[float, int]]:
    """Points a cell and cells of each step along the best doses, in falling order."""
    best = [Option(0, 0)]
    for option in sorted(options):
        while len(best) > 1 and _density(best[-2], option) >= _density(best[-2], best[-1]):
            best.pop()
        if option.cells > best[-1].cells:
            best.append(option)
    return [(_density(one, two), two.cells - one.cells) for one, two in pairwise(best)]


def _density(one: Option, two: Option) -> float:
    return (two.points - one.points) / (two.cells - one.cells)


def bounds(items: Sequence[Item], rules: Rules, price: float, low: int, high: int) -> Bounds:
    """What can follow each item at most, under a price a cell; any price is valid."""
    first = _NEVER
    earlier = inside = (0.0,) * len(ORDER)
    earliers, insides = [], []
    after: Item | None = None
    real = price - _SPECK
    for item in reversed(items):
        if after is not None and after.group != item.group:
            inside = earlier
        earliers.append(earlier)
        insides.append(inside)
        worth = max([points - real * cells for cells, points in item.options])
        opened = max([worth + inside[to] - rules.first_cost(item, to) for to in item.places])
        first = opened if item.forced or opened > first else first
        if item.opens_only:
            earlier, inside = _without(item, earlier), _without(item, inside)
        elif item.forced or worth > 0:
            taken = _taken(item, worth, inside)
            again = [more - rules.again for more in taken]
            skip = not item.forced
            earlier = tuple(map(max, earlier, taken)) if skip else tuple(taken)
            inside = tuple(map(max, inside, again)) if skip else tuple(again)
        after = item
    most = first + price * (high if price > 0 else low) + _ROUNDING
    cells = round(first % _TICK / _SPECK)
    return Bounds(price, low, high, most, cells, tuple(earliers[::-1]), tuple(insides[::-1]))


def _without(item: Item, follow: tuple[float, ...]) -> tuple[float, ...]:
    """What can follow where the item cannot: nothing at all when every choice must have it."""
    return (_NEVER,) * len(follow) if item.forced else follow


def _taken(item: Item, worth: float, inside: Sequence[float]) -> list[float]:
    """Per place what can follow when the item does; only worth asking when it is worth anything.

    One worth nothing is never better than going on without it: getting anywhere by a detour is no
    cheaper than getting there at once.
    """
    onward = [(to, worth + inside[to]) for to in item.places]
    return [max([more - costs[to] for to, more in onward]) for costs in CHANGE]
