"""One run file that this process holds: where its next line goes, and how it is kept small.

A transition appends a line and waits for the disk; the heartbeat of each second is written behind
the last such line without waiting, and overwritten by whatever comes next. So a kill costs a
second at most, a power loss what came after the last transition. Each line tells all that was done
so far: once they take a megabyte, the file is replaced by its first line and the newest.
"""

from __future__ import annotations

import os
from pathlib import Path

from stretch_tui.storage.durable import CLOEXEC, NOFOLLOW, read_plain, sync_folder
from stretch_tui.storage.run.run_codec import LIMIT
from stretch_tui.storage.run.run_lock import same_file, try_lock

ROOM = 1 << 20
"""Bytes of lines after which a file is replaced by one that has the newest alone."""


class RunFile:
    """An open run file, locked until it is closed."""

    def __init__(self, path: Path, handle: int, durable_bytes: int = 0) -> None:
        self.path = path
        self._handle = handle
        self._durable_bytes = durable_bytes
        """Where the heartbeat is written: after the last durable line."""
        self._full = min(durable_bytes + ROOM, LIMIT)
        self._settled = True
        """Whether its name is durable too."""

    @classmethod
    def create(cls, path: Path, lines: bytes) -> RunFile:
        """Put a file in place, in the room of one that may be there; `settle` makes that durable.

        It is locked and filled under another name, so that nobody ever sees it half made.
        """
        beside = path.with_name(f".{path.name}.tmp")
        handle = os.open(beside, os.O_RDWR | os.O_CREAT | os.O_EXCL | CLOEXEC, 0o600)
        made = cls(path, handle)
        try:
            try_lock(handle)
            made.append(lines)
            os.replace(beside, path)  # noqa: PTH105 - the seam at which tests cut the power
        except BaseException:
            made.close()
            beside.unlink(missing_ok=True)
            raise
        made._full = min(len(lines) + ROOM, LIMIT)
        made._settled = False
        return made

    @classmethod
    def take(cls, path: Path) -> RunFile | None:
        """Open and lock an existing file; None while another process holds it."""
        handle = os.open(path, os.O_RDWR | CLOEXEC | NOFOLLOW)
        try:
            if try_lock(handle) and same_file(path, handle):
                # Behind the last whole line: a torn one, and nothing else, is overwritten.
                return cls(path, handle, read_plain(path, LIMIT)[0].rfind(b"\n") + 1)
        except BaseException:
            os.close(handle)
            raise
        os.close(handle)
        return None

    def append(self, line: bytes) -> None:
        """Write a line durably; the next one goes behind it."""
        self._write(line)
        os.fsync(self._handle)
        self._durable_bytes += len(line)
        self.settle()

    def settle(self) -> None:
        """Make sure that the folder's knowing its name is durable."""
        if not self._settled:
            sync_folder(self.path.parent)
            self._settled = True

    def beat(self, line: bytes) -> None:
        """Write a line without waiting for the disk; the next one takes its place."""
        self._write(line)

    def full(self, line: bytes) -> bool:
        """Whether the file should be replaced rather than grow by this line."""
        return self._durable_bytes + len(line) > self._full

    def head(self) -> bytes:
        """Its first line."""
        return os.pread(self._handle, self._durable_bytes, 0).partition(b"\n")[0] + b"\n"

    def sync(self) -> None:
        """Make the last heartbeat durable."""
        os.fsync(self._handle)

    def close(self) -> None:
        """Let go of the file."""
        os.close(self._handle)

    def _write(self, line: bytes) -> None:
        at, end = self._durable_bytes, self._durable_bytes + len(line)
        if end > LIMIT:
            raise OSError(0, "it is too long to be kept")
        try:
            view = memoryview(line)
            while view:
                written = os.pwrite(self._handle, view, at)
                at, view = at + written, view[written:]
            os.ftruncate(self._handle, end)
        except OSError:
            os.ftruncate(self._handle, self._durable_bytes)
            raise
