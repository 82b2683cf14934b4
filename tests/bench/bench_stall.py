"""How long saving holds up what the app draws, with a long log, run by hand.

    python tests/bench/bench_stall.py [SESSIONS]

The real app on a log of ten sessions and of so many; five changes are saved on each of two
screens, which both read the log again after each. The stall is how late a timer of 1 ms comes at
worst; the least of five trials, since other programs stall it too. Target: at most 20 ms.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "ui"))

from bench_store import log_of, sessions
from ui_world import world

from stretch_tui.core.log.logbook import Session
from stretch_tui.storage.log.tiny_logbook import TinyLogbook
from stretch_tui.storage.paths import Paths
from stretch_tui.ui.app import StretchApp
from stretch_tui.ui.messages import Remember
from stretch_tui.ui.terminal.environment import prepare_interpreter

TRIALS, CHANGES = 5, 5


async def worst_stall(paths: Paths, session: Session, *, progress: bool) -> float:
    """How late the timer comes at worst while changes are saved, in seconds."""
    now = session.started + timedelta(hours=1)
    services = replace(world(logbook=TinyLogbook(paths)), now=lambda: now)
    app = StretchApp(services, environ={})
    async with app.run_test(size=(120, 40)) as pilot:
        while not app.screen._glance.week:
            await pilot.pause(0.05)
        if progress:
            app.screen.action_progress()
        await asyncio.sleep(1.0)
        saving = asyncio.create_task(save(app, session))
        worst = 0.0
        while not saving.done():
            start = time.perf_counter()
            await asyncio.sleep(0.001)
            worst = max(worst, time.perf_counter() - start - 0.001)
    return worst


async def save(app: StretchApp, session: Session) -> None:
    """Save some sessions as the screens do, and let each be shown."""
    for _ in range(CHANGES):
        fresh = replace(session, uid=f"stall-{time.monotonic_ns()}")
        app.post_message(Remember(lambda log, one=fresh: log.add(one), "Saved."))
        await asyncio.sleep(0.5)


def main() -> None:
    """Print the stalls."""
    prepare_interpreter()
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as folder:
        for progress in (False, True):
            for number in (10, count):
                paths = Paths.find({"STRETCH_TUI_DATA_DIR": f"{folder}/{number}"})
                made = sessions(number, alike=False, last=datetime.now(UTC))
                log_of(paths, made)
                trials = [
                    asyncio.run(worst_stall(paths, made[-1], progress=progress))
                    for _ in range(TRIALS)
                ]
                name = "progress" if progress else "browse"
                print(f"{name:8} {number:6,} sessions: {min(trials) * 1000:5.1f} ms")


if __name__ == "__main__":
    main()
