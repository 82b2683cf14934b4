"""What comes out: rows of characters and, cell for cell, what each of them shows."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from stretch_tui.figure.glyphs import MIRROR


class Style(StrEnum):
    """How a figure is drawn; all styles come from the same bits."""

    ASCII = "ascii"
    SOLID = "solid"
    BRAILLE = "braille"


class Paint(StrEnum):
    """What a cell shows, for coloring."""

    EMPTY = " "
    BODY = "b"
    FAR = "d"
    FILL = "f"
    STRETCHED = "s"
    HAIR = "h"
    EYE = "e"
    PROP = "p"
    GROUND = "g"
    ARROW = "a"


class Tone(StrEnum):
    """What a cell's background shows: the silhouette, where there are colors enough to tint it."""

    NONE = " "
    BODY = "b"
    LEG = "l"
    ARM = "a"
    SKIN = "k"
    """Head, neck and feet."""
    HAND = "n"
    """Not the shade of the face, or a hand at the head is lost."""
    HAIR = "h"
    FAR = "f"
    """The farther of two limbs."""
    PROP = "p"
    WALL = "w"


BEHIND = frozenset((Tone.NONE, Tone.WALL))
"""Tones of cells in which nothing stands."""


# Braille bit values of the left and the right column of dots, top to bottom.
DOTS = ((0x01, 0x02, 0x04, 0x40), (0x08, 0x10, 0x20, 0x80))


def _swapped(code: int) -> int:
    swapped = 0
    for left, right in zip(*DOTS, strict=True):
        swapped |= (right if code & left else 0) | (left if code & right else 0)
    return swapped


@cache
def mirror_table() -> dict[int, str]:
    """Return what every character becomes in a mirror; built when first needed."""
    braille = {0x2800 + code: chr(0x2800 + _swapped(code)) for code in range(256)}
    return {**MIRROR, **braille}


@dataclass(frozen=True, slots=True)
class Frame:
    """A drawn figure: `rows`, `paint` and `tone` have one shape, every line exactly as wide."""

    rows: tuple[str, ...]
    paint: tuple[str, ...]
    tone: tuple[str, ...]

    def mirrored(self) -> Frame:
        """Return the other side of the same figure; mirroring twice changes nothing."""
        table = mirror_table()
        return Frame(
            tuple(row[::-1].translate(table) for row in self.rows),
            tuple(row[::-1] for row in self.paint),
            tuple(row[::-1] for row in self.tone),
        )

    def plain(self) -> tuple[str, ...]:
        """Return the rows for a terminal without color: the dim fill is left out."""
        return tuple(
            "".join(" " if kind == "f" else char for char, kind in zip(row, paint, strict=True))
            for row, paint in zip(self.rows, self.paint, strict=True)
        )
