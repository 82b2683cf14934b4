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
from stretch_tui.figure.raster import Disc, Grid, Shape, clear, cut, put
from stretch_tui.figure.solve import Skeleton
from stretch_tui.figure.twins import far_limbs, hidden_limbs, without_doubled_strokes
from stretch_tui.figure.vectors import dot

FILL_FROM = 25.0
"""Limbs thinner than this, in sub-pixels, stay unfilled: an outline alone is calmer."""

SLIM = 0.8
"""Filled limbs are drawn thinner, or the gaps between them close."""

JOINED = 1.6
"""How far around a seam, in its radii, no gap is cleared: there the outlines run together."""

LEAST_MUSCLE = 4.0
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
        layers = [layer for layer in body_layers(skeleton) if layer.name not in hidden]
        props = prop_layers(pose, skeleton)
        layers += without_doubled_strokes(props, self.camera, self.fit)
        work = _Painting(
            self,
            Head.of(skeleton, self.camera, self.fit),
            far_limbs(skeleton, self.camera),
            tuple(patches(skeleton, pose.highlights)),
            Planes.blank(self.grid),
        )
        for surface in surfaces(pose, skeleton):
            corners = [self.fit.screen(self.camera, point) for point in surface]
            work.planes.cover(self.grid.polygon(corners), Tone.WALL)
        for layer in painting_order(layers, self.camera):
            work.add(layer)
        work.planes.marks = list(work.seen_marks())
        return work.planes

    def head_shape(self, skeleton: Skeleton) -> Shape:
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
    done: dict[str, Shape] = field(default_factory=dict)
    face: Shape | None = None
    """The whole head."""

    def add(self, layer: Layer) -> None:
        """Paint one layer over those behind it."""
        if layer.name == "head" and self.by.templates and self.head.templated:
            self._template()
            return
        shape = self.by.grid.shape(self.by.capsules(layer))
        if layer.prop:
            self._prop(layer, shape)
            return
        self._part(layer, shape)
        if layer.name == "head":
            self._outlined_head(shape)

    def _part(self, layer: Layer, shape: Shape) -> None:
        by, planes = self.by, self.planes
        inner = by.grid.eroded(shape)
        zone, near = self._seam_zone(layer, 1.0), self._seam_zone(layer, JOINED)
        planes.erase(_apart(by.grid.grown(shape, by.halo), near, shape))
        line = Shape(shape.top, [a & ~b for a, b in zip(shape.rows, inner.rows, strict=True)])
        if zone is not None:
            for seam in layer.seams:
                if seam.neighbor in self.done:
                    self._open(line, shape, self.done[seam.neighbor], zone)
        self.done[layer.name] = shape
        self._cover(layer, shape)
        if not by.solid or layer.name == "head":
            planes.draw(line, _apart(by.grid.cells_of(line), near), far=layer.name in self.far)
        self._fill(layer, shape, inner)
        self._muscle(layer, inner)

    def _cover(self, layer: Layer, shape: Shape) -> None:
        """Lay the tones of a part, hand and foot in that of skin."""
        part = layer.name.partition("_")[0]
        self.planes.cover(shape, Tone.FAR if layer.name in self.far else TONES[part])
        if layer.bare:
            end = layer._replace(capsules=layer.capsules[-layer.bare :])
            self.planes.cover(self.by.grid.shape(self.by.capsules(end)), Tone.SKIN)

    def _fill(self, layer: Layer, shape: Shape, inner: Shape) -> None:
        if layer.name == "head":
            return
        if self.by.solid:
            put(self.planes.fill, shape)
        elif layer.name == "trunk" or layer.girth * 2 * self.by.fit.scale >= FILL_FROM:
            put(self.planes.fill, inner)

    def _template(self) -> None:
        """Make room for the head in whole cells; its characters are put in at the end."""
        grid, planes = self.by.grid, self.planes
        shape = self.face = self.head.shape(grid)
        planes.erase(grid.grown(shape, 1))
        planes.erase(grid.cells_of(shape))
        planes.cover(shape, Tone.SKIN)
        put(planes.head, shape)
        hair = _within(self.head.hair(grid, whole_cells=True), shape)
        planes.cover(hair, Tone.HAIR)
        planes.marks += self.head.marks(grid, hair)

    def _outlined_head(self, shape: Shape) -> None:
        """Note down where eyes and mouth of a large head go, and paint its hair."""
        head, planes = self.head, self.planes
        self.face = shape
        put(planes.head, shape)
        hair = _within(head.hair(self.by.grid, whole_cells=False), shape)
        put(planes.hair, hair)
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
        if self.face is None:
            return
        grid = self.by.grid
        for mark in self.planes.marks:
            if 0 <= mark.column < grid.columns and 0 <= mark.line < grid.lines:
                whole = grid.pixels(self.face.top, self.face.rows, mark.column, mark.line)
                left = grid.pixels(0, self.planes.head, mark.column, mark.line)
                if left and left * 2 >= whole:
                    yield mark

    def _seam_zone(self, layer: Layer, size: float) -> Shape | None:
        """Return the balls in which this layer and one painted before it are one."""
        balls = []
        for seam in layer.seams:
            if seam.neighbor in self.done:
                x, y = self.by.fit.screen(self.by.camera, seam.at)
                disc = (x, y, seam.radius * size * self.by.fit.scale)
                balls.append((disc, disc))
        return self.by.grid.shape(balls) if balls else None

    def _open(self, line: Shape, shape: Shape, other: Shape, zone: Shape) -> None:
        """Take the outline away between a limb and the part it grows from."""
        top, end = zone.top, zone.end
        both = Shape(
            top,
            [a | b for a, b in zip(cut(shape, top, end), cut(other, top, end), strict=True)],
        )
        merged = self.by.grid.eroded(both)
        merged.rows = [a & b for a, b in zip(merged.rows, zone.rows, strict=True)]
        clear(self.planes.ink, merged)
        gone = cut(merged, line.top, line.end)
        line.rows = [a & ~b for a, b in zip(line.rows, gone, strict=True)]

    def _muscle(self, layer: Layer, inner: Shape) -> None:
        """Paint the stretched muscles that lie on this layer, inside its outline."""
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
        if spindles:
            put(self.planes.stretched, _within(self.by.grid.shape(spindles), inner))

    def _prop(self, layer: Layer, shape: Shape) -> None:
        """Paint a thin stroke, or the outline of a solid, over what is behind it."""
        grid, planes = self.by.grid, self.planes
        before = planes.prop[shape.top : shape.end] if layer.thin else None
        planes.erase(grid.grown(shape, 1))
        if before is not None:  # strokes of one prop meet at corners: keep them joined
            put(planes.prop, Shape(shape.top, before))
            put(planes.prop, shape)
            if layer.board:
                planes.cover(self._board(layer), Tone.PROP)
            return
        inner = grid.eroded(shape)
        edge = [a & ~b for a, b in zip(shape.rows, inner.rows, strict=True)]
        put(planes.prop, Shape(shape.top, edge))
        planes.cover(shape, Tone.PROP)

    def _board(self, layer: Layer) -> Shape:
        """Return what a thin stroke stands for, at least as wide as a cell."""
        width = max(2.5, layer.board * self.by.fit.scale)
        discs = [((*a[:2], width), (*b[:2], width)) for a, b in self.by.capsules(layer)]
        return self.by.grid.shape(discs)


def _within(shape: Shape, around: Shape) -> Shape:
    """Keep what of a shape lies in another."""
    inside = cut(around, shape.top, shape.end)
    shape.rows = [a & b for a, b in zip(shape.rows, inside, strict=True)]
    return shape


def _apart(shape: Shape, near: Shape | None, own: Shape | None = None) -> Shape:
    """Take a seam's surroundings out of a shape, but for what lies in `own`."""
    if near is not None:
        keep = cut(near, shape.top, shape.end)
        shape.rows = [g & ~k for g, k in zip(shape.rows, keep, strict=True)]
        if own is not None:
            inside = cut(own, shape.top, shape.end)
            shape.rows = [g | o for g, o in zip(shape.rows, inside, strict=True)]
    return shape
