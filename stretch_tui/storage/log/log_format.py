"""The log file as bytes: a TinyDB file with one document a line, checked as a whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from zlib import crc32

from stretch_tui.storage.log.log_rows import TABLES, Rows, encode, quote, scan, split_rows
from stretch_tui.storage.log.snapshot import SCHEMA, Meta, Snapshot

_HEAD = b'{\n"_meta":{\n"1":'
_LARGE = (b'\n},\n"edits":{\n', b'\n},\n"sessions":{\n')


def encode_log(meta: Meta, tables: Mapping[str, Rows]) -> bytes:
    """The bytes of a log file."""
    body = [b"\n}"]
    for name in sorted(tables, key=_order):
        if tables[name]:
            body += [b",\n", quote(name), b":{\n"]
            body += [b",\n".join(tables[name].values()), b"\n}"]
    body.append(b"\n}\n")
    core = encode(meta._asdict()).encode()[:-1]
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
    snapshot = parse_own(data)
    if snapshot is not None:
        return snapshot
    from stretch_tui.storage.log.log_strict import parse_strictly  # noqa: PLC0415 - rare

    return parse_strictly(data)


def parse_own(data: bytes) -> Snapshot | None:
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


def _tables(body: bytes) -> Iterator[tuple[str, Rows]]:
    """The tables of a body in our own form."""
    for chunk in body.split(b"\n},\n")[1:]:
        name, _, lines = chunk.partition(b":{\n")
        yield scan(name.decode(), 0)[0], split_rows(lines.removesuffix(b"\n}"))
