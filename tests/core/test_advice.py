"""What the log suggests after a session."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playing import STRETCHES, routine

from stretch_tui.core.amount import Amount
from stretch_tui.core.content.catalog import Catalog
from stretch_tui.core.content.routine import Routine, Step
from stretch_tui.core.content.stretch import Region
from stretch_tui.core.log.logbook import Part, Session
from stretch_tui.core.session.advice import Advice, advice, idea, worsened
from stretch_tui.core.session.recap import Past, recap, regions_got
from stretch_tui.core.settings import Settings

BEGIN = datetime(2026, 3, 2, 9, tzinfo=UTC)
FEEL = st.none() | st.integers(0, 9)


def session(
    number: int,
    before: int | None = None,
    after: int | None = None,
    parts: tuple[Part, ...] = (),
    title: str = "mix",
) -> Session:
    started = BEGIN + timedelta(hours=number)
    return Session(
        f"u{number}",
        started,
        0,
        started.date(),
        title,
        title,
        sum(part.seconds for part in parts),
        parts=parts,
        feel_before=before,
        feel_after=after,
    )


def test_two_that_end_worse_propose_a_gentler_dose_and_then_a_rest():
    twice = [session(1, 2, 4), session(2, 1, 2)]
    assert advice(twice, "mix", Amount.FULL) is Advice.GENTLER
    assert advice(twice, "mix", Amount.STEADY) is Advice.GENTLER
    assert advice(twice, "mix", Amount.GENTLE) is Advice.REST
    assert Advice.GENTLER.words.endswith("try the gentle dose.")
    assert Advice.REST.words.endswith("rest may do more.")


@pytest.mark.parametrize(
    "sessions",
    [
        [session(1, 2, 4)],
        [session(1, 2, 4), session(2, 3, 3)],
        [session(1, 2, 4), session(2, None, 9)],
        [session(1, 2, 4), session(2, 2, 4), session(3, 2, 1)],
        [session(1, 2, 4), session(2, 2, 4, title="other")],
    ],
)
def test_anything_else_proposes_nothing(sessions):
    assert advice(sessions, "mix", Amount.GENTLE) is None


@given(st.lists(st.tuples(FEEL, FEEL), max_size=6), st.sampled_from(Amount))
def test_only_the_last_two_decide_in_whatever_order_the_log_gives_them(feels, amount):
    sessions = [session(n, before, after) for n, (before, after) in enumerate(feels)]
    expected = len(sessions) > 1 and all(worsened(one) for one in sessions[-2:])
    assert (advice(reversed(sessions), "mix", amount) is not None) == expected


CHEST = replace(STRETCHES["held"], id="chest", regions=(Region.CHEST,))
CATALOG = Catalog(
    {**STRETCHES, "chest": CHEST},
    {
        "mix": routine("held"),
        "front": Routine("front", "Front", (Step("chest"),)),
        "front-two": Routine("front-two", "Front two", (Step("chest"), Step("held"))),
    },
)
NECK = Part("held", ("neck", "shoulders"), both=60, complete=True)


def test_sessions_made_to_measure_are_not_taken_for_one_routine():
    unsaved = [session(1, 2, 4, title=""), session(2, 1, 2, title="")]
    assert advice(unsaved, "", Amount.FULL) is None


def test_tomorrow_reaches_what_got_least():
    found = idea(CATALOG, [session(1, parts=(NECK,))])
    assert found is not None
    assert (found.routine.id, found.region, found.untouched) == ("front", Region.CHEST, True)


def test_a_favorite_wins_and_a_banned_stretch_is_not_proposed():
    recent = [session(1, parts=(NECK,))]
    assert idea(CATALOG, recent, favorites={"front-two"}).routine.id == "front-two"
    assert idea(CATALOG, recent, banned={"chest"}) is None


def test_regions_keep_their_sides_apart_and_are_never_added_up():
    parts = (NECK, Part("sided", ("neck",), left=20, right=15))
    got = regions_got(session(1, parts=parts))
    assert list(got) == ["neck", "shoulders"], "most first, and what got nothing is left out"
    assert (got["neck"].left, got["neck"].right, got["neck"].both) == (20, 15, 60)
    assert got["shoulders"].seconds == 60
    assert got["neck"].seconds == 95


def test_the_streak_is_looked_at_with_and_without_the_session():
    settings = Settings(zone="UTC", goal_days=1)
    last = session(1, parts=(NECK,))
    past = Past((last,), (), (), (), (), settings)
    told = recap(last, past, CATALOG, date(2026, 3, 2), Amount.GENTLE)
    assert (told.before.weeks, told.after.weeks) == (0, 1)
    assert told.week_kept_now
    more = replace(past, sessions=(last, session(2, parts=(NECK,))))
    later = recap(more.sessions[-1], more, CATALOG, date(2026, 3, 2), Amount.GENTLE)
    assert (later.before.weeks, later.after.weeks) == (1, 1)
    assert not later.week_kept_now


@pytest.mark.parametrize(("days_ago", "untouched"), [(6, False), (7, True)])
def test_the_idea_looks_at_a_week_and_no_further(days_ago: int, untouched: bool):
    chest = Part("chest", ("chest",), both=30, complete=True)
    old = session(1 - 24 * days_ago, parts=(chest,), title="front")
    past = Past((old,), (), (), (), (), Settings(zone="UTC"))
    told = recap(session(1, parts=(NECK,)), past, CATALOG, date(2026, 3, 2), Amount.GENTLE)
    assert told.idea is not None
    assert (told.idea.region, told.idea.untouched) == (Region.CHEST, untouched)
