"""The full-screen session under signals: saved first, then the terminal given back."""

from __future__ import annotations

import os
import signal
import termios
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from line_runs import Terminal, asked, command, environment, sessions, terminal, world

from stretch_tui.storage.log.tiny_logbook import TinyLogbook
from stretch_tui.storage.paths import Paths
from stretch_tui.storage.run.run_files import RunFiles
from stretch_tui.ui.app import RED_FLAGS_SEEN

IGNORING = ("/bin/sh", "-c", 'trap "" HUP; exec "$@"', "sh")
COOKED = termios.ICANON | termios.ECHO
SLEEPER = """
import os, pathlib, time
real, slept = time.clock_gettime, pathlib.Path(os.environ["SLEPT"])
def clock_gettime(clock):
    more = clock == time.CLOCK_BOOTTIME and slept.exists()
    return real(clock) + (float(slept.read_text()) if more else 0.0)
time.clock_gettime = clock_gettime
"""
"""As the machine's clocks go while it sleeps: one that counts the sleep, and others that don't."""


@contextmanager
def playing(folder: Path, *before: str, **more: str) -> Iterator[Terminal]:
    """The full-screen player in its first hold, words and red flags known."""
    routine = world(folder)
    log = TinyLogbook(Paths.find({"STRETCH_TUI_DATA_DIR": str(folder)}))
    for known in (RED_FLAGS_SEEN, "owl-neck", "sphinx-pose"):
        log.mark_seen(known)
    words = [*before, *command("play", "--file", routine)]
    with terminal(words, environment(folder, TERM="xterm-256color", **more)) as screen:
        screen.resize(80, 24)
        screen.until("\x1b[?1049h")
        screen.until("1 of 2", 20)
        yield screen


def stands(folder: Path) -> dict[str, object]:
    found = asked(folder, "status")["resume"]
    assert isinstance(found, dict)
    return found


def assert_given_back(screen: Terminal) -> None:
    after = screen.said[screen.said.rindex("\x1b[?1049h") :]
    assert "\x1b[?1049l" in after, "back from the alternate screen"
    assert "\x1b[?1000l" in after, "mouse off"
    assert after.rindex("\x1b[?25h") > after.rfind("\x1b[?25l"), "the cursor is back"
    assert termios.tcgetattr(screen.master)[3] & COOKED == COOKED


def test_a_signal_saves_gives_the_terminal_back_and_leaves(tmp_path: Path) -> None:
    codes = {signal.SIGTERM: 143, signal.SIGINT: 130, signal.SIGQUIT: 131, signal.SIGHUP: 129}
    with ExitStack() as stack:
        folders = {number: tmp_path / number.name for number in codes}
        screens = {n: stack.enter_context(playing(folder)) for n, folder in folders.items()}
        for number, screen in screens.items():
            screen.hear(0.5)
            os.kill(screen.pid, number)
            assert screen.wait(5) == codes[number], number
            assert_given_back(screen)
            assert stands(folders[number])["stretch"] == "owl-neck"
            assert sessions(folders[number]) == []


@pytest.mark.parametrize("before", [(), IGNORING], ids=["plain", "hang-ups ignored"])
def test_a_terminal_that_goes_away_ends_it_instead_of_spinning(
    tmp_path: Path, before: tuple[str, ...]
) -> None:
    with playing(tmp_path, *before) as screen:
        screen.hear(0.5)
        screen.hang_up()
        assert screen.wait(6) == 129
    assert stands(tmp_path)["stretch"] == "owl-neck"


def test_output_that_nobody_reads_holds_up_no_signal(tmp_path: Path) -> None:
    with playing(tmp_path) as screen:
        for _ in range(60):  # help, opened and closed: frames by the dozen, and nobody reads
            screen.type("?")
            screen.type("\x1b")
            time.sleep(0.03)
        os.kill(screen.pid, signal.SIGTERM)
        assert screen.wait_unread(6) == 143
    assert stands(tmp_path)["stretch"] == "owl-neck"


def test_a_stopped_process_comes_back_paused_and_draws_itself_anew(tmp_path: Path) -> None:
    with playing(tmp_path) as screen:
        screen.hear(1.0)
        (before,) = running(tmp_path)
        os.kill(screen.pid, signal.SIGSTOP)
        time.sleep(5.5)
        os.kill(screen.pid, signal.SIGCONT)
        screen.said = ""
        screen.until("\x1b[?1049h")
        screen.until("were away for")
        (after,) = running(tmp_path)
        assert after.progress.state == "paused"
        assert after.progress.position == pytest.approx(before.progress.position, abs=1.5)


@pytest.mark.skipif(not hasattr(time, "CLOCK_BOOTTIME"), reason="no clock counts the sleep here")
def test_a_machine_that_slept_wakes_to_a_paused_session(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(SLEEPER)
    slept = tmp_path / "slept"
    with playing(tmp_path, PYTHONPATH=str(tmp_path), SLEPT=str(slept)) as screen:
        screen.hear(1.0)
        (before,) = running(tmp_path)
        (tmp_path / "slept.new").write_text("600")
        (tmp_path / "slept.new").rename(slept)
        screen.until("You were away for 10 min")
        (after,) = running(tmp_path)
        assert after.progress.state == "paused"
        assert 0 <= after.progress.position - before.progress.position < 2.5
        assert after.progress.ledger.seconds == pytest.approx(
            before.progress.ledger.seconds, abs=2.5
        )


def test_ctrl_z_pauses_and_writes_before_it_stops(tmp_path: Path) -> None:
    with playing(tmp_path) as screen:
        screen.hear(0.5)
        screen.type("\x1a")
        screen.until("\x1b[?1049l")
        _, status = os.waitpid(screen.pid, os.WUNTRACED)
        assert os.WIFSTOPPED(status)
        (kept,) = running(tmp_path)
        assert kept.progress.state == "paused"
        os.kill(screen.pid, signal.SIGCONT)
        screen.until("Back again.")


def running(folder: Path) -> tuple:  # type: ignore[type-arg]
    return RunFiles(Paths.find({"STRETCH_TUI_DATA_DIR": str(folder)})).running()
