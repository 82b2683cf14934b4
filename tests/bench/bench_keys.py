"""Keys in the player against a floor, in real terminals, run by hand.

    python tests/bench/bench_keys.py [--runs 3] [--size 120x40]

The floor is the cursor of a bare Textual list of a thousand options in the same interpreter. The
programs take turns; what to quote are ratios of the 95th percentiles, from the key to the first
byte of its answer. The time to the last byte is told beside it, what a second that ends meanwhile
adds included.
"""

from __future__ import annotations

import argparse
import os
import signal
import statistics
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from subprocess import run

sys.path.insert(0, str(Path(__file__).parent))

from bench_player import SEEN
from bench_screen import FLOOR, Program

CATALOG = Path(__file__).parents[2] / "catalog" / "stretches"
HELD = [one.stem for one in sorted(CATALOG.glob("*.toml")) if "hold_seconds" in one.read_text()]
"""Stretches whose figure stands, so that what comes after a key is its answer."""
KEYS = {"pause, go on": " ", "longer": "+", "next": "n", "previous": "p"}
PRESSES = 20
SETTLED_SECONDS, LONGEST_SECONDS = 0.09, 0.3
"""Silence that ends an answer, and how long one may last."""
ALLOWED = 2.0
Times = list[tuple[float, float, int]]
"""Milliseconds to the first byte and to the last, and how many bytes, of each answer."""


def answers(program: Program, key: str, presses: int) -> Times:
    """Press a key so often, each time after the last answer has settled."""
    times: Times = []
    for _ in range(presses):
        os.write(program.master, key.encode())
        begun, first, last, said = time.perf_counter(), 0.0, 0.0, 0
        while data := program.read(SETTLED_SECONDS if first else 2.0):
            if time.perf_counter() - begun > LONGEST_SECONDS:
                break  # a figure moves: this is no answer any more
            last = (time.perf_counter() - begun) * 1000
            first, said = first or last, said + len(data)
        if not first:
            raise SystemExit(f"no answer to {key!r}")
        times.append((first, last, said))
    return times


def start(words: list[str], ready: bytes, env: dict[str, str], size: tuple[int, int]) -> Program:
    """A program with its first screen in sight and nothing left to draw."""
    program, seen = Program(words, env, size), b""
    until = time.perf_counter() + 10
    while ready not in seen:
        if time.perf_counter() > until or not (data := program.read(10.0)):
            raise SystemExit(f"{words} did not begin:\n{seen.decode(errors='replace')}")
        seen += data
    program.until_quiet(0.4)
    return program


def stop(program: Program) -> None:
    """End it as it comes."""
    with suppress(ProcessLookupError):
        os.kill(program.pid, signal.SIGKILL)
    os.waitpid(program.pid, 0)
    os.close(program.master)


def prepare(folder: Path) -> Path:
    """A data folder in which every stretch is known, and a routine of them all."""
    (folder / "config.toml").write_text("get_ready_seconds = 0\nflash = false\n")
    steps = "".join(f'[[steps]]\nstretch = "{one}"\ndose = {{hold_seconds = 95}}\n' for one in HELD)
    routine = folder / "all.toml"
    routine.write_text(f'name = "Every stretch"\n{steps}')
    run([sys.executable, "-c", SEEN, str(folder), "red-flags", *HELD], check=True)
    return routine


def one_run(env: dict[str, str], size: tuple[int, int], found: dict[str, Times]) -> None:
    """The floor, then the player with the same patience."""
    floor = start([sys.executable, "-c", FLOOR], b"item 1", env, size)
    found["floor"] += answers(floor, "\x1b[B", PRESSES)
    stop(floor)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        routine = prepare(folder)
        words = [sys.executable, "-m", "stretch_tui", "play", "--file", str(routine)]
        player = start(words, b" left", env | {"STRETCH_TUI_DATA_DIR": name}, size)
        for what, key in KEYS.items():
            found[what] += answers(player, key, PRESSES)
        stop(player)


def percentile(values: list[float], part: float) -> float:
    """The value below which that part of all lie."""
    return sorted(values)[min(len(values) - 1, int(part * len(values)))]


def main() -> None:
    """Measure in turns, then print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--size", default="120x40")
    asked = parser.parse_args()
    columns, rows = map(int, asked.size.split("x"))
    env = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    env |= {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LC_ALL": "C.UTF-8"}
    found: dict[str, Times] = {name: [] for name in ("floor", *KEYS)}
    for _ in range(asked.runs):
        one_run(env, (columns, rows), found)
    floor = percentile([first for first, _, _ in found["floor"]], 0.95)
    print(f"{'':18}{'p50 ms':>8}{'p95 ms':>8}{'x floor':>9}{'last p95':>10}{'bytes':>8}")
    for name, times in found.items():
        first, last, said = map(list, zip(*times, strict=True))
        p95 = percentile(first, 0.95)
        middle = statistics.median(first)
        print(
            f"{name:18}{middle:8.1f}{p95:8.1f}{p95 / floor:9.2f}{percentile(last, 0.95):10.1f}"
            f"{statistics.median(said):8.0f}{'' if p95 <= ALLOWED * floor else '   too slow'}"
        )


if __name__ == "__main__":
    main()
