"""Who holds a run file: an advisory lock that the system drops when its owner dies."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from stretch_tui.storage.durable import CLOEXEC, NOFOLLOW, NONBLOCK

try:
    import fcntl
except ImportError:  # Windows has no flock: the file is kept all the same, but not guarded
    fcntl = None  # type: ignore[assignment]

_BUSY = (errno.EAGAIN, errno.EACCES)


def try_lock(handle: int) -> bool:
    """Lock the open file; False when another process holds it.

    Where the file system knows no locks, it goes on without.
    """
    if fcntl is None:
        return True
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as problem:
        return problem.errno not in _BUSY
    return True


def held_elsewhere(path: Path) -> bool:
    """Whether a living process holds the file; False when it is gone or cannot be opened."""
    if fcntl is None:
        return False
    while True:
        try:
            handle = os.open(path, os.O_RDONLY | CLOEXEC | NOFOLLOW | NONBLOCK)
        except OSError:
            return False
        try:
            fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
            if same_file(path, handle):  # else its owner has replaced it in this moment
                return False
        except OSError as problem:
            return problem.errno in _BUSY
        finally:
            os.close(handle)


def same_file(path: Path, handle: int) -> bool:
    """Whether the path still names the open file."""
    try:
        return os.path.samestat(path.stat(), os.fstat(handle))
    except FileNotFoundError:
        return False
