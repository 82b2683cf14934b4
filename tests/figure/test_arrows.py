"""Arrows read: one head, a shaft of some length, in one piece, clear of the body."""

import pytest
from figure_world import SEQUENCES

from stretch_tui.figure import Frame, PoseBook, PoseError

HEADS = "<>^v"
POSE = {"base": "stand", "view": {"yaw": 0, "pitch": 2}}


def arrow_of(frame: Frame) -> dict[tuple[int, int], str]:
    return {
        (x, y): char
        for y, (row, kinds) in enumerate(zip(frame.rows, frame.paint, strict=True))
        for x, (char, kind) in enumerate(zip(row, kinds, strict=True))
        if kind == "a"
    }


def pieces(cells: dict[tuple[int, int], str]) -> int:
    """How many groups of cells that touch, at corners too."""
    left, count = set(cells), 0
    while left:
        count += 1
        edge = [left.pop()]
        while edge:
            x, y = edge.pop()
            near = {(x + dx, y + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)} & left
            left -= near
            edge += near
    return count


def drawn(arrow: dict[str, object], **more: object) -> dict[tuple[int, int], str]:
    book = PoseBook.parse({"file": {"pose": {**POSE, "arrow": arrow, **more}}})
    found = book.diagram(("file/pose",), 40, 16)
    assert found is not None, book.problems()
    return arrow_of(found.key(0))


@pytest.mark.parametrize("size", [(24, 10), (40, 16), (46, 17), (80, 30), (110, 44)])
def test_every_arrow_of_a_stretch_has_one_head_and_a_whole_shaft(
    catalog: PoseBook, size: tuple[int, int]
) -> None:
    seen = 0
    for poses in SEQUENCES:
        found = catalog.diagram(poses, *size)
        assert found is not None
        for index, pose in enumerate(poses):
            many = len(catalog.solved(pose)[0].arrows)
            cells = arrow_of(found.key(index))
            assert pieces(cells) <= many, pose
            assert sum(char in HEADS for char in cells.values()) == many, pose
            assert len(cells) >= (2 if size[0] < 40 else 3) * many, pose
            seen += many
    assert seen > 20


def test_a_shaft_that_would_leave_the_pane_is_moved_into_it() -> None:
    arrow = {"at": "head", "off": [0, 6, 17], "by": [0, -13, 2], "bow": [0, 0, 4]}
    table = {"base": "stand", "view": {"yaw": 90}, "frame": "bust", "arrow": arrow}
    found = PoseBook.parse({"file": {"pose": table}}).diagram(("file/pose",), 68, 31)
    assert found is not None
    cells = arrow_of(found.key(0))
    assert len(cells) >= 8
    assert pieces(cells) == 1
    assert sum(char in HEADS for char in cells.values()) == 1


@pytest.mark.parametrize(("sweep", "head"), [(270, ">"), (-270, "<"), (180, "^"), (-90, "v")])
def test_a_circle_is_gone_round_the_way_it_says(sweep: float, head: str) -> None:
    first = {270: 0, -270: 180, 180: 180, -90: 90}[int(sweep)]
    cells = drawn({"at": "head", "off": [0, 0, 30], "arc": [first, sweep], "r": 9})
    assert [char for char in cells.values() if char in HEADS] == [head]
    assert pieces(cells) == 1


def test_an_arrow_into_the_body_is_moved_out_of_it() -> None:
    cells = drawn({"at": "chest", "by": [0, 12, 0]})
    assert len(cells) >= 3
    assert "^" in cells.values()


@pytest.mark.parametrize(
    "arrow",
    [
        {"at": "head"},
        {"at": "head", "by": [1, 2, 3], "arc": [0, 90]},
        {"at": "head", "arc": [0, 90], "r": 0},
        {"at": "head", "arc": [0]},
        {"at": "tail", "by": [1, 2, 3]},
        {"at": "head", "by": [1, 2, 3], "color": "red"},
        "up",
    ],
)
def test_an_arrow_that_cannot_be_read_says_so(arrow: object) -> None:
    book = PoseBook.parse({"file": {"pose": {**POSE, "arrows": [arrow]}}})
    with pytest.raises(PoseError, match="arrow") as caught:
        book.solved("file/pose")
    assert caught.value.hint
