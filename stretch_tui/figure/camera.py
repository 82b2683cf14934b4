"""The camera: orthographic, turned by yaw and pitch, fitted once to everything it must show."""

from __future__ import annotations

from math import cos, radians, sin
from typing import NamedTuple

from stretch_tui.figure.vectors import Vec, dot

Box = tuple[float, float, float, float]
"""Left, bottom, right, top in body units on the screen plane."""


class Camera(NamedTuple):
    """Directions of the screen's right and up, and towards the eye."""

    right: Vec
    up: Vec
    eye: Vec

    @classmethod
    def at(cls, yaw: float, pitch: float) -> Camera:
        """Stand at a yaw (0 the body's right side, 90 its front) and look down by a pitch."""
        y, p = radians(yaw), radians(pitch)
        return cls(
            (cos(y), 0.0, -sin(y)),
            (-sin(y) * sin(p), cos(p), -cos(y) * sin(p)),
            (sin(y) * cos(p), sin(p), cos(y) * cos(p)),
        )

    def flat(self, point: Vec) -> tuple[float, float]:
        """Project onto the screen plane, y up, in body units."""
        return dot(point, self.right), dot(point, self.up)

    def depth(self, point: Vec) -> float:
        """Return how near the eye a point is; more is nearer."""
        return dot(point, self.eye)


class Fit(NamedTuple):
    """Scale in sub-pixels per body unit, and where the world's origin lands."""

    scale: float
    left: float
    base: float

    def screen(self, camera: Camera, point: Vec) -> tuple[float, float]:
        """Return sub-pixel coordinates, y down."""
        x, y = camera.flat(point)
        return self.left + x * self.scale, self.base - y * self.scale


def join(boxes: list[Box]) -> Box:
    """Return the smallest box around all boxes."""
    return (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )


def fit(box: Box, columns: int, lines: int, *, cropped: bool) -> Fit:
    """Fit a box into a pane, a pixel of air around it, its foot on the last pixel of a line.

    A cropped figure stands on the pane's lower edge; a whole one may float a little above it,
    because the middle of a pane reads better than its bottom.
    """
    width, height = columns * 4, lines * 8
    wide, tall = max(1e-6, box[2] - box[0]), max(1e-6, box[3] - box[1])
    scale = min((width - 3.0) / wide, (height - 1.8) / tall)
    left = (width - wide * scale) / 2 - box[0] * scale
    spare = int((height - 2.0 - tall * scale) / 8)
    lift = 0 if cropped else int(spare * 0.35)
    foot = height - 8 * lift - 0.3
    return Fit(scale, left, foot + box[1] * scale)
