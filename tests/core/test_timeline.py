"""Laws of the timeline: it has no gaps, both sides get the same, limits hold."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stretch_tui.core.amount import Amount
from stretch_tui.core.content.dose import Dose, DosePhase, Range, Side, Sides
from stretch_tui.core.content.dosing import dose_of
from stretch_tui.core.content.routine import Routine, Step
from stretch_tui.core.content.stretch import Level, Phase, Position, Region, Stretch, available
from stretch_tui.core.session.expansion import expand, parts, stretch_seconds, total_seconds
from stretch_tui.core.session.timeline import Kind, Timeline
from stretch_tui.core.settings import Settings

NAMES = ("start", "middle", "end")


def ranges(low: int, high: int) -> st.SearchStrategy[Range]:
    pairs = st.tuples(st.integers(low, high), st.integers(low, high))
    return pairs.map(lambda pair: Range(min(pair), max(pair)))


def maybe(strategy: st.SearchStrategy[Range]) -> st.SearchStrategy[Range | None]:
    return st.none() | strategy


dose_phases = st.builds(
    DosePhase,
    name=st.sampled_from(NAMES),
    held=st.booleans(),
    hold_seconds=maybe(ranges(1, 60)),
    once=st.just(False),
    block=st.integers(0, 1),
)
doses = st.builds(
    Dose,
    hold_seconds=maybe(ranges(1, 60)),
    breaths=maybe(ranges(1, 6)),
    phase_hold_seconds=maybe(ranges(1, 20)),
    reps=maybe(ranges(1, 5)),
    rounds=maybe(ranges(1, 3)),
    sides=st.sampled_from(Sides),
    flow=st.booleans(),
    phases=st.lists(dose_phases, max_size=4).map(tuple),
)


def stretch(dose: Dose, needs: tuple[str, ...] = ()) -> Stretch:
    return Stretch(
        id="one",
        name="One",
        regions=(Region.NECK,),
        position=Position.CHAIR,
        level=Level.EASY,
        steps=("Do it.",),
        phases=tuple(Phase(name, f"one/{name}") for name in NAMES),
        dose=dose,
        needs=needs,
    )


def played(dose: Dose, amount: Amount = Amount.GENTLE, **changed: object) -> Timeline:
    routine = Routine("r", "R", (Step("one"), Step("one")))
    return expand(
        routine,
        {"one": stretch(dose)},
        Settings(**changed),  # type: ignore[arg-type]
        amount=amount,
    )


amounts = st.sampled_from(Amount)


@settings(max_examples=80, deadline=None)
@given(doses, amounts, st.sampled_from([0, 5]), st.sampled_from([0, 6]))
def test_segments_tile_the_time(dose: Dose, amount: Amount, ready: int, rest: int) -> None:
    timeline = played(dose, amount, get_ready_seconds=ready, rest_seconds=rest)
    at = 0.0
    for segment in timeline.segments:
        assert segment.start == at
        assert segment.seconds > 0
        at = segment.end
    assert timeline.seconds == at
    assert sum(step.seconds for step in timeline.steps) + ready + rest == at


@settings(max_examples=60, deadline=None)
@given(doses, amounts, st.floats(0, 1))
def test_index_at_finds_the_segment_that_contains_the_position(
    dose: Dose, amount: Amount, part: float
) -> None:
    timeline = played(dose, amount)
    position = part * timeline.seconds
    found = timeline.segments[timeline.index_at(position)]
    assert found.start <= position <= found.end
    assert timeline.index_at(-1) == 0
    assert timeline.index_at(1e9) == len(timeline.segments) - 1


@settings(max_examples=80, deadline=None)
@given(doses, amounts, st.sampled_from(Side))
def test_both_sides_are_held_equally_long(dose: Dose, amount: Amount, first: Side) -> None:
    routine = Routine("r", "R", (Step("one", first_side=first),))
    timeline = expand(routine, {"one": stretch(dose)}, Settings(), amount=amount)
    held = dict.fromkeys((None, *Side), 0.0)
    for segment in timeline.segments:
        if segment.kind is Kind.HOLD:
            held[segment.side] += segment.seconds
    assert held[Side.LEFT] == held[Side.RIGHT]
    if dose.two_sided:
        assert not held[None]
        sides = [segment.side for segment in timeline.segments]
        assert sides[0] is first
    else:
        assert not held[Side.LEFT]


@settings(max_examples=60, deadline=None)
@given(doses)
def test_more_is_never_shorter(dose: Dose) -> None:
    lengths = [played(dose, amount).seconds for amount in Amount]
    assert lengths == sorted(lengths)


@settings(max_examples=60, deadline=None)
@given(doses, st.integers(60, 600), amounts)
def test_limit_holds_whenever_one_repetition_fits(dose: Dose, limit: int, amount: Amount) -> None:
    once = replace(dose, reps=Range(1, 1), rounds=Range(1, 1))
    least = played(once, amount).steps[0].seconds
    most = played(dose, amount).steps[0].seconds
    limited = played(replace(dose, limit_seconds=limit), amount).steps[0].seconds
    assert limited <= most
    if least <= limit:
        assert limited <= limit
    if most <= limit:
        assert limited == most


@settings(max_examples=40, deadline=None)
@given(doses)
def test_a_stretch_alone_takes_what_its_step_takes(dose: Dose) -> None:
    one = stretch(dose)
    assert stretch_seconds(one, Settings()) == played(dose).steps[0].seconds


@settings(max_examples=60, deadline=None)
@given(doses, st.sampled_from([0, 5]), st.sampled_from([0, 6]))
def test_what_is_summed_up_is_what_is_played(dose: Dose, ready: int, rest: int) -> None:
    routine = Routine("r", "R", (Step("one"), Step("gone"), Step("one", first_side=Side.RIGHT)))
    told = ({"one": stretch(dose)}, Settings(get_ready_seconds=ready, rest_seconds=rest))
    timeline, laid_out = expand(routine, *told), parts(routine, *told)
    assert total_seconds(laid_out) == pytest.approx(timeline.seconds)
    for index, part in enumerate(laid_out):
        for side in (None, Side.LEFT, Side.RIGHT):
            played = [
                one.seconds
                for one in timeline.segments
                if (one.step, one.side, one.credited) == (index, side, True)
            ]
            assert part.laid.stretching.get(side, 0.0) == pytest.approx(sum(played))


def test_each_side_is_two_full_halves_and_a_timed_switch() -> None:
    dose = Dose(hold_seconds=Range(30, 30), sides=Sides.EACH)
    kinds = [(s.kind, s.side) for s in played(dose).segments[:6]]
    left, right = Side.LEFT, Side.RIGHT
    assert kinds == [
        (Kind.READY, left),
        (Kind.MOVE, left),
        (Kind.MOVE, left),
        (Kind.HOLD, left),
        (Kind.SWITCH, right),
        (Kind.MOVE, right),
    ]


def test_alternating_pairs_change_sides_without_a_switch() -> None:
    dose = Dose(breaths=Range(1, 1), reps=Range(2, 2), sides=Sides.ALTERNATE)
    holds = [s for s in played(dose).segments if s.kind is Kind.HOLD and s.step == 0]
    assert [s.side for s in holds] == [Side.LEFT, Side.RIGHT] * 2
    assert [s.rep for s in holds] == [1, 1, 2, 2]
    assert not any(s.kind is Kind.SWITCH for s in played(dose).segments)


def test_blocks_are_repeated_one_after_the_other() -> None:
    phases = (DosePhase("start"), DosePhase("end", block=1))
    timeline = played(Dose(reps=Range(3, 3), phases=phases))
    moves = [s.phase for s in timeline.segments if s.step == 0]
    assert moves == ["start"] * 3 + ["end"] * 3


def test_a_phase_played_once_comes_before_the_sides() -> None:
    phases = (
        DosePhase("start", held=True, hold_seconds=Range(10, 10), once=True),
        DosePhase("end", held=True),
    )
    dose = Dose(hold_seconds=Range(20, 30), sides=Sides.EACH, phases=phases)
    holds = [s for s in played(dose).segments if s.kind is Kind.HOLD and s.step == 0]
    assert [(s.side, s.seconds) for s in holds] == [
        (None, 10),
        (Side.LEFT, 20),
        (Side.RIGHT, 20),
    ]


def test_unknown_stretches_are_left_out_and_named() -> None:
    routine = Routine("r", "R", (Step("gone"), Step("one")))
    timeline = expand(routine, {"one": stretch(Dose(hold_seconds=Range(9, 9)))}, Settings())
    assert timeline.missing == ("gone",)
    assert [step.stretch.id for step in timeline.steps] == ["one"]


def test_equipment_decides_between_a_step_and_its_stand_in() -> None:
    dose = Dose(hold_seconds=Range(9, 9))
    known = {
        "roller": replace(stretch(dose, ("foam-roller",)), id="roller"),
        "door": replace(stretch(dose, ("doorway",)), id="door"),
    }
    steps = (Step("roller"), Step("door", instead_of="roller"))

    def chosen(*equipment: str) -> list[str]:
        settings = Settings(equipment=equipment)
        timeline = expand(Routine("r", "R", steps), known, settings)
        return [step.stretch.id for step in timeline.steps]

    assert chosen("foam-roller", "doorway") == ["roller"]
    assert chosen("doorway") == ["door"]
    assert available(("foam-roller|chair",), ("chair",))
    assert not available(("foam-roller|chair",), ())
    assert available(("foam-roller",), None)


def test_a_short_dose_takes_the_rest_from_its_stretch() -> None:
    own = Dose(hold_seconds=Range(30, 30), sides=Sides.EACH)
    dose = dose_of(Step("one", Dose(reps=Range(3, 3))), stretch(own))
    assert (dose.hold_seconds, dose.reps, dose.sides) == (Range(30, 30), Range(3, 3), Sides.EACH)
    longer = dose_of(Step("one", Dose(hold_seconds=Range(45, 45))), stretch(own))
    assert longer.sides is Sides.EACH
    assert [phase.held for phase in longer.phases] == [False, False, True]


def test_a_new_hold_is_obeyed_where_phases_had_their_own() -> None:
    one_breath = Range(1, 1)
    own = Dose(
        reps=Range(9, 9),
        flow=True,
        phases=tuple(DosePhase(n, held=True, breaths=one_breath) for n in NAMES[:2]),
    )
    held = dose_of(Step("one", Dose(hold_seconds=Range(5, 5))), stretch(own))
    assert [held.hold_of(phase) for phase in held.phases] == [Range(5, 5)] * 2
    flowing = dose_of(Step("one", Dose(reps=Range(4, 4))), stretch(own))
    assert flowing.flow
    assert [flowing.breaths_of(phase) for phase in flowing.phases] == [one_breath] * 2
