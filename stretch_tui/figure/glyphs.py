"""From a cell's thirty-two bits to the character that looks most like them.

The tables give how much ink each character puts on each of the 4x8 sub-pixels of a cell, one
hex digit each, row by row, as drawn by a common monospace typeface. A character is chosen by
the nearest blurred shape: blurring forgives a stroke that is one pixel off.
"""

from __future__ import annotations

from functools import cache

INK = {
    '"': "00000440088003300000000000000000",
    "#": "0000021318454bb77bb5447021200000",
    "'": "00000220044001100000000000000000",
    "(": "00000060045008100900063001700010",
    ")": "00000600054001800190036007100100",
    ",": "00000000000000000000045008300200",
    "-": "00000000000000000660000000000000",
    ".": "00000000000000000000044002200000",
    "/": "00000023008101800820180062000000",
    ":": "00000000011005500000044002200000",
    "=": "00000000000068864664233200000000",
    "\\": "00004100360009000450009000540000",
    "^": "00000440288230030000000000000000",
    "_": "00000000000000000000000000007776",
    "o": "00000000055065558118655505500000",
    "|": "00000330044004400440044004400440",
}
CONTOUR_SET = ".'_-|/\\"
SOLID_SET = ".,'_-|/\\()\":#=o^"

Image = list[list[float]]
Kernel = tuple[float, ...]


def _blur(image: Image, across: Kernel, down: Kernel) -> Image:
    """Blur separably; the border counts as blank."""
    wide, high = len(across) // 2, len(down) // 2
    rows = [
        [
            sum(across[k + wide] * row[x + k] for k in range(-wide, wide + 1) if 0 <= x + k < 4)
            / sum(across)
            for x in range(4)
        ]
        for row in image
    ]
    return [
        [
            sum(down[k + high] * rows[y + k][x] for k in range(-high, high + 1) if 0 <= y + k < 8)
            / sum(down)
            for x in range(4)
        ]
        for y in range(8)
    ]


class Matcher:
    """Chooses characters for cells, and remembers every choice."""

    def __init__(
        self, glyphs: str, across: Kernel, down: Kernel, scale: float, least: int, blank: float
    ) -> None:
        """Build the table of partial scores: row and nibble to one packed score of all glyphs.

        Ink of a glyph counts `scale` times its share of a pixel; fewer than `least` set pixels
        are blank; a glyph must beat the blank by `blank`.
        """
        self.glyphs = " " + glyphs
        self.least = least
        self.known: dict[str, str] = {"0" * 8: " "}
        weights: list[Image] = [[[0.0] * 4] * 8]
        bias = [blank]
        for glyph in glyphs:
            image = [
                [int(digit, 16) / 15 * scale for digit in INK[glyph][y * 4 : y * 4 + 4]]
                for y in range(8)
            ]
            once = _blur(image, across, down)
            twice = _blur(once, across, down)
            weights.append(twice)
            bias.append(-sum(value * value for row in once for value in row))
        self.table = [
            [
                [2 * sum(row[x] for x in range(4) if nibble >> (3 - x) & 1) for row in rows]
                for nibble in range(16)
            ]
            for rows in zip(*weights, strict=True)
        ]
        self.bias = bias

    def match(self, bits: str) -> str:
        """Return the character for eight hex digits, one a sub-row."""
        found = self.known.get(bits)
        if found is None:
            found = self.known[bits] = self._choose(bits)
        return found

    def _choose(self, bits: str) -> str:
        if int(bits, 16).bit_count() < self.least:
            return " "
        parts = [self.table[y][int(digit, 16)] for y, digit in enumerate(bits)]
        scores = [sum(each) + bias for *each, bias in zip(*parts, self.bias, strict=True)]
        return self.glyphs[scores.index(max(scores))]


@cache
def contour() -> Matcher:
    """Return the matcher for outlines."""
    return Matcher(CONTOUR_SET, (1, 3, 4, 3, 1), (1, 2, 1), 2.2, 2, 0.0)


@cache
def solid() -> Matcher:
    """Return the matcher for filled shapes."""
    return Matcher(SOLID_SET, (1, 2, 1), (1, 2, 1), 2.4, 3, 0.0)


MIRROR = {ord(a): b for a, b in zip("()/\\<>[]{}", ")(\\/><][}{", strict=True)}
"""What each character becomes in a mirror; the others stay."""
