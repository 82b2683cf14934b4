"""From a solved body and a camera to bit planes: outline, flesh, stretched region, hair, props."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from stretch_tui.figure.camera import Camera, Fit
from stretch_tui.figure.flesh import Layer, body_layers, painting_order, prop_layers, surfaces
from stretch_tui.figure.frame import Paint, Tone
from stretch_tui.figure.head import MOUTH_FROM, Head
from stretch_tui.figure.muscles import Patch, patches
from stretch_tui.figure.planes import Mark, Planes
from stretch_tui.figure.pose import Pose
from stretch_tui.figure.raster import Grid, Plane
from stretch_tui.figure.solve import Skeleton
from stretch_tui.figure.spans import Disc
from stretch_tui.figure.twins import far_limbs, hidden_limbs, without_doubled_strokes
from stretch_tui.figure.vectors import dot

FILL_FROM = 25.0
"""Limbs thinner than this, in sub-pixels, stay unfilled: an outline alone is calmer."""

THUMBS_FROM = 2.2
"""Scale, in sub-pixels per unit, from which a thumb is more than a bump."""

SLIM = 0.8
"""Filled limbs are drawn thinner, or the gaps between them close."""

JOINED = 1.6
"""How far around a seam, in its radii, no gap is cleared: there the outlines run together."""

LEAST_MUSCLE = 5.0
THIN_STROKE = 0.72
LEVEL_STROKE = 0.13
"""A prop's stroke flatter than this is drawn level: a lintel a little aslant only looks wrong."""

TONES = {
    "trunk": Tone.BODY, "head": Tone.SKIN,
    "upper": Tone.ARM, "fore": Tone.ARM, "thigh": Tone.LEG, "shank": Tone.LEG,
}  # fmt: skip


class Painter(NamedTuple):
    """One body in front of one camera, on one grid."""

    grid: Grid
    camera: Camera
    fit: Fit
    halo: int
    solid: bool = False
    """Paint filled limbs, not outlines."""
    templates: bool = True
    """Draw small heads from templates of characters; else as outlines of dots."""

    def paint(self, pose: Pose, skeleton: Skeleton) -> Planes:
        """Paint walls and mats, then far to near; every layer clears a gap around itself."""
        hidden = hidden_limbs(skeleton, self.camera, self.fit)
        layers = [
            layer
            for layer in body_layers(skeleton, thumbs=self.fit.scale >= THUMBS_FROM)
            if layer.name not in hidden
        ]
        props = prop_layers(pose, skeleton)
        layers += without_doubled_strokes(props, self.camera, self.fit)
        work = _Painting(
            self,
            Head.of(skeleton, self.camera, self.fit),
            far_limbs(skeleton, self.camera),
            tuple(patches(skeleton, pose.highlights)),
            Planes(self.grid),
        )
        for surface in surfaces(pose, skeleton):
            corners = [self.fit.screen(self.camera, point) for point in surface]
            work.planes.cover(self.grid.polygon(corners), Tone.WALL)
        for layer in painting_order(layers, self.camera):
            work.add(layer)
        work.planes.marks = list(work.seen_marks())
        return work.planes

    def head_shape(self, skeleton: Skeleton) -> Plane:
        """Return the whole head, whatever is in front of it."""
        head = Head.of(skeleton, self.camera, self.fit)
        if self.templates and head.templated:
            return head.shape(self.grid)
        layer = next(each for each in body_layers(skeleton) if each.name == "head")
        return self.grid.shape(self.capsules(layer))

    def capsules(self, layer: Layer) -> list[tuple[Disc, Disc]]:
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


@dataclass(slots=True)
class _Painting:
    """A picture under way."""

    by: Painter
    head: Head
    far: frozenset[str]
    muscles: Sequence[Patch]
    planes: Planes
    done: dict[str, Plane] = field(default_factory=dict)
    face: Plane = 0
    """The whole head."""

    def add(self, layer: Layer) -> None:
        """Paint one layer over those behind it."""
        if layer.name == "head" and self.by.templates and self.head.templated:
            self._template()
            return
        discs = self.by.capsules(layer)
        bare = self.by.grid.shape(discs[-layer.bare :]) if layer.bare else 0
        shape = self.by.grid.shape(discs[: -layer.bare] if layer.bare else discs)
        if layer.prop:
            self._prop(layer, shape)
            return
        self._part(layer, shape, bare)
        if layer.name == "head":
            self._outlined_head(shape)

    def _part(self, layer: Layer, clothed: Plane, bare: Plane) -> None:
        """Paint a part of the body; `bare` is what of it is hand, foot or neck."""
        by, planes = self.by, self.planes
        shape = clothed | bare
        inner = by.grid.eroded(shape)
        zone, near = self._seam_zone(layer, 1.0), self._seam_zone(layer, JOINED)
        planes.erase(_without(by.grid.grown(shape, by.halo), near) | shape)
        line = shape ^ inner
        for seam in layer.seams:
            if seam.neighbor in self.done:  # the outline between a limb and what it grows from
                merged = by.grid.eroded(shape | self.done[seam.neighbor]) & zone
                planes.ink = _without(planes.ink, merged)
                line = _without(line, merged)
        self.done[layer.name] = shape
        part = layer.name.partition("_")[0]
        planes.cover(clothed, Tone.FAR if layer.name in self.far else TONES[part])
        planes.cover(bare, Tone.HAND if part == "fore" else Tone.SKIN)
        if not by.solid or layer.name == "head":
            owned = _without(by.grid.cells_of(line), near)
            planes.draw(line, owned, far=layer.name in self.far)
        self._fill(layer, shape, inner)
        planes.stretched |= self._muscles_on(layer) & inner

    def _fill(self, layer: Layer, shape: Plane, inner: Plane) -> None:
        if layer.name == "head":
            return
        if self.by.solid:
            self.planes.fill |= shape
        elif layer.name == "trunk" or layer.girth * 2 * self.by.fit.scale >= FILL_FROM:
            self.planes.fill |= inner

    def _template(self) -> None:
        """Make room for the head in whole cells; its characters are put in at the end."""
        grid, planes = self.by.grid, self.planes
        shape = self.face = self.head.shape(grid)
        planes.erase(grid.grown(shape, 1) | grid.cells_of(shape))
        planes.cover(shape, Tone.SKIN)
        planes.head |= shape
        planes.marks += self.head.marks()

    def _outlined_head(self, shape: Plane) -> None:
        """Note down where eyes and mouth of a large head go, and paint its hair."""
        head, planes = self.head, self.planes
        self.face = shape
        planes.head |= shape
        hair = head.hair(self.by.grid) & shape
        planes.hair |= hair
        planes.cover(hair, Tone.HAIR)
        spots = [(x, y, "o") for x, y in head.eyes()]
        if head.radius >= MOUTH_FROM and dot(head.axes.forward, self.by.camera.eye) > 0.55:
            way = head.axes.place((0.0, 0.0, 0.0), 0.7, -0.5, 0.0)
            x, y = dot(way, self.by.camera.right), -dot(way, self.by.camera.up)
            spots.append((x, y, "-"))
        for x, y, char in spots:
            column, row = head.x + x * head.radius, head.y + y * head.radius
            planes.marks.append(Mark(int(column // 4), int(row // 8), char, Paint.EYE))

    def seen_marks(self) -> Iterator[Mark]:
        """Yield the marks of the face whose cells nothing has been painted over."""
        grid = self.by.grid
        for mark in self.planes.marks:
            if 0 <= mark.column < grid.columns and 0 <= mark.line < grid.lines:
                whole = grid.pixels(self.face, mark.column, mark.line)
                left = grid.pixels(self.planes.head, mark.column, mark.line)
                if left and left * 2 >= whole:
                    yield mark

    def _seam_zone(self, layer: Layer, size: float) -> Plane:
        """Return the balls in which this layer and one painted before it are one."""
        balls = []
        for seam in layer.seams:
            if seam.neighbor in self.done:
                x, y = self.by.fit.screen(self.by.camera, seam.at)
                balls.append((x, y, seam.radius * size * self.by.fit.scale))
        return self.by.grid.discs(balls)

    def _muscles_on(self, layer: Layer) -> Plane:
        """Return the stretched muscles that lie on this layer and face the viewer."""
        fit, camera = self.by.fit, self.by.camera
        spindles: list[tuple[Disc, Disc]] = []
        for patch in self.muscles:
            if layer.name not in patch.owners:
                continue
            if patch.normal is not None and dot(patch.normal, camera.eye) < -0.35:
                continue
            (a, b), (ra, rb) = patch.ends, patch.radii
            ra, rb = (max(LEAST_MUSCLE, r * fit.scale) for r in (ra, rb))
            spindles.append(((*fit.screen(camera, a), ra), (*fit.screen(camera, b), rb)))
        return self.by.grid.shape(spindles)

    def _prop(self, layer: Layer, shape: Plane) -> None:
        """Paint a thin stroke, or the outline of a solid, over what is behind it."""
        grid, planes = self.by.grid, self.planes
        before = planes.prop
        planes.erase(grid.grown(shape, 1))
        if layer.thin:  # strokes of one prop meet at corners: keep them joined
            planes.prop = before | shape
            if layer.board:
                planes.cover(self._board(layer), Tone.PROP)
            return
        planes.prop |= shape ^ grid.eroded(shape)
        planes.cover(shape, Tone.PROP)

    def _board(self, layer: Layer) -> Plane:
        """Return what a thin stroke stands for, at least as wide as a cell."""
        width = max(2.5, layer.board * self.by.fit.scale)
        discs = [((*a[:2], width), (*b[:2], width)) for a, b in self.by.capsules(layer)]
        return self.by.grid.shape(discs)


def _without(plane: Plane, part: Plane) -> Plane:
    """Take a part out of a plane."""
    return plane ^ (plane & part)
