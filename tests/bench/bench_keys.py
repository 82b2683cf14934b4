"""Keys on every screen but the builder against a floor, in real terminals, run by hand.

    python tests/bench/bench_keys.py [--runs 3] [--size 120x40]

The floor is the cursor of a bare Textual list of a thousand options in the same interpreter. The
programs take turns; what to quote are ratios of the 95th percentiles, from the key to the first
byte of what it changes. The time to the last byte is told beside it, what a second that ends
meanwhile adds included. `bench_builder.py` does the same with a long routine in the builder.
"""

from __future__ import annotations

import argparse
import os
import signal
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import cycle, islice
from pathlib import Path
from subprocess import run

sys.path.insert(0, str(Path(__file__).parent))

from bench_player import SEEN
from bench_screen import FLOOR, Program
from biglog import write

CATALOG = Path(__file__).parents[2] / "catalog" / "stretches"
HELD = [one.stem for one in sorted(CATALOG.glob("*.toml")) if "hold_seconds" in one.read_text()]
"""Stretches whose figure stands, so that what comes after a key is its answer."""
PRESSES = 20
LONGEST_SECONDS = 0.3
"""How long an answer may last; a figure that moves would never end."""
CURSOR_MOVE = 20
"""Bytes that only put the cursor or the pointer somewhere are no answer."""
ALLOWED = 2.0
ESCAPE, DOWN, UP = "\x1b", "\x1b[B", "\x1b[A"
Keys = tuple[str, ...]
Times = list[tuple[float, float, int]]
"""Milliseconds to the first byte and to the last, and how many bytes, of each answer."""


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere in the program, and the keys to press there in turn."""

    name: str
    there: Keys
    """The keys that lead there from the first screen."""
    keys: Mapping[str, Keys]
    quiet_seconds: float = 0.25
    """Silence that ends an answer: longer than a figure waits for the cursor to rest."""


PLACES = (
    Place(
        "first screen",
        (),
        {
            "cursor": (DOWN, DOWN, UP),
            "a page, the ends": ("\x1b[6~", "\x1b[5~", "G", "g"),
            "other pane": ("\t",),
            "filter, typed": ("/", "n", "e", "c", "k", "\x7f", "\x7f", "\x7f", "\x7f"),
        },
    ),
    Place("progress", ("p",), {"cursor": ("j", "j", "k")}),
    Place("help", ("?",), {"lines": ("j", "j", "k")}),
    Place("made to measure", ("m",), {"minutes": ("l", "l", "h"), "cursor": ("j", "j", "k")}),
    Place("commands", (":",), {"cursor": (DOWN, DOWN, UP), "typed": ("p", "r", "\x7f", "\x7f")}),
)
SESSION = Place(
    "session",
    (),
    {"pause, go on": (" ",), "longer": ("+",), "next, previous": ("n", "p")},
    quiet_seconds=0.09,
)
OPENING = {"help": ("?", "q"), "made to measure": ("m", "q"), "commands": (":", ESCAPE),
           "progress": ("p", "q"), "builder": ("b", "q")}  # fmt: skip
"""Keys that open a screen, and that close it."""


def answer(program: Program, key: str, quiet_seconds: float) -> tuple[float, float, int]:
    """Press a key, and wait until its answer has ended."""
    os.write(program.master, key.encode())
    begun, first, last, said = time.perf_counter(), 0.0, 0.0, 0
    while data := program.read(quiet_seconds if first else 2.0):
        if first and time.perf_counter() - begun > LONGEST_SECONDS:
            break  # a figure moves: this is no answer any more
        said += len(data)
        if len(data) > CURSOR_MOVE:
            last = (time.perf_counter() - begun) * 1000
            first = first or last
    if not first:
        raise SystemExit(f"no answer to {key!r}")
    return first, last, said


def answers(program: Program, keys: Keys, presses: int, quiet_seconds: float) -> Times:
    """Press keys in turn, so many in all, each after the last answer has settled."""
    return [answer(program, key, quiet_seconds) for key in islice(cycle(keys), presses)]


@contextmanager
def started(
    words: list[str], ready: bytes, env: dict[str, str], size: tuple[int, int]
) -> Iterator[Program]:
    """A program with its first screen in sight and nothing left to draw; ended as it comes."""
    program, seen = Program(words, env, size), b""
    until = time.perf_counter() + 10
    try:
        while ready not in seen:
            if time.perf_counter() > until or not (data := program.read(10.0)):
                raise SystemExit(f"{words} did not begin:\n{seen.decode(errors='replace')}")
            seen += data
        program.until_quiet(0.5)
        yield program
    finally:
        with suppress(ProcessLookupError):
            os.kill(program.pid, signal.SIGKILL)
        os.waitpid(program.pid, 0)
        os.close(program.master)


def press_all(program: Program, place: Place, found: dict[str, Times]) -> None:
    """Go to the place and press its keys."""
    for key in place.there:
        os.write(program.master, key.encode())
        program.until_quiet(0.5)
    for what, keys in place.keys.items():
        presses = max(PRESSES, len(keys))
        times = answers(program, keys, presses, place.quiet_seconds)
        found.setdefault(f"{place.name}: {what}", []).extend(times)


def floor(env: dict[str, str], size: tuple[int, int], found: dict[str, Times]) -> None:
    """The cursor of the bare list."""
    with started([sys.executable, "-c", FLOOR], b"item 1", env, size) as program:
        found.setdefault("floor", []).extend(answers(program, (DOWN,), PRESSES, 0.09))


def one_run(env: dict[str, str], size: tuple[int, int], found: dict[str, Times]) -> None:
    """The floor, then every place, then a session."""
    floor(env, size, found)
    app = [sys.executable, "-m", "stretch_tui"]
    with tempfile.TemporaryDirectory() as name:
        write(Path(name), 200, datetime.now(UTC).date())
        here = env | {"STRETCH_TUI_DATA_DIR": name}
        for place in PLACES:
            with started(app, b"two meetings", here, size) as program:
                press_all(program, place, found)
        with started(app, b"two meetings", here, size) as program:
            for what, (key, back) in OPENING.items():
                for _ in range(PRESSES // 4):
                    found.setdefault(f"open {what}", []).append(answer(program, key, 0.25))
                    os.write(program.master, back.encode())
                    program.until_quiet(0.6)
    with tempfile.TemporaryDirectory() as name:
        routine = prepare(Path(name))
        words = [*app, "play", "--file", str(routine)]
        with started(words, b" left", env | {"STRETCH_TUI_DATA_DIR": name}, size) as program:
            press_all(program, SESSION, found)


def prepare(folder: Path) -> Path:
    """A data folder in which every stretch is known, and a routine of them all."""
    (folder / "config.toml").write_text("get_ready_seconds = 0\nflash = false\n")
    steps = "".join(f'[[steps]]\nstretch = "{one}"\ndose = {{hold_seconds = 95}}\n' for one in HELD)
    routine = folder / "all.toml"
    routine.write_text(f'name = "Every stretch"\n{steps}')
    run([sys.executable, "-c", SEEN, str(folder), "red-flags", *HELD], check=True)
    return routine


def percentile(values: list[float], part: float) -> float:
    """The value below which that part of all lie."""
    return sorted(values)[min(len(values) - 1, int(part * len(values)))]


def table(found: dict[str, Times]) -> None:
    """Print what was found; the row called floor is what the others are measured by."""
    base = percentile([first for first, _, _ in found["floor"]], 0.95)
    print(f"{'':32}{'p50 ms':>8}{'p95 ms':>8}{'x floor':>9}{'last p95':>10}{'bytes':>8}")
    for name, times in found.items():
        first, last, said = map(list, zip(*times, strict=True))
        p95 = percentile(first, 0.95)
        print(
            f"{name:32}{statistics.median(first):8.1f}{p95:8.1f}{p95 / base:9.2f}"
            f"{percentile(last, 0.95):10.1f}{statistics.median(said):8.0f}"
            f"{'' if p95 <= ALLOWED * base else '   too slow'}"
        )


def measure(
    description: str, turn: Callable[[dict[str, str], tuple[int, int], dict[str, Times]], None]
) -> None:
    """Take so many turns as are asked for, then print a table."""
    parser = argparse.ArgumentParser(description=description.splitlines()[0])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--size", default="120x40")
    asked = parser.parse_args()
    columns, rows = map(int, asked.size.split("x"))
    env = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    env |= {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LC_ALL": "C.UTF-8"}
    found: dict[str, Times] = {}
    for _ in range(asked.runs):
        turn(env, (columns, rows), found)
    table(found)


if __name__ == "__main__":
    measure(__doc__, one_run)
