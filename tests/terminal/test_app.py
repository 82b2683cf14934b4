"""The installed program in a terminal of its own: opened, used, left as it was found."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import termios
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from line_runs import command, environment, terminal
from seen import Seen, wakings

COLOR = re.compile(r"\x1b\[(?:[\d;]*;)?(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])(?:;[\d;]*)?m")
PROGRAM = str(Path(sys.executable).with_name("stretch-tui"))


@contextmanager
def app(folder: Path, columns: int = 80, rows: int = 24, **env: str) -> Iterator[Seen]:
    given = {"LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "TERM": "xterm-256color", **env}
    with terminal([PROGRAM], environment(folder, **given)) as opened:
        yield Seen(opened, columns, rows)


def test_open_look_and_leave(tmp_path: Path) -> None:
    with app(tmp_path) as seen:
        before = termios.tcgetattr(seen.terminal.master)
        seen.wait_for("? help")
        assert "Desk reset" in under_cursor(seen.rows)
        seen.terminal.type("j")
        seen.wait_until(lambda rows: "Desk reset" not in under_cursor(rows), "another row")
        seen.terminal.type("?")
        seen.wait_for("ON THIS SCREEN")
        seen.terminal.type("\x1b")
        seen.wait_gone("ON THIS SCREEN")
        seen.terminal.type("q")
        assert seen.terminal.wait() == 0
        said = seen.terminal.said
        assert said.rindex("\x1b[?1049l") > said.rindex("\x1b[?1049h")
        assert said.rindex("\x1b[?25h") > said.rindex("\x1b[?25l")
        for mode in ("1000", "1003", "2004"):
            assert said.rindex(f"\x1b[?{mode}l") > said.rindex(f"\x1b[?{mode}h")
        assert termios.tcgetattr(seen.terminal.master)[3] == before[3]


def test_reset_terminal_undoes_whatever_a_killed_app_left_behind(tmp_path: Path) -> None:
    with app(tmp_path) as seen:
        seen.wait_for("? help")
        seen.terminal.type("\x1b[?2048;2$y")  # a terminal that tells its size by itself
        seen.terminal.until("\x1b[?2048h")
        os.kill(seen.terminal.pid, signal.SIGKILL)
        seen.terminal.wait()
        left = seen.terminal.said
    with terminal([PROGRAM, "reset-terminal"], environment(tmp_path)) as opened:
        assert opened.wait() == 0
        mended = modes(left + opened.said)
    assert {"25", "1000", "1003", "1049", "2004"} < modes(left).keys()
    assert {number for number, on in mended.items() if on} == {"7", "25"}, "as a terminal begins"
    assert left.count("\x1b[>") == opened.said.count("\x1b[<u") == 1, "of the keyboard protocol"


def modes(said: str) -> dict[str, bool]:
    """Which private modes a terminal was told to switch, and whether they are on now."""
    return {number: to == "h" for number, to in re.findall(r"\x1b\[\?(\d+)([hl])", said)}


def test_bytes_that_are_no_text_harm_nothing(tmp_path: Path) -> None:
    with app(tmp_path) as seen:
        seen.wait_for("? help")
        os.write(seen.terminal.master, b"\xff\xfe\x80/\xc3(\xff\x1b[200~\x1b]0;x\x07\xff\x1b[201~q")
        seen.wait_for("found")
        assert "\x1b]0;x" not in seen.terminal.said
        seen.terminal.type("\x1b")
        seen.wait_gone("found")
        seen.terminal.type("q")
        assert seen.terminal.wait() == 0


def test_keys_typed_at_once_after_the_filter_opens_are_all_taken(tmp_path: Path) -> None:
    with app(tmp_path) as seen:
        seen.wait_for("? help")
        seen.terminal.type("/owl")
        seen.wait_for("/ owl")


def test_after_a_resize_the_screen_is_what_a_fresh_one_shows(tmp_path: Path) -> None:
    """The shadow may believe nothing of a terminal that was resized."""
    for number in range(1, 4):  # of one step each, so that no figure moves
        still = f'name = "Still {number}"\n[[steps]]\nstretch = "owl-neck"\n'
        (tmp_path / "routines").mkdir(exist_ok=True)
        (tmp_path / "routines" / f"still-{number}.toml").write_text(still)
    with app(tmp_path, 80, 24) as seen:
        seen.wait_for("? help")
        seen.terminal.type("g")
        for columns, rows in ((120, 40), (60, 20), (100, 30), (80, 24)):
            seen.terminal.type("j")
            seen.resize(columns, rows)
            seen.terminal.type("jk")
            seen.wait_until(lambda shown, rule="─" * (columns - 2): shown[1].strip() == rule, "it")
            seen.rest()
            before = seen.rows
            assert "? help" in before[-1]
            assert "Still" in under_cursor(before)
            mark = len(seen.terminal.said)
            seen.terminal.type("\x0c")  # draw anew: must change nothing
            seen.rest()
            assert "help" in seen.terminal.said[mark:]
            assert seen.rows == before
            seen.terminal.type("g")


OVERTAKEN = """
import sys, time
from stretch_tui.ui.terminal.driver import StretchDriver
size = StretchDriver._get_terminal_size
def slowly(self):
    found = size(self)
    time.sleep(0.3)
    return found
StretchDriver._get_terminal_size = slowly
sys.argv = ["stretch-tui"]
from stretch_tui.cli.main import entry
entry()
"""


def test_of_two_sizes_that_come_at_once_the_later_holds(tmp_path: Path) -> None:
    """A signal that interrupts the handling of another must not be overtaken by it."""
    variables = environment(tmp_path, LC_ALL="C.UTF-8", TERM="xterm-256color")
    with terminal([sys.executable, "-c", OVERTAKEN], variables) as opened:
        seen = Seen(opened, 80, 24)
        seen.wait_for("? help")
        seen.resize(60, 20)
        opened.hear(0.1)
        seen.resize(100, 30)
        seen.wait_until(lambda rows: "? help" in rows[-1] and rows[1].strip() == "─" * 98, "100")
        seen.rest()
        assert seen.rows[1].strip() == "─" * 98


def under_cursor(rows: list[str]) -> str:
    return next((row for row in rows if row.startswith("›")), "")


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="reads /proc")
def test_at_rest_nothing_is_sent_and_nothing_is_done(tmp_path: Path) -> None:
    with app(tmp_path, 60, 20) as seen:  # without a figure that still moves
        seen.wait_for("? help")
        seen.rest()
        said, woken = len(seen.terminal.said), wakings(seen.terminal.pid)
        seen.terminal.hear(1.5)
        assert len(seen.terminal.said) == said
        assert wakings(seen.terminal.pid) == woken


def test_no_color_means_none(tmp_path: Path) -> None:
    with app(tmp_path, NO_COLOR="1") as seen:
        seen.wait_for("? help")
        seen.terminal.type("j")
        seen.wait_until(lambda rows: "Desk reset" not in under_cursor(rows), "another row")
        assert not COLOR.search(seen.terminal.said)
        seen.terminal.type("q")
        assert seen.terminal.wait() == 0


def test_a_plain_terminal_gets_plain_characters(tmp_path: Path) -> None:
    with app(tmp_path, TERM="linux") as seen:
        seen.wait_for("? help")
        seen.terminal.type("?")
        seen.wait_for("ON THIS SCREEN")
        assert seen.terminal.said.isascii()


@pytest.mark.parametrize(
    "around", [{"TERM": "xterm"}, {"TERM": "linux"}, {"TERM": "linux", "COLORTERM": "truecolor"}]
)
def test_sixteen_colors_are_enough(tmp_path: Path, around: dict[str, str]) -> None:
    with app(tmp_path, **around) as seen:
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
