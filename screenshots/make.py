"""Takes the pictures of the screens anew: `python screenshots/make.py`, in a checkout with Pillow.

Writes PNG, SVG and the characters of every scene beside this file, and a session as a GIF.
"""

from __future__ import annotations

import asyncio
import os
import sys
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

os.environ["TEXTUAL_COLOR_SYSTEM"] = "truecolor"  # whatever terminal this is run from

from paint import DARK, cells, fewer, image, keep_spaces, save_gif
from PIL import Image
from rich.console import Console
from rich.segment import Segment, Segments
from scenes import NAMED, SCENES, Scene, opened

HERE = Path(__file__).parent
SIZES = ((120, 40), (80, 24))
PICTURE_COLORS = 128
FILM = Scene("film", "Shoulder roll", seconds=3)
FILM_SECONDS = 33
FILM_SIZE = (80, 24)

Lines = list[list[Segment]]


def save(name: str, lines: Lines, text: str) -> None:
    """Write one screen as PNG, SVG and characters."""
    fewer(image(cells(lines)), PICTURE_COLORS).save(HERE / f"{name}.png", optimize=True)
    (HERE / f"{name}.svg").write_text(keep_spaces(_svg(name, lines)), encoding="utf-8")
    (HERE / f"{name}.txt").write_text(text, encoding="utf-8")
    print(name)


def _svg(name: str, lines: Lines) -> str:
    width = sum(one.cell_length for one in lines[0])
    console = Console(
        width=width,
        height=len(lines),
        file=StringIO(),
        record=True,
        force_terminal=True,
        color_system="truecolor",
        legacy_windows=False,
    )
    console.print(Segments([one for line in lines for one in (*line, Segment.line())]), end="")
    return console.export_svg(title="stretch-tui", theme=DARK, unique_id=name)


async def shoot(scene: Scene, size: tuple[int, int]) -> None:
    """Take one scene at one size; the first screen also as poorer terminals show it."""
    looks = {"": {}}
    if scene is NAMED["browse"]:
        looks |= {"-16-colors": {"theme": "stretch-16"}, "-ascii": {"ascii_only": True}}
    for look, settings in looks.items():
        with TemporaryDirectory() as folder:
            async with opened(Path(folder), scene, size, **settings) as stage:
                lines = [list(strip) for strip in stage.strips]
                save(f"{scene.name}{look}-{size[0]}x{size[1]}", lines, stage.text)


async def film() -> None:
    """Take the first half minute of a session, a frame a second."""
    frames: list[Image.Image] = []
    with TemporaryDirectory() as folder:
        async with opened(Path(folder), FILM, FILM_SIZE) as stage:
            for _ in range(FILM_SECONDS):
                frames.append(image(cells(list(stage.strips))))
                await stage.wait(1.0)
                await stage.press()
                await stage.still("")
    save_gif(frames, HERE / "session.gif", [1.0] * len(frames))
    print("session.gif")


async def main(wanted: list[str]) -> None:
    """Take all scenes, or those named; `film` is the GIF."""
    for scene in SCENES:
        if not wanted or scene.name in wanted:
            for size in SIZES:
                await shoot(scene, size)
    if not wanted or FILM.name in wanted:
        await film()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:]))
