"""Writers for the tests: they make mixed changes to one log and say what was acknowledged."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from tests.storage.samples import log_in, session


def write_mixed(folder: Path, name: str, count: int, say: Callable[[str], object]) -> None:
    """So many additions, with edits, deletions and favorites that are undone in between.

    Says `+ uid` and `- uid` after an addition and a deletion returned, `? uid` before the latter.
    """
    log = log_in(folder, lock_seconds=120.0)
    for number in range(count):
        uid = f"{name}-{number}"
        log.add(session(uid, day=number % 300, note="x" * (number * 37 % 400)))
        say(f"+ {uid}\n")
        if number % 5 == 1:
            log.edit(replace(session(uid), note="changed"))
        if number % 5 == 3:
            say(f"? {name}-{number - 1}\n")
            log.delete(f"{name}-{number - 1}")
            say(f"- {name}-{number - 1}\n")
        if number % 7 == 2:
            log.set_favorite(f"{name}-{number}", True)
            log.set_favorite(f"{name}-{number}", False)


@dataclass
class Acknowledged:
    """What writers were told is saved."""

    added: set[str] = field(default_factory=set)
    deleting: set[str] = field(default_factory=set)
    deleted: set[str] = field(default_factory=set)

    def take(self, said: str) -> None:
        """Add what a writer said; a last line that was cut off counts for nothing."""
        kinds = {"+": self.added, "?": self.deleting, "-": self.deleted}
        for line in said.splitlines(keepends=True):
            if line.endswith("\n"):
                kinds[line[0]].add(line[2:-1])

    def check(self, found: set[str]) -> None:
        """Every acknowledged record is there, and no deleted one is."""
        assert self.added - self.deleting <= found
        assert not self.deleted & found


def start(folder: Path, name: str, count: int) -> subprocess.Popen[str]:
    """A process of its own that writes."""
    words = [sys.executable, "-m", "tests.storage.writers", str(folder), name, str(count)]
    root = Path(__file__).parents[2]
    return subprocess.Popen(words, stdout=subprocess.PIPE, text=True, cwd=root)


def fork_writer(folder: Path, name: str) -> tuple[int, int]:
    """A forked writer that writes until it is killed: its process, and the pipe of what it says."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        try:
            write_mixed(folder, name, 10_000, lambda text: os.write(writing, text.encode()))
        finally:
            os._exit(1)  # only reached when a write failed: nothing may run twice
    os.close(writing)
    return child, reading


def fork_and_kill(folder: Path, name: str, acknowledged: int, seconds: float) -> str:
    """Let a forked writer say so much, kill it some seconds later; return all that it said.

    Counting from what was said, a busy machine cannot turn the trial into a kill of nothing.
    """
    child, reading = fork_writer(folder, name)
    with os.fdopen(reading, "rb", buffering=0) as pipe:
        said = b""
        while said.count(b"\n") < acknowledged:
            more = pipe.read(4096)
            assert more, "the writer gave up by itself"
            said += more
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        while more := pipe.read(65536):
            said += more
    return said.decode()


def stop(child: int) -> None:
    """Stop a writer, and wait until it stands still."""
    os.kill(child, signal.SIGSTOP)
    os.waitpid(child, os.WUNTRACED)


if __name__ == "__main__":
    write_mixed(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), sys.stdout.write)
