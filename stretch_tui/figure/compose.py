"""From bit planes to characters: one glyph a cell, chosen by what is most worth seeing there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from stretch_tui.figure.arrows import placed
from stretch_tui.figure.frame import BEHIND, DOTS, Frame, Paint, Style, Tone
from stretch_tui.figure.glyphs import solid
from stretch_tui.figure.outline import outlines, settle
from stretch_tui.figure.planes import Planes
from stretch_tui.figure.raster import Grid, Plane

LEAST_SHOWN = 4
"""Cells of the stretched region that have to be seen, with color or without."""

DENSE = {digit: int(digit, 16).bit_count() for digit in "0123456789abcdef"}


def cells(grid: Grid, plane: Plane) -> list[list[str]]:
    """Return eight hex digits for every cell."""
    rows = grid.digits(plane)
    return [
        list(map("".join, zip(*rows[top : top + 8], strict=True)))
        for top in range(0, grid.height, 8)
    ]


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
    tone = list(tones(grid, planes))
    if ground is not None and 0 <= ground < grid.lines:
        _lay_ground(rows[ground], paint[ground], tone[ground], style)
    _stamp_face(planes, rows, paint, style)
    _comb(planes, tone)
    for shaft in shafts:
        _lay_arrow(grid, shaft, rows, paint, tone)
    return Frame(tuple(map("".join, rows)), tuple(map("".join, paint)), tuple(tone))


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
    """Yield a line of tones: in each cell the one that covers most, if half of it is covered."""
    blank, nothing = " " * grid.columns, "0" * grid.columns
    in_sight = {tone: grid.majority(plane) for tone, plane in planes.tones().items() if plane}
    for line in range(grid.lines):
        found = {tone: lines[line] for tone, lines in in_sight.items() if lines[line] != nothing}
        names = "".join(found)
        yield (
            "".join([tone_of(names, digits) for digits in zip(*found.values(), strict=True)])
            if found
            else blank
        )


@lru_cache(maxsize=8192)
def tone_of(names: str, digits: tuple[str, ...]) -> str:
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


def _comb(planes: Planes, tone: list[str]) -> None:
    """Give the hair of a head that is drawn in whole cells its tone."""
    combed: dict[int, set[int]] = {}
    for column, line, char, kind in planes.marks:
        if kind is Paint.HAIR and char == "#":
            combed.setdefault(line, set()).add(column)
    for line, columns in combed.items():
        tone[line] = "".join(
            Tone.HAIR if column in columns else before for column, before in enumerate(tone[line])
        )


def _ascii(grid: Grid, planes: Planes) -> tuple[Cells, Cells]:
    """Outlines first, so that level strokes may settle on the line above; then what is free."""
    body = outlines(grid, planes.ink)
    if planes.hair:
        for text, hair in zip(body, grid.majority(planes.hair), strict=True):
            for column, digit in enumerate(hair):
                if DENSE[digit] >= 2 and text[column] == " ":  # the outline stays closed
                    text[column] = "#"
    settle(body)
    things = outlines(grid, planes.prop)
    settle(things)
    paint = [[KINDS.get(char, "b") for char in text] for text in body]
    _dim_far(grid, planes, paint)
    blank, nothing = [" "] * grid.columns, "0" * grid.columns
    reds = grid.majority(planes.stretched)
    filled = zip(body, paint, things, reds, grid.majority(planes.fill), strict=True)
    for text, kinds, thing, red, flesh in filled:
        if red != nothing or flesh != nothing or thing != blank:
            _fill_line(text, kinds, thing, red, flesh)
    if planes.stretched and sum(text.count("%") for text in body) < LEAST_SHOWN:
        _insist(body, paint, reds)
    return body, paint


def _insist(body: Cells, paint: Cells, reds: Sequence[str]) -> None:
    """Show a small stretched region instead of the outlines that run through it."""
    for text, kinds, red in zip(body, paint, reds, strict=True):
        for column, digit in enumerate(red):
            if DENSE[digit] >= 2 and kinds[column] == "s":
                text[column] = "%"


def _dim_far(grid: Grid, planes: Planes, paint: Cells) -> None:
    """Tell the outline of the farther of two limbs from that of the nearer."""
    if not planes.far:
        return
    nothing = "0" * grid.columns
    rows = grid.digits(grid.cells_of(planes.far))[::8]
    for kinds, digits in zip(paint, rows, strict=True):
        if digits != nothing:
            for column, digit in enumerate(digits):
                if digit != "0" and kinds[column] == "b":
                    kinds[column] = "d"


def _solid(grid: Grid, planes: Planes) -> tuple[Cells, Cells]:
    """Fill whole limbs: in a small pane an outline has no room for its two sides."""
    rows = shapes(grid, planes.fill)
    head = outlines(grid, planes.ink)
    settle(head)
    things = outlines(grid, planes.prop)
    settle(things)
    paint = [[" "] * grid.columns for _ in range(grid.lines)]
    hairs, reds = grid.majority(planes.hair), grid.majority(planes.stretched)
    for line, (text, kinds) in enumerate(zip(rows, paint, strict=True)):
        hair, red = hairs[line], reds[line]
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
    return [[match(bits) for bits in line] for line in cells(grid, plane)]


def _fill_line(text: list[str], kinds: list[str], things: list[str], red: str, flesh: str) -> None:
    """Complete a line of outlines: the stretched region, props, flesh; and say what is what."""
    for column, (char, thing, hot, full) in enumerate(zip(text, things, red, flesh, strict=True)):
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
    marks = [
        cells(grid, plane) for plane in (planes.ink, planes.prop, planes.stretched, planes.hair)
    ]
    for line in zip(*marks, strict=True):
        text: list[str] = []
        kinds: list[str] = []
        for ink, prop, red, hair in zip(*line, strict=True):
            char, kind = _braille_cell(ink, prop, red, hair)
            text.append(char)
            kinds.append(kind)
        rows.append(text)
        paint.append(kinds)
    return rows, paint


def _braille_cell(ink: str, prop: str, red: str, hair: str) -> tuple[str, str]:
    """Return the dots of a cell, and what they show."""
    body, muscle = dots(ink, 1), dots(red, 3) & CHECKER
    mop, thing = dots(hair, 3), dots(prop, 1)
    code = body | muscle | mop or thing
    if not code:
        return " ", " "
    return chr(0x2800 + code), "s" if muscle else "h" if mop else "b" if body else "p"
