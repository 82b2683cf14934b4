"""What holds for every pose of the catalog and every moment between two of them.

That each law can be broken, and is then told, is seen in `test_reading.py` (the linter's findings)
and at the end of this file.
"""

from collections.abc import Iterator
from itertools import pairwise
from math import isclose

import pytest
from figure_world import SEQUENCES, STEMS, defining

from stretch_tui.figure import Diagram, Frame, PoseBook
from stretch_tui.figure.alike import INK, difference, ink, look_alikes
from stretch_tui.figure.body import ARM_JOINTS, ARM_LENGTHS, LEG_JOINTS, LEG_LENGTHS
from stretch_tui.figure.camera import Camera
from stretch_tui.figure.diagram import STEPS
from stretch_tui.figure.extent import extent
from stretch_tui.figure.lint import FLOAT, SINK, bends, contact_heights, folds, sight
from stretch_tui.figure.pose import Pose
from stretch_tui.figure.solve import Skeleton, lowest_point
from stretch_tui.figure.tween import between, smoothstep
from stretch_tui.figure.vectors import length, sub

PANE = (40, 16)
MOVES = sorted({pair for poses in SEQUENCES for pair in pairwise(poses)})
POSES = sorted({pose for poses in SEQUENCES for pose in poses})
IN_BETWEENS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
MOST_CHANGE, LEAST_FILLED, DRIFT = 0.35, 0.85, 0.1

SWAPPED = str.maketrans("()/\\<>", ")(\\/><")

each_pose = pytest.mark.parametrize("pose", POSES)
each_move = pytest.mark.parametrize("move", MOVES, ids=" to ".join)
each_stretch = pytest.mark.parametrize("poses", SEQUENCES, ids=lambda poses: poses[-1])

Move = tuple[str, str]
Body = tuple[Pose, Skeleton]


def diagram(book: PoseBook, poses: tuple[str, ...]) -> Diagram:
    found = book.diagram(poses, *PANE)
    assert found is not None
    return found


def moments(book: PoseBook, move: Move) -> Iterator[Body]:
    """The bodies on the way from one key pose to the next."""
    first, second = (book.solved(pose) for pose in move)
    for t in IN_BETWEENS:
        yield between(*first, *second, smoothstep(t))


def resting(book: PoseBook, move: Move) -> set[str]:
    """What lies on the floor in both poses."""
    first, second = (set(book.solved(pose)[0].contacts) for pose in move)
    return first & second


def bone_errors(body: Skeleton) -> list[str]:
    return [
        f"{a}{side}"
        for joints, lengths in ((ARM_JOINTS, ARM_LENGTHS), (LEG_JOINTS, LEG_LENGTHS))
        for side in ("_r", "_l")
        for a, b, size in zip(joints, joints[1:], lengths, strict=False)
        if not isclose(
            length(sub(body.joints[a + side], body.joints[b + side])), size, abs_tol=1e-6
        )
    ]


def gaps(pose: Pose, body: Skeleton, parts: set[str]) -> list[tuple[str, float]]:
    return [
        (name, gap)
        for name, gap in contact_heights(pose, body)
        if (name in parts or name[:-2] in parts) and abs(gap) > FLOAT
    ]


@each_pose
def test_1_2_3_10_the_linter_finds_nothing(catalog: PoseBook, pose: str) -> None:
    assert [problem for problem in catalog.problems() if problem.pose_id == pose] == []


@each_pose
def test_1_bones_keep_their_length(catalog: PoseBook, pose: str) -> None:
    assert bone_errors(catalog.solved(pose)[1]) == []


@each_move
def test_1_bones_keep_their_length_on_the_way(catalog: PoseBook, move: Move) -> None:
    assert [bone_errors(body) for _, body in moments(catalog, move)] == [[]] * len(IN_BETWEENS)


@each_move
def test_2_what_rests_stays_on_the_floor_and_nothing_sinks(catalog: PoseBook, move: Move) -> None:
    both = resting(catalog, move)
    for pose, body in moments(catalog, move):
        assert lowest_point(body.trunk, body.joints) > -SINK
        assert gaps(pose, body, both) == []


@each_move
def test_2_planted_limbs_do_not_drift(catalog: PoseBook, move: Move) -> None:
    for _, body in moments(catalog, move):
        assert {limb: miss for limb, miss in body.misses.items() if miss > DRIFT} == {}


@each_move
def test_3_the_head_stays_in_sight(catalog: PoseBook, move: Move) -> None:
    if any(catalog.solved(pose)[0].head_hidden for pose in move):
        return
    for pose, body in moments(catalog, move):
        assert [message for message, _ in sight(pose, body) if "head" in message] == []


@each_stretch
def test_4_the_figures_of_a_stretch_fill_the_pane(
    catalog: PoseBook, poses: tuple[str, ...]
) -> None:
    drawn = diagram(catalog, poses)
    cells = set().union(*(ink(drawn.key(k)) for k in range(len(poses))))
    wide = max(x for x, _ in cells) - min(x for x, _ in cells) + 1
    tall = max(y for _, y in cells) - min(y for _, y in cells) + 1
    assert wide >= LEAST_FILLED * PANE[0] or tall >= LEAST_FILLED * PANE[1]


@each_move
def test_4_nothing_leaves_the_pane_on_the_way(catalog: PoseBook, move: Move) -> None:
    if any(catalog.solved(pose)[0].frame != "full" for pose in move):
        return  # a cropped figure is cut off on purpose
    fitted = diagram(catalog, move)._fit
    for pose, body in moments(catalog, move):
        left, bottom, right, top = extent(pose, body, Camera.at(*pose.view))
        assert fitted.left + left * fitted.scale >= -2
        assert fitted.left + right * fitted.scale <= PANE[0] * 4 + 2
        assert fitted.base - top * fitted.scale >= -2
        assert fitted.base - bottom * fitted.scale <= PANE[1] * 8 + 2


@pytest.mark.parametrize("stem", STEMS)
def test_5_the_stretched_region_is_seen_without_color(catalog: PoseBook, stem: str) -> None:
    for pose in catalog.ids(stem):
        frame = diagram(catalog, (pose,)).key(0)
        if catalog.solved(pose)[0].highlights and pose in defining().values():
            assert "".join(frame.plain()).count("%") >= 3, pose
        assert "".join(frame.plain()).isascii()


@each_move
def test_6_the_other_side_is_the_mirror_image(catalog: PoseBook, move: Move) -> None:
    drawn = diagram(catalog, move)
    for frame, other in (
        (drawn.key(0), drawn.mirrored().key(0)),
        (drawn.between(0, 1, 0.4), drawn.mirrored().between(0, 1, 0.4)),
    ):
        rows = tuple(row[::-1].translate(SWAPPED) for row in frame.rows)
        paint, tone = (tuple(row[::-1] for row in part) for part in (frame.paint, frame.tone))
        assert other == Frame(rows, paint, tone)
        assert other.mirrored() == frame


def test_7_the_held_poses_of_two_stretches_differ(catalog: PoseBook) -> None:
    assert list(look_alikes(catalog, defining().values())) == []


@each_move
def test_8_a_movement_begins_and_ends_in_its_poses(catalog: PoseBook, move: Move) -> None:
    drawn = diagram(catalog, move)
    assert (drawn.between(0, 1, 0.0), drawn.between(0, 1, 1.0)) == (drawn.key(0), drawn.key(1))


@each_move
def test_8_a_movement_has_no_jumps(catalog: PoseBook, move: Move) -> None:
    drawn = diagram(catalog, move)
    for steps in (range(4), range(STEPS // 3, 2 * STEPS // 3), range(STEPS - 3, STEPS + 1)):
        frames = [drawn.between(0, 1, k / STEPS) for k in steps]
        assert max(difference(x, y) for x, y in pairwise(map(ink, frames))) <= MOST_CHANGE


@each_move
def test_10_joints_bend_only_as_joints_do(catalog: PoseBook, move: Move) -> None:
    for pose, body in moments(catalog, move):
        assert [*bends(pose), *folds(body)] == []


def test_the_laws_can_be_broken() -> None:
    """Two poses that share nothing: bones aside, most of what is held to above does not hold."""
    good = {"base": "stand"}
    book = PoseBook.parse(
        {
            "bad": {
                "up": {**good, "floor": ["toe"], "arms": {"upper": 90}},
                "down": {
                    "base": "prone",
                    "floor": ["toe"],
                    "anchor": ["pelvis", 2],
                    "arms": {"upper": -90, "fore": 100},
                    "hl": ["abs"],
                },
            }
        }
    )
    move = ("bad/up", "bad/down")
    found = list(moments(book, move))
    assert any(lowest_point(body.trunk, body.joints) < -SINK for _, body in found)
    assert any(gaps(pose, body, resting(book, move)) for pose, body in found)
    assert any(list(folds(body)) for _, body in found)
    drawn = diagram(book, move)
    assert difference(ink(drawn.key(0)), ink(drawn.between(0, 1, 0.4))) > MOST_CHANGE
    assert list(look_alikes(book, ["bad/up"], ["bad/up"])) == []
    assert not INK & set("".join(Frame(("",), ("ga",), ("  ",)).paint))
