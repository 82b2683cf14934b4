"""How long the progress screen takes with a log of any length: run by hand.

`python tests/bench/bench_progress.py`; target: with 36,500 sessions ready within 1.5 times of 100.
From the key to the streak, the year and the list drawn; the log is read before, as the first
screen does. Runs are interleaved.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "ui"))

from biglog import write
from ui_world import world

from stretch_tui.storage.log.tiny_logbook import TinyLogbook
from stretch_tui.storage.paths import Paths
from stretch_tui.ui.app import StretchApp
from stretch_tui.ui.screens.progress import ProgressScreen
from stretch_tui.ui.services import Services
from stretch_tui.ui.widgets.session_list import SessionList

NOW = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)


async def ready_seconds(services: Services) -> float:
    """From the key until everything is drawn."""
    app = StretchApp(services, environ={})
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        while not app.screen._glance.week:  # the first screen has read and summed the log
            await pilot.pause(0.05)
        start = time.perf_counter()
        app.screen.action_progress()
        while True:
            await asyncio.sleep(0)
            screen = app.screen
            if isinstance(screen, ProgressScreen) and screen.is_mounted:
                rows = screen.query(SessionList)
                if rows and rows.first().session is not None and rows.first().size.height:
                    await pilot.pause()
                    return time.perf_counter() - start


def main(runs: int = 12) -> None:
    """Print medians and ratios."""
    counts = (100, 3_650, 36_500)
    times: dict[int, list[float]] = {count: [] for count in counts}
    with tempfile.TemporaryDirectory() as folder:
        for count in counts:
            write(Path(folder) / str(count), count, NOW.date(), each_day=4)
        for _ in range(runs):
            for count in counts:
                paths = Paths.find({"STRETCH_TUI_DATA_DIR": str(Path(folder) / str(count))})
                services = replace(world(logbook=TinyLogbook(paths)), now=lambda: NOW)
                times[count].append(asyncio.run(ready_seconds(services)))
    base = statistics.median(times[100])
    for count, found in times.items():
        median = statistics.median(found)
        print(f"{count:6} sessions  {median * 1000:6.1f} ms  {median / base:4.2f} x")


if __name__ == "__main__":
    main()
