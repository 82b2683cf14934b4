"""What a filter leaves over, said in words, and what to drop when it leaves nothing."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from stretch_tui.core.content.catalog import Catalog
from stretch_tui.core.content.filter_line import parse
from stretch_tui.core.content.search import search
from stretch_tui.core.session.lengths import Lengths
from stretch_tui.ui.marks import Marks


@dataclass(frozen=True, slots=True)
class Left:
    """What a filter leaves of the catalog, best match first, and what to say of it."""

    routines: tuple[str, ...]
    stretches: tuple[str, ...]
    words: str
    """What was understood, and how many are left."""
    advice: tuple[str, ...] = ()
    """What to do when nothing is left."""
    dropped: str = ""
    """The filter without the word whose absence leaves most; empty when that doesn't help."""


@dataclass(frozen=True, slots=True)
class Finder:
    """Filters one catalog."""

    catalog: Catalog
    lengths: Lengths
    marks: Marks

    def find(self, text: str, favorites: Collection[str]) -> Left | None:
        """What the filter leaves over; None for an empty filter."""
        line = parse(text)
        if not line.terms:
            return None
        found = search(self.catalog, line, seconds=self.lengths.of, favorites=favorites)
        understood = line.understood.replace(" · ", f" {self.marks.dot} ")
        words = f"{found.count or 'none'} found {self.marks.dot} {understood}"
        if found.count:
            return Left(found.routines, found.stretches, words)
        term = next((one for one in line.terms if one.typed == found.drop), None)
        if term is None:
            return Left((), (), words, ("Nothing fits that.", "esc drops the filter."))
        others = line.without(term)
        advice = (
            "Nothing matches all of that.",
            f"Enter drops “{term.meaning.strip('“”')}” and leaves {found.left}.",
        )
        return Left((), (), words, advice, str(others))
