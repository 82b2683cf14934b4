"""A bar that fills: the whole session, or the hold of the moment."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from stretch_tui.ui.marks import Marks


class FillBar(Widget):
    """One row that fills from the left by parts of a cell, repainting only what changed."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"bar--done", "bar--rest"}
    DEFAULT_CSS = """
    FillBar {
        height: 1;
        width: 1fr;
        & > .bar--done { color: $accent; }
        & > .bar--rest { color: $faint; }
        &.-quiet > .bar--done, &.-thin > .bar--done { color: $quiet; }
    }
    """

    def __init__(
        self, marks: Marks, *, thin: bool = False, coarse: bool = False, id: str | None = None
    ) -> None:
        """A thin bar is a quiet line, for what is only glanced at; a coarse one has whole cells."""
        super().__init__(id=id, classes="-thin" if thin else "")
        full, parts, rest = marks.bar, marks.bar_eighths, marks.bar_rest
        if thin:
            full, parts, rest = ("=", "  ", "-") if marks.border == "ascii" else ("━", " ╸", "─")
        self._full, self._parts, self._rest = full, " " if coarse else parts, rest
        self._fraction = 0.0
        self._notches: tuple[float, ...] = ()
        self._drawn = ""

    def show(self, fraction: float) -> None:
        """Fill this much of it, 0 to 1."""
        self._fraction = min(1.0, max(0.0, fraction))
        self._redraw()

    def divide(self, notches: tuple[float, ...]) -> None:
        """Leave a gap at each of these fractions, where one stretch ends and the next begins."""
        self._notches = notches
        self._redraw()

    def on_resize(self) -> None:
        """Fill the new width."""
        self._drawn = ""
        self._redraw()

    def render_line(self, y: int) -> Strip:  # noqa: ARG002
        """The bar as it is now."""
        width = self.size.width
        cells = self._cells(width)
        edge = len(cells.rstrip(self._rest)) if self._fraction < 1 else width
        done = self.get_component_rich_style("bar--done")
        rest = self.get_component_rich_style("bar--rest")
        return Strip([Segment(cells[:edge], done), Segment(cells[edge:], rest)], width)

    def _cells(self, width: int) -> str:
        """Full cells, one cell in part, and the rest; a gap at each notch."""
        whole, part = divmod(
            int(self._fraction * width * len(self._parts) + 1e-6), len(self._parts)
        )
        filled = self._full * whole + self._parts[part].strip()
        cells = list(filled.ljust(width, self._rest)[:width])
        for notch in self._notches:
            at = round(notch * width)
            if 0 < at < width - 1:
                cells[at] = " "
        return "".join(cells)

    def _redraw(self) -> None:
        width = self.size.width
        if not width:
            return
        before, self._drawn = self._drawn, self._cells(width)
        if len(before) != width:
            self.refresh()
            return
        changed = [x for x in range(width) if before[x] != self._drawn[x]]
        if changed:
            self.refresh(Region(changed[0], 0, changed[-1] - changed[0] + 1, 1))
