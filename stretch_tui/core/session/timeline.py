"""A session laid out in time: segments to get ready, move, hold, switch sides and rest.

The timeline is the one place that knows how long anything takes: every total on every screen is
its total. `expansion` makes it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from stretch_tui.core.content.dose import Dose, Side
from stretch_tui.core.content.positions import least_changes, places_of
from stretch_tui.core.content.stretch import Position, Stretch, Variation


class Kind(StrEnum):
    """What a segment is for."""

    READY = "ready"
    """Before the first stretch."""
    MOVE = "move"
    """From one phase into the next."""
    HOLD = "hold"
    SWITCH = "switch"
    """Change sides."""
    REST = "rest"
    """Between stretches; the next one is already in sight."""


@dataclass(frozen=True, slots=True)
class Segment:
    """One stretch of time in a session, with all that a screen needs to show it."""

    kind: Kind
    step: int
    """Index of the step in the timeline's steps; a rest belongs to the step it leads into."""
    phase: str
    """The phase being held, or moved or switched into."""
    pose: str
    """The pose at the segment's end."""
    seconds: float
    start: float = 0.0
    """Seconds from the beginning of the timeline."""
    side: Side | None = None
    rep: int = 1
    reps: int = 1
    round: int = 1
    rounds: int = 1
    breaths: int | None = None
    """The breaths of a hold that is counted in breaths."""
    through: tuple[str, ...] = ()
    """Poses passed on the way."""
    moving: bool = False
    """Whether the body moves all through the segment."""

    @property
    def end(self) -> float:
        """Seconds from the beginning of the timeline to the segment's end."""
        return self.start + self.seconds

    def placed(self, step: int, start: float) -> Segment:
        """The same segment, of that step, at that second; `replace` would take five times as long.

        A routine of a hundred steps has more than a thousand, laid out anew at each edit.
        """
        return Segment(
            self.kind,
            step,
            self.phase,
            self.pose,
            self.seconds,
            start,
            self.side,
            self.rep,
            self.reps,
            self.round,
            self.rounds,
            self.breaths,
            self.through,
            self.moving,
        )

    @property
    def credited(self) -> bool:
        """Whether its seconds count as stretching."""
        return self.kind in (Kind.HOLD, Kind.MOVE)


@dataclass(frozen=True, slots=True)
class PlayedStep:
    """A step of a timeline: what is done, resolved."""

    stretch: Stretch
    dose: Dose
    variation: str | None
    note: str
    instead_of: str | None
    seconds: float
    """Work and side switches of this step, without rests and get-ready."""

    @property
    def form(self) -> Variation | None:
        """The form in which the stretch is done, if not the plain one."""
        return self.stretch.variation(self.variation)


@dataclass(frozen=True, slots=True)
class Timeline:
    """Segments that tile the time from 0 to `seconds` without a gap."""

    segments: tuple[Segment, ...]
    steps: tuple[PlayedStep, ...]
    missing: tuple[str, ...] = ()
    """Ids of stretches that the routine names and nobody knows."""

    @property
    def positions(self) -> tuple[Position, ...]:
        """How the body is placed in each step: where it already is, if the stretch works there."""
        return least_changes(places_of(step.stretch, step.variation) for step in self.steps)

    @property
    def seconds(self) -> float:
        """The whole length in seconds."""
        return self.segments[-1].end if self.segments else 0.0

    def index_at(self, position: float) -> int:
        """The index of the segment that contains the position, clamped to the first and last."""
        low, high = 0, len(self.segments) - 1
        while low < high:
            middle = (low + high + 1) // 2
            if self.segments[middle].start <= position:
                low = middle
            else:
                high = middle - 1
        return low

    def first_of(self, step: int) -> int:
        """The index of the first segment of a step."""
        return next(i for i, segment in enumerate(self.segments) if segment.step == step)
