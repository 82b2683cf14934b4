"""Records from outside: whatever they hold, they are refused in words or can be used."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from stretch_tui.core.log.kinds import KINDS
from stretch_tui.core.log.logbook import Goal, Pause, Session
from stretch_tui.core.log.records import (
    goal_of,
    only_known,
    parts_of,
    pause_of,
    session_fields,
    session_of,
)
from stretch_tui.core.log.session_words import session_words
from stretch_tui.core.log.soundness import problem_with
from stretch_tui.core.log.stats import by_region
from stretch_tui.core.log.streak import streak
from stretch_tui.core.settings import Settings

STAMP = {"uid": "u", "clock": 1, "device": "d"}
SESSION = {
    "started": "2026-03-01T09:30:00Z",
    "offset": 60,
    "day": "2026-03-01",
    "routine": "r",
    "title": "t",
    "seconds": 61.5,
    "source": "played",
    "ending": "hurt",
    "feel": [4, None],
    "note": "n",
    "first_side": "left",
    "edited": True,
    "parts": [{"stretch": "s", "regions": ["neck"], "left": 1, "right": 2.5, "complete": True}],
}
SOUND: dict[str, dict[str, Any]] = {
    "session": SESSION,
    "edit": SESSION,
    "favorite": {"at": 3},
    "banned": {},
    "seen": {"days": 3},
    "goal": {"uid": "2026-03-01", "days": 3},
    "pause": {"first": "2026-03-01", "last": "2026-03-02", "reason": "flu"},
}
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(
        ["\x1b[2J", "\u202e", "0001-01-01", "9999-12-31", "2026-W01-1", "0001-01-01T00:00:00Z"]
    ),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["stretch", "regions", "left", "gone", "x"]), inner, max_size=3
        )
    ),
    max_leaves=6,
)
NAMES = sorted({*STAMP, *SESSION, "gone", "at", "days", "first", "last", "reason", "x"})


def test_what_is_sound_is_taken_for_that() -> None:
    assert set(SOUND) == set(KINDS)
    for kind, fields in SOUND.items():
        document = {"kind": kind, **STAMP, **fields}
        assert problem_with(document) is None
        assert only_known({**document, "x": 1}) == document


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(KINDS), st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=3))
@example("session", {"source": []})
@example("edit", {"gone": True, "parts": 5})
@example("session", {"reason": float("inf")})
@example("session", {"started": "0001-01-01T00:00:00Z", "offset": -1440})
@example("pause", {"first": "0001-01-01", "last": "9999-12-31"})
def test_any_field_of_any_record_is_refused_in_words_or_can_be_used(
    kind: str, changed: dict[str, Any]
) -> None:
    document = {"kind": kind, **STAMP, **SOUND[kind], **changed}
    problem = problem_with(document)
    if problem is not None:
        assert problem.isprintable()
        assert len(problem) <= 150
        return
    known = only_known(document)
    assert json.loads(json.dumps(known, allow_nan=False)) == known
    if not known.get("gone"):
        use(known)


def use(known: dict[str, Any]) -> None:
    """What the program does with a record: sums and words."""
    made: list[Session | Goal | Pause] = []
    if known["kind"] in ("session", "edit"):
        session = session_of(known, parts_of(known.get("parts", [])))
        assert session_fields(session)["day"] == known["day"]
        assert session_words(session)
        assert by_region([session]) is not None
        made.append(session)
    if known["kind"] == "goal":
        made.append(goal_of(known))
    if known["kind"] == "pause":
        made.append(pause_of(known))
    sessions = [one for one in made if isinstance(one, Session)]
    goals = [one for one in made if isinstance(one, Goal)]
    pauses = [one for one in made if isinstance(one, Pause)]
    for day in (date(2026, 3, 4), date(1970, 1, 1)):
        assert streak(sessions, goals, pauses, Settings(zone="UTC"), day).at == day


@pytest.mark.parametrize("document", [None, 1, [], "x", {}, {"kind": []}, {"kind": "virus"}])
def test_what_is_no_record_is_refused(document: object) -> None:
    assert problem_with(document)
