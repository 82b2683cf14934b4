"""The values in the small tables of a log: favorites, goals, pauses."""

from __future__ import annotations

from typing import Any

from stretch_tui.core.log.logbook import Goal, Pause
from stretch_tui.core.log.records import goal_of, pause_of
from stretch_tui.storage.log.log_rows import living
from stretch_tui.storage.log.snapshot import Snapshot

CONFIG_GOAL = "goal_days@"
"""Begins the uid under which a device keeps the goal of its config file, among what was seen."""


def members(snapshot: Snapshot, table: str) -> tuple[str, ...]:
    """The uids in a small table, by the moment at which they were added."""

    def added(document: dict[str, Any]) -> tuple[int, str, str]:
        return document.get("at", document["clock"]), document["device"], document["uid"]

    return tuple(document["uid"] for document in sorted(living(snapshot.tables, table), key=added))


def goals(snapshot: Snapshot) -> tuple[Goal, ...]:
    """Dated goals, oldest first."""
    return tuple(
        sorted(map(goal_of, living(snapshot.tables, "goals")), key=lambda goal: goal.since)
    )


def config_goal(snapshot: Snapshot) -> int | None:
    """The goal of this machine's config file of which the log took note."""
    uid = CONFIG_GOAL + snapshot.meta.device
    noted = [one.get("days") for one in living(snapshot.tables, "seen") if one["uid"] == uid]
    return noted[0] if noted and isinstance(noted[0], int) else None


def last_change(snapshot: Snapshot) -> int:
    """The stamp of the newest change that can be undone; 0 when there is none."""
    return max((int(one["clock"]) for one in living(snapshot.tables, "undo")), default=0)


def pauses(snapshot: Snapshot) -> tuple[Pause, ...]:
    """All pauses, by first day."""
    found = map(pause_of, living(snapshot.tables, "pauses"))
    return tuple(sorted(found, key=lambda pause: (pause.first, pause.last, pause.uid)))
