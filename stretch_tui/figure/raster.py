"""Bit-row rasterizing: a mask is a list of ints, one a sub-row, leftmost pixel highest bit."""

from __future__ import annotations

from math import ceil, floor, hypot, sqrt

Mask = list[int]


class Grid:
    """The sub-grid of one pane, four by eight pixels a cell."""

    __slots__ = ("columns", "full", "height", "last", "left", "lines", "right", "width")

    def __init__(self, columns: int, lines: int) -> None:
        """Size the grid for a pane of so many columns and lines."""
        self.columns, self.lines = columns, lines
        self.width, self.height = columns * 4, lines * 8
        self.last = self.width - 1
        self.left = 1 << self.last
        self.right = 1
        self.full = (1 << self.width) - 1

    def blank(self) -> Mask:
        """Return an empty mask."""
        return [0] * self.height

    def capsule(
        self, mask: Mask, x0: float, y0: float, r0: float, x1: float, y1: float, r1: float
    ) -> None:
        """Fill the hull of two discs: one span a scanline."""
        dx, dy = x1 - x0, y1 - y0
        far = hypot(dx, dy)
        edges: tuple[tuple[float, float, float, float], ...] = ()
        if far <= abs(r0 - r1) + 1e-9:
            if r1 > r0:
                x0, y0, r0 = x1, y1, r1
            x1, y1, r1 = x0, y0, r0
        else:
            tilt = (r0 - r1) / far
            rest = sqrt(max(0.0, 1 - tilt * tilt))
            ux, uy = dx / far, dy / far
            ax, ay = ux * tilt - uy * rest, uy * tilt + ux * rest
            bx, by = ux * tilt + uy * rest, uy * tilt - ux * rest
            edges = (
                (x0 + ax * r0, y0 + ay * r0, x1 + ax * r1, y1 + ay * r1),
                (x0 + bx * r0, y0 + by * r0, x1 + bx * r1, y1 + by * r1),
            )
        top = max(0, ceil(min(y0 - r0, y1 - r1) - 0.5))
        bottom = min(self.height - 1, floor(max(y0 + r0, y1 + r1) - 0.5))
        last, width = self.last, self.width
        r0s, r1s = r0 * r0, r1 * r1
        for row in range(top, bottom + 1):
            y = row + 0.5
            lo, hi = 1e9, -1e9
            gap = r0s - (y - y0) ** 2
            if gap > 0:
                half = sqrt(gap)
                lo, hi = x0 - half, x0 + half
            gap = r1s - (y - y1) ** 2
            if gap > 0:
                half = sqrt(gap)
                if x1 - half < lo:
                    lo = x1 - half
                if x1 + half > hi:
                    hi = x1 + half
            for ex0, ey0, ex1, ey1 in edges:
                if (ey0 <= y <= ey1) or (ey1 <= y <= ey0):
                    x = ex0 if ey0 == ey1 else ex0 + (ex1 - ex0) * (y - ey0) / (ey1 - ey0)
                    if x < lo:
                        lo = x
                    if x > hi:
                        hi = x
            a, b = ceil(lo - 0.5), floor(hi - 0.5)
            if a < 0:
                a = 0
            if b > last:
                b = last
            if a <= b:
                mask[row] |= ((1 << (b - a + 1)) - 1) << (width - 1 - b)

    def span(self, mask: Mask, row: int, left: float, right: float) -> None:
        """Set the pixels of one row whose centers lie between two abscissas."""
        if not 0 <= row < self.height:
            return
        a, b = max(0, ceil(left - 0.5)), min(self.last, floor(right - 0.5))
        if a <= b:
            mask[row] |= ((1 << (b - a + 1)) - 1) << (self.width - 1 - b)

    def eroded(self, mask: Mask) -> Mask:
        """Take one pixel off every side; the pane's own border takes nothing off."""
        left, last = self.left, self.height - 1
        result = [0] * self.height
        for row, bits in enumerate(mask):
            if bits:
                kept = bits & ((bits >> 1) | (bits & left)) & ((bits << 1) | (bits & 1))
                if row:
                    kept &= mask[row - 1]
                if row < last:
                    kept &= mask[row + 1]
                result[row] = kept
        return result

    def grown(self, mask: Mask, by: int) -> Mask:
        """Add so many pixels on every side (a diamond)."""
        full, last = self.full, self.height - 1
        for _ in range(by):
            result = [0] * self.height
            for row, bits in enumerate(mask):
                if bits:
                    result[row] |= (bits | (bits << 1) | (bits >> 1)) & full
                    if row:
                        result[row - 1] |= bits
                    if row < last:
                        result[row + 1] |= bits
            mask = result
        return mask

    def has(self, mask: Mask, x: float, y: float) -> bool:
        """Tell whether the pixel at a place is set."""
        column, row = int(x), int(y)
        if not (0 <= column < self.width and 0 <= row < self.height):
            return False
        return bool(mask[row] >> (self.width - 1 - column) & 1)


def union(masks: list[Mask], height: int) -> Mask:
    """Return all pixels set in any mask."""
    result = [0] * height
    for mask in masks:
        result = [a | b for a, b in zip(result, mask, strict=True)]
    return result


def count(mask: Mask) -> int:
    """Return the number of set pixels."""
    return sum(bits.bit_count() for bits in mask)
