"""Writes cells to a terminal in few bytes: styles by what changes, one color after the other.

A figure is drawn in three or four colors that alternate along a row. Changing the color costs a
dozen bytes, moving the cursor four: so where it pays, a row is written as a plotter draws, all of
one color first.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from rich.cells import cell_len
from rich.color import ColorSystem
from rich.style import Style
from textual.strip import SGR_STYLES

Cell = tuple[str, Style | None]
"""A character with its combining marks and its style; the right half of a wide one is empty."""
Codes = tuple[str, str, str]
"""Attributes, foreground and background as SGR parameters."""

PLAIN: Codes = ("", "", "")
LINES = frozenset(("4", "7", "9", "21", "53"))
"""Attributes that show on a blank: under, reverse, through, double and over."""
MOVE_BYTES = 4
"""What a short cursor move costs."""


@dataclass(slots=True)
class Piece:
    """Characters of one row in one style."""

    x: int
    text: str
    codes: Codes

    @property
    def end(self) -> int:
        """The column after it."""
        return self.x + cell_len(self.text)


class Pen:
    """Collects escape sequences, and knows the style that the terminal is writing in."""

    def __init__(self, system: ColorSystem) -> None:
        self._system = system
        self._out: list[str] = []
        self._now = PLAIN

    def pieces(self, x: int, cells: Iterable[Cell]) -> list[Piece]:
        """Cells side by side as pieces; a blank joins the piece before it where it can."""
        found: list[Piece] = []
        last: Style | None = None
        at = x
        for character, style in cells:
            if found and (style is last or self._joins(character, style, found[-1].codes)):
                found[-1].text += character
            else:
                codes = codes_of(style, self._system) if style is not None else PLAIN
                if found and found[-1].text.isspace() and _blank_in(found[-1].codes, codes):
                    found[-1].text += character
                    found[-1].codes = codes
                else:
                    found.append(Piece(at, character, codes))
                last = style
            at += 1
        if len(found) == 1 and found[0].text.isspace() and _blank_in(found[0].codes, self._now):
            found[0].codes = self._now
        return found

    def _joins(self, character: str, style: Style | None, codes: Codes) -> bool:
        """Whether a cell looks the same in the codes of the piece before it."""
        if character not in (" ", "") or style is None:
            return False
        return _blank_in(codes_of(style, self._system), codes)

    def row(self, y: int, pieces: list[Piece]) -> None:
        """Write the pieces of a row, in their order or by color, whichever is shorter."""
        if not pieces:
            return
        ordered = pieces
        if len(pieces) > 2:
            by_codes: dict[Codes, list[Piece]] = {self._now: []}
            for piece in pieces:
                by_codes.setdefault(piece.codes, []).append(piece)
            grouped = [piece for group in by_codes.values() for piece in group]
            ordered = min(pieces, grouped, key=self._cost)
        at = -1
        for piece in ordered:
            if at < 0:
                self._out.append(f"\x1b[{y + 1};{piece.x + 1}H" if piece.x else f"\x1b[{y + 1}H")
            elif at != piece.x:
                # To a column, not by so many: terminals disagree on the width of some characters.
                self._out.append(f"\x1b[{piece.x + 1}G")
            self._dip(piece.codes)
            self._out.append(piece.text)
            at = piece.end

    def _cost(self, pieces: list[Piece]) -> int:
        """About how many bytes these pieces take besides their text."""
        codes = [self._now, *(piece.codes for piece in pieces)]
        colors = sum(len(_change(a, b)) for a, b in pairwise(codes) if a != b)
        return colors + sum(MOVE_BYTES + 1 for a, b in pairwise(pieces) if a.end != b.x)

    def _dip(self, wanted: Codes) -> None:
        if wanted != self._now:
            self._out.append(_change(self._now, wanted))
            self._now = wanted

    def finish(self) -> str:
        """Everything collected, leaving the terminal in its plain style."""
        if self._now != PLAIN:
            self._out.append("\x1b[0m")
        return "".join(self._out)


def _blank_in(own: Codes, codes: Codes) -> bool:
    """Whether a blank looks the same in other codes: same background, no line through either."""
    lined = own[0] or (codes[0] and not LINES.isdisjoint(codes[0].split(";")))
    return not lined and own[2] == codes[2]


@lru_cache(maxsize=1024)
def codes_of(style: Style, system: ColorSystem) -> Codes:
    """Attributes, foreground and background of a style as SGR parameters."""
    set_bits = style._attributes & style._set_attributes  # noqa: SLF001 - as Strip.render_ansi
    attributes = ";".join(code for bit, code in enumerate(SGR_STYLES) if set_bits & (1 << bit))
    front, back = style.color, style.bgcolor
    return (
        attributes,
        ";".join(front.downgrade(system).get_ansi_codes()) if front else "",
        ";".join(back.downgrade(system).get_ansi_codes(False)) if back else "",
    )


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
