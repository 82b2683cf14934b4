"""Lines that are laid out for the width they get, and again whenever that changes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.geometry import Size

from stretch_tui.ui.marks import Marks
from stretch_tui.ui.widgets.drawn import Drawn, Line

Layout = Callable[[int, int], Sequence[Line]]
"""Makes lines for a width and a height in cells."""


class Fitted(Drawn):
    """Keeps how its lines are made, so that a resize lays them out anew by itself.

    A widget learns of its new size after it was drawn with it. Where the size is given and not
    taken from the lines, they are laid out as they are drawn: the first frame is a whole one.
    """

    def __init__(self, marks: Marks, *, id: str | None = None) -> None:
        super().__init__(marks, id=id)
        self._layout_lines: Layout | None = None
        self._laid_out_for = Size(0, 0)

    def fill(self, layout: Layout) -> None:
        """Draw these lines, laid out for the present size and for every later one."""
        self._layout_lines = layout
        self._laid_out_for = Size(0, 0)  # out of sight it has no size, and none to be laid out for
        self._lay_out()

    def on_resize(self) -> None:
        """Lay the lines out for the new size."""
        if self._laid_out_for != self.size:
            self._lay_out()

    @property
    def lines(self) -> tuple[Line, ...]:
        """What is drawn, laid out for the size at hand."""
        if self._laid_out_for != self.size and not self.styles.is_auto_height:
            self._lines = self._made()
        return self._lines

    def _lay_out(self) -> None:
        if self.size.width and self._layout_lines is not None:
            self.draw(self._made())

    def _made(self) -> tuple[Line, ...]:
        self._laid_out_for = self.size
        if self._layout_lines is None:
            return self._lines
        return tuple(self._layout_lines(self.size.width, self.size.height))
