"""Parts of the app that are made when first asked for, so that the first frame is early."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from stretch_tui.core.once import Once

if TYPE_CHECKING:
    from stretch_tui.core.log.logbook import Session
    from stretch_tui.core.session.checkpoint import Checkpoint, RunStore
    from stretch_tui.figure import Diagram, PoseBook


class LateFigures:
    """The poses, read and drawn when the first figure is asked for, after the first frame."""

    def __init__(self, poses: Mapping[str, Mapping[str, object]]) -> None:
        def make() -> PoseBook:
            from stretch_tui.figure import PoseBook

            return PoseBook.parse(poses)

        self._book = Once(make)

    def diagram(
        self, pose_ids: Sequence[str], width: int, height: int, **how: Any
    ) -> Diagram | None:
        """As `PoseBook.diagram`."""
        return self._book().diagram(pose_ids, width, height, **how)


class LateRuns:
    """The sessions in progress; a folder without any is told without knowing what they are."""

    def __init__(self, folder: Path, make: Callable[[], RunStore]) -> None:
        self._folder = folder
        self._store = Once(make)

    def _any(self) -> bool:
        return self._store.made or any(self._folder.glob("run-*.json"))

    def resumable(self) -> tuple[Checkpoint, ...]:
        """As `RunStore.resumable`."""
        return self._store().resumable() if self._any() else ()

    def unsaved(self) -> tuple[Session, ...]:
        """As `RunStore.unsaved`."""
        return self._store().unsaved() if self._any() else ()

    def notices(self) -> tuple[str, ...]:
        """As `RunStore.notices`."""
        return self._store().notices() if self._store.made else ()

    def flush(self) -> None:
        """As `RunStore.flush`; nothing was ever written through a store that was not needed."""
        if self._store.made:
            self._store().flush()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store(), name)
