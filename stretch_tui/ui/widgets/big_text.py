"""Text as large as its place allows: the seconds of a hold, the word of the moment."""

from __future__ import annotations

from rich.segment import Segment
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from stretch_tui.ui.lettering import big


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
        padded = text.ljust(self.size.width)[: self.size.width]
        return Strip([Segment(padded, self.rich_style)], self.size.width)

    def _top(self, lines: tuple[str, ...]) -> int:
        return max(0, (self.size.height - len(lines)) // 2)

    def _redraw(self) -> None:
        """Swap the lines, and ask for a repaint of the columns that differ."""
        width, height = self.size
        if not width or not height:
            return
        before, self._lines = self._lines, big(self._text, width, height, self._ascii)
        if len(before) != len(self._lines):
            self.refresh()
            return
        pairs = [(a.ljust(width), b.ljust(width)) for a, b in zip(before, self._lines, strict=True)]
        changed = [x for x in range(width) if any(a[x] != b[x] for a, b in pairs)]
        if changed:
            left, right = changed[0], changed[-1] + 1
            self.refresh(Region(left, self._top(self._lines), right - left, len(self._lines)))
