"""One writer at a time, between processes and machines; the waiting one learns who writes."""

from __future__ import annotations

import errno
import json
import os
import socket
import stat
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import TracebackType

from stretch_tui.core.errors import StoreError
from stretch_tui.storage.durable import CLOEXEC, NOFOLLOW, make_private

try:
    import fcntl
except ImportError:  # Windows: no such lock, see FileLock.works
    fcntl = None  # type: ignore[assignment]

_NO_LOCKS = (errno.ENOLCK, errno.ENOTSUP, errno.ENOSYS, errno.EINVAL)
_POLITE_SECONDS = 1.0
_FLAGS = os.O_RDWR | os.O_CREAT | CLOEXEC | NOFOLLOW


class BusyError(StoreError):
    """Another process holds the lock for longer than we wait."""


class FileLock:
    """An advisory lock on a file that is never deleted; the kernel frees it when its holder dies.

    Not reentrant; one per writer. Blocking in the kernel's queue rather than polling: pollers
    starve under load.
    """

    def __init__(
        self,
        path: Path,
        *,
        limit_seconds: float = 8.0,
        now: Callable[[], datetime],
        on_wait: Callable[[str], None] | None = None,
    ) -> None:
        self._path = path
        self._limit = limit_seconds
        self._now = now
        self._on_wait = on_wait
        self._handle: int | None = None
        self.works = True
        """False once the file system turned out to have no locks."""

    def __enter__(self) -> FileLock:
        """Take the lock; raise BusyError after the limit, OSError when there can be no file."""
        make_private(self._path.parent)
        handle = os.open(self._path, _FLAGS, 0o600)
        try:
            if not stat.S_ISREG(os.fstat(handle).st_mode):  # who waits would read it for a name
                raise OSError(errno.EINVAL, f"{self._path.name} is not a plain file: remove it")
            self.works = self._take(handle)
        except BaseException:
            os.close(handle)
            raise
        self._handle = handle
        self._sign(handle)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Free the lock by closing the file."""
        handle, self._handle = self._handle, None
        if handle is not None:
            os.close(handle)

    def _take(self, handle: int) -> bool:
        if fcntl is None:
            return False
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno in _NO_LOCKS:
                return False
            if error.errno not in (errno.EAGAIN, errno.EACCES):
                raise
            self._queue(handle)
        return True

    def _queue(self, handle: int) -> None:
        """Wait in the kernel's queue on a thread, so that the wait can be given up."""
        place = _Place(handle)
        if place.came(min(_POLITE_SECONDS, self._limit)):
            return
        if self._on_wait is not None:
            self._on_wait(f"waiting: {self.holder()}")
        if not place.came(max(0.0, self._limit - _POLITE_SECONDS)):
            raise BusyError(
                f"{self.holder()} in {self._path.parent}. Nothing was saved; close it or wait,"
                " then try again"
            )

    def holder(self) -> str:
        """Who wrote its name into the lock file last, in words."""
        try:
            known = json.loads(self._path.read_bytes()[:1000])
            return (
                f"process {int(known['pid'])} on {str(known['host'])[:60]!r} "
                f"has been writing since {str(known['since'])[:25]}"
            )
        except (OSError, ValueError, KeyError, TypeError):
            return "another window is writing"

    def _sign(self, handle: int) -> None:
        """Say who holds it, for the one who waits; a courtesy that may fail."""
        since = self._now().isoformat(timespec="seconds")
        name = {"pid": os.getpid(), "host": socket.gethostname(), "since": since}
        try:
            os.pwrite(handle, json.dumps(name).encode().ljust(200) + b"\n", 0)
        except (OSError, AttributeError):
            return


class _Place:
    """A place in the kernel's queue for a lock; dropping `handle` gives it up."""

    def __init__(self, handle: int) -> None:
        # A duplicate shares the lock. It is closed as soon as the lock comes: if `handle` is
        # closed by then, that frees the lock again at once.
        self._handle = os.dup(handle)
        self._done = threading.Event()
        threading.Thread(target=self._wait, name="waiting for the log", daemon=True).start()

    def _wait(self) -> None:
        try:
            fcntl.flock(self._handle, fcntl.LOCK_EX)
        finally:
            os.close(self._handle)
            self._done.set()

    def came(self, seconds: float) -> bool:
        """Whether the lock came within the time."""
        return self._done.wait(seconds)
