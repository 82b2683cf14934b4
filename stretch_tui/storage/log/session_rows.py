"""Sessions out of the rows of the log: all of them, or only those that are looked at."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import overload

from stretch_tui.core.log.logbook import Part, Session
from stretch_tui.core.log.records import parts_of, session_of
from stretch_tui.storage.log.log_rows import decode_row, row_key, scan
from stretch_tui.storage.log.snapshot import Snapshot

_PARTS = b',"parts":'


class PartsMemo(dict[bytes, tuple[Part, ...]]):
    """Parts by their bytes: sessions of one routine mostly hold the same."""

    LIMIT = 2_000

    def __missing__(self, encoded: bytes) -> tuple[Part, ...]:
        parts = parts_of(scan(encoded.decode(), 0)[0])
        if len(self) < self.LIMIT:
            self[encoded] = parts
        return parts


class SessionRows(Sequence[Session]):
    """Sessions, oldest first, each built when it is looked at: a long log opens at once."""

    def __init__(self, rows: Iterable[bytes]) -> None:
        """`rows` in any order; deletions among them are left out."""
        begun = [(start, row) for row in rows if (start := _text(row, b'"started":"'))]
        if len({start for start, _ in begun}) < len(begun):
            begun.sort(key=lambda one: (one[0], row_key(one[1])))
        else:
            begun.sort()
        self._rows = [row for _, row in begun]
        self._parts = PartsMemo()
        self._built: dict[int, Session] = {}

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, index: int) -> Session: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Session, ...]: ...
    def __getitem__(self, index: int | slice) -> Session | tuple[Session, ...]:
        if isinstance(index, slice):
            return tuple(self._at(number) for number in range(*index.indices(len(self))))
        if not -len(self) <= index < len(self):
            raise IndexError(index)
        return self._at(index % len(self))

    def between(self, first: date, last: date, count: int) -> tuple[Session, ...]:
        """The `count` sessions of the days from first to last; the newest are found first."""
        begin, end = first.isoformat().encode(), last.isoformat().encode()
        found: list[Session] = []
        number = len(self)
        while number and len(found) < count:
            number -= 1
            if begin <= _text(self._rows[number], b'"day":"') <= end:
                found.append(self._at(number))
        return tuple(reversed(found))

    def _at(self, number: int) -> Session:
        found = self._built.get(number) or session_in(self._rows[number], self._parts)
        assert found is not None, "deletions have no start"
        self._built[number] = found
        return found


def living_rows(snapshot: Snapshot) -> list[bytes]:
    """The row that holds for each session: its edit or its deletion, if there is one."""
    edits = {row_key(row)[1]: row for row in snapshot.tables.get("edits", {}).values()}
    facts = list(snapshot.tables.get("sessions", {}).values())
    if edits:
        facts = [edits.pop(row_key(row)[1], row) for row in facts]
        facts += edits.values()  # edits of a fact that was lost
    return facts


def session_in(row: bytes, parts: PartsMemo) -> Session | None:
    """The session of a row, or None for a deletion."""
    head, found, tail = row.partition(_PARTS)
    if not found or not tail.endswith(b"]}"):  # a deletion, or fields in an order of their own
        fields = decode_row(row)
        if fields.get("gone"):
            return None
        return session_of(fields, parts_of(fields.get("parts", [])))
    fields = decode_row(head + b"}")
    return session_of(fields, parts[tail[:-1]])


def by_start(session: Session) -> tuple[float, str]:
    """Sorts sessions as they began."""
    return session.started.timestamp(), session.uid


def _text(row: bytes, name: bytes) -> bytes:
    """What stands behind the name in a row, a zone's Z aside; empty when the row lacks it.

    Quotes inside a text are escaped, so that the name is only ever found as one.
    """
    at = row.find(name) + len(name)
    return row[at : row.index(b'"', at)].rstrip(b"Z") if at >= len(name) else b""
