"""Two logs into one, whichever comes first and however often: the greatest stamp of a name holds.

Times of day play no part: a machine whose clock is days off wins or loses nothing by it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple


class Record(NamedTuple):
    """One record of a log: what it is about, when in logical time, by whom, and what it says."""

    kind: str
    uid: str
    clock: int
    """The maker's logical clock: greater than all it had seen."""
    device: str
    """The maker; decides between records that were made without knowing of each other."""
    text: str
    """All of the record, encoded; decides if one device made two records at one tick."""

    @property
    def key(self) -> Key:
        """What the record is about; of all records about it one holds."""
        return self.kind, self.uid

    @property
    def stamp(self) -> tuple[int, str, str]:
        """The greater stamp holds; records of equal stamps are the same record."""
        return self.clock, self.device, self.text


Key = tuple[str, str]
Log = Mapping[Key, Record]


def log_of(records: Iterable[Record]) -> dict[Key, Record]:
    """A log of records in any order, with any repetitions."""
    log: dict[Key, Record] = {}
    for record in records:
        take(log, record)
    return log


def take(log: dict[Key, Record], record: Record) -> None:
    """Let the log know the record, unless it knows a later one about the same."""
    held = log.get(record.key)
    if held is None or held.stamp < record.stamp:
        log[record.key] = record


def merge(first: Log, second: Log) -> Log:
    """The log that knows what both know; commutative, associative and idempotent."""
    return log_of([*first.values(), *second.values()])


def news(known: Log, other: Log) -> tuple[Record, ...]:
    """The records of `other` that a merge would take over into `known`, by clock."""
    fresh = (
        record
        for key, record in other.items()
        if (held := known.get(key)) is None or held.stamp < record.stamp
    )
    return tuple(sorted(fresh, key=lambda record: (*record.stamp, *record.key)))


def clock_after(log: Log, clock: int = 0) -> int:
    """The logical clock of one who has seen the log: its next record comes after all of it."""
    return max([clock, *(record.clock for record in log.values())])
