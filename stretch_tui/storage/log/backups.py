"""Earlier generations of the log: one a day, thinned; and one before each great change."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import NamedTuple

from stretch_tui.storage.durable import (
    make_private,
    read_plain,
    sweep,
    sync_folder,
    write_durably,
)
from stretch_tui.storage.log.snapshot import SIZE_LIMIT

DAILY = "daily"
FORCED_KEPT = 10
"""Copies from before imports, migrations and repairs that are kept."""
DAYS_KEPT, WEEKS_KEPT, MONTHS_KEPT = 7, 4, 12

_NAME = re.compile(r"history-r(\d{1,15})-(\d{4}-\d{2}-\d{2})-([a-z]+)\.json")


class Backup(NamedTuple):
    """A copy of one generation, told by its name."""

    revision: int
    """Orders the copies; days may go back when a clock does."""
    day: date
    reason: str
    """`daily`, or what came after it: `migration`, `import`, `repair`, `change`."""
    path: Path


def backups(folder: Path) -> list[Backup]:
    """All copies in the folder, newest first."""
    try:
        names = os.listdir(folder)  # noqa: PTH208 - names are all that is needed
    except OSError:
        return []
    found = []
    for name in names:
        match = _NAME.fullmatch(name)
        if match is not None:
            try:
                day = date.fromisoformat(match[2])
            except ValueError:
                continue
            found.append(Backup(int(match[1]), day, match[3], folder / name))
    return sorted(found, reverse=True)


def due(folder: Path, today: date) -> bool:
    """Whether the first change of the day is still to be backed up."""
    return not any(copy.day == today and copy.reason == DAILY for copy in backups(folder))


def back_up(generation: Path, folder: Path, revision: int, today: date, reason: str) -> Path:
    """Copy a generation, durably, and thin the older copies; raises OSError.

    A copy and no link: an editor that saves in place must not reach it.
    """
    make_private(folder)
    sweep(folder, "history-r")
    data, _ = read_plain(generation, SIZE_LIMIT)
    path = folder / f"history-r{revision:08d}-{today.isoformat()}-{reason}.json"
    write_durably(path, data)
    for copy in superfluous(backups(folder)):
        copy.path.unlink(missing_ok=True)
    sync_folder(folder)
    return path


def superfluous(copies: Iterable[Backup]) -> list[Backup]:
    """What thinning takes away: all but the newest of 7 days, 4 weeks and 12 months, and 10 more.

    The order is that of revisions, so that no change of the clock can push out the newest.
    """
    newest = sorted(copies, reverse=True)
    daily = [copy for copy in newest if copy.reason == DAILY]
    forced = [copy for copy in newest if copy.reason != DAILY]
    kept = {copy.path for copy in forced[:FORCED_KEPT]}
    kept |= _newest_of(daily, DAYS_KEPT, lambda copy: (copy.day,))
    kept |= _newest_of(daily, WEEKS_KEPT, lambda copy: copy.day.isocalendar()[:2])
    kept |= _newest_of(daily, MONTHS_KEPT, lambda copy: (copy.day.year, copy.day.month))
    return [copy for copy in newest if copy.path not in kept]


def _newest_of(
    copies: list[Backup], count: int, span: Callable[[Backup], tuple[object, ...]]
) -> set[Path]:
    """The newest copy of each of the newest so many spans."""
    found: dict[tuple[object, ...], Path] = {}
    for copy in copies:
        if span(copy) not in found and len(found) < count:
            found[span(copy)] = copy.path
    return set(found.values())
