"""Limbs come in pairs: which of two is the farther, and which only doubles every line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import hypot

from stretch_tui.figure.camera import Camera, Fit
from stretch_tui.figure.flesh import Layer
from stretch_tui.figure.solve import Skeleton

TWINS = (
    (("upper", "fore"), ("shoulder", "elbow", "wrist", "hand")),
    (("thigh", "shank"), ("hip", "knee", "ankle", "toe")),
)
"""Parts of the limbs, and the joints that a pair of them is compared by."""

FAR_BEHIND = 12.0
"""How far behind its twin a limb is to be dimmer, in body units."""

TWIN_DISTANCE = 5.0
"""A far limb nearer than this to its near twin, in sub-pixels, is left out."""

STROKE_DISTANCE = 10.0
"""The same for the strokes of a prop."""


def far_limbs(skeleton: Skeleton, camera: Camera) -> frozenset[str]:
    """Name the parts of limbs that lie well behind their twins."""
    found: set[str] = set()
    for parts, joints in TWINS:
        nearer = _nearer(skeleton, camera, joints)
        if abs(nearer) > FAR_BEHIND:
            found |= _named(parts, nearer)
    return frozenset(found)


def hidden_limbs(skeleton: Skeleton, camera: Camera, fit: Fit) -> frozenset[str]:
    """Name the parts of far limbs that their near twins cover."""
    found: set[str] = set()
    for parts, joints in TWINS:
        if max(_apart(skeleton, camera, fit, joints)) < TWIN_DISTANCE:
            found |= _named(parts, _nearer(skeleton, camera, joints))
    return frozenset(found)


def _named(parts: Sequence[str], nearer: float) -> set[str]:
    return {part + ("_l" if nearer >= 0 else "_r") for part in parts}


def _nearer(skeleton: Skeleton, camera: Camera, joints: Sequence[str]) -> float:
    """Return by how much the right limb is nearer the eye than the left, in the mean."""
    return sum(
        camera.depth(skeleton.joints[joint + "_r"]) - camera.depth(skeleton.joints[joint + "_l"])
        for joint in joints
    ) / len(joints)


def _apart(skeleton: Skeleton, camera: Camera, fit: Fit, joints: Sequence[str]) -> Iterator[float]:
    """Yield how far apart like joints are on the screen, in sub-pixels."""
    for joint in joints:
        rx, ry = fit.screen(camera, skeleton.joints[joint + "_r"])
        lx, ly = fit.screen(camera, skeleton.joints[joint + "_l"])
        yield hypot(rx - lx, ry - ly)


def without_doubled_strokes(layers: Sequence[Layer], camera: Camera, fit: Fit) -> list[Layer]:
    """Drop a prop's far edge that runs close to a near one: a chair reads better in outline."""
    edges = []
    for layer in layers:
        a, b = layer.axis[0], layer.axis[-1]
        ends = (*fit.screen(camera, a), *fit.screen(camera, b))
        edges.append((camera.depth(a) + camera.depth(b), ends, layer))
    kept: list[tuple[tuple[float, ...], Layer]] = []
    for _, ends, layer in sorted(edges, key=lambda edge: -edge[0]):
        turned = ends[2:] + ends[:2]
        if layer.thin and any(
            other.thin and (_close(ends, near) or _close(turned, near)) for near, other in kept
        ):
            continue
        kept.append((ends, layer))
    return [layer for _, layer in kept]


def _close(a: tuple[float, ...], b: tuple[float, ...]) -> bool:
    return all(abs(u - v) < STROKE_DISTANCE for u, v in zip(a, b, strict=True))
