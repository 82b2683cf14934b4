"""Big letters out of half blocks: digits to read from two meters, and the words beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

Glyphs = Mapping[str, tuple[str, ...]]
"""Rows of cells by character; a face's rows all have the same count."""

_BIG_DIGITS = """
 ▄██████▄ |   ▄███   | ▄██████▄ | ▄██████▄ |     ▄███ |
██▀    ▀██| ▄█▀███   |██▀    ▀██|▀▀▀    ▀██|   ▄█▀███ |
██      ██|    ███   |        ██|       ▄██| ▄█▀  ███ |
██      ██|    ███   |     ▄▄█▀ |   █████  |██▄▄▄▄███▄|
██      ██|    ███   |  ▄▄█▀▀   |       ▀██|▀▀▀▀▀▀███▀|
██▄    ▄██|    ███   |▄██▀      |▄▄▄    ▄██|      ███ |
 ▀██████▀ |  ███████ |██████████| ▀██████▀ |      ███ |

██████████| ▄██████▄ |██████████| ▄██████▄ | ▄██████▄ |
██        |██▀    ▀▀▀|       ▄██|██▀    ▀██|██▀    ▀██|
██▄▄▄▄▄▄  |██ ▄▄▄▄▄  |      ▄██ |▀█▄    ▄█▀|██      ██|
▀▀▀▀▀▀▀██▄|███▀▀▀▀██▄|     ▄██  | ▄██████▄ |▀██▄▄▄▄███|
        ██|██      ██|    ▄██   |██▀    ▀██|  ▀▀▀▀▀ ██|
▄▄▄    ▄██|██▄    ▄██|    ██    |██▄    ▄██|▄▄▄    ▄██|
 ▀██████▀ | ▀██████▀ |    ██    | ▀██████▀ | ▀██████▀ |

    |
 ▄▄ |
 ▀▀ |
    |
 ▄▄ |
 ▀▀ |
    |
"""
_MEDIUM_DIGITS = """
▄██████▄|  ▄██   |▄██████▄|▄██████▄|   ▄███ |
██    ██| ▀▀██   |▀▀    ██|      ██| ▄█▀ ██ |
██    ██|   ██   |  ▄▄█▀▀ |  █████ |██▄▄▄██▄|
██    ██|   ██   |▄█▀     |      ██|▀▀▀▀▀██▀|
▀██████▀| ██████ |████████|▀██████▀|     ██ |

████████|▄██████ |████████|▄██████▄|▄██████▄|  |
██      |██      |     ▄█▀|██    ██|██    ██|██|
███████▄|███████▄|    ▄█▀ | ██████ |▀███████|  |
▄▄    ██|██    ██|   ▄█▀  |██    ██|      ██|██|
▀██████▀|▀██████▀|   ██   |▀██████▀| ██████▀|  |
"""
_SMALL_DIGITS = """
▄▀▀▀▄| ▄█  |▄▀▀▀▄|▄▀▀▀▄|  ▄█ |█▀▀▀▀|▄▀▀▀ |▀▀▀▀█|▄▀▀▀▄|▄▀▀▀▄| |
█   █|  █  |   ▄▀|  ▄▄▀|▄▀ █ |▀▀▀▀▄|█▄▄▄ |   ▄▀|▀▄▄▄▀|▀▄▄▄█|▀|
█   █|  █  | ▄▀  |▄   █|▀▀▀█▀|▄   █|█   █|  █  |█   █|    █|▀|
 ▀▀▀ | ▀▀▀ |▀▀▀▀▀| ▀▀▀ |   ▀ | ▀▀▀ | ▀▀▀ |  ▀  | ▀▀▀ | ▀▀▀ | |
"""
_LETTERS = """
▄▀▀▄|█▀▀▄|▄▀▀▀|█▀▀▄|█▀▀▀|█▀▀▀|▄▀▀▀|█  █|█|   █|█ ▄▀|█   |█▄ ▄█|
█▀▀█|█▀▀▄|█   |█  █|█▀▀ |█▀▀ |█ ▀█|█▀▀█|█|▄  █|█▀▄ |█   |█ ▀ █|
▀  ▀|▀▀▀ | ▀▀▀|▀▀▀ |▀▀▀▀|▀   | ▀▀▀|▀  ▀|▀| ▀▀ |▀  ▀|▀▀▀▀|▀   ▀|

█▄ █|▄▀▀▄|█▀▀▄|▄▀▀▄|█▀▀▄|▄▀▀▀|▀▀█▀▀|█  █|█   █|█   █|▀▄ ▄▀|▀▄ ▄▀|▀▀▀█▀|
█ ▀█|█  █|█▀▀ |█ ▄█|█▀█ | ▀▀▄|  █  |█  █| █ █ |█▄▀▄█| ▄▀▄ |  █  | ▄▀  |
▀  ▀| ▀▀ |▀   | ▀▀▀|▀  ▀|▀▀▀ |  ▀  | ▀▀ |  ▀  |▀   ▀|▀   ▀|  ▀  |▀▀▀▀▀|
"""
_PLAIN = str.maketrans("█▀▄", '#"_')


@dataclass(frozen=True, slots=True)
class Face:
    """One size of letters."""

    glyphs: Glyphs
    gap: int
    """Empty cells between two letters."""

    @property
    def rows(self) -> int:
        """The height of every letter in cells."""
        return len(next(iter(self.glyphs.values())))

    def knows(self, text: str) -> bool:
        """Whether every character can be drawn; a space always can."""
        return all(letter in self.glyphs or letter == " " for letter in text)

    def lines(self, text: str) -> tuple[str, ...]:
        """The text drawn, every line equally long; a space is as wide as the first letter."""
        blank = (" " * len(next(iter(self.glyphs.values()))[0]),) * self.rows
        letters = [self.glyphs.get(letter, blank) for letter in text]
        gap = " " * self.gap
        return tuple(gap.join(letter[row] for letter in letters) for row in range(self.rows))


@lru_cache(maxsize=256)
def big(text: str, width: int, height: int, ascii_only: bool = False) -> tuple[str, ...]:
    """The text in the largest face that fits, else as one plain line, cut to the width."""
    for face in _faces():
        if face.rows <= height and face.knows(text):
            lines = face.lines(text)
            if len(lines[0]) <= width:
                return tuple(line.translate(_PLAIN) for line in lines) if ascii_only else lines
    return (text[:width],)


@lru_cache(maxsize=1)
def _faces() -> tuple[Face, ...]:
    """All faces, the largest first; drawn up when they are first needed."""
    digits, letters = (
        _read(_BIG_DIGITS, "01234 56789 :"),
        _read(_LETTERS, "ABCDEFGHIJKLM NOPQRSTUVWXYZ"),
    )
    medium = _read(_MEDIUM_DIGITS, "01234 56789:")
    small = _read(_SMALL_DIGITS, "0123456789:")
    return (
        Face(_enlarged(digits, _twice), 3),
        Face(digits, 2),
        Face(medium, 2),
        Face(small, 1),
        Face(_enlarged(letters, _twice_square), 2),
        Face(letters, 1),
    )


def _read(art: str, order: str) -> Glyphs:
    """Cut the drawn sheets into letters; a bar closes each letter."""
    glyphs: dict[str, tuple[str, ...]] = {}
    for sheet, letters in zip(art.strip("\n").split("\n\n"), order.split(), strict=True):
        rows = [line.split("|")[:-1] for line in sheet.splitlines()]
        glyphs |= dict(zip(letters, zip(*rows, strict=True), strict=True))
    return glyphs


def _enlarged(glyphs: Glyphs, enlarge: Callable[[list[str]], list[str]]) -> Glyphs:
    """The same letters at twice the size."""
    return {letter: _cells(enlarge(_pixels(rows))) for letter, rows in glyphs.items()}


def _pixels(rows: Iterable[str]) -> list[str]:
    """Two rows of pixels (`#` or a space) out of each row of half blocks."""
    upper, lower = str.maketrans("█▀▄", "## "), str.maketrans("█▀▄", "# #")
    return [row.translate(half) for row in rows for half in (upper, lower)]


def _cells(pixels: list[str]) -> tuple[str, ...]:
    """Half blocks out of pairs of pixel rows."""
    pairs = {"  ": " ", "# ": "▀", " #": "▄", "##": "█"}
    return tuple(
        "".join(pairs[a + b] for a, b in zip(above, below, strict=True))
        for above, below in zip(pixels[::2], pixels[1::2], strict=True)
    )


def _twice_square(pixels: list[str]) -> list[str]:
    """Each pixel becomes four of its own color: thin strokes keep their corners."""
    wide = ["".join(pixel * 2 for pixel in row) for row in pixels[:5]]
    return [row for row in wide for _ in range(2)]


def _twice(pixels: list[str]) -> list[str]:
    """Each pixel becomes four; corners are rounded (the EPX rule)."""
    height, width = len(pixels), len(pixels[0])
    out: list[str] = []
    for y in range(height):
        upper, lower = "", ""
        for x in range(width):
            here = pixels[y][x]
            up, down = pixels[max(y - 1, 0)][x], pixels[min(y + 1, height - 1)][x]
            left, right = pixels[y][max(x - 1, 0)], pixels[y][min(x + 1, width - 1)]
            upper += left if left == up and up != right and left != down else here
            upper += up if up == right and up != left and right != down else here
            lower += down if down == left and down != right and left != up else here
            lower += right if right == down and right != up and down != left else here
        out += [upper, lower]
    return out
