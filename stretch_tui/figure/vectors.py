"""Small vector arithmetic on plain tuples of three floats."""

from __future__ import annotations

from math import acos, cos, hypot, radians, sin
from typing import TypeAlias

Vec: TypeAlias = tuple[float, float, float]

ZERO: Vec = (0.0, 0.0, 0.0)


def add(a: Vec, b: Vec) -> Vec:
    """Return a + b."""
    return (a[0] + b[0], a[1] + b[1], a[2] + b[2])


def sub(a: Vec, b: Vec) -> Vec:
    """Return a - b."""
    return (a[0] - b[0], a[1] - b[1], a[2] - b[2])


def scaled(a: Vec, factor: float) -> Vec:
    """Return a times a factor."""
    return (a[0] * factor, a[1] * factor, a[2] * factor)


def along(a: Vec, direction: Vec, distance: float) -> Vec:
    """Return the point `distance` from a along a direction."""
    return (
        a[0] + direction[0] * distance,
        a[1] + direction[1] * distance,
        a[2] + direction[2] * distance,
    )


def dot(a: Vec, b: Vec) -> float:
    """Return the scalar product."""
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def cross(a: Vec, b: Vec) -> Vec:
    """Return the vector product."""
    return (
        a[1] * b[2] - a[2] * b[1],
        a[2] * b[0] - a[0] * b[2],
        a[0] * b[1] - a[1] * b[0],
    )


def length(a: Vec) -> float:
    """Return the Euclidean length."""
    return hypot(a[0], a[1], a[2])


def unit(a: Vec) -> Vec:
    """Return a scaled to length one; the zero vector stays as it is."""
    size = length(a)
    return a if size == 0.0 else (a[0] / size, a[1] / size, a[2] / size)


def lerp(a: Vec, b: Vec, t: float) -> Vec:
    """Return the point a fraction t of the way from a to b."""
    return (a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t)


def rotate(v: Vec, axis: Vec, degrees: float) -> Vec:
    """Turn v about a unit axis, right-handed (Rodrigues' formula)."""
    angle = radians(degrees)
    c, s = cos(angle), sin(angle)
    side, rest = cross(axis, v), dot(axis, v) * (1 - c)
    return (
        v[0] * c + side[0] * s + axis[0] * rest,
        v[1] * c + side[1] * s + axis[1] * rest,
        v[2] * c + side[2] * s + axis[2] * rest,
    )


def slerp(a: Vec, b: Vec, t: float) -> Vec:
    """Turn unit vector a towards b by a fraction t of the angle between them."""
    cosine = max(-1.0, min(1.0, dot(a, b)))
    if cosine > 0.9999:
        return unit(lerp(a, b, t))
    if cosine < -0.9999:  # opposite: any way round will do, so go over the top
        axis = unit(cross(a, (0.0, 0.0, 1.0) if abs(a[2]) < 0.9 else (0.0, 1.0, 0.0)))
        return rotate(a, axis, 180.0 * t)
    angle = acos(cosine)
    down, up = sin((1 - t) * angle) / sin(angle), sin(t * angle) / sin(angle)
    return unit((a[0] * down + b[0] * up, a[1] * down + b[1] * up, a[2] * down + b[2] * up))
