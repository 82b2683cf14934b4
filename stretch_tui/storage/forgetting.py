"""Deletes all data of the program, and nothing else that may lie in the same folder."""

from __future__ import annotations

import fnmatch
from pathlib import Path

from stretch_tui.core.errors import StoreError
from stretch_tui.storage.durable import MARK, sync_folder
from stretch_tui.storage.faults import check_owner, not_saved
from stretch_tui.storage.paths import Paths

_OURS = (
    "history.json",
    "history.json.*",
    "history*conflict*",  # copies made by file services
    "run-*.json",
    "run-*.json.*",
    ".run-*.json.tmp",
    "draft*.toml",
    "draft*.lock",
    "crash-*.txt",
    f"{MARK}*",
)
_IN_CACHE = ("catalog-*.index", "lengths.json", "first.frame")
_IN_FOLDERS = ("*.toml", "*.toml.*", "history-r*.json", f"{MARK}*")
LOCK = "history.json.lock"


def what_there_is(paths: Paths) -> list[Path]:
    """Every file that would be deleted; the lock and the settings are not among them."""
    return [path for path in _ours(paths) if path.name != LOCK]


def _ours(paths: Paths) -> list[Path]:
    found = _matching(paths.data, _OURS)
    for folder in _folders(paths):
        found += _matching(folder, _IN_FOLDERS)
        found += _matching(folder / "deleted", _IN_FOLDERS)
    return found + _matching(paths.cache, _IN_CACHE)


def _folders(paths: Paths) -> tuple[Path, ...]:
    return paths.routines, paths.stretches, paths.poses, paths.edits, paths.backups


def _matching(folder: Path, patterns: tuple[str, ...]) -> list[Path]:
    """Files and links in the folder itself; a folder that is a link leads away, and is left."""
    if folder.is_symlink() or not folder.is_dir():
        return []
    return sorted(
        path
        for path in folder.iterdir()
        if any(fnmatch.fnmatchcase(path.name, one) for one in patterns)
        and (path.is_symlink() or path.is_file())
    )


def forget(paths: Paths) -> None:
    """Delete it all, the log last: what is interrupted can be done again. Raises StoreError."""
    try:
        if paths.data.is_dir():
            check_owner(paths.data)
        doomed = sorted(_ours(paths), key=lambda path: path.name.startswith("history.json"))
        for path in doomed:
            path.unlink(missing_ok=True)
        for folder in (*_folders(paths), paths.cache):
            _remove_if_empty(folder / "deleted")
            _remove_if_empty(folder)
        if paths.data.is_dir():
            sync_folder(paths.data)
        left = what_there_is(paths)
    except OSError as error:
        raise not_saved(paths.data, error) from error
    if left:
        raise StoreError(f"{left[0]} was written meanwhile: close other windows, then try again")


def _remove_if_empty(folder: Path) -> None:
    if folder.is_dir() and not folder.is_symlink() and not any(folder.iterdir()):
        folder.rmdir()
