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
from types import SimpleNamespace
from typing import Any
from zlib import crc32

from stretch_tui.core.log.tally import HURT, Mark
from stretch_tui.storage.durable import read_plain

SIZE_LIMIT = 64 << 20
SCHEMA = 1
_HEAD = b'{\n"_meta":{\n"1":'
_FOOT = b"\n}\n}\n"
_NEXT_TABLE = b'\n},\n"'
_ROW = (
    rb'"\d+":\{"kind":"(?:session|edit)","uid":"([^"\\]+)","clock":\d+,"device":"[^"\\]*",'
    rb'(?:"gone":true\}|"started":"[^"\\]*","offset":(-?\d+),"day":"(\d{4}-\d\d-\d\d)",'
    rb'"routine":"[^"\\]*(?:\\.[^"\\]*)*","title":"[^"\\]*(?:\\.[^"\\]*)*",'
    rb'"seconds":([\d.e+-]+),'
    rb'"source":"\w+","ending":"(\w+)")'
)
"""For the few lines that do not come apart at once; compiled only when there is one."""
_HURT_ENDING = b'ending":"hurt"'
_COMPLETE = b'"complete":true'  # a quote inside a text is escaped: this is only ever a field


def read_marks(history: Path) -> tuple[list[Mark], list[Any], list[Any]] | None:
    """The marks of every living session, the goals, the pauses; None when the form is another.

    Goals and pauses have the fields of `logbook.Goal` and `logbook.Pause` that a streak reads.
    """
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
    at = data.find(_NEXT_TABLE, end)
    while at >= 0:
        start = data.index(b":{\n", at) + 3
        at, begin = data.find(_NEXT_TABLE, start), at
        stop = at if at >= 0 else len(data) - len(_FOOT)
        found[data[begin + len(_NEXT_TABLE) : start - 4]] = data[start:stop].split(b",\n")
    return found


def _marks(tables: dict[bytes, list[bytes]]) -> tuple[list[Mark], list[Any], list[Any]]:
    edits = dict(_rows(tables.get(b"edits", [])))
    marks = []
    for uid, mark in _rows(tables.get(b"sessions", [])):
        living = edits.pop(uid, mark) if edits else mark
        if living is not None:
            marks.append(living)
    marks += [mark for mark in edits.values() if mark is not None]
    goals = [
        SimpleNamespace(since=date.fromisoformat(row["uid"]), days=row["days"])
        for row in _documents(tables.get(b"goals", []))
    ]
    pauses = [
        SimpleNamespace(
            first=date.fromisoformat(row["first"]), last=date.fromisoformat(row["last"])
        )
        for row in _documents(tables.get(b"pauses", []))
    ]
    return marks, sorted(goals, key=lambda goal: goal.since), pauses


def _rows(lines: list[bytes]) -> Iterator[tuple[bytes, Mark | None]]:
    """Uid and mark of each line, None for a deletion; raises ValueError for another form."""
    day_named = date.fromisoformat
    for line in lines:
        fields = line.split(b',"', 11)
        # A text that ends in a comma shifts the fields: their names tell, and _slow takes over.
        if (
            len(fields) == 12
            and (uid := fields[1])[:6] == b'uid":"'
            and (offset := fields[5])[:8] == b'offset":'
            and (day := fields[6])[:6] == b'day":"'
            and (seconds := fields[9])[:9] == b'seconds":'
            and (ending := fields[11])[:9] == b'ending":"'
        ):
            whole = _COMPLETE in line or ending.startswith(_HURT_ENDING)
            milliseconds = round(float(seconds[9:]) * 1000)
            when = day_named(day[6:-1].decode())
            yield uid[6:-1], Mark(uid[6:-1].decode(), when, milliseconds, whole, int(offset[8:]))
        else:
            yield _slow(line)


def _slow(line: bytes) -> tuple[bytes, Mark | None]:
    """The same for a deletion, or for fields that do not come apart at once."""
    found = re.match(_ROW, line)
    if found is None:
        raise ValueError("another form")
    uid, offset, day, seconds, ending = found.groups()
    if day is None:
        return uid, None
    whole = ending == HURT.encode() or _COMPLETE in line
    milliseconds = round(float(seconds) * 1000)
    when = date.fromisoformat(day.decode())
    return uid, Mark(uid.decode(), when, milliseconds, whole, int(offset))


def _documents(lines: list[bytes]) -> Iterator[dict[str, Any]]:
    """The living documents of a small table."""
    for line in lines:
        row = json.loads(line[line.index(b":") + 1 :])
        if not row.get("gone"):
            yield row
