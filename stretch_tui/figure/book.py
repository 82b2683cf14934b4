"""All poses of the catalog, and the diagrams that draw them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property

from stretch_tui.figure.arrows import curves
from stretch_tui.figure.camera import Box, Camera, Fit, fit, join
from stretch_tui.figure.compose import compose
from stretch_tui.figure.drawing import Painter
from stretch_tui.figure.extent import extent
from stretch_tui.figure.frame import Frame, Style
from stretch_tui.figure.pose import Pose, PoseError, PoseProblem
from stretch_tui.figure.raster import Grid
from stretch_tui.figure.reading import Table, expand, inherit, read_pose
from stretch_tui.figure.solve import Skeleton, solve
from stretch_tui.figure.tween import between, smoothstep
from stretch_tui.figure.vectors import dot, sub

LEAST_COLUMNS, LEAST_LINES = 20, 8
STEPS = 60
"""In-betweens of a movement are drawn at so many steps and no finer, so that they cache."""

GROUND_PITCH = 30.0

FACING = 4.0
"""How far the right hip has to be left of the left one on the screen, for a view from the front."""
"""The steepest look down, in degrees, at which the floor is still a line."""


class PoseBook:
    """Every pose by id (`file stem/table`), read and solved when first asked for."""

    def __init__(self, files: Mapping[str, Mapping[str, object]]) -> None:
        """Keep the files; none is looked into yet, so a mapping may read them lazily."""
        self._files = files
        self._solved: dict[str, tuple[Pose, Skeleton]] = {}

    @classmethod
    def parse(cls, files: Mapping[str, Mapping[str, object]]) -> PoseBook:
        """Take parsed TOML by file stem; a bad pose never raises, it becomes a problem."""
        return cls(files)

    def __contains__(self, pose_id: object) -> bool:
        """Tell whether there is such a pose to draw; only its own file is looked into."""
        if not isinstance(pose_id, str):
            return False
        raw = self._raw(pose_id)
        return raw is not None and raw.get("abstract") is not True

    def ids(self, stem: str | None = None) -> tuple[str, ...]:
        """Return the ids of all poses that are not templates, or of one file's poses."""
        stems = tuple(self._files) if stem is None else (stem,)
        return tuple(
            pose_id
            for each in stems
            for name in self._files.get(each, {})
            if (pose_id := f"{each}/{name}") in self
        )

    def problems(self) -> tuple[PoseProblem, ...]:
        """Check every pose; the answer is remembered."""
        return self._problems

    @cached_property
    def _problems(self) -> tuple[PoseProblem, ...]:
        from stretch_tui.figure.lint import check  # noqa: PLC0415 -- only the linter pays for it

        found = []
        for stem, file in self._files.items():
            for name in file:
                found += [PoseProblem(stem, f"{stem}/{name}", *each)
                          for each in self._check(stem, name, check)]  # fmt: skip
        return tuple(found)

    def _check(
        self, stem: str, name: str, check: Callable[[Pose, Skeleton], Iterable[tuple[str, str]]]
    ) -> Iterable[tuple[str, str]]:
        pose_id = f"{stem}/{name}"
        if self._raw(pose_id) is None:
            return [(f"{name} is not a pose table", f"write it under a heading, as [{name}]")]
        if pose_id not in self:
            return []
        try:
            return list(check(*self.solved(pose_id)))
        except PoseError as error:
            return [(str(error), error.hint)]

    def _raw(self, pose_id: str) -> Table | None:
        stem, _, name = pose_id.partition("/")
        table = self._files.get(stem, {}).get(name)
        return table if isinstance(table, Mapping) else None

    def table(self, pose_id: str, seen: tuple[str, ...] = ()) -> dict[str, object]:
        """Return a table with everything that it is like laid under it.

        Raises PoseError for an unknown pose or a circle of `like`.
        """
        if pose_id in seen:
            raise PoseError(
                "like goes round in a circle: " + " -> ".join((*seen, pose_id)),
                "let one of them stand alone",
            )
        raw = self._raw(pose_id)
        if raw is None:
            raise PoseError(f"no pose {pose_id!r}", "check the spelling of the id or of `like`")
        own = expand(raw)
        like = raw.get("like")
        if like is None:
            return own
        parent = self._parent(pose_id, str(like))
        return inherit(self.table(parent, (*seen, pose_id)), own)

    def _parent(self, pose_id: str, like: str) -> str:
        stem, _, name = pose_id.partition("/")
        candidates = (f"{stem}/{like}", f"templates/{like}", like)
        found = (each for each in candidates if each != pose_id and self._raw(each) is not None)
        return next(found, pose_id if like == name else like)

    def is_like(self, one: str, other: str) -> bool:
        """Tell whether either pose says itself that it is like the other."""
        for child, parent in ((one, other), (other, one)):
            like = (self._raw(child) or {}).get("like")
            if like is not None and self._parent(child, str(like)) == parent:
                return True
        return False

    def solved(self, pose_id: str) -> tuple[Pose, Skeleton]:
        """Return a pose and its body. Raises PoseError when it cannot be read."""
        found = self._solved.get(pose_id)
        if found is None:
            pose = read_pose(pose_id, self.table(pose_id))
            found = self._solved[pose_id] = (pose, solve(pose))
        return found

    def diagram(
        self,
        pose_ids: Sequence[str],
        width: int,
        height: int,
        *,
        style: Style = Style.ASCII,
        yaw: float = 0.0,
        pitch: float = 0.0,
        mirrored: bool = False,
    ) -> Diagram | None:
        """Frame some poses together in one pane, the camera turned by yaw and pitch degrees.

        `mirrored` draws the left side instead of the right. A front view acts as a mirror: the
        person's right is on the right of the screen.

        Returns None when the pane is too small or one of the poses cannot be drawn.
        """
        if width < LEAST_COLUMNS or height < LEAST_LINES or not pose_ids:
            return None
        try:
            bodies = tuple(self.solved(pose_id) for pose_id in pose_ids)
        except PoseError:
            return None
        return Diagram(bodies, Grid(width, height), style, (yaw, pitch), mirrored=mirrored)


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
        across = 0.0
        for pose, body in self._bodies:
            right = Camera.at(pose.view.yaw, pose.view.pitch).right
            across += dot(sub(body.joints["hip_r"], body.joints["hip_l"]), right)
        return across < -FACING * len(self._bodies)

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
