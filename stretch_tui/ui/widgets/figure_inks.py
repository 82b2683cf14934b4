"""What the cells of a figure are drawn in: an ink for each paint, on a tint for each tone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from stretch_tui.ui.widgets.drawn import Ink

if TYPE_CHECKING:
    from stretch_tui.figure import Frame

PAINTS = {
    "b": "figure-body",
    "d": "figure-far",
    "f": "figure-fill",
    "s": "figure-stretched",
    "h": "figure-hair",
    "e": "figure-eye",
    "p": "figure-prop",
    "g": "figure-ground",
    "a": "figure-arrow",
}
"""Which ink a cell's paint is drawn in."""

BACKS = {
    "b": "figure-back",
    "l": "figure-back-leg",
    "a": "figure-back-arm",
    "k": "figure-back-skin",
    "n": "figure-back-hand",
    "h": "figure-back-hair",
    "f": "figure-back-far",
    "p": "figure-back-prop",
    "w": "figure-back-wall",
}
"""Which tint lies behind it, by the cell's tone; what is stretched has one of its own."""


def inks() -> dict[str, Ink]:
    """Every paint on every tint."""
    plain = {
        "figure-body": Ink("foreground"),
        "figure-fill": Ink("figure-fill"),
        "figure-stretched": Ink("accent", bold=True),
        "figure-far": Ink("figure-far"),
        "figure-hair": Ink("figure-hair"),
        "figure-eye": Ink("strong", bold=True),
        "figure-prop": Ink("figure-prop"),
        "figure-ground": Ink("faint"),
        "figure-arrow": Ink("success", bold=True),
    }
    tinted = {
        f"{name}-{tone}": replace(
            ink, back="figure-back-stretched" if name == "figure-stretched" else back
        )
        for name, ink in {"": Ink(), **plain}.items()
        for tone, back in BACKS.items()
    }
    return {**plain, **tinted}


def cells(frame: Frame, y: int, tinted: bool, dotted: bool) -> Iterator[tuple[str, str]]:
    """Characters with their inks: the body is tinted, or filled with dots if they can be dim."""
    for glyph, paint, tone in zip(frame.rows[y], frame.paint[y], frame.tone[y], strict=True):
        if not tinted or tone == " ":
            yield (glyph, PAINTS.get(paint, "")) if dotted or paint != "f" else (" ", "")
        elif paint == "f":
            yield " ", f"-{tone}"
        else:
            yield glyph, f"{PAINTS.get(paint, '')}-{tone}"
