"""Routines as text: what goes in comes out, and no comment of a step that stays is lost."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from stretch_tui.core.content.dose import Dose, DosePhase, Range, Side, Sides
from stretch_tui.core.content.routine import Routine, Step
from stretch_tui.core.editing import drafting
from stretch_tui.storage.content.routine_text import routine_to_toml
from stretch_tui.storage.content.routine_toml import routine_from_toml

ids = st.from_regex(r"[a-z]{1,8}(-[a-z]{1,4})?", fullmatch=True)
words = st.text("abc XYZ'\"#[]=\\äß…", min_size=1, max_size=20).map(str.strip).filter(bool)
maybe = st.just("") | words


def ranges(high: int) -> st.SearchStrategy[Range]:
    pairs = st.tuples(st.integers(1, high), st.integers(1, high))
    return pairs.map(lambda pair: Range(min(pair), max(pair)))


phases = st.builds(
    DosePhase,
    name=ids,
    held=st.just(True),
    hold_seconds=ranges(600),
    once=st.just(False),
    block=st.integers(0, 2),
)
doses = st.builds(
    Dose,
    hold_seconds=st.none() | ranges(600),
    reps=st.none() | ranges(100),
    rounds=st.none() | ranges(20),
    sides=st.sampled_from(Sides),
    flow=st.booleans(),
    phases=st.lists(phases, max_size=2).map(tuple),
    ours=st.lists(st.sampled_from(("reps", "rounds")), unique=True).map(tuple),
)
steps = st.builds(
    Step,
    stretch=ids,
    dose=st.none() | doses,
    variation=st.none() | ids,
    note=maybe,
    instead_of=st.none() | ids,
    first_side=st.none() | st.sampled_from(Side),
)
routines = st.builds(
    Routine,
    id=st.just("mine"),
    name=words,
    steps=st.lists(steps, min_size=1, max_size=5).map(tuple),
    about=maybe,
    author=maybe,
    tags=st.lists(words, max_size=3).map(tuple),
    rest_seconds=st.none() | st.integers(0, 600),
    stop_rule=maybe,
    per_week=st.none() | st.tuples(st.integers(1, 3), st.integers(3, 7)),
    per_day=st.none() | st.integers(1, 12),
    aim_seconds=st.none() | st.integers(1, 3600),
    ordered=st.booleans(),
    own=st.just(True),
)

COMMENTED = """\
# Written on a Sunday.
name = "Before stand-up"  # the daily one
about = "Loosens the neck."

# first the neck,
# while it is cold
[[steps]]
stretch = "owl-neck"
dose = {hold_seconds = 20, sides = "each"}  # my physio said 20
# not further than the shoulder

# A word between the two.

[[steps]]  # the good one
stretch = "eagle-arms"
  # indented note
  note = "easy"

[[steps]]
stretch = "self-hug"
[steps.dose]
hold_seconds = 5  # short
reps = 4
# the end
"""


def read(text: str) -> Routine:
    routine, problems = routine_from_toml(text, "mine")
    assert problems == ()
    assert routine is not None
    return routine


def comments(text: str) -> list[str]:
    return [line[line.index("#") :].strip() for line in text.splitlines() if "#" in line]


@settings(max_examples=60, deadline=None)
@given(routines)
def test_what_is_written_reads_the_same(routine: Routine) -> None:
    assert read(routine_to_toml(routine)) == routine


@settings(max_examples=60, deadline=None)
@given(routines, routines)
def test_any_text_can_become_any_routine(before: Routine, after: Routine) -> None:
    assert read(routine_to_toml(after, routine_to_toml(before))) == after


def test_nothing_changed_changes_no_byte() -> None:
    assert routine_to_toml(read(COMMENTED), COMMENTED) == COMMENTED


@settings(deadline=None)
@given(st.permutations(range(3)), st.booleans(), words.filter(lambda w: "#" not in w))
def test_every_comment_survives_moves_new_names_and_new_steps(
    order: list[int], more: bool, name: str
) -> None:
    routine = read(COMMENTED)
    moved = replace(routine, name=name, steps=tuple(routine.steps[i] for i in order))
    if more:
        moved = drafting.inserted(moved, 1, Step("new-one", note="x"))
    text = routine_to_toml(moved, COMMENTED)
    assert read(text) == moved
    assert sorted(comments(text)) == sorted(comments(COMMENTED))


def test_a_comment_goes_with_its_step_and_one_between_stays() -> None:
    routine = drafting.removed(read(COMMENTED), 0)
    text = routine_to_toml(routine, COMMENTED)
    assert "while it is cold" not in text
    assert "# A word between the two." in text
    assert "# the end" in text


def test_a_changed_dose_keeps_the_comments_beside_it() -> None:
    routine = read(COMMENTED)
    dose = Dose(hold_seconds=Range(10, 10), reps=Range(4, 4))
    text = routine_to_toml(drafting.with_step(routine, 2, Step("self-hug", dose)), COMMENTED)
    assert "hold_seconds = 10" in text
    assert "# short" in text
    first = Step("owl-neck", Dose(hold_seconds=Range(15, 25), sides=Sides.EACH))
    text = routine_to_toml(drafting.with_step(routine, 0, first), COMMENTED)
    assert 'dose = {hold_seconds = [15, 25], sides = "each"}  # my physio said 20' in text


def test_steps_written_as_one_list_become_tables_and_the_head_keeps_its_comments() -> None:
    old = '# mine\nname = "A"  # short\nsteps = [{stretch = "a"}, {stretch = "b"}]\n'
    routine = drafting.removed(read(old), 0)
    text = routine_to_toml(routine, old)
    assert read(text) == routine
    assert comments(text) == ["# mine", "# short"]


def test_a_header_inside_a_string_confuses_nobody() -> None:
    old = 'name = "A"\nabout = """\n[[steps]]\nstretch"""\n[[steps]]\nstretch = "a"\n'
    routine = drafting.duplicated(read(old), 0)
    assert read(routine_to_toml(routine, old)) == routine
