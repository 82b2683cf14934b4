"""What can be wrong with the store and its surroundings, each with a safe repair or with advice."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from stretch_tui.core.errors import StoreError
from stretch_tui.core.log.zones import counted_words, on_utc_unasked
from stretch_tui.core.settings import Settings
from stretch_tui.storage.durable import MARK, read_plain
from stretch_tui.storage.faults import check_owner, reason
from stretch_tui.storage.log.backups import backups
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


def findings(paths: Paths, now: datetime, *, zone: str = "") -> tuple[Finding, ...]:
    """Everything about the store, changing nothing; `zone` is the setting of that name."""
    shut = _shut(paths.data)
    if shut is not None:
        return (shut, *_zone(zone, now))
    checks: tuple[Callable[[], Iterator[Finding]], ...] = (
        lambda: _folder(paths),
        lambda: _permissions(paths),
        lambda: _log(paths),
        lambda: _backups(paths),
        lambda: _lock(paths, now),
        lambda: _leftovers(paths),
        lambda: _copies(paths),
        lambda: _damaged(paths),
        lambda: _space(paths),
        lambda: _clock(paths, now),
        lambda: _zone(zone, now),
    )
    return tuple(finding for check in checks for finding in check())


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


def reachable(paths: Paths) -> Iterator[tuple[Path, int]]:
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
    loose = [path for path, _ in reachable(paths)]
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
        yield Finding("log", f"the log is sound: {counted(count, 'session')}")


def _backups(paths: Paths) -> Iterator[Finding]:
    copies = backups(paths.backups)
    broken = [copy.path for copy in copies if not _is_sound(copy.path)]
    if broken:
        yield Finding("backups", f"{broken[0]} can't be read{_and_more(broken)}", bad=True)
    if copies:
        words = f"{counted(len(copies), 'backup')}, the newest of {copies[0].day}"
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
        words = f"{counted(len(left), 'half-written file')} left by a window that was killed"
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
        words = f"{counted(len(kept), 'damaged file')} set aside, the last {kept[-1].name}: "
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
            words = f"{counted(len(late), 'session')} from the future: was a clock wrong?"
            yield Finding("clock", f"{words} It is {now:%Y-%m-%d %H:%M} UTC here", bad=True)
        else:
            yield Finding("clock", f"it is {now:%Y-%m-%d %H:%M} UTC")


def _zone(zone: str, now: datetime) -> Iterator[Finding]:
    settings = Settings(zone=zone)
    words = counted_words(now, settings)
    if on_utc_unasked(now, settings):
        words += ". If you live elsewhere: `stretch-tui config --zone CITY`"
    yield Finding("zone", words)


def counted(number: int, what: str) -> str:
    """So many of something, in words."""
    return f"{number:,} {what}" + ("" if number == 1 else "s")


def _and_more(paths: list[Path]) -> str:
    return f" and {len(paths) - 1} more" if len(paths) > 1 else ""
