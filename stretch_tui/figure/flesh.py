"""Flesh on the bones: the body as layers of tapered capsules, and the order to paint them in."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from stretch_tui.figure.body import RADIUS, TRUNK
from stretch_tui.figure.camera import Camera
from stretch_tui.figure.pose import Pose
from stretch_tui.figure.props import strokes
from stretch_tui.figure.solve import Skeleton
from stretch_tui.figure.vectors import ZERO, Vec, along, dot, lerp, scaled, sub, unit

Capsule = tuple[Vec, float, Vec, float]

LEVELS = (0, 1, 3, 5, 6, 7, 8)
"""Trunk levels that the flesh is laid over; the two left out lie almost on the line between."""

HEAD_LEAD = 4.0
"""The head wins over what is level with it: its closed outline must stay closed."""


class Seam(NamedTuple):
    """Where a limb grows out of its neighbor: inside this ball the outline between is open."""

    neighbor: str
    at: Vec
    radius: float


class Layer(NamedTuple):
    """A part of the body, or of a prop, that is painted in one go."""

    name: str
    capsules: tuple[Capsule, ...]
    axis: tuple[Vec, ...]
    """Points along the middle, for telling what is in front of what."""
    girth: float
    seams: tuple[Seam, ...] = ()
    prop: bool = False
    thin: bool = False
    board: float = 0.0
    """Half the width of what a thin stroke stands for."""
    bare: int = 0
    """How many of the last capsules are neck, hand or foot: they are given the tone of skin."""


def body_layers(skeleton: Skeleton, *, thumbs: bool = False) -> list[Layer]:
    """Return trunk, head, and both halves of each limb; hands are mittens in a large picture."""
    layers = [_trunk(skeleton), _head(skeleton)]
    for side in ("_r", "_l"):
        layers += _arm(skeleton, side, thumbs=thumbs)
        layers += _leg(skeleton, side)
    return layers


def _trunk(skeleton: Skeleton) -> Layer:
    trunk = skeleton.trunk
    capsules: list[Capsule] = []
    rails: dict[float, list[tuple[Vec, float]]] = {1.0: [], -1.0: []}
    for level in LEVELS:
        (lateral, sagittal), at, axes = TRUNK[level], trunk.points[level], trunk.axes[level]
        ends = [along(at, axes.right, side * (lateral - sagittal)) for side in (1.0, -1.0)]
        for side, end in zip((1.0, -1.0), ends, strict=True):
            rails[side].append((end, sagittal))
    for rail in rails.values():
        capsules += [(*a, *b) for a, b in pairwise(rail)]
    collar = trunk.axes[8].place(trunk.points[8], 0, -1.6, 0)
    capsules += [(collar, 3.6, joint, RADIUS["shoulder"] - 0.4) for joint in trunk.shoulders]
    neck = trunk.points[8:11]
    capsules += [
        (a, RADIUS["neck"] + 0.5 * (1 - k), b, RADIUS["neck"])
        for k, (a, b) in enumerate(pairwise(neck))
    ]
    skull = trunk.head_axes.place(trunk.head, -1.5, -2.0, 0)
    capsules.append((neck[-1], RADIUS["neck"], skull, RADIUS["neck"]))
    return Layer("trunk", tuple(capsules), trunk.points[:9], 7.0, bare=2)


def _head(skeleton: Skeleton) -> Layer:
    """Skull, jaw and nose: the same character in every picture."""
    at, axes = skeleton.trunk.head, skeleton.trunk.head_axes
    skull = axes.place(at, -0.4, 0.7, 0)
    jaw, chin = axes.place(at, 2.2, -2.6, 0), axes.place(at, 4.6, -5.2, 0)
    bridge, nose = axes.place(at, 6.4, 0.6, 0), axes.place(at, 9.9, -1.8, 0)
    capsules = ((skull, 8.3, jaw, 6.0), (jaw, 6.0, chin, 3.0), (bridge, 1.9, nose, 1.4))
    return Layer("head", capsules, (at,), RADIUS["head"])


def _arm(skeleton: Skeleton, side: str, *, thumbs: bool) -> list[Layer]:
    shoulder, elbow, wrist, hand = (
        skeleton.joints[name + side] for name in ("shoulder", "elbow", "wrist", "hand")
    )
    palm = lerp(wrist, hand, 0.45)
    upper = ((shoulder, RADIUS["shoulder"], elbow, RADIUS["elbow"]),)
    fore = (
        (elbow, RADIUS["elbow"], wrist, RADIUS["wrist"] - 0.4),
        (wrist, RADIUS["wrist"] - 0.4, palm, RADIUS["wrist"] + 0.4),
        (palm, RADIUS["wrist"] + 0.4, hand, RADIUS["hand"]),
        *((_thumb(skeleton, side),) if thumbs else ()),
    )
    return [
        Layer("upper" + side, upper, (shoulder, elbow), 4.3,
              (Seam("trunk", shoulder, RADIUS["shoulder"] + 1.4),)),
        Layer("fore" + side, fore, (elbow, wrist, hand), 3.5,
              (Seam("upper" + side, elbow, RADIUS["elbow"] + 0.8),), bare=3 if thumbs else 2),
    ]  # fmt: skip


def _thumb(skeleton: Skeleton, side: str) -> Capsule:
    """Let the thumb point forward and inward, as it does on an arm that hangs or leans."""
    wrist, hand = skeleton.joints["wrist" + side], skeleton.joints["hand" + side]
    along_hand, chest = unit(sub(hand, wrist)), skeleton.trunk.chest_axes
    inward = -0.7 if side == "_r" else 0.7
    way = chest.place(ZERO, 0.7, 0.0, inward)
    if hand[1] < RADIUS["hand"] + 2.5:  # flat on the floor
        way = (way[0], 0.0, way[2])
    way = sub(way, scaled(along_hand, dot(way, along_hand)))
    root = lerp(wrist, hand, 0.2)
    tip = along(along(root, along_hand, 2.2), unit(way), 5.0)
    return (root, 2.2, tip, 1.5)


def _leg(skeleton: Skeleton, side: str) -> list[Layer]:
    hip, knee, ankle, toe = (
        skeleton.joints[name + side] for name in ("hip", "knee", "ankle", "toe")
    )
    heel = lerp(ankle, toe, -0.22)
    thigh = ((hip, RADIUS["hip"], knee, RADIUS["knee"]),)
    shank = (
        (knee, RADIUS["knee"], ankle, RADIUS["ankle"]),
        (heel, RADIUS["toe"] + 0.4, toe, RADIUS["toe"]),
    )
    return [
        Layer("thigh" + side, thigh, (hip, knee), 5.8,
              (Seam("trunk", hip, RADIUS["hip"] + 1.6),)),
        Layer("shank" + side, shank, (knee, ankle, toe), 4.4,
              (Seam("thigh" + side, knee, RADIUS["knee"] + 1.0),), bare=1),
    ]  # fmt: skip


def prop_layers(pose: Pose, skeleton: Skeleton) -> list[Layer]:
    """Turn the strokes of the props into layers, one a straight piece, each with its own depth."""
    layers: list[Layer] = []
    for stroke in strokes(pose.props, skeleton.joints):
        thin = stroke.radius == 0
        for a, b in pairwise(stroke.points):
            capsule = (a, stroke.radius, b, stroke.radius)
            girth = max(1.5, stroke.radius)
            layers.append(
                Layer(
                    f"prop{len(layers)}", (capsule,), (a, b), girth,
                    prop=True, thin=thin, board=stroke.board,
                )
            )  # fmt: skip
    return layers


def surfaces(pose: Pose, skeleton: Skeleton) -> list[tuple[Vec, ...]]:
    """Return the corners of every wall and mat: what all else is in front of."""
    around = strokes(pose.props, skeleton.joints)
    return [stroke.points for stroke in around if stroke.plane]


def painting_order(layers: Sequence[Layer], camera: Camera) -> list[Layer]:
    """Sort far to near: compare each pair where they cross on the screen, then sort by that."""
    tracks = [_track(layer, camera) for layer in layers]
    means = [sum(p[2] for p in track) / len(track) for track in tracks]
    behind: list[set[int]] = [set() for _ in layers]
    boxes = [_box(track, layer.girth) for track, layer in zip(tracks, layers, strict=True)]
    for a, box in enumerate(boxes):
        for b in range(a + 1, len(layers)):
            if not _meet(box, boxes[b]):
                continue
            gap = _gap(layers[a], tracks[a], layers[b], tracks[b])
            if gap > 0:
                behind[a].add(b)
            elif gap < 0:
                behind[b].add(a)
    left = sorted(range(len(layers)), key=means.__getitem__)
    order: list[Layer] = []
    while left:
        pick = next((k for k in left if not behind[k].intersection(left)), left[0])
        left.remove(pick)
        order.append(layers[pick])
    return order


Track = list[tuple[float, float, float]]


def _track(layer: Layer, camera: Camera) -> Track:
    """Sample the middle of a layer: screen place and depth."""
    points = list(layer.axis)
    samples: list[Vec] = []
    for a, b in pairwise(points):
        parts = 1 if len(points) > 4 else 3
        samples += [lerp(a, b, k / parts) for k in range(parts)]
    samples.append(points[-1])
    return [(*camera.flat(p), camera.depth(p)) for p in samples]


def _box(track: Track, girth: float) -> tuple[float, float, float, float]:
    xs, ys = [p[0] for p in track], [p[1] for p in track]
    return min(xs) - girth, min(ys) - girth, max(xs) + girth, max(ys) + girth


def _meet(a: tuple[float, ...], b: tuple[float, ...]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _joined(a: Layer, b: Layer) -> bool:
    return any(seam.neighbor == b.name for seam in a.seams)


def _gap(a: Layer, at: Track, b: Layer, bt: Track) -> float:
    """Return how much nearer the eye layer a is than b where they overlap; 0 when apart."""
    if _joined(a, b) or _joined(b, a):
        # Neighbors always meet at their joint; what counts is where the far end goes.
        at = at[len(at) // 3 :] if _joined(a, b) else at
        bt = bt[len(bt) // 3 :] if _joined(b, a) else bt
    reach = (a.girth + b.girth) ** 2
    lead = (HEAD_LEAD if a.name == "head" else 0.0) - (HEAD_LEAD if b.name == "head" else 0.0)
    total = 0.0
    for x, y, depth in at:
        nearest, other = reach, 0.0
        for u, v, d in bt:
            away = (x - u) * (x - u) + (y - v) * (y - v)
            if away < nearest:
                nearest, other = away, d
        if nearest < reach:
            total += (depth - other + lead) * (1.2 - nearest / reach)
    return total
