"""What the first screen lists: the catalog as rows under headings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from stretch_tui.core.content.catalog import Catalog
from stretch_tui.core.content.routine import Routine
from stretch_tui.core.content.stretch import Stretch
from stretch_tui.ui.widgets.item_list import Item, Row

FIRST = "desk-reset"
"""Where the cursor stands on the first day: a few minutes, no floor, nothing needed."""

CONTINUE, FAVORITES, ROUTINES, STRETCHES = "CONTINUE", "FAVORITES", "ROUTINES", "STRETCHES"
OWN, PUBLISHED = "YOUR ROUTINES", "PUBLISHED PROGRAMS"


@dataclass(frozen=True, slots=True)
class Shelf:
    """Everything the list is made from."""

    catalog: Catalog
    favorites: tuple[str, ...] = ()
    last: str = ""
    """The id of what was played last; empty on the first day."""
    resume: str = ""
    """What can be gone on with, in words; empty when nothing was interrupted."""

    def rows(
        self, routines: Iterable[str] | None = None, stretches: Iterable[str] | None = None
    ) -> list[Row]:
        """All rows, or those of the ids that a filter has left over, in its order."""
        catalog = self.catalog
        groups: list[list[Item]] = []
        if routines is None and stretches is None:
            groups += [list(self._continue()), list(self._favorites())]
        if routines is None:
            groups += self._routines()
        else:
            found_ones = [catalog.routines[one] for one in routines]
            groups.append([self._routine(ROUTINES, one) for one in found_ones])
        briefs = catalog.briefs() if stretches is None else map(catalog.brief, stretches)
        found = (one for one in briefs if one is not None)
        groups.append([self._item(STRETCHES, "stretch", one.id, one.name) for one in found])
        return _headed(groups)

    def start(self, rows: Iterable[Row]) -> Item | None:
        """Where the cursor stands at first: what was interrupted, a favorite, the first routine."""
        items = [row for row in rows if isinstance(row, Item)]
        for wanted in (_in(CONTINUE, "resume"), _in(FAVORITES), _in(CONTINUE), _with(FIRST)):
            if (found := next(filter(wanted, items), None)) is not None:
                return found
        return items[0] if items else None

    def thing(self, item: Item) -> Stretch | Routine | None:
        """What an item of the catalog stands for."""
        found = self.catalog.stretches if item.kind == "stretch" else self.catalog.routines
        return found.get(item.id)

    def _continue(self) -> Iterator[Item]:
        if self.resume:
            yield Item(CONTINUE, "", "resume", self.resume)
        if (routine := self.catalog.routine_for(self.last)) is not None:
            kind = "routine" if self.last in self.catalog.routines else "stretch"
            yield Item(CONTINUE, self.last, kind, f"Again: {routine.name}")

    def _favorites(self) -> Iterator[Item]:
        for number, item_id in enumerate(self.favorites, start=1):
            routine = self.catalog.routine_for(item_id)
            if routine is not None:
                kind = "routine" if item_id in self.catalog.routines else "stretch"
                yield Item(FAVORITES, item_id, kind, routine.name, favorite=True, number=number)

    def _routines(self) -> list[list[Item]]:
        """Own routines first, then ours, then the published programs; the first day's on top."""
        ordered = sorted(
            self.catalog.routines.values(), key=lambda one: (one.id != FIRST, one.name.casefold())
        )
        headed = [
            (OWN if one.own else PUBLISHED if one.author else ROUTINES, one) for one in ordered
        ]
        return [
            [self._routine(heading, one) for under, one in headed if under == heading]
            for heading in (OWN, ROUTINES, PUBLISHED)
        ]

    def _routine(self, section: str, one: Routine) -> Item:
        return self._item(section, "routine", one.id, one.name)

    def _item(self, section: str, kind: str, item_id: str, name: str) -> Item:
        return Item(section, item_id, kind, name, favorite=item_id in self.favorites)


def _headed(groups: Iterable[list[Item]]) -> list[Row]:
    """The groups with a heading each and a gap between them; empty ones are left out."""
    rows: list[Row] = []
    for group in groups:
        if group:
            rows += ["", group[0].section] if rows else [group[0].section]
            rows += group
    return rows


def _in(section: str, kind: str = "") -> Callable[[Item], bool]:
    return lambda item: item.section == section and kind in ("", item.kind)


def _with(item_id: str) -> Callable[[Item], bool]:
    return lambda item: item.id == item_id
