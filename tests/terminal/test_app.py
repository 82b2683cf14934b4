"""The installed program in a terminal of its own: opened, used, left as it was found."""

from __future__ import annotations

import os
import re
import select
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyte
import pytest
from line_runs import Terminal, command, environment, terminal

COLOR = re.compile(r"\x1b\[(?:[\d;]*;)?(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])(?:;[\d;]*)?m")
PROGRAM = str(Path(sys.executable).with_name("stretch-tui"))


class Seen:
    """A terminal with eyes."""

    def __init__(self, opened: Terminal, columns: int, rows: int) -> None:
        self.terminal = opened
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.Stream(self._screen)
        self._fed = 0

    @property
    def rows(self) -> list[str]:
        said = self.terminal.said
        # pyte knows no private modes with two marks, and would print their rest.
        fresh = re.sub(r"\x1b\[[<>]", "\x1b[?", said[self._fed :])
        self._stream.feed(re.sub(r"\x1b\]22;[^\x1b\x07]*(?:\x07|\x1b\\)", "", fresh))
        self._fed = len(said)
        return [row.rstrip() for row in self._screen.display]

    def resize(self, columns: int, rows: int) -> None:
        self._screen.resize(rows, columns)
        self.terminal.resize(columns, rows)

    def wait_for(self, words: str, seconds: float = 20.0) -> list[str]:
        end = time.monotonic() + seconds
        while not any(words in row for row in self.rows):
            assert time.monotonic() < end, "\n".join([f"{words!r} never came:", *self.rows])
            self.terminal.hear(0.05)
        return self.rows

    def quiet(self, seconds: float = 0.3) -> None:
        """Wait until nothing more is said."""
        while select.select([self.terminal.master], [], [], seconds)[0]:
            self.terminal.hear(0.05)


@contextmanager
def app(folder: Path, columns: int = 80, rows: int = 24, **env: str) -> Iterator[Seen]:
    given = {"LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "TERM": "xterm-256color", **env}
    with terminal([PROGRAM], environment(folder, **given)) as opened:
        opened.resize(columns, rows)
        yield Seen(opened, columns, rows)


def test_open_look_and_leave(tmp_path: Path) -> None:
    with app(tmp_path) as seen:
        before = termios.tcgetattr(seen.terminal.master)
        seen.wait_for("? help")
        assert any(row.startswith("›") and "Desk reset" in row for row in seen.rows)
        seen.terminal.type("j")
        seen.quiet()
        assert any(row.startswith("›") and "Desk reset" not in row for row in seen.rows)
        seen.terminal.type("?")
        seen.wait_for("ON THIS SCREEN")
        seen.terminal.type("\x1b")
        end = time.monotonic() + 5
        while any("ON THIS SCREEN" in row for row in seen.rows) and time.monotonic() < end:
            seen.terminal.hear(0.05)
        assert not any("ON THIS SCREEN" in row for row in seen.rows)
        seen.terminal.type("q")
        assert seen.terminal.wait() == 0
        said = seen.terminal.said
        assert said.rindex("\x1b[?1049l") > said.rindex("\x1b[?1049h")
        assert said.rindex("\x1b[?25h") > said.rindex("\x1b[?25l")
        for mode in ("1000", "1003", "2004"):
            assert said.rindex(f"\x1b[?{mode}l") > said.rindex(f"\x1b[?{mode}h")
        assert termios.tcgetattr(seen.terminal.master)[3] == before[3]


def test_bytes_that_are_no_text_harm_nothing(tmp_path: Path) -> None:
    with app(tmp_path) as seen:
        seen.wait_for("? help")
        os.write(seen.terminal.master, b"\xff\xfe\x80/\xc3(\xff\x1b[200~\x1b]0;x\x07\xff\x1b[201~q")
        seen.wait_for("left")
        assert "\x1b]0;x" not in seen.terminal.said
        seen.terminal.type("\x1b")
        seen.quiet()
        seen.terminal.type("q")
        assert seen.terminal.wait() == 0


def test_keys_typed_at_once_after_the_filter_opens_are_all_taken(tmp_path: Path) -> None:
    with app(tmp_path) as seen:
        seen.wait_for("? help")
        seen.terminal.type("/owl")
        seen.wait_for("/ owl")


def test_after_a_resize_the_screen_is_what_a_fresh_one_shows(tmp_path: Path) -> None:
    """The shadow may believe nothing of a terminal that was resized."""
    with app(tmp_path, 80, 24) as seen:
        seen.wait_for("? help")
        for size in ((120, 40), (60, 20), (100, 30), (80, 24)):
            seen.terminal.type("jj")
            seen.resize(*size)
            seen.terminal.type("k")
            seen.quiet(1.0)
            seen.terminal.type("\x0c")  # draw anew: must change nothing
            before = seen.rows
            seen.quiet(0.5)
            assert seen.rows == before
            assert any("? help" in row for row in before)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="reads /proc")
def test_at_rest_nothing_is_sent_and_nothing_is_done(tmp_path: Path) -> None:
    with app(tmp_path, 60, 20) as seen:  # without a figure that still moves
        seen.wait_for("? help")
        seen.quiet(0.7)
        said, used = len(seen.terminal.said), cpu_ticks(seen.terminal.pid)
        seen.terminal.hear(1.5)
        assert len(seen.terminal.said) == said
        assert cpu_ticks(seen.terminal.pid) - used <= 2


def cpu_ticks(pid: int) -> int:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def test_no_color_means_none(tmp_path: Path) -> None:
    with app(tmp_path, NO_COLOR="1") as seen:
        seen.wait_for("? help")
        seen.terminal.type("j")
        seen.quiet()
        assert not COLOR.search(seen.terminal.said)
        seen.terminal.type("q")
        assert seen.terminal.wait() == 0


def test_a_plain_terminal_gets_plain_characters(tmp_path: Path) -> None:
    with app(tmp_path, TERM="linux") as seen:
        seen.wait_for("? help")
        seen.terminal.type("?")
        seen.wait_for("ON THIS SCREEN")
        assert seen.terminal.said.isascii()


def test_sixteen_colors_are_enough(tmp_path: Path) -> None:
    with app(tmp_path, TERM="xterm") as seen:
        seen.wait_for("? help")
        assert not re.search(r"[34]8;[25];", seen.terminal.said)


@pytest.mark.parametrize("lost", ["stdin", "stderr", "term"])
def test_without_a_terminal_it_says_so(tmp_path: Path, lost: str) -> None:
    env = environment(tmp_path, TERM="dumb" if lost == "term" else "xterm")
    if lost == "term":
        with terminal(command(), env) as opened:
            assert opened.wait() == 2
            said = opened.said
    else:
        done = subprocess.run(
            command(),
            env=env,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )
        assert done.returncode == 2
        assert done.stdout == ""
        said = done.stderr
    assert "ssh -t" in said
    assert "play --plain" in said
    assert "\x1b" not in said
