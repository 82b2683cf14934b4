"""What a routine covers, and the order that costs the body least."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from measured import stretches

from stretch_tui.core.content.dose import Dose, Range, Sides
from stretch_tui.core.content.positions import floor_changes
from stretch_tui.core.content.routine import Routine, Step
from stretch_tui.core.content.stretch import Level, Phase, Position, Region, Stretch
from stretch_tui.core.editing.balance import balance, departures
from stretch_tui.core.editing.ordering import path_cost, path_of, reordered
from stretch_tui.core.session.expansion import parts
from stretch_tui.core.settings import Settings


def known(*places: tuple[str, Position]) -> dict[str, Stretch]:
    return {
        name: Stretch(
            name,
            name,
            (Region.NECK,),
            place,
            Level.EASY,
            (),
            (Phase("hold", "a/hold"),),
            Dose(hold_seconds=Range(20, 30), sides=Sides.EACH),
        )
        for name, place in places
    }


def routine(*names: str) -> Routine:
    return Routine("r", "R", tuple(Step(name) for name in names))


SOME = known(
    ("a", Position.CHAIR),
    ("b", Position.PRONE),
    ("c", Position.CHAIR),
    ("d", Position.SUPINE),
    ("e", Position.PRONE),
)


@hypothesis_settings(max_examples=50, deadline=None)
@given(stretches(most=5), st.data())
def test_no_order_costs_the_body_less(found: Mapping[str, Stretch], data: st.DataObject) -> None:
    names = data.draw(st.lists(st.sampled_from(sorted(found)), max_size=5)) if found else []
    before = routine(*names)
    after = reordered(before, found)
    every = (path_cost(path_of(steps, found)) for steps in permutations(before.steps))
    assert path_cost(path_of(after.steps, found)) == min(every)
    assert sorted(s.stretch for s in after.steps) == sorted(names)
    assert reordered(after, found) == after
    for place in Position:
        alone = [name for name in names if (found[name].position,) == (place,)]
        alone = [name for name in alone if not found[name].positions]
        kept = [s.stretch for s in after.steps if s.stretch in alone]
        assert kept == alone


def test_a_routine_that_goes_down_and_up_is_put_in_order_and_nothing_else_moves() -> None:
    before = routine("a", "b", "c", "d", "e")
    after = reordered(before, SOME)
    assert [step.stretch for step in after.steps] == ["a", "c", "b", "e", "d"]
    assert floor_changes(path_of(before.steps, SOME)) == 3
    assert floor_changes(path_of(after.steps, SOME)) == 1


def test_an_order_as_good_as_any_is_left_alone() -> None:
    before = routine("d", "b", "e", "a", "c")
    assert reordered(before, SOME) == before


def test_unknown_stretches_stay_behind_the_step_they_follow() -> None:
    before = routine("x", "a", "b", "y", "c")
    after = reordered(before, SOME)
    assert [step.stretch for step in after.steps] == ["x", "a", "c", "b", "y"]


@hypothesis_settings(max_examples=80, deadline=None)
@given(st.permutations("abcde"), st.integers(0, 3), st.booleans())
def test_what_stands_in_for_a_step_stays_beside_it(
    order: list[str], at: int, stand_in_first: bool
) -> None:
    steps = [Step(name) for name in order]
    one, other = (at + 1, at) if stand_in_first else (at, at + 1)
    steps[other] = replace(steps[other], instead_of=steps[one].stretch)
    before = Routine("r", "R", tuple(steps))
    after = reordered(before, SOME)
    names = [step.stretch for step in after.steps]
    assert sorted(names) == sorted(order)
    assert names.index(order[at]) + 1 == names.index(order[at + 1])
    report = balance(before, SOME, parts(before, SOME, Settings()))
    assert report.saved >= 0
    assert (report.saved > 0) == (after != before)


def test_the_balance_says_what_is_covered_missing_and_saved() -> None:
    before = routine("a", "b", "c", "d", "e", "gone")
    report = balance(before, SOME, parts(before, SOME, Settings()))
    assert report.regions == {Region.NECK: 5 * 40.0}
    assert (report.left, report.right) == (100.0, 100.0)
    assert report.missing == (Region.SHOULDERS, Region.CHEST, Region.UPPER_BACK)
    assert (report.floor_changes, report.saved) == (3, 2)
    assert [place.value for place in report.path] == ["chair", "prone", "chair", "supine", "prone"]
    assert report.unknown == ("gone",)
    assert report.departures == ()


def test_a_short_routine_is_not_told_what_it_misses() -> None:
    short = routine("a")
    assert balance(short, SOME, parts(short, SOME, Settings())).missing == ()


def test_a_dose_beyond_what_is_published_is_told() -> None:
    dose = Dose(hold_seconds=Range(90, 90), sides=Sides.EACH)
    away = departures(Routine("r", "R", (Step("a"), Step("a", dose))), SOME)
    assert [(d.step, d.figure.field, d.figure.odd) for d in away] == [(1, "hold_seconds", True)]
    grown = {"a": replace(SOME["a"], build_to=Range(60, 90))}
    assert departures(Routine("r", "R", (Step("a", dose),)), grown) == ()


@pytest.mark.parametrize(
    ("own", "published", "odd", "less"),
    [
        (15, Range(20, 30), False, True),
        (9, Range(20, 30), True, True),
        (31, Range(20, 30), True, False),
        (25, Range(20, 30), False, False),
        (3, Range(5, 8), False, True),
        (120, Range(30, 120), False, False),
    ],
)
def test_a_short_dose_is_no_fault_but_a_hold_that_is_none_or_too_long_is(
    own: int, published: Range, odd: bool, less: bool
) -> None:
    known = {"a": replace(SOME["a"], dose=Dose(hold_seconds=published))}
    step = Step("a", Dose(hold_seconds=Range(own, own)))
    away = departures(Routine("r", "R", (step,)), known)
    assert [(one.figure.odd, one.figure.less) for one in away] == [(odd, less)] * (odd or less)


def test_fewer_rounds_than_published_are_told_even_where_the_dose_names_none() -> None:
    known = {"a": replace(SOME["a"], dose=Dose(reps=Range(5, 5), rounds=Range(2, 3)))}
    for dose in (Dose(reps=Range(5, 5)), Dose(reps=Range(5, 5), rounds=Range(1, 1))):
        away = departures(Routine("r", "R", (Step("a", dose),)), known)
        assert [one.figure.field for one in away] == ["rounds"]
        assert not away[0].figure.odd
