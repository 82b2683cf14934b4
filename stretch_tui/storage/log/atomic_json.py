"""TinyDB on a file that is always whole: its read-modify-write happens inside one change."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, MutableMapping
from contextlib import AbstractContextManager
from typing import Any

from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Table

from stretch_tui.storage.log.log_rows import Rows, decode_row, encode_row
from stretch_tui.storage.log.log_writer import Change, LogWriter
from stretch_tui.storage.log.snapshot import META


class AtomicStorage(Storage):
    """Hands TinyDB the present generation, or the tables of the change that is being made."""

    def __init__(self, writer: LogWriter) -> None:
        self._writer = writer

    def read(self) -> dict[str, dict[str, Any]] | None:
        """All tables, documents parsed when they are looked at."""
        change = self._writer.pending
        snapshot = self._writer.reader.load().snapshot if change is None else None
        tables = change.tables if change is not None else snapshot.tables if snapshot else {}
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

    def changing(self) -> AbstractContextManager[Change]:
        """One change under the lock, durable at the end of the block."""
        return self._writer.changing()


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
        self.rows = dict(rows)
        self._open: dict[int, dict[str, Any]] = {}

    def __getitem__(self, number: int) -> dict[str, Any]:
        if number not in self._open:
            self._open[number] = decode_row(self.rows[number])
        return self._open[number]

    def __setitem__(self, number: int, document: dict[str, Any]) -> None:
        self._open[number] = document
        self.rows.setdefault(number, b"")

    def __delitem__(self, number: int) -> None:
        del self.rows[number]
        self._open.pop(number, None)

    def __contains__(self, number: object) -> bool:
        return number in self.rows

    def __iter__(self) -> Iterator[int]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def encoded(self) -> Rows:
        """The rows, those that were touched encoded again."""
        for number, document in self._open.items():
            self.rows[number] = encode_row(number, document)
        return self.rows


class LockedTable(Table):
    """A TinyDB table whose read-modify-write, ids included, happens inside one lock."""

    default_query_cache_capacity = 0
    """A cached answer would outlive what another window wrote."""
    _storage: AtomicStorage
    _next_id: int | None  # type: ignore[assignment]

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
            table = _Updating(change.tables.get(self.name, {}))
            updater(table)  # type: ignore[arg-type]
            change.tables[self.name] = table.encoded()
            change.changed = True
        self.clear_cache()


class LogDB(TinyDB):
    """The log as a TinyDB database."""

    table_class = LockedTable
    _storage: AtomicStorage

    def __init__(self, writer: LogWriter) -> None:
        super().__init__(writer, storage=AtomicStorage)

    def table(self, name: str, **options: Any) -> LockedTable:
        """The table of that name."""
        table = super().table(name, **options)
        assert isinstance(table, LockedTable)
        return table

    def changing(self) -> AbstractContextManager[Change]:
        """One change of several tables, durable at the end of the block."""
        return self._storage.changing()
