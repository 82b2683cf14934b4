"""Bytes a second and share of a core of the player in a real terminal, run by hand.

    python tests/bench/bench_player.py [--seconds 20] [--size 80x24]

Each line names what is played, how far away the terminal is, whether unchanged cells are left out
(the shadow), and how the result compares to what the design allows.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import pty
import select
import struct
import sys
import tempfile
import termios
import time
from dataclasses import dataclass
from pathlib import Path

CONFIG = "get_ready_seconds = 1\nmove_seconds = 3\n"
ROUTINES = {
    "still": '[[steps]]\nstretch = "owl-neck"\ndose = {hold_seconds = 95, sides = "each"}\n',
    "breath": '[[steps]]\nstretch = "sphinx-pose"\ndose = {breaths = 50}\n',
    "moving": '[[steps]]\nstretch = "shoulder-roll"\ndose = {reps = 100}\n',
}
ALLOWED = {"still": (500, 200), "breath": (1000, 500), "moving": (10_000, 5_000)}
"""Bytes a second without and with the shadow; breath has no figure of its own in the design."""

WARM_UP_SECONDS = 13
"""By then the stretch has begun, and the flash that says so is over."""

PLAIN = """
import sys
from stretch_tui.ui.terminal import shadow
shadow.Shadow.wrap = lambda self, renderable, size: renderable
from stretch_tui.cli.main import main
sys.exit(main())
"""
SEEN = """
import sys
from stretch_tui.storage.paths import Paths
from stretch_tui.storage.log.tiny_logbook import TinyLogbook
log = TinyLogbook(Paths.find({"STRETCH_TUI_DATA_DIR": sys.argv[1]}))
for one in sys.argv[2:]:
    log.mark_seen(one)
"""


@dataclass(frozen=True, slots=True)
class Case:
    """One thing to measure."""

    what: str
    remote: bool
    shadow: bool
    size: tuple[int, int]

    def environment(self, folder: Path) -> dict[str, str]:
        """The program's variables."""
        kept = {
            k: v for k, v in os.environ.items() if not k.startswith(("SSH_", "TMUX", "COLORTERM"))
        }
        found = {
            **kept,
            "STRETCH_TUI_DATA_DIR": str(folder),
            "TERM": "xterm-256color",
            "LC_ALL": "C.UTF-8",
        }
        if self.remote:  # ssh forwards TERM, but rarely COLORTERM
            return {**found, "SSH_CONNECTION": "10.0.0.1 1 10.0.0.2 22"}
        return {**found, "COLORTERM": "truecolor"}


def prepare(folder: Path, what: str) -> Path:
    """A data folder in which nothing has to be read first, and the routine's file."""
    from subprocess import run

    (folder / "config.toml").write_text(CONFIG)
    routine = folder / f"{what}.toml"
    routine.write_text(f'name = "Bench {what}"\n{ROUTINES[what]}')
    known = ("red-flags", "owl-neck", "sphinx-pose", "shoulder-roll")
    run([sys.executable, "-c", SEEN, str(folder), *known], check=True)
    return routine


def measure(case: Case, seconds: float) -> tuple[float, float]:
    """Bytes a second and percent of a core, once the stretch has begun."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        routine = prepare(folder, case.what)
        start = ["-m", "stretch_tui"] if case.shadow else ["-c", PLAIN]
        words = [sys.executable, *start, "play", "--file", str(routine)]
        pid, master = pty.fork()
        if pid == 0:
            os.execve(words[0], words, case.environment(folder))
        fcntl.ioctl(master, termios.TIOCSWINSZ, struct.pack("HHHH", *case.size[::-1], 0, 0))
        try:
            drain(master, WARM_UP_SECONDS)
            begun, used = time.monotonic(), cpu_seconds(pid)
            sent = drain(master, seconds)
            took = time.monotonic() - begun
            return sent / took, 100 * (cpu_seconds(pid) - used) / took
        finally:
            os.kill(pid, 9)
            os.waitpid(pid, 0)
            os.close(master)


def drain(master: int, seconds: float) -> int:
    """Read for so long; how many bytes came."""
    end, count = time.monotonic() + seconds, 0
    while (left := end - time.monotonic()) > 0:
        if select.select([master], [], [], left)[0]:
            count += len(os.read(master, 65536))
    return count


def cpu_seconds(pid: int) -> float:
    """User and system time of the process so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main() -> None:
    """Measure every case, one after the other."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--size", default="80x24")
    parser.add_argument("--only", nargs="*", choices=ROUTINES)
    asked = parser.parse_args()
    columns, rows = map(int, asked.size.split("x"))
    print(f"{'':28}{'B/s':>8}{'of allowed':>12}{'core %':>8}")
    for what in asked.only or ROUTINES:
        for remote in (False, True):
            for shadow in (True, False):
                case = Case(what, remote, shadow, (columns, rows))
                rate, share = measure(case, asked.seconds)
                place = "far" if remote else "near"
                name = f"{what} {place}{'' if shadow else ', no shadow'}"
                allowed = ALLOWED[what][shadow]
                print(f"{name:28}{rate:8.0f}{rate / allowed:12.2f}{share:8.1f}", flush=True)


if __name__ == "__main__":
    main()
