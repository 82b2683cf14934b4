"""Takes the last change back, on the machine that made it, unless somebody changed it since."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any
from zlib import crc32

from stretch_tui.core.log.kinds import EDIT, SESSION, UNDO
from stretch_tui.core.log.records import bare
from stretch_tui.storage.log.atomic_json import LogDB
from stretch_tui.storage.log.joining import IMPORT, part
from stretch_tui.storage.log.log_rows import TABLES
from stretch_tui.storage.log.log_writer import Change
from stretch_tui.storage.paths import Paths

UNDO_LIMIT = 20
"""Changes that can be undone, one after the other."""


def remember(
    db: LogDB, change: Change, said: str, kind: str, before: Mapping[str, Mapping[str, Any]]
) -> None:
    """Remember how to take back the change that was just made of records of one kind.

    `before` has by uid what each of them said; of several the undo record names only the kind.
    """
    table = db.table(TABLES[UNDO])
    clock = change.meta.clock
    uid = next(iter(before)) if len(before) == 1 else ""
    encoded = json.dumps(before[uid] if uid else before, ensure_ascii=False, separators=(",", ":"))
    table.insert(
        {"kind": UNDO, "uid": str(clock), "clock": clock, "device": change.meta.device}
        | {"said": said, "of": [kind, uid], "before": encoded}
        | {"after": _print(change, kind, before)}
    )
    old = sorted(table.all(), key=lambda one: -int(one["clock"]))[UNDO_LIMIT:]
    if old:
        table.remove(doc_ids=[one.doc_id for one in old])


def undo_last(db: LogDB, change: Change, paths: Paths) -> str | None:
    """Take the last change back; say in words what it was, None when there is nothing."""
    table = db.table(TABLES[UNDO])
    for last in sorted(table.all(), key=lambda one: -int(one["clock"])):
        table.remove(doc_ids=[last.doc_id])
        (kind, uid), before = last["of"], json.loads(last["before"])
        records = before if not uid else {uid: before}
        if kind == IMPORT:
            part(change, paths, before)
        elif last.get("after") in (None, _print(change, kind, records)):
            for uid, fields in records.items():
                db.table(TABLES[kind]).put(change.stamped({**fields, "kind": kind, "uid": uid}))
        else:
            continue  # another machine has changed it since: its word is the later one
        return f"Undid {last['said']}"
    return None


def standing(change: Change, kind: str, uid: str) -> dict[str, Any] | None:
    """The document that holds of this kind and uid; what was never edited is as it was written."""
    found = change.find(kind, uid)
    return change.find(SESSION, uid) if found is None and kind == EDIT else found


def _print(change: Change, kind: str, uids: Iterable[str]) -> str:
    """Tells one state of these records from another."""
    states = [bare(standing(change, kind, uid) or {}) for uid in uids]
    said = "\n".join(json.dumps(state, sort_keys=True) for state in states)
    return f"{crc32(said.encode()):08x}"
