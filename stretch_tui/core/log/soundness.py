"""What is wrong with a document from outside, if anything: every field is looked at."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from json import loads

from stretch_tui.core.log.kinds import (
    BANNED,
    EDIT,
    FAVORITE,
    GOAL,
    KINDS,
    PAUSE,
    SEEN,
    SESSION,
    UNDO,
)
from stretch_tui.core.log.records import ENDINGS, SOURCES, Document
from stretch_tui.core.text import NAME_LIMIT, NOTE_LIMIT, clean_text

ID_LIMIT = 120
CLOCK_LIMIT = 2**52
"""No clock counts further; foreign clocks that would are refused."""
FIRST_YEAR, LAST_YEAR = 1900, 2200
"""Further off no day can be counted from; a clock that nobody set says 1970."""
PARTS_LIMIT = 500
SECONDS_LIMIT = 7 * 24 * 3600.0
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INSTANT = re.compile(_DAY.pattern + r"T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?Z")
"""As we write them, so that their order as texts is that in time."""


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


def _check_stamp(document: Document) -> None:
    _text(document, "uid", ID_LIMIT, least=1)
    _text(document, "device", 32, least=1)
    _whole(document, "clock", 0, CLOCK_LIMIT)
    _flag(document, "gone")


def _check_session(document: Document) -> None:
    # Every name is looked at, so that no unknown word can carry what was not checked.
    _check_instant(document.get("started"))
    _whole(document, "offset", -24 * 60, 24 * 60)
    _day(document, "day")
    _text(document, "routine", ID_LIMIT)
    _text(document, "title", NAME_LIMIT)
    _seconds(document, "seconds")
    _word({"source": "played", **document}, "source", SOURCES)
    _word({"ending": "finished", **document}, "ending", ENDINGS)
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


def _check_instant(started: object) -> None:
    if not isinstance(started, str) or _INSTANT.fullmatch(started) is None:
        raise ValueError("'started' must be an instant like 2026-11-23T09:30:00Z")
    _check_year("started", datetime.fromisoformat(started).year)


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
    _whole({"at": 0, **document}, "at", 0, CLOCK_LIMIT)
    _whole({"days": 1, **document}, "days", 1, 7)  # a goal of which note was taken


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
    if not named or not isinstance(before, str) or not isinstance(_decoded(before), dict):
        raise ValueError("'of' and 'before' must name a record and what it was")


def _decoded(text: str) -> object:
    try:
        return loads(text)
    except RecursionError:
        raise ValueError("'before' is nested too deeply") from None


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


def _word(fields: Document, name: str, words: Mapping[str, object]) -> None:
    value = fields.get(name)
    if not isinstance(value, str) or value not in words:
        raise ValueError(f"{name!r} must be one of {', '.join(words)}")


def _day(fields: Document, name: str) -> date:
    value = fields.get(name)
    if not isinstance(value, str) or _DAY.fullmatch(value) is None:
        raise ValueError(f"{name!r} must be a day like 2026-11-23")
    day = date.fromisoformat(value)
    _check_year(name, day.year)
    return day


def _check_year(name: str, year: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"{name!r} must be between the years {FIRST_YEAR} and {LAST_YEAR}")


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
