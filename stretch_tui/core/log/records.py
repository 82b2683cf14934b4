"""Records of the log as plain documents, and the values that they stand for.

A document names its `kind` and its `uid` and bears a stamp: a logical `clock` and the `device`
that made it. Of two documents of one kind and uid the greater stamp holds.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import UTC, date, datetime
from typing import Any

from stretch_tui.core.errors import RefusedError
from stretch_tui.core.log.kinds import BANNED, EDIT, FAVORITE, GOAL, PAUSE, SEEN, SESSION
from stretch_tui.core.log.logbook import Ending, Goal, Part, Pause, Session, Source
from stretch_tui.core.text import NAME_LIMIT, NOTE_LIMIT, clean_text

Document = Mapping[str, Any]

_STAMP_FIELDS = frozenset(["kind", "uid", "clock", "device", "gone"])
SESSION_FIELDS = (
    *("started", "offset", "day", "routine", "title", "seconds", "source", "ending"),
    *("feel", "note", "first_side", "edited", "parts"),
)
_FIELDS: Mapping[str, Collection[str]] = {
    SESSION: SESSION_FIELDS,
    EDIT: SESSION_FIELDS,
    FAVORITE: ("at",),
    BANNED: ("at",),
    SEEN: ("at", "days"),
    GOAL: ("days",),
    PAUSE: ("first", "last", "reason"),
}
_PART_FIELDS = frozenset(["stretch", "regions", "left", "right", "both", "complete"])

SOURCES = {str(source): source for source in Source}
ENDINGS = {str(ending): ending for ending in Ending}
_NO_FEEL = (None, None)
_regions: dict[tuple[str, ...], tuple[str, ...]] = {}


def session_fields(session: Session) -> dict[str, Any]:
    """The session as fields of a document, defaults left out, `parts` last."""
    fields: dict[str, Any] = {
        "started": _instant(session.started),
        "offset": session.offset_minutes,
        "day": session.day.isoformat(),
        "routine": session.routine,
        "title": clean_text(session.title, NAME_LIMIT),
        "seconds": session.seconds,
        "source": str(session.source),
        "ending": str(session.ending),
    }
    if session.feel_before is not None or session.feel_after is not None:
        fields["feel"] = [session.feel_before, session.feel_after]
    note = clean_text(session.note, NOTE_LIMIT)
    if note:
        fields["note"] = note
    if session.first_side is not None:
        fields["first_side"] = session.first_side
    if session.edited:
        fields["edited"] = True
    fields["parts"] = [_part_fields(part) for part in session.parts]
    return fields


def _instant(instant: datetime) -> str:
    if instant.tzinfo is None:
        raise RefusedError("not saved: the start of a session needs a zone")
    return instant.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"


def _part_fields(part: Part) -> dict[str, Any]:
    fields: dict[str, Any] = {"stretch": part.stretch, "regions": list(part.regions)}
    fields |= {side: value for side in ("left", "right", "both") if (value := getattr(part, side))}
    return fields | ({"complete": True} if part.complete else {})


def session_of(fields: Document, parts: tuple[Part, ...]) -> Session:
    """The session that the fields of a sound document stand for."""
    get = fields.get
    before, after = get("feel", _NO_FEEL)
    return Session(
        fields["uid"],
        datetime.fromisoformat(fields["started"]),
        fields["offset"],
        date.fromisoformat(fields["day"]),
        fields["routine"],
        fields["title"],
        float(fields["seconds"]),
        SOURCES[get("source", "played")],
        ENDINGS[get("ending", "finished")],
        parts,
        before,
        after,
        get("note", ""),
        get("first_side"),
        get("edited", False),
    )


def parts_of(fields: list[Document]) -> tuple[Part, ...]:
    """The parts that the items of a sound document's `parts` stand for."""
    return tuple(map(_part, fields))


def _part(fields: Document) -> Part:
    get = fields.get
    regions = tuple(fields["regions"])
    return Part(
        fields["stretch"],
        _regions.setdefault(regions, regions),
        float(get("left", 0.0)),
        float(get("right", 0.0)),
        float(get("both", 0.0)),
        get("complete", False),
    )


def goal_of(fields: Document) -> Goal:
    """The goal that a sound document stands for."""
    return Goal(date.fromisoformat(fields["uid"]), fields["days"])


def pause_of(fields: Document) -> Pause:
    """The pause that a sound document stands for."""
    first, last = date.fromisoformat(fields["first"]), date.fromisoformat(fields["last"])
    return Pause(fields["uid"], first, last, fields.get("reason", ""))


GONE: Document = {"gone": True}
"""What a document says that takes back all that was said before under its name."""


def bare(document: Document) -> dict[str, Any]:
    """What a document says, apart from its name and its stamp."""
    named = ("kind", "uid", "clock", "device")
    return {name: value for name, value in document.items() if name not in named}


def only_known(document: Document) -> dict[str, Any]:
    """A sound document without the names that mean nothing to us, and that nobody has checked."""
    meant = () if document.get("gone") else _FIELDS[document["kind"]]
    known = {
        name: value for name, value in document.items() if name in _STAMP_FIELDS or name in meant
    }
    if "parts" in known:
        known["parts"] = [
            {name: value for name, value in part.items() if name in _PART_FIELDS}
            for part in known["parts"]
        ]
    return known
