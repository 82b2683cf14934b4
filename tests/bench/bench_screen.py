"""The first screen against a floor, in a real terminal, run by hand.

    python tests/bench/bench_screen.py [--runs 7] [--size 120x40]

The floor is a Textual app of one list of a thousand options in the same interpreter. Programs
take turns, so that what else the machine does hits both; ratios of medians are what to quote. The
app is ready when the words of what the cursor is on are in sight, not the list alone.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import pty
import select
import signal
import statistics
import struct
import sys
import tempfile
import termios
import time
from dataclasses import dataclass, field
from pathlib import Path

FLOOR = """
from textual.app import App
from textual.widgets import OptionList
class Floor(App):
    BINDINGS = [("q", "quit", "Quit")]
    def compose(self):
        yield OptionList(*[f"item {number}" for number in range(1, 1001)])
Floor().run()
"""
PROGRAMS = {
    "floor": ([sys.executable, "-c", FLOOR], b"item 1", b"item 1"),
    "app": ([sys.executable, "-m", "stretch_tui"], b"Desk reset", b"two meetings"),
}
"""Its words, what is useful to see of it, and what is seen when it is ready."""
ALLOWED = {
    "paint_s": 0.15,
    "ready_s": 1.30,
    "cpu_ready_s": 1.30,
    "rss_mb": 1.25,
    "key_ms": 2.0,
    "quit_s": 0.4,
}
"""Times the floor, as the design allows."""
QUIET_SECONDS = 0.35
"""Silence that ends an answer: longer than the figure waits for the cursor to rest."""
KEYS = 20
REST_SECONDS = 16.0
"""After so long a figure has gone through its two cycles."""


@dataclass(slots=True)
class Taken:
    """What one run took."""

    paint_s: float = 0.0
    ready_s: float = 0.0
    cpu_ready_s: float = 0.0
    rss_mb: float = 0.0
    bytes_ready: int = 0
    key_ms: float = 0.0
    key_bytes: float = 0.0
    idle_bytes: int = 0
    quit_s: float = 0.0
    keys: list[tuple[float, int]] = field(default_factory=list)


class Program:
    """A program in a terminal of its own."""

    def __init__(self, words: list[str], env: dict[str, str], size: tuple[int, int]) -> None:
        self.began = time.perf_counter()
        self.pid, self.master = pty.fork()
        if self.pid == 0:
            os.execve(words[0], words, env)
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))

    def read(self, seconds: float) -> bytes:
        """What is said next, or nothing."""
        if not select.select([self.master], [], [], seconds)[0]:
            return b""
        try:
            return os.read(self.master, 1 << 16)
        except OSError:
            return b""

    def until_quiet(self, seconds: float = QUIET_SECONDS) -> tuple[float, int]:
        """Milliseconds to the first byte, and bytes until there are no more."""
        start, first, said = time.perf_counter(), 0.0, 0
        while data := self.read(seconds):
            first = first or time.perf_counter() - start
            said += len(data)
        return first * 1000, said

    def stat(self, name: str, place: int) -> str:
        """A field of the process's file in /proc."""
        return Path(f"/proc/{self.pid}/{name}").read_text().rpartition(")")[2].split()[place]


def measure(
    words: list[str],
    useful: bytes,
    ready: bytes,
    env: dict[str, str],
    size: tuple[int, int],
    rest: bool,
) -> Taken:
    """Start a program, move through its list, leave it; `rest` waits until its figure stands."""
    taken, program, seen = Taken(), Program(words, env, size), b""
    while ready not in seen:
        seen += program.read(10.0)
        if useful in seen and not taken.paint_s:
            taken.paint_s = time.perf_counter() - program.began
    taken.ready_s, taken.bytes_ready = time.perf_counter() - program.began, len(seen)
    ticks = int(program.stat("stat", 11)) + int(program.stat("stat", 12))
    taken.cpu_ready_s = ticks / os.sysconf("SC_CLK_TCK")
    program.until_quiet(1.2)
    time.sleep(0.1)
    pages = int(Path(f"/proc/{program.pid}/statm").read_text().split()[1])
    taken.rss_mb = pages * os.sysconf("SC_PAGE_SIZE") / 1e6
    for _ in range(KEYS):
        os.write(program.master, b"\x1b[B")
        taken.keys.append(program.until_quiet())
    taken.key_ms = statistics.median(one for one, _ in taken.keys)
    taken.key_bytes = statistics.median(count for _, count in taken.keys)
    if rest:
        time.sleep(REST_SECONDS)
        program.until_quiet()
        taken.idle_bytes = program.until_quiet(3.0)[1]
    start = time.perf_counter()
    os.write(program.master, b"q")
    while not os.waitpid(program.pid, os.WNOHANG)[0]:
        program.read(0.005)
        if time.perf_counter() - start > 10:
            os.kill(program.pid, signal.SIGKILL)
    taken.quit_s = time.perf_counter() - start
    os.close(program.master)
    return taken


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--size", default="120x40")
    args = parser.parse_args()
    columns, rows = map(int, args.size.split("x"))
    with tempfile.TemporaryDirectory() as folder:
        more = {"STRETCH_TUI_DATA_DIR": folder, "TERM": "xterm-256color", "LC_ALL": "C.UTF-8"}
        # As installed: modules come compiled, and nothing is taken from an earlier run.
        env = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
        env |= {**more, "PYTHONPYCACHEPREFIX": f"{folder}/compiled"}
        found: dict[str, list[Taken]] = {name: [] for name in PROGRAMS}
        for number in range(args.runs + 1):
            for name, (words, useful, ready) in PROGRAMS.items():
                rest = number == args.runs
                taken = measure(words, useful, ready, env, (columns, rows), rest)
                if number:  # the first run compiles and fills caches
                    found[name].append(taken)
    for what in ("paint_s", "ready_s", "cpu_ready_s", "rss_mb", "bytes_ready", "key_ms",
                 "key_bytes", "idle_bytes", "quit_s"):  # fmt: skip
        taken_of = {name: [getattr(one, what) for one in found[name]] for name in PROGRAMS}
        floor, app = (
            max(all_) if what == "idle_bytes" else statistics.median(all_)
            for all_ in taken_of.values()
        )
        ratio = f"{app / floor:6.2f} x" if floor else ""
        allowed = f"(at most {ALLOWED[what]:.2f} x)" if what in ALLOWED else ""
        print(f"{what:12} floor {floor:10.2f}   app {app:10.2f} {ratio} {allowed}")


if __name__ == "__main__":
    main()
