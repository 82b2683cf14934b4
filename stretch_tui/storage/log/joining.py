"""Takes another log over into ours, and takes that back."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from stretch_tui.core.content.wording import listed
from stretch_tui.core.errors import StoreError
from stretch_tui.core.log.kinds import EDIT, KINDS, SESSION, UNDO
from stretch_tui.core.log.merge import Key, Log, Record, log_of, merge, news
from stretch_tui.core.log.soundness import CLOCK_LIMIT
from stretch_tui.storage.durable import read_plain
from stretch_tui.storage.faults import not_read
from stretch_tui.storage.log.backups import backups
from stretch_tui.storage.log.log_format import parse_log
from stretch_tui.storage.log.log_rows import record_of, records_of
from stretch_tui.storage.log.log_writer import Change
from stretch_tui.storage.log.snapshot import (
    SIZE_LIMIT,
    DamagedError,
    NewerSchemaError,
    Snapshot,
)
from stretch_tui.storage.paths import Paths

IMPORT = "import"
AHEAD_LIMIT = 2**32
"""No other machine's clock is so many changes ahead of ours; else it would soon stand still."""


class Gain(NamedTuple):
    """What a merge brings, or would bring."""

    sessions: int = 0
    """Sessions that are in sight then and were not before, whatever was done to them since."""
    others: int = 0
    """Favorites, goals, pauses; edits and deletions of sessions that were in sight before."""

    def __str__(self) -> str:
        return listed(self.words()) or "nothing new"

    def words(self) -> list[str]:
        """`4 sessions`, `1 other record`: what there is any of."""
        told = zip(self, ("session", "other record"), strict=True)
        return [f"{count:,} {noun}{'' if count == 1 else 's'}" for count, noun in told if count]


def exchanged(snapshot: Snapshot) -> Log:
    """What other machines get to see of a log."""
    return {key: one for key, one in records_of(snapshot.tables).items() if one.kind in KINDS}


def gain(known: Log, other: Log) -> Gain:
    """What a merge of the other log would bring, counted as it is shown.

    A session counts once, with the edits that come with it; one that comes deleted, not at all.
    """
    fresh = news(known, other)
    before, touched = _in_sight(known), {one.uid for one in fresh if one.kind in (SESSION, EDIT)}
    after = _in_sight(merge(known, {one.key: one for one in fresh}))
    others = len(touched & before) + sum(one.kind not in (SESSION, EDIT) for one in fresh)
    return Gain(len(after - before), others)


def _in_sight(log: Log) -> set[str]:
    """The sessions that a log shows: those that are not deleted."""
    gone = {
        record.uid
        for record in log.values()
        if record.kind == EDIT and json.loads(record.text).get("gone")
    }
    return {record.uid for record in log.values() if record.kind == SESSION} - gone


def join(change: Change, other: Log, said: str) -> Gain:
    """Merge the other log into the change; `said` makes that something to undo."""
    known = change.records()
    clock = max((record.clock for record in other.values()), default=0)
    if clock > min(change.meta.clock + AHEAD_LIMIT, CLOCK_LIMIT - AHEAD_LIMIT):
        raise StoreError("its clock is impossibly far ahead of ours; nothing was imported")
    brought = gain(known, other)
    if not news(known, other):
        return brought
    revision = change.before.meta.revision
    change.hold(merge(known, other))
    if said:
        change.reason = IMPORT
        before = {"revision": revision, "clock": change.tick()["clock"]}
        undo = _undo_record(change, said, before)
        change.hold(merge(change.records(), {undo.key: undo}))
    return brought


def _undo_record(change: Change, said: str, before: dict[str, int]) -> Record:
    stamp = {"clock": change.meta.clock, "device": change.meta.device}
    document: dict[str, Any] = {"kind": UNDO, "uid": str(change.meta.clock), **stamp}
    encoded = json.dumps(before, separators=(",", ":"))
    return record_of(document | {"said": said, "of": [IMPORT, ""], "before": encoded})


def part(change: Change, paths: Paths, before: dict[str, int]) -> None:
    """Take a merge back: what it brought goes, unless it was changed here since.

    Nothing is written about what goes, so that it can be imported again.
    """
    base = _base(paths, before["revision"])
    kept: dict[Key, Record] = {}
    for key, record in change.records().items():
        if record.kind not in KINDS or record.clock > before["clock"] or base.get(key) == record:
            kept[key] = record
        elif key in base:
            kept[key] = base[key]
    change.hold(log_of(kept.values()))


def _base(paths: Paths, revision: int) -> Log:
    """What the log held before the merge."""
    if not revision:
        return {}
    for copy in backups(paths.backups):
        if (copy.revision, copy.reason) == (revision, IMPORT):
            try:
                return records_of(parse_log(read_plain(copy.path, SIZE_LIMIT)[0]).tables)
            except OSError as error:
                raise not_read(copy.path, error) from error
            except (DamagedError, NewerSchemaError) as error:
                raise StoreError(f"the import can't be undone: {copy.path}: {error}") from error
    raise StoreError(
        f"the import can't be undone: its backup is no longer in {paths.backups}; nothing changed"
    )
