"""How much room a body takes on the screen."""

from __future__ import annotations

from stretch_tui.figure.camera import Box, Camera
from stretch_tui.figure.flesh import body_layers
from stretch_tui.figure.pose import Pose
from stretch_tui.figure.props import strokes
from stretch_tui.figure.solve import Skeleton
from stretch_tui.figure.vectors import Vec, add, dot, sub, unit

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
        for arrow in pose.arrows:
            start = add(skeleton.joints.get(arrow.at, (0.0, 0.0, 0.0)), arrow.offset)
            if arrow.radius:
                balls.append((start, arrow.radius + 1.5))
            else:
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
