"""Stretches as the planner picks among them, and the objective: what a choice of picks is worth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from stretch_tui.core.content.positions import CHANGE


class Option(NamedTuple):
    """One way to do a stretch."""

    cells: int
    """Its length with the rest before it, in cells of the time grain; at least 1."""
    points: int


@dataclass(frozen=True, slots=True)
class Item:
    """A stretch as the planner sees it."""

    places: tuple[int, ...]
    """Where it can be done, as indexes into `positions.ORDER`."""
    group: int
    """Items of one group stand together in the order; two picks of one in a row cost points."""
    options: tuple[Option, ...]
    opens_well: bool = False
    """Whether it may come first without a cost."""
    opens_only: bool = False
    """Whether it may come first and nowhere else."""
    forced: bool = False
    """Whether every choice must have it."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What pairs of picks cost, in points; the items carry the rest of the objective."""

    start: int
    """The place of the body before the first pick."""
    cold_start: int
    """For a first pick that does not open well."""
    again: int
    """For two picks of one group in a row."""

    def first_cost(self, item: Item, there: int) -> int:
        """What it costs to begin with the item."""
        return CHANGE[self.start][there] + (0 if item.opens_well else self.cold_start)

    def next_cost(self, before: Item, here: int, item: Item, there: int) -> int:
        """What it costs to go on from one item to the next."""
        return CHANGE[here][there] + (self.again if before.group == item.group else 0)


class Choice(NamedTuple):
    """One pick: which item, which of its options, in which place."""

    item: int
    option: int
    place: int


def points(items: Sequence[Item], rules: Rules, choices: Sequence[Choice]) -> int:
    """The objective: a sum over the picks and over the pairs that follow each other."""
    total = sum(items[pick.item].options[pick.option].points for pick in choices)
    for before, pick in zip((None, *choices), choices, strict=False):
        item = items[pick.item]
        total -= (
            rules.first_cost(item, pick.place)
            if before is None
            else rules.next_cost(items[before.item], before.place, item, pick.place)
        )
    return total


def reachable(items: Sequence[Item], limit: int) -> int:
    """A bit for every sum of cells up to the limit that some choice has; bit 0 is the empty one."""
    bits, mask, opening = 1, (1 << (limit + 1)) - 1, 1
    for item in items:
        before = opening if item.opens_only else bits
        longer = 0
        for option in item.options:
            longer |= before << option.cells
        bits = (longer if item.forced else bits | longer) & mask
        opening = 0 if item.forced else opening
    return bits
