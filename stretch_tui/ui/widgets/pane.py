"""The framed pane of everything that stands over a screen."""

from __future__ import annotations

from rich.cells import cell_len
from textual.binding import Binding
from textual.containers import Vertical

from stretch_tui.ui.marks import Marks
from stretch_tui.ui.widgets.drawn import Line, Span

HELP = Binding("question_mark,shift+slash,f1", "app.help", "Help", show=False, id="dialog.help")
"""For every screen that has a pane: over a screen of its own the app's keys do nothing."""


class Pane(Vertical):
    """Stands out by its frame, also where there are no colors to stand out by."""

    DEFAULT_CSS = """
    Pane {
        border: round $faint;
        padding: 0 2;
        background: $surface;
        &.-ascii { border: ascii $quiet; }
    }
    .-tight Pane, .-tight Pane.-ascii { border: none; padding: 0 2; }
    .-too-flat Pane, .-too-flat Pane.-ascii { border: none; padding: 0 2; }
    .-too-narrow Pane, .-too-narrow Pane.-ascii { border: none; padding: 0; }
    """
    SCOPED_CSS = False  # a terminal of few lines has none to spare: the screen's class decides

    FRAME = 3
    """Columns that frame and padding take on each side."""

    def __init__(self, marks: Marks) -> None:
        super().__init__(classes="-ascii" if marks.border == "ascii" else "")


def keys_line(*keys: tuple[str, str], gap: int = 5) -> Line:
    """The last line of a pane: each key that answers, and what it does."""
    line: list[Span] = []
    for key, words in keys:
        between = " " * gap if (key, words) != keys[-1] else ""
        line += [(key, "accent"), (f" {words}{between}", "quiet")]
    return tuple(line)


def folded(line: Line, width: int) -> list[Line]:
    """The keys of a line, below each other where they do not fit beside each other."""
    if sum(cell_len(text) for text, _ in line) <= width:
        return [line]
    pairs = zip(line[::2], line[1::2], strict=True)
    return [(key, (words.rstrip(), ink)) for key, (words, ink) in pairs]
