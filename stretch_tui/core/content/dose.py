"""How much of a stretch: holds or breaths, repetitions, rounds, sides, as published ranges."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from stretch_tui.core.amount import Amount

LIMITS = {
    "hold_seconds": (1, 600),
    "breaths": (1, 50),
    "phase_hold_seconds": (1, 600),
    "reps": (1, 100),
    "rounds": (1, 20),
}
"""The least and the most of each figure, in a file and in the builder."""


class Sides(StrEnum):
    """How the two sides of a stretch follow each other."""

    BOTH = "both"
    """Done once: the body is symmetric."""
    EACH = "each"
    """One side to its end, then the other."""
    ALTERNATE = "alternate"
    """Left, right, left, right; a repetition is a pair."""


class Side(StrEnum):
    """A side of the body."""

    LEFT = "left"
    RIGHT = "right"

    @property
    def other(self) -> Side:
        """The opposite side."""
        return Side.LEFT if self is Side.RIGHT else Side.RIGHT


WIDE = 10
"""From its low end to its high end a range is so wide at least that its middle is rounded."""


@dataclass(frozen=True, slots=True, order=True)
class Range:
    """A published range, low to high; equal ends are an exact figure."""

    low: int
    high: int

    def at(self, amount: Amount) -> int:
        """The number to play: the low end, the middle, or the high end.

        The middle of a wide range is one of the fives that people count in: 25 of 15 to 30.
        """
        if amount is Amount.GENTLE:
            return self.low
        if amount is Amount.FULL:
            return self.high
        by = 5 if self.high - self.low >= WIDE else 1
        return (self.low + self.high + by) // (2 * by) * by  # halves go up

    def holds(self, value: float) -> bool:
        """Whether the value lies inside the range."""
        return self.low <= value <= self.high

    def __str__(self) -> str:
        return str(self.low) if self.low == self.high else f"{self.low}-{self.high}"


@dataclass(frozen=True, slots=True)
class DosePhase:
    """How one phase of the stretch is played under a dose."""

    name: str
    """The name of the stretch's phase."""
    held: bool = False
    """Whether it is held; a phase that is not held is passed through."""
    hold_seconds: Range | None = None
    """Its own hold, where it differs from the dose's."""
    breaths: Range | None = None
    """Its own count of breaths, where it differs from the dose's."""
    once: bool = False
    """Played once a round, before the sides and repetitions begin."""
    block: int = 0
    """Phases of one block repeat together before the next block starts (5 back, then 5 forward)."""


@dataclass(frozen=True, slots=True)
class Dose:
    """How much of a stretch; figures that do not apply are None."""

    hold_seconds: Range | None = None
    breaths: Range | None = None
    """Slow breaths of each hold, where the source counts breaths."""
    phase_hold_seconds: Range | None = None
    """The hold of every held phase, where the source gives one figure for all."""
    reps: Range | None = None
    rounds: Range | None = None
    sides: Sides = Sides.BOTH
    limit_seconds: int | None = None
    """Never longer than this in all."""
    flow: bool = False
    """Moves with the breath: no pause to get into a held phase."""
    phases: tuple[DosePhase, ...] = ()
    """The phases in playing order, every one named."""
    ours: tuple[str, ...] = ()
    """Names of the fields that the source leaves open and that are our careful default."""

    @property
    def two_sided(self) -> bool:
        """Whether it is done on both sides one at a time."""
        return self.sides is not Sides.BOTH

    @property
    def counts_anew(self) -> bool:
        """Whether the repetitions are counted once for some phases, and again for others."""
        return len({phase.block for phase in self.phases if not phase.once}) > 1

    def hold_of(self, phase: DosePhase) -> Range | None:
        """The seconds a phase is held; None when breaths count or it is passed through."""
        if not phase.held or phase.breaths is not None:
            return None
        if phase.hold_seconds is not None:
            return phase.hold_seconds
        return self.phase_hold_seconds or self.hold_seconds

    def breaths_of(self, phase: DosePhase) -> Range | None:
        """The breaths a phase is held; None when seconds count or it is passed through."""
        if not phase.held or phase.hold_seconds is not None:
            return None
        if phase.breaths is not None:
            return phase.breaths
        return None if self.hold_of(phase) is not None else self.breaths

    def seconds_of(self, phase: DosePhase, amount: Amount, breath_seconds: float) -> float:
        """How long a phase is held in seconds; 0 when it is passed through."""
        hold = self.hold_of(phase)
        if hold is not None:
            return float(hold.at(amount))
        breaths = self.breaths_of(phase)
        return breaths.at(amount) * breath_seconds if breaths is not None else 0.0

    def count(self, field: str, amount: Amount) -> int:
        """Repetitions (`reps`) or rounds (`rounds`) to play; 1 when the dose names none."""
        value: Range | None = getattr(self, field)
        return value.at(amount) if value is not None else 1
