"""All that fits a wish, in the fixed order of a routine, ready for the solver."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from stretch_tui.core.content.positions import ORDER
from stretch_tui.core.content.stretch import Level, Position, Region, Stretch
from stretch_tui.core.planner.packing import best
from stretch_tui.core.planner.picking import Item, Option, Rules, reachable
from stretch_tui.core.planner.servings import Serving, serve, servings
from stretch_tui.core.planner.wish import Wish
from stretch_tui.core.planner.worth import AGAIN, COLD_START, appeal
from stretch_tui.core.settings import Settings

_PLACE = {position: place for place, position in enumerate(ORDER)}
_REGION = {region: rank for rank, region in enumerate(Region)}
_UPRIGHT = 2
"""Places below this one are changed between without getting down: seated and standing."""
_GRAINS = (1.0, 0.5, 0.1)
"""Lengths of a cell in seconds: the first that every length is a multiple of."""


class Served(NamedTuple):
    """One stretch that the solver picked."""

    stretch: Stretch
    serving: Serving
    position: Position
    form: str | None
    """The variation in which it is done."""


@dataclass(frozen=True, slots=True)
class _Entry:
    stretch: Stretch
    form: str | None
    places: tuple[int, ...]
    servings: tuple[Serving, ...]
    points: tuple[int, ...]
    forced: bool
    opens_only: bool
    """Whether it is there to warm up alone, and not for what was asked."""

    @property
    def warms_up(self) -> bool:
        """Whether it is gentle and moving all through, fit to begin with."""
        return self.servings[0].moving and self.stretch.level is not Level.ADVANCED

    @property
    def rank(self) -> tuple[int, bool, int]:
        """Its group's place in the order: down to the floor, what moves first, head to hips."""
        zone = max(0, self.places[0] - _UPRIGHT + 1)
        return (zone, not self.warms_up, _REGION[self.stretch.regions[0]])


@dataclass(frozen=True, slots=True)
class Shortlist:
    """What fits a wish."""

    entries: tuple[_Entry, ...]
    rules: Rules
    ready_seconds: float
    grain: float

    def best(self, rest: int, low: float, high: float) -> tuple[Served, ...] | None:
        """The picks worth most whose routine takes `low` to `high` seconds; None if none does."""
        items = self._items(rest)
        first, last = self._cells(low, rest), self._cells(high, rest)
        chosen = best(items, self.rules, max(1, first), last)
        if chosen is None:
            return None
        picked = [(self.entries[choice.item], choice) for choice in chosen]
        return tuple(
            Served(entry.stretch, entry.servings[choice.option], ORDER[choice.place], entry.form)
            for entry, choice in picked
        )

    def nearest(self, rest: int, target: float) -> float | None:
        """The length in seconds nearest to the target that any choice has; None if none has."""
        limit = sum(max(o.cells for o in item.options) for item in self._items(rest))
        bits = reachable(self._items(rest), limit) >> 1 << 1
        if not bits:
            return None
        middle = max(0, self._cells(target, rest))
        below = (bits & ((1 << (middle + 1)) - 1)).bit_length() - 1
        rising = bits >> (middle + 1)
        above = middle + 1 + (rising & -rising).bit_length() - 1 if rising else -1
        found = min((c for c in (below, above) if c > 0), key=lambda cells: abs(cells - middle))
        return found * self.grain + self.ready_seconds - rest

    def _cells(self, seconds: float, rest: int) -> int:
        """What the picks and the rests before them may take of a routine's seconds."""
        return round((seconds - self.ready_seconds + rest) / self.grain)

    def _items(self, rest: int) -> tuple[Item, ...]:
        groups: dict[tuple[int, bool, int], int] = {}
        return tuple(
            Item(
                entry.places,
                groups.setdefault(entry.rank, len(groups)),
                tuple(
                    Option(max(1, round((serving.seconds + rest) / self.grain)), points)
                    for serving, points in zip(entry.servings, entry.points, strict=True)
                ),
                entry.warms_up,
                entry.opens_only,
                entry.forced,
            )
            for entry in self.entries
        )


def shortlist(
    stretches: Mapping[str, Stretch], settings: Settings, asked: Wish, wish: Wish
) -> Shortlist:
    """What fits the (perhaps loosened) wish, each worth what it is under the wish as asked."""
    entries = []
    for stretch in stretches.values():
        form, places = _form_and_places(stretch, asked if asked.places(stretch) else wish)
        if not places or not stretch.regions:
            continue
        dose = asked.keep.get(stretch.id)
        served = (
            servings(stretch, settings, form)
            if dose is None
            else (serve(stretch, dose, settings, form),)
        )
        points = tuple(map(appeal(stretch, asked).points, served))
        kept = stretch.id in asked.keep
        only_warms = not (kept or wish.asks_for(stretch))
        entry = _Entry(stretch, form, places, served, points, kept, only_warms)
        if not only_warms or entry.warms_up:
            entries.append(entry)
    if all(entry.opens_only for entry in entries):
        entries = []
    entries.sort(key=lambda entry: entry.rank)
    start = _PLACE[Position.CHAIR if asked.at_desk else Position.STANDING]
    return Shortlist(
        tuple(entries),
        Rules(start, COLD_START, AGAIN),
        float(settings.get_ready_seconds),
        _grain(entries),
    )


def _form_and_places(stretch: Stretch, wish: Wish) -> tuple[str | None, tuple[int, ...]]:
    """The form in which it is done, and every place for that form."""
    forms = {position: wish.forms(stretch, position)[0] for position in wish.places(stretch)}
    form = next(iter(forms.values()), None)
    return form, tuple(sorted(_PLACE[place] for place, one in forms.items() if one == form))


def _grain(entries: list[_Entry]) -> float:
    lengths = {serving.seconds for entry in entries for serving in entry.servings}
    for grain in _GRAINS:
        if all(abs(length / grain - round(length / grain)) < 1e-6 for length in lengths):
            return grain
    return _GRAINS[-1]
