"""Text as large as its place allows: the seconds of a hold, the word of the moment."""

from __future__ import annotations

from rich.segment import Segment
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from stretch_tui.ui.widgets.lettering import big


class BigText(Widget):
    """Draws one word or number in the largest letters that fit, repainting only what changed."""

    DEFAULT_CSS = """
    BigText {
        width: 1fr;
        height: 1fr;
        color: $accent;
        &.-quiet { color: $quiet; }
    }
    """

    def __init__(
        self, *, ascii_only: bool = False, id: str | None = None, classes: str | None = None
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._ascii = ascii_only
        self._text = ""
        self._lines: tuple[str, ...] = ()
        self.lean_right = False
        """Whether the letters stand at the right edge, as the right side of the body does."""

    @property
    def text(self) -> str:
        """What is drawn, as plain text."""
        return self._text

    def show(self, text: str) -> None:
        """Draw this text instead."""
        if text != self._text:
            self._text = text
            self._redraw()

    def on_resize(self) -> None:
        """Choose the letters anew for the new size."""
        self._lines = ()
        self._redraw()

    def render_line(self, y: int) -> Strip:
        """One row of the letters, in the middle of the height."""
        row = y - self._top(self._lines)
        text = self._lines[row] if 0 <= row < len(self._lines) else ""
        return Strip(
            [Segment(text or " " * self.size.width, self.visual_style.rich_style)], self.size.width
        )

    def _top(self, lines: tuple[str, ...]) -> int:
        return max(0, (self.size.height - len(lines)) // 2)

    def _redraw(self) -> None:
        """Swap the lines, and ask for a repaint of the columns that differ."""
        width, height = self.size
        if not width or not height:
            return
        before, self._lines = self._lines, self._drawn(width, height)
        if len(before) != len(self._lines):
            self.refresh()
            return
        rows = enumerate(zip(before, self._lines, strict=True), start=self._top(before))
        changed = [_difference(y, old, new) for y, (old, new) in rows if old != new]
        if changed:
            self.refresh(*changed)

    def _drawn(self, width: int, height: int) -> tuple[str, ...]:
        """The letters' rows, each as wide as the widget."""
        rows = big(self._text, width, height, self._ascii)
        return tuple(row.rjust(width) if self.lean_right else row.ljust(width) for row in rows)


def _difference(y: int, old: str, new: str) -> Region:
    """The cells of row `y` from the first that differs to the last."""
    differ = [x for x, (a, b) in enumerate(zip(old, new, strict=True)) if a != b]
    return Region(differ[0], y, differ[-1] - differ[0] + 1, 1)
