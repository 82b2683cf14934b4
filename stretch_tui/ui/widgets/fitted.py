"""Lines that are laid out for the width they get, and again whenever that changes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from stretch_tui.ui.theme import Marks
from stretch_tui.ui.widgets.drawn import Drawn, Line

Layout = Callable[[int, int], Sequence[Line]]
"""Makes lines for a width and a height in cells."""


class Fitted(Drawn):
    """Keeps how its lines are made, so that a resize lays them out anew by itself."""

    DEFAULT_CSS = """
    Fitted { height: auto; }
    """

    def __init__(self, marks: Marks, *, id: str | None = None) -> None:
        super().__init__(marks, id=id)
        self._layout_lines: Layout | None = None

    def fill(self, layout: Layout) -> None:
        """Draw these lines, laid out for the present size and for every later one."""
        self._layout_lines = layout
        self._fill()

    def on_resize(self) -> None:
        """Lay the lines out for the new size."""
        self._fill()

    def _fill(self) -> None:
        if self.size.width and self._layout_lines is not None:
            self.draw(self._layout_lines(self.size.width, self.size.height))
