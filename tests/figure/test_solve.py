"""Laws of the solved body."""

from itertools import pairwise
from math import isclose

import pytest
from figure_world import STEMS
from hypothesis import given
from hypothesis import strategies as st

from stretch_tui.figure import PoseBook
from stretch_tui.figure.body import (
    ARM_JOINTS,
    ARM_LENGTHS,
    FOREARM,
    LEG_JOINTS,
    LEG_LENGTHS,
    UPPER_ARM,
)
from stretch_tui.figure.reach import two_bones
from stretch_tui.figure.solve import Skeleton
from stretch_tui.figure.tween import between, smoothstep
from stretch_tui.figure.vectors import Vec, add, along, length, rotate, slerp, sub, unit

coordinate = st.floats(-40, 40, allow_nan=False)
point = st.tuples(coordinate, coordinate, coordinate)
direction = point.filter(lambda v: length(v) > 1).map(unit)


def assert_bones_keep_their_length(body: Skeleton) -> None:
    for joints, lengths in ((ARM_JOINTS, ARM_LENGTHS), (LEG_JOINTS, LEG_LENGTHS)):
        for side in ("_r", "_l"):
            for a, b, size in zip(joints, joints[1:], lengths, strict=False):
                bone = length(sub(body.joints[a + side], body.joints[b + side]))
                assert isclose(bone, size, abs_tol=1e-6), (a, b, side)


@given(point, point, direction)
def test_two_bones_end_at_the_goal_or_say_by_how_much_they_miss(
    start: Vec, goal: Vec, bend: Vec
) -> None:
    upper, lower, miss = two_bones(start, goal, UPPER_ARM, FOREARM, bend)
    end = along(along(start, upper, UPPER_ARM), lower, FOREARM)
    assert isclose(length(upper), 1, abs_tol=1e-9)
    assert isclose(length(lower), 1, abs_tol=1e-9)
    assert isclose(length(sub(end, goal)), miss, abs_tol=1e-6)


@given(point, direction, direction)
def test_the_elbow_points_where_it_was_told(start: Vec, way: Vec, bend: Vec) -> None:
    goal = along(start, way, 20.0)
    upper, _, _ = two_bones(start, goal, UPPER_ARM, FOREARM, bend)
    elbow = along(start, upper, UPPER_ARM)
    away = sub(elbow, along(start, way, 20.0 / 2))
    across = sum(a * b for a, b in zip(away, bend, strict=True))
    on_line = sum(a * b for a, b in zip(way, bend, strict=True))
    forth = sum(a * b for a, b in zip(away, way, strict=True))
    assert across - on_line * forth >= -1e-6


@given(direction, direction, st.floats(0, 1))
def test_turning_part_of_the_way_keeps_the_length(a: Vec, b: Vec, t: float) -> None:
    assert isclose(length(slerp(a, b, t)), 1, abs_tol=1e-9)


@given(direction, st.floats(-360, 360))
def test_turning_back_undoes_a_turn(axis: Vec, angle: float) -> None:
    v = (3.0, -2.0, 7.0)
    assert length(sub(rotate(rotate(v, axis, angle), axis, -angle), v)) < 1e-9
    assert add(v, (0.0, 0.0, 0.0)) == v


@pytest.mark.parametrize("stem", STEMS)
def test_bones_keep_their_length_in_every_pose_and_between(catalog: PoseBook, stem: str) -> None:
    bodies = [catalog.solved(pose) for pose in catalog.ids(stem)]
    for _, body in bodies:
        assert_bones_keep_their_length(body)
    for first, second in pairwise(bodies):
        for step in (0.2, 0.5, 0.8):
            assert_bones_keep_their_length(between(*first, *second, smoothstep(step))[1])


def test_a_resting_body_touches_the_floor_and_does_not_sink(models: PoseBook) -> None:
    for pose in ("models/cow", "models/cat", "models/plank"):
        _, body = models.solved(pose)
        heights = [at[1] for at in body.joints.values()]
        assert min(heights) > 2
        assert models.problems() == ()


def test_the_anchor_holds_the_pelvis_at_its_height(models: PoseBook) -> None:
    _, body = models.solved("models/seated")
    assert isclose(body.joints["pelvis"][1], 25.2)
