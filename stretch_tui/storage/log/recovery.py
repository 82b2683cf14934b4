"""What can still be read of a damaged log, joined with the newest good generation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from stretch_tui.core.log.kinds import SESSION
from stretch_tui.core.log.merge import Key, Record, clock_after, log_of, merge
from stretch_tui.core.log.soundness import CLOCK_LIMIT, problem_with
from stretch_tui.storage.durable import read_plain
from stretch_tui.storage.log.backups import backups
from stretch_tui.storage.log.log_format import parse_log
from stretch_tui.storage.log.log_rows import record_of, records_of, scan, tables_of
from stretch_tui.storage.log.snapshot import (
    EMPTY,
    SIZE_LIMIT,
    DamagedError,
    NewerSchemaError,
    Snapshot,
)

_DOCUMENT = re.compile(r'\{\s*"kind"\s*:')
_NUMBER = r'"%s"\s*:\s*(\d{1,15})\b'


class Recovered(NamedTuple):
    """What came back, and the words for it."""

    snapshot: Snapshot
    notice: str


def recover(history: Path, data: bytes, state: str, detail: str = "") -> Recovered | None:
    """The best log that can be had when the file is damaged, empty or gone; reads only.

    None when there is nothing to recover from and nothing was lost: a new user.
    """
    good = newest_good(history)
    saved = log_of(salvage(data)) if data else {}
    if good is None and not data.strip():
        return None
    snapshot, source = good if good is not None else (EMPTY, None)
    base = records_of(snapshot.tables)
    log = merge(_unless_same_stamp(saved, base), base)
    meta = snapshot.meta._replace(
        clock=min(CLOCK_LIMIT, clock_after(log, snapshot.meta.clock)),
        revision=max(snapshot.meta.revision, _number(data, "revision")),
        # What was lost may live on elsewhere under its stamps: a new name never repeats them.
        device="",
    )
    found = Snapshot(meta, tables_of(log.values()), "recovered")
    return Recovered(found, _words(f"{history.name} {state}", detail, saved, base, source))


def newest_good(history: Path) -> tuple[Snapshot, Path] | None:
    """The newest sound generation beside the file: `.prev`, or a backup."""
    copies = [copy.path for copy in backups(history.parent / "backups")]
    best: tuple[Snapshot, Path] | None = None
    for path in (history.with_name(history.name + ".prev"), *copies):
        try:
            snapshot = parse_log(read_plain(path, SIZE_LIMIT)[0])
        except (OSError, DamagedError, NewerSchemaError):
            continue
        if best is None or snapshot.meta.revision > best[0].meta.revision:
            best = snapshot, path
        if path in copies:  # newest first: the first sound one is the best of them
            break
    return best


def salvage(data: bytes) -> Iterator[Record]:
    """Every sound document in damaged bytes, wherever it stands and however it is formatted."""
    text = data.decode("utf-8", "replace")  # a lost letter shows, and costs no more than itself
    end = 0
    for match in _DOCUMENT.finditer(text):
        if match.start() < end:
            continue  # inside the document before
        try:
            document, end = scan(text, match.start())
            if problem_with(document) is None:
                record = record_of(document)
                record.text.encode()  # damage can leave half of an escaped character
                yield record
        except (ValueError, StopIteration, RecursionError):
            continue  # no document, or none that could be written again


def _unless_same_stamp(saved: dict[Key, Record], base: dict[Key, Record]) -> dict[Key, Record]:
    """Of two wordings with one stamp the sound file's is right: the other is the damage."""
    return {
        key: record
        for key, record in saved.items()
        if key not in base or record.stamp[:2] != base[key].stamp[:2]
    }


def _number(data: bytes, name: str) -> int:
    """A count from what is left of `_meta`; 0 when it is gone."""
    found = re.search(_NUMBER % name, data[:500].decode("utf-8", "replace"))
    return min(int(found[1]), CLOCK_LIMIT) if found else 0


def _words(
    what: str,
    detail: str,
    saved: dict[Key, Record],
    base: dict[Key, Record],
    source: Path | None,
) -> str:
    """What happened, what came back and from when, and the detail last: lines may be cut off."""
    own = {key for key in saved if key[0] == SESSION}
    more = {key for key in base if key[0] == SESSION} - own
    parts = []
    if own:
        parts.append(f"{_sessions(len(own))} saved from it")
    if source is not None and (more or not own):
        parts.append(f"{_sessions(len(more))} from {source.name} of {_moment(source)}")
    found = " and ".join(parts) or "nothing in it could be read, so the log starts empty"
    return f"{what}: {found}" + (f" ({detail})" if detail else "")


def _sessions(count: int) -> str:
    return f"{count:,} session" + ("" if count == 1 else "s")


def _moment(path: Path) -> str:
    try:
        changed = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except (OSError, OverflowError, ValueError):
        return "an unknown time"
    return f"{changed:%Y-%m-%d %H:%M} UTC"


def conflict_copies(history: Path) -> list[Path]:
    """Copies of the log that file services made when two machines wrote at once."""
    return sorted(
        path
        for path in history.parent.glob("history*")
        if "conflict" in path.name.lower() and ".corrupt-" not in path.name
    )


def aside_name(history: Path, data: bytes, now: datetime) -> Path:
    """Where damaged bytes are kept; the program never deletes them."""
    moment = now.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    return history.with_name(f"{history.name}.corrupt-{moment}-{sha256(data).hexdigest()[:8]}")
