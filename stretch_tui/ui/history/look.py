"""What the lines of the progress screen are drawn with: settings, marks, names, bars."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from stretch_tui.core.settings import Settings
from stretch_tui.ui.marks import Marks
from stretch_tui.ui.widgets.drawn import thin_bar


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
        """A thin bar of at most so many cells."""
        return thin_bar(fraction, cells, self.marks)

    def levels(self, values: list[float], most: float) -> str:
        """Values as a row of heights, or as digits where there are no heights to draw with."""
        if self.plain:
            return "".join(str(round(value)) for value in values)
        steps = self.marks.levels
        top = len(steps) - 1
        return "".join(steps[min(top, round(value / most * top))] for value in values)
