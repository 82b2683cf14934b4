"""The body: lengths, radii and joint limits, in hundredths of stature.

Pictogram proportions on purpose: with real ones the head and the hands vanish in forty
columns, so legs are short, the head is big and limbs are thick.
"""

from __future__ import annotations

from typing import NamedTuple

from stretch_tui.figure.vectors import Vec, cross, dot, rotate, unit

PELVIS, LUMBAR, THORACIC, NECK = 8.0, 10.0, 14.0, 6.0
HEAD_UP, HEAD_FORWARD = 7.6, 1.4
UPPER_ARM, FOREARM, HAND = 16.5, 14.0, 7.0
THIGH, SHANK, FOOT = 21.5, 20.5, 11.0
HALF_SHOULDERS, HALF_HIPS, SHOULDER_DROP = 13.0, 6.5, 3.0

RADIUS = {
    "head": 8.8, "neck": 3.5, "shoulder": 4.8, "elbow": 3.9, "wrist": 3.2, "hand": 2.7,
    "hip": 6.5, "knee": 5.1, "ankle": 3.7, "toe": 2.8, "pelvis": 6.8, "chest": 6.4,
}  # fmt: skip

# (lateral, sagittal) half-axes of the trunk at nine levels, from the pelvis to C7.
TRUNK = (
    (7.5, 6.8), (7.6, 6.6), (6.9, 5.8), (6.7, 5.5), (7.0, 5.8),
    (7.9, 6.4), (8.8, 6.6), (9.6, 6.0), (6.5, 4.2),
)  # fmt: skip
SPINE_STEPS = (
    ("lumbar", LUMBAR / 3, 3),
    ("thoracic", THORACIC / 4, 4),
    ("neck", NECK / 2, 2),
)
REGIONS = ("lumbar", "thoracic", "neck", "head")

LIMBS = ("leg_r", "leg_l", "arm_r", "arm_l")
ARM_BONES, LEG_BONES = ("upper", "fore", "hand"), ("thigh", "shank", "foot")
ARM_LENGTHS, LEG_LENGTHS = (UPPER_ARM, FOREARM, HAND), (THIGH, SHANK, FOOT)
ARM_JOINTS = ("shoulder", "elbow", "wrist", "hand")
LEG_JOINTS = ("hip", "knee", "ankle", "toe")

# Degrees, as (least, most): a healthy adult's range, widened where the pictogram needs it
# (deep backbends read as backbends only when the short trunk bends further than a real one).
SPINE_LIMITS = {
    "lumbar": ((-65, 60), (-40, 40), (-30, 30)),
    "thoracic": ((-55, 70), (-45, 45), (-75, 75)),
    "neck": ((-65, 60), (-50, 50), (-65, 65)),
    "head": ((-60, 40), (-30, 30), (-45, 45)),
}
NECK_TURN_LIMIT = 80.0
ELBOW_FOLD_LIMIT, KNEE_FOLD_LIMIT, KNEE_BACK_LIMIT = 158.0, 178.0, 14.0


class Axes(NamedTuple):
    """Three unit vectors at right angles that say how a part of the body is turned."""

    forward: Vec
    up: Vec
    right: Vec

    def bent(self, flex: float, side: float, twist: float) -> Axes:
        """Flex forward, lean right, then turn right, each in degrees about its own axis."""
        forward, up, right = self.forward, self.up, self.right
        if flex:
            up, forward = rotate(up, right, -flex), rotate(forward, right, -flex)
        if side:
            up, right = rotate(up, forward, side), rotate(right, forward, side)
        if twist:
            forward, right = rotate(forward, up, -twist), rotate(right, up, -twist)
        return Axes(forward, up, right)

    def seen(self, v: Vec) -> Vec:
        """Return a direction as (forward, up, right) of these axes; `place` undoes it."""
        return dot(v, self.forward), dot(v, self.up), dot(v, self.right)

    def place(self, origin: Vec, forward: float, up: float, right: float) -> Vec:
        """Return the point at these distances from the origin."""
        f, u, r = self.forward, self.up, self.right
        return (
            origin[0] + f[0] * forward + u[0] * up + r[0] * right,
            origin[1] + f[1] * forward + u[1] * up + r[1] * right,
            origin[2] + f[2] * forward + u[2] * up + r[2] * right,
        )


def make_axes(up: Vec, forward: Vec) -> Axes:
    """Build axes from an up and a roughly forward direction."""
    up = unit(up)
    right = unit(cross(forward, up))
    return Axes(cross(up, right), up, right)


BASES = {
    "stand": make_axes((0, 1, 0), (1, 0, 0)),
    "prone": make_axes((1, 0, 0), (0, -1, 0)),
    "supine": make_axes((1, 0, 0), (0, 1, 0)),
    "side": make_axes((1, 0, 0), (0, 0, 1)),
    "side_right": make_axes((-1, 0, 0), (0, 0, 1)),
}
