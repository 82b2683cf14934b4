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
        self._place: _Place | None = None
        """Where an earlier try waited; one that was given up still stands in the queue."""
        self.works = True
        """False once the file system turned out to have no locks."""

    def __enter__(self) -> FileLock:
        """Take the lock; raise BusyError after the limit, OSError when there can be no file."""
        make_private(self._path.parent)
        handle = os.open(self._path, _FLAGS, 0o600)
        try:
            if not stat.S_ISREG(os.fstat(handle).st_mode):  # who waits would read it for a name
                raise OSError(errno.EINVAL, f"{self._path.name} is not a plain file: remove it")
            free = self._try(handle)
        except BaseException:
            os.close(handle)
            raise
        self._handle = handle if free else self._queue(handle)
        self._sign(self._handle)
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

    def _try(self, handle: int) -> bool:
        """Take the lock if nobody holds it; go on without where there are no locks at all."""
        self.works = fcntl is not None
        try:
            if self.works:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno in (errno.EAGAIN, errno.EACCES):
                return False
            if error.errno not in _NO_LOCKS:
                raise
            self.works = False
        return True

    def _queue(self, handle: int) -> int:
        """Wait in the kernel's queue, and return the handle that holds the lock then."""
        if self._place is not None and self._place.again(handle):
            os.close(handle)
        else:
            self._place = _Place(handle)
        place = self._place
        try:
            if not place.came(min(_POLITE_SECONDS, self._limit)):
                if self._on_wait is not None:
                    self._on_wait(f"waiting: {self.holder()}")
                if not place.came(max(0.0, self._limit - _POLITE_SECONDS)):
                    raise BusyError(
                        f"{self.holder()} in {self._path.parent}. Nothing was saved; close it or"
                        " wait, then try again"
                    )
        except BaseException:
            place.leave()
            raise
        return place.handle

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
    """A place in the kernel's queue for a lock, held by a thread: waiting there can be given up.

    The thread cannot, so the place is kept for the next try: else each of them would leave one
    more thread and one more open file, until the holder is gone.
    """

    def __init__(self, handle: int) -> None:
        """From here on `handle` belongs to the place, until the lock came."""
        self.handle = handle
        self._wanted = True
        self._over = False
        self._problem: OSError | None = None
        self._changed = threading.Condition()
        threading.Thread(target=self._wait, name="waiting for the log", daemon=True).start()

    def _wait(self) -> None:
        problem = None
        try:
            fcntl.flock(self.handle, fcntl.LOCK_EX)
        except OSError as error:
            problem = error
        with self._changed:
            self._over, self._problem = True, problem
            if problem is not None or not self._wanted:
                os.close(self.handle)  # which frees the lock again at once
            self._changed.notify_all()

    def came(self, seconds: float) -> bool:
        """Whether the lock came within the time; raises OSError when it cannot come."""
        with self._changed:
            self._changed.wait_for(lambda: self._over, seconds)
        if self._problem is not None:
            raise self._problem
        return self._over

    def leave(self) -> None:
        """Nobody waits here any more: the lock is freed as soon as it comes, or has come."""
        with self._changed:
            if self._over and self._problem is None:
                os.close(self.handle)
            self._wanted = False

    def again(self, handle: int) -> bool:
        """Wait here once more, if it is still a place for the file that `handle` opened."""
        with self._changed:
            self._wanted = not self._over and os.path.samestat(
                os.fstat(self.handle), os.fstat(handle)
            )
            return self._wanted
