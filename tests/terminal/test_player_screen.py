"""The full-screen player in a real terminal: to its end, hung up and gone on with, resized."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from line_runs import (
    SHORT,
    TINY,
    command,
    environment,
    sessions,
    terminal,
    world,
)
from seen import Seen

from stretch_tui.storage.log.tiny_logbook import TinyLogbook
from stretch_tui.storage.paths import Paths
from stretch_tui.ui.app import RED_FLAGS_SEEN


@contextmanager
def player(folder: Path, text: str, *, bare: bool = False) -> Iterator[Seen]:
    """The player on a short routine, words and red flags known; `bare` opens the first screen."""
    routine = world(folder, text)
    log = TinyLogbook(Paths.find({"STRETCH_TUI_DATA_DIR": str(folder)}))
    for one in (RED_FLAGS_SEEN, "owl-neck", "sphinx-pose"):
        log.mark_seen(one)
    words = () if bare else ("play", "--file", str(routine))
    variables = environment(folder, TERM="xterm-256color", LANG="C.UTF-8", LC_ALL="C.UTF-8")
    with terminal(command(*words), variables) as opened:
        yield Seen(opened)


def test_a_session_played_to_its_end_is_in_the_history(tmp_path: Path):
    with player(tmp_path, TINY) as seen:
        seen.wait_for("get ready")
        seen.terminal.type("5")
        seen.wait_for("Sore: 5, noted")
        seen.wait_for("Saved.")
        seen.terminal.type("2")
        seen.wait_for("Sore: 2 now. Before: 5.")
        seen.terminal.type("\r")
        seen.wait_for("stretch-tui")
        seen.terminal.type("q")
        assert seen.terminal.wait() == 0
    [kept] = sessions(tmp_path)
    assert (kept["completed"], kept["feel"]) == (True, [5, 2])
    assert kept["sides"]["left"] == kept["sides"]["right"] > 0
    assert "\a" in seen.terminal.said


def test_a_session_that_was_hung_up_goes_on_where_it_stood(tmp_path: Path):
    with player(tmp_path, SHORT) as seen:
        seen.wait_for("side 1 of 2")
        seen.terminal.hear(1.5)
        seen.terminal.hang_up()
        seen.terminal.wait()
    assert sessions(tmp_path) == []
    with player(tmp_path, SHORT, bare=True) as seen:
        seen.wait_for("Two short holds")
        seen.terminal.type("\r")
        seen.wait_for("Here is where you left, ")
        assert "side 1 of 2" in seen.text
        seen.terminal.type(" ")
        seen.wait_for("side 2 of 2")
        seen.terminal.type("q")
        seen.wait_for("End the session here?")
        seen.terminal.type("y")
        seen.wait_for("Saved.")
        seen.terminal.type("q")
        seen.wait_for("stretch-tui")
        seen.terminal.type("q")
        assert seen.terminal.wait() == 0
    [kept] = sessions(tmp_path)
    assert not kept["completed"]
    assert kept["sides"]["left"] >= 5


def test_a_terminal_made_tiny_and_large_again_shows_the_session_all_the_time(tmp_path: Path):
    with player(tmp_path, SHORT.replace("= 5", "= 30")) as seen:
        seen.wait_for("side 1 of 2")
        seen.resize(20, 5)
        seen.wait_for("HOLD left")
        seen.resize(80, 24)
        seen.wait_for("side 1 of 2")
        assert "Owl neck" in seen.text
        seen.terminal.type("x")
        seen.wait_for("Stopping was right.")
        seen.wait_for("Kept.")
