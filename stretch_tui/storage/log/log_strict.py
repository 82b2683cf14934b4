"""A log file that we did not write just so: everything in it is looked at."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from typing import Any

from stretch_tui.core.log.soundness import CLOCK_LIMIT, problem_with
from stretch_tui.storage.log.log_rows import TABLES, Tables, encode_row
from stretch_tui.storage.log.snapshot import (
    META,
    SCHEMA,
    DamagedError,
    Meta,
    NewerSchemaError,
    Snapshot,
)

DEPTH_LIMIT = 6


def parse_newer(data: bytes) -> Snapshot:
    """What this version understands of a later version's file; never to be written back."""
    tables: Tables = {}
    for name, documents in json.loads(data.decode("utf-8-sig")).items():
        for document in documents.values() if isinstance(documents, dict) else ():
            if problem_with(document) is None and TABLES[document["kind"]] == name:
                rows = tables.setdefault(name, {})
                with suppress(DamagedError):
                    rows[len(rows) + 1] = _row(len(rows) + 1, document)
    return Snapshot(Meta(), tables, "newer")


def parse_strictly(data: bytes) -> Snapshot:
    """The log in bytes of any JSON formatting, everything in it looked at; raises DamagedError."""
    parsed = load_strictly(data)
    if not isinstance(parsed, dict) or not parsed:
        raise DamagedError("it holds no tables")
    origin, schema = "changed", _schema(parsed)
    if schema < SCHEMA:
        from stretch_tui.storage.log.migrations import upgrade  # noqa: PLC0415 - once in a lifetime

        origin, parsed = "migrated", upgrade(parsed, schema)
    meta = _meta(parsed.pop(META))
    tables: Tables = {}
    for name, documents in parsed.items():
        if not isinstance(documents, dict):
            raise DamagedError(f"table {name[:40]!r} holds no documents")
        tables[name] = dict(_check_rows(name, documents))
    return Snapshot(meta, tables, origin)


def _check_rows(table: str, documents: Mapping[str, object]) -> Iterator[tuple[int, bytes]]:
    for number, document in documents.items():
        if not number.isascii() or not number.isdigit() or len(number) > 15:
            raise DamagedError(
                f"document id {number[:20]!r} in {table[:40]!r} is not a whole number"
            )
        problem = problem_with(document)
        if problem is not None:
            raise DamagedError(f"document {number} of {table[:40]!r}: {problem}")
        assert isinstance(document, dict)  # problem_with has just looked
        if TABLES[document["kind"]] != table:
            raise DamagedError(f"document {number} of {table[:40]!r} belongs elsewhere")
        yield int(number), _row(int(number), document)


def _row(number: int, document: dict[str, Any]) -> bytes:
    """The line of a document; one that holds half of an escaped character cannot be written."""
    try:
        return encode_row(number, document)
    except ValueError:
        raise DamagedError(f"document {number} holds a broken character") from None


def _schema(parsed: Mapping[str, Any]) -> int:
    """The schema a file names; 0 for a plain TinyDB file. Raises NewerSchemaError past ours."""
    if META not in parsed:
        return 0
    table = parsed[META]
    fields = table.get("1") if isinstance(table, dict) else None
    schema = fields.get("schema") if isinstance(fields, dict) else None
    if type(schema) is not int or schema < 1:
        raise DamagedError("it does not say what it is (no schema in _meta)")
    if schema > SCHEMA:
        raise NewerSchemaError(schema)
    return schema


def _meta(table: Mapping[str, Any]) -> Meta:
    """What a strictly read file of our schema says about itself."""
    fields = table["1"]
    for name in ("revision", "clock"):
        if type(fields.get(name)) is not int or not 0 <= fields[name] <= CLOCK_LIMIT:
            raise DamagedError(f"its {name} is not a whole number")
    device, written = fields.get("device"), fields.get("written", "")
    if not isinstance(device, str) or not isinstance(written, str) or len(device) > 32:
        raise DamagedError("its device has no name")
    return Meta(SCHEMA, fields["revision"], device, fields["clock"], written)


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
    raise DamagedError(f"{constant} is not a number")


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
