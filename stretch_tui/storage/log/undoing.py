"""Takes the last change back, on the machine that made it, unless somebody changed it since."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from zlib import crc32

from stretch_tui.core.log.kinds import UNDO
from stretch_tui.core.log.records import bare
from stretch_tui.storage.log.atomic_json import LogDB
from stretch_tui.storage.log.joining import IMPORT, part
from stretch_tui.storage.log.log_rows import TABLES
from stretch_tui.storage.log.log_writer import Change
from stretch_tui.storage.paths import Paths

UNDO_LIMIT = 20
"""Changes that can be undone, one after the other."""


def remember(
    db: LogDB, change: Change, said: str, of: tuple[str, str], before: Mapping[str, Any]
) -> None:
    """Remember how to take back the change that was just made of a record."""
    table = db.table(TABLES[UNDO])
    clock = change.meta.clock
    encoded = json.dumps(before, ensure_ascii=False, separators=(",", ":"))
    table.insert(
        {"kind": UNDO, "uid": str(clock), "clock": clock, "device": change.meta.device}
        | {"said": said, "of": list(of), "before": encoded, "after": _print(change.find(*of))}
    )
    old = sorted(table.all(), key=lambda one: -int(one["clock"]))[UNDO_LIMIT:]
    if old:
        table.remove(doc_ids=[one.doc_id for one in old])


def undo_last(db: LogDB, change: Change, paths: Paths) -> str | None:
    """Take the last change back; say in words what it was, None when there is nothing."""
    table = db.table(TABLES[UNDO])
    for last in sorted(table.all(), key=lambda one: -int(one["clock"])):
        table.remove(doc_ids=[last.doc_id])
        kind, uid = last["of"]
        before = json.loads(last["before"])
        if kind == IMPORT:
            part(change, paths, before)
        elif last.get("after") in (None, _print(change.find(kind, uid))):
            db.table(TABLES[kind]).put(change.stamped({**before, "kind": kind, "uid": uid}))
        else:
            continue  # another machine has changed it since: its word is the later one
        return f"Undid {last['said']}"
    return None


def _print(document: Mapping[str, Any] | None) -> str:
    """Tells one state of a record from another."""
    said = json.dumps(bare(document or {}), sort_keys=True)
    return f"{crc32(said.encode()):08x}"
