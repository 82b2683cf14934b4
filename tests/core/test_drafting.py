"""Edits of a routine and of a dose, and the laws of undo."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from stretch_tui.core.content.dose import Dose, DosePhase, Range, Sides
from stretch_tui.core.content.dosing import dose_of
from stretch_tui.core.content.routine import Routine, Step
from stretch_tui.core.content.stretch import Level, Phase, Position, Region, Stretch
from stretch_tui.core.editing import dose_edits, drafting
from stretch_tui.core.editing.drafting import Draft, Version

steps = st.sampled_from("abcde").map(Step)
routines = st.lists(steps, min_size=1, max_size=6).map(lambda s: Routine("r", "R", tuple(s)))


def names(routine: Routine) -> str:
    return "".join(step.stretch for step in routine.steps)


def test_edits_in_one_story() -> None:
    routine = Routine("r", "R", tuple(map(Step, "abc")))
    assert names(drafting.inserted(routine, 1, Step("x"))) == "axbc"
    assert names(drafting.removed(routine, 0)) == "bc"
    assert names(drafting.duplicated(routine, 1)) == "abbc"
    assert names(drafting.moved(routine, 0, 2)) == "bca"
    assert names(drafting.moved(routine, 2, 0)) == "cab"
    assert names(drafting.with_step(routine, 1, Step("x"))) == "axc"
    assert names(routine) == "abc"


@given(routines, st.data())
def test_moving_there_and_back_changes_nothing(routine: Routine, data: st.DataObject) -> None:
    places = st.integers(0, len(routine.steps) - 1)
    here, there = data.draw(places), data.draw(places)
    assert drafting.moved(drafting.moved(routine, here, there), there, here) == routine
    assert drafting.removed(drafting.duplicated(routine, here), here) == routine


@given(routines, st.lists(routines, max_size=30), st.data())
def test_undo_and_redo_are_opposites_and_lose_nothing(
    first: Routine, later: list[Routine], data: st.DataObject
) -> None:
    draft = Draft(Version(first))
    seen = [first]
    for routine in later:
        draft = draft.edited(routine, 0)
        if routine != seen[-1]:
            seen.append(routine)
    assert draft.undone().redone().routine == draft.routine
    back = data.draw(st.integers(0, len(seen) - 1))
    there = draft
    for _ in range(back):
        there = there.undone()
    assert there.routine == seen[-1 - back]
    again = there
    for _ in range(back):
        again = again.redone()
    assert (again.routine, again.past, again.future) == (draft.routine, draft.past, draft.future)
    assert all(version.routine in seen for version in (*there.past, *there.future))


def test_an_edit_after_undo_forgets_what_was_undone_and_undo_at_the_start_does_nothing() -> None:
    one, two, three = (Routine("r", name, ()) for name in "123")
    draft = Draft(Version(one)).edited(two, 0).undone()
    assert draft.future
    assert draft.edited(three, 0).future == ()
    assert draft.undone() is draft


def test_edits_that_belong_together_are_undone_as_one() -> None:
    one, two, three, four = (Routine("r", name, ()) for name in "1234")
    draft = Draft(Version(one)).edited(two, 0, "hold").edited(three, 0, "hold")
    assert draft.undone().routine == one
    assert draft.edited(four, 0, "reps").undone().routine == three


def test_undo_brings_the_cursor_back_to_the_edit() -> None:
    routine = Routine("r", "R", tuple(map(Step, "abc")))
    draft = Draft(Version(routine, 2)).edited(drafting.removed(routine, 2), 2)
    assert draft.at == 1
    assert draft.undone().at == 2


STRETCH = Stretch(
    "s",
    "S",
    (Region.NECK,),
    Position.CHAIR,
    Level.EASY,
    (),
    (Phase("start", "a/b"), Phase("hold", "a/c")),
    Dose(hold_seconds=Range(20, 30), sides=Sides.EACH),
    build_to=Range(60, 60),
)


def figure(dose: Dose, field: str, stretch: Stretch = STRETCH) -> dose_edits.Figure:
    return next(one for one in dose_edits.figures(dose, stretch) if one.field == field)


def test_a_key_first_makes_a_range_exact_and_then_goes_in_steps() -> None:
    dose = STRETCH.dose
    up = dose_edits.nudged(dose, figure(dose, "hold_seconds"), 1)
    assert up.hold_seconds == Range(30, 30)
    more = dose_edits.nudged(up, figure(up, "hold_seconds"), 1)
    assert more.hold_seconds == Range(35, 35)
    down = dose_edits.nudged(dose, figure(dose, "hold_seconds"), -1)
    assert down.hold_seconds == Range(20, 20)


def test_a_figure_that_leaves_what_is_published_is_flagged_even_where_it_may_grow() -> None:
    grown = dose_edits.changed(STRETCH.dose, figure(STRETCH.dose, "hold_seconds"), 60)
    assert not figure(grown, "hold_seconds").over
    over = dose_edits.changed(STRETCH.dose, figure(STRETCH.dose, "hold_seconds"), 65)
    assert figure(over, "hold_seconds").over
    assert dose_edits.cleared(over, figure(over, "hold_seconds")).hold_seconds == Range(20, 60)


def test_rounds_can_be_added_and_taken_away_where_the_source_counts_none() -> None:
    dose = STRETCH.dose
    assert dose_edits.nudged(dose, figure(dose, "rounds"), -1) == dose
    twice = dose_edits.nudged(dose, figure(dose, "rounds"), 1)
    assert twice.rounds == Range(2, 2)
    assert dose_edits.cleared(twice, figure(twice, "rounds")) == dose


def test_a_phase_with_its_own_hold_is_changed_alone() -> None:
    dose = Dose(phases=(DosePhase("up", held=True, hold_seconds=Range(10, 10)), DosePhase("down")))
    stretch = replace(STRETCH, dose=dose)
    own = figure(dose, "hold_seconds", stretch)
    assert own.label == "up hold"
    assert dose_edits.changed(dose, own, 15).phases[0].hold_seconds == Range(15, 15)


@given(st.integers(-1000, 1000), st.sampled_from(sorted(dose_edits.LIMITS)))
def test_figures_stay_inside_what_a_file_may_hold(value: int, field: str) -> None:
    dose = dose_edits.changed(STRETCH.dose, dose_edits.Figure(field, "", None, None), value)
    low, high = dose_edits.LIMITS[field]
    assert low <= getattr(dose, field).low <= high


doses = st.builds(
    Dose,
    hold_seconds=st.none() | st.just(Range(20, 30)) | st.just(Range(15, 15)),
    reps=st.none() | st.just(Range(2, 2)),
    sides=st.sampled_from(Sides),
    phases=st.sampled_from(
        [(), (DosePhase("start"), DosePhase("hold", held=True)), (DosePhase("hold", held=True),)]
    ),
)


@given(doses, st.none() | doses)
def test_a_dose_is_written_short_and_means_the_same(own: Dose, dose: Dose | None) -> None:
    stretch = replace(STRETCH, dose=own)
    step = Step("s", dose)
    short = dose_edits.written(step, stretch)
    assert dose_of(short, stretch) == dose_of(step, stretch)
    if dose == own:
        assert short.dose is None
