"""Bit planes of what has been painted so far, one a kind of mark."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from stretch_tui.figure.frame import Paint, Tone
from stretch_tui.figure.raster import Grid, Plane, Shape, clear, put


class Mark(NamedTuple):
    """A character that is put into one cell as it is: part of a face."""

    column: int
    line: int
    char: str
    paint: Paint


@dataclass(slots=True)
class Planes:
    """What is in sight, far things hidden by near ones."""

    ink: Plane
    far: Plane
    """The part of the ink that belongs to the farther of two like limbs."""
    fill: Plane
    stretched: Plane
    hair: Plane
    head: Plane
    prop: Plane
    tones: dict[str, Plane]
    """What flesh covers, by its tone: cells of one tone are given one background."""
    marks: list[Mark] = field(default_factory=list)

    @classmethod
    def blank(cls, grid: Grid) -> Planes:
        """Return planes with nothing on them."""
        tones = {tone.value: grid.blank() for tone in Tone if tone is not Tone.NONE}
        ink, far, fill, stretched, hair, head, prop = (grid.blank() for _ in range(7))
        return cls(ink, far, fill, stretched, hair, head, prop, tones)

    def cover(self, shape: Shape, tone: Tone) -> None:
        """Let a shape hide the tones behind it under its own."""
        for plane in self.tones.values():
            if any(plane[shape.top : shape.end]):
                clear(plane, shape)
        put(self.tones[tone.value], shape)

    def erase(self, shape: Shape) -> None:
        """Clear a shape from every plane of marks that has anything on it."""
        for plane in (
            self.ink, self.far, self.fill, self.stretched, self.hair, self.head, self.prop
        ):  # fmt: skip
            if any(plane[shape.top : shape.end]):
                clear(plane, shape)

    def draw(self, line: Shape, owned: Shape, *, far: bool) -> None:
        """Draw an outline, alone in the cells that it owns: two of them in one are a tangle."""
        for plane in (self.ink, self.far):
            if any(plane[owned.top : owned.end]):
                clear(plane, owned)
        put(self.ink, line)
        if far:
            put(self.far, line)
