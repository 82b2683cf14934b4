"""The first screen is shown before the program is loaded, and stays as it is when that comes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from line_runs import Terminal, command, environment, terminal
from seen import Seen

WAITING = """
import os, sys, time
class Gate:
    def find_spec(self, name, *rest):
        if name == "stretch_tui.cli.main":
            open({reached!r}, "w").close()
            while not os.path.exists({opened!r}):
                time.sleep(0.01)
            {then}
sys.meta_path.insert(0, Gate())
sys.argv = ["stretch-tui", *{words!r}]
from stretch_tui.cli.entry import entry
entry()
"""
"""The program, loading as slowly as is wanted."""

COLORS = {"COLORTERM": "truecolor"}
LOOKS: list[tuple[tuple[int, int], dict[str, str]]] = [
    ((120, 40), COLORS),
    ((80, 24), COLORS),
    ((80, 24), {"TERM": "linux"}),
    ((120, 40), {"NO_COLOR": "1"}),
    ((60, 16), {"LC_ALL": "C"}),
]
CELL = tuple[Any, ...]


class Start:
    """A start that waits before it loads the program."""

    def __init__(self, folder: Path, opened: Terminal, seen: Seen) -> None:
        self._folder = folder
        self.terminal = opened
        self.seen = seen

    def shown(self) -> str:
        """What is said before the program is loaded."""
        end = time.monotonic() + 60
        while not (self._folder / "reached").exists():
            assert time.monotonic() < end
            self.terminal.hear(0.02)
        self.terminal.hear(0.05)
        return self.terminal.said

    def go_on(self) -> None:
        (self._folder / "opened").touch()


@contextmanager
def started(
    folder: Path,
    *words: str,
    size: tuple[int, int] = (80, 24),
    then: str = "pass",
    **env: str,
) -> Iterator[Start]:
    gates = {name: str(folder.parent / name) for name in ("reached", "opened")}
    for gate in gates.values():
        Path(gate).unlink(missing_ok=True)
    code = WAITING.format(**gates, words=words, then=then)
    # The size has to be there before the program looks: a shell's terminal has one long before.
    late = (
        f"import os, sys; os.read(0, 1); os.execv(sys.executable, [sys.executable, '-c', {code!r}])"
    )
    with terminal([sys.executable, "-c", late], variables(folder, **env)) as opened:
        seen = Seen(opened, *size)
        opened.type("\n")
        opened.until("\r\n")
        opened.said = ""
        yield Start(folder.parent, opened, seen)


def variables(folder: Path, **env: str) -> dict[str, str]:
    given = {"LC_ALL": "C.UTF-8", "TERM": "xterm-256color", **env}
    plain = {
        name: value
        for name, value in os.environ.items()
        if name not in ("COLORTERM", "NO_COLOR", "COLUMNS", "LINES")
    }
    return {**plain, **environment(folder, **given)}


def left(
    folder: Path, *words: str, size: tuple[int, int] = (80, 24), keys: str = "", **env: str
) -> None:
    """Open the app, use it, and leave it: what it showed is kept."""
    with terminal(command(*words), variables(folder, **env)) as opened:
        seen = Seen(opened, *size)
        seen.wait_for("? help")
        seen.wait_for("streak")
        opened.type(f"{keys}q")
        assert opened.wait() == 0


def cells(seen: Seen) -> dict[tuple[int, int], CELL]:
    """Everything that is seen, by its place."""
    seen.text  # noqa: B018 - reads on
    buffer = seen.screen.buffer
    return {
        (x, y): tuple(buffer[y][x])
        for y in range(seen.screen.lines)
        for x in range(seen.screen.columns)
        if buffer[y][x].data.strip()
    }


def said(folder: Path, *words: str) -> None:
    """Give a command."""
    subprocess.run(command(*words), env=variables(folder), check=True, capture_output=True)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder with a session and a favorite."""
    data = tmp_path / "data"
    said(data, "log", "desk-reset")
    said(data, "favorite", "add", "owl-neck")
    return data


@pytest.mark.parametrize(("size", "look"), LOOKS, ids=lambda value: " ".join(map(str, value)))
def test_no_cell_that_is_shown_first_ever_changes(
    folder: Path, size: tuple[int, int], look: dict[str, str]
) -> None:
    left(folder, size=size, keys="jjj", **look)
    with started(folder, size=size, **look) as start:
        start.shown()
        first = cells(start.seen)
        shown = start.seen.text
        for words in ("stretch-tui", "Again: Desk reset", "Owl neck", "? help"):
            assert words in shown
        start.go_on()
        until = time.monotonic() + 60
        while "streak" not in start.seen.rows[0]:
            assert time.monotonic() < until
            assert still_there(first, start.seen)
            start.terminal.hear(0.01)
        start.terminal.hear(0.5)
        assert still_there(first, start.seen)


def still_there(first: dict[tuple[int, int], CELL], seen: Seen) -> bool:
    now = cells(seen)
    return {place: now.get(place) for place in first} == first


def test_what_is_there_is_not_entered_nor_sent_again(folder: Path) -> None:
    left(folder)
    with started(folder) as start:
        first = start.shown()
        start.go_on()
        start.seen.wait_for("streak")
        then = start.terminal.said[len(first) :]
        assert "1049h" in first
        assert "1049h" not in then
        for words in ("FAVORITES", "Chair only", "filter"):
            assert words in first
            assert words not in then


def test_keys_typed_before_the_program_is_there_arrive(folder: Path) -> None:
    left(folder)
    with started(folder) as start:
        start.shown()
        before = start.seen.text
        start.terminal.type("j?")
        start.terminal.hear(0.1)
        assert start.seen.text == before
        start.go_on()
        start.seen.wait_for("ON THIS SCREEN")
        start.terminal.type("\x1b")
        start.seen.wait_gone("ON THIS SCREEN")
        assert "Owl neck" not in next(row for row in start.seen.rows if row.startswith("›"))


def test_enter_is_the_same_key_before_and_after(folder: Path) -> None:
    left(folder)
    with started(folder) as start:
        start.shown()
        start.terminal.type("\r")
        start.go_on()
        start.seen.wait_gone("Again: Desk reset")


def test_keys_act_on_what_they_were_typed_at(folder: Path) -> None:
    """The cursor is shown where it will be."""
    left(folder, keys="jjjjj")
    with started(folder) as start:
        start.shown()
        assert "Owl neck" in next(row for row in start.seen.rows if row.startswith("›"))


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGINT", "SIGQUIT"])
def test_a_signal_before_the_program_is_there_leaves_a_sane_terminal(
    folder: Path, name: str
) -> None:
    left(folder)
    with started(folder) as start:
        before = termios.tcgetattr(start.terminal.master)
        number = getattr(signal, name)
        assert "1049h" in start.shown()
        assert termios.tcgetattr(start.terminal.master) != before
        os.kill(start.terminal.pid, number)
        assert start.terminal.wait() == 128 + number
        sane(start, before)


@pytest.mark.parametrize("fault", ["raise ImportError('gone')", "raise OSError(5, 'bad disk')"])
def test_a_program_that_cannot_be_loaded_leaves_a_sane_terminal(folder: Path, fault: str) -> None:
    left(folder)
    with started(folder, then=fault) as start:
        before = termios.tcgetattr(start.terminal.master)
        start.shown()
        start.go_on()
        assert start.terminal.wait() == 1
        sane(start, before)
        assert "Error" in start.terminal.said.rpartition("\x1b[?1049l")[2]


def sane(start: Start, before: list[Any]) -> None:
    said = start.terminal.said
    assert said.rindex("\x1b[?1049l") > said.rindex("\x1b[?1049h")
    assert said.rindex("\x1b[?25h") > said.rindex("\x1b[?25l")
    assert termios.tcgetattr(start.terminal.master) == before


def test_the_terminal_is_left_as_it_was_found_before_the_picture(folder: Path) -> None:
    left(folder)
    with started(folder) as start:
        before = termios.tcgetattr(start.terminal.master)
        start.shown()
        start.go_on()
        start.seen.wait_for("streak")
        start.terminal.type("q")
        assert start.terminal.wait() == 0
        sane(start, before)


def test_after_a_resize_in_between_nothing_is_believed(folder: Path) -> None:
    left(folder, size=(100, 30))
    with started(folder, size=(100, 30)) as start:
        start.shown()
        listed = [row[:36].rstrip() for row in start.seen.rows]
        start.seen.resize(60, 20)
        start.terminal.hear(0.1)
        start.seen.resize(100, 30)
        start.seen.screen.reset()  # the most that a terminal can make of it
        start.terminal.hear(0.1)
        start.go_on()
        start.seen.wait_for("streak")
        start.seen.wait_until(
            lambda rows: [row[:36].rstrip() for row in rows] == listed, "the list"
        )


def test_what_is_no_longer_true_is_not_shown(folder: Path) -> None:
    left(folder)
    said(folder, "favorite", "add", "camel")
    with started(folder) as start:
        assert start.shown() == ""
        start.go_on()
        start.seen.wait_for("2 ★ Camel")


@pytest.mark.parametrize(
    ("words", "env", "size"),
    [
        (["status"], {}, (80, 24)),
        (["--help"], {}, (80, 24)),
        (["--ascii"], {}, (80, 24)),
        ([], {"TERM": "xterm"}, (80, 24)),
        ([], {"NO_COLOR": "1"}, (80, 24)),
        ([], {"TERM": "dumb"}, (80, 24)),
        ([], {}, (81, 24)),
    ],
    ids=lambda value: " ".join(map(str, value)),
)
def test_what_would_look_otherwise_is_not_shown(
    folder: Path, words: list[str], env: dict[str, str], size: tuple[int, int]
) -> None:
    left(folder)
    with started(folder, *words, size=size, **env) as start:
        assert start.shown() == ""


def test_a_flag_that_changes_the_picture_has_a_picture_of_its_own(folder: Path) -> None:
    left(folder, "--ascii", "--no-mouse")
    with started(folder, "--ascii") as start:
        assert start.shown().isascii()
        assert "Owl neck" in start.seen.text


PIPED = """
import os, subprocess, sys
code = "import os; from stretch_tui.cli.opening import Opening; Opening().show([], os.environ)"
for stream in ("stdin", "stdout", "stderr"):
    subprocess.run([sys.executable, "-c", code], check=True, **{stream: subprocess.PIPE})
"""


def test_with_a_pipe_for_a_terminal_nothing_is_shown(folder: Path) -> None:
    left(folder)
    with terminal([sys.executable, "-c", PIPED], variables(folder)) as opened:
        Seen(opened, 80, 24)
        assert opened.wait() == 0
        assert opened.said == ""
