"""Outlines in few, calm characters: a cell's stroke is fitted by a line, whose slope chooses.

Nearest-shape matching alone draws a slightly sloping line as a flicker of commas, quotes and
dots. Fitting first keeps level lines level (`_` and `-` only, half a line apart), slanting ones
slanting, and leaves the shape matcher to cells in which strokes meet.
"""

from __future__ import annotations

from functools import cache
from math import atan2, sqrt, tan

from stretch_tui.figure import glyphs

TOP = "T"
"""Stands for a level stroke on a cell's upper edge: drawn as `_` on the line above."""

LEVEL, SLANT, STEEP = 0.42, 1.1, 3.6


@cache
def stroke(bits: str) -> str:
    """Return the character for the outline pixels of a cell, `TOP` or a blank."""
    dots = [
        (x, y) for y, digit in enumerate(bits) for x in range(4) if int(digit, 16) >> (3 - x) & 1
    ]
    count = len(dots)
    if count < 3:
        return _sliver(dots)
    mx, my = sum(x for x, _ in dots) / count, sum(y for _, y in dots) / count
    xx = sum((x - mx) ** 2 for x, _ in dots) / count
    yy = sum((y - my) ** 2 for _, y in dots) / count
    xy = sum((x - mx) * (y - my) for x, y in dots) / count
    spread = sqrt(max(0.0, ((xx - yy) / 2) ** 2 + xy * xy))
    minor = max(0.0, (xx + yy) / 2 - spread)
    tall = max(y for _, y in dots) - min(y for _, y in dots) + 1
    wide = max(x for x, _ in dots) - min(x for x, _ in dots) + 1
    angle = 0.5 * atan2(2 * xy, xx - yy)
    slope = abs(tan(angle)) if abs(angle) < 1.57 else 99.0
    if minor > 0.62:
        return _meeting(bits, dots, my, tall)
    if slope <= LEVEL:
        return _level(my, wide, count)
    if slope <= SLANT and tall <= 5:
        return "'" if my < 3.6 else "."
    if slope <= STEEP and tall >= 5:
        return "\\" if xy > 0 else "/"
    if tall >= 5:
        return _upright(dots)
    return "'" if my < 3.6 else "."


def _sliver(dots: list[tuple[int, int]]) -> str:
    """Keep two pixels side by side, as a level line leaves them where it steps; drop the rest."""
    if len(dots) < 2 or abs(dots[0][1] - dots[1][1]) > 0:
        return " "
    height = dots[0][1]
    return TOP if height < 1.5 else " " if height < 6 else "_"


def _level(height: float, wide: int, count: int) -> str:
    if wide < 3:
        return "'" if height < 3.5 else "."
    if height < 1.5:
        return TOP
    return "-" if height < 4.9 else "_"


def _upright(dots: list[tuple[int, int]]) -> str:
    """Tell a bulging upright from a straight one."""
    top, bottom = min(y for _, y in dots), max(y for _, y in dots)
    third = (bottom - top + 1) / 3
    ends = [x for x, y in dots if y < top + third or y > bottom - third]
    middle = [x for x, y in dots if top + third <= y <= bottom - third]
    if not middle or not ends or bottom - top < 6:
        return "|"
    bulge = sum(ends) / len(ends) - sum(middle) / len(middle)
    return "(" if bulge > 0.55 else ")" if bulge < -0.55 else "|"


def _meeting(bits: str, dots: list[tuple[int, int]], height: float, tall: int) -> str:
    """Choose for a cell in which strokes meet: a corner, or a tight curve."""
    if tall <= 5 and len(dots) <= 8:
        return "'" if height < 3.0 else "." if height > 4.2 else "-"
    return glyphs.contour().match(bits)


def settle(rows: list[list[str]]) -> None:
    """Replace every `TOP`: `_` on the line above where that is free, else a quote here."""
    for line, row in enumerate(rows):
        for column, char in enumerate(row):
            if char != TOP:
                continue
            above = rows[line - 1][column] if line else "#"
            if above == " ":
                rows[line - 1][column] = "_"
            row[column] = " " if above in " _" else "'"
