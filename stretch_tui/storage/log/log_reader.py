"""Reads the log without TinyDB: cached by generation, light enough for a prompt."""

from __future__ import annotations

import gc
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from stretch_tui.core.errors import StoreError
from stretch_tui.core.log.logbook import Goal, Pause, Session
from stretch_tui.core.log.marks import Mark
from stretch_tui.core.log.tally import mark
from stretch_tui.storage.durable import (
    NotPlainError,
    Signature,
    is_listed,
    open_plain,
    read_plain,
    signature,
)
from stretch_tui.storage.faults import not_read
from stretch_tui.storage.log import small_tables
from stretch_tui.storage.log.log_format import parse_head, parse_log
from stretch_tui.storage.log.log_marks import marks_of
from stretch_tui.storage.log.session_rows import (
    PartsMemo,
    SessionRows,
    by_start,
    living_rows,
    session_in,
)
from stretch_tui.storage.log.snapshot import (
    EMPTY,
    SIZE_LIMIT,
    DamagedError,
    NewerSchemaError,
    Snapshot,
)

T = TypeVar("T")
_LARGE = ("sessions", "history", "marks")
"""Values that take the whole file."""
MANY = 500
"""Sessions that are worth keeping the garbage collector away from."""
HEAD_BYTES = 512
LONG_BYTES = 4 * 1024 * 1024
"""More than ten years of daily sessions: reading all of it takes longer than a frame may wait."""
SMALL_BYTES = 256 * 1024
"""Small tables are looked for in so many first bytes of a larger file."""


class Loaded(NamedTuple):
    """A generation of the file as it was found."""

    signature: Signature | None
    snapshot: Snapshot
    head: bytes = b""
    """Its first bytes, which hold its revision and its checksum."""
    notice: str = ""
    """What has to be said about it."""


class LogReader:
    """The values in a log file; reading never locks, waits or writes.

    Every method raises StoreError when the file is there and cannot be read at all.
    """

    def __init__(self, history: Path, on_notice: Callable[[str], None] | None = None) -> None:
        self.path = history
        self._on_notice = on_notice
        self._loaded: Loaded | None = None
        self._values: dict[str, tuple[Snapshot, Any]] = {}
        self._head: tuple[Signature | None, Snapshot] | None = None
        self.notices: list[str] = []
        """What was found while reading, each said once."""
        self._sessions: dict[bytes, Session] = {}

    def load(self, *, certain: bool = False) -> Loaded:
        """The file's present generation, read again only when it was replaced.

        `certain` compares its first bytes too: inodes are used again, and clocks have ticks.
        """
        loaded = self._loaded
        if (
            loaded is None
            or loaded.signature != self._signature()
            or (certain and not self._same_head(loaded))
        ):
            loaded = self._read()
            self.keep(loaded)
            self.note(loaded.notice)
        return loaded

    def note(self, words: str) -> None:
        """Remember something that has to be said about the file, and say it once."""
        if words and words not in self.notices:
            self.notices.append(words)
            if self._on_notice is not None:
                self._on_notice(words)

    def keep(self, loaded: Loaded | None) -> None:
        """Take over a generation that was just written; None forgets what is known."""
        self._loaded = loaded

    def long(self) -> bool:
        """Whether reading the whole file takes long enough to be noticed."""
        try:
            return self.path.stat().st_size > LONG_BYTES
        except OSError:
            return False

    def _same_head(self, loaded: Loaded) -> bool:
        try:
            with self.path.open("rb") as file:
                return file.read(len(loaded.head)) == loaded.head
        except OSError:
            return False

    def _signature(self) -> Signature | None:
        try:
            return signature(self.path)
        except OSError as error:
            raise not_read(self.path, error) from error

    def _read(self) -> Loaded:
        try:
            data, seen = read_plain(self.path, SIZE_LIMIT)
        except FileNotFoundError as error:
            if is_listed(self.path):  # a network folder may say so and be wrong
                raise not_read(self.path, error) from error
            return self._recover(b"", None, "is missing")
        except NotPlainError as error:
            raise StoreError(
                f"{self.path} is {error.strerror}: it is left alone, and nothing can be saved; "
                "move it away, then start again"
            ) from error
        except OSError as error:
            raise not_read(self.path, error) from error
        if not data.strip():
            return self._recover(data, seen, "is empty")
        try:
            with uncollected():
                snapshot = parse_log(data)
        except NewerSchemaError as newer:
            from stretch_tui.storage.log.log_strict import parse_newer  # noqa: PLC0415 - rare

            return Loaded(seen, parse_newer(data), data[:HEAD_BYTES], _later(self.path, newer))
        except DamagedError as damage:
            return self._recover(data, seen, "was damaged", str(damage))
        return Loaded(seen, snapshot, data[:HEAD_BYTES], self._remark(snapshot))

    def _remark(self, snapshot: Snapshot) -> str:
        if snapshot.origin == "changed":
            return f"{self.path.name} was changed outside the app; every record in it is sound"
        if snapshot.origin == "migrated":
            return f"{self.path.name} is of an older version; it is read as this one's"
        return ""

    def _recover(self, data: bytes, seen: Signature | None, state: str, detail: str = "") -> Loaded:
        """What is left of a damaged file, or no log at all for a new user."""
        from stretch_tui.storage.log.recovery import recover  # noqa: PLC0415 - rare

        found = recover(self.path, data, state, detail)
        if found is None:
            return Loaded(seen, EMPTY)
        return Loaded(seen, found.snapshot, data[:HEAD_BYTES], found.notice)

    def _small(self) -> Snapshot:
        """The small tables, without the sessions where those need not be read."""
        loaded, seen = self._loaded, self._signature()
        if loaded is not None and loaded.signature == seen:
            return loaded.snapshot
        if self._head is None or self._head[0] != seen:
            found = self._first_tables() if seen is not None and seen[2] > SMALL_BYTES else None
            if found is None:
                return self.load().snapshot
            self._head = (seen, found)
        return self._head[1]

    def _first_tables(self) -> Snapshot | None:
        """The tables in the first bytes of the file; None when the whole has to be looked at."""
        try:
            with open_plain(self.path, SIZE_LIMIT) as file:
                return parse_head(file.read(SMALL_BYTES))
        except OSError:
            return None  # whatever it is, reading the whole says it in words

    def sessions(self) -> tuple[Session, ...]:
        """All living sessions, oldest first, edits applied."""
        return self._value("sessions", self._living_sessions)

    def marks(self) -> Collection[Mark]:
        """What a streak needs of every living session: cheaper than the sessions themselves."""
        return self._value("marks", self._marks)

    def history(self) -> SessionRows:
        """All living sessions, oldest first, each built when it is looked at."""
        return self._value("history", lambda snapshot: SessionRows(living_rows(snapshot)))

    def between(self, first: date, last: date) -> tuple[Session, ...]:
        """The sessions of the days from first to last, oldest first."""
        count = len([one for one in self.marks() if first <= one.day <= last])
        return self.history().between(first, last, count)

    def latest(self) -> Session | None:
        """The last session worth repeating, told without building the others."""
        return next((one for one in reversed(self.history()) if one.worth_repeating), None)

    def favorites(self) -> tuple[str, ...]:
        """Ids of favorites in the order in which they were added."""
        return self._value(
            "favorites", lambda snapshot: small_tables.members(snapshot, "favorites")
        )

    def banned(self) -> frozenset[str]:
        """Ids of stretches that are not to be suggested."""
        return self._value(
            "banned", lambda snapshot: frozenset(small_tables.members(snapshot, "banned"))
        )

    def seen(self) -> frozenset[str]:
        """Ids of stretches whose words are known."""
        return self._value(
            "seen", lambda snapshot: frozenset(small_tables.members(snapshot, "seen"))
        )

    def goals(self) -> tuple[Goal, ...]:
        """Dated goals, oldest first."""
        return self._value("goals", small_tables.goals)

    def config_goal(self) -> int | None:
        """The goal of this machine's config file that the log last took note of, None before."""
        return self._value("config_goal", small_tables.config_goal)

    def pauses(self) -> tuple[Pause, ...]:
        """All pauses, by first day."""
        return self._value("pauses", small_tables.pauses)

    def last_change(self) -> int:
        """The stamp of the newest change that can be undone; 0 when there is none."""
        return self._value("last_change", small_tables.last_change)

    def _value(self, name: str, make: Callable[[Snapshot], T]) -> T:
        """The value made of a generation, made once."""
        snapshot = self.load().snapshot if name in _LARGE else self._small()
        kept = self._values.get(name)
        if kept is None or kept[0] is not snapshot:
            kept = self._values[name] = (snapshot, make(snapshot))
        value: T = kept[1]
        return value

    def _marks(self, snapshot: Snapshot) -> Collection[Mark]:
        try:
            return marks_of(snapshot.tables)
        except ValueError:  # rows in an order that somebody gave them
            return tuple(map(mark, self.sessions()))

    def _living_sessions(self, snapshot: Snapshot) -> tuple[Session, ...]:
        """Facts, replaced by their edits; rows that were known before are not decoded again."""
        known, parts = self._sessions, PartsMemo()
        with uncollected():
            found = {row: known.get(row) or session_in(row, parts) for row in living_rows(snapshot)}
        if len(found) > len(known) + MANY:
            gc.freeze()  # they stay: a collection that walked them all would stop every thread
        self._sessions = {row: session for row, session in found.items() if session is not None}
        return tuple(sorted(self._sessions.values(), key=by_start))


def _later(path: Path, newer: Exception) -> str:
    return (
        f"{path.name} is of a later version: update stretch-tui to save again (schema {newer}); "
        "until then it can be read"
    )


@contextmanager
def uncollected() -> Iterator[None]:
    """Hold the garbage collector back while thousands of lasting values are made.

    It would walk all of them again and again, a third of the time, and stall other threads.
    """
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()
