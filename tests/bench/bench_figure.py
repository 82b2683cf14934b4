"""How long a figure takes: run by hand, `python tests/bench/bench_figure.py`.

Prints processor time, the best of several runs: a busy machine slows the clock, not the work.
The bytes of a frame are those of its changed cells, with a cursor move for every run of them.
"""

import tomllib
from itertools import pairwise
from pathlib import Path
from statistics import median
from time import process_time

from stretch_tui.figure import Diagram, Frame, PoseBook
from stretch_tui.figure.diagram import STEPS

POSES = Path(__file__).parents[2] / "catalog" / "poses"
SIZES = ((24, 10), (40, 16), (60, 22), (80, 30))
CURSOR_MOVE, COLOR_CHANGE = 8, 12


def best(work: object, runs: int = 5) -> float:
    """Milliseconds of the quickest run."""
    times = []
    for _ in range(runs):
        start = process_time()
        work()  # type: ignore[operator]
        times.append((process_time() - start) * 1e3)
    return min(times)


def fresh(diagram: Diagram) -> Frame:
    """Draw the first pose again, without the frames kept."""
    diagram._frames.clear()
    return diagram.key(0)


def changed_bytes(before: Frame, after: Frame) -> int:
    """What a terminal has to be sent to turn one frame into the next."""
    total = 0
    for row_a, row_b, kinds_a, kinds_b in zip(
        before.rows, after.rows, before.paint, after.paint, strict=True
    ):
        last, color = -9, ""
        for column, cell in enumerate(zip(row_a, row_b, kinds_a, kinds_b, strict=True)):
            char_a, char_b, kind_a, kind_b = cell
            if char_a == char_b and kind_a == kind_b:
                continue
            total += len(char_b.encode())
            total += CURSOR_MOVE if column != last + 1 else 0
            total += COLOR_CHANGE if kind_b != color else 0
            last, color = column, kind_b
    return total


def main() -> None:
    """Print the table."""
    files = {path.stem: tomllib.loads(path.read_text("utf-8")) for path in POSES.glob("*.toml")}
    start = process_time()
    book = PoseBook.parse(files)
    found = book.diagram(book.ids("cat-cow"), 40, 16)
    assert found is not None
    found.key(0)
    print(f"first figure, tables and all: {(process_time() - start) * 1e3:.1f} ms")
    stems = [stem for stem in files if stem != "templates"]
    for size in SIZES:
        fits, draws = [], []
        for stem in stems:
            poses = book.ids(stem)
            diagram = book.diagram(poses, *size)
            if diagram is None:
                continue
            fits.append(best(lambda poses=poses, size=size: book.diagram(poses, *size), 2))
            draws.append(best(lambda diagram=diagram: fresh(diagram)))
        print(
            f"{size[0]}x{size[1]}: a frame {median(draws):.2f} ms, worst {max(draws):.2f}; "
            f"framing a stretch {median(fits):.2f} ms, worst {max(fits):.2f}"
        )
    sent = []
    for stem in stems:
        diagram = book.diagram(book.ids(stem), 40, 16)
        if diagram is None or len(book.ids(stem)) < 2:
            continue
        frames = [diagram.between(0, 1, k / STEPS) for k in range(STEPS + 1)]
        sent += [changed_bytes(a, b) for a, b in pairwise(frames)]
    print(f"bytes a frame at 40x16: median {median(sent):.0f}, worst {max(sent)}")


if __name__ == "__main__":
    main()
