"""A screen that stands over another one, which shows through it dimmed."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.renderables.background_screen import BackgroundScreen
from textual.screen import ModalScreen, ScreenResultType
from textual.strip import Strip
from textual.style import Style as VisualStyle
from textual.visual import Visual

if TYPE_CHECKING:
    from textual.screen import Screen


class Overlay(ModalScreen[ScreenResultType]):
    """The base of every dialog: a pane in the middle, the screen below dimmed around it."""

    DEFAULT_CSS = """
    Overlay {
        align: center middle;
        background: $background 60%;
        & Drawn { background: $surface; }
    }
    """

    def render(self) -> Any:
        """The screen below, as Textual dims it, in two thirds of the time."""
        shown = super().render()
        return Dimmed(shown.screen, shown.color) if isinstance(shown, BackgroundScreen) else shown


class Dimmed(Visual):
    """The cells of a screen under a veil of a color, each style worked out once."""

    def __init__(self, screen: Screen[Any], veil: Color) -> None:
        self._screen = screen
        self._veil = veil

    def render_strips(
        self, _width: int, height: int | None, style: VisualStyle, _options: object
    ) -> list[Strip]:
        """All lines of the screen, dimmed."""
        veil, base = self._veil, style.rich_style
        strips = self._screen._compositor.render_strips()  # noqa: SLF001 - as Textual's own does
        return [
            Strip(
                [
                    Segment(text, _dimmed(style, veil, base))
                    for text, style, control in strip
                    if not control
                ],
                strip.cell_length,
            )
            for strip in strips[:height]
        ]

    def get_optimal_width(self, _rules: object, container_width: int) -> int:
        """As wide as there is room."""
        return container_width

    def get_height(self, _rules: object, _width: int) -> int:
        """As high as the screen."""
        return self._screen.size.height


@lru_cache(maxsize=512)
def _dimmed(style: Style | None, veil: Color, base: Style) -> Style:
    """The style under the veil, on what the widget itself is drawn in."""
    (found,) = BackgroundScreen.process_segments([Segment("", style)], veil)
    return base + found.style
