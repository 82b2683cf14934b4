"""A widget that draws its own lines: the one way text of ours and of the user's gets on screen.

Text is never read as markup here, and no control or direction character passes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from rich.color import Color as RichColor
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.color import Color
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from stretch_tui.ui.marks import Marks, to_ascii

Span = tuple[str, str]
"""Text, and the ink it is written in: a name of `Drawn.INKS`, or empty for the widget's own."""
Line = tuple[Span, ...]

_HARMFUL = dict.fromkeys(
    (
        *(*range(0x20), *range(0x7F, 0xA0)),
        *(0x061C, 0x200E, 0x200F, 0x2028, 0x2029, 0xFEFF),
        *(*range(0x202A, 0x202F), *range(0x2066, 0x206A), *range(0xD800, 0xE000)),
    ),
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


def hanging(lead: str, lead_ink: str, text: str, ink: str, width: int) -> list[Line]:
    """A paragraph whose first line begins with a mark, and whose others are set in under it."""
    indent = cell_len(lead)
    return [
        ((lead if number == 0 else " " * indent, lead_ink), (line, ink))
        for number, line in enumerate(wrap(text, max(8, width - indent)))
    ]


def thin_bar(fraction: float, cells: int, marks: Marks, *, leftward: bool = False) -> str:
    """A thin bar of at most so many cells, to half a cell where there is a glyph for it.

    Full blocks would run into each other from row to row.
    """
    halves = round(fraction * cells * 2)
    if fraction > 0:
        halves = max(1, halves)
    if marks.border == "ascii":
        return "=" * ((halves + 1) // 2)
    whole, half = "\u2501" * (halves // 2), halves % 2
    return "\u257a" * half + whole if leftward else whole + "\u2578" * half


@dataclass(frozen=True, slots=True)
class Ink:
    """What a span is written in: names of theme variables, empty for the widget's own."""

    color: str = ""
    back: str = ""
    bold: bool = False


class Drawn(Widget):
    """Draws lines of spans, and repaints only the lines that changed.

    Inks come straight from the theme's variables. Component classes would do the same, but each
    is one more node that every change of style has to match against every rule.
    """

    INKS: ClassVar[Mapping[str, Ink]] = {
        "accent": Ink("accent"),
        "quiet": Ink("quiet"),
        "faint": Ink("faint"),
        "strong": Ink("strong", bold=True),
        "warning": Ink("warning"),
        "cursor": Ink("strong", "cursor-back", bold=True),
        "cursor-accent": Ink("accent", "cursor-back"),
        "cursor-quiet": Ink("quiet", "cursor-back"),
        "resting": Ink(back="resting-back"),
        "resting-accent": Ink("accent", "resting-back"),
        "resting-quiet": Ink("quiet", "resting-back"),
    }

    DEFAULT_CSS = """
    Drawn { height: auto; }
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
        return _line(self.lines, y)

    def render_line(self, y: int) -> Strip:
        """One row as Textual wants it, padded to the widget's width."""
        base = self.visual_style.rich_style
        segments: list[Segment] = []
        for text, ink in self.line_at(y):
            shown = harmless(text)
            style = self.ink_style(ink, base) if ink else base
            segments.append(Segment(to_ascii(shown) if self._plain else shown, style))
        return Strip(segments).adjust_cell_length(self.size.width, base)

    def ink_style(self, name: str, base: Style) -> Style:
        """The style of an ink on the widget's own background."""
        key = (name, self.app.theme, base)
        if (found := _STYLES.get(key)) is None:
            ink, variables = self.INKS[name], self.app.theme_variables
            found = _STYLES[key] = base + Style(
                color=_rich(variables.get(ink.color)),
                bgcolor=_rich(variables.get(ink.back)),
                bold=ink.bold or None,
            )
        return found

    def on_focus(self, event: events.Focus) -> None:
        """Take the focus as any widget does, but without being painted anew for it."""
        event.prevent_default()
        self.has_focus = True
        if self.parent is not None:
            self.parent.post_message(events.DescendantFocus(self))

    def on_blur(self, event: events.Blur) -> None:
        """Lose the focus, as quietly."""
        event.prevent_default()
        self.has_focus = False
        if self.parent is not None:
            self.parent.post_message(events.DescendantBlur(self))

    def watch_has_focus(self, _has_focus: bool) -> None:
        """Do nothing: no style goes by the focus, and what is drawn by it is repainted by name."""

    def get_content_height(self, _container: object, _viewport: object, _width: int) -> int:
        """As many rows as there are lines."""
        return max(1, len(self._lines))


_STYLES: dict[tuple[str, str, Style], Style] = {}
"""Styles that inks came out as, by ink, theme and what they are written on."""


def _rich(value: str | None) -> RichColor | None:
    """A theme variable as the color it names; None when the theme doesn't have it."""
    return Color.parse(value).rich_color if value else None


def _line(lines: Sequence[Line], y: int) -> Line:
    return lines[y] if y < len(lines) else ()
