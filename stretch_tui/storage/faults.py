"""What the operating system refused, in words that say what to do."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from stretch_tui.core.errors import NOT_SAVED, StoreError

_FULL = "the disk is full: free some space, then try again"
_DENIED = "permission denied: see who owns the folder with `ls -ld`"
_WORDS = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: "your quota is used up: free some space, then try again",
    errno.EFBIG: "the system does not allow a file that large",
    errno.EROFS: "the disk is read-only",
    errno.EACCES: _DENIED,
    errno.EPERM: _DENIED,
    errno.EIO: "the disk reports an error: save your data elsewhere with `stretch-tui export`",
    errno.ELOOP: "there is a link where a plain file is needed: remove it",
    errno.ENOTDIR: "there is a file where a folder is needed",
    errno.EISDIR: "there is a folder where a file is needed",
    errno.ENOENT: "there is no such folder",
    errno.EMFILE: "too many files are open",
    errno.ENFILE: "too many files are open",
    errno.ESTALE: "the network folder went away: try again",
}


def reason(error: OSError) -> str:
    """Why it did not work, in words."""
    return _WORDS.get(error.errno or 0, error.strerror or type(error).__name__)


def not_saved(where: Path, error: OSError) -> StoreError:
    """The error for a change that did not reach the disk; the reason first: lines are cut off."""
    return StoreError(f"{NOT_SAVED}{reason(error)} ({where})")


def not_read(path: Path, error: OSError) -> StoreError:
    """The error for a file that is there and cannot be read."""
    return StoreError(f"{path} can't be read: {reason(error)}")


def check_owner(folder: Path) -> str:
    """Refuse a folder of another user with StoreError; return a warning for an open one."""
    if not hasattr(os, "geteuid"):  # Windows has other means
        return ""
    found = folder.stat()
    me = os.geteuid()
    if found.st_uid != me:
        owner = _user(found.st_uid)
        other = (
            f"run stretch-tui as {owner}" if me == 0 else f"`sudo chown -R {_user(me)} {folder}`"
        )
        raise StoreError(
            f"{folder} belongs to {owner} and you are {_user(me)}: nothing was saved; "
            f"{other}, or choose another folder with --data-dir"
        )
    if found.st_mode & 0o022:
        return f"others can write in {folder}: keep them out with `chmod 700 {folder}`"
    return ""


def _user(number: int) -> str:
    try:
        import pwd  # noqa: PLC0415 - absent on Windows

        return pwd.getpwuid(number).pw_name
    except (ImportError, KeyError):
        return f"user {number}"
