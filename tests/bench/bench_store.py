"""What the store costs with 10,000 sessions, as ratios to the least that the same bytes can cost.

    python tests/bench/bench_store.py [SESSIONS]

Medians of interleaved runs. `all alike` has sessions of a few routines, all played to the end;
`no two alike` has other seconds in every part, the worst case. Opening is compared to json.load of
the same file; adding to json.dumps of the same data and a durable write of the same bytes (fsync,
rename, fsync of the folder). The stall is how late a timer of 1 ms comes, at worst, in an event
loop while a thread opens, adds and reads, as the app's do: the least of five trials, since other
programs stall it too; beside it the same with nothing going on. For the app, `bench_stall.py`.
"""

from __future__ import annotations

import asyncio
import gc
import json
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parents[2]))

from stretch_tui.core.log.logbook import Part, Session
from stretch_tui.core.log.records import session_fields
from stretch_tui.storage.log.log_format import encode_log
from stretch_tui.storage.log.log_reader import LogReader
from stretch_tui.storage.log.log_rows import encode_row
from stretch_tui.storage.log.snapshot import Meta
from stretch_tui.storage.log.tiny_logbook import TinyLogbook
from stretch_tui.storage.paths import Paths
from stretch_tui.ui.terminal.environment import prepare_interpreter

RUNS = 9
LAST = datetime(2026, 11, 22, 21, tzinfo=UTC)


def sessions(count: int, *, alike: bool, last: datetime = LAST) -> list[Session]:
    """Sessions of seven stretches, two a day, up to the last."""
    luck = random.Random(1)
    made = []
    for number in range(count):
        held = [(30.0, 30.0) if alike else (_odd(luck), _odd(luck)) for _ in range(7)]
        parts = tuple(
            Part(f"stretch-{number % 5}-{place}", ("neck", "upper-back"), *seconds, complete=True)
            for place, seconds in enumerate(held)
        )
        started = last - timedelta(hours=12 * (count - 1 - number))
        made.append(
            Session(
                f"{number:032x}",
                started,
                60,
                started.date(),
                f"routine-{number % 5}",
                "Desk reset",
                420.0,
                parts=parts,
                feel_before=4,
                feel_after=2,
            )
        )
    return made


def _odd(luck: random.Random) -> float:
    return round(luck.uniform(1, 60), 1)


def timed(work: Callable[[], object]) -> float:
    """Seconds that the work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def durable(path: Path, data: bytes) -> None:
    """The least that makes the bytes safe."""
    temporary = path.with_name("floor.tmp")
    with temporary.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


def log_of(paths: Paths, made: list[Session]) -> TinyLogbook:
    """A log of these sessions."""
    rows = {}
    for number, session in enumerate(made, 1):
        first = {"kind": "session", "uid": session.uid, "clock": number, "device": "bench"}
        rows[number] = encode_row(number, {**first, **session_fields(session)})
    paths.data.mkdir(mode=0o700, exist_ok=True)
    meta = Meta(device="bench", clock=len(made))
    paths.history.write_bytes(encode_log(meta, {"sessions": rows}))
    return TinyLogbook(paths)


def measure(folder: Path, made: list[Session], name: str) -> None:
    """Fill a log and print its ratios."""
    paths = Paths(folder, folder / "config.toml", folder / "cache")
    log = log_of(paths, made)
    load, opened, read, floor, added, cold = [], [], [], [], [], []
    for run in range(RUNS):
        with paths.history.open(encoding="utf-8") as file:
            load.append(timed(lambda: json.load(file)))
        reader = LogReader(paths.history)
        opened.append(timed(reader.load))
        read.append(timed(reader.sessions))
        data = json.loads(paths.history.read_bytes())
        text = paths.history.read_bytes()
        floor.append(
            timed(lambda d=data, t=text: (json.dumps(d), durable(folder / "floor.json", t)))
        )
        more = [replace(made[0], uid=f"{name}-{run}-{number}") for number in range(2)]
        added.append(timed(lambda s=more[0]: log.add(s)))
        cold.append(timed(lambda s=more[1]: TinyLogbook(paths).add(s)))
    size = paths.history.stat().st_size / 1e6
    print(f"{len(made):,} sessions, {name}: {size:.1f} MB")
    row("open: file to tables", opened, "json.load", load)
    row("open and every session", [a + b for a, b in zip(opened, read, strict=True)], "", load)
    row("add", added, "json.dumps + durable write", floor)
    row("open and add, a new process", cold, "", floor)
    gc.freeze()  # what the benchmark itself holds is no part of it
    quiet = min(asyncio.run(worst_stall(lambda: time.sleep(0.5))) for _ in range(5))
    busy = min(asyncio.run(worst_stall(lambda: exercise(paths, made[0]))) for _ in range(5))
    print(f"  {'stall of the event loop':<30} {busy * 1000:6.1f} ms   (idle {quiet * 1000:.1f} ms)")


def row(what: str, took: list[float], floor: str, base: list[float]) -> None:
    """Print one ratio."""
    beside = f"   ({floor}: {median(base) * 1000:.0f} ms)" if floor else ""
    ratio = median(took) / median(base)
    print(f"  {what:<30} {median(took) * 1000:6.0f} ms  {ratio:5.2f} x{beside}")


def exercise(paths: Paths, session: Session) -> None:
    """What the app's writer does in a while."""
    log = TinyLogbook(paths)
    log.sessions()
    for number in range(5):
        log.add(replace(session, uid=f"stall-{time.monotonic_ns()}-{number}"))
        log.sessions()


async def worst_stall(work: Callable[[], object]) -> float:
    """How late a timer of 1 ms comes at worst while the work is done on a thread, in seconds."""
    task = asyncio.create_task(asyncio.to_thread(work))
    worst = 0.0
    while not task.done():
        start = time.perf_counter()
        await asyncio.sleep(0.001)
        worst = max(worst, time.perf_counter() - start - 0.001)
    await task
    return worst


def main() -> None:
    """Measure both kinds of logs."""
    prepare_interpreter()
    gc.enable()
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    for name, alike in (("all alike", True), ("no two alike", False)):
        with tempfile.TemporaryDirectory() as folder:
            measure(Path(folder), sessions(count, alike=alike), name)


if __name__ == "__main__":
    main()
