"""Sends a terminal only the cells that differ from what it already shows.

Textual repaints every cell of a widget's changed rows, most of them as they were. The shadow
remembers the cells last sent and passes on only the runs that differ, each after one cursor move,
with only the parts of the style that change: a key in a list then costs hundreds of bytes instead
of thousands, which is what a far or slow terminal feels.

It reads two structures of Textual's private compositor. `understood` checks that they are what it
knows, and whenever anything is not, updates pass through untouched.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from rich.cells import cell_len, get_character_cell_size
from rich.color import ColorSystem
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate

from stretch_tui.ui.terminal.pen import Cell, Codes, Pen, Piece, bare, codes_of

if TYPE_CHECKING:
    from rich.console import Console
    from rich.segment import Segment
    from textual.strip import Strip

    from stretch_tui.ui.services import FramePiece

BRIDGE = 5
"""Equal cells between two changed ones that are cheaper to send again than a cursor move."""

KNOWN = (
    (LayoutUpdate.__init__, ("self", "strips", "region")),
    (ChopsUpdate.__init__, ("self", "chops", "spans", "chop_ends")),
    (LayoutUpdate.render_segments, ("self", "console")),
    (ChopsUpdate.render_segments, ("self", "console")),
)
"""The methods it depends on, with the arguments it knows them by."""


def understood() -> bool:
    """Whether this Textual's compositor is the one that the shadow knows."""
    return all(
        method.__code__.co_varnames[: method.__code__.co_argcount] == names
        for method, names in KNOWN
    )


_Row = tuple[int, int, list[Cell]]
"""A column, a row, and the cells from there on."""


class Shadow:
    """The cells that the terminal shows, as far as they are known."""

    def __init__(self) -> None:
        self._rows: list[list[Cell | None]] = []
        self._size = (0, 0)
        self.active = understood()
        """Whether updates are thinned out; False for good once anything was unexpected."""

    def forget(self) -> None:
        """Assume nothing of what the terminal shows: it was resized, or another program drew."""
        self._size = (0, 0)

    def seed(self, size: tuple[int, int], pieces: Iterable[FramePiece]) -> None:
        """Begin with what was written to the terminal before there was an app."""
        self._size = size
        self._rows = [[None] * size[0] for _ in range(size[1])]
        for y, x, codes, text in pieces:
            cells: list[Cell] = []
            _append_wide(cells, text, codes)
            self._rows[y][x : x + len(cells)] = cells

    def wrap(self, update: CompositorUpdate, size: tuple[int, int]) -> CompositorUpdate:
        """The update, thinned out as it is rendered; `size` is the terminal's now."""
        if self.active and isinstance(update, (LayoutUpdate, ChopsUpdate)):
            return _Thinned(self, update, size)
        self.forget()
        return update

    def render(
        self, update: LayoutUpdate | ChopsUpdate, size: tuple[int, int], console: Console
    ) -> str:
        """The escape sequences that bring the terminal from what it shows to the update."""
        system = console._color_system or ColorSystem.TRUECOLOR  # noqa: SLF001
        if isinstance(update, LayoutUpdate):
            rows = list(_layout_cells(update, system))
        else:
            rows = list(_chops(update, system))
        if size != self._size:
            self._size = size
            self._rows = [[None] * size[0] for _ in range(size[1])]
        pen = Pen(size[0])
        for x, y, cells in rows:
            if y >= size[1] or x + len(cells) > size[0]:
                # Drawn for another size: a resize is on its way, and what a terminal makes of
                # cells beyond its edge cannot be known.
                self.forget()
                return update.render_segments(console)
            self._send_row(x, y, cells, pen)
        return pen.finish()

    def _send_row(self, x: int, y: int, cells: list[Cell], pen: Pen) -> None:
        shown = self._rows[y]
        before = shown[x : x + len(cells)]
        pieces: list[Piece] = []
        for start, end in _runs(before, cells):
            pieces += pen.pieces(x + start, y, cells[start:end])
        pen.row(pieces)
        shown[x : x + len(cells)] = cells


class _Thinned(CompositorUpdate):
    """An update that is compared with the shadow when, and only when, it is sent."""

    def __init__(
        self, shadow: Shadow, update: LayoutUpdate | ChopsUpdate, size: tuple[int, int]
    ) -> None:
        self._shadow = shadow
        self._update = update
        self._size = size

    def render_segments(self, console: Console) -> str:
        """What differs from the terminal; everything, once the compositor is not understood."""
        try:
            return self._shadow.render(self._update, self._size, console)
        except (AttributeError, IndexError, KeyError, TypeError, ValueError):
            # The compositor's private structures are not as known: step aside for good.
            self._shadow.active = False
            return self._update.render_segments(console)


def _runs(before: list[Cell | None], after: list[Cell]) -> Iterator[tuple[int, int]]:
    """Start and end of every run that differs, short equal gaps included, wide cells whole."""
    changed = [i for i, (old, new) in enumerate(zip(before, after, strict=True)) if old != new]
    if not changed:
        return
    start = end = changed[0]
    for index in changed:
        gap = index - end
        if gap > BRIDGE or (gap > 1 and not _one_style(after[end:index])):
            yield _whole(before, after, start, end + 1)
            start = index
        end = index
    yield _whole(before, after, start, end + 1)


def _one_style(cells: list[Cell]) -> bool:
    """Whether cells can be written again without changing the color."""
    return all(cell[0] == " " or cell[1] == cells[0][1] for cell in cells)


def _whole(before: list[Cell | None], after: list[Cell], start: int, end: int) -> tuple[int, int]:
    """The run grown so that no wide character, shown or new, is written by half."""
    while start > 0 and (after[start][0] == "" or (before[start] or ("x",))[0] == ""):
        start -= 1
    while end < len(after) and (after[end][0] == "" or (before[end] or ("x",))[0] == ""):
        end += 1
    return start, end


def _layout_cells(update: LayoutUpdate, system: ColorSystem) -> Iterator[_Row]:
    for y, strips in enumerate(update.strips, update.region.y):
        yield update.region.x, y, [cell for strip in strips for cell in cells_of(strip, system)]


def _chops(update: ChopsUpdate, system: ColorSystem) -> Iterator[_Row]:
    """The same pieces that the update itself would write."""
    for y, x1, x2 in update.spans:
        pieces: list[tuple[int, Strip]] = []
        for end, (x, strip) in zip(update.chop_ends[y], update.chops[y].items(), strict=False):
            if strip is None or x > x2 or end <= x1:
                continue
            whole = x2 > x >= x1 and end <= x2
            pieces.append((x, strip if whole else strip.crop(0, min(end, x2) - x)))
        yield from _joined(pieces, y, system)


def _joined(pieces: Iterable[tuple[int, Strip]], y: int, system: ColorSystem) -> Iterator[_Row]:
    """Pieces of a row that touch, as one."""
    start, row = 0, list[Cell]()
    for x, strip in pieces:
        if row and x != start + len(row):
            yield start, y, row
            row = []
        if not row:
            start = x
        row = [*row, *cells_of(strip, system)]
    if row:
        yield start, y, row


def cells_of(strip: Iterable[Segment], system: ColorSystem) -> list[Cell]:
    """A strip, cell by cell."""
    cells: list[Cell] = []
    for text, style, control in strip:
        if control:
            continue
        codes = codes_of(style, system)
        if text.isspace():
            cells += [(" ", bare(codes))] * cell_len(text)
        elif text.isascii() or cell_len(text) == len(text):
            blank = (" ", bare(codes))
            cells += [(one, codes) if one != " " else blank for one in text]
        else:
            _append_wide(cells, text, codes)
    return cells


def _append_wide(cells: list[Cell], text: str, codes: Codes) -> None:
    """Characters of two cells take an empty second cell; those of none join the one before."""
    for character in text:
        size = get_character_cell_size(character)
        if size == 0 and cells:
            at = len(cells) - 1
            while at > 0 and cells[at][0] == "":
                at -= 1
            cells[at] = (cells[at][0] + character, cells[at][1])
        elif size:
            cells.append((character, bare(codes) if character == " " else codes))
            cells += [("", codes)] * (size - 1)
