"""Stands in for a screen on a terminal too small for it."""

from __future__ import annotations

from stretch_tui.ui.marks import Marks
from stretch_tui.ui.widgets.drawn import Drawn, Line, wrap

LEAST = (40, 12)
"""Columns and rows that every screen can do with."""


class SizeNote(Drawn):
    """Says how small the terminal is and what is needed; shows only when it is too small.

    A screen that holds one is hidden below 40x12, by the classes that the app's breakpoints set.
    """

    DEFAULT_CSS = """
    SizeNote { display: none; width: 1fr; height: 1fr; }
    """

    def __init__(self, marks: Marks) -> None:
        super().__init__(marks)

    def on_mount(self) -> None:
        """Let the screen be hidden when it has to be; a screen may begin with the class."""
        self.screen.add_class("-sized")

    def on_resize(self) -> None:
        """Say it for the new size."""
        columns, rows = self.size
        needed = f"{LEAST[0]}x{LEAST[1]}"
        words = f"this terminal is {columns}x{rows}; {needed} is needed"
        lines = wrap(words, max(1, columns))[:rows]
        above: list[Line] = [()] * ((rows - len(lines)) // 2)
        self.draw([*above, *(((line.center(columns), "quiet"),) for line in lines)])
