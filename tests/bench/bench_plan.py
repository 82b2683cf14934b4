"""How long a routine made to measure takes to find, on the shipped catalog and on 1,000 stretches.

    python tests/bench/bench_plan.py

Processor milliseconds for each wish of 3 to 30 minutes (three seeds, at a desk, for two regions),
the least of three runs. "Cold" measures each dose for the first time, as the command line does.
Beside them the time of 100,000 additions here, to compare machines by. The 1,000 stretches are once
of doses that are often alike, as published ones are, and once no two alike, which is worse.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from stretch_tui.core.content.dose import Dose, Range, Sides
from stretch_tui.core.content.stretch import Level, Phase, Position, Region, Stretch
from stretch_tui.core.planner import servings
from stretch_tui.core.planner.plan import make_routine
from stretch_tui.core.planner.wish import Wish
from stretch_tui.core.session import expansion
from stretch_tui.core.settings import Settings
from stretch_tui.storage.content.catalog_files import load_catalog

MINUTES = range(3, 31, 3)


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


def varied() -> Mapping[str, Stretch]:
    """The same with doses of which hardly two are alike."""
    dice = random.Random(2)
    found = {}
    for name, one in thousand().items():
        low, reps, breaths = dice.randint(5, 60), dice.randint(2, 9), dice.randint(1, 5)
        dose = replace(
            one.dose,
            hold_seconds=Range(low, low + dice.choice([0, 0, 5, 10, 15, 30])),
            reps=dice.choice([None, None, Range(reps, reps + dice.choice([0, 2, 5]))]),
            rounds=dice.choice([None, None, None, Range(2, 3)]),
        )
        if dice.random() < 1 / 3:
            dose = replace(dose, hold_seconds=None, breaths=Range(breaths, breaths + 3))
        found[name] = replace(one, dose=dose)
    return found


def wishes() -> list[Wish]:
    """What is asked for, one after the other."""
    plain = [Wish(minutes, seed=seed) for minutes in MINUTES for seed in range(3)]
    desk = [Wish(minutes, at_desk=True, seed=minutes) for minutes in MINUTES]
    two = (Region.NECK, Region.CHEST)
    return plain + desk + [Wish(minutes, regions=two, seed=minutes) for minutes in MINUTES]


def least(work: Callable[[], object], runs: int, before: Callable[[], object]) -> float:
    """The least processor milliseconds of several runs."""
    times = []
    for _ in range(runs):
        before()
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times) * 1_000


def forget() -> None:
    """Forget every dose that was measured."""
    expansion._laid_out.cache_clear()
    servings._measured.cache_clear()
    servings._served.cache_clear()


def main() -> None:
    """Print a table."""
    unit = least(lambda: sum(n + 1 for n in range(100_000)), 5, lambda: None)
    print(f"100,000 additions: {unit:.1f} ms")
    print(f"{'catalog':>16} {'':>5} {'median ms':>10} {'worst ms':>9} {'worst gap s':>12}")
    shipped = load_catalog().catalog.stretches
    for label, known in (("shipped", shipped), ("1,000", thousand()), ("1,000 varied", varied())):
        for heat, before in (("cold", forget), ("warm", int)):
            times, gap = [], 0.0
            for wish in wishes():
                plan = make_routine(known, Settings(), wish)
                gap = max(gap, plan.gap)
                times.append(
                    least(lambda k=known, w=wish: make_routine(k, Settings(), w), 3, before)
                )
            middle = statistics.median(times)
            print(f"{label:>16} {heat:>5} {middle:>10.1f} {max(times):>9.1f} {gap:>12.1f}")


if __name__ == "__main__":
    main()
