"""A hill to breathe along: up for 0.4 of a breath, down for 0.6, over and over."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from stretch_tui.core.session.cues import INHALE
from stretch_tui.ui.marks import Marks

_WORDS = ("breathe in", "breathe out")


class BreathPacer(Widget):
    """Shows where in a breath the body is: the way so far is lit, one cell after the other."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"breath--lit", "breath--ahead", "breath--word"}
    DEFAULT_CSS = """
    BreathPacer {
        height: 2;
        width: 1fr;
        & > .breath--lit { color: $accent; }
        & > .breath--ahead { color: $faint; text-style: dim; }
        & > .breath--word { color: $foreground; }
    }
    """

    def __init__(self, marks: Marks, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._marks = marks
        self._phase: float | None = None

    @property
    def cells(self) -> int:
        """How many cells the hill is wide."""
        return max(0, min(24, self.size.width - len(_WORDS[1]) - 2))

    @property
    def word(self) -> str:
        """What the breath does now; empty while nothing is paced."""
        return "" if self._phase is None else _WORDS[self._phase >= INHALE]

    def show(self, phase: float | None) -> None:
        """Move to this part of a breath, 0 to 1; None clears the pacer."""
        before, word, lit = self._phase, self.word, self._lit()
        self._phase = phase
        if (before is None) != (phase is None) or self.word != word or self._lit() < lit:
            self.refresh()
        elif self._lit() != lit:
            self.refresh(Region(lit, 0, self._lit() - lit, self.size.height))

    def render_line(self, y: int) -> Strip:
        """One row of the hill; the lowest one says the word."""
        if self._phase is None:
            return Strip.blank(self.size.width, self.visual_style.rich_style)
        row = self._row(self.size.height - 1 - y)
        lit = self._lit()
        word = f"  {self.word}" if y == self.size.height - 1 else ""
        word = word.ljust(self.size.width - len(row))[: max(0, self.size.width - len(row))]
        return Strip(
            [
                Segment(row[:lit], self.get_component_rich_style("breath--lit")),
                Segment(row[lit:], self.get_component_rich_style("breath--ahead")),
                Segment(word, self.get_component_rich_style("breath--word")),
            ],
            self.size.width,
        )

    def _lit(self) -> int:
        return 0 if self._phase is None else min(self.cells, int(self._phase * self.cells) + 1)

    def _row(self, from_foot: int) -> str:
        """The hill's cells of one row, counted from the lowest."""
        levels = self._marks.levels
        heights = [_height((x + 0.5) / self.cells) * self.size.height for x in range(self.cells)]
        steps = [round((height - from_foot) * len(levels)) for height in heights]
        floor = 1 if from_foot == 0 else 0
        shown = [min(len(levels), max(floor, step)) for step in steps]
        return "".join(levels[step - 1] if step else " " for step in shown)


def _height(phase: float) -> float:
    """How full the lungs are at this part of a breath, 0 to 1."""
    part = phase / INHALE if phase < INHALE else (1 - phase) / (1 - INHALE)
    return part * part * (3 - 2 * part)
