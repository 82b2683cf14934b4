"""Takes cells of a screen as pieces that can be written to a terminal before there is an app."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from textual.geometry import Region

from stretch_tui.ui.services import FramePiece
from stretch_tui.ui.terminal.pen import Pen
from stretch_tui.ui.terminal.shadow import cells_of

if TYPE_CHECKING:
    from rich.color import ColorSystem
    from textual.screen import Screen


def taken(
    screen: Screen[Any], regions: Iterable[Region], system: ColorSystem
) -> tuple[str, list[FramePiece]]:
    """The code of the screen's background, and what it shows in these regions."""
    strips = screen._compositor.render_strips()  # noqa: SLF001 - nothing public has its cells
    rows = [cells_of(strip, system) for strip in strips]
    pen = Pen(screen.size.width)
    back = rows[-1][-1][1][2]
    pieces = [
        (piece.y, piece.x, piece.codes, piece.text)
        for region in regions
        for y in region.intersection(screen.size.region).line_range
        for piece in pen.pieces(region.x, y, rows[y][region.x : region.right])
    ]
    pieces.sort(key=lambda piece: piece[2])  # a color costs more to say than a place
    return back, pieces
