"""Outlines in few, calm characters: a cell's stroke is fitted by a line, whose slope chooses.

Nearest-shape matching alone draws a slightly sloping line as a flicker of commas, quotes and
dots. Fitting first keeps level lines level (`_` and `-` only, half a line apart), gentle slopes
rising as `_.-'`, and leaves the shape matcher to cells in which strokes meet. Pixels just left
and right of the cell join the fit, so that one line keeps one slope from cell to cell.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import atan2, pi, sqrt, tan

from stretch_tui.figure import glyphs
from stretch_tui.figure.raster import Grid, Plane

TOP = "T"
"""Stands for a level stroke on a cell's upper edge: drawn as `_` on the line above."""

LEVEL, GENTLE, SLANT, STEEP = 0.30, 0.62, 1.1, 3.6
"""Slopes, as rise over run, up to which a stroke counts as each."""

Dot = tuple[int, int]


@lru_cache(maxsize=65536)
def stroke(bits: str) -> str:
    """Return the character for a cell's outline pixels, `TOP` or a blank.

    `bits` are eight hex digits, the cell's rows, then eight more with the pixels beside each
    row: 2 for one on the left, 1 for one on the right.
    """
    dots = [(x, y) for y in range(8) for x in range(4) if int(bits[y], 16) >> (3 - x) & 1]
    if len(dots) < 3:
        return _sliver(dots)
    slope, falling, minor = _fit(dots + _beside(dots, bits[8:]))
    top, bottom = dots[0][1], dots[-1][1]
    height = sum(y for _, y in dots) / len(dots)
    if minor > 0.62:
        return _meeting(bits[:8], dots, height)
    if slope <= SLANT and bottom - top < 5:
        return _shallow(slope, height, len({x for x, _ in dots}), falling=falling)
    if bottom - top < 4:
        return "'" if height < 3.6 else "."
    if slope <= STEEP:
        return "\\" if falling else "/"
    return _upright(dots)


def _beside(dots: Sequence[Dot], context: str) -> list[Dot]:
    """Return the pixels just outside the cell that carry a stroke of the cell on."""
    near = {y for x, y in dots if x == 0}, {y for x, y in dots if x == 3}
    found = []
    for y, digit in enumerate(context):
        sides = int(digit, 16)
        if sides & 2 and near[0] & {y - 1, y, y + 1}:
            found.append((-1, y))
        if sides & 1 and near[1] & {y - 1, y, y + 1}:
            found.append((4, y))
    return found


def _fit(dots: Sequence[Dot]) -> tuple[float, bool, float]:
    """Fit a line: its slope, whether it falls to the right, and the spread across it."""
    count = len(dots)
    mx, my = sum(x for x, _ in dots) / count, sum(y for _, y in dots) / count
    xx = sum((x - mx) ** 2 for x, _ in dots) / count
    yy = sum((y - my) ** 2 for _, y in dots) / count
    xy = sum((x - mx) * (y - my) for x, y in dots) / count
    spread = sqrt(((xx - yy) / 2) ** 2 + xy * xy)
    angle = 0.5 * atan2(2 * xy, xx - yy)
    slope = 99.0 if abs(abs(angle) - pi / 2) < 0.01 else abs(tan(angle))
    return slope, xy > 0, (xx + yy) / 2 - spread


def _sliver(dots: Sequence[Dot]) -> str:
    """Keep two pixels side by side, as a line leaves them where it steps; drop the rest."""
    if len(dots) < 2 or dots[0][0] == dots[1][0]:
        return " "
    low = dots[1][1]
    if dots[0][1] != low:
        return "." if low == 7 else " "  # half of a diagonal: its other half is dropped below
    return TOP if low < 2 else " " if low < 6 else "_"


def _shallow(slope: float, height: float, wide: int, *, falling: bool) -> str:
    """Choose for a stroke that is flatter than a diagonal."""
    if wide < 3:
        return "'" if height < 3.6 else "."
    if slope > GENTLE:  # two cells a line: `_/` rising, `\\_` falling
        return ("\\" if falling else "/") if height < 3.6 else "_"
    if slope > LEVEL:
        return "'" if height < 2.2 else "-" if height < 4.2 else "." if height < 6 else "_"
    return TOP if height < 1.5 else "-" if height < 4.9 else "_"


def _upright(dots: Sequence[Dot]) -> str:
    """Tell a bulging upright from a straight one."""
    top, bottom = dots[0][1], dots[-1][1]
    third = (bottom - top + 1) / 3
    ends = [x for x, y in dots if y < top + third or y > bottom - third]
    middle = [x for x, y in dots if top + third <= y <= bottom - third]
    if not middle or not ends or bottom - top < 6:
        return "|"
    bulge = sum(ends) / len(ends) - sum(middle) / len(middle)
    return "(" if bulge > 0.55 else ")" if bulge < -0.55 else "|"


def _meeting(bits: str, dots: Sequence[Dot], height: float) -> str:
    """Choose for a cell in which strokes meet: a corner, a tight curve, or two level lines."""
    tall = dots[-1][1] - dots[0][1]
    if tall < 5 and len(dots) <= 8:
        return "'" if height < 3.0 else "." if height > 4.2 else "-"
    columns = [sum(1 for x, _ in dots if x == column) for column in range(4)]
    if min(columns) >= 1 and max(columns) <= 3:
        return "-"
    return glyphs.contour().match(bits)


def outlines(grid: Grid, plane: Plane) -> list[list[str]]:
    """Choose the outline character of every cell."""
    if not plane:
        return [[" "] * grid.columns for _ in range(grid.lines)]
    inside, beside = grid.digits(plane), grid.digits(grid.beside(plane))
    marked, nothing = grid.digits(grid.cells_of(plane)), "0" * grid.columns
    rows = []
    for top in range(0, grid.height, 8):
        texts = inside[top : top + 8]
        if texts.count(nothing) == 8:
            rows.append([" "] * grid.columns)
            continue
        texts += beside[top : top + 8]
        rows.append(
            [
                stroke("".join([text[column] for text in texts])) if used != "0" else " "
                for column, used in enumerate(marked[top])
            ]
        )
    return rows


def settle(rows: list[list[str]]) -> None:
    """Turn every `TOP` into `_` on the line above where that is free, and iron out flickers."""
    for line, row in enumerate(rows):
        if TOP in row:
            above = rows[line - 1] if line else None
            for column, char in enumerate(row):
                if char == TOP:
                    row[column] = _settled(row, above, column)
    for row in rows:
        if "-" in row and "_" in row:
            _iron(row)


def _settled(row: list[str], above: list[str] | None, column: int) -> str:
    """Return what stays in the cell of a `TOP`, having moved the stroke up where it fits."""
    beside = row[column - 1 : column] + row[column + 1 : column + 2]
    over = above[max(0, column - 1) : column + 2] if above else []
    if TOP not in beside and "_" not in over and "-" in beside:
        return "-"  # a lone bump on a level line
    if above is None or above[column] not in " _":
        return "'"
    above[column] = "_"
    return " "


def _iron(row: list[str]) -> None:
    """Level a single step in a level line: `-_-` is a tremor, not a shape."""
    for column in range(1, len(row) - 1):
        if row[column] in "-_" and row[column - 1] == row[column + 1] and row[column + 1] in "-_":
            row[column] = row[column - 1]
