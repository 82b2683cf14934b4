"""Line mode as it is installed: in a real terminal, in a pipe, with nothing on stdin."""

from __future__ import annotations

import os
import signal
import subprocess
import termios
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest
from line_runs import ONE, TINY, asked, begin, command, environment, sessions, terminal, world

STORIES: list[Callable[[Path], None]] = []
"""Sessions that last some seconds each: told all at once, one test for each of them."""


def story(tell: Callable[[Path], None]) -> Callable[[Path], None]:
    STORIES.append(tell)
    return tell


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, Future[None]]]:
    folders = {tell.__name__: tmp_path_factory.mktemp(tell.__name__[:20]) for tell in STORIES}
    with ThreadPoolExecutor(len(STORIES)) as tellers:
        yield {tell.__name__: tellers.submit(tell, folders[tell.__name__]) for tell in STORIES}


def test_a_short_routine_in_a_terminal_is_steered_by_letters_and_logged(tmp_path: Path) -> None:
    routine = world(tmp_path, TINY)
    words = command("play", "--plain", "--file", routine)
    with terminal(words, environment(tmp_path)) as person:
        before = termios.tcgetattr(person.master)
        person.until("New to you: Owl neck. Press space when ready.")
        person.type(" ")
        person.until("Hold")
        person.type(" ")
        person.until("Paused")
        person.type("\n")
        person.until("Going on")
        person.until("Switch to the right side")
        person.until("New to you: Sphinx pose.")
        person.type(" ")
        person.until("How sore are you now?", 20)
        person.type("3")
        person.until("Done: ")
        assert person.wait() == 0
        assert "\x1b" not in person.said, "no cursor movement"
        assert termios.tcgetattr(person.master) == before, "the terminal is as it was"
    (session,) = sessions(tmp_path)
    assert session["completed"] is True
    assert session["feel"] == [None, 3]
    assert session["sides"]["left"] == pytest.approx(session["sides"]["right"], abs=1.01)
    assert list(tmp_path.glob("run-*")) == []
    with terminal(words, environment(tmp_path)) as person:
        person.until("Hold")  # the words are known by now, and nothing waits
        person.type("q")
        person.until("End here?")
        person.type("y")
        person.until("How sore are you now?")
        person.type("\n")
        assert person.wait() == 0
    assert len(sessions(tmp_path)) == 2


@story
def without_anybody_at_the_keys_it_just_runs(tmp_path: Path) -> None:
    plain = ("play", "--file")
    closed = ("sh", "-c", 'exec "$@" <&-', "sh")
    runs = {
        name: subprocess.Popen(
            [*prefix, *command(*plain, world(tmp_path / name, ONE))],
            env=environment(tmp_path / name),
            stdin=given,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for name, prefix, given in (
            ("closed", closed, None),
            ("empty", (), subprocess.DEVNULL),
            ("pipe", (), subprocess.PIPE),
        )
    }
    steered = runs["pipe"]
    assert steered.stdin is not None
    steered.stdin.write(" \n")
    steered.stdin.close()
    steered.stdin = None
    for name, process in runs.items():
        said, complaint = process.communicate()
        assert (process.returncode, complaint) == (0, ""), name
        assert "Done: " in said
        assert ("Paused" in said) == (name == "pipe"), "a pause that nobody can end is ended"
        (session,) = sessions(tmp_path / name)
        assert session["completed"] is True


@story
def a_reader_that_goes_away_ends_the_session_quietly(tmp_path: Path) -> None:
    routine = world(tmp_path, TINY)
    line = f"'{command('x')[0]}' -m stretch_tui play --json --file '{routine}' | head -1"
    done = subprocess.run(
        ["sh", "-c", line], env=environment(tmp_path), capture_output=True, text=True, check=False
    )
    assert done.stdout.count("\n") == 1
    assert "Traceback" not in done.stderr
    (session,) = sessions(tmp_path)
    assert session["completed"] is False
    assert list(tmp_path.glob("run-*")) == []


@story
def a_signal_leaves_the_session_to_be_taken_up(tmp_path: Path) -> None:
    numbers = (signal.SIGTERM, signal.SIGHUP)
    started = [begin(tmp_path / str(n), "--file", world(tmp_path / str(n))) for n in numbers]
    for number, heard in zip(numbers, started, strict=True):
        folder = tmp_path / str(number)
        heard.until("hold")
        heard.listen(0.5)
        at = time.monotonic()
        heard.process.send_signal(number)
        assert heard.process.wait(5) == 128 + number
        assert asked(folder, "status")["resume"]["stretch"] == "owl-neck"
        assert sessions(folder) == []
        again = begin(folder, "--resume")
        again.until("resume")
        resumed = again.events[0][1]
        assert resumed["event"] == "resume"
        assert resumed["at"] == pytest.approx(heard.position(at), abs=1.5)
        again.process.kill()
        again.process.wait()


@story
def ctrl_c_ends_and_keeps_what_was_done(tmp_path: Path) -> None:
    routine = world(tmp_path)
    heard = begin(tmp_path, "--file", routine)
    heard.until("hold")
    heard.listen(1.5)
    heard.process.send_signal(signal.SIGINT)
    assert heard.process.wait(5) == 130
    (session,) = sessions(tmp_path)
    assert session["completed"] is False
    assert session["seconds"] > 0
    assert asked(tmp_path, "status")["resume"] is None


@story
def a_stopped_process_does_not_stretch(tmp_path: Path) -> None:
    routine = world(tmp_path, TINY)
    heard = begin(tmp_path, "--file", routine)
    heard.until("hold")
    heard.process.send_signal(signal.SIGSTOP)
    time.sleep(5.5)
    heard.process.send_signal(signal.SIGCONT)
    heard.until("resume")
    heard.listen(1.0)
    heard.process.send_signal(signal.SIGINT)
    while heard.listen(1.0):
        pass
    assert heard.process.wait(5) == 130
    kinds = [event["event"] for _, event in heard.events]
    assert "pause" in kinds
    assert kinds[kinds.index("pause") + 1] == "resume", "nobody can press a key, so it goes on"
    (session,) = sessions(tmp_path)
    assert session["seconds"] <= 4.0


@story
def a_pipe_steers_with_letters(tmp_path: Path) -> None:
    routine = world(tmp_path)
    heard = begin(tmp_path, "--file", routine, keys=True)
    heard.until("hold")
    assert heard.process.stdin is not None
    heard.process.stdin.write(b"n\n")
    heard.process.stdin.flush()
    heard.until("rest")
    assert heard.last["stretch"] == "sphinx-pose"
    heard.process.stdin.write(b"q\n")
    heard.process.stdin.flush()
    heard.until("ended")
    assert heard.process.wait(5) == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("play", "--plain", "owl-nekc"), "did you mean 'owl-neck'?"),
        (("play", "--plain", "--file", "/nowhere/x.toml"), "/nowhere/x.toml"),
        (("play", "--plain", "--file", "/dev/zero"), "/dev/zero"),
    ],
)
def test_what_cannot_be_played_is_said_in_words(
    tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    done = subprocess.run(
        command(*words), env=environment(tmp_path), capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_nothing_to_go_on_with(tmp_path: Path) -> None:
    done = subprocess.run(
        command("play", "--plain", "--resume"),
        env=environment(tmp_path),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert "nothing to go on with" in done.stderr


def test_a_dumb_terminal_gets_lines(tmp_path: Path) -> None:
    routine = world(tmp_path)
    words = command("play", "--file", routine)
    with terminal(words, environment(tmp_path, TERM="dumb")) as person:
        person.until("Get ready, 1 second")
        assert "\x1b" not in person.said
        os.kill(person.pid, signal.SIGTERM)
        assert person.wait() == 128 + signal.SIGTERM


@pytest.mark.parametrize("name", [tell.__name__ for tell in STORIES])
def test_the_story_of(name: str, told: Mapping[str, Future[None]]) -> None:
    told[name].result()
