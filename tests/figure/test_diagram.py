"""Laws of what is drawn: exact shape, mirror, ends of a movement, no pane too small."""

import pytest
from figure_world import STEMS
from hypothesis import given
from hypothesis import strategies as st
from syrupy.assertion import SnapshotAssertion

from stretch_tui.figure import Diagram, Frame, PoseBook, Style
from stretch_tui.figure.frame import Paint, Tone

CAT_COW = ("models/cow", "models/cat")
DRAWN = (
    (Style.ASCII, (24, 10)),
    (Style.ASCII, (41, 17)),
    (Style.ASCII, (80, 30)),
    (Style.SOLID, (40, 16)),
    (Style.BRAILLE, (60, 22)),
)


def diagram(book: PoseBook, poses: tuple[str, ...], *size: int, **more: object) -> Diagram:
    found = book.diagram(poses, *(size or (40, 16)), **more)  # type: ignore[arg-type]
    assert found is not None
    return found


def ink(frame: Frame) -> set[tuple[int, int]]:
    """The cells of the figure itself, without floor and dim flesh."""
    return {
        (x, y)
        for y, kinds in enumerate(frame.paint)
        for x, kind in enumerate(kinds)
        if kind in "bdshep"
    }


cells = st.text(alphabet=" _-.'/\\|()<>[]{}%#o^v", min_size=9, max_size=9)
dotted = st.text(
    alphabet=st.characters(min_codepoint=0x2800, max_codepoint=0x28FF), min_size=9, max_size=9
)


@given(st.lists(cells | dotted, min_size=1, max_size=4))
def test_the_mirror_of_the_mirror_is_the_figure(rows: list[str]) -> None:
    frame = Frame(tuple(rows), *(tuple(kind * 9 for _ in rows) for kind in "bb"))
    assert frame.mirrored().mirrored() == frame
    assert all(len(row) == 9 for row in frame.mirrored().rows)


def test_the_left_side_is_the_right_side_in_a_mirror(models: PoseBook) -> None:
    right = diagram(models, CAT_COW)
    left = diagram(models, CAT_COW, mirrored=True)
    assert left.key(0) == right.key(0).mirrored()
    assert right.mirrored().between(0, 1, 0.4) == right.between(0, 1, 0.4).mirrored()
    assert right.mirrored().mirrored().key(1) == right.key(1)


def reach(yaw: float) -> Diagram:
    """A body that stands and reaches out with its right arm."""
    out = {"upper": [-90, 80], "fore": [-90, 80], "hand": [-90, 80]}
    table = {"base": "stand", "view": {"yaw": yaw, "pitch": 4}, "arm_r": out}
    return diagram(PoseBook.parse({"any": {"reach": table}}), ("any/reach",))


@pytest.mark.parametrize("yaw", [90, 60, 120, -90, -60])
def test_the_right_of_the_screen_is_the_right_of_the_person_who_follows(yaw: float) -> None:
    for drawn, sign in ((reach(yaw), 1), (reach(yaw).mirrored(), -1)):
        arm = [x for x, _ in ink(drawn.key(0))]
        heads = [x for x, y in ink(drawn.key(0)) if y == 0]
        middle = sum(heads) / len(heads)
        assert sign * (max(arm) + min(arm) - 2 * middle) > 4


def test_turning_the_camera_by_hand_never_swaps_the_sides() -> None:
    table = {"base": "stand", "view": {"yaw": 90}, "arm_r": {"upper": [-90, 80]}}
    book = PoseBook.parse({"any": {"reach": table}})
    behind = diagram(book, ("any/reach",), yaw=180.0)
    assert diagram(book, ("any/reach",))._facing is behind._facing is True


def test_the_silhouette_holds_all_that_is_filled_and_nothing_else(models: PoseBook) -> None:
    frame = diagram(models, CAT_COW).key(0)
    for paint, tone in zip(frame.paint, frame.tone, strict=True):
        assert len(paint) == len(tone)
        for kind, depth in zip(paint, tone, strict=True):
            assert kind != "f" or depth != " "
            assert kind not in "pga" or depth == " "
    assert frame.mirrored().tone == tuple(row[::-1] for row in frame.tone)


def test_every_part_has_its_tone_and_the_farther_of_two_limbs_its_own(models: PoseBook) -> None:
    tones = "".join(diagram(models, CAT_COW).key(0).tone)
    assert all(tones.count(part) > 4 for part in "blakh")
    behind = "".join(diagram(models, CAT_COW, yaw=40).key(0).tone)
    assert behind.count("f") > 4 >= tones.count("f")  # their twins come into sight


@pytest.mark.parametrize(("style", "size"), DRAWN)
@pytest.mark.parametrize("stem", STEMS)
def test_every_line_has_the_exact_width(
    catalog: PoseBook, stem: str, style: Style, size: tuple[int, int]
) -> None:
    poses = catalog.ids(stem)
    drawn = diagram(catalog, poses, *size, style=style)
    for frame in (drawn.key(0), drawn.key(len(poses) - 1).mirrored()):
        assert [len(row) for row in frame.rows] == [size[0]] * size[1]
        assert [len(row) for row in frame.paint] == [size[0]] * size[1]
        assert [len(row) for row in frame.tone] == [size[0]] * size[1]
        assert set("".join(frame.paint)) <= set(Paint)
        assert set("".join(frame.tone)) <= set(Tone)
        if style is not Style.BRAILLE:
            assert "".join(frame.rows).isascii()
        for row, kinds in zip(frame.rows, frame.paint, strict=True):
            assert all((a == " ") == (b == " ") for a, b in zip(row, kinds, strict=True))


@pytest.mark.parametrize("size", [(19, 16), (40, 7), (0, 0), (-3, 9)])
def test_a_pane_too_small_gets_no_figure(models: PoseBook, size: tuple[int, int]) -> None:
    assert models.diagram(CAT_COW, *size) is None


def test_no_poses_and_unknown_poses_give_no_figure(models: PoseBook) -> None:
    assert models.diagram((), 40, 16) is None
    assert models.diagram(("models/dog",), 40, 16) is None
    assert "models/cow" in models
    assert "models/quadruped" not in models
    assert 7 not in models


def test_a_movement_begins_and_ends_in_its_key_poses(models: PoseBook) -> None:
    drawn = diagram(models, CAT_COW)
    assert drawn.between(0, 1, 0.0) == drawn.key(0)
    assert drawn.between(0, 1, 1.0) == drawn.key(1)
    assert drawn.between(0, 1, -3.0) == drawn.key(0)
    assert drawn.between(0, 0, 0.6) == drawn.key(0)
    assert drawn.between(1, 0, 0.25) == drawn.between(0, 1, 0.75)
    assert drawn.between(0, 1, 0.5) not in (drawn.key(0), drawn.key(1))


def test_a_frame_is_drawn_once(models: PoseBook) -> None:
    drawn = diagram(models, CAT_COW)
    assert drawn.between(0, 1, 0.5) is drawn.between(0, 1, 0.501)


def test_the_figure_fills_its_pane(models: PoseBook) -> None:
    for poses in (CAT_COW, ("models/plank",), ("models/seated",)):
        drawn = diagram(models, poses)
        filled = set().union(*(ink(drawn.key(k)) for k in range(len(poses))))
        wide = max(x for x, _ in filled) - min(x for x, _ in filled) + 1
        tall = max(y for _, y in filled) - min(y for _, y in filled) + 1
        assert wide >= 0.85 * 40 or tall >= 0.85 * 16


def test_turning_the_camera_turns_the_figure(models: PoseBook) -> None:
    straight, turned = diagram(models, CAT_COW), diagram(models, CAT_COW, yaw=60.0)
    assert straight.key(0) != turned.key(0)
    assert diagram(models, CAT_COW, yaw=360.0).key(0).rows == straight.key(0).rows


def test_the_stretched_region_shows_without_color(models: PoseBook) -> None:
    text = "\n".join(diagram(models, CAT_COW).key(1).plain())
    assert text.count("%") >= 5
    assert ":" not in text


@pytest.mark.parametrize("style", list(Style))
@pytest.mark.parametrize("pose", ["cow", "cat", "plank", "leaned", "seated"])
def test_golden(models: PoseBook, pose: str, style: Style, snapshot: SnapshotAssertion) -> None:
    frame = diagram(models, (f"models/{pose}",), style=style).key(0)
    assert "\n" + "\n".join(row.rstrip() for row in frame.rows) == snapshot


@pytest.mark.parametrize(
    ("stretch", "turned", "seen"),
    [
        ("owl-neck", (0, 0), "facing you"),
        ("cow-face-arms", (0, 0), "from behind"),
        ("cow-face-arms", (180, 0), "facing you"),
        ("prone-cactus", (0, 0), "from above"),
        ("camel", (0, 0), ""),
        ("camel", (0, 45), "from above"),
    ],
)
def test_it_says_from_where_a_body_is_seen(
    catalog: PoseBook, stretch: str, turned: tuple[float, float], seen: str
) -> None:
    poses = tuple(one for one in catalog.ids() if one.startswith(f"{stretch}/"))
    assert diagram(catalog, poses, yaw=turned[0], pitch=turned[1]).view == seen
