"""What the log costs the start of the app, in a real terminal, run by hand.

    python tests/bench/bench_start.py [--runs 9]

Programs take turns: the app without a log, and with logs of one session a day. `list` is the time
until the list is on the screen, `week` until the streak is too, which takes the whole log, and
`cpu` what was computed by the time that all is quiet, and for leaving. Target: with ten years,
3,650 sessions, the list and the CPU at most 15 % over none.
"""

from __future__ import annotations

import argparse
import os
import signal
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from bench_screen import Program
from biglog import write

COUNTS = (0, 100, 3_650, 36_500)
LIST, WEEK = b"Desk reset", b"streak"
"""What is on the screen once the list is there, and once the log was summed up."""
WIDEST = {"list": 1.15, "cpu": 1.15}
"""Times the start without a log, at 3,650 sessions."""


def measure(env: dict[str, str], *, week: bool) -> dict[str, float]:
    """Start the app, wait until all is quiet, end it."""
    program = Program([sys.executable, "-m", "stretch_tui"], env, (120, 40))
    taken: dict[str, float] = {}
    seen = b""
    while "list" not in taken or (week and "week" not in taken):
        said = program.read(10.0)
        if not said:
            raise SystemExit(f"the app has not drawn what was awaited: {seen[-500:]!r}")
        seen += said
        for name, sign in (("list", LIST), ("week", WEEK)):
            if name not in taken and sign in seen:
                taken[name] = time.perf_counter() - program.began
    program.until_quiet(1.2)
    os.kill(program.pid, signal.SIGTERM)
    while True:
        pid, _, used = os.wait4(program.pid, os.WNOHANG)
        if pid:
            break
        program.read(0.01)
    os.close(program.master)
    return taken | {"cpu": used.ru_utime + used.ru_stime}


def main() -> None:
    """Print medians and their ratios to the start without a log."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=9)
    runs = parser.parse_args().runs
    found: dict[int, list[dict[str, float]]] = {count: [] for count in COUNTS}
    with tempfile.TemporaryDirectory() as folder:
        env = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
        env |= {"TERM": "xterm-256color", "LC_ALL": "C.UTF-8"}
        env |= {"PYTHONPYCACHEPREFIX": f"{folder}/compiled"}
        for count in COUNTS:
            (Path(folder) / str(count)).mkdir(mode=0o700)
            if count:
                write(Path(folder) / str(count), count, datetime.now(UTC).date())
        for number in range(runs + 1):
            for count in COUNTS:
                own = env | {"STRETCH_TUI_DATA_DIR": str(Path(folder) / str(count))}
                taken = measure(own, week=bool(count))
                if number:  # the first run compiles
                    found[count].append(taken)
    for what in ("list", "week", "cpu"):
        base = statistics.median(one.get(what, one["list"]) for one in found[0])
        for count in COUNTS:
            middle = statistics.median(one.get(what, one["list"]) for one in found[count])
            most = WIDEST.get(what) if count == 3_650 else None
            words = f"{middle * 1000:7.0f} ms {middle / base:6.2f} x"
            allowed = f"   (at most {most:.2f} x)" if most else ""
            print(f"{what:5} {count:6,} sessions {words}{allowed}")


if __name__ == "__main__":
    main()
