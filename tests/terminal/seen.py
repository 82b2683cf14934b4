"""A terminal with eyes: what its screen shows, and when the program in it has come to rest."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path

import pyte
from line_runs import Terminal

PATIENCE_SECONDS = 60.0
"""How long a screen is waited for: long, since only a failure waits so long."""
REST_SECONDS = 0.8
"""Longer than anything waits in the app before it goes on by itself."""


class Seen:
    """What a terminal of some size shows of what was said."""

    def __init__(self, opened: Terminal, columns: int = 80, rows: int = 24) -> None:
        self.terminal = opened
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.Stream(self.screen)
        self._fed = 0
        opened.resize(columns, rows)

    @property
    def rows(self) -> list[str]:
        """The screen, row by row."""
        said = self.terminal.said
        # pyte knows no private modes with two marks, and would print their rest.
        fresh = re.sub(r"\x1b\[[<>]", "\x1b[?", said[self._fed :])
        self._stream.feed(re.sub(r"\x1b\]22;[^\x1b\x07]*(?:\x07|\x1b\\)", "", fresh))
        self._fed = len(said)
        return [row.rstrip() for row in self.screen.display]

    @property
    def text(self) -> str:
        """The screen as one text."""
        return "\n".join(self.rows)

    def resize(self, columns: int, rows: int) -> None:
        """Give the terminal another size."""
        self.screen.resize(rows, columns)
        self.terminal.resize(columns, rows)

    def wait_until(self, shows: Callable[[list[str]], bool], what: str) -> list[str]:
        """Wait until the screen shows something; returns its rows."""
        end = time.monotonic() + PATIENCE_SECONDS
        while not shows(rows := self.rows):
            assert time.monotonic() < end, "\n".join([f"{what} never came:", *rows])
            self.terminal.hear(0.05)
        return rows

    def wait_for(self, words: str) -> str:
        """Wait until these words stand in one row; returns the screen."""
        self.wait_until(lambda rows: any(words in row for row in rows), repr(words))
        return self.text

    def wait_gone(self, words: str) -> None:
        """Wait until these words stand nowhere."""
        self.wait_until(lambda rows: not any(words in row for row in rows), f"no {words!r}")

    def rest(self) -> None:
        """Wait until the program has nothing left to do but wait for keys.

        It is at rest when it slept for longer than anything waits. One that is only kept from
        running, by whatever else the machine does, is not asleep.
        """
        end = time.monotonic() + PATIENCE_SECONDS
        while True:
            before = (len(self.terminal.said), wakings(self.terminal.pid))
            self.terminal.hear(REST_SECONDS)
            if before == (len(self.terminal.said), wakings(self.terminal.pid)):
                return
            assert time.monotonic() < end, "it never came to rest:\n" + self.text


def wakings(pid: int) -> tuple[int, bool]:
    """How often the threads of a process were put on a core, and whether one wants to be."""
    times, wanting = 0, False
    for task in Path(f"/proc/{pid}/task").iterdir():
        status = (task / "status").read_text()
        times += sum(map(int, re.findall(r"ctxt_switches:\s+(\d+)", status)))
        wanting = wanting or bool(re.search(r"^State:\s+[RD]", status, re.MULTILINE))
    return times, wanting
