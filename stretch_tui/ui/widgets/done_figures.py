"""The figures of what was done, side by side, each with its name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.containers import Horizontal, Vertical

from stretch_tui.ui.marks import Marks
from stretch_tui.ui.widgets.drawn import fit
from stretch_tui.ui.widgets.figure_pane import FigurePane
from stretch_tui.ui.widgets.fitted import Fitted

if TYPE_CHECKING:
    from stretch_tui.ui.services import Figures

LEAST_WIDTH, LEAST_HEIGHT = 22, 8
"""A figure in fewer cells says nothing."""
MOST = 4


@dataclass(frozen=True, slots=True)
class Done:
    """One stretch of the session that is over."""

    name: str
    poses: tuple[str, ...]
    """Its key poses; the last is what it looks like."""
    seconds: float


class DoneFigures(Horizontal):
    """As many as have room, those that got most, in the order in which they were played."""

    DEFAULT_CSS = """
    DoneFigures {
        width: 1fr;
        height: 1fr;
        & > Vertical { width: 1fr; height: 1fr; margin-left: 1; }
        & FigurePane { height: 1fr; }
        & Fitted { height: 1; }
    }
    """

    def __init__(
        self,
        figures: Figures,
        marks: Marks,
        clock: Callable[[], float],
        *,
        style: str,
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self._figures = figures
        self._marks = marks
        self._clock = clock
        self._style = style
        self._done: tuple[Done, ...] = ()
        self._shown: tuple[Done, ...] = ()

    def show(self, done: Sequence[Done]) -> None:
        """Show these stretches."""
        self._done = tuple(done)
        self._fill()

    def on_resize(self) -> None:
        """Show as many as the new size has room for."""
        self._fill()

    def _fill(self) -> None:
        chosen = self._chosen()
        if chosen == self._shown:
            return
        self._shown = chosen
        self.remove_children()
        self.mount(*(self._slot(one) for one in chosen))

    def _chosen(self) -> tuple[Done, ...]:
        width, height = self.size
        if width < LEAST_WIDTH or height <= LEAST_HEIGHT:
            return ()
        room = min(MOST, width // max(LEAST_WIDTH, round(1.5 * height)) or 1)
        most = sorted(self._done, key=lambda one: -one.seconds)[:room]
        return tuple(one for one in self._done if one in most)

    def _slot(self, done: Done) -> Vertical:
        figure = FigurePane(self._figures, self._marks, self._clock, style=self._style, fps=0)
        figure.show(done.poses, at=len(done.poses) - 1)
        caption = Fitted(self._marks)
        caption.fill(lambda width, _: [((self._caption(done.name, width), "quiet"),)])
        return Vertical(figure, caption)

    def _caption(self, name: str, width: int) -> str:
        return fit(name, width, self._marks).strip().center(width)
