"""From bit planes to characters: one glyph a cell, chosen by what is most worth seeing there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from stretch_tui.figure.arrows import placed
from stretch_tui.figure.frame import BEHIND, DOTS, Frame, Style, Tone
from stretch_tui.figure.glyphs import solid
from stretch_tui.figure.outline import outlines, settle
from stretch_tui.figure.planes import Planes
from stretch_tui.figure.raster import Grid, Plane

DENSE = {digit: int(digit, 16).bit_count() for digit in "0123456789abcdef"}


def majority(grid: Grid, plane: Plane, line: int) -> str | None:
    """Return a hex digit a cell: the pixels set in most of three sample rows; None when blank."""
    a, b, c = plane[line * 8 + 1], plane[line * 8 + 4], plane[line * 8 + 6]
    most = (a & b) | (a & c) | (b & c)
    return f"{most:0{grid.columns}x}" if most else None


def cells(grid: Grid, plane: Plane, line: int) -> Iterator[str]:
    """Yield eight hex digits for every cell of a line."""
    width = grid.columns
    rows = [f"{bits:0{width}x}" for bits in plane[line * 8 : line * 8 + 8]]
    return map("".join, zip(*rows, strict=True))


def compose(
    grid: Grid,
    planes: Planes,
    style: Style,
    ground: int | None,
    shafts: Sequence[Sequence[tuple[float, float]]],
) -> Frame:
    """Choose a character and a paint for every cell."""
    draw = {Style.BRAILLE: _braille, Style.SOLID: _solid}.get(style, _ascii)
    rows, paint = draw(grid, planes)
    tone = tuple(tones(grid, planes))
    if ground is not None and 0 <= ground < grid.lines:
        _lay_ground(rows[ground], paint[ground], tone[ground], style)
    _stamp_face(planes, rows, paint, style)
    for shaft in shafts:
        _lay_arrow(grid, shaft, rows, paint, tone)
    return Frame(tuple(map("".join, rows)), tuple(map("".join, paint)), tone)


def _lay_arrow(
    grid: Grid, shaft: Sequence[tuple[float, float]], rows: Cells, paint: Cells, tone: Sequence[str]
) -> None:
    """Draw an arrow where neither the body nor a prop is."""

    def free(column: int, line: int) -> bool:
        inside = 0 <= column < grid.columns and 0 <= line < grid.lines
        return inside and paint[line][column] in " g" and tone[line][column] in BEHIND

    for column, line, char in list(placed(grid, shaft, free)):
        rows[line][column], paint[line][column] = char, "a"


def tones(grid: Grid, planes: Planes) -> Iterator[str]:
    """Yield a line of tones: in each cell the one that covers most, if flesh covers half of it."""
    blank = " " * grid.columns
    for line in range(grid.lines):
        found = [
            (tone, digits)
            for tone, plane in planes.tones.items()
            if (digits := majority(grid, plane, line))
        ]
        if not found:
            yield blank
            continue
        names = [tone for tone, _ in found]
        texts = [digits for _, digits in found]
        yield "".join(_tone(names, digits) for digits in zip(*texts, strict=True))


def _tone(names: Sequence[str], digits: Sequence[str]) -> str:
    """Choose the tone of a cell from how much of it each one covers."""
    shares = [DENSE[digit] for digit in digits]
    most = max(shares)
    return names[shares.index(most)] if sum(shares) >= 2 else " "


Cells = list[list[str]]


def _lay_ground(row: list[str], kinds: list[str], tone: str, style: Style) -> None:
    """Draw the floor where the line is free, and let level flesh just above it lie down on it."""
    floor = "\u28c0" if style is Style.BRAILLE else "_"
    for column, char in enumerate(row):
        if char == " " and (tone[column] in BEHIND or tone[column] == Tone.PROP):
            row[column], kinds[column] = floor, "g"
        elif char == "-" and style is Style.ASCII:
            row[column] = floor


BRAILLE_MARKS = {"o": "\u2836", "-": "\u2812"}

KINDS = {" ": " ", "#": "h"}
"""What the cells of an outline show, when it is not the body."""


def _stamp_face(planes: Planes, rows: Cells, paint: Cells, style: Style) -> None:
    """Put the characters of head and face in."""
    for column, line, char, kind in planes.marks:
        mark = BRAILLE_MARKS[char] if style is Style.BRAILLE else char
        rows[line][column], paint[line][column] = mark, kind.value


def _ascii(grid: Grid, planes: Planes) -> tuple[Cells, Cells]:
    """Outlines first, so that level strokes may settle on the line above; then what is free."""
    body = outlines(grid, planes.ink)
    for line in range(grid.lines):
        hair = majority(grid, planes.hair, line)
        for column, digit in enumerate(hair or ""):
            if DENSE[digit] >= 2:
                body[line][column] = "#"
    settle(body)
    things = outlines(grid, planes.prop)
    settle(things)
    blank = [" "] * grid.columns
    paint = [[KINDS.get(char, "b") for char in text] for text in body]
    for line, (text, kinds) in enumerate(zip(body, paint, strict=True)):
        _dim_far(grid, planes, line, kinds)
        red, flesh = majority(grid, planes.stretched, line), majority(grid, planes.fill, line)
        if red or flesh or things[line] != blank:
            _fill_line(text, kinds, things[line], red, flesh)
    return body, paint


def _dim_far(grid: Grid, planes: Planes, line: int, kinds: list[str]) -> None:
    """Tell the outline of the farther of two limbs from that of the nearer."""
    rows = planes.far[line * 8 : line * 8 + 8]
    if any(rows):
        for column, bits in enumerate(cells(grid, planes.far, line)):
            if kinds[column] == "b" and bits != "00000000":
                kinds[column] = "d"


def _solid(grid: Grid, planes: Planes) -> tuple[Cells, Cells]:
    """Fill whole limbs: in a small pane an outline has no room for its two sides."""
    rows = shapes(grid, planes.fill)
    head = outlines(grid, planes.ink)
    settle(head)
    things = outlines(grid, planes.prop)
    settle(things)
    paint = [[" "] * grid.columns for _ in range(grid.lines)]
    for line, (text, kinds) in enumerate(zip(rows, paint, strict=True)):
        nothing = "0" * grid.columns
        hair = majority(grid, planes.hair, line) or nothing
        red = majority(grid, planes.stretched, line) or nothing
        for column, char in enumerate(text):
            if DENSE[hair[column]] >= 2:
                text[column], kinds[column] = "#", "h"
            elif head[line][column] != " ":
                text[column], kinds[column] = head[line][column], "b"
            elif DENSE[red[column]] >= 2:
                text[column], kinds[column] = "%", "s"
            elif char != " ":
                kinds[column] = "s" if red[column] != "0" else "b"
            elif things[line][column] != " ":
                text[column], kinds[column] = things[line][column], "p"
    return rows, paint


def shapes(grid: Grid, plane: Plane) -> Cells:
    """Choose the character of every cell of a filled plane."""
    match = solid().match
    return [[match(bits) for bits in cells(grid, plane, line)] for line in range(grid.lines)]


def _fill_line(
    text: list[str], kinds: list[str], things: list[str], red: str | None, flesh: str | None
) -> None:
    """Complete a line of outlines: the stretched region, props, flesh; and say what is what."""
    nothing = "0" * len(text)
    for column, (char, thing, hot, full) in enumerate(
        zip(text, things, red or nothing, flesh or nothing, strict=True)
    ):
        if char != " ":
            if hot != "0" and char != "#":
                kinds[column] = "s"
        elif DENSE[hot] >= 2:
            text[column], kinds[column] = "%", "s"
        elif thing != " ":
            text[column], kinds[column] = thing, "p"
        elif DENSE[full] >= 3:
            text[column], kinds[column] = ":", "f"


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


def _braille(grid: Grid, planes: Planes) -> tuple[Cells, Cells]:
    rows, paint = [], []
    for line in range(grid.lines):
        text, kinds = _braille_line(grid, planes, line)
        rows.append(text)
        paint.append(kinds)
    return rows, paint


def _braille_line(grid: Grid, planes: Planes, line: int) -> tuple[list[str], list[str]]:
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
