"""From a solved body and a camera to bit planes: outline, flesh, stretched region, hair, props."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import hypot
from typing import NamedTuple

from stretch_tui.figure import face
from stretch_tui.figure.camera import Camera, Fit
from stretch_tui.figure.flesh import Layer, body_layers, painting_order, prop_layers
from stretch_tui.figure.muscles import Patch, patches
from stretch_tui.figure.pose import Pose
from stretch_tui.figure.raster import Disc, Grid, Plane, Shape, clear, cut, put
from stretch_tui.figure.solve import Skeleton
from stretch_tui.figure.vectors import dot

TWIN_DISTANCE = 5.0
"""A far limb nearer than this to its near twin, in sub-pixels, is left out."""

STROKE_DISTANCE = 10.0
"""The same for the strokes of a prop."""

FILL_FROM = 25.0
"""Parts thinner than this, in sub-pixels, stay unfilled: an outline alone is calmer."""

SLIM = 0.8
"""Filled limbs are drawn thinner, or the gaps between them close."""

JOINED = 1.6
"""How far around a seam, in its radii, no gap is cleared: there the outlines run together."""

APART = 5.0
"""A limb so far in front of the trunk, or behind it, gets a tone of its own."""

LEAST_MUSCLE = 4.0
THIN_STROKE = 0.72
LEVEL_STROKE = 0.13
"""A prop's stroke flatter than this is drawn level: a lintel a little aslant only looks wrong."""


@dataclass(slots=True)
class Planes:
    """What has been painted so far, one plane a kind of mark."""

    ink: Plane
    fill: Plane
    stretched: Plane
    hair: Plane
    head: Plane
    prop: Plane
    flesh: Plane
    """All of the body that is in sight."""
    near: Plane
    """Of that, the limbs well in front of the trunk."""
    far: Plane
    """And those well behind it."""
    marks: list[tuple[float, float, str]] = field(default_factory=list)

    @classmethod
    def blank(cls, grid: Grid) -> Planes:
        """Return planes with nothing on them."""
        ink, fill, stretched, hair, head, prop, flesh, near, far = (grid.blank() for _ in range(9))
        return cls(ink, fill, stretched, hair, head, prop, flesh, near, far)

    def erase(self, shape: Shape) -> None:
        """Clear a shape from every plane that has anything on it."""
        for plane in (
            self.ink,
            self.fill,
            self.stretched,
            self.hair,
            self.head,
            self.prop,
            self.flesh,
            self.near,
            self.far,
        ):
            if any(plane[shape.top : shape.end]):
                clear(plane, shape)


class Painter(NamedTuple):
    """One body in front of one camera, on one grid."""

    grid: Grid
    camera: Camera
    fit: Fit
    halo: int
    solid: bool = False
    """Paint filled limbs, not outlines."""

    def paint(self, pose: Pose, skeleton: Skeleton) -> Planes:
        """Paint far to near; every layer clears a gap around itself."""
        planes = Planes.blank(self.grid)
        body = body_layers(skeleton)
        trunk = next(layer for layer in body if layer.name == "trunk")
        layers = self._without_hidden_twins(body, skeleton)
        layers += self._without_doubled_strokes(prop_layers(pose, skeleton))
        muscle = list(patches(skeleton, pose.highlights))
        done: dict[str, Shape] = {}
        depth = self._depth
        for layer in painting_order(layers, self.camera):
            shape = self.grid.shape(self._capsules(layer))
            if layer.prop:
                self._prop(planes, layer, shape)
            else:
                lead = depth(layer) - depth(trunk)
                self._part(planes, layer, shape, done, muscle, lead)
                if layer.name == "head":
                    put(planes.head, shape)
                    face.paint(self.grid, planes, shape, skeleton, self.camera, self.fit)
        planes.marks = [m for m in planes.marks if self.grid.has(planes.head, m[0], m[1])]
        return planes

    def _depth(self, layer: Layer) -> float:
        """How near the eye the middle of a layer is on average."""
        return sum(map(self.camera.depth, layer.axis)) / len(layer.axis)

    def outline_of(self, name: str, skeleton: Skeleton) -> Shape:
        """Return the whole shape of one part of the body, whatever is in front of it."""
        layer = next(each for each in body_layers(skeleton) if each.name == name)
        return self.grid.shape(self._capsules(layer))

    def _capsules(self, layer: Layer) -> list[tuple[Disc, Disc]]:
        """Project the capsules of a layer, leaving out those that fall on the one before."""
        scale, screen, camera = self.fit.scale, self.fit.screen, self.camera
        thick = scale * (SLIM if self.solid and layer.name != "head" else 1.0)
        found: list[tuple[Disc, Disc]] = []
        seen: set[tuple[int, ...]] = set()
        for a, ra, b, rb in layer.capsules:
            (ax, ay), (bx, by) = screen(camera, a), screen(camera, b)
            if layer.thin:
                if abs(ay - by) < LEVEL_STROKE * abs(ax - bx):
                    ay = by = (ay + by) / 2
                found.append(((ax, ay, THIN_STROKE), (bx, by, THIN_STROKE)))
                continue
            key = (int(ax + 0.5), int(ay + 0.5), int(bx + 0.5), int(by + 0.5), int(ra * 9))
            if key not in seen:
                seen.add(key)
                found.append(((ax, ay, ra * thick), (bx, by, rb * thick)))
        return found

    def _part(
        self,
        planes: Planes,
        layer: Layer,
        shape: Shape,
        done: dict[str, Shape],
        muscle: Sequence[Patch],
        lead: float,
    ) -> None:
        """Paint one part of the body; `lead` says how far it is in front of the trunk."""
        inner = self.grid.eroded(shape)
        zone = self._seam_zone(layer, done, 1.0)
        gone = self.grid.grown(shape, self.halo)
        near = self._seam_zone(layer, done, JOINED)
        if near is not None:
            keep, own = cut(near, gone.top, gone.end), cut(shape, gone.top, gone.end)
            gone.rows = [(g & ~k) | o for g, k, o in zip(gone.rows, keep, own, strict=True)]
        planes.erase(gone)
        line = Shape(shape.top, [a & ~b for a, b in zip(shape.rows, inner.rows, strict=True)])
        if zone is not None:
            for seam in layer.seams:
                if seam.neighbor in done:
                    self._open(planes, line, shape, done[seam.neighbor], zone)
        put(planes.flesh, shape)
        if layer.name != "head" and abs(lead) >= APART:
            put(planes.near if lead > 0 else planes.far, shape)
        done[layer.name] = shape
        if not self.solid or layer.name == "head":
            put(planes.ink, line)
        if layer.name != "head":
            if self.solid:
                put(planes.fill, shape)
            elif layer.girth * 2 * self.fit.scale >= FILL_FROM:
                put(planes.fill, inner)
        self._muscle(planes, layer, inner, muscle)

    def _seam_zone(self, layer: Layer, done: dict[str, Shape], size: float) -> Shape | None:
        """Return the balls in which this layer and one painted before it are one."""
        balls = []
        for seam in layer.seams:
            if seam.neighbor in done:
                x, y = self.fit.screen(self.camera, seam.at)
                disc = (x, y, seam.radius * size * self.fit.scale)
                balls.append((disc, disc))
        return self.grid.shape(balls) if balls else None

    def _open(self, planes: Planes, line: Shape, shape: Shape, other: Shape, zone: Shape) -> None:
        """Take the outline away between a limb and the part it grows from."""
        top, end = zone.top, zone.end
        both = Shape(
            top,
            [a | b for a, b in zip(cut(shape, top, end), cut(other, top, end), strict=True)],
        )
        merged = self.grid.eroded(both)
        merged.rows = [a & b for a, b in zip(merged.rows, zone.rows, strict=True)]
        clear(planes.ink, merged)
        gone = cut(merged, line.top, line.end)
        line.rows = [a & ~b for a, b in zip(line.rows, gone, strict=True)]

    def _muscle(self, planes: Planes, layer: Layer, inner: Shape, muscle: Sequence[Patch]) -> None:
        """Paint the stretched muscles that lie on this layer, inside its outline."""
        spindles: list[tuple[Disc, Disc]] = []
        for patch in muscle:
            if layer.name not in patch.owners:
                continue
            if patch.normal is not None and dot(patch.normal, self.camera.eye) < -0.35:
                continue
            (a, b), (ra, rb) = patch.ends, patch.radii
            ra, rb = (max(LEAST_MUSCLE, r * self.fit.scale) for r in (ra, rb))
            spindles.append(
                (
                    (*self.fit.screen(self.camera, a), ra),
                    (*self.fit.screen(self.camera, b), rb),
                )
            )
        if spindles:
            region = self.grid.shape(spindles)
            inside = cut(inner, region.top, region.end)
            region.rows = [a & b for a, b in zip(region.rows, inside, strict=True)]
            put(planes.stretched, region)

    def _prop(self, planes: Planes, layer: Layer, shape: Shape) -> None:
        """Paint a thin stroke, or the outline of a solid, over what is behind it."""
        before = planes.prop[shape.top : shape.end] if layer.thin else None
        planes.erase(self.grid.grown(shape, 1))
        if before is not None:  # strokes of one prop meet at corners: keep them joined
            put(planes.prop, Shape(shape.top, before))
            put(planes.prop, shape)
            return
        inner = self.grid.eroded(shape)
        put(
            planes.prop,
            Shape(shape.top, [a & ~b for a, b in zip(shape.rows, inner.rows, strict=True)]),
        )

    def _without_doubled_strokes(self, layers: list[Layer]) -> list[Layer]:
        """Drop a prop's far edge that runs close to a near one: a chair reads better in outline."""
        edges = []
        for layer in layers:
            a, b = layer.axis[0], layer.axis[-1]
            ends = (*self.fit.screen(self.camera, a), *self.fit.screen(self.camera, b))
            edges.append((self.camera.depth(a) + self.camera.depth(b), ends, layer))
        kept: list[tuple[tuple[float, ...], Layer]] = []
        for _, ends, layer in sorted(edges, key=lambda edge: -edge[0]):
            turned = ends[2:] + ends[:2]
            if layer.thin and any(
                other.thin and (_close(ends, near) or _close(turned, near)) for near, other in kept
            ):
                continue
            kept.append((ends, layer))
        return [layer for _, layer in kept]

    def _without_hidden_twins(self, layers: list[Layer], skeleton: Skeleton) -> list[Layer]:
        """Drop a far limb that its near twin covers: it would only double every line."""
        dropped: set[str] = set()
        for parts, joints in (
            (("upper", "fore"), ("shoulder", "elbow", "wrist", "hand")),
            (("thigh", "shank"), ("hip", "knee", "ankle", "toe")),
        ):
            apart = near = 0.0
            for joint in joints:
                right, left = skeleton.joints[joint + "_r"], skeleton.joints[joint + "_l"]
                rx, ry = self.fit.screen(self.camera, right)
                lx, ly = self.fit.screen(self.camera, left)
                apart = max(apart, hypot(rx - lx, ry - ly))
                near += self.camera.depth(right) - self.camera.depth(left)
            if apart < TWIN_DISTANCE:
                dropped |= {part + ("_l" if near >= 0 else "_r") for part in parts}
        return [layer for layer in layers if layer.name not in dropped]


def _close(a: tuple[float, ...], b: tuple[float, ...]) -> bool:
    return all(abs(u - v) < STROKE_DISTANCE for u, v in zip(a, b, strict=True))
