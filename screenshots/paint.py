"""Turn what a terminal shows into pictures: PNG and GIF by Pillow, SVG with its spaces kept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont
from rich.color import ColorType
from rich.segment import Segment
from rich.style import Style
from rich.terminal_theme import TerminalTheme

CELL = (9, 18)
SIZE = 15
FONTS = (
    "/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf",
    "/usr/share/fonts/TTF/DejaVuSansMono.ttf",
    "/System/Library/Fonts/Menlo.ttc",
    "DejaVuSansMono.ttf",
)
BOLD = tuple(name.replace("Mono.ttf", "Mono-Bold.ttf") for name in FONTS)
BLOCKS = {
    "█": (0.0, 0.0, 1.0, 1.0),
    "▀": (0.0, 0.0, 1.0, 0.5),
    "▄": (0.0, 0.5, 1.0, 1.0),
    "▌": (0.0, 0.0, 0.5, 1.0),
    "▐": (0.5, 0.0, 1.0, 1.0),
    "▂": (0.0, 0.75, 1.0, 1.0),
    "▁": (0.0, 0.875, 1.0, 1.0),
    "▆": (0.0, 0.25, 1.0, 1.0),
}
"""Which part of its cell a block fills: left, top, right, bottom."""
DARK = TerminalTheme(
    (16, 17, 20),
    (208, 208, 208),
    [
        (0, 0, 0), (205, 49, 49), (13, 188, 121), (215, 175, 95),
        (85, 135, 215), (188, 63, 188), (17, 168, 205), (204, 204, 204),
    ],
    [
        (102, 102, 102), (241, 76, 76), (35, 209, 139), (245, 215, 110),
        (115, 165, 245), (214, 112, 214), (41, 184, 219), (255, 255, 255),
    ],
)  # fmt: skip
"""A dark terminal of sixteen colors, for cells that name theirs by number."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One character cell as a terminal draws it."""

    text: str
    ink: tuple[int, int, int]
    paper: tuple[int, int, int]
    bold: bool
    underline: bool


def _font(names: Sequence[str]) -> ImageFont.FreeTypeFont:
    for name in names:
        try:
            return ImageFont.truetype(name, SIZE)
        except OSError:
            continue
    raise SystemExit(f"no monospace font found; install DejaVu Sans Mono (one of {names})")


def cells(lines: Iterable[Iterable[Segment]]) -> list[list[Cell]]:
    """The cells of a screen's lines; a wide character fills its cell and leaves the next empty."""
    return [[cell for segment in line for cell in _of_segment(segment)] for line in lines]


def _of_segment(segment: Segment) -> Iterable[Cell]:
    style = segment.style or Style()
    ink, paper = _rgb(style, front=True), _rgb(style, front=False)
    if style.reverse:
        ink, paper = paper, ink
    if style.dim:
        ink = tuple((a + b) // 2 for a, b in zip(ink, paper, strict=True))  # type: ignore[assignment]
    for char in segment.text:
        yield Cell(char, ink, paper, bool(style.bold), bool(style.underline))


def _rgb(style: Style, *, front: bool) -> tuple[int, int, int]:
    color = style.color if front else style.bgcolor
    if color is None or color.type is ColorType.DEFAULT:
        return tuple(DARK.foreground_color if front else DARK.background_color)  # type: ignore[return-value]
    return tuple(color.get_truecolor(DARK, foreground=front))  # type: ignore[return-value]


def image(screen: list[list[Cell]]) -> Image.Image:
    """The screen as a picture, one cell 9 by 18 pixels, with a margin."""
    plain, bold = _font(FONTS), _font(BOLD)
    width, height = CELL
    columns = max(len(line) for line in screen)
    size = (columns * width + 24, len(screen) * height + 24)
    picture = Image.new("RGB", size, tuple(DARK.background_color))
    draw = ImageDraw.Draw(picture)
    for y, line in enumerate(screen):
        for x, cell in enumerate(line):
            left, top = 12 + x * width, 12 + y * height
            if cell.paper != DARK.background_color:
                draw.rectangle((left, top, left + width - 1, top + height - 1), fill=cell.paper)
            if cell.text in BLOCKS:  # a font's blocks leave seams between cells
                draw.rectangle(_block(cell.text, left, top), fill=cell.ink)
            elif cell.text.strip():
                font = bold if cell.bold else plain
                draw.text((left, top), cell.text, font=font, fill=cell.ink)
            if cell.underline:
                draw.line((left, top + height - 2, left + width, top + height - 2), fill=cell.ink)
    return picture


def _block(text: str, left: int, top: int) -> tuple[int, int, int, int]:
    """The pixels of a block, both corners included."""
    x0, y0, x1, y1 = BLOCKS[text]
    width, height = CELL
    return (
        left + round(x0 * width),
        top + round(y0 * height),
        left + round(x1 * width) - 1,
        top + round(y1 * height) - 1,
    )


def fewer(picture: Image.Image, colors: int) -> Image.Image:
    """The picture with so many colors at most: the rare accent kept, the many grays merged."""
    return picture.quantize(
        colors=colors, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE
    )


def save_gif(frames: Sequence[Image.Image], path: Path, seconds: Sequence[float]) -> None:
    """An animated GIF, each frame shown for its seconds."""
    small = [fewer(frame, 32) for frame in frames]
    small[0].save(
        path,
        save_all=True,
        append_images=small[1:],
        duration=[int(s * 1000) for s in seconds],
        loop=0,
        optimize=True,
    )


def keep_spaces(svg: str) -> str:
    """Rich's SVG with its leading spaces kept: without this, figures are sheared when rendered."""
    return re.sub(r"<text ", '<text xml:space="preserve" ', svg)
