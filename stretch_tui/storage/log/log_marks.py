"""The log read only as far as a shell prompt needs it, from a file in the form we write.

A few fields are taken out of each line without building sessions or importing their types. A file
in any other form, damaged or of another version, is left to the full reader: `read_marks` then
returns None. Both readings give the same marks; a test holds them together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from stretch_tui.core.log.marks import Mark
from stretch_tui.core.log.tally import HURT
from stretch_tui.storage.durable import read_plain
from stretch_tui.storage.log.log_format import parse_own
from stretch_tui.storage.log.log_rows import Rows, living
from stretch_tui.storage.log.snapshot import SIZE_LIMIT

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
        snapshot = parse_own(read_plain(history, SIZE_LIMIT)[0])
        if snapshot is None:
            return None
        tables = snapshot.tables
        return marks_of(tables), _goals(tables), _pauses(tables)
    except (OSError, ValueError, KeyError, TypeError):
        return None  # whatever it is, the full reader says it in words


def marks_of(tables: Mapping[str, Rows]) -> list[Mark]:
    """The marks of every living session; raises ValueError when a row is not as we write it."""
    edits = dict(_rows(tables.get("edits", {}).values()))
    marks = []
    for uid, mark in _rows(tables.get("sessions", {}).values()):
        living = edits.pop(uid, mark) if edits else mark
        if living is not None:
            marks.append(living)
    return marks + [mark for mark in edits.values() if mark is not None]


def _goals(tables: Mapping[str, Rows]) -> list[Any]:
    goals = [
        SimpleNamespace(since=date.fromisoformat(goal["uid"]), days=goal["days"])
        for goal in living(tables, "goals")
    ]
    return sorted(goals, key=lambda goal: goal.since)


def _pauses(tables: Mapping[str, Rows]) -> list[Any]:
    return [
        SimpleNamespace(
            first=date.fromisoformat(pause["first"]), last=date.fromisoformat(pause["last"])
        )
        for pause in living(tables, "pauses")
    ]


def _rows(lines: Iterable[bytes]) -> Iterator[tuple[bytes, Mark | None]]:
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
