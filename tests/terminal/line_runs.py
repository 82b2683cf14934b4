"""Real processes that play in line mode, and what they leave on disk."""

from __future__ import annotations

import json
import os
import pty
import select
import signal
import subprocess
import sys
import termios
import time
from codecs import getincrementaldecoder
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

SHORT = """\
name = "Two short holds"
rest_seconds = 1
[[steps]]
stretch = "owl-neck"
dose = {hold_seconds = 5, sides = "each"}
[[steps]]
stretch = "sphinx-pose"
dose = {hold_seconds = 5}
"""
TINY = SHORT.replace("hold_seconds = 5", "hold_seconds = 1").replace(
    "rest_seconds = 1", "rest_seconds = 0"
)
ONE = TINY[: TINY.rindex("[[steps]]")]
QUICK = "get_ready_seconds = 1\nswitch_seconds = 1\nmove_seconds = 1\n"


def world(folder: Path, routine_text: str = SHORT) -> Path:
    """A data folder with quick settings and a short routine file, whose path is returned."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "config.toml").write_text(QUICK)
    routine = folder / "short.toml"
    routine.write_text(routine_text)
    return routine


def command(*words: str | Path) -> list[str]:
    return [sys.executable, "-m", "stretch_tui", *map(str, words)]


def environment(folder: Path, **more: str) -> Mapping[str, str]:
    return {**os.environ, "STRETCH_TUI_DATA_DIR": str(folder), "TERM": "xterm", **more}


def asked(folder: Path, *words: str) -> dict[str, Any]:
    """What a reading command says in JSON."""
    done = subprocess.run(
        command(*words, "--json"),
        env=environment(folder),
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def sessions(folder: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = asked(folder, "history")["sessions"]
    return found


@dataclass
class Heard:
    """The events of one process, with the time at which each was heard."""

    process: subprocess.Popen[bytes]
    events: list[tuple[float, dict[str, Any]]] = field(default_factory=list)
    rest: bytes = b""

    @property
    def last(self) -> dict[str, Any]:
        return self.events[-1][1]

    def listen(self, seconds: float) -> bool:
        """Take what is said within the time; False once the process says no more."""
        assert self.process.stdout is not None
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            if select.select([self.process.stdout], [], [], left)[0]:
                data = os.read(self.process.stdout.fileno(), 65536)
                *whole, self.rest = (self.rest + data).split(b"\n")
                now = time.monotonic()
                self.events += [(now, json.loads(line)) for line in whole]
                if not data:
                    return False
        return True

    def until(self, event: str, seconds: float = 20.0) -> None:
        """Take what is said until the event has come."""
        end = time.monotonic() + seconds
        while event not in (known["event"] for _, known in self.events):
            assert self.listen(0.02), f"ended without {event!r}"
            assert time.monotonic() < end, f"{event!r} never came"

    def position(self, at: float) -> float:
        """Where the session stood at a time, by what it said before."""
        # Its first words may have been read only after that time: they are the nearest then.
        before = (pair for pair in reversed(self.events) if pair[0] <= at)
        heard, event = next(before, self.events[0])
        if event["event"] in ("done", "ended", "pause"):
            return float(event["at"])
        return float(event["at"]) + at - heard


def begin(folder: Path, *words: str | Path, keys: bool = False) -> Heard:
    """Start a session that speaks JSON; without keys its stdin is closed."""
    return Heard(
        subprocess.Popen(
            command("play", "--json", *words),
            env=environment(folder),
            stdin=subprocess.PIPE if keys else subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
    )


class Terminal:
    """A program in a terminal of its own, in a session of its own."""

    def __init__(self, words: Sequence[str], env: Mapping[str, str]) -> None:
        self.pid, self.master = pty.fork()
        if self.pid == 0:
            try:
                os.execve(words[0], list(words), dict(env))
            finally:
                os._exit(127)
        self.said = ""
        self._decode = getincrementaldecoder("utf-8")("replace").decode
        self.status: int | None = None

    def until(self, text: str, seconds: float = 15.0) -> str:
        """Read until the text has been said; returns all that was said."""
        end = time.monotonic() + seconds
        while text not in self.said:
            left = end - time.monotonic()
            assert left > 0, f"{text!r} was never said: {self.said[-2000:]!r}"
            if select.select([self.master], [], [], left)[0]:
                assert self._read(), f"ended without {text!r}: {self.said[-2000:]!r}"
        return self.said

    def hear(self, seconds: float) -> None:
        """Read whatever is said within the time."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            if select.select([self.master], [], [], left)[0]:
                assert self._read(), f"ended: {self.said[-2000:]!r}"

    def _read(self) -> bool:
        """Take what has been said; False when nobody is left to say anything."""
        try:
            data = os.read(self.master, 65536)
        except OSError:
            return False
        self.said += self._decode(data)
        return bool(data)

    def resize(self, columns: int, rows: int) -> None:
        termios.tcsetwinsize(self.master, (rows, columns))

    def hang_up(self) -> None:
        """The other side of the terminal goes away."""
        os.close(self.master)
        self.master = -1

    def wait_unread(self, seconds: float) -> int:
        """The exit code, with nobody reading what is said."""
        end = time.monotonic() + seconds
        while self.status is None:
            assert time.monotonic() < end, "still running"
            ended, status = os.waitpid(self.pid, os.WNOHANG)
            if ended:
                self.status = os.waitstatus_to_exitcode(status)
            time.sleep(0.05)
        return self.status

    def type(self, keys: str) -> None:
        os.write(self.master, keys.encode())

    def wait(self, seconds: float = 15.0) -> int:
        """The exit code once it has ended, minus the signal that killed it."""
        if self.master < 0:
            return self.wait_unread(seconds)
        end = time.monotonic() + seconds
        while self.status is None:
            assert time.monotonic() < end, f"still running: {self.said[-2000:]!r}"
            if select.select([self.master], [], [], 0.05)[0] and not self._read():
                time.sleep(0.05)
            ended, status = os.waitpid(self.pid, os.WNOHANG)
            if ended:
                self.status = os.waitstatus_to_exitcode(status)
        while select.select([self.master], [], [], 0)[0] and self._read():
            pass  # its last words
        return self.status


@contextmanager
def terminal(words: Sequence[str], env: Mapping[str, str]) -> Iterator[Terminal]:
    """A program in a terminal; killed and closed in the end."""
    opened = Terminal(words, env)
    try:
        yield opened
    finally:
        if opened.status is None:
            os.kill(opened.pid, signal.SIGKILL)
            os.waitpid(opened.pid, 0)
        if opened.master >= 0:
            os.close(opened.master)
