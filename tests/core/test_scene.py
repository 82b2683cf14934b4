"""What a session says and shows at every moment, held by laws over whole timelines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playing import STRETCHES, timeline

from stretch_tui.core.content.dose import Side
from stretch_tui.core.session.motion import moment, moves, poses_of, waypoints
from stretch_tui.core.session.scene import run_of, scene, told_half
from stretch_tui.core.session.timeline import Kind, Timeline

EVERYTHING = timeline(*STRETCHES)
POSITIONS = st.floats(0, EVERYTHING.seconds, allow_nan=False)


@given(POSITIONS)
def test_every_moment_has_a_word_a_number_and_a_place(position: float):
    now = scene(EVERYTHING, position)
    assert now.word
    assert now.cue
    assert now.seconds_left >= 0
    assert now.place.endswith(f"of {len(STRETCHES)}")


@given(POSITIONS)
def test_the_number_counts_down_by_one_each_second_within_a_run(position: float):
    begin, end = run_of(EVERYTHING, EVERYTHING.index_at(position))
    assert begin <= position <= end
    if position + 1 < end:
        here, later = scene(EVERYTHING, position), scene(EVERYTHING, position + 1)
        assert here.seconds_left - later.seconds_left == 1


@given(POSITIONS)
def test_the_figure_stands_between_poses_of_its_own_stretch(position: float):
    at = moment(EVERYTHING, position)
    segment = EVERYTHING.segments[EVERYTHING.index_at(position)]
    poses = poses_of(EVERYTHING.steps[segment.step])
    assert at.before in poses
    assert at.after in poses
    assert 0 <= at.part <= 1


def test_each_movement_begins_where_the_last_one_ended():
    for index in range(1, len(EVERYTHING.segments)):
        before, here = EVERYTHING.segments[index - 1 : index + 1]
        if before.step == here.step and len(waypoints(EVERYTHING, index)) > 1:
            assert waypoints(EVERYTHING, index)[0][0] == before.pose
            assert waypoints(EVERYTHING, index)[-1] == (here.pose, here.side)


@given(POSITIONS)
def test_a_still_hold_stands_in_its_pose_on_its_side(position: float):
    index = EVERYTHING.index_at(position)
    segment = EVERYTHING.segments[index]
    if segment.kind in (Kind.READY, Kind.REST) or not segment.moving:
        assert not moves(EVERYTHING, index)
        at = moment(EVERYTHING, position)
        assert (at.before, at.part) == (segment.pose, 1.0)
        assert at.mirrored == (segment.side is Side.LEFT)


def switch_of(line: Timeline) -> int:
    return next(i for i, s in enumerate(line.segments) if s.kind is Kind.SWITCH)


def test_a_switch_goes_by_the_first_pose_turns_round_and_arrives_before_its_end():
    line = timeline("breathing")
    index = switch_of(line)
    segment = line.segments[index]
    sides = [moment(line, segment.start + segment.seconds * t / 20).mirrored for t in range(20)]
    assert sides[0] is True
    assert sides[-1] is False
    assert sides == sorted(sides, reverse=True)
    assert moment(line, segment.start + 0.8 * segment.seconds).part == 1.0


def test_moves_that_follow_each_other_count_down_as_one():
    line = timeline("rolls")
    first = next(i for i, s in enumerate(line.segments) if s.kind is Kind.MOVE)
    begin, end = run_of(line, first)
    moving = [s for s in line.segments if s.kind is Kind.MOVE]
    assert (begin, end) == (moving[0].start, moving[-1].end)
    assert not scene(line, begin).quiet


@pytest.mark.parametrize(
    ("name", "kind", "expected"),
    [
        ("sided", Kind.READY, "left side first, 45 s in all"),
        ("sided", Kind.HOLD, "the right side"),
        ("rolls", Kind.MOVE, "back"),
        ("held", Kind.HOLD, ""),
    ],
)
def test_what_comes_next_is_said(name: str, kind: Kind, expected: str):
    line = timeline(name)
    at = next(s.start for s in line.segments if s.kind is kind)
    assert scene(line, at).next == expected


def test_the_next_stretch_is_named_with_its_position():
    line = timeline("held", "sided")
    assert scene(line, line.segments[1].start).next == "Sided, seated"


def test_breaths_repetitions_rounds_and_sides_are_counted():
    line = timeline("breathing")
    hold = next(s for s in line.segments if s.kind is Kind.HOLD)
    assert scene(line, hold.start + 7).counts == "breath 2 of 3 · side 1 of 2"
    rolls = timeline("rolls")
    last = rolls.segments[-1]
    assert scene(rolls, last.start).counts == "rep 5 of 5 · round 2 of 2"


def test_a_count_that_begins_anew_names_what_is_counted():
    line = timeline("circles")
    counts = [scene(line, s.start).counts for s in line.segments if s.kind is Kind.MOVE]
    # The first move, from nowhere, is done while getting ready.
    assert counts == [
        *(f"back {rep} of 3" for rep in (2, 3)),
        *(f"forward {rep} of 3" for rep in (1, 2, 3)),
    ]
    first = next(s for s in line.segments if s.kind is Kind.MOVE)
    assert scene(line, first.start).next == "back 3 of 3"


@pytest.mark.parametrize(
    ("cue", "half"),
    [
        ("Breathe in, belly sinks.", True),
        ("Round up. Breathe out.", False),
        ("Breathe in and breathe out.", None),
        ("Let the chin sink.", None),
    ],
)
def test_a_cue_may_say_which_half_of_the_breath_a_move_goes_with(cue: str, half: bool | None):
    assert told_half(cue) is half
