"""How long a prompt waits for `status`: run by hand, `python tests/bench/bench_status.py`.

Target: at most 3 times `python -c 'import json, argparse'` plus reading the file with json.load,
with 3,650 sessions. Runs are interleaved, so that a busy machine slows all alike.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from biglog import write

BASE = "import json, argparse"
READ = "import json, argparse, sys; json.load(open(sys.argv[1], 'rb'))"


def main(runs: int = 25) -> None:
    """Print medians and ratios."""
    with tempfile.TemporaryDirectory() as folder:
        path = write(Path(folder), 3_650, datetime.now(UTC).date())
        settled = write(Path(folder) / "settled", 3_650, datetime.now(UTC).date()).parent
        (settled / "config.toml").write_text('zone = "Europe/Berlin"\n')
        program = [sys.executable, "-m", "stretch_tui"]
        commands = {
            "base": [sys.executable, "-c", BASE],
            "base + reading": [sys.executable, "-c", READ, str(path)],
            "status": [*program, "status"],
            "status --json": [*program, "status", "--json"],
            "due": [*program, "due"],
            "zone in config": [*program, "status", "--data-dir", str(settled)],
        }
        times: dict[str, list[float]] = {name: [] for name in commands}
        environ = {**os.environ, "STRETCH_TUI_DATA_DIR": folder}
        for _ in range(runs):
            for name, command in commands.items():
                start = time.perf_counter()
                subprocess.run(command, env=environ, stdout=subprocess.DEVNULL, check=False)
                times[name].append(time.perf_counter() - start)
        base = statistics.median(times["base"])
        reading = statistics.median(times["base + reading"]) - base
        allowed = 3 * base + reading
        print(f"{path.stat().st_size / 1e6:.1f} MB; allowed {allowed * 1000:.0f} ms")
        for name, found in times.items():
            median = statistics.median(found)
            print(
                f"{name:16} {median * 1000:6.1f} ms  {median / base:5.2f} x base"
                f"  {median / allowed:5.2f} of what is allowed"
            )


if __name__ == "__main__":
    main()
