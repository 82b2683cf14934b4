"""Bit-row rasterizing: a row of pixels is one int, the leftmost pixel its highest bit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import hypot, sqrt

Plane = list[int]
"""One int a sub-row of the whole pane."""

Disc = tuple[float, float, float]
"""x, y and radius in sub-pixels."""


FAR = 1e6


@dataclass(slots=True)
class Shape:
    """A mask of some rows only: `rows[0]` is the pane's sub-row `top`."""

    top: int
    rows: list[int]

    @property
    def end(self) -> int:
        """The sub-row after the last."""
        return self.top + len(self.rows)


@lru_cache(maxsize=4096)
def half_widths(radius: int, phase: int) -> tuple[float, ...]:
    """Return half the width of a disc on each scanline it meets, in 1/8 pixel steps."""
    r, first = radius / 8, phase / 8
    widths = []
    y = first
    while y < 2 * r:
        widths.append(sqrt(max(0.0, r * r - (y - r) ** 2)))
        y += 1.0
    return tuple(widths)


class Grid:
    """The sub-grid of one pane, four by eight pixels a cell."""

    __slots__ = (
        "columns",
        "from_left",
        "full",
        "height",
        "left",
        "lines",
        "ones",
        "to_right",
        "width",
    )

    def __init__(self, columns: int, lines: int) -> None:
        """Size the grid for a pane of so many columns and lines."""
        self.columns, self.lines = columns, lines
        self.width, self.height = columns * 4, lines * 8
        self.left = 1 << (self.width - 1)
        self.full = (1 << self.width) - 1
        self.ones = self.full // 15  # the lowest pixel of every cell
        # Pixels at and after column x, and before column x: a span is the meeting of two.
        self.from_left = [self.full >> x for x in range(self.width + 1)]
        self.to_right = [self.full ^ (self.full >> x) for x in range(self.width + 1)]

    def blank(self) -> Plane:
        """Return an empty plane."""
        return [0] * self.height

    def shape(self, capsules: list[tuple[Disc, Disc]]) -> Shape:
        """Fill the hulls of pairs of discs."""
        top = bottom = None
        for (_, y0, r0), (_, y1, r1) in capsules:
            low, high = min(y0 - r0, y1 - r1), max(y0 + r0, y1 + r1)
            top = low if top is None or low < top else top
            bottom = high if bottom is None or high > bottom else bottom
        first = max(0, min(self.height, int((top or 0.0) - 1)))
        last = max(first, min(self.height, int((bottom or 0.0) + 2)))
        rows = [0] * (last - first)
        for a, b in capsules:
            self._capsule(rows, first, a, b)
        return Shape(first, rows)

    def polygon(self, points: Sequence[tuple[float, float]]) -> Shape:
        """Fill a convex polygon, given by its corners in their order."""
        ys = [y for _, y in points]
        first = max(0, min(self.height, int(min(ys))))
        last = max(first, min(self.height, int(max(ys)) + 1))
        lows, highs = [FAR] * (last - first), [-FAR] * (last - first)
        rows = [0] * (last - first)
        if rows:
            for (x0, y0), (x1, y1) in pairwise((*points, points[0])):
                for side in (-1.0, 1.0):
                    _edge(lows, highs, first, side, x0, y0, x1, y1)
            for row, (low, high) in enumerate(zip(lows, highs, strict=True)):
                if low < high:
                    self.span(rows, row, low, high)
        return Shape(first, rows)

    def _capsule(self, rows: list[int], first: int, a: Disc, b: Disc) -> None:
        """Fill the hull of two discs: one span a scanline."""
        (x0, y0, r0), (x1, y1, r1) = a, b
        dx, dy = x1 - x0, y1 - y0
        far = hypot(dx, dy)
        if far <= abs(r0 - r1) + 1e-9:
            big = a if r0 >= r1 else b
            self._spans(rows, first, *_disc_rows(big))
            return
        start, left, right = _disc_rows(a)
        other, left1, right1 = _disc_rows(b)
        begin = min(start, other)
        end = max(start + len(left), other + len(left1))
        lows, highs = [FAR] * (end - begin), [-FAR] * (end - begin)
        lows[start - begin : start - begin + len(left)] = left
        highs[start - begin : start - begin + len(right)] = right
        at, to = other - begin, other - begin + len(left1)
        lows[at:to] = map(min, lows[at:to], left1)
        highs[at:to] = map(max, highs[at:to], right1)
        tilt = (r0 - r1) / far
        rest = sqrt(max(0.0, 1 - tilt * tilt))
        ux, uy = dx / far, dy / far
        for side in (rest, -rest):
            nx, ny = ux * tilt - uy * side, uy * tilt + ux * side
            _edge(lows, highs, begin, nx, x0 + nx * r0, y0 + ny * r0, x1 + nx * r1, y1 + ny * r1)
        self._spans(rows, first, begin, lows, highs)

    def _spans(
        self, rows: list[int], first: int, begin: int, lows: list[float], highs: list[float]
    ) -> None:
        """Set the pixels whose centers lie between two abscissas, row by row from `begin`."""
        start = begin - first
        if start < 0:
            lows, highs, start = lows[-start:], highs[-start:], 0
        end = min(len(rows), start + len(lows))
        if end <= start:
            return
        edge = self.width
        if min(lows) < 0 or max(lows) > edge:
            lows = [min(max(low, 0.0), edge) for low in lows]
        if min(highs) < 0 or max(highs) > edge:
            highs = [min(max(high, 0.0), edge) for high in highs]
        left, right = self.from_left, self.to_right
        rows[start:end] = [
            bits | (left[int(low + 0.5)] & right[int(high + 0.5)])
            for bits, low, high in zip(rows[start:end], lows, highs, strict=False)
        ]

    def span(self, rows: list[int], row: int, low: float, high: float) -> None:
        """Set the pixels of one row whose centers lie between two abscissas."""
        self._spans(rows, 0, row, [low], [high])

    def eroded(self, shape: Shape) -> Shape:
        """Take one pixel off every side; the pane's own border takes nothing off."""
        left, rows = self.left, shape.rows
        if not rows:
            return shape
        above = [rows[0] if shape.top == 0 else 0, *rows[:-1]]
        below = [*rows[1:], rows[-1] if shape.end == self.height else 0]
        return Shape(
            shape.top,
            [
                bits & ((bits >> 1) | (bits & left)) & ((bits << 1) | (bits & 1)) & a & b
                if bits
                else 0
                for bits, a, b in zip(rows, above, below, strict=True)
            ],
        )

    def grown(self, shape: Shape, by: int) -> Shape:
        """Add up to three pixels on every side (an octagon)."""
        top, end = max(0, shape.top - by), min(self.height, shape.end + by)
        full = self.full
        rows = [0] * (shape.top - top) + shape.rows + [0] * (end - shape.end)
        wide = [rows]
        for _ in range(by):
            last = wide[-1]
            wide.append([(b | (b << 1) | (b >> 1)) & full if b else 0 for b in last])
        result = wide[by]
        for away in range(1, by + 1):
            part = wide[by - away]
            gap = [0] * away
            result = [
                a | b | c
                for a, b, c in zip(result, part[away:] + gap, gap + part[:-away], strict=True)
            ]
        return Shape(top, result)

    def cells_of(self, shape: Shape) -> Shape:
        """Return the whole cells in which a shape has any pixel."""
        first, last = shape.top // 8, (shape.end + 7) // 8
        rows: list[int] = []
        for line in range(first, last):
            bits = 0
            for part in shape.rows[max(0, line * 8 - shape.top) : line * 8 + 8 - shape.top]:
                bits |= part
            bits |= bits >> 2
            rows += [((bits | bits >> 1) & self.ones) * 15] * 8
        return Shape(first * 8, rows)

    def pixels(self, top: int, rows: list[int], column: int, line: int) -> int:
        """Count the pixels of a cell that are set in some rows, the first of them at `top`."""
        shift = (self.columns - 1 - column) * 4
        part = rows[max(0, line * 8 - top) : max(0, line * 8 + 8 - top)]
        return sum((bits >> shift & 15).bit_count() for bits in part)


def _disc_rows(disc: Disc) -> tuple[int, list[float], list[float]]:
    """Return the first scanline of a disc and its left and right ends on each."""
    x, y, r = disc
    top = y - r
    first = int(top + 0.5) if top > -0.5 else -int(0.5 - top)
    widths = half_widths(int(r * 8 + 0.5), max(0, int((first + 0.5 - top) * 8)))
    return first, [x - w for w in widths], [x + w for w in widths]


def _edge(
    lows: list[float],
    highs: list[float],
    begin: int,
    side: float,
    x0: float,
    y0: float,
    x1: float,
    y1: float,
) -> None:
    """Widen the spans to a straight edge of the hull, on the side its normal points to."""
    if y0 > y1:
        x0, y0, x1, y1 = x1, y1, x0, y0
    first, last = int(y0 + 0.5 - begin), int(y1 - 0.5 - begin)
    if last < first or y1 - y0 < 1e-9 or y1 - begin < 0.5:
        return
    slope = (x1 - x0) / (y1 - y0)
    first, last = max(0, first), min(last, len(lows) - 1)
    x = x0 + (first + begin + 0.5 - y0) * slope
    line = [x + k * slope for k in range(last + 1 - first)]
    if side < 0:
        lows[first : last + 1] = map(min, lows[first : last + 1], line)
    else:
        highs[first : last + 1] = map(max, highs[first : last + 1], line)


def clear(plane: Plane, shape: Shape) -> None:
    """Take a shape out of a plane."""
    part = plane[shape.top : shape.end]
    plane[shape.top : shape.end] = [a & ~b for a, b in zip(part, shape.rows, strict=True)]


def put(plane: Plane, shape: Shape) -> None:
    """Add a shape to a plane."""
    part = plane[shape.top : shape.end]
    plane[shape.top : shape.end] = [a | b for a, b in zip(part, shape.rows, strict=True)]


def cut(shape: Shape, top: int, end: int) -> list[int]:
    """Return the rows of a shape from `top` to `end`, blank where it has none."""
    if shape.top >= end or shape.end <= top:
        return [0] * (end - top)
    rows = shape.rows[max(0, top - shape.top) : end - shape.top]
    before = max(0, shape.top - top)
    return [0] * before + rows + [0] * (end - top - before - len(rows))
