"""The rows of the log: one document a line, its kind, uid and stamp first."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from json.encoder import encode_basestring
from typing import Any

from stretch_tui.core.log.kinds import SESSION, UNDO
from stretch_tui.core.log.merge import Key, Record, log_of

TABLES = {
    "favorite": "favorites",
    "banned": "banned",
    "seen": "seen",
    "goal": "goals",
    "pause": "pauses",
    UNDO: "undo",
    "edit": "edits",
    SESSION: "sessions",
}
"""The table of each kind, in the order of the file: what grows comes last."""

Rows = dict[int, bytes]
"""Document ids and lines: `"12":{"kind":...}`."""
Tables = dict[str, Rows]

_FIRST = ("kind", "uid", "clock", "device")
_STAMP = re.compile(
    rb'"\d+":\{"kind":"([a-z]+)","uid":("(?:[^"\\]|\\.)*"),"clock":(\d+),"device":"([^"\\]*)"'
)
scan: Callable[[str, int], tuple[Any, int]] = vars(json.JSONDecoder())["scan_once"]
encode: Callable[[Mapping[str, Any]], str] = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, separators=(",", ":")
).encode


def encode_row(number: int, document: Mapping[str, Any]) -> bytes:
    """The line of a document; its kind, uid and stamp come first.

    Raises ValueError for NaN and for documents without kind or uid.
    """
    if not isinstance(document.get("kind"), str) or not isinstance(document.get("uid"), str):
        raise ValueError("a document of the log names its kind and its uid")
    return f'"{number}":{text_of(document)}'.encode()


def decode_row(row: bytes) -> dict[str, Any]:
    """The document of a line."""
    document: dict[str, Any] = scan(row[row.index(b":") + 1 :].decode(), 0)[0]
    return document


def living(tables: Mapping[str, Rows], name: str) -> list[dict[str, Any]]:
    """The documents of a small table that were not taken back."""
    found = map(decode_row, tables.get(name, {}).values())
    return [document for document in found if not document.get("gone")]


def split_rows(lines: bytes) -> Rows:
    """Rows by their document ids; no line break occurs inside a document."""
    return {int(row[1 : row.index(b'"', 1)]): row for row in lines.split(b",\n")}


def row_key(row: bytes) -> Key:
    """The kind and uid of a line, without parsing the rest."""
    found = _STAMP.match(row)
    if found is None:
        document = decode_row(row)
        return document["kind"], document["uid"]
    return found[1].decode(), scan(found[2].decode(), 0)[0]


def quote(text: str) -> bytes:
    """The text as it stands in a row."""
    return encode_basestring(text).encode()


def text_of(document: Mapping[str, Any]) -> str:
    """The document as one line of JSON; its kind, uid and stamp come first."""
    first = {name: document[name] for name in _FIRST if name in document}
    return encode({**first, **document})


def record_of(document: Mapping[str, Any]) -> Record:
    """A sound document as a record."""
    kind, uid, clock, device = (document[name] for name in _FIRST)
    return Record(kind, uid, clock, device, text_of(document))


def records_of(tables: Mapping[str, Rows]) -> dict[Key, Record]:
    """Everything in the tables, to be merged."""
    return log_of(_record(row) for rows in tables.values() for row in rows.values())


def _record(row: bytes) -> Record:
    text = row[row.index(b":") + 1 :].decode()
    found = _STAMP.match(row)
    if found is None:
        return record_of(scan(text, 0)[0])
    kind, device = found[1].decode(), found[4].decode()
    return Record(kind, scan(found[2].decode(), 0)[0], int(found[3]), device, text)


def tables_of(records: Iterable[Record]) -> Tables:
    """Tables of records, numbered in the order of their stamps."""
    tables: Tables = {}
    for record in sorted(records, key=lambda one: (*one.stamp[:2], *one.key)):
        rows = tables.setdefault(TABLES[record.kind], {})
        rows[len(rows) + 1] = f'"{len(rows) + 1}":{record.text}'.encode()
    return tables
