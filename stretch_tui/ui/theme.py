"""Colors and marks: one calm theme, and the signs it is drawn with, in Unicode or ASCII."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from textual.color import Color
from textual.theme import Theme

NO_TINTS = dict.fromkeys(
    ("figure-back", "figure-back-near", "figure-back-far", "figure-back-stretched"), ""
)
"""Where there are no colors between the background and the text."""

DARK = Theme(
    name="stretch",
    primary="#8fa3b8",
    secondary="#6f8296",
    accent="#f0a860",
    foreground="#d9dee4",
    background="#12161b",
    surface="#171c22",
    panel="#1e242b",
    success="#9bbf8a",
    warning="#e6c36a",
    error="#e5786d",
    dark=True,
    variables={
        "quiet": "#8193a6",
        "faint": "#3a4652",
        "strong": "#f2f5f8",
        "cursor-back": "#27313b",
        "figure-fill": "#4a5866",
        "figure-prop": "#7d8b99",
    },
)

LIGHT = Theme(
    name="stretch-light",
    primary="#3f5468",
    secondary="#61788e",
    accent="#b3540a",
    foreground="#22303c",
    background="#f6f4ef",
    surface="#efece5",
    panel="#e6e2d9",
    success="#3d7034",
    warning="#8a6100",
    error="#b3261e",
    dark=False,
    variables={
        "quiet": "#576a7c",
        "faint": "#c3c8cb",
        "strong": "#0c1822",
        "cursor-back": "#dfe4e6",
        "figure-fill": "#b4bcc3",
        "figure-prop": "#6f7f8e",
    },
)

SIXTEEN = Theme(
    name="stretch-16",
    primary="#aaaaaa",
    secondary="#aaaaaa",
    accent="#ffff55",
    foreground="#aaaaaa",
    background="#000000",
    surface="#000000",
    panel="#000000",
    success="#55ff55",
    warning="#ffff55",
    error="#ff5555",
    dark=True,
    variables={
        "quiet": "#00aaaa",
        "faint": "#555555",
        "strong": "#ffffff",
        "cursor-back": "#0000aa",
        "figure-fill": "#555555",
        "figure-prop": "#55ffff",
        **NO_TINTS,
    },
)
"""For terminals of sixteen colors, in just those: a nearest match turns the warm accent white."""

THEMES = (DARK, LIGHT, SIXTEEN)


def variables_of(theme: Theme) -> dict[str, str]:
    """Our own variables for a theme that doesn't bring them: Textual's, or a user's."""
    if theme.ansi:
        return {
            "quiet": "ansi_default",
            "faint": "ansi_default",
            "strong": "ansi_default",
            "cursor-back": "ansi_default",
            "figure-fill": "ansi_default",
            "figure-prop": "ansi_default",
            **NO_TINTS,
        }
    own = DARK if theme.dark else LIGHT
    return {**own.variables, **_tints(theme), **theme.variables}


def _tints(theme: Theme) -> dict[str, str]:
    """The figure's silhouette: a little of what is drawn on it, mixed into the background."""
    own = DARK if theme.dark else LIGHT
    back, front, accent = (
        Color.parse(value or "gray")
        for value in (
            theme.background or own.background,
            theme.foreground or own.foreground,
            theme.accent or own.accent,
        )
    )
    return {
        "figure-back": back.blend(front, 0.10).hex,
        "figure-back-near": back.blend(front, 0.18).hex,
        "figure-back-far": back.blend(front, 0.05).hex,
        "figure-back-stretched": back.blend(accent, 0.28).hex,
    }


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
    times: str = "×"
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
    shades: str = "·░▒▓█"
    """Densities from none to full."""
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
    times="x",
    up="^",
    down="v",
    left="<",
    right=">",
    check="+",
    bar="#",
    bar_eighths="        ",
    bar_rest=".",
    levels="__..--==",
    shades=".:+*#",
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


def sheet(name: str) -> str:
    """The style sheet of a screen; read through the loader, so that it is found in a zip too."""
    loader: Any = __spec__.loader
    return str(loader.get_data(str(Path(__file__).parent / "screens" / name)), "utf-8")


def marks(ascii: bool) -> Marks:  # noqa: A002 - the setting's name
    """The marks to draw with."""
    return ASCII if ascii else UNICODE


def to_ascii(text: str) -> str:
    """The text in 7 bits, cell for cell, for terminals that show no more."""
    if text.isascii():
        return text
    plain = text.translate(_TO_ASCII)
    return plain if plain.isascii() else plain.encode("ascii", "replace").decode()
