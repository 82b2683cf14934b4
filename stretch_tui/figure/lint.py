"""What is wrong with a pose: out of reach, floating, sunken, bent the wrong way, head hidden."""

from __future__ import annotations

from collections.abc import Iterator
from math import acos, degrees

from stretch_tui.figure.body import (
    ELBOW_FOLD_LIMIT,
    KNEE_BACK_LIMIT,
    KNEE_FOLD_LIMIT,
    NECK_TURN_LIMIT,
    REGIONS,
    SPINE_LIMITS,
)
from stretch_tui.figure.camera import Camera, fit
from stretch_tui.figure.drawing import Painter
from stretch_tui.figure.extent import extent
from stretch_tui.figure.pose import Pose
from stretch_tui.figure.raster import Grid
from stretch_tui.figure.solve import Skeleton, lowest_point, radius_of
from stretch_tui.figure.vectors import cross, dot, unit

REACH, FLOAT, SINK = 0.3, 1.6, 0.8
HINGE = 0.85
"""How far a knee's axis may lean with the hip before what looks bent backward is a turned leg."""

PANE = (40, 16)
LEAST_HEAD, LEAST_REGION = 0.3, 48
"""Share of the head, and pixels of the stretched region (a cell has 32), that must be seen."""

Finding = tuple[str, str]


def check(pose: Pose, body: Skeleton) -> Iterator[Finding]:
    """Yield (message, hint) for everything wrong with a solved pose."""
    yield from _reach(body)
    yield from _floor(pose, body)
    yield from bends(pose)
    yield from folds(body)
    yield from sight(pose, body)


def _reach(body: Skeleton) -> Iterator[Finding]:
    for limb, miss in body.misses.items():
        if miss > REACH:
            yield f"{limb} misses its target by {miss:.1f}", "move the target nearer"


def contact_heights(pose: Pose, body: Skeleton) -> Iterator[tuple[str, float]]:
    """Yield the gap under every declared contact, in body units; below zero is sunken."""
    for name in pose.contacts:
        if name == "back":
            yield name, lowest_point(body.trunk, {"pelvis": (0.0, 99.0, 0.0)})
        elif name == "heel" or name in body.joints:
            joint = name if name in body.joints else "ankle_r"
            yield name, body.joints[joint][1] - radius_of(joint)
        else:
            for side in ("_r", "_l"):
                yield name + side, body.joints[name + side][1] - radius_of(name)


def _floor(pose: Pose, body: Skeleton) -> Iterator[Finding]:
    low = lowest_point(body.trunk, body.joints)
    if low < -SINK:
        yield f"sinks {-low:.1f} into the floor", "raise the limb, or anchor the part that rests"
    for name, gap in contact_heights(pose, body):
        if abs(gap) > FLOAT:
            where = "above" if gap > 0 else "below"
            yield f"{name} is {abs(gap):.1f} {where} the floor", "it is listed under floor"


def bends(pose: Pose) -> Iterator[Finding]:
    """Yield every region of the spine that bends or turns further than it can."""
    for region, turns in zip(REGIONS, pose.spine, strict=True):
        for name, value, (least, most) in zip(
            ("", "_side", "_twist"), turns, SPINE_LIMITS[region], strict=True
        ):
            if not least <= value <= most:
                yield (
                    f"spine.{region}{name} is {value:.0f} degrees",
                    f"keep it between {least} and {most}",
                )
    turn = abs(pose.spine[2][2] + pose.spine[3][2])
    if turn > NECK_TURN_LIMIT:
        yield f"the head is turned {turn:.0f} degrees", f"at most {NECK_TURN_LIMIT:.0f}"


def folds(body: Skeleton) -> Iterator[Finding]:
    """Yield every elbow and knee that folds too far or bends the wrong way."""
    right = body.trunk.axes[0].right
    for side in ("_r", "_l"):
        upper, fore, _ = body.directions["arm" + side]
        fold = degrees(acos(max(-1.0, min(1.0, dot(upper, fore)))))
        if fold > ELBOW_FOLD_LIMIT:
            yield f"elbow{side} folds {fold:.0f} degrees", f"at most {ELBOW_FOLD_LIMIT:.0f}"
        thigh, shank, _ = body.directions["leg" + side]
        fold = degrees(acos(max(-1.0, min(1.0, dot(thigh, shank)))))
        if fold > KNEE_FOLD_LIMIT:
            yield f"knee{side} folds {fold:.0f} degrees", f"at most {KNEE_FOLD_LIMIT:.0f}"
        hinge = dot(unit(cross(thigh, shank)), right)
        if hinge > HINGE and fold > KNEE_BACK_LIMIT and abs(dot(thigh, right)) < 0.35:
            yield f"knee{side} bends the wrong way", "swap the directions of thigh and shank"


def sight(pose: Pose, body: Skeleton) -> Iterator[Finding]:
    """Look at the pose as it is drawn: the head and the stretched region must be in sight."""
    grid, camera = Grid(*PANE), Camera.at(pose.view.yaw, pose.view.pitch)
    fitted = fit(extent(pose, body, camera), *PANE, cropped=pose.frame != "full")
    painter = Painter(grid, camera, fitted, halo=2, templates=False)
    planes = painter.paint(pose, body)
    if not pose.head_hidden:
        whole = painter.head_shape(body)
        if planes.head.bit_count() < LEAST_HEAD * max(1, whole.bit_count()):
            yield "the head cannot be seen", "turn the camera, or say head_hidden = true"
    if pose.highlights and planes.stretched.bit_count() < LEAST_REGION:
        yield "the stretched region cannot be seen", "turn the camera, or choose another `hl`"
