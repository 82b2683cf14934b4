"""From bit planes to characters: one glyph a cell, chosen by what is most worth seeing there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from stretch_tui.figure import glyphs
from stretch_tui.figure.drawing import Planes
from stretch_tui.figure.frame import DOTS, Frame, Style
from stretch_tui.figure.raster import Grid, Mask

EMPTY = "0" * 8


@cache
def coverage(bits: str) -> int:
    """Return how many of the 32 pixels of a cell are set."""
    return int(bits, 16).bit_count()


def cells(grid: Grid, mask: Mask, line: int) -> Iterator[str]:
    """Yield eight hex digits for every cell of a line."""
    width = grid.columns
    rows = [f"{bits:0{width}x}" for bits in mask[line * 8 : line * 8 + 8]]
    return map("".join, zip(*rows, strict=True))


def compose(
    grid: Grid,
    planes: Planes,
    style: Style,
    ground: int | None,
    arrows: Sequence[tuple[int, int, str]],
) -> Frame:
    """Choose a character and a paint for every cell."""
    line_of = _braille_line if style is Style.BRAILLE else _ascii_line
    rows, paint = [], []
    for line in range(grid.lines):
        text, kinds = line_of(grid, planes, style, line)
        if ground == line:
            for column, char in enumerate(text):
                if char == " ":
                    text[column], kinds[column] = "_", "g"
        rows.append(text)
        paint.append(kinds)
    if style is not Style.BRAILLE:
        _stamp_face(planes, rows, paint)
    for column, line, char in arrows:
        if 0 <= line < grid.lines and 0 <= column < grid.columns:
            if rows[line][column] in " _" and paint[line][column] in " g":
                rows[line][column], paint[line][column] = char, "a"
    return Frame(tuple(map("".join, rows)), tuple(map("".join, paint)))


def _stamp_face(planes: Planes, rows: list[list[str]], paint: list[list[str]]) -> None:
    for x, y, char in planes.marks:
        column, line = int(x // 4), int(y // 8)
        if 0 <= line < len(rows) and 0 <= column < len(rows[0]):
            rows[line][column], paint[line][column] = char, "h"


def _ascii_line(
    grid: Grid, planes: Planes, style: Style, line: int
) -> tuple[list[str], list[str]]:
    matcher = glyphs.contour()
    text: list[str] = []
    kinds: list[str] = []
    for ink, prop, red, hair, fill in zip(
        cells(grid, planes.ink, line),
        cells(grid, planes.prop, line),
        cells(grid, planes.stretched, line),
        cells(grid, planes.hair, line),
        cells(grid, planes.fill, line),
        strict=True,
    ):
        char, kind = " ", " "
        if hair != EMPTY and coverage(hair) >= 18:
            char, kind = "#", "h"
        elif ink != EMPTY and (char := matcher.match(ink)) != " ":
            kind = "s" if red != EMPTY and coverage(red) >= 8 else "b"
        elif red != EMPTY and coverage(red) >= 16:
            char, kind = "%", "s"
        elif prop != EMPTY and (char := matcher.match(prop)) != " ":
            kind = "p"
        elif fill != EMPTY and coverage(fill) >= 22:
            char, kind = ":", "f"
        text.append(char)
        kinds.append(kind)
    return text, kinds


@cache
def dots(bits: str, need: int) -> int:
    """Return the braille pattern of a cell: a dot for each 2x2 block with enough pixels."""
    rows = [int(digit, 16) for digit in bits]
    code = 0
    for k in range(4):
        left = (rows[2 * k] >> 2).bit_count() + (rows[2 * k + 1] >> 2).bit_count()
        right = (rows[2 * k] & 3).bit_count() + (rows[2 * k + 1] & 3).bit_count()
        code |= (DOTS[0][k] if left >= need else 0) | (DOTS[1][k] if right >= need else 0)
    return code


CHECKER = 0x01 | 0x10 | 0x04 | 0x80


def _braille_line(
    grid: Grid, planes: Planes, style: Style, line: int
) -> tuple[list[str], list[str]]:
    text: list[str] = []
    kinds: list[str] = []
    for ink, prop, red, hair in zip(
        cells(grid, planes.ink, line),
        cells(grid, planes.prop, line),
        cells(grid, planes.stretched, line),
        cells(grid, planes.hair, line),
        strict=True,
    ):
        body, muscle = dots(ink, 1), dots(red, 3) & CHECKER
        mop, thing = dots(hair, 3), dots(prop, 1)
        code = body | muscle | mop or thing
        if not code:
            text.append(" ")
            kinds.append(" ")
            continue
        text.append(chr(0x2800 + code))
        kinds.append("s" if muscle else "h" if mop else "b" if body else "p")
    return text, kinds
