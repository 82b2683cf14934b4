"""Everything that can be browsed, and a query that narrows it and can say itself in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from stretch_tui.core.routine import Routine, Step
from stretch_tui.core.stretch import Level, Position, Region, Stretch
from stretch_tui.core.timeline import available


@dataclass(frozen=True, slots=True)
class SourceProgram:
    """A published program: who wrote it, and what its doses are taken from."""

    id: str
    """Also the id of its routine."""
    title: str
    author: str
    about: str = ""
    publisher: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Tip:
    """A posture or break habit."""

    text: str
    source: str = ""
    """The id of the program it is from; empty for ours."""


@dataclass(frozen=True, slots=True)
class Catalog:
    """All stretches, routines, programs and tips, keyed by id, in catalog order."""

    stretches: Mapping[str, Stretch] = field(default_factory=dict)
    routines: Mapping[str, Routine] = field(default_factory=dict)
    sources: Mapping[str, SourceProgram] = field(default_factory=dict)
    tips: tuple[Tip, ...] = ()

    def with_own(
        self, routines: Mapping[str, Routine], stretches: Mapping[str, Stretch] | None = None
    ) -> Catalog:
        """The catalog with the user's own routines and stretches first."""
        return Catalog(
            {**(stretches or {}), **self.stretches},
            {**routines, **self.routines},
            self.sources,
            self.tips,
        )

    def routine_for(self, item: str) -> Routine | None:
        """The routine of that id, or a stretch of that id as a routine of one step; else None."""
        if item in self.routines:
            return self.routines[item]
        stretch = self.stretches.get(item)
        return Routine(item, stretch.name, (Step(item),)) if stretch is not None else None


@dataclass(frozen=True, slots=True)
class Query:
    """What to leave in sight; an empty query leaves everything."""

    words: tuple[str, ...] = ()
    regions: tuple[Region, ...] = ()
    """Any of these."""
    positions: tuple[Position, ...] = ()
    """Any of these."""
    equipment: tuple[str, ...] | None = None
    """Only what can be done with this; None asks nothing."""
    no_floor: bool = False
    level: Level | None = None
    max_seconds: float | None = None
    favorites_only: bool = False

    def keeps(self, stretch: Stretch, seconds: float, favorite: bool) -> bool:
        """Whether the stretch stays, words aside."""
        positions = (stretch.position, *stretch.positions)
        return (
            (not self.regions or any(region in stretch.regions for region in self.regions))
            and (not self.positions or any(p in positions for p in self.positions))
            and available(stretch.needs, self.equipment)
            and not (self.no_floor and stretch.floor)
            and (self.level is None or stretch.level is self.level)
            and (self.max_seconds is None or seconds <= self.max_seconds)
            and (not self.favorites_only or favorite)
        )


def needs_floor(routine: Routine, stretches: Mapping[str, Stretch]) -> bool:
    """Whether any known step of the routine needs the floor."""
    known = (stretches[step.stretch] for step in routine.steps if step.stretch in stretches)
    return any(stretch.floor for stretch in known)


def regions_of(routine: Routine, stretches: Mapping[str, Stretch]) -> tuple[Region, ...]:
    """The regions the routine reaches, most often reached first."""
    counts: dict[Region, int] = {}
    for region in _regions(routine, stretches):
        counts[region] = counts.get(region, 0) + 1
    return tuple(sorted(counts, key=lambda region: -counts[region]))


def _regions(routine: Routine, stretches: Mapping[str, Stretch]) -> Iterable[Region]:
    for step in routine.steps:
        if step.stretch in stretches:
            yield from stretches[step.stretch].regions
