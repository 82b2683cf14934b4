"""Bytes on disk: read only from plain files, written whole, durable or not at all."""

from __future__ import annotations

import errno
import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

MARK = ".stretch-tui-"
"""Begins the names of files being written; what a kill leaves behind is found by it."""
Signature = tuple[int, int, int]
"""Inode, modification time in ns and size: a file that has the same was not replaced."""

CLOEXEC, NOFOLLOW, NONBLOCK = (
    getattr(os, name, 0) for name in ("O_CLOEXEC", "O_NOFOLLOW", "O_NONBLOCK")
)
"""Flags of `os.open` that Windows does not have."""
_BINARY = getattr(os, "O_BINARY", 0)  # or Windows would make two bytes of a line break
_SAFE = CLOEXEC | NOFOLLOW | _BINARY
_NO_SYNC = (errno.EINVAL, errno.ENOTSUP, errno.ENOSYS, errno.EBADF)


class NotPlainError(OSError):
    """The path is no regular file, is too large, or belongs to somebody else."""


def signature(path: Path) -> Signature | None:
    """What tells this generation of the file from the next one; None when there is no file."""
    try:
        found = os.stat(path, follow_symlinks=False)  # noqa: PTH116 - cheaper than Path.lstat
    except FileNotFoundError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size


def is_listed(path: Path) -> bool:
    """Whether the folder names the file, for when opening it says that it is not there."""
    try:
        return path.name in os.listdir(path.parent)  # noqa: PTH208 - names are all that is needed
    except FileNotFoundError:
        return False


def read_plain(path: Path, limit: int) -> tuple[bytes, Signature]:
    """The bytes of a regular file of ours and its signature.

    Pipes, devices, links, files of other owners and files larger than `limit` bytes raise
    NotPlainError before anything is read; other faults raise OSError.
    """
    handle = _open_plain(path)
    try:
        found = os.fstat(handle)
        _check_plain(path, found, limit)
        if hasattr(os, "geteuid") and os.geteuid() != 0:
            _check_owned(path, found)
        chunks = []
        left = limit + 1
        while left and (chunk := os.read(handle, min(left, 1 << 24))):
            chunks.append(chunk)
            left -= len(chunk)
    finally:
        os.close(handle)
    if not left:
        raise NotPlainError(errno.EFBIG, f"larger than {limit >> 20} MB", str(path))
    return b"".join(chunks), (found.st_ino, found.st_mtime_ns, found.st_size)


def open_plain(path: Path, limit: int) -> BinaryIO:
    """A stream of a regular file, whoever owns it and whatever link leads there.

    Raises NotPlainError for anything else, or for more than `limit` bytes; OSError otherwise.
    """
    stream = os.fdopen(_open_plain(path.resolve()), "rb")
    try:
        _check_plain(path, os.fstat(stream.fileno()), limit)
    except BaseException:
        stream.close()
        raise
    return stream


def _open_plain(path: Path) -> int:
    """Open without following a link and without waiting for the other end of a pipe."""
    try:
        return os.open(path, os.O_RDONLY | _SAFE | NONBLOCK)
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise NotPlainError(errno.ELOOP, "a link", str(path)) from error
        raise


def _check_plain(path: Path, found: os.stat_result, limit: int) -> None:
    if not stat.S_ISREG(found.st_mode):
        raise NotPlainError(errno.EINVAL, "not a regular file", str(path))
    if found.st_size > limit:
        raise NotPlainError(errno.EFBIG, f"larger than {limit >> 20} MB", str(path))


def _check_owned(path: Path, found: os.stat_result) -> None:
    if found.st_uid not in (os.geteuid(), 0):
        raise NotPlainError(errno.EPERM, "belongs to another user", str(path))


def write_durably(path: Path, data: bytes, *, previous: Path | None = None) -> Signature:
    """Replace the file by `data`, readable by its owner only; return its new signature.

    When this returns, only a dead disk loses the data; when it raises OSError, the file is
    either the old or the new one, whole. `previous` gets the replaced generation; a failure to
    keep that one never fails the write.
    """
    temporary = _beside(path)
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _SAFE, 0o600)
    try:
        try:
            view = memoryview(data)
            while view:
                view = view[os.write(handle, view) :]
            _sync(handle)
            found = os.fstat(handle)
        finally:
            os.close(handle)
        if previous is not None:
            _keep_link(path, previous)
        os.replace(temporary, path)  # noqa: PTH105 - see _unlink_quietly
    except BaseException:
        _unlink_quietly(temporary)
        raise
    sync_folder(path.parent)
    return found.st_ino, found.st_mtime_ns, found.st_size


def sync_folder(folder: Path) -> None:
    """Make the names in the folder durable, where the system can."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY | CLOEXEC)
    try:
        _sync(handle)
    finally:
        os.close(handle)


def make_private(folder: Path) -> None:
    """Create the folder and its missing parents, for its owner only."""
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    for one in reversed(missing):
        one.mkdir(mode=0o700, exist_ok=True)
    if missing:
        sync_folder(missing[-1].parent)


def sweep(folder: Path, stem: str) -> None:
    """Remove what killed writers left half written of files whose names begin with `stem`.

    Only for who holds the lock on those files: others may be in the middle of theirs.
    """
    try:
        names = os.listdir(folder)  # noqa: PTH208 - names are all that is needed
    except OSError:
        return
    for name in names:
        if name.startswith(MARK + stem):
            _unlink_quietly(folder / name)


def _beside(path: Path) -> Path:
    """A name in the same folder that nobody can guess."""
    return path.with_name(f"{MARK}{path.name[:80]}-{os.urandom(8).hex()}.tmp")


def _sync(handle: int) -> None:
    try:
        _sync_fully(handle)
    except OSError as error:
        # Some network folders cannot sync a folder, or sync at all: nothing more can be done.
        if error.errno not in _NO_SYNC:
            raise


def _sync_fully(handle: int) -> None:
    try:
        import fcntl  # noqa: PLC0415 - absent on Windows

        full: int | None = getattr(fcntl, "F_FULLFSYNC", None)
    except ImportError:
        full = None
    if full is None:
        os.fsync(handle)
    else:  # macOS, where fsync alone stops at the drive's cache
        fcntl.fcntl(handle, full)


def _keep_link(path: Path, previous: Path) -> None:
    """Give the present generation a second name, durable together with the new one."""
    temporary = _beside(path)
    with suppress(OSError, NotImplementedError):  # not every system can
        os.link(path, temporary, follow_symlinks=False)
        os.replace(temporary, previous)  # noqa: PTH105 - see _unlink_quietly
    # Also after a success: between two names of one file a rename does nothing at all.
    _unlink_quietly(temporary)


def _unlink_quietly(path: Path) -> None:
    # Calls go through `os` alone, the one seam at which tests inject their faults.
    with suppress(OSError):
        os.unlink(path)  # noqa: PTH108
