"""Changes the log: lock, read what is there now, alter, replace durably, back up."""

from __future__ import annotations

import errno
import os
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from stretch_tui.core.errors import NOT_SAVED, StoreError
from stretch_tui.core.log.merge import Log, clock_after, merge
from stretch_tui.storage.durable import read_plain, sweep, write_durably
from stretch_tui.storage.faults import check_owner, not_saved, reason
from stretch_tui.storage.log.backups import back_up, due
from stretch_tui.storage.log.lock import FileLock
from stretch_tui.storage.log.log_format import encode_log, parse_log
from stretch_tui.storage.log.log_reader import HEAD_BYTES, Loaded, LogReader
from stretch_tui.storage.log.log_rows import (
    TABLES,
    Tables,
    decode_row,
    quote,
    records_of,
    tables_of,
)
from stretch_tui.storage.log.recovery import aside_name
from stretch_tui.storage.log.snapshot import SIZE_LIMIT, Snapshot

_BACKUP_REASONS = {"migrated": "migration", "changed": "change"}
_TRIES = 5


class Change:
    """A change in the making: tables that may be altered, and the stamp of its records."""

    def __init__(self, snapshot: Snapshot, new_device: Callable[[], str]) -> None:
        self.before = snapshot
        self.tables: Tables = {name: dict(rows) for name, rows in snapshot.tables.items()}
        device = snapshot.meta.device or new_device()
        self.meta = snapshot.meta._replace(device=device)
        self.changed = snapshot.origin in ("recovered", "migrated")
        """Whether there is anything to write; what was recovered is worth keeping."""
        self.reason = _BACKUP_REASONS.get(snapshot.origin, "")
        """Why the generation before is backed up first; empty for an ordinary change."""

    def tick(self) -> dict[str, Any]:
        """The next stamp of this device, as fields of a document."""
        self.meta = self.meta._replace(clock=self.meta.clock + 1)
        return {"clock": self.meta.clock, "device": self.meta.device}

    def stamped(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        """The fields as a document with the next stamp."""
        return {"kind": fields["kind"], "uid": fields["uid"], **self.tick(), **fields}

    def find(self, kind: str, uid: str) -> dict[str, Any] | None:
        """The document of that kind and uid, or None."""
        needle = b':{"kind":%b,"uid":%b,' % (quote(kind), quote(uid))
        reach = len(needle) + 20  # a row begins with its id and these words
        for row in self.tables.get(TABLES[kind], {}).values():
            if row.find(needle, 0, reach) > 0:
                return decode_row(row)
        return None

    def records(self) -> Log:
        """Everything in the tables, to be merged."""
        return records_of(self.tables)

    def hold(self, log: Log) -> None:
        """Let the tables hold just this log; the clock has seen all of it."""
        self.tables = tables_of(log.values())
        self.meta = self.meta._replace(clock=clock_after(log, self.meta.clock))
        self.changed = True


class LogWriter:
    """Writes generations of the log, one change at a time."""

    def __init__(
        self,
        reader: LogReader,
        lock: FileLock,
        backups: Path,
        *,
        now: Callable[[], datetime],
        new_device: Callable[[], str],
    ) -> None:
        """`new_device` names the copy of the log that is written for the first time."""
        self.reader = reader
        self._path = reader.path
        self._lock = lock
        self._backups = backups
        self._now = now
        self._new_device = new_device
        self._mutex = threading.RLock()
        self._change: Change | None = None
        self._owner: int | None = None

    @property
    def pending(self) -> Change | None:
        """The change that the calling thread is making, or None."""
        return self._change if self._owner == threading.get_ident() else None

    @contextmanager
    def changing(self) -> Iterator[Change]:
        """One change under the lock, on what the file holds now; durable at the end of the block.

        Nested blocks join the outermost one; an exception inside drops the change. Raises
        StoreError when nothing could be saved.
        """
        with self._mutex:
            if self._change is not None:
                yield self._change
                return
            try:
                with self._lock:
                    yield from self._changing_alone()
            except OSError as error:
                self.reader.keep(None)
                raise not_saved(self._path.parent, error) from error

    def _changing_alone(self) -> Iterator[Change]:
        folder = self._path.parent
        self.reader.note(check_owner(folder))
        if self._lock.works:
            sweep(folder, self._path.name)
        else:
            self.reader.note(f"{folder} is on a disk without locks: keep one window open at a time")
        loaded = self.reader.load(certain=True)
        if loaded.snapshot.origin == "newer":
            raise StoreError(
                f"{NOT_SAVED}{self._path.name} is of a later version; update stretch-tui"
            )
        self._owner = threading.get_ident()
        self._change = Change(loaded.snapshot, self._new_device)
        try:
            yield self._change
            if self._change.changed:
                self._commit(self._change, loaded)
        finally:
            self._change = self._owner = None

    def _commit(self, change: Change, loaded: Loaded) -> None:
        damaged = change.before.origin == "recovered" and loaded.signature is not None
        if damaged:
            self._set_aside()
        elif change.reason and loaded.signature is not None:
            self._back_up(change.before.meta.revision, change.reason)
        previous = None if damaged else self._path.with_name(self._path.name + ".prev")
        self._write(change, previous)
        for _ in range(_TRIES if not self._lock.works else 0):
            if not self._outrun(change):
                break
            self._write(change, None)
        if due(self._backups, self._now().date()):
            self._back_up(change.meta.revision, "daily")

    def _write(self, change: Change, previous: Path | None) -> None:
        """Write the next generation; from here on the file itself is asked what it holds."""
        written = self._now().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        revision = change.meta.revision + 1
        change.meta = change.meta._replace(revision=revision, written=written)
        data = encode_log(change.meta, change.tables)
        if len(data) > SIZE_LIMIT:
            raise OSError(errno.EFBIG, f"the log would grow over {SIZE_LIMIT >> 20} MB")
        self.reader.keep(None)
        seen = write_durably(self._path, data, previous=previous)
        self.reader.keep(Loaded(seen, Snapshot(change.meta, change.tables), data[:HEAD_BYTES]))

    def _outrun(self, change: Change) -> bool:
        """Without locks: whether another window replaced ours; then the change holds both."""
        found = parse_log(read_plain(self._path, SIZE_LIMIT)[0])
        if found.meta == change.meta and found.tables == change.tables:
            return False
        ours = records_of(change.tables)
        change.tables = tables_of(merge(records_of(found.tables), ours).values())
        clock = max(change.meta.clock, found.meta.clock)
        revision = max(change.meta.revision, found.meta.revision)
        change.meta = change.meta._replace(clock=clock, revision=revision)
        return True

    def _back_up(self, revision: int, why: str) -> None:
        """Copy what the file holds; a copy that fails never fails the save."""
        try:
            back_up(self._path, self._backups, revision, self._now().date(), why)
        except OSError as error:
            self.reader.note(f"no backup could be kept in {self._backups}: {reason(error)}")

    def _set_aside(self) -> None:
        """Give the damaged file a name of its own before its place is taken."""
        data, _ = read_plain(self._path, SIZE_LIMIT)
        if not data.strip():
            return
        aside = aside_name(self._path, data, self._now())
        kept = list(self._path.parent.glob(f"*.corrupt-*-{aside.name[-8:]}"))
        if not kept:
            try:
                os.link(self._path, aside, follow_symlinks=False)
            except (OSError, NotImplementedError):
                with suppress(FileExistsError):
                    write_durably(aside, data)
        name = kept[0].name if kept else aside.name
        self.reader.note(f"the damaged file is kept as {name}")
