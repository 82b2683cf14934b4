"""The log file as bytes: a TinyDB file with one document a line, checked as a whole."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from json.encoder import encode_basestring
from typing import Any, NamedTuple
from zlib import crc32

from stretch_tui.core.records import CLOCK_LIMIT, KINDS, SESSION, UNDO, problem_with

SCHEMA = 1
SIZE_LIMIT = 64 << 20
DEPTH_LIMIT = 6
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
_FOOT = b"\n}\n}\n"
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
    first = {name: document[name] for name in _FIRST if name in document}
    text = _encode({**first, **document})
    return f'"{number}":{text}'.encode()


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
    return snapshot if snapshot is not None else parse_strictly(data)


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


def parse_strictly(data: bytes) -> Snapshot:
    """The log in bytes of any JSON formatting, everything in it looked at; raises DamagedError."""
    parsed = load_strictly(data)
    if not isinstance(parsed, dict):
        raise DamagedError("it holds no tables")
    meta = _meta(parsed.pop(META, None))
    tables: Tables = {}
    for name, documents in parsed.items():
        if not isinstance(documents, dict):
            raise DamagedError(f"table {name[:40]!r} holds no documents")
        tables[name] = dict(_check_rows(name, documents))
    return Snapshot(meta, tables, "changed")


def _check_rows(table: str, documents: Mapping[str, object]) -> Iterator[tuple[int, bytes]]:
    for number, document in documents.items():
        if not number.isascii() or not number.isdigit() or len(number) > 15:
            raise DamagedError(f"document id {number[:20]!r} in {table[:40]!r} is no whole number")
        problem = problem_with(document)
        if problem is not None:
            raise DamagedError(f"document {number} of {table[:40]!r}: {problem}")
        assert isinstance(document, dict)  # problem_with has just looked
        yield int(number), encode_row(int(number), document)


def _meta(table: object) -> Meta:
    """What a strictly read file says about itself."""
    fields = table.get("1") if isinstance(table, dict) else None
    if not isinstance(fields, dict):
        raise DamagedError("it does not say what it is (no _meta)")
    schema = fields.get("schema")
    if type(schema) is not int or schema < 1:
        raise DamagedError("its schema is no whole number")
    if schema > SCHEMA:
        raise NewerSchemaError(schema)
    for name in ("revision", "clock"):
        if type(fields.get(name)) is not int or not 0 <= fields[name] <= CLOCK_LIMIT:
            raise DamagedError(f"its {name} is no whole number")
    device, written = fields.get("device"), fields.get("written", "")
    if not isinstance(device, str) or not isinstance(written, str) or len(device) > 32:
        raise DamagedError("its device has no name")
    return Meta(schema, fields["revision"], device, fields["clock"], written)


def load_strictly(data: bytes) -> object:
    """Parsed JSON: UTF-8, no name twice, no NaN, at most six levels; raises DamagedError."""
    try:
        text = data.decode("utf-8-sig")
        parsed = json.loads(text, object_pairs_hook=_unique, parse_constant=_refuse)
    except UnicodeDecodeError as error:
        raise DamagedError(f"byte {error.start + 1} is not UTF-8") from None
    except json.JSONDecodeError as error:
        raise DamagedError(f"line {error.lineno}: {error.msg}") from None
    except RecursionError:
        raise DamagedError("it is nested too deeply") from None
    except ValueError as error:  # a whole number of thousands of digits
        raise DamagedError(str(error)[:80]) from None
    if _deeper(parsed, DEPTH_LIMIT):
        raise DamagedError("it is nested too deeply")
    return parsed


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise DamagedError(f"{name[:40]!r} stands twice in one object")
        found[name] = value
    return found


def _refuse(constant: str) -> None:
    raise DamagedError(f"{constant} is no number")


def _deeper(value: object, levels: int) -> bool:
    """Whether containers are nested more than so many levels deep."""
    layer: Iterable[object] = [value]
    for _ in range(levels):
        layer = [
            inner
            for one in layer
            if isinstance(one, (dict, list))
            for inner in (one.values() if isinstance(one, dict) else one)
        ]
    return any(isinstance(one, (dict, list)) for one in layer)


EXCHANGED = tuple(TABLES[kind] for kind in KINDS)
"""The tables that other machines get to see."""
