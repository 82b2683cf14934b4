"""Older files brought forward, one schema at a time; every step is kept for ever."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from hashlib import sha256
from json import dumps
from typing import Any

from stretch_tui.storage.log.log_rows import TABLES
from stretch_tui.storage.log.snapshot import META, SCHEMA, DamagedError

Parsed = dict[str, Any]


def upgrade(parsed: Parsed, schema: int) -> Parsed:
    """The tables of a file of an older schema as this version writes them; raises DamagedError."""
    while schema < SCHEMA:
        parsed = MIGRATIONS[schema](parsed)
        schema += 1
    return parsed


def _stamp(parsed: Parsed) -> Parsed:
    """From schema 0, tables of bare documents: give each its kind, uid and stamp.

    The stamps come from the content alone, so that two machines that migrate copies of one file
    arrive at the same records.
    """
    kinds = {table: kind for kind, table in TABLES.items()}
    stamped: Parsed = {}
    clock = 0
    for table, documents in parsed.items():
        if table not in kinds or not isinstance(documents, dict):
            raise DamagedError(f"{table[:40]!r} is not a table of this program")
        rows: dict[str, object] = {}
        for number, document in documents.items():
            if not isinstance(document, dict):
                raise DamagedError(f"document {number[:20]!r} of {table!r} must be an object")
            clock += 1
            name = document.get("uid") or _digest(document)
            first = {"kind": kinds[table], "uid": name, "clock": clock, "device": "plain"}
            rows[number] = {**first, **document}
        stamped[table] = rows
    meta = {"schema": 1, "revision": 0, "device": "", "clock": clock}
    return {META: {"1": meta}, **stamped}


def _digest(document: Mapping[str, object]) -> str:
    """A name for a document that has none, the same on every machine."""
    return sha256(dumps(document, sort_keys=True).encode()).hexdigest()[:32]


MIGRATIONS: Mapping[int, Callable[[Parsed], Parsed]] = {0: _stamp}
"""From each schema to the next."""
