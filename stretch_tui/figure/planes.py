"""Bit planes of what has been painted so far, one a kind of mark."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from stretch_tui.figure.frame import Paint, Tone
from stretch_tui.figure.raster import Grid, Plane


class Mark(NamedTuple):
    """A character that is put into one cell as it is: part of a face."""

    column: int
    line: int
    char: str
    paint: Paint


@dataclass(slots=True)
class Planes:
    """What is in sight, far things hidden by near ones."""

    grid: Grid
    ink: Plane = 0
    far: Plane = 0
    """The part of the ink that belongs to the farther of two like limbs."""
    fill: Plane = 0
    stretched: Plane = 0
    hair: Plane = 0
    head: Plane = 0
    prop: Plane = 0
    covers: list[tuple[Plane, Tone]] = field(default_factory=list)
    """What there is from far to near, with its tone."""
    marks: list[Mark] = field(default_factory=list)

    def cover(self, shape: Plane, tone: Tone) -> None:
        """Let a shape hide the tones behind it under its own."""
        self.covers.append((shape, tone))

    def tones(self) -> dict[Tone, Plane]:
        """Return what is in sight of every tone."""
        found: dict[Tone, Plane] = {}
        free = self.grid.whole
        for shape, tone in reversed(self.covers):
            seen = shape & free
            free ^= seen
            found[tone] = found.get(tone, 0) | seen
        return found

    def erase(self, shape: Plane) -> None:
        """Clear a shape from every plane of marks."""
        keep = self.grid.whole ^ shape
        self.ink &= keep
        self.far &= keep
        self.fill &= keep
        self.stretched &= keep
        self.hair &= keep
        self.head &= keep
        self.prop &= keep

    def draw(self, line: Plane, owned: Plane, *, far: bool) -> None:
        """Draw an outline, alone in the cells that it owns: two of them in one are a tangle."""
        keep = self.grid.whole ^ owned
        self.ink = (self.ink & keep) | line
        self.far = (self.far & keep) | (line if far else 0)
