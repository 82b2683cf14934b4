"""Every pose of the catalog can be drawn, stands on the floor, moves calmly and is its own."""

from itertools import pairwise

import pytest
from figure_world import SEQUENCES, defining

from stretch_tui.figure import Diagram, PoseBook
from stretch_tui.figure.alike import difference, ink, look_alikes
from stretch_tui.figure.diagram import STEPS
from stretch_tui.figure.lint import FLOAT, contact_heights
from stretch_tui.figure.solve import lowest_point
from stretch_tui.figure.tween import between, smoothstep

MOVES = sorted({pair for poses in SEQUENCES for pair in pairwise(poses)})
MOST_CHANGE = 0.35
IN_BETWEENS = (0.15, 0.3, 0.5, 0.7, 0.85)


def diagram(book: PoseBook, poses: tuple[str, ...]) -> Diagram:
    found = book.diagram(poses, 40, 16)
    assert found is not None
    return found


def test_no_pose_has_a_problem(catalog: PoseBook) -> None:
    assert [f"{p.pose_id}: {p.message}" for p in catalog.problems()] == []


@pytest.mark.parametrize("poses", SEQUENCES, ids=lambda poses: poses[-1])
def test_the_figures_of_a_stretch_fill_the_pane(catalog: PoseBook, poses: tuple[str, ...]) -> None:
    drawn = diagram(catalog, poses)
    cells = set().union(*(ink(drawn.key(k)) for k in range(len(poses))))
    wide = max(x for x, _ in cells) - min(x for x, _ in cells) + 1
    tall = max(y for _, y in cells) - min(y for _, y in cells) + 1
    assert wide >= 0.85 * 40 or tall >= 0.85 * 16


@pytest.mark.parametrize("poses", SEQUENCES, ids=lambda poses: poses[-1])
def test_a_movement_stays_on_the_floor(catalog: PoseBook, poses: tuple[str, ...]) -> None:
    for first, second in pairwise(catalog.solved(pose) for pose in poses):
        both = set(first[0].contacts) & set(second[0].contacts)
        for t in IN_BETWEENS:
            pose, body = between(*first, *second, smoothstep(t))
            assert lowest_point(body.trunk, body.joints) > -0.8
            gaps = [
                (name, gap)
                for name, gap in contact_heights(pose, body)
                if (name in both or name[:-2] in both) and abs(gap) > FLOAT
            ]
            assert gaps == []
            assert {n: miss for n, miss in body.misses.items() if miss > 0.1} == {}


@pytest.mark.parametrize("pair", MOVES, ids=" to ".join)
def test_a_movement_has_no_jumps(catalog: PoseBook, pair: tuple[str, str]) -> None:
    drawn = diagram(catalog, pair)
    for steps in (range(4), range(STEPS // 3, 2 * STEPS // 3), range(STEPS - 3, STEPS + 1)):
        frames = [drawn.between(0, 1, k / STEPS) for k in steps]
        assert max(difference(x, y) for x, y in pairwise(map(ink, frames))) <= MOST_CHANGE


def test_the_figures_of_two_stretches_differ(catalog: PoseBook) -> None:
    """Told apart at a glance: the pose in which each is held, drawn alone."""
    assert list(look_alikes(catalog, defining().values())) == []


def test_a_look_alike_is_found_unless_it_says_so() -> None:
    figure = {"base": "stand", "view": {"yaw": 90}}
    book = PoseBook.parse(
        {"one": {"a": figure}, "two": {"b": dict(figure), "c": {"like": "one/a"}}}
    )
    assert list(look_alikes(book, ["one/a", "two/b"])) == [("one/a", "two/b", 0.0)]
    assert list(look_alikes(book, ["one/a"], ["two/b", "two/c"])) == [("one/a", "two/b", 0.0)]
    assert list(look_alikes(book, ["one/a", "two/c"])) == []
