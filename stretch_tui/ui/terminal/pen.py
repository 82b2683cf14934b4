"""Writes cells to a terminal in few bytes: styles by what changes, one color after the other.

A figure is drawn in three or four colors that alternate along a row. Changing the color costs a
dozen bytes and more, moving the cursor three to eight: so where it pays, a row, or the whole frame,
is written as a plotter draws, all of one color first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from rich.color import ColorSystem
from rich.style import Style
from textual.strip import SGR_STYLES

Codes = tuple[str, str, str]
"""Attributes, foreground and background as SGR parameters."""
Cell = tuple[str, Codes]
"""A character with its combining marks and its look; the right half of a wide one is empty."""

PLAIN: Codes = ("", "", "")
LINE_DOWN = "\x0b"
"""One line down in one byte; unlike a line feed it passes a terminal's driver as it is."""
LINES = frozenset(("4", "7", "9", "21", "53"))
"""Attributes that show on a blank: under, reverse, through, double and over."""


@dataclass(slots=True)
class Piece:
    """Characters of one row in one style."""

    x: int
    y: int
    text: str
    codes: Codes
    end: int
    """The column after it."""
    blank: bool
    """Whether only its background shows."""


class Pen:
    """Collects pieces, and writes them in the order that takes the fewest bytes."""

    def __init__(self, columns: int) -> None:
        self._columns = columns
        self._rows: list[list[Piece]] = []

    def pieces(self, x: int, y: int, cells: Iterable[Cell]) -> list[Piece]:
        """Cells side by side as pieces; a blank joins the piece before it where it can."""
        found: list[Piece] = []
        now, text, start, at, blank = PLAIN, "", x, x, True
        for at, (character, codes) in enumerate(cells, x):
            if codes != now:
                if character in (" ", "") and _blank_in(codes, now) and text:
                    pass  # it looks the same in the codes of the piece
                elif blank and (not text or _blank_in(now, codes)):
                    now = codes
                else:
                    found.append(Piece(start, y, text, now, at, blank))
                    now, text, start, blank = codes, "", at, True
            blank = blank and character == " "
            text += character
        if text:
            found.append(Piece(start, y, text, now, at + 1, blank))
        return found

    def row(self, pieces: list[Piece]) -> None:
        """Take the pieces of a row."""
        if pieces:
            self._rows.append(pieces)

    def finish(self) -> str:
        """Everything that brings the pieces to the terminal, which is left in its plain style."""
        orders = [[piece for row in self._rows for piece in row]]
        if len(orders[0]) > 2:
            orders += [list(_by_row(self._rows)), list(_by_color(orders[0]))]
        return min((_written(order, self._columns) for order in orders), key=len)


def _by_row(rows: Iterable[list[Piece]]) -> Iterator[Piece]:
    """Row after row, each color by color, beginning with the one that the row before ended in."""
    now = PLAIN
    for row in rows:
        groups: dict[Codes, list[Piece]] = {now: []}
        for piece in row:
            groups.setdefault(piece.codes, []).append(piece)
        for codes, group in groups.items():
            yield from group
            now = codes if group else now


def _by_color(pieces: list[Piece]) -> Iterator[Piece]:
    """All of one color first, over all rows; blanks go along with the first that they look like."""
    groups: dict[Codes, list[Piece]] = {}
    for piece in pieces:
        if not piece.blank:
            groups.setdefault(piece.codes, []).append(piece)
    for piece in pieces:
        if piece.blank:
            fits = (codes for codes in groups if _blank_in(piece.codes, codes))
            groups.setdefault(next(fits, piece.codes), []).append(piece)
    # Attributes last: to take one away again all colors have to be said anew. And one background
    # after the other: from one foreground to the next it is then said once.
    for codes in sorted(groups, key=_attributes_background_foreground):
        yield from sorted(groups[codes], key=lambda piece: (piece.y, piece.x))


def _attributes_background_foreground(codes: Codes) -> tuple[str, str, str]:
    attributes, front, back = codes
    return attributes, back, front


def _written(pieces: Iterable[Piece], columns: int) -> str:
    """The pieces in this order, with the moves and the changes of style that they need."""
    out: list[str] = []
    now, before = PLAIN, None
    for piece in pieces:
        out.append(_move(before, piece, columns))
        if piece.codes != now and not (piece.blank and _blank_in(piece.codes, now)):
            out.append(_change(now, piece.codes))
            now = piece.codes
        out.append(piece.text)
        before = piece
    if now != PLAIN:
        out.append("\x1b[0m")
    return "".join(out)


def _move(before: Piece | None, piece: Piece, columns: int) -> str:
    """The shortest way for the cursor from the end of one piece to the next.

    By so many cells only after ASCII, since terminals disagree on the width of the rest, and not
    from beyond the last column, where they disagree on the place.
    """
    place = f"\x1b[{piece.y + 1};{piece.x + 1}H" if piece.x else f"\x1b[{piece.y + 1}H"
    if before is None:
        return place
    down, right = piece.y - before.y, piece.x - before.end
    if not down:
        place = f"\x1b[{piece.x + 1}G" if right else ""
    if down < 0 or not before.text.isascii() or before.end >= columns:
        return place
    below = min(LINE_DOWN * down, _by("B", down), key=len)
    across = _by("C", right) if right > 0 else min("\b" * -right, _by("D", -right), key=len)
    return min(below + across, place, key=len)


def _by(direction: str, cells: int) -> str:
    """A relative move; nothing for no cells, and one cell needs no number."""
    return f"\x1b[{cells if cells > 1 else ''}{direction}" if cells else ""


def _blank_in(own: Codes, codes: Codes) -> bool:
    """Whether a blank looks the same in other codes: same background, no line through either."""
    lined = own[0] or (codes[0] and not LINES.isdisjoint(codes[0].split(";")))
    return not lined and own[2] == codes[2]


@lru_cache(maxsize=1024)
def codes_of(style: Style | None, system: ColorSystem) -> Codes:
    """Attributes, foreground and background of a style as SGR parameters."""
    if style is None:
        return PLAIN
    set_bits = style._attributes & style._set_attributes  # noqa: SLF001 - as Strip.render_ansi
    attributes = ";".join(code for bit, code in enumerate(SGR_STYLES) if set_bits & (1 << bit))
    front, back = style.color, style.bgcolor
    return (
        attributes,
        ";".join(front.downgrade(system).get_ansi_codes()) if front else "",
        ";".join(back.downgrade(system).get_ansi_codes(False)) if back else "",
    )


@lru_cache(maxsize=256)
def bare(codes: Codes) -> Codes:
    """The codes as far as a blank shows them: its background, and lines through it."""
    return codes if not LINES.isdisjoint(codes[0].split(";")) else ("", "", codes[2])


@lru_cache(maxsize=4096)
def _change(before: Codes, after: Codes) -> str:
    """The shortest SGR sequence that changes one style into another."""
    # Taking attributes away one by one has codes too, but not every terminal knows them all.
    if before[0] and before[0] != after[0]:
        return f"\x1b[{';'.join(['0', *(part for part in after if part)])}m"
    if any(old and not new for old, new in zip(before, after, strict=True)):
        return f"\x1b[{';'.join(['0', *(part for part in after if part)])}m"
    added = [new for old, new in zip(before, after, strict=True) if new and new != old]
    return f"\x1b[{';'.join(added)}m"
