"""Arrows for movements: a straight or bowed shaft, or part of a circle, kept clear of the body."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from math import atan2, cos, degrees, hypot, radians, sin

from stretch_tui.figure.camera import Camera, Fit
from stretch_tui.figure.outline import outlines, settle
from stretch_tui.figure.pose import Arrow, Pose
from stretch_tui.figure.raster import Grid
from stretch_tui.figure.solve import Skeleton
from stretch_tui.figure.vectors import Vec, add, along, scaled

Point = tuple[float, float]
Cell = tuple[int, int, str]
"""Column, line and character."""

STEPS = 24
SHAFT = 0.7
"""Half the width of a shaft, in sub-pixels."""

FARTHEST = (6, 4)
"""Columns and lines by which an arrow may be moved to keep clear of the body."""

HEADS = "<>^v"
HEADLESS = 10
"""How much worse it is to lose the head than a cell of the shaft."""

BLOCKED, TOUCHING, AWAY = 6.0, 1.0, 0.4
"""What a cell that is taken costs, one beside the body, and each line that an arrow is moved."""


def curves(pose: Pose, skeleton: Skeleton, camera: Camera, fit: Fit) -> Iterator[list[Point]]:
    """Yield the shaft of every arrow of a pose as points on the screen."""
    for arrow in pose.arrows:
        start = add(skeleton.joints.get(arrow.at, (0.0, 0.0, 0.0)), arrow.offset)
        if arrow.radius:
            yield list(_circle(arrow, fit.screen(camera, start), fit.scale))
        else:
            middle = add(along(start, arrow.by, 0.5), scaled(arrow.bow, 2.0))
            end = add(start, arrow.by)
            yield [
                fit.screen(camera, _bezier(start, middle, end, k / STEPS)) for k in range(STEPS + 1)
            ]


def _circle(arrow: Arrow, middle: Point, scale: float) -> Iterator[Point]:
    """Go round in the plane of the picture."""
    first, sweep = arrow.arc
    for k in range(STEPS + 1):
        angle = radians(first + sweep * k / STEPS)
        reach = arrow.radius * scale
        yield middle[0] + cos(angle) * reach, middle[1] - sin(angle) * reach


def _bezier(a: Vec, b: Vec, c: Vec, t: float) -> Vec:
    u = 1 - t
    return (
        a[0] * u * u + 2 * b[0] * u * t + c[0] * t * t,
        a[1] * u * u + 2 * b[1] * u * t + c[1] * t * t,
        a[2] * u * u + 2 * b[2] * u * t + c[2] * t * t,
    )


def placed(grid: Grid, curve: Sequence[Point], free: Callable[[int, int], bool]) -> Iterator[Cell]:
    """Draw a shaft with its head, moved by whole cells to where the least is in its way."""
    cells = _drawn(grid, curve)

    def cost(shift: tuple[int, int]) -> float:
        total = AWAY * hypot(shift[0] / 2, shift[1])
        for column, line, char in cells:
            x, y = column + shift[0], line + shift[1]
            if not free(x, y):
                total += BLOCKED * (HEADLESS if char in HEADS else 1)
            elif not (free(x - 1, y) and free(x + 1, y) and free(x, y - 1) and free(x, y + 1)):
                total += TOUCHING
        return total

    wide, tall = FARTHEST
    shifts = [(x, y) for y in range(-tall, tall + 1) for x in range(-wide, wide + 1)]
    right, down = min(shifts, key=cost)
    for column, line, char in cells:
        if free(column + right, line + down):
            yield column + right, line + down, char


def _drawn(grid: Grid, curve: Sequence[Point]) -> list[Cell]:
    """Turn a shaft into characters, chosen as those of any outline, and put a head on it.

    It is drawn with room around the pane: what would be cut off can still be moved into it.
    """
    wide, tall = FARTHEST
    curve = [(x + 4 * wide, y + 8 * tall) for x, y in curve]
    roomy = Grid(grid.columns + 2 * wide, grid.lines + 2 * tall)
    dots = [(x, y, SHAFT) for x, y in curve]
    rows = outlines(roomy, roomy.shape(list(pairwise(dots))))
    settle(rows)
    x, y = curve[-1]
    tip, head = (int(x // 4), int(y // 8)), _head(curve)
    # Nothing just over or under a level head, or just beside an upright one: it would blur.
    blurred = {(tip[0] + k, tip[1]) if head in "^v" else (tip[0], tip[1] + k) for k in (-1, 0, 1)}
    cells = [
        (column, line, char)
        for line, row in enumerate(rows)
        for column, char in enumerate(row)
        if char != " "
        and (column, line) not in blurred
        # A shaft that passes from one column to the next within a line is still one shaft.
        and not (char == "|" and row[column + 1 : column + 2] == ["|"])
    ]
    return [(column - wide, line - tall, char) for column, line, char in [*cells, (*tip, head)]]


def _head(curve: Sequence[Point]) -> str:
    """Choose the head by where the last stretch of the shaft goes."""
    (ax, ay), (bx, by) = curve[-1 - STEPS // 6], curve[-1]
    angle = degrees(atan2(ay - by, bx - ax))
    if abs(angle) <= 50:
        return ">"
    if abs(angle) >= 130:
        return "<"
    return "^" if angle > 0 else "v"
