"""One stretch in one pane: key poses and the way between them, all in one framing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

from stretch_tui.figure.arrows import curves
from stretch_tui.figure.camera import Box, Camera, Fit, fit, join
from stretch_tui.figure.compose import compose
from stretch_tui.figure.drawing import Painter
from stretch_tui.figure.extent import extent
from stretch_tui.figure.frame import Frame, Style
from stretch_tui.figure.pose import Pose
from stretch_tui.figure.raster import Grid
from stretch_tui.figure.solve import Skeleton
from stretch_tui.figure.tween import between, smoothstep
from stretch_tui.figure.vectors import dot, sub

STEPS = 60
"""In-betweens of a movement are drawn at so many steps and no finer, so that they cache."""

GROUND_PITCH = 30.0
"""The steepest look down, in degrees, at which the floor is still a line."""

FACING = 4.0
"""How far the right hip has to be left of the left one on the screen, for a view from the front."""


STEEP = 40.0
"""From this pitch on, in degrees, a body is seen from above."""


class Diagram:
    """One stretch in one pane: key poses and the way between them, all in one framing."""

    def __init__(
        self,
        bodies: Sequence[tuple[Pose, Skeleton]],
        grid: Grid,
        style: Style,
        turned: tuple[float, float],
        *,
        mirrored: bool,
        shared: dict[tuple[int, int, int], Frame] | None = None,
        fitted: Fit | None = None,
    ) -> None:
        """Fit the union of all poses and of the way between neighbors, once."""
        self._bodies, self._grid, self._style = tuple(bodies), grid, style
        self._turned, self._left = turned, mirrored
        self._frames = {} if shared is None else shared
        self._fit = fitted or self._fitted()

    def key(self, index: int) -> Frame:
        """Return the frame of one of the poses."""
        return self._frame(index, index, 0)

    def between(self, a: int, b: int, t: float) -> Frame:
        """Return the frame a fraction t (0 to 1, eased here) of the way from pose a to pose b."""
        step = round(max(0.0, min(1.0, t)) * STEPS)
        if step == 0 or a == b:
            return self.key(a)
        if step == STEPS:
            return self.key(b)
        if a > b:  # the way back is the same way
            a, b, step = b, a, STEPS - step
        return self._frame(a, b, step)

    def mirrored(self) -> Diagram:
        """Return the same diagram for the other side."""
        return Diagram(
            self._bodies,
            self._grid,
            self._style,
            self._turned,
            mirrored=not self._left,
            shared=self._frames,
            fitted=self._fit,
        )

    def _frame(self, a: int, b: int, step: int) -> Frame:
        found = self._frames.get((a, b, step))
        if found is None:
            pose, body = between(*self._bodies[a], *self._bodies[b], smoothstep(step / STEPS))
            found = self._frames[a, b, step] = self._draw(pose, body)
        return found.mirrored() if self._left != self._facing else found

    @cached_property
    def _facing(self) -> bool:
        """Whether the poses are seen from the front: these are drawn as in a mirror.

        A person follows a figure that faces them as they follow their own mirror image: what is
        on the right of the screen is their right. The camera as it was chosen decides, so that
        turning it by hand never swaps sides.
        """
        chosen = (Camera.at(pose.view.yaw, pose.view.pitch) for pose, _ in self._bodies)
        return self._across(chosen) < -FACING

    @cached_property
    def view(self) -> str:
        """From where it is seen, in words, where one could be mistaken; else nothing."""
        steep = sum(pose.view.pitch for pose, _ in self._bodies) / len(self._bodies)
        if steep + self._turned[1] >= STEEP:
            return "from above"
        across = self._across(self._camera(pose) for pose, _ in self._bodies)
        return "facing you" if across < -FACING else "from behind" if across > FACING else ""

    def _across(self, cameras: Iterable[Camera]) -> float:
        """How far right of the left hip the right one is on the screen, over all poses."""
        pairs = zip(self._bodies, cameras, strict=True)
        hips = (
            dot(sub(body.joints["hip_r"], body.joints["hip_l"]), camera.right)
            for (_, body), camera in pairs
        )
        return sum(hips) / len(self._bodies)

    def _camera(self, pose: Pose) -> Camera:
        yaw, pitch = self._turned
        return Camera.at(pose.view.yaw + yaw, pose.view.pitch + pitch)

    def _fitted(self) -> Fit:
        boxes: list[Box] = []
        for pose, body in self._bodies:
            boxes.append(extent(pose, body, self._camera(pose)))
        follow = self._bodies[1:] + (self._bodies[:1] if len(self._bodies) > 2 else ())
        for first, second in zip(self._bodies, follow, strict=False):  # and round again
            for t in (0.25, 0.5, 0.75):
                pose, body = between(*first, *second, t)
                boxes.append(extent(pose, body, self._camera(pose)))
        cropped = any(pose.frame != "full" for pose, _ in self._bodies)
        return fit(join(boxes), self._grid.columns, self._grid.lines, cropped=cropped)

    def _draw(self, pose: Pose, body: Skeleton) -> Frame:
        camera = self._camera(pose)
        halo = 3 if self._fit.scale > 1.4 else 2
        style = self._style
        painter = Painter(
            self._grid, camera, self._fit, halo,
            solid=style is Style.SOLID, templates=style is not Style.BRAILLE,
        )  # fmt: skip
        planes = painter.paint(pose, body)
        shafts = list(curves(pose, body, camera, self._fit))
        return compose(self._grid, planes, style, self._ground(pose), shafts)

    def _ground(self, pose: Pose) -> int | None:
        steep = pose.view.pitch + self._turned[1]
        upright = pose.frame == "thigh" and pose.base == "stand"  # cut off above the floor
        cropped = upright or pose.frame in ("waist", "bust")
        if not pose.ground or cropped or not -5 <= steep <= GROUND_PITCH:
            return None
        return self._ground_line

    @cached_property
    def _ground_line(self) -> int:
        """The line that the lowest flesh of any pose stands on."""
        low = min(extent(pose, body, self._camera(pose))[1] for pose, body in self._bodies)
        return int((self._fit.base - low * self._fit.scale) // 8)
