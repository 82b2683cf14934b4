"""The catalog as lists, to read or as JSON."""

from __future__ import annotations

from typing import Any, NamedTuple

from stretch_tui.cli.paper import Paper
from stretch_tui.cli.shapes import seconds_json
from stretch_tui.core.content.catalog import Brief, Catalog, Query
from stretch_tui.core.content.routine import Routine
from stretch_tui.core.content.search import Found, select
from stretch_tui.core.content.wording import maker_words
from stretch_tui.core.session.lengths import Lengths
from stretch_tui.core.settings import Settings
from stretch_tui.storage.content.length_cache import LengthCache

LEAST_MORE = 12
"""Cells that the last column needs at least; with fewer it is left out."""


class Row(NamedTuple):
    """A line of a list."""

    id: str
    length: str
    floor: bool
    name: str
    more: str
    """A stretch's regions, or who made a routine; left out where there is no room for it."""


class Listing:
    """The catalog as lists."""

    def __init__(
        self,
        catalog: Catalog,
        settings: Settings,
        favorites: tuple[str, ...],
        lengths: LengthCache,
    ) -> None:
        self._lengths = Lengths(catalog, settings, lengths)
        self._catalog = catalog
        self._favorites = favorites

    def find(self, query: Query) -> Found:
        """What the query leaves."""
        return select(self._catalog, query, seconds=self._lengths.of, favorites=self._favorites)

    def json(self, found: Found, kind: str | None) -> dict[str, Any]:
        """The lists as the contract has them."""
        content: dict[str, Any] = {}
        if kind != "routines":
            content["stretches"] = [self._stretch(brief) for brief in self._briefs(found)]
        if kind != "stretches":
            content["routines"] = [self._routine(routine) for routine in self._routines(found)]
        return content

    def _briefs(self, found: Found) -> list[Brief]:
        known = {brief.id: brief for brief in self._catalog.briefs()}
        return [known[item] for item in found.stretches]

    def _routines(self, found: Found) -> list[Routine]:
        return [self._catalog.routines[item] for item in found.routines]

    def _home_first(self, found: Found, ranked: bool) -> list[Routine]:
        """The user's own, then ours, then the published programs; each by id, or as found."""
        return sorted(
            self._routines(found),
            key=lambda one: (not one.own, bool(one.author), "" if ranked else one.id),
        )

    def _own_first(self, found: Found, ranked: bool) -> list[Brief]:
        """The user's own stretches, then the catalog's; each by id, or as found."""
        return sorted(self._briefs(found), key=lambda one: () if ranked else (not one.own, one.id))

    def _stretch(self, brief: Brief) -> dict[str, Any]:
        return {
            "id": brief.id,
            "name": brief.name,
            "regions": [str(region) for region in brief.regions],
            "position": str(brief.positions[0]),
            "positions": [str(position) for position in brief.positions],
            "needs": list(brief.needs),
            "floor": brief.floor,
            "level": str(brief.level),
            "seconds": seconds_json(self._lengths.of(brief.id)),
            "favorite": brief.id in self._favorites,
            "own": brief.own,
        }

    def _routine(self, routine: Routine) -> dict[str, Any]:
        return {
            "id": routine.id,
            "name": routine.name,
            "author": routine.author,
            "seconds": seconds_json(self._lengths.of(routine.id)),
            "stretches": len(routine.steps),
            "floor": self._floor(routine),
            "own": routine.own,
            "favorite": routine.id in self._favorites,
        }

    def _floor(self, routine: Routine) -> bool:
        briefs = (self._catalog.brief(step.stretch) for step in routine.steps)
        return any(brief.floor for brief in briefs if brief is not None)

    def write(self, found: Found, kind: str | None, paper: Paper, *, ranked: bool) -> None:
        """The lists as text, routines first; by id, unless they are `ranked` by fitness."""
        rows = [self._routine_row(one) for one in self._home_first(found, ranked)]
        if kind != "stretches":
            self._section("Routines" if kind is None else "", rows, paper)
        if kind is None and rows and found.stretches:
            paper.say()
        if kind != "routines":
            shown = [self._stretch_row(brief) for brief in self._own_first(found, ranked)]
            self._section("Stretches" if kind is None else "", shown, paper)

    def _section(self, title: str, rows: list[Row], paper: Paper) -> None:
        if not rows:
            return
        if title:
            paper.title(title)
        widest = max(len(row.id) for row in rows)
        longest = max(len(row.length) for row in rows)
        named = max(len(row.name) for row in rows)
        marked = any(row.floor for row in rows) and (not paper.terminal or paper.columns >= 72)
        for row in rows:
            mark = "★" if row.id in self._favorites else " "
            head = f"{mark} {row.id:<{widest}}  {row.length:>{longest}}"
            if marked:
                head += f"  {'floor' if row.floor else '':<5}"
            room = paper.columns - len(head) - 2
            tail = row.name
            if not paper.terminal or room >= named + 2 + LEAST_MORE:
                tail = f"{row.name:<{named}}  {row.more}"
            tail = paper.fit(tail, room) if room > 8 or not paper.terminal else ""
            paper.say(f"{head}  {tail}".rstrip())

    def _routine_row(self, routine: Routine) -> Row:
        length = self._lengths.words(routine.id)
        return Row(routine.id, length, self._floor(routine), routine.name, maker_words(routine))

    def _stretch_row(self, brief: Brief) -> Row:
        regions = ", ".join(region.label for region in brief.regions)
        length = self._lengths.words(brief.id)
        return Row(brief.id, length, brief.floor, brief.name, regions)
