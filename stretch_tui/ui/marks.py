"""The signs that screens are drawn with, in Unicode or ASCII."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Marks:
    """The signs that screens are drawn with; every one is a single cell wide."""

    rule: str = "─"
    vertical: str = "│"
    star: str = "★"
    day_done: str = "●"
    day_open: str = "○"
    dot: str = "·"
    cursor: str = "›"
    ellipsis: str = "…"
    up: str = "↑"
    down: str = "↓"
    left: str = "←"
    right: str = "→"
    check: str = "✓"
    bar: str = "█"
    bar_eighths: str = " ▏▎▍▌▋▊▉"
    """The last cell of a bar, by eighths; the first is an empty cell."""
    bar_rest: str = "·"
    levels: str = "▁▂▃▄▅▆▇█"
    """Heights from lowest to highest."""
    border: str = "round"
    """The name of Textual's border that frames a dialog."""


UNICODE = Marks()
ASCII = Marks(
    rule="-",
    vertical="|",
    star="*",
    day_done="#",
    day_open=".",
    dot="-",
    cursor=">",
    ellipsis="~",
    up="^",
    down="v",
    left="<",
    right=">",
    check="+",
    bar="#",
    bar_eighths="        ",
    bar_rest=".",
    levels="__..--==",
    border="ascii",
)

_TO_ASCII = {
    ord(fancy): plain
    for fancy, plain in {
        "×": "x",
        "·": "-",
        "…": "~",
        "–": "-",
        "—": "-",
        "’": "'",
        "‘": "'",
        "“": '"',
        "”": '"',
        "★": "*",
        "●": "#",
        "○": ".",
        "›": ">",
        "→": ">",
        "←": "<",
        "↑": "^",
        "↓": "v",
        "é": "e",
        "è": "e",
        "ö": "o",
        "ä": "a",
        "ü": "u",
    }.items()
}


def marks(ascii: bool) -> Marks:  # noqa: A002 - the setting's name
    """The marks to draw with."""
    return ASCII if ascii else UNICODE


def to_ascii(text: str) -> str:
    """The text in 7 bits, cell for cell, for terminals that show no more."""
    if text.isascii():
        return text
    plain = text.translate(_TO_ASCII)
    return plain if plain.isascii() else plain.encode("ascii", "replace").decode()
