"""One head everywhere: closed and even, hair on crown and back, the gaze told by eye and nose."""

from itertools import pairwise

import pytest

from stretch_tui.figure import Frame, PoseBook
from stretch_tui.figure.head import TEMPLATES, outline

SWAP = str.maketrans("()/\\", ")(\\/")
SIZES = [(wide, tall) for tall in TEMPLATES for wide in range(2 * tall - 1, 2 * tall + 2)]


@pytest.mark.parametrize(("wide", "tall"), SIZES)
def test_an_outline_is_closed_and_even(wide: int, tall: int) -> None:
    rows = outline(max(3, wide), tall)
    assert [len(row) for row in rows] == [max(3, wide)] * tall
    assert [row[::-1].translate(SWAP) for row in rows] == list(rows)
    edges = [(len(row) - len(row.lstrip()), len(row.rstrip())) for row in rows]
    assert all(right - left >= 3 for left, right in edges)
    for (left, right), (below, beyond) in pairwise(edges):
        assert abs(left - below) <= 3  # the next row begins beside or under this one
        assert abs(right - beyond) <= 3


def drawn(base: str, *, yaw: float = 0, pitch: float = 2, **more: object) -> Frame:
    table = {"base": base, "view": {"yaw": yaw, "pitch": pitch}, "ground": False, **more}
    book = PoseBook.parse({"file": {"pose": table}})
    found = book.diagram(("file/pose",), 44, 24)
    assert found is not None, book.problems()
    return found.key(0)


def places(frame: Frame, chars: str, kinds: str) -> list[tuple[int, int]]:
    return [
        (x, y)
        for y, (row, paint) in enumerate(zip(frame.rows, frame.paint, strict=True))
        for x, (char, kind) in enumerate(zip(row, paint, strict=True))
        if char in chars and kind in kinds
    ]


def middle(found: list[tuple[int, int]]) -> tuple[float, float]:
    assert found
    return sum(x for x, _ in found) / len(found), sum(y for _, y in found) / len(found)


def test_a_profile_has_hair_behind_one_eye_and_a_nose_in_front() -> None:
    frame = drawn("stand")
    [eye], hair = places(frame, "o", "e"), places(frame, "#", "h")
    assert middle(hair)[0] < eye[0]
    assert min(y for _, y in hair) < eye[1]
    [nose] = places(frame, ">", "b")
    assert nose[0] > eye[0]


def test_from_the_front_there_are_two_eyes_and_from_behind_only_hair() -> None:
    assert len(places(drawn("stand", yaw=90), "o", "e")) == 2
    behind = drawn("stand", yaw=-90)
    assert places(behind, "o", "e") == []
    assert len(places(behind, "#", "h")) > 4


def test_face_up_and_face_down_differ_at_a_glance() -> None:
    up, down = drawn("supine"), drawn("prone")
    [nose], [eye] = places(up, "^", "b"), places(up, "o", "e")
    assert nose[1] < eye[1] <= middle(places(up, "#", "h"))[1]
    [nose], [eye] = places(down, "v", "b"), places(down, "o", "e")
    assert nose[1] > eye[1] >= middle(places(down, "#", "h"))[1]


def test_a_hand_before_the_face_hides_what_is_behind_it() -> None:
    free = drawn("stand", yaw=90)
    arm = {"to": ["head", 11, -4, 2], "bend": [0, -1, 1], "hand": 90}
    held = drawn("stand", yaw=90, arm_r=arm)
    assert len(places(held, "o", "e")) < len(places(free, "o", "e"))
