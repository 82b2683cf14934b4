"""Where shapes begin and end on each scanline: discs, and the hulls of two of them."""

from __future__ import annotations

from functools import lru_cache
from math import floor, hypot, sqrt

Disc = tuple[float, float, float]
"""x, y and radius in sub-pixels."""

Rows = tuple[int, list[float], list[float]]
"""The first scanline of something, and its left and right ends on each."""

NEAR = 0.25
FAR = 1e6
"""Where a scanline begins that nothing reaches; it ends as far on the other side."""


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


def _widths(disc: Disc) -> tuple[int, tuple[float, ...]]:
    """Return the first scanline of a disc and half its width on each."""
    _, y, r = disc
    top = y - r
    first = floor(top + 0.5)
    return first, half_widths(int(r * 8 + 0.5), max(0, int((first + 0.5 - top) * 8)))


def disc_rows(disc: Disc) -> Rows:
    """Follow both sides of a disc."""
    first, widths = _widths(disc)
    x = disc[0]
    return first, [x - w for w in widths], [x + w for w in widths]


def slope(a: Disc, b: Disc) -> Rows:
    """Follow both sides of a hull whose upper end is one disc and whose lower end the other."""
    (x0, y0, r0), (x1, y1, r1) = a, b
    first, upper = _widths(a)
    other, lower = _widths(b)
    dx, dy = x1 - x0, y1 - y0
    far = hypot(dx, dy)
    tilt = (r0 - r1) / far
    rest = sqrt(max(0.0, 1 - tilt * tilt))
    ux, uy = dx / far, dy / far
    sides: list[list[float]] = []
    for sign in (-1.0, 1.0):  # down the first arc, along the tangent, down the second arc
        nx, ny = ux * tilt + sign * uy * rest, uy * tilt - sign * ux * rest
        top, bottom = y0 + ny * r0, y1 + ny * r1
        start = min(max(floor(top + 0.5) - first, 0), len(upper))
        end = min(max(floor(bottom + 0.5) - other, 0, first + start - other), len(lower))
        lean = (x1 + nx * r1 - x0 - nx * r0) / max(1e-9, bottom - top)
        x = x0 + nx * r0 + (first + start + 0.5 - top) * lean
        sides.append(
            [x0 + sign * w for w in upper[:start]]
            + [x + k * lean for k in range(other + end - first - start)]
            + [x1 + sign * w for w in lower[end:]]
        )
    return first, sides[0], sides[1]


def hull(a: Disc, b: Disc) -> Rows:
    """Lay two discs and the straight edges between them over each other."""
    (x0, y0, r0), (x1, y1, r1) = a, b
    start, left, right = disc_rows(a)
    other, left1, right1 = disc_rows(b)
    begin = min(start, other)
    end = max(start + len(left), other + len(left1))
    lows, highs = [FAR] * (end - begin), [-FAR] * (end - begin)
    lows[start - begin : start - begin + len(left)] = left
    highs[start - begin : start - begin + len(right)] = right
    at, to = other - begin, other - begin + len(left1)
    lows[at:to] = map(min, lows[at:to], left1)
    highs[at:to] = map(max, highs[at:to], right1)
    dx, dy = x1 - x0, y1 - y0
    far = hypot(dx, dy)
    tilt = (r0 - r1) / far
    rest = sqrt(max(0.0, 1 - tilt * tilt))
    ux, uy = dx / far, dy / far
    for side in (rest, -rest):
        nx, ny = ux * tilt - uy * side, uy * tilt + ux * side
        edge(lows, highs, begin, nx, x0 + nx * r0, y0 + ny * r0, x1 + nx * r1, y1 + ny * r1)
    return begin, lows, highs


def edge(
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
    # A scanline just beyond an end counts: rounding may have kept it out of the disc there.
    first, last = int(y0 + 0.5 - NEAR - begin), int(y1 - 0.5 + NEAR - begin)
    if last < first or y1 - y0 < 1e-9 or y1 - begin < 0.5 - NEAR:
        return
    slope = (x1 - x0) / (y1 - y0)
    first, last = max(0, first), min(last, len(lows) - 1)
    x = x0 + (first + begin + 0.5 - y0) * slope
    line = [x + k * slope for k in range(last + 1 - first)]
    if line:
        least, most = (x0, x1) if x0 < x1 else (x1, x0)
        line[0], line[-1] = (min(max(end, least), most) for end in (line[0], line[-1]))
    if side < 0:
        lows[first : last + 1] = map(min, lows[first : last + 1], line)
    else:
        highs[first : last + 1] = map(max, highs[first : last + 1], line)
