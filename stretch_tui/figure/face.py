"""The face: hair on crown and back, eyes and mouth, so that the gaze can be read."""

from __future__ import annotations

from math import acos, atan2, hypot, pi, sin, sqrt
from typing import TYPE_CHECKING

from stretch_tui.figure.body import RADIUS
from stretch_tui.figure.camera import Camera, Fit
from stretch_tui.figure.raster import Grid, Shape, cut, put
from stretch_tui.figure.solve import Skeleton
from stretch_tui.figure.vectors import ZERO, Vec, dot, unit

if TYPE_CHECKING:
    from stretch_tui.figure.drawing import Planes

HAIR_FROM, EYES_FROM, MOUTH_FROM = 7.0, 9.0, 20.0
"""Head radius in sub-pixels from which each is drawn."""

HAIRLINE = 0.10


def paint(
    grid: Grid, planes: Planes, head: Shape, skeleton: Skeleton, camera: Camera, fit: Fit
) -> None:
    """Paint the hair and note down where eyes and mouth go."""
    at, axes = skeleton.trunk.head, skeleton.trunk.head_axes
    radius = RADIUS["head"] * fit.scale
    if radius >= HAIR_FROM:
        x, y = fit.screen(camera, axes.place(at, -0.4, 0.7, 0))
        crown = unit(axes.place(ZERO, -0.62, 0.80, 0))
        hair = cap(grid, (x, y, radius), camera, crown, HAIRLINE)
        hair.rows = [a & b for a, b in zip(hair.rows, cut(head, hair.top, hair.end), strict=True)]
        put(planes.hair, hair)
    if radius >= EYES_FROM:
        for side in (0.38, -0.38):
            if dot(unit(axes.place(ZERO, 0.9, 0.12, side)), camera.eye) > 0.22:
                spot = fit.screen(camera, axes.place(at, 5.6, 1.0, 8.6 * side))
                planes.marks.append((*spot, "o"))
    if radius >= MOUTH_FROM and dot(axes.forward, camera.eye) > 0.55:
        planes.marks.append((*fit.screen(camera, axes.place(at, 7.0, -4.6, 0)), "-"))


def cap(
    grid: Grid, ball: tuple[float, float, float], camera: Camera, pole: Vec, edge: float
) -> Shape:
    """Rasterize the part of a ball whose normals lie within a cone about a pole.

    Along a scanline the ball's surface is a half circle, on which the cone cuts one arc or two;
    `edge` is the cosine of the cone's half angle.
    """
    x, y, radius = ball
    px, py, pz = dot(pole, camera.right), dot(pole, camera.up), dot(pole, camera.eye)
    swing, middle = hypot(px, pz), atan2(px, pz)
    top = max(0, min(grid.height, int(y - radius)))
    end = max(top, min(grid.height, int(y + radius) + 1))
    rows = [0] * (end - top)
    for row in range(top, end):
        up = (y - row - 0.5) / radius
        half = sqrt(max(0.0, 1 - up * up))
        need = (edge - py * up) / half if half else 9.0
        if need >= swing:
            continue
        wide = pi if need <= -swing else acos(need / swing)
        for turn in (-2 * pi, 0.0, 2 * pi):
            a, b = max(-pi / 2, middle - wide + turn), min(pi / 2, middle + wide + turn)
            if a < b:
                reach = radius * half
                grid.span(rows, row - top, x + reach * sin(a), x + reach * sin(b))
    return Shape(top, rows)
