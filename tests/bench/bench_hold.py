"""How exactly a real hold of 60 s ends, on the real clock, run by hand (about 80 s).

    python tests/bench/bench_hold.py [--seconds 60]

The program plays one hold in terminals of its own, full screen and line by line; what is timed is
what reaches the terminal, from the bell (or line) that begins the hold to the one that ends it.
"""

from __future__ import annotations

import argparse
import json
import os
import pty
import select
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bench_player import CONFIG, SEEN

ALLOWED_SECONDS = 0.05
PATIENCE_SECONDS = 30
ROUTINE = 'name = "Bench hold"\n[[steps]]\nstretch = "sphinx-pose"\ndose = {{hold_seconds = {}}}\n'
FAR = {"SSH_CONNECTION": "10.0.0.1 1 10.0.0.2 22"}


def prepare(folder: Path, seconds: int) -> Path:
    """A data folder in which nothing has to be read first, and the routine's file."""
    (folder / "config.toml").write_text(CONFIG)
    routine = folder / "hold.toml"
    routine.write_text(ROUTINE.format(seconds))
    known = ("red-flags", "sphinx-pose")
    subprocess.run([sys.executable, "-c", SEEN, str(folder), *known], check=True)
    return routine


def environment(folder: Path, more: Mapping[str, str]) -> dict[str, str]:
    """The program's variables."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("SSH_", "TMUX", "STY"))}
    own = {"STRETCH_TUI_DATA_DIR": str(folder), "TERM": "xterm-256color", "LC_ALL": "C.UTF-8"}
    return {**kept, **own, **more}


def terminal(folder: Path, seconds: int, more: Mapping[str, str], *words: str) -> float:
    """Seconds between the bells that begin and end the hold, in a terminal."""
    routine = prepare(folder, seconds)
    variables = environment(folder, more)
    command = [sys.executable, "-m", "stretch_tui", "play", *words, "--file", str(routine)]
    pid, master = pty.fork()
    if pid == 0:
        os.execve(command[0], command, variables)
    bells: list[float] = []
    end = time.monotonic() + seconds + PATIENCE_SECONDS
    try:
        while time.monotonic() < end:
            if not select.select([master], [], [], 0.1)[0]:
                continue
            data = os.read(master, 65536)
            # A bell also ends some of the sequences that set a terminal up: none comes later.
            if b"\a" in data and b"\x1b]" not in data:
                bells.append(time.monotonic())
            if bells and bells[-1] - bells[0] > seconds - 1:
                return bells[-1] - bells[0]
    finally:
        os.kill(pid, 9)
        os.waitpid(pid, 0)
        os.close(master)
    raise SystemExit(f"no bell came at the end: {bells}")


def piped(folder: Path, seconds: int) -> float:
    """Seconds between the events that begin and end the hold, in a pipe."""
    routine = prepare(folder, seconds)
    process = subprocess.Popen(
        [sys.executable, "-m", "stretch_tui", "play", "--json", "--file", str(routine)],
        env=environment(folder, {}),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
    )
    heard: dict[str, float] = {}
    assert process.stdout is not None
    for line in process.stdout:
        heard[json.loads(line)["event"]] = time.monotonic()
    return heard["done"] - heard["hold"]


def main() -> None:
    """Play them all at once, and tell how far each was off."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=int, default=60)
    seconds = max(20, parser.parse_args().seconds)  # shorter ones have fewer bells
    cases: dict[str, Callable[[Path], float]] = {
        "full screen": lambda folder: terminal(folder, seconds, {}),
        "full screen, far": lambda folder: terminal(folder, seconds, FAR),
        "line mode": lambda folder: terminal(folder, seconds, {}, "--plain"),
        "line mode, events": lambda folder: piped(folder, seconds),
    }
    print(f"{f'a hold of {seconds} s':24}{'took, s':>10}{'off, ms':>10}{'of allowed':>12}")
    with tempfile.TemporaryDirectory() as name, ThreadPoolExecutor() as pool:
        running = {}
        for number, (what, play) in enumerate(cases.items()):
            folder = Path(name) / str(number)
            folder.mkdir()
            running[what] = pool.submit(play, folder)
        for what, found in running.items():
            took = found.result()
            off = took - seconds
            print(f"{what:24}{took:10.3f}{1000 * off:10.1f}{abs(off) / ALLOWED_SECONDS:12.2f}")


if __name__ == "__main__":
    main()
