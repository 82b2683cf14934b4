"""The log file as bytes: a TinyDB file with one document a line, checked as a whole."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from json.encoder import encode_basestring
from typing import Any, NamedTuple
from zlib import crc32

from stretch_tui.core.log.merge import Key, Record, log_of
from stretch_tui.core.log.records import SESSION, UNDO

SCHEMA = 1
SIZE_LIMIT = 64 << 20
META = "_meta"
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

_HEAD = b'{\n"_meta":{\n"1":'
_LARGE = (b'\n},\n"edits":{\n', b'\n},\n"sessions":{\n')
_FIRST = ("kind", "uid", "clock", "device")
scan: Callable[[str, int], tuple[Any, int]] = vars(json.JSONDecoder())["scan_once"]
_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode
_STAMP = re.compile(
    rb'"\d+":\{"kind":"([a-z]+)","uid":("(?:[^"\\]|\\.)*"),"clock":(\d+),"device":"([^"\\]*)"'
)


class DamagedError(Exception):
    """The bytes are no log; the message says in what way."""


class NewerSchemaError(Exception):
    """The file was written by a later version of the program."""


class Meta(NamedTuple):
    """What the file says about itself."""

    schema: int = SCHEMA
    revision: int = 0
    """Counts the generations of the file."""
    device: str = ""
    """Names this copy of the log among the machines of one user."""
    clock: int = 0
    """The logical clock: the greatest stamp seen."""
    written: str = ""
    """When, by the machine's clock; for people, never compared."""


class Snapshot(NamedTuple):
    """One generation of the file; never changed in place."""

    meta: Meta
    tables: Mapping[str, Rows]
    origin: str = "own"
    """`own`, `new`, or why it is not what this version wrote: `changed` outside the app,
    `migrated`, `recovered` or `newer`."""


EMPTY = Snapshot(Meta(), {}, "new")


def encode_row(number: int, document: Mapping[str, Any]) -> bytes:
    """The line of a document; its kind, uid and stamp come first.

    Raises ValueError for NaN and for documents without kind or uid.
    """
    if not isinstance(document.get("kind"), str) or not isinstance(document.get("uid"), str):
        raise ValueError("a document of the log names its kind and its uid")
    return f'"{number}":{text_of(document)}'.encode()


def quote(text: str) -> bytes:
    """The text as it stands in a row."""
    return encode_basestring(text).encode()


def decode_row(row: bytes) -> dict[str, Any]:
    """The document of a line."""
    document: dict[str, Any] = scan(row[row.index(b":") + 1 :].decode(), 0)[0]
    return document


def row_key(row: bytes) -> tuple[str, str]:
    """The kind and uid of a line, without parsing the rest."""
    found = _STAMP.match(row)
    if found is None:
        document = decode_row(row)
        return document["kind"], document["uid"]
    return found[1].decode(), scan(found[2].decode(), 0)[0]


def encode_log(meta: Meta, tables: Mapping[str, Rows]) -> bytes:
    """The bytes of a log file."""
    body = [b"\n}"]
    for name in sorted(tables, key=_order):
        if tables[name]:
            body += [b",\n", quote(name), b":{\n"]
            body += [b",\n".join(tables[name].values()), b"\n}"]
    body.append(b"\n}\n")
    core = _encode(meta._asdict()).encode()[:-1]
    check = crc32(core)
    for chunk in body:
        check = crc32(chunk, check)
    return b"".join([_HEAD, core, b',"check":"%08x"}' % check, *body])


def _order(name: str) -> tuple[bool, int, str]:
    known = list(TABLES.values())
    return (name == "sessions", known.index(name) if name in known else len(known), name)


def parse_log(data: bytes) -> Snapshot:
    """The log in the bytes: at once when the checksum holds, else after a strict look.

    Raises DamagedError, or NewerSchemaError for a file of a later version.
    """
    snapshot = _parse_own(data)
    if snapshot is not None:
        return snapshot
    from stretch_tui.storage.log.log_strict import parse_strictly  # noqa: PLC0415 - rare

    return parse_strictly(data)


def _parse_own(data: bytes) -> Snapshot | None:
    """The log in bytes that this version wrote and nobody has touched since; else None."""
    end = data.find(b"\n", len(_HEAD))
    if not data.startswith(_HEAD) or not data.endswith(b"}\n}\n") or end < 0:
        return None
    core, _, check = data[len(_HEAD) : end].partition(b',"check":"')
    if check != b'%08x"}' % crc32(memoryview(data)[end:], crc32(core)):
        return None
    meta = Meta(**scan(core.decode() + "}", 0)[0])
    if meta.schema != SCHEMA:
        return None
    return Snapshot(meta, dict(_tables(data[end : -len(b"\n}\n")])))


def _tables(body: bytes) -> Iterator[tuple[str, Rows]]:
    """The tables of a body in our own form; no line break occurs inside a document."""
    for chunk in body.split(b"\n},\n")[1:]:
        name, _, lines = chunk.partition(b":{\n")
        yield scan(name.decode(), 0)[0], split_rows(lines.removesuffix(b"\n}"))


def split_rows(lines: bytes) -> Rows:
    """Rows by their document ids."""
    return {int(row[1 : row.index(b'"', 1)]): row for row in lines.split(b",\n")}


def parse_head(data: bytes) -> Snapshot | None:
    """The small tables in the first bytes of a file in our form; None when that is not certain."""
    cut = min((at for at in map(data.find, _LARGE) if at >= 0), default=-1)
    end = data.find(b"\n", len(_HEAD))
    if cut < 0 or not data.startswith(_HEAD) or end > cut:
        return None
    try:
        core = data[len(_HEAD) : end].partition(b',"check":"')[0]
        meta = Meta(**scan(core.decode() + "}", 0)[0])
        return Snapshot(meta, dict(_tables(data[end:cut]))) if meta.schema == SCHEMA else None
    except (ValueError, TypeError, StopIteration):
        return None


def text_of(document: Mapping[str, Any]) -> str:
    """The document as one line of JSON; its kind, uid and stamp come first."""
    first = {name: document[name] for name in _FIRST if name in document}
    return _encode({**first, **document})


def records_of(snapshot: Snapshot) -> dict[Key, Record]:
    """Everything in a log, to be merged."""
    return log_of(_record(row) for rows in snapshot.tables.values() for row in rows.values())


def _record(row: bytes) -> Record:
    text = row[row.index(b":") + 1 :].decode()
    found = _STAMP.match(row)
    if found is None:
        return record_of(scan(text, 0)[0])
    kind, device = found[1].decode(), found[4].decode()
    return Record(kind, scan(found[2].decode(), 0)[0], int(found[3]), device, text)


def record_of(document: Mapping[str, Any]) -> Record:
    """A sound document as a record."""
    kind, uid, clock, device = (document[name] for name in _FIRST)
    return Record(kind, uid, clock, device, text_of(document))


def tables_of(records: Iterable[Record]) -> Tables:
    """Tables of records, numbered in the order of their stamps."""
    tables: Tables = {}
    for record in sorted(records, key=lambda one: (*one.stamp[:2], *one.key)):
        rows = tables.setdefault(TABLES[record.kind], {})
        rows[len(rows) + 1] = f'"{len(rows) + 1}":{record.text}'.encode()
    return tables
