"""In-betweens: a body part of the way from one solved pose to another."""

from __future__ import annotations

from math import acos, atan2, degrees, sqrt
from typing import NamedTuple

from stretch_tui.figure.body import (
    ARM_JOINTS,
    ELBOW_FOLD_LIMIT,
    KNEE_FOLD_LIMIT,
    LEG_JOINTS,
    LIMBS,
    Axes,
    make_axes,
)
from stretch_tui.figure.pose import Aim, Limb, Pose, Spine, Target, View
from stretch_tui.figure.solve import (
    Directions,
    Skeleton,
    Trunk,
    finish,
    grow_trunk,
    lowest_point,
    radius_of,
    target_point,
)
from stretch_tui.figure.vectors import (
    ZERO,
    Vec,
    add,
    cross,
    dot,
    length,
    lerp,
    rotate,
    slerp,
    sub,
    unit,
)

Body = tuple[Pose, Skeleton]

DRIFT = 0.05
"""A planted limb may miss its place by this much before the body gives way, in body units."""

TRIES = 6


def smoothstep(t: float) -> float:
    """Ease in and out."""
    return t * t * (3 - 2 * t)


def between(pose_a: Pose, body_a: Skeleton, pose_b: Pose, body_b: Skeleton, t: float) -> Body:
    """Blend two solved poses: directions turn along arcs, planted limbs are solved anew.

    t is the eased fraction, 0 to 1; at both ends the key pose itself comes back.
    """
    if t <= 0.0 or pose_a is pose_b:
        return pose_a, body_a
    if t >= 1.0:
        return pose_b, body_b
    return _Blend(pose_a, body_a, pose_b, body_b, t).body()


class _Blend(NamedTuple):
    """Two key poses and how far the way between them has been gone."""

    pose_a: Pose
    body_a: Skeleton
    pose_b: Pose
    body_b: Skeleton
    t: float

    def body(self) -> Body:
        """Blend the trunk, then give way with it until planted limbs reach what they hold."""
        pose = self._pose()
        axes = _blend_axes(self.body_a.root_axes, self.body_b.root_axes, self.t)
        root = lerp(self.body_a.root, self.body_b.root, self.t)
        body = self._placed(pose, root, axes)
        for _ in range(TRIES):
            push = _give_way(pose, body)
            if length(push) < DRIFT / 4:
                break
            root = add(root, push)
            body = self._placed(pose, root, axes)
        return pose, body

    def _placed(self, pose: Pose, root: Vec, axes: Axes) -> Skeleton:
        """Place the body: planted limbs by the pose, the others turned and kept off the floor."""
        trunk = grow_trunk(root, axes, pose.spine, pose.shoulders)
        loose = {name: self._turned(name, trunk) for name in LIMBS if pose.limbs[name].to is None}
        draft = finish(pose, root, axes, pose.spine, pose.shoulders, loose)
        kept = {name: self._kept(name, draft) for name in loose}
        return finish(pose, root, axes, pose.spine, pose.shoulders, kept)

    def _turned(self, name: str, trunk: Trunk) -> Directions:
        """Turn the bones of a limb along arcs, as seen from the part of the trunk it hangs on.

        In the world's own directions an arm would lag behind a trunk that bends far, and its two
        bones might go round opposite ways.
        """
        found = []
        frames = [_base(each, name) for each in (self.body_a.trunk, self.body_b.trunk, trunk)]
        bones = zip(self.body_a.directions[name], self.body_b.directions[name], strict=True)
        for a, b in bones:
            turned = slerp(frames[0].seen(a), frames[1].seen(b), self.t)
            found.append(frames[2].place(ZERO, *turned))
        upper, lower = found[:2]
        limit = ELBOW_FOLD_LIMIT if name[0] == "a" else KNEE_FOLD_LIMIT
        return (upper, _unfolded(upper, lower, limit), found[2])

    def _kept(self, name: str, draft: Skeleton) -> Directions:
        """Keep resting joints of a turned limb on the floor, and all others above it."""
        joints = [joint + name[-2:] for joint in (ARM_JOINTS if name[0] == "a" else LEG_JOINTS)]
        here = draft.joints[joints[0]]
        bones: list[Vec] = []
        for start, end, turned in zip(joints, joints[1:], draft.directions[name], strict=False):
            bone = turned
            size = length(sub(draft.joints[end], draft.joints[start]))
            floor = radius_of(end)
            if self._rests(end):
                a, b = self.body_a.joints[end][1], self.body_b.joints[end][1]
                bone = _aimed(bone, (a + (b - a) * self.t - here[1]) / size)
            elif here[1] + bone[1] * size < floor:
                bone = _aimed(bone, (floor - here[1]) / size)
            here = (here[0] + bone[0] * size, here[1] + bone[1] * size, here[2] + bone[2] * size)
            bones.append(bone)
        return (bones[0], bones[1], bones[2])

    def _rests(self, joint: str) -> bool:
        """Tell whether a joint lies on the floor in both poses."""
        return all(
            joint in pose.contacts or joint[:-2] in pose.contacts
            for pose in (self.pose_a, self.pose_b)
        )

    def _pose(self) -> Pose:
        a, b, t = self.pose_a, self.pose_b, self.t
        spine: Spine = tuple(lerp(x, y, t) for x, y in zip(a.spine, b.spine, strict=True))
        (ar, al), (br, bl) = a.shoulders, b.shoulders
        return (a if t < 0.5 else b)._replace(
            spine=spine,
            shoulders=(
                (_mix(ar[0], br[0], t), _mix(ar[1], br[1], t)),
                (_mix(al[0], bl[0], t), _mix(al[1], bl[1], t)),
            ),
            limbs={name: self._limb(name) for name in LIMBS},
            view=View(_mix(a.view.yaw, b.view.yaw, t), _mix(a.view.pitch, b.view.pitch, t)),
            arrows=(),
        )

    def _limb(self, name: str) -> Limb:
        """Keep a limb planted when both poses plant it on the same thing, or rest its end."""
        a, b = self.pose_a.limbs[name], self.pose_b.limbs[name]
        same = (
            a.to is not None
            and b.to is not None
            and a.to.at == b.to.at
            and a.to.on_floor == b.to.on_floor
        )
        end = _blend_aim(a.end, b.end, self.t)
        if same and a.to is not None and b.to is not None:
            target = Target(lerp(a.to.offset, b.to.offset, self.t), a.to.on_floor, a.to.at)
            bend = lerp(a.bend, b.bend, self.t)
            return Limb(end=end, to=target, bend=unit(bend) if length(bend) > 1e-6 else a.bend)
        return self._resting(name, end) or Limb()

    def _resting(self, name: str, end: Aim | None) -> Limb | None:
        """Plant a limb whose wrist or ankle, but not elbow or knee, rests in both poses."""
        root, middle, tip, _ = (
            joint + name[-2:] for joint in (ARM_JOINTS if name[0] == "a" else LEG_JOINTS)
        )
        if not self._rests(tip) or self._rests(middle):
            return None
        bends = []
        for body in (self.body_a, self.body_b):
            joints = body.joints
            bends.append(sub(joints[middle], lerp(joints[root], joints[tip], 0.5)))
        bend = lerp(bends[0], bends[1], self.t)
        if length(bend) < 1e-6:
            bend = self.body_a.root_axes.forward
        place = lerp(self.body_a.joints[tip], self.body_b.joints[tip], self.t)
        if end is None:
            last = slerp(self.body_a.directions[name][2], self.body_b.directions[name][2], self.t)
            end = Aim(last)
        return Limb(end=end, to=Target(place), bend=unit(bend))


def _mix(a: float, b: float, t: float) -> float:
    return a + (b - a) * t


def _give_way(pose: Pose, body: Skeleton) -> Vec:
    """Return how the trunk must move: off the floor, and towards what planted limbs hold."""
    low = lowest_point(body.trunk, body.joints)
    pushes = []
    for name, miss in body.misses.items():
        target = pose.limbs[name].to
        if target is None or miss < DRIFT:
            continue
        tip = ("wrist" if name.startswith("arm") else "ankle") + name[-2:]
        pull = sub(target_point(body.trunk, body.joints, name, target), body.joints[tip])
        pushes.append(pull)
    total = ZERO
    for push in pushes:
        total = add(total, push)
    if pushes:
        share = 1.1 / len(pushes)
        total = (total[0] * share, total[1] * share, total[2] * share)
    return (total[0], max(total[1], -low), total[2])


def _aimed(bone: Vec, rise: float) -> Vec:
    """Turn a bone up or down to a given rise (its sine), keeping its heading."""
    rise = max(-1.0, min(1.0, rise))
    flat = sqrt(bone[0] * bone[0] + bone[2] * bone[2])
    if flat < 1e-6:
        return (sqrt(1 - rise * rise), rise, 0.0)
    share = sqrt(1 - rise * rise) / flat
    return (bone[0] * share, rise, bone[2] * share)


def _blend_aim(a: Aim | None, b: Aim | None, t: float) -> Aim | None:
    if a is None or b is None or a == b:
        return a if a == b else None
    if a.floor is None and b.floor is None:
        return Aim(slerp(a.direction, b.direction, t))
    return None


def _base(trunk: Trunk, name: str) -> Axes:
    """Return the axes of what a limb hangs on: arms on the chest, legs on the pelvis."""
    return trunk.chest_axes if name[0] == "a" else trunk.axes[0]


def _unfolded(upper: Vec, lower: Vec, limit: float) -> Vec:
    """Open a joint that has folded further than it can."""
    fold = degrees(acos(max(-1.0, min(1.0, dot(upper, lower)))))
    axis = cross(upper, lower)
    if fold <= limit or length(axis) < 1e-6:
        return lower
    return rotate(lower, unit(axis), limit - 0.01 - fold)


def _blend_axes(a: Axes, b: Axes, t: float) -> Axes:
    """Turn one set of axes into another: up along its arc, then the rest about it."""
    up = slerp(a.up, b.up, t)
    forward = slerp(_carried(a.forward, a.up, up), _carried(b.forward, b.up, up), t)
    return make_axes(up, forward)


def _carried(forward: Vec, was: Vec, now: Vec) -> Vec:
    """Carry `forward` along when up turns, by the shortest way."""
    axis = cross(was, now)
    sine = length(axis)
    if sine < 1e-9:
        return forward
    turned = rotate(forward, unit(axis), degrees(atan2(sine, dot(was, now))))
    lean = dot(turned, now)
    return unit(sub(turned, (now[0] * lean, now[1] * lean, now[2] * lean)))
