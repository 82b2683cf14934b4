"""The first screen through a slow line, run by hand: 150 ms there and back, 9,600 bit/s.

    python tests/bench/bench_far.py [--rtt 150] [--bits 9600] [--size 80x24]

Between the program and the terminal stands a proxy that lets bytes through as such a line would:
each waits for those before it, takes its ten bits' time, and arrives half a round trip later. What
is quoted is when the person sees it.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import pty
import re
import select
import signal
import statistics
import struct
import sys
import tempfile
import termios
import time
from collections import deque
from dataclasses import dataclass, field

import pyte

APP = [sys.executable, "-m", "stretch_tui"]
FLOOR = """
from textual.app import App
from textual.widgets import OptionList
class Floor(App):
    def compose(self):
        yield OptionList(*[f"item {number}" for number in range(1, 1001)])
Floor().run()
"""
ALLOWED = {"first frame": 12.0, "a list key": 0.6}
"""Seconds, as the design allows."""
QUIET_SECONDS = 0.5
MOVING_SECONDS = 4.0
"""After so long the figure of the new row is on its way."""
BITS_A_BYTE = 10
"""Start, eight bits, stop."""


@dataclass(slots=True)
class Line:
    """A line to a far terminal: what was sent arrives in order, late and slowly."""

    rtt_seconds: float
    bits: float
    free_at: float = 0.0
    under_way: deque[tuple[float, bytes]] = field(default_factory=deque)

    def send(self, data: bytes, now: float) -> None:
        """Put bytes on the line."""
        for start in range(0, len(data), 16):
            piece = data[start : start + 16]
            self.free_at = max(self.free_at, now) + len(piece) * BITS_A_BYTE / self.bits
            self.under_way.append((self.free_at + self.rtt_seconds / 2, piece))

    def arrived(self, now: float) -> bytes:
        """What has come through by now."""
        found = b""
        while self.under_way and self.under_way[0][0] <= now:
            found += self.under_way.popleft()[1]
        return found


class Far:
    """A program at one end of the line, a terminal at the other."""

    def __init__(self, words: list[str], env: dict[str, str], line: Line, size: tuple[int, int]):
        self.began = time.monotonic()
        self.line = line
        self.screen = pyte.Screen(*size)
        self.stream = pyte.ByteStream(self.screen)
        self.keys: deque[tuple[float, bytes]] = deque()
        self.pid, self.master = pty.fork()
        if self.pid == 0:
            os.execve(words[0], words, env)
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))

    def press(self, key: bytes) -> None:
        """A key, which takes half a round trip to get there."""
        self.keys.append((time.monotonic() + self.line.rtt_seconds / 2, key))

    def look(self) -> bool:
        """Let time pass for a moment; whether something new came into sight."""
        now = time.monotonic()
        while self.keys and self.keys[0][0] <= now:
            os.write(self.master, self.keys.popleft()[1])
        if select.select([self.master], [], [], 0.005)[0]:
            self.line.send(os.read(self.master, 1 << 16), time.monotonic())
        seen = self.line.arrived(time.monotonic())
        if seen:
            # pyte knows no private modes with two marks, and would print their rest.
            self.stream.feed(re.sub(rb"\x1b\[[<>]", b"\x1b[?", seen))
        return bool(seen)

    def rows(self) -> list[str]:
        """What the person sees."""
        return [row.rstrip() for row in self.screen.display]

    def until(self, words: str) -> float:
        """Seconds from the start until these words are in sight."""
        while not any(words in row for row in self.rows()):
            self.look()
        return time.monotonic() - self.began

    def settle(self) -> float:
        """Wait until nothing is under way any more; the moment of the last news."""
        last = time.monotonic()
        while self.line.under_way or self.keys or time.monotonic() - last < QUIET_SECONDS:
            if self.look():
                last = time.monotonic()
        return last

    def close(self) -> None:
        """End the program."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.master)


def cursor_row(far: Far) -> int:
    """The row the app's cursor is in; -1 before there is one."""
    return next((y for y, row in enumerate(far.rows()) if row.startswith("›")), -1)


def key_seconds(far: Far, key: bytes) -> tuple[float, float]:
    """Until the cursor is seen in another row, and until everything has followed it."""
    before, start = cursor_row(far), time.monotonic()
    far.press(key)
    while cursor_row(far) in (before, -1):
        far.look()
    moved = time.monotonic() - start
    return moved, far.settle() - start


def key_while_moving(far: Far, key: bytes) -> float:
    """Until a key is seen that is pressed while the figure of the one before is moving."""
    far.press(b"G")
    wanted = time.monotonic() + MOVING_SECONDS
    while time.monotonic() < wanted:
        far.look()
    return key_seconds(far, key)[0]


def main() -> None:
    """Print what the person sees when, and what plain Textual needs for its first frame."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rtt", type=float, default=150.0)
    parser.add_argument("--bits", type=float, default=9600.0)
    parser.add_argument("--size", default="80x24")
    args = parser.parse_args()
    columns, rows = map(int, args.size.split("x"))
    with tempfile.TemporaryDirectory() as folder:
        env = {**os.environ, "STRETCH_TUI_DATA_DIR": folder, "TERM": "xterm-256color"}
        env |= {"LC_ALL": "C.UTF-8", "SSH_CONNECTION": "10.0.0.1 1 10.0.0.2 22"}
        line = Line(args.rtt / 1000, args.bits)
        far = Far(APP, env, line, (columns, rows))
        first = far.until("Desk reset")
        whole = far.until("? help")
        far.settle()
        moves = [key_seconds(far, b"j") for _ in range(10)]
        busy = [key_while_moving(far, b"k") for _ in range(3)]
        far.close()
        floor = Far(
            [sys.executable, "-c", FLOOR], env, Line(args.rtt / 1000, args.bits), (columns, rows)
        )
        floor.until("item 3")
        settled = floor.settle() - floor.began
        floor.close()
    print(
        f"the list in sight after {first:5.2f} s, all of the first frame after {whole:5.2f} s "
        f"(at most {ALLOWED['first frame']:.1f}); plain Textual's list settles in {settled:5.1f} s"
    )
    seen, done = (statistics.median(one) for one in zip(*moves, strict=True))
    print(
        f"a list key is seen after {seen:4.2f} s (at most {ALLOWED['a list key']:.1f}), "
        f"words and figure have followed after {done:4.2f} s; "
        f"while a figure moves it is seen after {statistics.median(busy):4.2f} s"
    )


if __name__ == "__main__":
    main()
