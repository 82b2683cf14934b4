"""What a figure costs: run by hand, `python tests/bench/bench_figure.py`.

Times are processor time, the best of several runs, and as ratios to a plain loop of a hundred
thousand additions that is timed in between: that holds on other machines. Bytes are those that the
program's own pen writes for what changed from one frame to the next, eight frames a second.
"""

import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from statistics import median
from time import process_time

from rich.color import ColorSystem
from rich.style import Style

from stretch_tui.figure import Diagram, Frame, PoseBook
from stretch_tui.ui.terminal.pen import Cell, Pen, bare, codes_of
from stretch_tui.ui.terminal.shadow import _runs
from stretch_tui.ui.theme import DARK, DARK_256, variables_of
from stretch_tui.ui.widgets.drawn import _rich
from stretch_tui.ui.widgets.figure_inks import cells, inks
from stretch_tui.ui.widgets.figure_pane import MOVE_SECONDS

ROOT = Path(__file__).parents[2]
SIZES = ((24, 10), (40, 16), (60, 22), (80, 30))
RUNS, TURNS, FPS = 7, 100_000, 8
INKS = inks()


def loop() -> float:
    """Milliseconds of the loop that figures are measured by."""
    start, total = process_time(), 0
    for k in range(TURNS):
        total += k
    return (process_time() - start) * 1e3


def spent(work: Callable[[], object]) -> float:
    """Milliseconds of processor time."""
    start = process_time()
    work()
    return (process_time() - start) * 1e3


def fresh(diagram: Diagram) -> Frame:
    """Draw the first pose again, without the frames kept."""
    diagram._frames.clear()
    return diagram.key(0)


def styled(frame: Frame, colors: dict[str, str], system: ColorSystem) -> Iterator[list[Cell]]:
    """The frame's cells as the pane paints them."""
    base = Style(color=_rich(colors["foreground"]), bgcolor=_rich(colors["background"]))
    for y in range(len(frame.rows)):
        row: list[Cell] = []
        for char, name in cells(frame, y, tinted=True, dotted=True):
            ink = INKS[name] if name else None
            style = base
            if ink is not None:
                style += Style(
                    color=_rich(colors.get(ink.color)),
                    bgcolor=_rich(colors.get(ink.back)),
                    bold=ink.bold or None,
                )
            codes = codes_of(style, system)
            row.append((char, codes if char != " " else bare(codes)))
        yield row


def sent(before: Frame, after: Frame, colors: dict[str, str], system: ColorSystem) -> int:
    """Bytes that turn one frame into the next on a terminal."""
    pen = Pen(120)
    rows = zip(styled(before, colors, system), styled(after, colors, system), strict=True)
    for y, (old, new) in enumerate(rows):
        pieces = []
        for start, end in _runs(list(old), new):
            pieces += pen.pieces(start, y, new[start:end])
        pen.row(pieces)
    return len(pen.finish())


def moves() -> list[tuple[str, str]]:
    """Every way from one key pose of a stretch to the next."""
    found = []
    for path in sorted((ROOT / "catalog" / "stretches").glob("*.toml")):
        phases = tomllib.loads(path.read_text("utf-8")).get("phases", ())
        poses = [pose for phase in phases for pose in (*phase.get("through", ()), phase["pose"])]
        found += list(pairwise(poses))
    return sorted(set(found))


def times(book: PoseBook, stems: list[str]) -> None:
    """Print what a frame and a framing take."""
    for size in SIZES:
        found = {stem: book.diagram(book.ids(stem), *size) for stem in stems}
        diagrams = {stem: diagram for stem, diagram in found.items() if diagram is not None}
        draws: dict[str, list[float]] = {stem: [] for stem in diagrams}
        fits: dict[str, list[float]] = {stem: [] for stem in diagrams}
        loops = []
        for _ in range(RUNS):
            loops.append(loop())
            for stem, diagram in diagrams.items():
                draws[stem].append(spent(lambda drawn=diagram: fresh(drawn)))
                fits[stem].append(spent(lambda s=stem, z=size: book.diagram(book.ids(s), *z)))
        unit = min(loops)
        frame, framing = ([min(each) for each in part.values()] for part in (draws, fits))
        print(
            f"{size[0]}x{size[1]}: a frame {median(frame):.2f} ms, worst {max(frame):.2f} "
            f"({median(frame) / unit:.2f} and {max(frame) / unit:.2f} loops of {unit:.2f} ms); "
            f"framing a stretch {median(framing):.2f} ms, worst {max(framing):.2f}"
        )


def bytes_of(book: PoseBook, size: tuple[int, int]) -> None:
    """Print what moving figures send."""
    frames = round(MOVE_SECONDS * FPS)
    for name, theme, system in (
        ("true color", DARK, ColorSystem.TRUECOLOR),
        ("256 colors", DARK_256, ColorSystem.EIGHT_BIT),
    ):
        colors = {
            **variables_of(theme), "foreground": theme.foreground, "accent": theme.accent,
            "background": theme.background, "success": theme.success,
        }  # fmt: skip
        found = []
        for move in moves():
            diagram = book.diagram(move, *size)
            if diagram is not None:
                shown = [diagram.between(0, 1, k / frames) for k in range(frames + 1)]
                found += [sent(a, b, colors, system) for a, b in pairwise(shown)]
        over = sum(each > 1200 for each in found) / len(found)
        print(
            f"bytes a frame at {size[0]}x{size[1]}, {name}: median {median(found):.0f}, "
            f"worst {max(found)}, over 1,200: {over:.1%}"
        )


FIRST = """
import tomllib
from pathlib import Path
from time import process_time
files = {path.stem: tomllib.loads(path.read_text("utf-8")) for path in Path(%r).glob("*.toml")}
start = process_time()
from stretch_tui.figure import PoseBook
loaded = process_time()
book = PoseBook.parse(files)
book.diagram(book.ids("cat-cow"), 40, 16).key(0)
print(f"importing the figure {(loaded - start) * 1e3:.1f} ms, the first one, tables and all, "
      f"{(process_time() - loaded) * 1e3:.1f} ms")
"""


def main() -> None:
    """Print the table."""
    poses = ROOT / "catalog" / "poses"
    subprocess.run([sys.executable, "-c", FIRST % str(poses)], check=True)
    files = {path.stem: tomllib.loads(path.read_text("utf-8")) for path in poses.glob("*.toml")}
    book = PoseBook.parse(files)
    times(book, [stem for stem in sorted(files) if stem != "templates"])
    bytes_of(book, (40, 16))


if __name__ == "__main__":
    main()
