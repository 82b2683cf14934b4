"""The head as an artist draws it: the same round outline in every picture, hair, eyes, a nose.

Up to some height a head is drawn from templates that keep to whole cells: the shape of a few
characters matters more there than half a cell of place. Larger ones are outlined as limbs are.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from math import acos, atan2, hypot, pi, sin, sqrt
from typing import NamedTuple

from stretch_tui.figure.body import RADIUS, Axes
from stretch_tui.figure.camera import Camera, Fit
from stretch_tui.figure.frame import Paint
from stretch_tui.figure.planes import Mark
from stretch_tui.figure.raster import Grid, Plane
from stretch_tui.figure.solve import Skeleton
from stretch_tui.figure.vectors import ZERO, Vec, dot, unit

HAIRLINE = 0.10
"""Cosine of the angle from the crown at which hair ends."""

MOUTH_FROM = 20.0
"""Head radius in sub-pixels from which a mouth is drawn."""

PROFILE = 0.75
"""Share of the gaze that must lie in the picture for the nose to stand out of the outline."""

# Rows of an outline as (indent, left, between, right), by its height in cells.
TEMPLATES: dict[int, tuple[tuple[int, str, str, str], ...]] = {
    2: ((0, ".", "-", "."), (0, "'", "-", "'")),
    3: ((0, ".", "-", "."), (0, "(", " ", ")"), (0, "'", "-", "'")),
    4: ((1, ".", "-", "."), (0, "/", " ", "\\"), (0, "\\", " ", "/"), (1, "'", "-", "'")),
    5: (
        (2, ".", "-", "."), (1, "/", " ", "\\"), (0, "|", " ", "|"), (1, "\\", " ", "/"),
        (2, "'", "-", "'"),
    ),
    6: (
        (2, ".", "-", "."), (1, "/", " ", "\\"), (0, "|", " ", "|"), (0, "|", " ", "|"),
        (1, "\\", " ", "/"), (2, "'", "-", "'"),
    ),
    7: (
        (4, ".", "-", "."), (2, ".'", " ", "'."), (1, "/", " ", "\\"), (0, "|", " ", "|"),
        (1, "\\", " ", "/"), (2, "'.", " ", ".'"), (4, "'", "-", "'"),
    ),
    8: (
        (5, ".", "-", "."), (2, ".-'", " ", "'-."), (1, "/", " ", "\\"), (0, "|", " ", "|"),
        (0, "|", " ", "|"), (1, "\\", " ", "/"), (2, "'-.", " ", ".-'"), (5, "'", "-", "'"),
    ),
}  # fmt: skip


class Head(NamedTuple):
    """A head in front of a camera, in sub-pixels and in whole cells."""

    x: float
    y: float
    radius: float
    axes: Axes
    camera: Camera

    @classmethod
    def of(cls, skeleton: Skeleton, camera: Camera, fit: Fit) -> Head:
        """Project the head of a body."""
        at, axes = skeleton.trunk.head, skeleton.trunk.head_axes
        x, y = fit.screen(camera, axes.place(at, 0.6, -0.4, 0))
        return cls(x, y, RADIUS["head"] * fit.scale, axes, camera)

    @property
    def size(self) -> tuple[int, int]:
        """Columns and lines of the whole cells that it takes."""
        return max(3, round(self.radius / 2)), max(2, round(self.radius / 4))

    @property
    def templated(self) -> bool:
        """Tell whether there is a template of its size."""
        return self.size[1] in TEMPLATES

    @property
    def corner(self) -> tuple[int, int]:
        """Column and line of its upper left cell."""
        wide, tall = self.size
        return round(self.x / 4 - wide / 2), round(self.y / 8 - tall / 2)

    @property
    def middle(self) -> tuple[float, float]:
        """Its middle in sub-pixels, once it is moved to whole cells."""
        (wide, tall), (column, line) = self.size, self.corner
        return (column + wide / 2) * 4, (line + tall / 2) * 8

    def shape(self, grid: Grid) -> Plane:
        """Return the ellipse in the whole cells that it takes."""
        (wide, tall), (x, y) = self.size, self.middle
        halves = ellipse(wide, tall)
        return grid.between(
            int(y - tall * 4), [x - half for half in halves], [x + half for half in halves]
        )

    @property
    def crown(self) -> Vec:
        """The middle of the hair: crown and back."""
        return unit(self.axes.place(ZERO, -0.62, 0.80, 0))

    def hair(self, grid: Grid) -> Plane:
        """Return where hair is on a head of any size."""
        return cap(grid, (self.x, self.y, self.radius), self.camera, self.crown, HAIRLINE)

    def eyes(self) -> list[tuple[float, float]]:
        """Return where the eyes are that can be seen, from its middle, in head radii, y down."""
        found = []
        for side in (0.38, -0.38):
            way = unit(self.axes.place(ZERO, 0.9, 0.12, side))
            if dot(way, self.camera.eye) > 0.22:
                spot = self.axes.place(ZERO, 0.64, 0.11, side)
                found.append((dot(spot, self.camera.right), -dot(spot, self.camera.up)))
        return found

    def marks(self) -> Iterator[Mark]:
        """Yield outline, hair, nose and eyes as characters."""
        (wide, tall), (column, line) = self.size, self.corner
        combed = self._combed()
        for row, text in enumerate(outline(wide, tall)):
            edge = len(text) - len(text.lstrip()), len(text.rstrip())
            for k in range(*edge):
                if text[k] in " -" and (k, row) in combed:
                    yield Mark(column + k, line + row, "#", Paint.HAIR)
                elif text[k] != " ":
                    yield Mark(column + k, line + row, text[k], Paint.BODY)
        eyes = self.eyes()
        if len(eyes) < 2:
            yield from self._nose()
        for x, y in self._spread(eyes):
            yield Mark(column + x, line + y, "o", Paint.EYE)

    def _combed(self) -> set[tuple[int, int]]:
        """Return the cells of a templated head, from its corner, in whose middle hair is."""
        (wide, tall), crown, camera = self.size, self.crown, self.camera
        across, up, near = (dot(crown, way) for way in (camera.right, camera.up, camera.eye))
        found = set()
        for row in range(tall):
            y = 1 - (2 * row + 1) / tall
            for column in range(wide):
                x = (2 * column + 1) / wide - 1
                depth = sqrt(max(0.0, 1 - x * x - y * y))
                if x * across + y * up + depth * near > HAIRLINE:
                    found.add((column, row))
        return found

    def _spread(self, eyes: list[tuple[float, float]]) -> Iterator[tuple[int, int]]:
        """Put eyes into cells inside the outline, never two into one."""
        wide, tall = self.size
        taken: set[tuple[int, int]] = set()
        for x, y in sorted(eyes):
            column = min(wide - 2, max(1, int((x + 1) * wide / 2)))
            row = int((y + 1) * tall / 2)
            row = min(tall - 2, max(1, row)) if tall > 2 else min(1, max(0, row))
            if (column, row) in taken and column < wide - 2:
                column += 1
            taken.add((column, row))
            yield column, row

    def _nose(self) -> Iterator[Mark]:
        """Let the nose stand out of the outline on the side that a profile looks to."""
        forward = self.axes.forward
        x, y = dot(forward, self.camera.right), -dot(forward, self.camera.up)
        size = hypot(x, y)
        if size < PROFILE:
            return
        (wide, tall), (column, line) = self.size, self.corner
        across = (wide - 1) / 2 * (1 + x / size)
        down = (tall - 1) / 2 * (1 + y / size)
        char = (">" if x > 0 else "<") if abs(x) >= abs(y) else ("v" if y > 0 else "^")
        yield Mark(column + round(across), line + round(down), char, Paint.BODY)


@lru_cache(maxsize=64)
def outline(wide: int, tall: int) -> tuple[str, ...]:
    """Return the template of a height, stretched to a width; blank outside and inside."""
    rows = []
    for indent, left, between, right in TEMPLATES[tall]:
        inset = indent
        if tall == 3 and wide > 6 and between == "-":
            inset = 1
        inner = between * (wide - 2 * inset - len(left + right))
        rows.append(f"{'':{inset}}{left}{inner}{right}{'':{inset}}")
    return tuple(rows)


@lru_cache(maxsize=64)
def ellipse(wide: int, tall: int) -> tuple[float, ...]:
    """Return half the width, on each scanline, of an ellipse of so many cells."""
    rises = ((row + 0.5) / (tall * 4) - 1 for row in range(tall * 8))
    return tuple(wide * 2 * sqrt(max(0.0, 1 - rise * rise)) for rise in rises)


def cap(
    grid: Grid, ball: tuple[float, float, float], camera: Camera, pole: Vec, edge: float
) -> Plane:
    """Rasterize the part of a ball whose normals lie within a cone about a pole.

    Along a scanline the ball's surface is a half circle, on which the cone cuts one arc or two;
    `edge` is the cosine of the cone's half angle.
    """
    x, y, radius = ball
    px, py, pz = dot(pole, camera.right), dot(pole, camera.up), dot(pole, camera.eye)
    swing, middle = hypot(px, pz), atan2(px, pz)
    plane, top = 0, int(y - radius)
    for row in range(max(0, top), min(grid.height, int(y + radius) + 1)):
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
                plane |= grid.between(row, [x + reach * sin(a)], [x + reach * sin(b)])
    return plane
