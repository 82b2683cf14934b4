"""How much room a body takes on the screen, and where its arrows go."""

from __future__ import annotations

from itertools import pairwise
from math import atan2, degrees

from stretch_tui.figure.camera import Box, Camera, Fit
from stretch_tui.figure.flesh import body_layers
from stretch_tui.figure.pose import Pose
from stretch_tui.figure.props import strokes
from stretch_tui.figure.solve import Skeleton
from stretch_tui.figure.vectors import Vec, add, along, dot, scaled, sub, unit

# Trunk level below which a cropped frame shows nothing, and how far along the thighs it goes on.
CUTS = {"waist": 0, "bust": 3}


def extent(pose: Pose, skeleton: Skeleton, camera: Camera) -> Box:
    """Return the box around everything that the frame of the pose has to show."""
    left = bottom = 1e9
    right = top = -1e9
    for at, radius in _balls(pose, skeleton):
        x, y = camera.flat(at)
        left, right = min(left, x - radius), max(right, x + radius)
        bottom, top = min(bottom, y - radius), max(top, y + radius)
    return left, bottom, right, top


def _balls(pose: Pose, skeleton: Skeleton) -> list[tuple[Vec, float]]:
    balls = []
    for layer in body_layers(skeleton):
        if pose.frame == "thigh" and layer.name.startswith("shank"):
            continue
        for a, ra, b, rb in layer.capsules:
            balls += [(p, r) for p, r in ((a, ra), (b, rb)) if _shown(pose, skeleton, p, r)]
    if pose.frame in ("full", "thigh"):
        # Without the shins nothing below the knees is shown, props included.
        low = min(skeleton.joints["knee_r"][1], skeleton.joints["knee_l"][1])
        floor = low if pose.frame == "thigh" else -1.0
        for stroke in strokes(pose.props, skeleton.joints):
            balls += [(point, stroke.radius) for point in stroke.points if point[1] >= floor]
    if pose.frame == "full":
        for arrow in pose.arrows:
            start = add(skeleton.joints.get(arrow.at, (0.0, 0.0, 0.0)), arrow.offset)
            balls += [(start, 1.5), (add(start, arrow.by), 2.5)]
    return balls


def _shown(pose: Pose, skeleton: Skeleton, point: Vec, radius: float) -> bool:
    """Tell whether a cropped frame has to show a ball: it lies above the cut through the trunk."""
    level = CUTS.get(pose.frame)
    if level is None:
        return True
    points = skeleton.trunk.points
    axis = unit(sub(points[8], points[0]))
    return dot(sub(point, points[level]), axis) > radius * 0.5


def arrow_cells(
    pose: Pose, skeleton: Skeleton, camera: Camera, fit: Fit
) -> list[tuple[int, int, str]]:
    """Lay the arrows of a pose out as characters: (column, line, character)."""
    cells: list[tuple[int, int, str]] = []
    for arrow in pose.arrows:
        start = add(skeleton.joints.get(arrow.at, (0.0, 0.0, 0.0)), arrow.offset)
        end = add(start, arrow.by)
        middle = add(along(start, arrow.by, 0.5), scaled(arrow.bow, 2.0))
        curve = [fit.screen(camera, _bezier(start, middle, end, k / 40)) for k in range(41)]
        cells += _trace(curve)
    return cells


def _bezier(a: Vec, b: Vec, c: Vec, t: float) -> Vec:
    u = 1 - t
    return (
        a[0] * u * u + 2 * b[0] * u * t + c[0] * t * t,
        a[1] * u * u + 2 * b[1] * u * t + c[1] * t * t,
        a[2] * u * u + 2 * b[2] * u * t + c[2] * t * t,
    )


def _trace(curve: list[tuple[float, float]]) -> list[tuple[int, int, str]]:
    """Walk a curve of screen points: one character a cell, one a line where it is steep."""
    path: list[tuple[int, int, str]] = []
    for (ax, ay), (bx, by) in pairwise(curve):
        column, line = int(ax // 4), int(ay // 8)
        char = _slope(degrees(atan2(ay - by, bx - ax)))
        if path and (path[-1][:2] == (column, line) or (char != "-" and path[-1][1] == line)):
            continue
        path.append((column, line, char))
    (ax, ay), (bx, by) = curve[-6], curve[-1]
    angle = degrees(atan2(ay - by, bx - ax))
    head = ">" if abs(angle) <= 50 else "<" if abs(angle) >= 130 else "^" if angle > 0 else "v"
    end = (int(bx // 4), int(by // 8))
    path = [step for step in path if step[:2] != end]
    return [*path, (*end, head)]


def _slope(angle: float) -> str:
    flat = angle % 180
    if flat < 32 or flat > 148:
        return "-"
    if flat < 75:
        return "/"
    return "|" if flat < 105 else "\\"
