"""What the lines of the progress screen are drawn with: settings, marks, names, bars."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from stretch_tui.core.settings import Settings
from stretch_tui.ui.marks import Marks


@dataclass(frozen=True, slots=True)
class Signs:
    """The glyphs of days and weeks, in Unicode or ASCII, each a single cell."""

    counts: str
    short: str
    empty: str
    paused: str
    today: str
    token: str
    kept: str


@dataclass(frozen=True, slots=True)
class Look:
    """How the log is shown."""

    settings: Settings
    marks: Marks
    names: Mapping[str, str]
    """What stretches are called, by id."""

    @property
    def plain(self) -> bool:
        """Whether there is nothing but ASCII to draw with."""
        return self.marks.border == "ascii"

    @property
    def signs(self) -> Signs:
        """The glyphs that go with the marks."""
        if self.plain:
            return Signs("#", "o", ".", "=", "?", "%", "+")
        return Signs("●", "◦", "·", "–", "○", "◆", "✓")

    def bar(self, fraction: float, cells: int) -> str:
        """A thin bar of at most so many cells, to half a cell where there is a glyph for it.

        Full blocks would run into each other from row to row.
        """
        halves = max(round(fraction * cells * 2), 1 if fraction > 0 else 0)
        if self.plain:
            return "=" * ((halves + 1) // 2)
        return "\u2501" * (halves // 2) + "\u2578" * (halves % 2)

    def levels(self, values: list[float], most: float) -> str:
        """Values as a row of heights, or as digits where there are no heights to draw with."""
        if self.plain:
            return "".join(str(round(value)) for value in values)
        steps = self.marks.levels
        top = len(steps) - 1
        return "".join(steps[min(top, round(value / most * top))] for value in values)
