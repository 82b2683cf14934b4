"""In-betweens: a body part of the way from one solved pose to another."""

from __future__ import annotations

from dataclasses import replace
from math import atan2, degrees

from stretch_tui.figure.body import LIMBS, Axes, make_axes
from stretch_tui.figure.pose import Limb, Pose, Spine, Target, View
from stretch_tui.figure.solve import Directions, Skeleton, finish, lowest_point
from stretch_tui.figure.vectors import Vec, dot, length, lerp, rotate, slerp, sub, unit


def smoothstep(t: float) -> float:
    """Ease in and out."""
    return t * t * (3 - 2 * t)


def between(
    pose_a: Pose, body_a: Skeleton, pose_b: Pose, body_b: Skeleton, t: float
) -> tuple[Pose, Skeleton]:
    """Blend two solved poses: directions turn along arcs, planted limbs are solved anew.

    t is the eased fraction, 0 to 1; at both ends the key pose itself comes back.
    """
    if t <= 0.0 or pose_a is pose_b:
        return pose_a, body_a
    if t >= 1.0:
        return pose_b, body_b
    mid = _blend_pose(pose_a, pose_b, t)
    given = {
        name: _blend_bones(body_a.directions[name], body_b.directions[name], t)
        for name in LIMBS
        if mid.limbs[name].to is None
    }
    axes = _blend_axes(body_a.root_axes, body_b.root_axes, t)
    root = lerp(body_a.root, body_b.root, t)
    body = finish(mid, root, axes, mid.spine, mid.shoulders, given)
    low = lowest_point(body.trunk, body.joints)
    if low < 0.0:
        root = (root[0], root[1] - low, root[2])
        body = finish(mid, root, axes, mid.spine, mid.shoulders, given)
    return mid, body


def _mix(a: float, b: float, t: float) -> float:
    return a + (b - a) * t


def _blend_pose(a: Pose, b: Pose, t: float) -> Pose:
    spine: Spine = tuple(
        (_mix(x[0], y[0], t), _mix(x[1], y[1], t), _mix(x[2], y[2], t))
        for x, y in zip(a.spine, b.spine, strict=True)
    )
    nearer = a if t < 0.5 else b
    (ar, al), (br, bl) = a.shoulders, b.shoulders
    return replace(
        nearer,
        spine=spine,
        shoulders=(
            (_mix(ar[0], br[0], t), _mix(ar[1], br[1], t)),
            (_mix(al[0], bl[0], t), _mix(al[1], bl[1], t)),
        ),
        limbs={name: _blend_limb(a.limbs[name], b.limbs[name], t) for name in LIMBS},
        view=View(_mix(a.view.yaw, b.view.yaw, t), _mix(a.view.pitch, b.view.pitch, t)),
        arrows=(),
    )


def _blend_limb(a: Limb, b: Limb, t: float) -> Limb:
    """Keep a limb planted when both poses plant it on the same thing."""
    if a.to is None or b.to is None or a.to.at != b.to.at or a.to.on_floor != b.to.on_floor:
        return Limb()
    target = Target(lerp(a.to.offset, b.to.offset, t), a.to.on_floor, a.to.at)
    bend = lerp(a.bend, b.bend, t)
    end = a.end if a.end == b.end else None
    if a.end and b.end and end is None and a.end.floor is None and b.end.floor is None:
        end = replace(a.end, direction=slerp(a.end.direction, b.end.direction, t))
    return Limb(end=end, to=target, bend=unit(bend) if length(bend) > 1e-6 else a.bend)


def _blend_bones(a: Directions, b: Directions, t: float) -> Directions:
    return (slerp(a[0], b[0], t), slerp(a[1], b[1], t), slerp(a[2], b[2], t))


def _blend_axes(a: Axes, b: Axes, t: float) -> Axes:
    """Turn one set of axes into another: up along its arc, then the rest about it."""
    up = slerp(a.up, b.up, t)
    forward = slerp(_level(a.forward, a.up, up), _level(b.forward, b.up, up), t)
    return make_axes(up, forward)


def _level(forward: Vec, was: Vec, now: Vec) -> Vec:
    """Carry `forward` along when up turns, by the shortest way."""
    axis = (
        was[1] * now[2] - was[2] * now[1],
        was[2] * now[0] - was[0] * now[2],
        was[0] * now[1] - was[1] * now[0],
    )
    sine = length(axis)
    if sine < 1e-9:
        return forward
    turned = rotate(forward, unit(axis), degrees(atan2(sine, dot(was, now))))
    lean = dot(turned, now)
    return unit(sub(turned, (now[0] * lean, now[1] * lean, now[2] * lean)))
