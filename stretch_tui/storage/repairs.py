"""What can be set right in the store without a person, where nothing can be lost by it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from stretch_tui.core.errors import StoreError
from stretch_tui.storage.durable import read_plain, sweep
from stretch_tui.storage.faults import not_saved
from stretch_tui.storage.health import Finding, counted, reachable
from stretch_tui.storage.log.backups import back_up
from stretch_tui.storage.log.joining import exchanged
from stretch_tui.storage.log.lock import FileLock
from stretch_tui.storage.log.log_format import parse_log
from stretch_tui.storage.log.recovery import conflict_copies
from stretch_tui.storage.log.snapshot import SIZE_LIMIT, DamagedError, NewerSchemaError
from stretch_tui.storage.log.tiny_logbook import TinyLogbook
from stretch_tui.storage.paths import Paths

LOCK_SECONDS = 8.0


def repair(paths: Paths, finding: Finding, now: datetime) -> str:
    """Do what the finding's `repair` says; return what was done. Raises StoreError."""
    if not finding.repair:
        return ""
    try:
        return _REPAIRS[finding.about](paths, now)
    except OSError as error:
        raise not_saved(paths.data, error) from error


def _tighten(paths: Paths, _now: datetime) -> str:
    done = 0
    for path, wanted in reachable(paths):
        path.chmod(wanted)
        done += 1
    return f"made {counted(done, 'file')} readable by you alone"


def _write_again(paths: Paths, now: datetime) -> str:
    log = TinyLogbook(paths, now=lambda: now)
    log.write_again()
    return log.notices()[-1] if log.notices() else "the log was written again"


def _back_up(paths: Paths, now: datetime) -> str:
    with _locked(paths, now):
        revision = TinyLogbook(paths).revision()
        kept = back_up(paths.history, paths.backups, revision, now.date(), "daily")
    return f"kept {kept.name}"


def _sweep(paths: Paths, now: datetime) -> str:
    with _locked(paths, now):
        sweep(paths.data, paths.history.name)
        sweep(paths.backups, "history-r")
    return "removed the half-written files"


def _join_copies(paths: Paths, now: datetime) -> str:
    log = TinyLogbook(paths, now=lambda: now)
    said, problems = [], []
    for path in conflict_copies(paths.history):
        try:
            other = exchanged(parse_log(read_plain(path, SIZE_LIMIT)[0]))
            said.append(f"{log.join(other, f'the merge of {path.name}')} from {path.name}")
        except (OSError, DamagedError, NewerSchemaError):
            continue  # none of ours: it is told, and left where it is
        except StoreError as error:
            problems.append(f"{path.name}: {error}")
    if problems:  # the others are joined all the same
        raise StoreError("; ".join(problems))
    return "; ".join(said)


def _locked(paths: Paths, now: datetime) -> FileLock:
    """The lock of the log: what half-written files there are then are nobody's."""
    lock = paths.history.with_name(paths.history.name + ".lock")
    return FileLock(lock, limit_seconds=LOCK_SECONDS, now=lambda: now)


_REPAIRS: dict[str, Callable[[Paths, datetime], str]] = {
    "permissions": _tighten,
    "log": _write_again,
    "backups": _back_up,
    "leftovers": _sweep,
    "copies": _join_copies,
}
