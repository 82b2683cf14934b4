"""What it costs the body to go from one position to the next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from operator import itemgetter

from stretch_tui.core.content.stretch import Position, Stretch

ORDER = (
    Position.CHAIR,
    Position.STANDING,
    Position.HANDS_AND_KNEES,
    Position.KNEELING,
    Position.FLOOR_SEATED,
    Position.SIDE_LYING,
    Position.PRONE,
    Position.SUPINE,
)
"""The order in which a routine made to measure visits positions: from the chair down."""

UP_OR_DOWN = 700
ACROSS = 320
"""Points of the objective in `worth`; only their order of size matters for a reorder."""


def positions_of(stretch: Stretch) -> tuple[Position, ...]:
    """Every position in which the stretch works, its own first."""
    return tuple(dict.fromkeys((stretch.position, *stretch.positions)))


def places_of(stretch: Stretch, variation: str | None) -> tuple[Position, ...]:
    """Every position in which a form of the stretch works, the likeliest first."""
    form = stretch.variation(variation)
    return (form.position,) if form is not None and form.position else positions_of(stretch)


_Way = tuple[Position, "_Way"] | None
"""A position, and the way there: copied at no step, for a routine may have a hundred."""
_first = itemgetter(0)


def least_changes(places: Iterable[Sequence[Position]]) -> tuple[Position, ...]:
    """One position out of each of these, so that the body changes it least on the way.

    What works in several positions is done where the body already is, if it can be.
    """
    ways: dict[Position, tuple[int, _Way]] = {}
    for choice in places:
        before, ways = ways, {}
        for there in choice:
            came = [(c + change_cost(here, there), way) for here, (c, way) in before.items()]
            cost, way = min(came, key=_first, default=(0, None))
            ways[there] = (cost, (there, way))
    found: list[Position] = []
    last: _Way = min(ways.values(), key=_first)[1] if ways else None
    while last is not None:
        there, last = last
        found.append(there)
    return tuple(reversed(found))


def change_cost(here: Position, there: Position) -> int:
    """Points for getting from one position into another; 0 for staying."""
    if here is there:
        return 0
    return UP_OR_DOWN if here.floor is not there.floor else ACROSS


CHANGE = tuple(tuple(change_cost(here, there) for there in ORDER) for here in ORDER)
"""`change_cost` by places, which are indexes into `ORDER`: hashing an enum is slow."""


def floor_changes(path: tuple[Position, ...]) -> int:
    """How often the body gets down to the floor or up from it along the path."""
    return sum(a.floor is not b.floor for a, b in pairwise(path))


def position_changes(path: tuple[Position, ...]) -> int:
    """How often the body changes its position along the path."""
    return sum(a is not b for a, b in pairwise(path))
