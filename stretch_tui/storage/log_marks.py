"""The log read only as far as a shell prompt needs it, from a file in the form we write.

A few fields are taken out of each line without building sessions or importing their types. A file
in any other form, damaged or of another version, is left to the full reader: `read_marks` then
returns None. Both readings give the same marks; a test holds them together.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple
from zlib import crc32

from stretch_tui.core.tally import HURT, Mark
from stretch_tui.storage.durable import read_plain

SIZE_LIMIT = 64 << 20
SCHEMA = 1
_HEAD = b'{\n"_meta":{\n"1":'
_FOOT = b"\n}\n}\n"
_ROW = re.compile(
    rb'"\d+":\{"kind":"(?:session|edit)","uid":"([^"\\]+)","clock":\d+,"device":"[^"\\]*",'
    rb'(?:"gone":true\}|"started":"[^"\\]*","offset":(-?\d+),"day":"(\d{4}-\d\d-\d\d)",'
    rb'"routine":"(?:[^"\\]|\\.)*","title":"(?:[^"\\]|\\.)*","seconds":([\d.e+-]+),'
    rb'"source":"\w+","ending":"(\w+)")'
)
_COMPLETE = b'"complete":true'  # a quote inside a text is escaped: this is only ever a field


class DatedGoal(NamedTuple):
    """A goal as the streak reads it; stands in for `logbook.Goal`."""

    since: date
    days: int


class DatedPause(NamedTuple):
    """A pause as the streak reads it; stands in for `logbook.Pause`."""

    first: date
    last: date


class Marks(NamedTuple):
    """What a prompt needs of the log."""

    marks: list[Mark]
    goals: tuple[DatedGoal, ...]
    pauses: tuple[DatedPause, ...]


def read_marks(history: Path) -> Marks | None:
    """The marks of every living session, with goals and pauses; None when the form is another."""
    try:
        data, _ = read_plain(history, SIZE_LIMIT)
        tables = _tables(data)
        return None if tables is None else _marks(tables)
    except (OSError, ValueError, KeyError, TypeError):
        return None  # whatever it is, the full reader says it in words


def _tables(data: bytes) -> dict[bytes, list[bytes]] | None:
    """The lines of every table, when the checksum says that nobody has touched our form."""
    end = data.find(b"\n", len(_HEAD))
    if not data.startswith(_HEAD) or not data.endswith(_FOOT[1:]) or end < 0:
        return None
    core, _, check = data[len(_HEAD) : end].partition(b',"check":"')
    if check != b'%08x"}' % crc32(memoryview(data)[end:], crc32(core)):
        return None
    if json.loads(core + b"}")["schema"] != SCHEMA:
        return None
    found = {}
    for chunk in data[end : -len(b"\n}\n")].split(b"\n},\n")[1:]:
        name, _, lines = chunk.partition(b":{\n")
        found[name.strip(b'"')] = lines.removesuffix(b"\n}").split(b",\n")
    return found


def _marks(tables: dict[bytes, list[bytes]]) -> Marks | None:
    edits = dict(_rows(tables.get(b"edits", [])))
    marks = []
    for uid, mark in _rows(tables.get(b"sessions", [])):
        living = edits.pop(uid, mark) if edits else mark
        if living is not None:
            marks.append(living)
    marks += [mark for mark in edits.values() if mark is not None]
    goals = [
        DatedGoal(date.fromisoformat(row["uid"]), row["days"])
        for row in _documents(tables.get(b"goals", []))
    ]
    pauses = [
        DatedPause(date.fromisoformat(row["first"]), date.fromisoformat(row["last"]))
        for row in _documents(tables.get(b"pauses", []))
    ]
    return Marks(marks, tuple(sorted(goals)), tuple(sorted(pauses)))


def _rows(lines: list[bytes]) -> Iterator[tuple[bytes, Mark | None]]:
    """Uid and mark of each line, None for a deletion; raises ValueError for another form."""
    match = _ROW.match
    for line in lines:
        found = match(line)
        if found is None:
            raise ValueError("another form")
        uid, offset, day, seconds, ending = found.groups()
        if day is None:
            yield uid, None
            continue
        whole = ending == HURT.encode() or _COMPLETE in line
        yield (
            uid,
            Mark(
                uid.decode(),
                date.fromisoformat(day.decode()),
                round(float(seconds) * 1000),
                whole,
                int(offset),
            ),
        )


def _documents(lines: list[bytes]) -> Iterator[dict[str, Any]]:
    """The living documents of a small table."""
    for line in lines:
        row = json.loads(line[line.index(b":") + 1 :])
        if not row.get("gone"):
            yield row
