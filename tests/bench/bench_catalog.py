"""How long the catalog takes to load, with 0, 50 and 5,000 stretches of the user's own.

    python tests/bench/bench_catalog.py

Milliseconds, the least of several runs: cold parses every file, warm reads the index in the cache,
then a filter over all of it. Beside them the ratio to the run without own stretches.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from stretch_tui.core.content.filter_line import parse
from stretch_tui.core.content.search import search
from stretch_tui.storage.content.catalog_files import catalog_root, load_catalog
from stretch_tui.storage.paths import Paths

FILES = sorted(Path(str(catalog_root()), "stretches").glob("*.toml"))


def own(folder: Path, count: int) -> Paths:
    """A data folder with so many own stretches, made from the shipped ones."""
    paths = Paths(folder, folder / "config.toml", folder / "cache")
    paths.stretches.mkdir(parents=True)
    for number in range(count):
        text = FILES[number % len(FILES)].read_text()
        (paths.stretches / f"own-{number}.toml").write_text(text)
    return paths


def least(runs: int, work: Callable[[], object]) -> float:
    """The least milliseconds of some runs."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times) * 1000


def main() -> None:
    """Print one line for each number of stretches."""
    base = 0.0
    for count in (0, 50, 5_000):
        with tempfile.TemporaryDirectory() as name:
            paths = own(Path(name), count)
            cold = least(1, lambda where=paths: load_catalog(where))
            warm = least(7, lambda where=paths: load_catalog(where))
            catalog = load_catalog(paths).catalog
            line = parse("neck eag no-floor")
            found = least(5, lambda of=catalog, w=line: search(of, w, seconds=lambda _: 0))
        base = base or warm
        print(f"{count:>5} own: cold {cold:7.1f}  warm {warm:6.1f} ({warm - base:+.1f})  "
              f"filter {found:5.1f}")  # fmt: skip


if __name__ == "__main__":
    main()
