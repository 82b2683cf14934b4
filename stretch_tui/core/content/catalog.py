"""Everything that can be browsed, and a query that narrows it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from stretch_tui.core.content.positions import positions_of
from stretch_tui.core.content.routine import Routine, Step
from stretch_tui.core.content.stretch import Level, Position, Region, Stretch, available


@dataclass(frozen=True, slots=True)
class SourceProgram:
    """A published program: who wrote it, and what its doses are taken from."""

    id: str
    """Also the id of its routine."""
    title: str
    author: str
    about: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Tip:
    """A posture or break habit."""

    text: str
    source: str = ""
    """The id of the program it is from; empty for ours."""


class Brief(NamedTuple):
    """What lists and filters need of a stretch: cheap to make, however many there are."""

    id: str
    name: str
    also: tuple[str, ...]
    regions: tuple[Region, ...]
    positions: tuple[Position, ...]
    """Where it can be done, the usual position first."""
    needs: tuple[str, ...]
    optional: tuple[str, ...]
    level: Level
    own: bool = False

    @property
    def floor(self) -> bool:
        """Whether it needs the floor in every position it works in."""
        return all(position.floor for position in self.positions)


def brief_of(stretch: Stretch) -> Brief:
    """The brief of a stretch."""
    return Brief(
        stretch.id,
        stretch.name,
        stretch.also,
        stretch.regions,
        positions_of(stretch),
        stretch.needs,
        stretch.optional,
        stretch.level,
        stretch.own,
    )


@dataclass(frozen=True, slots=True)
class Catalog:
    """All stretches, routines, programs and tips, keyed by id, in catalog order."""

    stretches: Mapping[str, Stretch] = field(default_factory=dict)
    """May be read one by one when asked for: use `briefs` to go through all of them."""
    routines: Mapping[str, Routine] = field(default_factory=dict)
    sources: Mapping[str, SourceProgram] = field(default_factory=dict)
    tips: tuple[Tip, ...] = ()
    listed: Mapping[str, Brief] | None = None
    """The briefs of all stretches where they are known without the stretches."""

    def briefs(self) -> Iterable[Brief]:
        """The brief of every stretch, in catalog order."""
        if self.listed is not None:
            return self.listed.values()
        return [brief_of(stretch) for stretch in self.stretches.values()]

    def brief(self, stretch_id: str) -> Brief | None:
        """The brief of one stretch, or None."""
        if self.listed is not None:
            return self.listed.get(stretch_id)
        stretch = self.stretches.get(stretch_id)
        return brief_of(stretch) if stretch is not None else None

    def regions_of(self, routine: Routine) -> tuple[Region, ...]:
        """The regions a routine reaches, most often reached first."""
        counts: dict[Region, int] = {}
        for step in routine.steps:
            brief = self.brief(step.stretch)
            for region in brief.regions if brief is not None else ():
                counts[region] = counts.get(region, 0) + 1
        return tuple(sorted(counts, key=lambda region: -counts[region]))

    def with_own(
        self, routines: Mapping[str, Routine], stretches: Mapping[str, Stretch] | None = None
    ) -> Catalog:
        """The catalog with the user's own routines and stretches first."""
        merged, listed = self.stretches, self.listed
        if stretches:
            merged = {**stretches, **self.stretches}
            listed = {stretch.id: brief_of(stretch) for stretch in merged.values()}
        return Catalog(merged, {**routines, **self.routines}, self.sources, self.tips, listed)

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

    def keeps(self, brief: Brief, seconds: Callable[[Brief], float], favorite: bool) -> bool:
        """Whether the stretch stays, words aside; its length is asked for only when limited."""
        return (
            (not self.regions or any(region in brief.regions for region in self.regions))
            and (not self.positions or any(p in brief.positions for p in self.positions))
            and available(brief.needs, self.equipment)
            and not (self.no_floor and brief.floor)
            and (self.level is None or brief.level is self.level)
            and (not self.favorites_only or favorite)
            and (self.max_seconds is None or seconds(brief) <= self.max_seconds)
        )


def needs_floor(routine: Routine, stretches: Mapping[str, Stretch]) -> bool:
    """Whether any known step of the routine needs the floor."""
    known = (stretches[step.stretch] for step in routine.steps if step.stretch in stretches)
    return any(stretch.floor for stretch in known)
