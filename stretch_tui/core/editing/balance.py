"""What a routine covers and misses, and what it asks of the body."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from stretch_tui.core.content.dose import Side
from stretch_tui.core.content.dosing import dose_of
from stretch_tui.core.content.positions import floor_changes, position_changes
from stretch_tui.core.content.routine import Routine
from stretch_tui.core.content.stretch import Position, Region, Stretch
from stretch_tui.core.editing.dose_edits import Figure, figures
from stretch_tui.core.editing.ordering import path_of, reordered
from stretch_tui.core.session.expansion import Part, total_seconds

WANTED = (Region.NECK, Region.SHOULDERS, Region.CHEST, Region.UPPER_BACK)
"""What a routine for the upper body should reach; what is missing of it is told."""
LONG_SECONDS = 180
"""From this length on, a routine is expected to reach all of it."""

Known = Mapping[str, Stretch]


@dataclass(frozen=True, slots=True)
class Departure:
    """A figure of a step's dose that leaves what is published for its stretch."""

    step: int
    """Index of the step in the routine."""
    figure: Figure


@dataclass(frozen=True, slots=True)
class Balance:
    """What a routine gives the body, and what it asks of it."""

    regions: Mapping[Region, float]
    """Seconds of each region it reaches, most first; never add them up."""
    left: float
    right: float
    missing: tuple[Region, ...]
    """Of the upper body what it does not reach; nothing for a very short routine."""
    path: tuple[Position, ...]
    """The positions the body goes through, one after the other."""
    floor_changes: int
    """How often the body gets down to the floor or up again on the way."""
    position_changes: int
    saved: int
    """How many of the floor changes, or of the position changes, a reorder would save."""
    departures: tuple[Departure, ...]
    """Doses beyond what is published, or below it."""
    unknown: tuple[str, ...]
    """Stretches that nobody here knows."""


def balance(routine: Routine, stretches: Known, laid_out: Sequence[Part]) -> Balance:
    """What the routine covers and misses; `laid_out` are its parts, for the seconds."""
    regions: dict[Region, float] = {}
    left = right = 0.0
    for part in laid_out:
        stretching = part.laid.stretching
        left += stretching.get(Side.LEFT, 0.0)
        right += stretching.get(Side.RIGHT, 0.0)
        seconds = sum(stretching.values())
        for region in part.stretch.regions:
            regions[region] = regions.get(region, 0.0) + seconds
    path = path_of(routine.steps, stretches)
    best = path_of(reordered(routine, stretches).steps, stretches)
    saved = floor_changes(path) - floor_changes(best)
    long = total_seconds(laid_out) >= LONG_SECONDS
    return Balance(
        dict(sorted(regions.items(), key=lambda pair: -pair[1])),
        left,
        right,
        tuple(region for region in WANTED if long and region not in regions),
        tuple(place for place, _ in groupby(path)),
        floor_changes(path),
        position_changes(path),
        saved or position_changes(path) - position_changes(best),
        departures(routine, stretches),
        tuple(dict.fromkeys(s.stretch for s in routine.steps if s.stretch not in stretches)),
    )


def departures(routine: Routine, stretches: Known) -> tuple[Departure, ...]:
    """Every figure in the routine that leaves the published range of its stretch."""
    found: list[Departure] = []
    for index, step in enumerate(routine.steps):
        stretch = stretches.get(step.stretch)
        if stretch is not None and step.dose is not None:
            found += (
                Departure(index, one)
                for one in figures(dose_of(step, stretch), stretch)
                if one.odd or one.less
            )
    return tuple(found)
