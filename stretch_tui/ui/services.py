"""All that the app is given from outside: what it reads, where it remembers, what time it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from stretch_tui.core.content.catalog import Catalog
from stretch_tui.core.settings import Settings

if TYPE_CHECKING:
    # Only named here: loading them all would delay the first frame.
    from stretch_tui.core.content.routine import RoutineStore
    from stretch_tui.core.log.logbook import Logbook
    from stretch_tui.core.session.checkpoint import RunStore
    from stretch_tui.core.session.lengths import KnownLengths
    from stretch_tui.figure import Diagram, Style


class Figures(Protocol):
    """Draws poses; `figure.PoseBook` is one."""

    def diagram(
        self,
        pose_ids: Sequence[str],
        width: int,
        height: int,
        *,
        style: Style = ...,
        yaw: float = 0.0,
        pitch: float = 0.0,
        mirrored: bool = False,
    ) -> Diagram | None:
        """The poses framed once for the pane, or None when nothing can be drawn."""


FramePiece = tuple[int, int, tuple[str, str, str], str]
"""Row, column, the codes of attributes, foreground and background, and text."""


class FirstFrames(Protocol):
    """Keeps the first screen, so that the next start can show it before all else."""

    def as_of(self) -> Sequence[str]:
        """The state of the files that the first screen is made from, taken before they are read."""

    def keep(
        self, size: tuple[int, int], back: str, pieces: Sequence[FramePiece], as_of: Sequence[str]
    ) -> None:
        """Keep what was made from files in that state, if that is their state still."""


class Opening(Protocol):
    """What the terminal shows before the app is there."""

    attributes: list[Any] | None
    """How the terminal was set before; None when nothing was shown."""

    def take_over(self) -> tuple[tuple[int, int], Sequence[FramePiece]]:
        """Leave the terminal to the app: its size, and what can be relied on to be shown."""


@dataclass(frozen=True, slots=True)
class Services:
    """What the composition root hands to the app."""

    shipped: Catalog
    """The catalog without the user's own routines, which `routines` holds."""
    figures: Figures
    logbook: Logbook
    routines: RoutineStore
    runs: RunStore
    settings: Settings
    now: Callable[[], datetime]
    """The current instant, aware, in UTC."""
    monotonic: Callable[[], float]
    """Seconds that never go back."""
    boot: Callable[[], float] | None = None
    """Like `monotonic`, with the time the machine slept; None where there is no such clock."""
    notices: tuple[str, ...] = ()
    """What storage has to say at the start: salvaged files, read-only folders, bad own files."""
    figure_fps: int = 8
    """The most frames a second of a moving figure; fewer for a terminal that is far away."""
    keep_setting: Callable[[str, str | bool | int], None] | None = None
    """Writes a setting of that name into the config file; blocks, and raises StoreError."""
    lengths: KnownLengths | None = None
    keep_report: Callable[[str], str] | None = None
    """Keeps the report of a crash in a file of the user's alone; returns its path."""
    frames: FirstFrames | None = None

    @property
    def catalog(self) -> Catalog:
        """The shipped catalog with the user's own routines first."""
        return self.shipped.with_own(self.routines.all())
