"""Bit rasterizing: a plane of pixels is one int, row after row, the leftmost pixel highest.

Whole planes are combined, grown and eroded by a few operations on one large number each, which
Python does at the speed of C. Some unused bits part the rows, so that shifting a plane sideways
never carries a pixel into the row beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from itertools import pairwise
from math import hypot

from stretch_tui.figure.spans import FAR, Disc, disc_rows, edge, hull, slope

Plane = int
"""One bit a pixel of the whole pane."""

GROW_MOST = 3
"""Pixels by which a plane can be grown, limited by the bits between rows."""


class Grid:
    """The sub-grid of one pane, four by eight pixels a cell."""

    __slots__ = (
        "_cell",
        "_first_rows",
        "_frame",
        "_last_row",
        "_ones",
        "_row_bytes",
        "columns",
        "from_left",
        "height",
        "lines",
        "stride",
        "to_right",
        "whole",
        "width",
    )

    def __init__(self, columns: int, lines: int) -> None:
        """Size the grid for a pane of so many columns and lines."""
        self.columns, self.lines = columns, lines
        self.width, self.height = columns * 4, lines * 8
        self._row_bytes = (self.width + GROW_MOST + 1 + 7) // 8
        self.stride = self._row_bytes * 8
        spare = self.stride - self.width
        row = ((1 << self.width) - 1) << spare
        every = self._repeated(1, self.height)
        self.whole = row * every
        """All pixels."""
        # Pixels at and after column x, and before column x: a span is the meeting of two.
        self.from_left = [((1 << (self.width - x)) - 1) << spare for x in range(self.width + 1)]
        self.to_right = [row ^ bits for bits in self.from_left]
        self._last_row = (1 << self.stride) - 1
        above = self._last_row << (self.height * self.stride)
        self._frame = above | (self._last_row ^ row) * every
        ones = ((1 << self.width) // 15 if columns else 0) << spare
        self._ones = ones * every  # the last pixel of every cell's row
        bottoms = sum(1 << (k * 8 * self.stride) for k in range(lines))
        self._first_rows = ones * bottoms  # the last pixel of every cell
        self._cell = 15 * self._repeated(1, 8)

    def _repeated(self, bits: int, rows: int) -> int:
        """Put the same bits into so many rows, the last of them lowest."""
        return sum(bits << (k * self.stride) for k in range(rows))

    def filled(self, first: int, rows: Sequence[int]) -> Plane:
        """Return a plane of some rows, the first of them at `first`."""
        if not rows:
            return 0
        size = self._row_bytes
        data = b"".join([bits.to_bytes(size, "big") for bits in rows])
        below = (self.height - first - len(rows)) * self.stride
        return int.from_bytes(data, "big") << below

    def shape(self, capsules: Sequence[tuple[Disc, Disc]]) -> Plane:
        """Fill the hulls of pairs of discs."""
        if not capsules:
            return 0
        ends = [disc for pair in capsules for disc in pair]
        top, bottom = min([y - r for _, y, r in ends]), max([y + r for _, y, r in ends])
        first = max(0, min(self.height, int(top - 1)))
        last = max(first, min(self.height, int(bottom + 2)))
        rows = [0] * (last - first)
        for a, b in capsules:
            self._capsule(rows, first, *((a, b) if a[1] <= b[1] else (b, a)))
        return self.filled(first, rows)

    def discs(self, found: Sequence[Disc]) -> Plane:
        """Fill some discs."""
        plane = 0
        for disc in found:
            first, lows, highs = disc_rows(disc)
            plane |= self.between(first, lows, highs)
        return plane

    def between(self, begin: int, lows: list[float], highs: list[float]) -> Plane:
        """Set the pixels whose centers lie between two abscissas, row by row from `begin`."""
        first = max(0, min(self.height, begin))
        rows = [0] * (max(first, min(self.height, begin + len(lows))) - first)
        self._spans(rows, first, begin, lows, highs)
        return self.filled(first, rows)

    def polygon(self, points: Sequence[tuple[float, float]]) -> Plane:
        """Fill a convex polygon, given by its corners in their order."""
        ys = [y for _, y in points]
        first = max(0, min(self.height, int(min(ys))))
        last = max(first, min(self.height, int(max(ys)) + 1))
        lows, highs = [FAR] * (last - first), [-FAR] * (last - first)
        for (x0, y0), (x1, y1) in pairwise((*points, points[0])):
            for side in (-1.0, 1.0):
                edge(lows, highs, first, side, x0, y0, x1, y1)
        return self.between(first, lows, highs)

    def _capsule(self, rows: list[int], first: int, a: Disc, b: Disc) -> None:
        """Fill the hull of two discs, the upper one first: one span a scanline."""
        (x0, y0, r0), (x1, y1, r1) = a, b
        if y1 - y0 > abs(r0 - r1) + 1e-6:
            begin, lows, highs = slope(a, b)
        elif hypot(x1 - x0, y1 - y0) <= abs(r0 - r1) + 1e-9:
            begin, lows, highs = disc_rows(a if r0 >= r1 else b)
        else:
            begin, lows, highs = hull(a, b)
        self._spans(rows, first, begin, lows, highs, inside=x0 >= r0 and x1 >= r1)

    def _spans(
        self,
        rows: list[int],
        first: int,
        begin: int,
        lows: list[float],
        highs: list[float],
        *,
        inside: bool = False,
    ) -> None:
        """Set the pixels whose centers lie between two abscissas, row by row from `begin`.

        `inside` promises that no end lies left of the pane.
        """
        start = begin - first
        if start < 0:
            lows, highs, start = lows[-start:], highs[-start:], 0
        end = min(len(rows), start + len(lows))
        if end <= start:
            return
        if inside:
            with suppress(IndexError):  # a row that nothing reaches keeps its ends far outside
                self._set(rows, start, end, lows, highs)
                return
        most = self.width
        lows = [min(max(low, 0.0), most) for low in lows]
        highs = [min(max(high, 0.0), most) for high in highs]
        self._set(rows, start, end, lows, highs)

    def _set(
        self, rows: list[int], start: int, end: int, lows: list[float], highs: list[float]
    ) -> None:
        """Set the pixels between two abscissas that lie in the pane; all rows or none."""
        left, right = self.from_left, self.to_right
        rows[start:end] = [
            bits | (left[int(low + 0.5)] & right[int(high + 0.5)])
            for bits, low, high in zip(rows[start:end], lows, highs, strict=False)
        ]

    def eroded(self, plane: Plane) -> Plane:
        """Take one pixel off every side; the pane's own border takes nothing off."""
        around, down = plane | self._frame, self.stride
        level = (around >> 1) & (around << 1)
        return plane & level & (around >> down) & ((around << down) | self._last_row)

    def grown(self, plane: Plane, by: int) -> Plane:
        """Add up to three pixels on every side (an octagon)."""
        down = self.stride
        wide = [plane]
        for _ in range(by):
            last = wide[-1]
            wide.append(last | (last << 1) | (last >> 1))
        result = wide[by]
        for away in range(1, by + 1):
            part = wide[by - away]
            result |= (part << down * away) | (part >> down * away)
        return result & self.whole

    def cells_of(self, plane: Plane) -> Plane:
        """Return the whole cells in which a plane has any pixel."""
        down = self.stride
        bits = plane | plane >> 2
        bits |= bits >> 1
        bits |= bits >> 4 * down
        bits |= bits >> 2 * down
        bits |= bits >> down
        bits = (bits & self._first_rows) * 15
        bits |= bits << down
        bits |= bits << 2 * down
        return bits | bits << 4 * down

    def pixels(self, plane: Plane, column: int, line: int) -> int:
        """Count the pixels of a cell that are set."""
        row = (self.height - 8 * line - 8) * self.stride
        shift = row + self.stride - 4 * column - 4
        return (plane >> shift & self._cell).bit_count()

    def digits(self, plane: Plane) -> list[str]:
        """Return the rows of a plane as hex digits, one a cell."""
        size, wide = self._row_bytes * 2, self.columns
        text = plane.to_bytes(self._row_bytes * self.height, "big").hex()
        return [text[at : at + wide] for at in range(0, len(text), size)]

    def majority(self, plane: Plane) -> list[str]:
        """Return a hex digit a cell: the pixels set in most of its rows 1, 4 and 6."""
        a, b, c = plane >> 5 * self.stride, plane >> 2 * self.stride, plane
        return self.digits((a & b) | (a & c) | (b & c))[6::8]

    def beside(self, plane: Plane) -> Plane:
        """Return in every cell's row 2 for a pixel just left of it and 1 for one just right."""
        ones = self._ones
        return ((plane << 1) & ones) | ((plane >> 3) & (ones << 1))
