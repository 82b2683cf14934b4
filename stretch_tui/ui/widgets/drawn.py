"""A widget that draws its own lines: the one way text of ours and of the user's gets on screen.

Text is never read as markup here, and no control or direction character passes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from stretch_tui.ui.theme import Marks, to_ascii

Span = tuple[str, str]
"""Text, and the ink it is written in: a name of `Drawn.INKS`, or empty for the widget's own."""
Line = tuple[Span, ...]

_HARMFUL = dict.fromkeys(
    [*range(0x20), *range(0x7F, 0xA0), 0x061C, 0x200E, 0x200F, 0x2028, 0x2029]
    + [*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF, *range(0xD800, 0xE000)],
    " ",
)


def harmless(text: str) -> str:
    """The text without anything that could move a cursor, start an escape or turn direction."""
    return text if text.isascii() and text.isprintable() else text.translate(_HARMFUL)


def fit(text: str, width: int, marks: Marks) -> str:
    """The text in exactly `width` cells: padded, or cut with an ellipsis at its end."""
    text = harmless(text)
    if cell_len(text) <= width:
        return set_cell_size(text, width)
    return set_cell_size(text, width - 1) + marks.ellipsis if width > 0 else ""


def wrap(text: str, width: int) -> list[str]:
    """The text in lines of at most `width` cells, broken between words where that can be."""
    lines: list[str] = []
    line = ""
    for word in harmless(text).split():
        rest = word
        while cell_len(rest) > width > 0:
            if line:
                lines.append(line)
                line = ""
            piece = set_cell_size(rest, width).rstrip()
            lines.append(piece)
            rest = rest[len(piece) :]
        if line and cell_len(line) + 1 + cell_len(rest) > width:
            lines.append(line)
            line = rest
        else:
            line = f"{line} {rest}".strip()
    return [*lines, line] if line else lines


def justified(left: str, right: str, width: int, marks: Marks) -> tuple[str, str]:
    """Two texts that share a line: the left one padded or cut so that the right one ends it."""
    right = harmless(right)
    return fit(left, max(0, width - cell_len(right)), marks), right


class Drawn(Widget):
    """Draws lines of spans, and repaints only the lines that changed."""

    INKS: ClassVar[tuple[str, ...]] = ("accent", "quiet", "faint", "strong", "cursor", "warning")

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "ink--accent",
        "ink--quiet",
        "ink--faint",
        "ink--strong",
        "ink--warning",
        "ink--cursor",
        "ink--cursor-accent",
        "ink--cursor-quiet",
    }

    DEFAULT_CSS = """
    Drawn {
        height: auto;
        & > .ink--accent { color: $accent; }
        & > .ink--quiet { color: $quiet; }
        & > .ink--faint { color: $faint; }
        & > .ink--strong { color: $strong; text-style: bold; }
        & > .ink--warning { color: $warning; }
        & > .ink--cursor { background: $cursor-back; color: $strong; text-style: bold; }
        & > .ink--cursor-accent { background: $cursor-back; color: $accent; }
        & > .ink--cursor-quiet { background: $cursor-back; color: $quiet; }
    }
    """

    def __init__(self, marks: Marks, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes, markup=False)
        self.marks = marks
        self._lines: tuple[Line, ...] = ()
        self._plain = marks.border == "ascii"

    @property
    def lines(self) -> tuple[Line, ...]:
        """What is drawn."""
        return self._lines

    @property
    def text(self) -> str:
        """What is drawn, without its inks."""
        return "\n".join("".join(text for text, _ in line).rstrip() for line in self._lines)

    def draw(self, lines: Sequence[Line]) -> None:
        """Draw these lines from the top; what is below them is empty."""
        before, self._lines = self._lines, tuple(lines)
        if len(before) != len(self._lines) and self.styles.is_auto_height:
            self.refresh(layout=True)
            return
        longest = max(len(before), len(self._lines))
        changed = [y for y in range(longest) if _line(before, y) != _line(self._lines, y)]
        self.repaint_lines(changed)

    def repaint_lines(self, rows: Sequence[int]) -> None:
        """Repaint these rows of the content, if they are on screen."""
        width = self.size.width
        regions = [Region(0, y, width, 1) for y in rows if y < self.size.height]
        if regions and width:
            self.refresh(*regions)

    def line_at(self, y: int) -> Line:
        """The line to draw in row `y` of the content; subclasses with many lines make it here."""
        return _line(self._lines, y)

    def render_line(self, y: int) -> Strip:
        """One row as Textual wants it, padded to the widget's width."""
        base = self.rich_style
        segments: list[Segment] = []
        for text, ink in self.line_at(y):
            style = self.get_component_rich_style(f"ink--{ink}") if ink else base
            shown = harmless(text)
            segments.append(Segment(to_ascii(shown) if self._plain else shown, style))
        return Strip(segments).adjust_cell_length(self.size.width, base)

    def get_content_height(self, container: object, viewport: object, width: int) -> int:
        """As many rows as there are lines."""
        return max(1, len(self._lines))


def _line(lines: Sequence[Line], y: int) -> Line:
    return lines[y] if y < len(lines) else ()
