"""How long the builder takes for a key, with 100 steps in the routine and 1,000 stretches to add.

    python tests/bench/bench_builder.py

Processor milliseconds a key in Textual's own test driver, from the press until nothing is left to
draw: the median of 15. The last row does nothing but move the cursor of the catalog, for scale.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "ui"))
sys.path.insert(0, str(Path(__file__).parent))

from bench_plan import thousand
from ui_world import world

from stretch_tui.core.content.catalog import Catalog
from stretch_tui.core.content.routine import Routine, Step
from stretch_tui.storage.content.routine_files import TomlRoutines
from stretch_tui.storage.paths import Paths
from stretch_tui.ui.app import StretchApp
from stretch_tui.ui.screens.builder import BuilderScreen

KEYS = (
    ("J", "move a step"),
    ("c", "copy a step"),
    ("u", "undo"),
    ("o", "order"),
    ("j", "cursor in the steps"),
    ("tab", "other pane"),
)


async def run() -> None:
    """Print a table."""
    known = thousand()
    steps = tuple(Step(name) for name in list(known)[::10])
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        store = TomlRoutines(Paths(data, data / "config.toml", data / "cache"))
        given = world(shipped=Catalog(known), routines=store)
        app = StretchApp(given, environ={})
        async with app.run_test(size=(120, 40)) as pilot:
            start = time.process_time()
            app.push_screen(BuilderScreen(given, Routine("", "Long", steps, own=True)))
            await pilot.pause()
            print(f"{'open':<24}{(time.process_time() - start) * 1000:8.1f} ms")
            await pilot.press("tab")
            for key, words in KEYS:
                print(f"{words:<24}{await median(pilot, key):8.1f} ms")
            await pilot.press("tab")
            print(f"{'cursor in the catalog':<24}{await median(pilot, 'j'):8.1f} ms")


async def median(pilot: object, key: str) -> float:
    """Milliseconds a press of the key."""
    times = []
    for _ in range(15):
        start = time.process_time()
        await pilot.press(key)  # type: ignore[attr-defined]
        await pilot.pause()  # type: ignore[attr-defined]
        times.append(time.process_time() - start)
    return statistics.median(times) * 1000


if __name__ == "__main__":
    asyncio.run(run())
