"""How much a choice of picks can be worth at most: the limit of time replaced by a price on it.

A choice of `low` to `high` cells is worth at most what it is worth once each cell costs a price,
with the price of the cells added back (the Lagrangian relaxation). Without the limit the best
choice is found in one walk from the last item to the first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from stretch_tui.core.content.positions import CHANGE, ORDER
from stretch_tui.core.planner.picking import Item, Rules

_NEVER = float("-inf")
_PRICES = 6
"""How often the interval of prices is narrowed; more costs more than it saves."""
_GOLDEN = 0.381966
_ROUNDING = 1e-6


@dataclass(frozen=True, slots=True)
class Bounds:
    """No choice is worth more than these say."""

    price: float
    low: int
    high: int
    most: float
    """What no choice is worth more than."""
    earlier: tuple[tuple[float, ...], ...]
    """Per item and place of the last pick what can follow it, the last pick in an earlier group."""
    inside: tuple[tuple[float, ...], ...]
    """The same with the last pick in the item's own group."""

    @property
    def refund(self) -> float:
        """The price of all the cells, added back."""
        return self.price * (self.high if self.price > 0 else self.low) + _ROUNDING


def tightest(items: Sequence[Item], rules: Rules, low: int, high: int) -> Bounds:
    """The bounds under nearly the price that makes them lowest; any price gives valid ones."""
    guess = _critical_price(items, high)
    left, right = -0.5 * guess, 1.6 * guess
    near, far = left + _GOLDEN * (right - left), right - _GOLDEN * (right - left)
    at_near, at_far = (bounds(items, rules, price, low, high) for price in (near, far))
    for _ in range(_PRICES):
        if at_near.most <= at_far.most:
            right, far, at_far = far, near, at_near
            near = left + _GOLDEN * (right - left)
            at_near = bounds(items, rules, near, low, high)
        else:
            left, near, at_near = near, far, at_far
            far = right - _GOLDEN * (right - left)
            at_far = bounds(items, rules, far, low, high)
    return min(at_near, at_far, key=lambda found: found.most)


def _critical_price(items: Sequence[Item], high: int) -> float:
    """Points a cell of the last pick when the densest are taken until the time is full."""
    dense = sorted(
        (max((o.points / o.cells, o.cells) for o in item.options) for item in items), reverse=True
    )
    filled = 0
    for density, cells in dense:
        filled += cells
        if filled >= high:
            return max(density, 0.1)
    return 1.0


def bounds(items: Sequence[Item], rules: Rules, price: float, low: int, high: int) -> Bounds:
    """What can follow each item at most, under a price a cell; any price is valid."""
    first = _NEVER
    earlier = inside = (0.0,) * len(ORDER)
    earliers, insides = [], []
    after: Item | None = None
    for item in reversed(items):
        if after is not None and after.group != item.group:
            inside = earlier
        earliers.append(earlier)
        insides.append(inside)
        worth = max([points - price * cells for cells, points in item.options])
        opened = max(worth + inside[to] - rules.first_cost(item, to) for to in item.places)
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
    return Bounds(price, low, high, most, tuple(earliers[::-1]), tuple(insides[::-1]))


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
