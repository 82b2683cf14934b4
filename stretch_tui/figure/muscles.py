"""Where each muscle lies on the body, so that the stretched one can be painted in its shape."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from stretch_tui.figure.body import Axes
from stretch_tui.figure.solve import Skeleton
from stretch_tui.figure.vectors import Vec, lerp

BONES = {
    "upper": ("shoulder", "elbow"),
    "fore": ("elbow", "wrist"),
    "thigh": ("hip", "knee"),
    "shank": ("knee", "ankle"),
}


class End(NamedTuple):
    """One end of a muscle: a trunk level or a fraction of a bone, and an offset from it."""

    at: str
    fraction: float = 0.0
    forward: float = 0.0
    up: float = 0.0
    out: float = 0.0


class Muscle(NamedTuple):
    """A spindle between two ends, painted inside the part that owns it."""

    owners: tuple[str, ...]
    first: End
    last: End
    radii: tuple[float, float]
    faces: int = 0
    """1 lies on the front, -1 on the back, 0 shows from any side."""


T = ("trunk",)


def _v(level: int, forward: float, out: float, up: float = 0.0) -> End:
    return End(f"v{level}", 0.0, forward, up, out)


MUSCLES: dict[str, tuple[Muscle, ...]] = {
    "neck": (
        Muscle(T, End("neck", 0, -0.6, 0.5, 2.2), _v(8, -1.0, 5.0, 0.5), (2.0, 2.4)),
        Muscle(T, _v(8, -1.0, 4.5, 0.6), End("shoulder", 0, -0.6, 1.6, -4.5), (2.2, 1.8)),
    ),
    "neck_back": (
        Muscle(T, End("neck", 0, -2.6, 0.0, 0.8), _v(8, -2.6, 2.0), (2.2, 3.0), -1),
    ),
    "neck_front": (
        Muscle(T, End("neck", 0, 2.2, -0.5, 1.0), _v(8, 2.8, 2.2, -0.5), (1.9, 2.2), 1),
    ),
    "upper_trap": (
        Muscle(T, End("neck", 0, -1.4, -1.0, 2.0), _v(8, -1.4, 4.2, 0.4), (1.9, 2.4)),
        Muscle(T, _v(8, -1.4, 4.0, 0.4), End("shoulder", 0, -0.8, 1.6, -2.5), (2.4, 1.9)),
    ),
    "upper_back": (
        Muscle(T, _v(8, -3.0, 3.0, -1.0), _v(5, -3.8, 3.6), (2.8, 3.0), -1),
        Muscle(T, _v(7, -3.6, 5.6), _v(6, -3.8, 5.6), (2.6, 2.6), -1),
    ),
    "mid_back": (Muscle(T, _v(6, -3.8, 3.2), _v(3, -3.4, 2.8), (3.0, 2.6), -1),),
    "low_back": (Muscle(T, _v(4, -3.4, 2.6), _v(1, -4.0, 2.8), (2.6, 3.0), -1),),
    "lats": (Muscle(T, _v(7, -1.4, 8.6, -1.0), _v(3, -2.4, 4.8), (2.6, 2.4)),),
    "side": (Muscle(T, _v(7, 0.0, 8.0, -2.0), _v(2, 0.0, 6.0), (2.4, 2.4)),),
    "chest": (
        Muscle(T, _v(6, 3.6, 2.6, 1.0), End("shoulder", 0, 2.2, -1.6, -3.0), (3.2, 2.6), 1),
        Muscle(T, _v(7, 3.4, 2.6, 0.5), End("shoulder", 0, 2.2, -1.0, -3.0), (2.6, 2.6), 1),
    ),
    "abs": (Muscle(T, _v(5, 4.0, 2.4), _v(1, 4.4, 2.4), (2.6, 2.8), 1),),
    "shoulder": (
        Muscle(("upper",), End("upper", 0.0), End("upper", 0.38), (4.6, 3.2)),
    ),
    "front_shoulder": (
        Muscle(("upper", "trunk"), End("shoulder", 0, 1.8), End("upper", 0.36, 1.2), (3.4, 2.8)),
    ),
    "rear_shoulder": (
        Muscle(("upper", "trunk"), End("shoulder", 0, -1.8), End("upper", 0.36, -1.2), (3.4, 2.8)),
    ),
    "rotator_cuff": (
        Muscle(T, _v(6, -3.6, 6.4, 1.0), End("shoulder", 0, -2.0, 0, -1.5), (2.4, 2.8), -1),
        Muscle(("upper",), End("shoulder", 0, -1.0), End("upper", 0.25, -1.0), (3.4, 2.8)),
    ),
    "upper": (Muscle(("upper",), End("upper", 0.18), End("upper", 0.82), (3.0, 2.8)),),
    "triceps": (Muscle(("upper",), End("upper", 0.15), End("upper", 0.85), (3.2, 2.6)),),
    "biceps": (Muscle(("upper",), End("upper", 0.2), End("upper", 0.85), (3.0, 2.8)),),
    "fore": (Muscle(("fore",), End("fore", 0.15), End("fore", 0.8), (2.8, 2.2)),),
    "wrist": (Muscle(("fore",), End("fore", 0.7), End("fore", 1.0), (2.4, 2.4)),),
    "hip_front": (
        Muscle(("trunk", "thigh"), _v(0, 4.6, 4.4, 3.0), End("thigh", 0.3, 2.0), (3.0, 3.2), 1),
    ),
    "glutes": (
        Muscle(("trunk", "thigh"), _v(0, -4.0, 4.0, 1.0), _v(0, -3.6, 4.4, -2.5), (3.6, 3.4)),
    ),
    "thigh": (Muscle(("thigh",), End("thigh", 0.2), End("thigh", 0.82), (4.0, 3.2)),),
    "hamstrings": (Muscle(("thigh",), End("thigh", 0.2), End("thigh", 0.85), (4.0, 3.2)),),
}  # fmt: skip


class Patch(NamedTuple):
    """A muscle placed on a solved body: a tapered capsule that belongs to some layers."""

    owners: tuple[str, ...]
    ends: tuple[Vec, Vec]
    radii: tuple[float, float]
    normal: Vec | None


def patches(skeleton: Skeleton, names: tuple[str, ...]) -> Iterator[Patch]:
    """Place the muscles of these regions; a name without a side stands for both sides."""
    for name in names:
        sides = (name[-2:],) if name[-2:] in ("_r", "_l") else ("_r", "_l")
        region = name[:-2] if len(sides) == 1 else name
        for side in sides:
            for muscle in MUSCLES[region]:
                yield _place(skeleton, muscle, side)


def _place(skeleton: Skeleton, muscle: Muscle, side: str) -> Patch:
    first, axes = _end(skeleton, muscle.first, side)
    last, _ = _end(skeleton, muscle.last, side)
    f = axes.forward
    normal = (f[0] * muscle.faces, f[1] * muscle.faces, f[2] * muscle.faces)
    owners = tuple(owner if owner == "trunk" else owner + side for owner in muscle.owners)
    return Patch(owners, (first, last), muscle.radii, normal if muscle.faces else None)


def _end(skeleton: Skeleton, end: End, side: str) -> tuple[Vec, Axes]:
    trunk, sign = skeleton.trunk, 1.0 if side == "_r" else -1.0
    if end.at in BONES:
        a, b = (skeleton.joints[joint + side] for joint in BONES[end.at])
        axes = trunk.chest_axes if end.at in ("upper", "fore") else trunk.axes[0]
        origin = lerp(a, b, end.fraction)
    elif end.at == "neck":
        axes, origin = trunk.axes[10], trunk.points[10]
    elif end.at == "shoulder":
        axes, origin = trunk.chest_axes, skeleton.joints["shoulder" + side]
    else:
        level = int(end.at[1:])
        axes, origin = trunk.axes[level], trunk.points[level]
    return axes.place(origin, end.forward, end.up, end.out * sign), axes
