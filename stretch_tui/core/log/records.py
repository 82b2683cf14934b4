"""Records of the log as plain documents, and the values that they stand for.

A document names its `kind` and its `uid` and bears a stamp: a logical `clock` and the `device`
that made it. Of two documents of one kind and uid the greater stamp holds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from json import loads
from typing import Any

from stretch_tui.core.errors import UnsoundError
from stretch_tui.core.log.logbook import Ending, Goal, Part, Pause, Session, Source
from stretch_tui.core.text import NAME_LIMIT, NOTE_LIMIT, clean_text

Document = Mapping[str, Any]
SESSION, EDIT, UNDO = "session", "edit", "undo"
FAVORITE, BANNED, SEEN, GOAL, PAUSE = "favorite", "banned", "seen", "goal", "pause"
KINDS = (FAVORITE, BANNED, SEEN, GOAL, PAUSE, EDIT, SESSION)
"""All that is exchanged with other machines."""

_NAMES = "kind uid clock device gone at days first last reason"
_SESSION_NAMES = (
    "started offset day routine title seconds source ending feel note first_side parts edited"
)
_FIELDS = frozenset([*_NAMES.split(), *_SESSION_NAMES.split()])
_PART_FIELDS = frozenset(["stretch", "regions", "left", "right", "both", "complete"])
ID_LIMIT = 120
CLOCK_LIMIT = 2**52
"""No clock counts further; foreign clocks that would are refused."""
PARTS_LIMIT = 500
SECONDS_LIMIT = 7 * 24 * 3600.0

_SOURCES = {str(source): source for source in Source}
_ENDINGS = {str(ending): ending for ending in Ending}
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
        raise UnsoundError("not saved: the start of a session needs a zone")
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
        _SOURCES[get("source", "played")],
        _ENDINGS[get("ending", "finished")],
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


def problem_with(document: object) -> str | None:
    """What is wrong with a document from outside, in words; None when it is sound."""
    if not isinstance(document, dict):
        return "a record must be an object"
    kind = document.get("kind")
    if not isinstance(kind, str) or kind not in _CHECKS:
        return f"unknown kind of record: {clean_text(str(kind)[:200], 30)!r}"
    try:
        _check_stamp(document)
        if document.get("gone") is not True:
            _CHECKS[kind](document)
    except (ValueError, OverflowError) as problem:
        return clean_text(f"{kind}: {problem}", 150)
    return None


def only_known(document: Document) -> dict[str, Any]:
    """A sound document without the names that mean nothing to us."""
    known = {name: value for name, value in document.items() if name in _FIELDS}
    if "parts" in known:
        known["parts"] = [
            {name: value for name, value in part.items() if name in _PART_FIELDS}
            for part in known["parts"]
        ]
    return known


def _check_stamp(document: Document) -> None:
    _text(document, "uid", ID_LIMIT, least=1)
    _text(document, "device", 32, least=1)
    _whole(document, "clock", 0, CLOCK_LIMIT)
    _flag(document, "gone")


def _check_session(document: Document) -> None:
    # Every name is looked at, so that no unknown word can carry what was not checked.
    started = document.get("started")
    if not isinstance(started, str) or len(started) > 40 or not started.endswith("Z"):
        raise ValueError("'started' must be an instant like 2026-11-23T09:30:00Z")
    datetime.fromisoformat(started)
    _whole(document, "offset", -24 * 60, 24 * 60)
    _day(document, "day")
    _text(document, "routine", ID_LIMIT)
    _text(document, "title", NAME_LIMIT)
    _seconds(document, "seconds")
    if document.get("source", "played") not in _SOURCES:
        raise ValueError("'source' must be played, logged or imported")
    if document.get("ending", "finished") not in _ENDINGS:
        raise ValueError("'ending' must be finished, ended or hurt")
    _text({"note": "", **document}, "note", NOTE_LIMIT)
    _flag(document, "edited")
    if document.get("first_side") not in (None, "left", "right"):
        raise ValueError("'first_side' must be left or right")
    _check_feel(document.get("feel", [None, None]))
    parts = document.get("parts", [])
    if not isinstance(parts, list) or len(parts) > PARTS_LIMIT:
        raise ValueError(f"'parts' must be a list of at most {PARTS_LIMIT}")
    for part in parts:
        _check_part(part)


def _check_feel(feel: object) -> None:
    sound = isinstance(feel, list) and len(feel) == 2
    for value in feel if isinstance(feel, list) else ():
        sound &= value is None or (type(value) is int and 0 <= value <= 9)
    if not sound:
        raise ValueError("'feel' must be two numbers from 0 to 9 or null")


def _check_part(part: object) -> None:
    if not isinstance(part, dict):
        raise ValueError("each of 'parts' must be an object")
    _text(part, "stretch", ID_LIMIT)
    regions = part.get("regions")
    if not isinstance(regions, list) or len(regions) > 20:
        raise ValueError("'regions' must be a list of names")
    for region in regions:
        _text({"regions": region}, "regions", NAME_LIMIT)
    for side in ("left", "right", "both"):
        _seconds({side: 0, **part}, side)
    _flag(part, "complete")


def _check_register(document: Document) -> None:
    at = {"at": 0, **document}
    _whole(at, "at", 0, CLOCK_LIMIT)


def _check_goal(document: Document) -> None:
    _day(document, "uid")
    _whole(document, "days", 1, 7)


def _check_pause(document: Document) -> None:
    if _day(document, "first") > _day(document, "last"):
        raise ValueError("'first' must not be after 'last'")
    _text({"reason": "", **document}, "reason", NOTE_LIMIT)


def _check_undo(document: Document) -> None:
    _text(document, "said", NOTE_LIMIT)
    of, before = document.get("of"), document.get("before")
    named = (
        isinstance(of, list)
        and len(of) == 2
        and of[0] in (*KINDS, "import")
        and isinstance(of[1], str)
    )
    if not named or not isinstance(before, str) or not isinstance(loads(before), dict):
        raise ValueError("'of' and 'before' must name a record and what it was")


def _text(fields: Document, name: str, limit: int, *, least: int = 0) -> str:
    value = fields.get(name)
    if not isinstance(value, str) or not least <= len(value) <= limit:
        raise ValueError(f"{name!r} must be a text of {least} to {limit} characters")
    if clean_text(value, limit) != value:
        raise ValueError(f"{name!r} holds control or invisible characters")
    return value


def _whole(fields: Document, name: str, low: int, high: int) -> int:
    value = fields.get(name)
    if type(value) is not int or not low <= value <= high:
        raise ValueError(f"{name!r} must be a whole number from {low} to {high}")
    return value


def _seconds(fields: Document, name: str) -> float:
    value = fields.get(name)
    if type(value) not in (int, float) or not 0 <= value <= SECONDS_LIMIT:  # type: ignore[operator]
        raise ValueError(f"{name!r} must be seconds from 0 to {SECONDS_LIMIT:.0f}")
    return float(value)  # type: ignore[arg-type]


def _flag(fields: Document, name: str) -> None:
    if not isinstance(fields.get(name, False), bool):
        raise ValueError(f"{name!r} must be true or false")


def _day(fields: Document, name: str) -> date:
    value = fields.get(name)
    if not isinstance(value, str) or len(value) != 10:
        raise ValueError(f"{name!r} must be a day like 2026-11-23")
    return date.fromisoformat(value)


_CHECKS: Mapping[str, Callable[[Document], None]] = {
    SESSION: _check_session,
    EDIT: _check_session,
    FAVORITE: _check_register,
    BANNED: _check_register,
    SEEN: _check_register,
    GOAL: _check_goal,
    PAUSE: _check_pause,
    UNDO: _check_undo,
}
