"""From a pose to joints: forward kinematics, two-bone reach, and the drop to the floor."""

from __future__ import annotations

from collections.abc import Mapping
from math import sqrt
from typing import NamedTuple

from stretch_tui.figure.body import (
    ARM_JOINTS,
    ARM_LENGTHS,
    BASES,
    HALF_HIPS,
    HALF_SHOULDERS,
    HEAD_FORWARD,
    HEAD_UP,
    LEG_JOINTS,
    LEG_LENGTHS,
    LIMBS,
    PELVIS,
    RADIUS,
    SHOULDER_DROP,
    SPINE_STEPS,
    TRUNK,
    Axes,
)
from stretch_tui.figure.pose import Aim, Limb, Pose, Spine, Target
from stretch_tui.figure.reach import two_bones
from stretch_tui.figure.vectors import Vec, add, along, dot, length, sub, unit

Directions = tuple[Vec, Vec, Vec]


class Trunk(NamedTuple):
    """Pelvis to head: positions and axes of nine trunk levels, two neck joints, the head."""

    points: tuple[Vec, ...]
    axes: tuple[Axes, ...]
    head: Vec
    head_axes: Axes
    shoulders: tuple[Vec, Vec]
    hips: tuple[Vec, Vec]

    @property
    def chest_axes(self) -> Axes:
        """Axes of the upper chest, which carries the shoulders."""
        return self.axes[8]


class Skeleton(NamedTuple):
    """A solved body: every joint by name, bone directions by limb, and what went wrong."""

    root: Vec
    root_axes: Axes
    trunk: Trunk
    joints: Mapping[str, Vec]
    directions: Mapping[str, Directions]
    misses: Mapping[str, float]
    """Distance by which a limb misses its target or the floor, in body units."""


def grow_trunk(
    root: Vec, axes: Axes, spine: Spine, shoulders: tuple[tuple[float, float], ...]
) -> Trunk:
    """Stack the spine up from the pelvis, spreading each region's turn over its segments."""
    here, now = along(root, axes.up, PELVIS), axes
    points, all_axes = [root, here], [axes, axes]
    for (_, step, count), (flex, side, twist) in zip(SPINE_STEPS, spine, strict=False):
        for _ in range(count):
            now = now.bent(flex / count, side / count, twist / count)
            here = along(here, now.up, step)
            points.append(here)
            all_axes.append(now)
    head_axes = now.bent(*spine[3])
    head = head_axes.place(here, HEAD_FORWARD, HEAD_UP, 0.0)
    chest = all_axes[8]
    joints = [
        chest.place(points[8], forward, up - SHOULDER_DROP, sign * HALF_SHOULDERS)
        for (up, forward), sign in zip(shoulders, (1.0, -1.0), strict=True)
    ]
    return Trunk(
        tuple(points),
        tuple(all_axes),
        head,
        head_axes,
        (joints[0], joints[1]),
        (axes.place(root, 0, 0, HALF_HIPS), axes.place(root, 0, 0, -HALF_HIPS)),
    )


def radius_of(joint: str) -> float:
    """Return the flesh around a joint named as `knee_r` or `head`."""
    return RADIUS[joint[:-2] if joint[-2:] in ("_r", "_l") else joint]


def solve(pose: Pose) -> Skeleton:
    """Solve a pose: free limbs, the drop to the floor, then limbs with a target."""
    axes = BASES[pose.base].bent(*pose.turns)
    root = (pose.at[0], 0.0, pose.at[1])
    trunk = grow_trunk(root, axes, pose.spine, pose.shoulders)
    free = {name: limb for name, limb in pose.limbs.items() if not needs_floor(limb)}
    joints = _trunk_joints(trunk)
    for name, limb in free.items():
        joints |= place_free(trunk, name, limb)[0]
    drop = (0.0, -_lowest_or_anchor(pose, trunk, joints), 0.0)
    return finish(pose, add(root, drop), axes, pose.spine, pose.shoulders, {})


def finish(
    pose: Pose,
    root: Vec,
    axes: Axes,
    spine: Spine,
    shoulders: tuple[tuple[float, float], ...],
    given: Mapping[str, Directions],
) -> Skeleton:
    """Place all limbs on a trunk whose place is settled; `given` directions win over the pose."""
    trunk = grow_trunk(root, axes, spine, shoulders)
    joints = _trunk_joints(trunk)
    directions: dict[str, Directions] = {}
    misses: dict[str, float] = {}
    for name in _order(pose, given):
        limb = pose.limbs[name]
        if name in given:
            placed, bones = _chain(trunk, name, given[name])
            miss = 0.0
        elif limb.to is not None:
            placed, bones, miss = _reach(trunk, joints, name, limb, limb.to)
        else:
            placed, bones, miss = place_free(trunk, name, limb)
        joints |= placed
        directions[name] = bones
        if miss > 0:
            misses[name] = miss
    return Skeleton(root, axes, trunk, joints, directions, misses)


def needs_floor(limb: Limb) -> bool:
    """Tell whether a limb can be placed only once the height of the body is known."""
    return limb.to is not None or any(
        aim is not None and aim.floor is not None for aim in (limb.upper, limb.lower, limb.end)
    )


def _order(pose: Pose, given: Mapping[str, Directions]) -> list[str]:
    """Put limbs that hold on to another limb after the one they hold."""

    def depth(name: str, seen: int = 0) -> int:
        limb = pose.limbs[name]
        if name in given or limb.to is None or seen > 3:
            return 0
        at = limb.to.at
        if at.split("_")[0] in ("shoulder", "hip"):
            return 0
        kind = "arm" if at.split("_")[0] in ARM_JOINTS else "leg"
        return 1 + depth(f"{kind}_{at[-1]}", seen + 1) if at[-2:] in ("_r", "_l") else 0

    return sorted(LIMBS, key=depth)


def _trunk_joints(trunk: Trunk) -> dict[str, Vec]:
    return {
        "pelvis": trunk.points[0],
        "chest": trunk.points[7],
        "neck": trunk.points[9],
        "head": trunk.head,
        "shoulder_r": trunk.shoulders[0],
        "shoulder_l": trunk.shoulders[1],
        "hip_r": trunk.hips[0],
        "hip_l": trunk.hips[1],
    }


def lowest_point(trunk: Trunk, joints: Mapping[str, Vec]) -> float:
    """Return the height of the lowest bit of flesh among these joints and the trunk."""
    low = min(at[1] - radius_of(name) for name, at in joints.items() if name != "chest")
    for (lateral, sagittal), at, axes in zip(TRUNK, trunk.points, trunk.axes, strict=False):
        half = (lateral - sagittal) * abs(axes.right[1])
        low = min(low, at[1] - half - sagittal)
    return low


def _lowest_or_anchor(pose: Pose, trunk: Trunk, joints: Mapping[str, Vec]) -> float:
    if pose.anchor is None:
        return lowest_point(trunk, joints)
    part, height = pose.anchor
    if part not in joints:
        return lowest_point(trunk, joints)
    return joints[part][1] - (radius_of(part) if height is None else height)


def _names(name: str) -> tuple[tuple[str, ...], tuple[float, float, float]]:
    side = name[-2:]
    if name.startswith("arm"):
        return tuple(joint + side for joint in ARM_JOINTS), ARM_LENGTHS
    return tuple(joint + side for joint in LEG_JOINTS), LEG_LENGTHS


def _socket(trunk: Trunk, name: str) -> Vec:
    pair = trunk.shoulders if name.startswith("arm") else trunk.hips
    return pair[0] if name.endswith("_r") else pair[1]


def _chain(trunk: Trunk, name: str, bones: Directions) -> tuple[dict[str, Vec], Directions]:
    names, lengths = _names(name)
    here = _socket(trunk, name)
    placed = {}
    for joint, bone, size in zip(names[1:], bones, lengths, strict=True):
        here = along(here, bone, size)
        placed[joint] = here
    return placed, bones


def place_free(trunk: Trunk, name: str, limb: Limb) -> tuple[dict[str, Vec], Directions, float]:
    """Place a limb given by directions, reaching for the floor where an aim says so."""
    names, lengths = _names(name)
    here, missed = _socket(trunk, name), 0.0
    upper = limb.upper or Aim((0.0, -1.0, 0.0))
    aims = (upper, limb.lower or upper, limb.end)
    placed: dict[str, Vec] = {}
    bones: list[Vec] = []
    for joint, aim, size in zip(names[1:], aims, lengths, strict=True):
        if aim is None:
            bone = _rest_end(name, trunk, bones)
        elif aim.floor is None:
            bone = aim.direction
        else:
            bone, miss = _to_floor(here, size, radius_of(joint), aim.floor)
            missed = max(missed, miss)
        here = along(here, bone, size)
        placed[joint] = here
        bones.append(bone)
    return placed, (bones[0], bones[1], bones[2]), missed


def _rest_end(name: str, trunk: Trunk, bones: list[Vec]) -> Vec:
    """Let a hand follow its forearm, and a foot stand out at a right angle to its shank."""
    lower = bones[-1]
    if name.startswith("arm"):
        return lower
    toes = trunk.axes[0].forward
    flat = sub(toes, (lower[0] * dot(toes, lower), lower[1] * dot(toes, lower),
                      lower[2] * dot(toes, lower)))  # fmt: skip
    if length(flat) < 0.2:
        return lower
    return unit(add(unit(flat), (lower[0] * 0.25, lower[1] * 0.25, lower[2] * 0.25)))


def _to_floor(
    here: Vec, size: float, radius: float, heading: tuple[float, float]
) -> tuple[Vec, float]:
    drop = radius - here[1]
    if abs(drop) > size:
        return (0.0, 1.0 if drop > 0 else -1.0, 0.0), abs(drop) - size
    flat = sqrt(size * size - drop * drop)
    norm = sqrt(heading[0] ** 2 + heading[1] ** 2) or 1.0
    return (heading[0] / norm * flat / size, drop / size, heading[1] / norm * flat / size), 0.0


def target_point(trunk: Trunk, joints: Mapping[str, Vec], name: str, target: Target) -> Vec:
    """Return where a wrist or an ankle is to be put."""
    if target.at == "":
        x, y, z = target.offset
        return (x, radius_of(_names(name)[0][2]) if target.on_floor else y, z)
    origin = joints.get(target.at, trunk.points[0])
    axes = {
        "head": trunk.head_axes,
        "neck": trunk.head_axes,
        "chest": trunk.chest_axes,
        "pelvis": trunk.axes[0],
    }.get(target.at)
    return add(origin, target.offset) if axes is None else axes.place(origin, *target.offset)


def _reach(
    trunk: Trunk, joints: Mapping[str, Vec], name: str, limb: Limb, target: Target
) -> tuple[dict[str, Vec], Directions, float]:
    _, lengths = _names(name)
    goal = target_point(trunk, joints, name, target)
    upper, lower, miss = two_bones(_socket(trunk, name), goal, lengths[0], lengths[1], limb.bend)
    draft = limb._replace(upper=Aim(upper), lower=Aim(lower), to=None)
    placed, bones, floor_miss = place_free(trunk, name, draft)
    return placed, bones, max(miss, floor_miss)
