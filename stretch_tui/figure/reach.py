"""Two bones that reach for a point: the law of cosines, and which way the joint between goes."""

from __future__ import annotations

from math import sqrt

from stretch_tui.figure.vectors import Vec, add, along, cross, dot, length, scaled, sub, unit

SLACK = 0.02
"""A limb is never quite straight, nor quite folded: a straight one has no elbow to place."""


def two_bones(
    start: Vec, goal: Vec, first: float, second: float, bend: Vec
) -> tuple[Vec, Vec, float]:
    """Aim two bones so that their end meets the goal, the joint between pushed along `bend`.

    Returns both unit directions and the distance left when the goal is out of reach.
    """
    way = sub(goal, start)
    far = length(way)
    line = unit(way) if far > 1e-9 else (0.0, -1.0, 0.0)
    reach = min(max(far, abs(first - second) + SLACK), first + second - SLACK)
    push = sub(bend, scaled(line, dot(bend, line)))
    if length(push) < 1e-6:
        push = cross(line, (0.0, 0.0, 1.0))
        push = push if length(push) > 1e-6 else (1.0, 0.0, 0.0)
    push = unit(push)
    forth = (first * first - second * second + reach * reach) / (2 * reach)
    aside = sqrt(max(0.0, first * first - forth * forth))
    upper = unit(add(scaled(line, forth), scaled(push, aside)))
    joint = along(start, upper, first)
    end = along(start, line, reach)
    return upper, unit(sub(end, joint)), abs(far - reach)
