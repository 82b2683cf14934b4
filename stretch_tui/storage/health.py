"""What can be wrong with the store and its surroundings, each with a safe repair or with advice."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from stretch_tui.core.errors import StoreError
from stretch_tui.core.log.zones import counted_words, on_utc_unasked
from stretch_tui.core.settings import Settings
from stretch_tui.storage.durable import MARK, read_plain, sweep
from stretch_tui.storage.faults import check_owner, not_saved, reason
from stretch_tui.storage.log.backups import back_up, backups
from stretch_tui.storage.log.joining import exchanged, gain
from stretch_tui.storage.log.lock import BusyError, FileLock
from stretch_tui.storage.log.log_format import parse_log
from stretch_tui.storage.log.recovery import conflict_copies
from stretch_tui.storage.log.snapshot import SIZE_LIMIT, DamagedError, NewerSchemaError
from stretch_tui.storage.log.tiny_logbook import TinyLogbook
from stretch_tui.storage.paths import Paths

LEAST_FREE_BYTES = 50 << 20


class Finding(NamedTuple):
    """One thing that was looked at."""

    about: str
    """`folder`, `permissions`, `log`, `backups`, `lock`, `leftovers`, `copies`, `damaged`,
    `space`, `clock` or `zone`."""
    words: str
    bad: bool = False
    """Whether something should be done about it."""
    repair: str = ""
    """What `repair` would do, in words; empty when there is nothing safe to do."""


def findings(paths: Paths, *, now: datetime | None = None, zone: str = "") -> tuple[Finding, ...]:
    """Everything about the store, changing nothing; `zone` is the setting of that name."""
    moment = now or datetime.now(UTC)
    shut = _shut(paths.data)
    if shut is not None:
        return (shut, *_zone(zone))
    checks: tuple[Callable[[], Iterator[Finding]], ...] = (
        lambda: _folder(paths),
        lambda: _permissions(paths),
        lambda: _log(paths),
        lambda: _backups(paths),
        lambda: _lock(paths, moment),
        lambda: _leftovers(paths),
        lambda: _copies(paths),
        lambda: _damaged(paths),
        lambda: _space(paths),
        lambda: _clock(paths, moment),
        lambda: _zone(zone),
    )
    return tuple(finding for check in checks for finding in check())


def repair(paths: Paths, finding: Finding) -> str:
    """Do what the finding's `repair` says; return what was done. Raises StoreError."""
    if not finding.repair:
        return ""
    try:
        return _REPAIRS[finding.about](paths)
    except OSError as error:
        raise not_saved(paths.data, error) from error


def _shut(data: Path) -> Finding | None:
    """Why there is nothing more to look at; None when there is."""
    if not data.exists():
        return Finding("folder", f"{data} is not there yet: it comes with the first session")
    if not data.is_dir():
        return Finding("folder", f"{data} is not a folder: move it away", bad=True)
    if not os.access(data, os.R_OK | os.X_OK):
        words = f"{data} can't be opened: see who owns it with `ls -ld`"
        return Finding("folder", words, bad=True)
    return None


def _folder(paths: Paths) -> Iterator[Finding]:
    try:
        check_owner(paths.data)
    except StoreError as error:
        yield Finding("folder", str(error), bad=True)
        return
    writable = os.access(paths.data, os.W_OK | os.X_OK)
    words = "can be written" if writable else "is read-only: nothing can be saved in it"
    yield Finding("folder", f"{paths.data} {words}", bad=not writable)


def _private(paths: Paths) -> Iterator[tuple[Path, int]]:
    """Files and folders of the store that others can enter, with the mode they should have."""
    files = [*paths.data.glob("history*"), *paths.data.glob("run-*"), *paths.backups.glob("*")]
    for path in (paths.data, paths.backups, *files):
        if path.exists() and not path.is_symlink():
            wanted = 0o700 if path.is_dir() else 0o600
            if stat.S_IMODE(path.stat().st_mode) & 0o077:
                yield path, wanted


def _permissions(paths: Paths) -> Iterator[Finding]:
    if os.name == "nt":
        return
    loose = [path for path, _ in _private(paths)]
    if loose:
        words = f"others can read {loose[0]}" + _and_more(loose)
        yield Finding("permissions", words, bad=True, repair="make it readable by you alone")
    else:
        yield Finding("permissions", "only you can read the log and its backups")


def _log(paths: Paths) -> Iterator[Finding]:
    log = TinyLogbook(paths)
    try:
        notices, count = log.notices(), len(log.sessions())
    except StoreError as error:
        yield Finding("log", str(error), bad=True)
        return
    fixable = log.origin() in ("recovered", "migrated", "changed")
    for notice in notices:
        yield Finding("log", notice, bad=True, repair="save what was recovered" if fixable else "")
    if not notices:
        yield Finding("log", f"the log is sound: {_count(count, 'session')}")


def _backups(paths: Paths) -> Iterator[Finding]:
    copies = backups(paths.backups)
    broken = [copy.path for copy in copies if not _is_sound(copy.path)]
    if broken:
        yield Finding("backups", f"{broken[0]} can't be read{_and_more(broken)}", bad=True)
    if copies:
        words = f"{_count(len(copies), 'backup')}, the newest of {copies[0].day}"
        yield Finding("backups", words)
    elif paths.history.is_file() and not paths.history.is_symlink():
        yield Finding("backups", "there is no backup yet", bad=True, repair="make one now")


def _is_sound(path: Path) -> bool:
    try:
        parse_log(read_plain(path, SIZE_LIMIT)[0])
    except (OSError, DamagedError, NewerSchemaError):
        return False
    return True


def _lock(paths: Paths, now: datetime) -> Iterator[Finding]:
    path = paths.history.with_name(paths.history.name + ".lock")
    if not path.exists():
        return
    lock = FileLock(path, limit_seconds=0.0, now=lambda: now)
    try:
        with lock:
            pass
    except BusyError:
        yield Finding("lock", f"another window is at work: {lock.holder()}")
        return
    except OSError as error:
        yield Finding("lock", f"{path}: {reason(error)}", bad=True)
        return
    if lock.works:
        yield Finding("lock", "nobody else is writing, and locks work here")
    else:
        words = "this disk has no locks: keep one window open at a time"
        yield Finding("lock", words, bad=True)


def _leftovers(paths: Paths) -> Iterator[Finding]:
    left = [
        *paths.data.glob(f"{MARK}{paths.history.name}*"),
        *paths.backups.glob(f"{MARK}history-r*"),
    ]
    if left:
        words = f"{_count(len(left), 'half-written file')} left by a window that was killed"
        yield Finding("leftovers", words, bad=True, repair="remove them")


def _copies(paths: Paths) -> Iterator[Finding]:
    """Conflict copies that a file service left beside the log."""
    log = TinyLogbook(paths)
    for path in conflict_copies(paths.history):
        try:
            brings = gain(log.records(), exchanged(parse_log(read_plain(path, SIZE_LIMIT)[0])))
        except (OSError, DamagedError, NewerSchemaError, StoreError):
            yield Finding("copies", f"{path.name} looks like a copy of the log, but is not one")
            continue
        if any(brings):
            words = f"{path.name} holds {brings} that the log lacks"
            yield Finding("copies", words, bad=True, repair="merge it into the log")
        else:
            yield Finding("copies", f"{path.name} holds nothing new: you can delete it")


def _damaged(paths: Paths) -> Iterator[Finding]:
    kept = sorted(paths.data.glob("*.corrupt-*"))
    if kept:
        words = f"{_count(len(kept), 'damaged file')} set aside, the last {kept[-1].name}: "
        yield Finding("damaged", words + "delete them once nothing is missing")


def _space(paths: Paths) -> Iterator[Finding]:
    with suppress(OSError):
        free = shutil.disk_usage(paths.data).free
        words = f"{free >> 20:,} MB are free in {paths.data}"
        yield Finding("space", words, bad=free < LEAST_FREE_BYTES)


def _clock(paths: Paths, now: datetime) -> Iterator[Finding]:
    with suppress(StoreError):
        late = [one for one in TinyLogbook(paths).sessions() if one.started > now + timedelta(1)]
        if late:
            words = f"{_count(len(late), 'session')} from the future: was a clock wrong?"
            yield Finding("clock", f"{words} It is {now:%Y-%m-%d %H:%M} UTC here", bad=True)
        else:
            yield Finding("clock", f"it is {now:%Y-%m-%d %H:%M} UTC")


def _zone(zone: str) -> Iterator[Finding]:
    moment, settings = datetime.now(UTC), Settings(zone=zone)
    words = counted_words(moment, settings)
    if on_utc_unasked(moment, settings):
        words += ". If you live elsewhere: `stretch-tui config --zone CITY`"
    yield Finding("zone", words)


def _tighten(paths: Paths) -> str:
    done = 0
    for path, wanted in _private(paths):
        path.chmod(wanted)
        done += 1
    return f"made {_count(done, 'file')} readable by you alone"


def _write_again(paths: Paths) -> str:
    log = TinyLogbook(paths)
    log.write_again()
    return log.notices()[-1] if log.notices() else "the log was written again"


def _back_up(paths: Paths) -> str:
    revision = TinyLogbook(paths).revision()
    today = datetime.now(UTC).date()
    return f"kept {back_up(paths.history, paths.backups, revision, today, 'daily').name}"


def _sweep(paths: Paths) -> str:
    lock = paths.history.with_name(paths.history.name + ".lock")
    with FileLock(lock, now=lambda: datetime.now(UTC)):
        sweep(paths.data, paths.history.name)
        sweep(paths.backups, "history-r")
    return "removed the half-written files"


def _join_copies(paths: Paths) -> str:
    log = TinyLogbook(paths)
    said = []
    for path in conflict_copies(paths.history):
        with suppress(DamagedError, NewerSchemaError):
            other = exchanged(parse_log(read_plain(path, SIZE_LIMIT)[0]))
            said.append(f"{log.join(other, f'the merge of {path.name}')} from {path.name}")
    return "; ".join(said)


_REPAIRS: dict[str, Callable[[Paths], str]] = {
    "permissions": _tighten,
    "log": _write_again,
    "backups": _back_up,
    "leftovers": _sweep,
    "copies": _join_copies,
}


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}" + ("" if number == 1 else "s")


def _and_more(paths: list[Path]) -> str:
    return f" and {len(paths) - 1} more" if len(paths) > 1 else ""
