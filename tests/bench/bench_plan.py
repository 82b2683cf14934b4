"""How long a routine made to measure takes to find, on the shipped catalog and on 1,000 stretches.

    python tests/bench/bench_plan.py

Processor milliseconds, the least of several runs; "cold" measures each dose for the first time, as
the command line does. Beside them the time of 100,000 additions here, to compare machines by.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from stretch_tui.core.content.dose import Dose, Range, Sides
from stretch_tui.core.content.stretch import Level, Phase, Position, Region, Stretch
from stretch_tui.core.planner import servings
from stretch_tui.core.planner.plan import make_routine
from stretch_tui.core.planner.wish import Wish
from stretch_tui.core.settings import Settings
from stretch_tui.storage.content.catalog_files import load_catalog

MINUTES = (3, 5, 10, 20, 30)


def thousand() -> Mapping[str, Stretch]:
    """A catalog of 1,000 stretches of every kind, the same each time."""
    dice = random.Random(1)
    holds = [Range(low, low + more) for low in (10, 15, 20, 30, 45) for more in (0, 10, 15)]
    found = {}
    for number in range(1_000):
        name = f"stretch-{number}"
        reps = dice.choice([None, None, Range(3, 5), Range(2, 2), Range(5, 10)])
        found[name] = Stretch(
            name,
            f"Stretch {number}",
            tuple(dice.sample(list(Region), dice.randint(1, 3))),
            dice.choice(list(Position)),
            dice.choice(list(Level)),
            ("Breathe.",),
            (Phase("start", "a/start"), Phase("hold", "a/hold")),
            Dose(hold_seconds=dice.choice(holds), reps=reps, sides=dice.choice(list(Sides))),
            positions=tuple(dice.sample(list(Position), dice.randint(0, 1))),
        )
    return found


def least(work: Callable[[], object], runs: int, before: Callable[[], object]) -> float:
    """The least processor milliseconds of several runs."""
    times = []
    for _ in range(runs):
        before()
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times) * 1_000


def main() -> None:
    """Print a table."""

    def forget() -> None:
        servings._measured.cache_clear()
        servings._served.cache_clear()

    unit = least(lambda: sum(n + 1 for n in range(100_000)), 5, lambda: None)
    print(f"100,000 additions: {unit:.1f} ms")
    print(f"{'catalog':>10} {'minutes':>8} {'cold ms':>9} {'warm ms':>9} {'gap s':>6}")
    for label, known in (("shipped", load_catalog().catalog.stretches), ("1,000", thousand())):
        for minutes in MINUTES:
            wish = Wish(minutes)
            plan = make_routine(known, Settings(), wish)
            cold = least(lambda k=known, w=wish: make_routine(k, Settings(), w), 5, forget)
            warm = least(lambda k=known, w=wish: make_routine(k, Settings(), w), 5, int)
            print(f"{label:>10} {minutes:>8} {cold:>9.1f} {warm:>9.1f} {plan.gap:>6.1f}")


if __name__ == "__main__":
    main()
