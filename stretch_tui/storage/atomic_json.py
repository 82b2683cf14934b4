"""TinyDB on a file that is always whole: one lock around each change, one durable replace."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Table

from stretch_tui.core.errors import StoreError
from stretch_tui.storage.durable import sweep, write_durably
from stretch_tui.storage.lock import FileLock
from stretch_tui.storage.log_format import (
    META,
    SIZE_LIMIT,
    TABLES,
    Rows,
    Snapshot,
    Tables,
    decode_row,
    encode_log,
    encode_row,
    quote,
)
from stretch_tui.storage.log_reader import Loaded, LogReader


class Change:
    """A change in the making: tables that may be altered, and the stamp of its records."""

    def __init__(self, snapshot: Snapshot, device: str) -> None:
        self.before = snapshot
        self.tables: Tables = {name: dict(rows) for name, rows in snapshot.tables.items()}
        self.meta = snapshot.meta._replace(device=snapshot.meta.device or device)
        self.changed = False

    def find(self, kind: str, uid: str) -> dict[str, Any] | None:
        """The document of that kind and uid, or None."""
        needle = b':{"kind":%b,"uid":%b,' % (quote(kind), quote(uid))
        reach = len(needle) + 20  # a row begins with its id and these words
        for row in self.tables.get(TABLES[kind], {}).values():
            if row.find(needle, 0, reach) > 0:
                return decode_row(row)
        return None

    def tick(self) -> dict[str, Any]:
        """The next stamp of this device, as fields of a document."""
        self.meta = self.meta._replace(clock=self.meta.clock + 1)
        return {"clock": self.meta.clock, "device": self.meta.device}


class AtomicStorage(Storage):
    """Reads generations through a LogReader; writes inside `changing`, else one write a change."""

    def __init__(self, reader: LogReader, lock: FileLock, now: Callable[[], datetime]) -> None:
        self._reader = reader
        self._lock = lock
        self._now = now
        self._mutex = threading.RLock()
        self._change: Change | None = None
        self._owner: int | None = None

    def read(self) -> dict[str, dict[str, Any]] | None:
        """All tables, documents parsed when they are looked at; TinyDB asks for this."""
        if self._change is not None and self._owner == threading.get_ident():
            tables: Mapping[str, Rows] = self._change.tables
        else:
            tables = self._reader.load().snapshot.tables
        return {name: _Documents(rows) for name, rows in tables.items()}  # type: ignore[misc]

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Replace all tables at once; TinyDB asks for this when tables are dropped."""
        with self.changing() as change:
            change.tables = {
                name: {int(number): encode_row(int(number), doc) for number, doc in table.items()}
                for name, table in data.items()
                if name != META
            }
            change.changed = True

    @contextmanager
    def changing(self) -> Iterator[Change]:
        """One change under the lock, on what the file holds now; durable at the end of the block.

        Nested blocks join the outermost one. Raises StoreError when nothing could be saved.
        """
        with self._mutex:
            if self._change is not None:
                yield self._change
                return
            try:
                with self._lock:
                    yield from self._changing_alone()
            except OSError as error:
                raise StoreError(
                    f"nothing was saved in {self._reader.path.parent} ({error.strerror})"
                ) from error

    def _changing_alone(self) -> Iterator[Change]:
        if self._lock.works:
            sweep(self._reader.path.parent)
        self._owner = threading.get_ident()
        self._change = Change(self._reader.load().snapshot, _new_device())
        try:
            yield self._change
            if self._change.changed:
                self._commit(self._change)
        finally:
            self._change = self._owner = None

    def _commit(self, change: Change) -> None:
        path = self._reader.path
        written = self._now().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        meta = change.meta._replace(revision=change.meta.revision + 1, written=written)
        data = encode_log(meta, change.tables)
        if len(data) > SIZE_LIMIT:
            raise StoreError(f"{path} would grow over {SIZE_LIMIT >> 20} MB: nothing was saved")
        self._reader.keep(None)  # whatever happens now, the file is asked again
        seen = write_durably(path, data, previous=path.with_name(path.name + ".prev"))
        self._reader.keep(Loaded(seen, Snapshot(meta, change.tables)))


def _new_device() -> str:
    return os.urandom(4).hex()


class _Documents(Mapping[str, dict[str, Any]]):
    """A table as TinyDB expects it from a storage: ids as texts, documents parsed on demand."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def __getitem__(self, number: str) -> dict[str, Any]:
        return decode_row(self._rows[int(number)])

    def __iter__(self) -> Iterator[str]:
        return map(str, self._rows)

    def __len__(self) -> int:
        return len(self._rows)


class _Updating(MutableMapping[int, dict[str, Any]]):
    """A table while TinyDB alters it: what was looked at is encoded again at the end."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._open: dict[int, dict[str, Any]] = {}

    def __getitem__(self, number: int) -> dict[str, Any]:
        if number not in self._open:
            self._open[number] = decode_row(self._rows[number])
        return self._open[number]

    def __setitem__(self, number: int, document: dict[str, Any]) -> None:
        self._open[number] = document
        self._rows.setdefault(number, b"")

    def __delitem__(self, number: int) -> None:
        del self._rows[number]
        self._open.pop(number, None)

    def __contains__(self, number: object) -> bool:
        return number in self._rows

    def __iter__(self) -> Iterator[int]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def close(self) -> bool:
        """Encode what was touched; return whether anything differs."""
        for number, document in self._open.items():
            self._rows[number] = encode_row(number, document)
        return True


class LockedTable(Table):
    """A TinyDB table whose read-modify-write, ids included, happens inside one lock."""

    default_query_cache_capacity = 0
    """A cached answer would outlive what another window wrote."""
    _storage: AtomicStorage
    _next_id: int | None

    def insert(self, document: Mapping[str, Any]) -> int:
        """Insert a document; its id is taken inside the lock."""
        with self._storage.changing():
            self._next_id = None
            return int(super().insert(document))

    def insert_multiple(self, documents: Any) -> list[int]:
        """Insert documents in one write; their ids are taken inside the lock."""
        with self._storage.changing():
            self._next_id = None
            return list(super().insert_multiple(documents))

    def search(self, cond: Any) -> list[Any]:
        """Search what the file holds now."""
        self.clear_cache()
        return list(super().search(cond))

    def put(self, document: Mapping[str, Any]) -> int:
        """Put the document in place of the one with its uid, or insert it."""
        with self._storage.changing():
            old = self.get(lambda found: found["uid"] == document["uid"])
            if old is not None:
                self.remove(doc_ids=[old.doc_id])
            return self.insert(document)

    def _get_next_id(self) -> int:
        known: int | None = self._next_id
        number = max(map(int, self._read_table()), default=0) + 1 if known is None else known
        self._next_id = number + 1
        return number

    def _update_table(self, updater: Callable[[dict[int, Mapping[str, Any]]], None]) -> None:
        with self._storage.changing() as change:
            rows = dict(change.tables.get(self.name, {}))
            table = _Updating(rows)
            updater(table)  # type: ignore[arg-type]
            table.close()
            change.tables[self.name] = rows
            change.changed = True
        self.clear_cache()


class LogDB(TinyDB):
    """The log as a TinyDB database."""

    table_class = LockedTable
    _storage: AtomicStorage

    def __init__(
        self,
        history: Path,
        *,
        reader: LogReader | None = None,
        lock_seconds: float = 8.0,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        on_wait: Callable[[str], None] | None = None,
    ) -> None:
        lock = FileLock(
            history.with_name(history.name + ".lock"),
            limit_seconds=lock_seconds,
            now=now,
            on_wait=on_wait,
        )
        super().__init__(reader or LogReader(history), lock, now, storage=AtomicStorage)

    def table(self, name: str, **options: Any) -> LockedTable:
        """The table of that name."""
        table = super().table(name, **options)
        assert isinstance(table, LockedTable)
        return table

    def changing(self) -> AbstractContextManager[Change]:
        """One change of several tables, durable at the end of the block."""
        return self._storage.changing()
