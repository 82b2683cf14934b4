"""A log of any length, written in the store's own form: for benchmarks run by hand."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from stretch_tui.core.log.logbook import Ending, Part, Session
from stretch_tui.core.log.records import session_fields
from stretch_tui.storage.log.log_format import encode_log
from stretch_tui.storage.log.log_rows import encode_row
from stretch_tui.storage.log.snapshot import Meta

STRETCHES = {
    "owl-neck": ("neck", "upper-traps"),
    "eagle-arms": ("upper-back", "shoulders"),
    "chair-rotation": ("middle-back", "lower-back"),
    "chest-opener": ("chest", "shoulders"),
    "cat-cow": ("upper-back", "middle-back", "lower-back"),
    "seated-side-bend": ("lats", "core"),
}


def sessions(count: int, last: date, *, each_day: int = 1, seed: int = 7) -> list[Session]:
    """So many sessions up to the day `last`, oldest first, skipping some days."""
    dice = random.Random(seed)
    found: list[Session] = []
    day = last
    while len(found) < count:
        if dice.random() < 0.8:
            for number in range(min(each_day, count - len(found))):
                found.append(_session(f"bench-{len(found):06}", day, 8 + 5 * number, dice))
        day -= timedelta(days=1)
    return found[::-1]


def _session(uid: str, day: date, hour: int, dice: random.Random) -> Session:
    parts = tuple(
        Part(name, regions, left=30.0, right=30.0, complete=True)
        for name, regions in dice.sample(sorted(STRETCHES.items()), 4)
    )
    before = dice.randrange(2, 8)
    return Session(
        uid=uid,
        started=datetime(day.year, day.month, day.day, hour, dice.randrange(60), tzinfo=UTC),
        offset_minutes=0,
        day=day,
        routine="desk-reset",
        title="Desk reset",
        seconds=sum(part.seconds for part in parts),
        ending=Ending.FINISHED if dice.random() < 0.9 else Ending.ENDED,
        parts=parts,
        feel_before=before,
        feel_after=max(0, before - dice.randrange(4)),
        first_side="left",
    )


def write(folder: Path, count: int, last: date, *, each_day: int = 1) -> Path:
    """Write history.json with so many sessions into the folder; return its path."""
    rows = {
        number: encode_row(
            number,
            {
                "kind": "session",
                "uid": session.uid,
                "clock": number,
                "device": "bench",
                **session_fields(session),
            },
        )
        for number, session in enumerate(sessions(count, last, each_day=each_day), 1)
    }
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "history.json"
    path.write_bytes(encode_log(Meta(1, 1, "bench", count, ""), {"sessions": rows}))
    path.chmod(0o600)
    return path
