"""The log in a TinyDB file: facts are added, everything later is a newer record beside them."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from stretch_tui.core.errors import RefusedError
from stretch_tui.core.log.kinds import BANNED, EDIT, FAVORITE, GOAL, PAUSE, SEEN, SESSION
from stretch_tui.core.log.logbook import Goal, Pause, Session, Source
from stretch_tui.core.log.merge import Log
from stretch_tui.core.log.records import GONE, SESSION_FIELDS, bare, session_fields
from stretch_tui.core.log.soundness import problem_with
from stretch_tui.core.once import Once
from stretch_tui.core.text import NOTE_LIMIT, clean_text
from stretch_tui.storage.log.log_rows import TABLES
from stretch_tui.storage.log.log_view import LogView
from stretch_tui.storage.log.small_tables import CONFIG_GOAL
from stretch_tui.storage.paths import Paths

if TYPE_CHECKING:
    from stretch_tui.storage.log.atomic_json import LogDB
    from stretch_tui.storage.log.joining import Gain
    from stretch_tui.storage.log.log_writer import Change


class TinyLogbook(LogView):
    """A `core.log.logbook.Logbook` on history.json; every write is durable when it returns.

    Nothing is created before the first write. Methods may be called from any thread; those that
    write block for the disk and the lock.
    """

    def __init__(
        self,
        paths: Paths,
        *,
        lock_seconds: float = 8.0,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        new_device: Callable[[], str] = lambda: os.urandom(4).hex(),
        tell: Callable[[str], None] | None = None,
    ) -> None:
        """`new_device` names a log that is new; machines that are synced must not share a name.

        `tell` hears at once who is waited for, and whatever `notices` will hold.
        """
        super().__init__(paths, tell)
        self._paths = paths
        self._lock_seconds = lock_seconds
        self._now = now
        self._new_device = new_device
        self._tell = tell
        # One for all threads: the locks of two would keep each other waiting.
        self._database = Once(self._open)

    @property
    def _db(self) -> LogDB:
        return self._database()

    def _open(self) -> LogDB:
        # Reading alone needs none of these: a prompt waits for it.
        from stretch_tui.storage.log.atomic_json import LogDB  # noqa: PLC0415
        from stretch_tui.storage.log.lock import FileLock  # noqa: PLC0415
        from stretch_tui.storage.log.log_writer import LogWriter  # noqa: PLC0415

        lock = FileLock(
            self._paths.history.with_name("history.json.lock"),
            limit_seconds=self._lock_seconds,
            now=self._now,
            on_wait=self._waiting,
        )
        writer = LogWriter(
            self._reader,
            lock,
            self._paths.backups,
            now=self._now,
            new_device=self._new_device,
        )
        return LogDB(writer)

    def listen(self, tell: Callable[[str], None]) -> None:
        """From now on `tell` hears, on the thread that writes, whom a change has to wait for."""
        self._tell = tell

    def _waiting(self, words: str) -> None:
        if self._tell is not None:
            self._tell(words)

    def add(self, session: Session) -> None:
        """Keep a session; a second time with the same uid changes nothing.

        One that was entered by hand can be undone; one that was played is a fact.
        """
        fields = _sound({"kind": SESSION, "uid": session.uid, **session_fields(session)})
        with self._db.changing() as change:
            if change.find(SESSION, session.uid) or change.find(EDIT, session.uid):
                return
            self._db.table(TABLES[SESSION]).insert(change.stamped(fields))
            if session.source is Source.LOGGED:
                said = f"the entry of {_named(fields)}"
                self._can_undo(change, said, EDIT, {session.uid: GONE})

    def edit(self, session: Session) -> None:
        """Replace what is shown of the session with this uid by a later record.

        It is marked as edited, unless all that is new is how it feels.
        """
        fields = session_fields(session)
        with self._db.changing() as change:
            before = _living(change, session.uid)
            if before is None:
                raise RefusedError(f"not saved: {_named(fields)} is no longer in the log")
            changed = {name for name in SESSION_FIELDS if fields.get(name) != before.get(name)}
            if changed != {"feel"}:
                fields = session_fields(replace(session, edited=True))
            self._put(change, _sound({"kind": EDIT, "uid": session.uid, **fields}))
            said = f"the change to {_named(before)}"
            self._can_undo(change, said, EDIT, {session.uid: before})

    def delete(self, uid: str) -> None:
        """Take the session out of sight by a later record."""
        with self._db.changing() as change:
            before = _living(change, uid)
            if before is not None:
                self._put(change, {"kind": EDIT, "uid": uid, **GONE})
                self._can_undo(change, f"the deletion of {_named(before)}", EDIT, {uid: before})

    def set_favorite(self, item: str, favorite: bool) -> None:
        """Make the routine or stretch a favorite, or no longer one."""
        verb, where = ("adding", "to") if favorite else ("taking", "from")
        self._set(FAVORITE, item, favorite, f"{verb} {item} {where} the favorites")

    def set_banned(self, stretch: str, banned: bool) -> None:
        """Never suggest the stretch again, or allow it again."""
        said = f"never suggesting {stretch}" if banned else f"suggesting {stretch} again"
        self._set(BANNED, stretch, banned, said)

    def mark_seen(self, stretch: str) -> None:
        """Remember that the words of the stretch are known."""
        self._set(SEEN, stretch, True, "")

    def set_goals(self, goals: Sequence[Goal]) -> None:
        """Change the weekly goal by dated goals: one change, and one undo of it."""
        said = f"the goal of {goals[-1].days} days a week"
        self._change(said, *map(_goal_fields, goals))

    def take_config_goal(self, days: int, goals: Sequence[Goal]) -> None:
        """Take note of the config file's goal, with the dated goals that follow from it."""
        with self._db.changing() as change:
            for goal in goals:
                self._put(change, _sound(_goal_fields(goal)))
            noted = {"kind": SEEN, "uid": CONFIG_GOAL + change.meta.device, "days": days}
            self._put(change, _sound(noted))

    def add_pause(self, pause: Pause) -> None:
        """Keep a pause."""
        fields = {
            "kind": PAUSE,
            "uid": pause.uid,
            "first": pause.first.isoformat(),
            "last": pause.last.isoformat(),
            "reason": clean_text(pause.reason, NOTE_LIMIT),
        }
        self._change(f"the pause from {pause.first} to {pause.last}", fields)

    def remove_pause(self, uid: str) -> None:
        """Forget a pause."""
        self._change("the removal of a pause", {"kind": PAUSE, "uid": uid, **GONE})

    def undo(self) -> str | None:
        """Undo the last change; say in words what was undone, None if there is nothing to undo."""
        from stretch_tui.storage.log.undoing import undo_last  # noqa: PLC0415 - see _open

        with self._db.changing() as change:
            return undo_last(self._db, change, self._paths)

    def write_again(self) -> None:
        """Write what was read: what was recovered, migrated or changed outside becomes the log."""
        with self._db.changing() as change:
            change.changed = True

    def device(self) -> str:
        """The name of this copy of the log; gives it one when it has none yet."""
        named = self.known_device()
        if named:
            return named
        self.write_again()
        return self.known_device()

    def join(self, other: Log, said: str = "") -> Gain:
        """Merge another log into this one; a second time changes nothing.

        With `said`, words like "the import of x.json", it can be undone as a whole.
        """
        with self._db.changing() as change:
            from stretch_tui.storage.log.joining import join  # noqa: PLC0415 - rare

            return join(change, other, said)

    def _set(self, kind: str, uid: str, on: bool, said: str) -> None:
        self._change(said, {"kind": kind, "uid": uid, **({} if on else GONE)})

    def _change(self, said: str, *records: dict[str, Any]) -> None:
        """Write registers of one kind that say anything new; one undo brings back what they said.

        Without `said` there is nothing to undo.
        """
        kind, sound = records[0]["kind"], [*map(_sound, records)]
        with self._db.changing() as change:
            old: dict[str, Mapping[str, Any]] = {}
            for fields in sound:
                before = change.find(kind, fields["uid"])
                if before is None and fields.get("gone"):
                    continue
                if before is None or bare(before) != {**_place(before, fields), **bare(fields)}:
                    self._put(change, fields)
                    old[fields["uid"]] = before or GONE
            if old and said:
                self._can_undo(change, said, kind, old)

    def _put(self, change: Change, fields: dict[str, Any]) -> None:
        stamped = change.stamped(fields)
        if fields["kind"] == FAVORITE and not fields.get("gone"):
            stamped.setdefault("at", stamped["clock"])  # its place in the order outlives an undo
        self._db.table(TABLES[fields["kind"]]).put(stamped)

    def _can_undo(
        self, change: Change, said: str, kind: str, before: Mapping[str, Mapping[str, Any]]
    ) -> None:
        from stretch_tui.storage.log.undoing import remember  # noqa: PLC0415 - see _open

        remember(self._db, change, said, kind, {uid: bare(old) for uid, old in before.items()})


def _living(change: Change, uid: str) -> dict[str, Any] | None:
    """The session as it is shown; None when there is none, or no longer: a deletion holds."""
    found = change.find(EDIT, uid) or change.find(SESSION, uid)
    return None if found is None or found.get("gone") else found


def _goal_fields(goal: Goal) -> dict[str, Any]:
    return {"kind": GOAL, "uid": goal.since.isoformat(), "days": goal.days}


def _place(before: Mapping[str, Any], fields: Mapping[str, Any]) -> dict[str, Any]:
    """The place in the order that something keeps which already stands there."""
    return {"at": before["at"]} if "at" in before and not fields.get("gone") else {}


def _named(fields: Mapping[str, Any]) -> str:
    """The session in words."""
    return f"{fields.get('title') or 'a session'}, {fields.get('day', '')}".strip(", ")


def _sound(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields, or RefusedError: what we write, we must be able to read again."""
    problem = problem_with({"clock": 0, "device": "-", **fields})
    if problem is not None:
        raise RefusedError(f"not saved: {problem}")
    return fields
