"""Colors: one calm theme for every kind of terminal; and how a style sheet is found."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from textual.color import Color
from textual.theme import Theme

NO_TINTS = {
    f"figure-back{part}": ""
    for part in (
        "",
        "-leg",
        "-arm",
        "-skin",
        "-hand",
        "-hair",
        "-far",
        "-prop",
        "-wall",
        "-stretched",
    )
}
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
        "resting-back": "#1b2128",
        "figure-far": "#97a2ae",
        "figure-fill": "#4a5866",
        "figure-hair": "#8a7867",
        "figure-prop": "#a9a2d8",
        "figure-back": "#2e3e4e",
        "figure-back-leg": "#27363a",
        "figure-back-arm": "#434d59",
        "figure-back-skin": "#665a56",
        "figure-back-hand": "#7e6e62",
        "figure-back-hair": "#33281f",
        "figure-back-far": "#1c242c",
        "figure-back-prop": "#312f4f",
        "figure-back-wall": "#191a29",
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
        "resting-back": "#ebe9e3",
        "figure-far": "#6d7884",
        "figure-fill": "#b4bcc3",
        "figure-hair": "#6e5844",
        "figure-prop": "#5c4f9e",
        "figure-back": "#cbd8e3",
        "figure-back-leg": "#d3ddd8",
        "figure-back-arm": "#dde1e6",
        "figure-back-skin": "#ece2dc",
        "figure-back-hand": "#f2cfb4",
        "figure-back-hair": "#d8c4b0",
        "figure-back-far": "#ebeae6",
        "figure-back-prop": "#dad6ee",
        "figure-back-wall": "#ecebf2",
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
        "resting-back": "#000000",
        "figure-far": "#555555",
        "figure-fill": "#555555",
        "figure-hair": "#00aaaa",
        "figure-prop": "#55ffff",
        **NO_TINTS,
    },
)
"""For terminals of sixteen colors, in just those: a nearest match turns the warm accent white."""

DARK_256 = replace(
    DARK,
    name="stretch-256",
    primary="#9e9e9e",
    secondary="#808080",
    accent="#ffaf5f",
    foreground="#dadada",
    background="#000000",
    surface="#121212",
    panel="#1c1c1c",
    success="#87af87",
    warning="#d7af5f",
    error="#d75f5f",
    variables={
        "quiet": "#949494",
        "faint": "#444444",
        "strong": "#ffffff",
        "cursor-back": "#303030",
        "resting-back": "#1c1c1c",
        "figure-far": "#9e9e9e",
        "figure-fill": "#585858",
        "figure-hair": "#767676",
        "figure-prop": "#afafd7",
        "figure-back": "#3a3a3a",
        "figure-back-leg": "#262626",
        "figure-back-arm": "#4e4e4e",
        "figure-back-skin": "#6c6c6c",
        "figure-back-hand": "#8a8a8a",
        "figure-back-hair": "#303030",
        "figure-back-far": "#1c1c1c",
        "figure-back-prop": "#5f5f87",
        "figure-back-wall": "#121212",
        "figure-back-stretched": "#875f00",
    },
)
"""For terminals of 256 colors, in just those: the nearest turned slate into teal and violet."""

LIGHT_256 = replace(
    LIGHT,
    name="stretch-light-256",
    primary="#585858",
    secondary="#6c6c6c",
    accent="#af5f00",
    foreground="#303030",
    background="#ffffff",
    surface="#eeeeee",
    panel="#e4e4e4",
    success="#005f00",
    warning="#875f00",
    error="#af0000",
    variables={
        "quiet": "#626262",
        "faint": "#c6c6c6",
        "strong": "#121212",
        "cursor-back": "#dadada",
        "resting-back": "#eeeeee",
        "figure-far": "#767676",
        "figure-fill": "#b2b2b2",
        "figure-hair": "#5f5f5f",
        "figure-prop": "#5f5faf",
        "figure-back": "#d0d0d0",
        "figure-back-leg": "#dadada",
        "figure-back-arm": "#c6c6c6",
        "figure-back-skin": "#ffd7d7",
        "figure-back-hand": "#d7d7af",
        "figure-back-hair": "#d7af87",
        "figure-back-far": "#e4e4e4",
        "figure-back-prop": "#d7d7ff",
        "figure-back-wall": "#eeeeee",
        "figure-back-stretched": "#ffd7af",
    },
)

THEMES = (DARK, LIGHT, DARK_256, LIGHT_256, SIXTEEN)


def fitting(wanted: str, color_system: str | None) -> str:
    """The name of a theme of ours in the colors that the terminal has; others stay as they are."""
    poorer = {
        "256": {DARK.name: DARK_256.name, LIGHT.name: LIGHT_256.name},
        "standard": {DARK.name: SIXTEEN.name},
    }
    return poorer.get(color_system or "", {}).get(wanted, wanted)


def variables_of(theme: Theme) -> dict[str, str]:
    """Our own variables for a theme that doesn't bring them: Textual's, or a user's."""
    if theme.ansi:
        return {
            "quiet": "ansi_default",
            "faint": "ansi_default",
            "strong": "ansi_default",
            "cursor-back": "ansi_default",
            "resting-back": "ansi_default",
            "figure-far": "ansi_default",
            "figure-fill": "ansi_default",
            "figure-hair": "ansi_default",
            "figure-prop": "ansi_default",
            **NO_TINTS,
        }
    own = DARK if theme.dark else LIGHT
    return {**own.variables, **_tints(theme), **theme.variables}


def _tints(theme: Theme) -> dict[str, str]:
    """Cursors and the figure's silhouette: a little of what is drawn, mixed into the background."""
    own = DARK if theme.dark else LIGHT
    back, front, accent = (
        Color.parse(value or "gray")
        for value in (
            theme.background or own.background,
            theme.foreground or own.foreground,
            theme.accent or own.accent,
        )
    )
    prop = Color.parse(own.variables["figure-prop"])
    skin = back.blend(front, 0.26)
    return {
        "cursor-back": back.blend(front, 0.12).hex,
        "resting-back": back.blend(front, 0.05).hex,
        "figure-far": back.blend(front, 0.6).hex,
        "figure-back": back.blend(front, 0.14).hex,
        "figure-back-leg": back.blend(front, 0.09).hex,
        "figure-back-arm": back.blend(front, 0.20).hex,
        "figure-back-skin": skin.blend(accent, 0.06).hex,
        "figure-back-hand": back.blend(front, 0.34).blend(accent, 0.16).hex,
        "figure-back-hair": back.blend(accent, 0.12).hex,
        "figure-back-far": back.blend(front, 0.05).hex,
        "figure-back-prop": back.blend(prop, 0.2).hex,
        "figure-back-wall": back.blend(prop, 0.05).hex,
        "figure-back-stretched": back.blend(accent, 0.34).hex,
    }


def sheet(name: str) -> str:
    """The style sheet of a screen; read through the loader, so that it is found in a zip too."""
    loader: Any = __spec__.loader
    return str(loader.get_data(str(Path(__file__).parent / "screens" / name)), "utf-8")
