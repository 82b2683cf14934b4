"""From a solved body and a camera to bit planes: outline, flesh, stretched region, hair, props."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import acos, atan2, hypot, pi, sin, sqrt

from stretch_tui.figure.camera import Camera, Fit
from stretch_tui.figure.flesh import Layer, body_layers, painting_order
from stretch_tui.figure.muscles import patches
from stretch_tui.figure.pose import Pose
from stretch_tui.figure.props import strokes
from stretch_tui.figure.raster import Grid, Mask
from stretch_tui.figure.solve import Skeleton
from stretch_tui.figure.vectors import Vec, dot, unit

TWIN_DISTANCE = 5.0
EYES_FROM, HAIR_FROM = 9.0, 7.0
FILL_FROM = 15.0


@dataclass(slots=True)
class Planes:
    """What has been painted so far, one mask a kind of mark."""

    ink: Mask
    fill: Mask
    stretched: Mask
    hair: Mask
    head: Mask
    prop: Mask
    marks: list[tuple[float, float, str]] = field(default_factory=list)


def paint(
    grid: Grid, pose: Pose, skeleton: Skeleton, camera: Camera, fit: Fit, *, halo: int
) -> Planes:
    """Paint far to near; every layer clears a gap around itself."""
    planes = Planes(*(grid.blank() for _ in range(6)))
    layers = _without_hidden_twins(body_layers(skeleton), skeleton, camera, fit)
    layers += prop_layers(pose, skeleton)
    muscle = list(patches(skeleton, pose.highlights))
    masks: dict[str, Mask] = {}
    for layer in painting_order(layers, camera):
        mask = layer_mask(grid, layer, camera, fit)
        if layer.prop:
            _paint_prop(grid, planes, layer, mask)
            continue
        inner = grid.eroded(mask)
        zone = _seam_zone(grid, layer, masks, camera, fit)
        _clear(grid, planes, mask, zone, halo)
        _open_seam(grid, planes, layer, mask, inner, zone, masks)
        masks[layer.name] = mask
        if layer.girth * 2 * fit.scale >= FILL_FROM and layer.name != "head":
            planes.fill = [a | b for a, b in zip(planes.fill, inner, strict=True)]
        _paint_muscle(grid, planes, layer, inner, muscle, camera, fit)
        if layer.name == "head":
            planes.head = mask
            _paint_face(grid, planes, mask, skeleton, camera, fit)
    planes.marks = [mark for mark in planes.marks if grid.has(planes.head, mark[0], mark[1])]
    return planes


def layer_mask(grid: Grid, layer: Layer, camera: Camera, fit: Fit) -> Mask:
    """Rasterize the capsules of a layer."""
    mask, scale = grid.blank(), fit.scale
    for a, ra, b, rb in layer.capsules:
        ax, ay = fit.screen(camera, a)
        bx, by = fit.screen(camera, b)
        if layer.thin:
            grid.capsule(mask, ax, ay, 0.72, bx, by, 0.72)
        else:
            grid.capsule(mask, ax, ay, ra * scale, bx, by, rb * scale)
    return mask


def prop_layers(pose: Pose, skeleton: Skeleton) -> list[Layer]:
    """Turn the strokes of the props into layers, cut short so that depth can differ along them."""
    layers = []
    for stroke in strokes(pose.props, skeleton.joints):
        for k, (a, b) in enumerate(zip(stroke.points, stroke.points[1:], strict=False)):
            layers.append(
                Layer(f"prop{len(layers)}.{k}", ((a, stroke.radius, b, stroke.radius),), (a, b),
                      max(1.5, stroke.radius), prop=True, thin=stroke.radius == 0)
            )  # fmt: skip
    return layers


def _without_hidden_twins(
    layers: list[Layer], skeleton: Skeleton, camera: Camera, fit: Fit
) -> list[Layer]:
    """Drop a far limb that its near twin covers: it would only double every line."""
    dropped: set[str] = set()
    for limb, parts in (("arm", ("upper", "fore")), ("leg", ("thigh", "shank"))):
        joints = ("shoulder", "elbow", "wrist", "hand") if limb == "arm" else (
            "hip", "knee", "ankle", "toe")  # fmt: skip
        pairs = [(skeleton.joints[j + "_r"], skeleton.joints[j + "_l"]) for j in joints]
        apart = []
        for right, left in pairs:
            rx, ry = fit.screen(camera, right)
            lx, ly = fit.screen(camera, left)
            apart.append(hypot(rx - lx, ry - ly))
        if max(apart) < TWIN_DISTANCE:
            near = sum(camera.depth(right) - camera.depth(left) for right, left in pairs)
            dropped |= {part + ("_l" if near >= 0 else "_r") for part in parts}
    return [layer for layer in layers if layer.name not in dropped]


def _seam_zone(
    grid: Grid, layer: Layer, masks: dict[str, Mask], camera: Camera, fit: Fit
) -> Mask | None:
    """Return the balls in which this layer and one painted before it are one."""
    found = None
    for seam in layer.seams:
        if seam.neighbor in masks:
            found = found or grid.blank()
            x, y = fit.screen(camera, seam.at)
            r = seam.radius * fit.scale
            grid.capsule(found, x, y, r, x, y, r)
    return found


def _clear(grid: Grid, planes: Planes, mask: Mask, zone: Mask | None, halo: int) -> None:
    gone = grid.grown(mask, halo)
    if zone is not None:
        gone = [(g & ~z) | m for g, z, m in zip(gone, zone, mask, strict=True)]
    for name in ("ink", "fill", "stretched", "hair", "head", "prop"):
        plane = getattr(planes, name)
        setattr(planes, name, [a & ~b for a, b in zip(plane, gone, strict=True)])


def _open_seam(
    grid: Grid,
    planes: Planes,
    layer: Layer,
    mask: Mask,
    inner: Mask,
    zone: Mask | None,
    masks: dict[str, Mask],
) -> None:
    """Add the outline, except between a limb and the part it grows from."""
    line = [a & ~b for a, b in zip(mask, inner, strict=True)]
    if zone is not None:
        for seam in layer.seams:
            other = masks.get(seam.neighbor)
            if other is None:
                continue
            merged = grid.eroded([a | b for a, b in zip(mask, other, strict=True)])
            line = [a & ~(m & z) for a, m, z in zip(line, merged, zone, strict=True)]
            planes.ink = [
                a & ~(m & z) for a, m, z in zip(planes.ink, merged, zone, strict=True)
            ]
    planes.ink = [a | b for a, b in zip(planes.ink, line, strict=True)]


def _paint_muscle(
    grid: Grid,
    planes: Planes,
    layer: Layer,
    inner: Mask,
    muscle: Sequence[object],
    camera: Camera,
    fit: Fit,
) -> None:
    region: Mask | None = None
    for patch in muscle:
        if layer.name not in patch.owners:  # type: ignore[attr-defined]
            continue
        if patch.normal is not None and dot(patch.normal, camera.eye) < -0.35:  # type: ignore[attr-defined]
            continue
        region = region or grid.blank()
        (a, b), (ra, rb) = patch.ends, patch.radii  # type: ignore[attr-defined]
        ax, ay = fit.screen(camera, a)
        bx, by = fit.screen(camera, b)
        grid.capsule(
            region, ax, ay, max(4.0, ra * fit.scale), bx, by, max(4.0, rb * fit.scale)
        )
    if region is not None:
        planes.stretched = [
            a | (b & c) for a, b, c in zip(planes.stretched, region, inner, strict=True)
        ]


def _paint_prop(grid: Grid, planes: Planes, layer: Layer, mask: Mask) -> None:
    gone = grid.grown(mask, 1)
    for name in ("ink", "fill", "stretched", "hair", "head", "prop"):
        if name == "prop" and layer.thin:
            continue
        plane = getattr(planes, name)
        setattr(planes, name, [a & ~b for a, b in zip(plane, gone, strict=True)])
    line = mask if layer.thin else [
        a & ~b for a, b in zip(mask, grid.eroded(mask), strict=True)]  # fmt: skip
    planes.prop = [a | b for a, b in zip(planes.prop, line, strict=True)]


def _paint_face(
    grid: Grid, planes: Planes, mask: Mask, skeleton: Skeleton, camera: Camera, fit: Fit
) -> None:
    """Hair on crown and back of the head, eyes and mouth on its front."""
    at, axes = skeleton.trunk.head, skeleton.trunk.head_axes
    radius = 8.8 * fit.scale
    if radius >= HAIR_FROM:
        skull = axes.place(at, -0.4, 0.7, 0)
        x, y = fit.screen(camera, skull)
        pole = unit(axes.place((0, 0, 0), -0.80, 0.66, 0))
        hair = cap(grid, x, y, 8.9 * fit.scale, camera, pole, 0.16)
        planes.hair = [a | (b & c) for a, b, c in zip(planes.hair, hair, mask, strict=True)]
    if radius >= EYES_FROM:
        for side in (0.38, -0.38):
            spot = unit(axes.place((0, 0, 0), 0.9, 0.12, side))
            if dot(spot, camera.eye) > 0.22:
                center = axes.place(at, 8.0 * 0.9, 0.7, 8.0 * side)
                planes.marks.append((*fit.screen(camera, center), "o"))
        if radius >= 20 and dot(axes.forward, camera.eye) > 0.55:
            center = axes.place(at, 7.0, -4.6, 0)
            planes.marks.append((*fit.screen(camera, center), "-"))


def cap(
    grid: Grid, x: float, y: float, radius: float, camera: Camera, pole: Vec, edge: float
) -> Mask:
    """Rasterize the part of a ball whose normals lie within a cone about a pole.

    Along a scanline the ball's surface is a half circle, on which the cone cuts one arc or two.
    """
    mask = grid.blank()
    px, py, pz = dot(pole, camera.right), dot(pole, camera.up), dot(pole, camera.eye)
    swing, middle = hypot(px, pz), atan2(px, pz)
    for row in range(max(0, int(y - radius)), min(grid.height, int(y + radius) + 1)):
        up = (y - row - 0.5) / radius
        if abs(up) >= 1:
            continue
        half = sqrt(1 - up * up)
        need = (edge - py * up) / half
        if need >= swing:
            continue
        wide = pi if need <= -swing else acos(need / swing)
        for turn in (-2 * pi, 0.0, 2 * pi):
            a = max(-pi / 2, middle - wide + turn)
            b = min(pi / 2, middle + wide + turn)
            if a < b:
                grid.span(mask, row, x + radius * half * sin(a), x + radius * half * sin(b))
    return mask
