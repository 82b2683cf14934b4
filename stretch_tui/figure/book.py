"""All poses of the catalog."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property

from stretch_tui.figure.diagram import Diagram
from stretch_tui.figure.frame import Style
from stretch_tui.figure.pose import Pose, PoseError, PoseProblem
from stretch_tui.figure.raster import Grid
from stretch_tui.figure.reading import Table, expand, inherit, read_pose
from stretch_tui.figure.solve import Skeleton, solve

LEAST_COLUMNS, LEAST_LINES = 20, 8


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
