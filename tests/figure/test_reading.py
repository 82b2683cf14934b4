"""A pose that cannot be read says what, where and what to do; nothing raises out of the book."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stretch_tui.figure import PoseBook, PoseError
from stretch_tui.figure.props import PROP_KINDS

GOOD = {"base": "stand"}


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ({}, "base is None"),
        ({"base": "floating"}, "supine"),
        ({**GOOD, "wings": 2}, "unknown key 'wings'"),
        ({**GOOD, "pitch": float("nan")}, "pitch is nan"),
        ({**GOOD, "pitch": 1e9}, "between -400 and 400"),
        ({**GOOD, "pitch": True}, "not a number"),
        ({**GOOD, "spine": {"lumbar": 300}}, "keep it between"),
        ({**GOOD, "spine": {"tail": 3}}, "spine names 'tail'"),
        ({**GOOD, "spine": {"neck_twist": 60, "head_twist": 40}}, "the head is turned 100"),
        ({**GOOD, "arms": {"upper": [0, 0, 0]}}, "has no direction"),
        ({**GOOD, "arms": {"upper": "up"}}, "write 2 or 3 numbers"),
        ({**GOOD, "arm_r": {"to": [1, 2, 3]}}, "needs a bend"),
        ({**GOOD, "arm_r": {"to": ["tail", 1, 2, 3], "bend": [0, 1, 0]}}, "arm_r.to at is 'tail'"),
        ({**GOOD, "arm_r": {"to": [90, 20, 0], "bend": [0, -1, 0]}}, "misses its target by"),
        ({**GOOD, "leg_r": {"foot": {"ground": 1}}}, "{floor = 1}"),
        ({**GOOD, "hl": ["elbow_grease"]}, "hl names 'elbow_grease'"),
        ({**GOOD, "props": [{"kind": "trampoline"}]}, "chair"),
        ({**GOOD, "props": [{"kind": "chair", "wheels": 4}]}, "has no 'wheels'"),
        ({**GOOD, "props": [{"kind": "chair", "x0": "head"}]}, "prop chair.x0 is 'head'"),
        ({**GOOD, "props": [{"kind": "line", "a": 5}]}, "write 3 numbers"),
        ({**GOOD, "props": [{"kind": "towel", "a": "tail"}]}, "prop towel.a is 'tail'"),
        ({**GOOD, "props": ["chair"]}, "write a table"),
        ({**GOOD, "frame": "wide"}, "full, thigh, waist, bust"),
        ({**GOOD, "ground": "yes"}, "true or false"),
        ({**GOOD, "like": "pose"}, "circle"),
        ({**GOOD, "like": "nobody"}, "no pose 'nobody'"),
        ({**GOOD, "floor": ["wrist_r"]}, "wrist_r is"),
        ({**GOOD, "anchor": ["pelvis", 20]}, "into the floor"),
        ({**GOOD, "view": {"pitch": -89}}, "the head cannot be seen"),
        ({**GOOD, "view": {"yaw": 90}, "hl": ["mid_back"]}, "region cannot be seen"),
        ({**GOOD, "legs": {"thigh": -90, "shank": -30}}, "bends the wrong way"),
        ({**GOOD, "arms": {"upper": -90, "fore": 89}}, "elbow_r folds 179"),
    ],
)
def test_what_is_wrong_is_said_plainly(table: dict[str, object], words: str) -> None:
    book = PoseBook.parse({"file": {"pose": table}})
    told = [f"{p.message} | {p.hint}" for p in book.problems()]
    assert any(words in line for line in told), told
    assert all(p.pose_id == "file/pose" for p in book.problems())


def test_a_file_that_is_not_made_of_tables_is_told() -> None:
    book = PoseBook.parse({"file": {"title": "Cat"}})
    assert [p.pose_id for p in book.problems()] == ["file/title"]
    assert book.ids() == ()


def test_one_bad_pose_spoils_no_other() -> None:
    book = PoseBook.parse({"file": {"bad": {"base": 3}, "good": dict(GOOD)}})
    assert [p.pose_id for p in book.problems()] == ["file/bad"]
    assert book.diagram(["file/good"], 40, 16) is not None
    assert book.diagram(["file/good", "file/bad"], 40, 16) is None


def test_drawing_one_pose_looks_into_no_other_file() -> None:
    class Files(dict[str, dict[str, object]]):
        def get(self, stem: str, default: object = None) -> dict[str, object]:  # type: ignore[override]
            assert stem in ("file", "templates"), f"looked into {stem}"
            return super().get(stem, {})

    book = PoseBook.parse(
        Files(
            file={"a": {"like": "body"}}, templates={"body": {**GOOD, "abstract": True}}, other={}
        )
    )
    assert book.diagram(["file/a"], 40, 16) is not None


def test_angles_replace_an_inherited_target_and_the_other_way() -> None:
    book = PoseBook.parse(
        {
            "f": {
                "planted": {**GOOD, "arms": {"to": [10, 52, 13], "bend": [0, -1, 0], "hand": 0}},
                "free": {"like": "planted", "arm_r": {"upper": 90, "fore": 90}},
                "again": {"like": "free", "arm_r": {"to": [12, 52, 13], "bend": [0, -1, 0]}},
            }
        }
    )
    assert book.solved("f/free")[0].limbs["arm_r"].to is None
    assert book.solved("f/free")[0].limbs["arm_l"].to is not None
    again = book.solved("f/again")[1]
    assert abs(again.joints["wrist_r"][0] - 12) < 0.01


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["upper", "fore", "to", "bend", "floor", "kind", "yaw", "at", "by", "neck"]
            ),
            inner,
            max_size=3,
        )
    ),
    max_leaves=6,
)
keys = st.sampled_from(
    [
        "base",
        "like",
        "pitch",
        "at",
        "anchor",
        "spine",
        "shoulder",
        "arm_r",
        "arms",
        "legs",
        "view",
        "frame",
        "hl",
        "floor",
        "props",
        "arrow",
    ]
)


@given(st.dictionaries(keys, values, max_size=4), st.sampled_from(["stand", "prone", "side"]))
def test_no_table_makes_the_book_raise(table: dict[str, object], base: str) -> None:
    book = PoseBook.parse({"file": {"pose": {"base": base, **table}}})
    problems = book.problems()
    diagram = book.diagram(["file/pose"], 30, 12)
    assert problems or diagram is not None
    if diagram is not None:
        assert all(len(row) == 30 for row in diagram.key(0).rows)


def test_solving_an_unknown_pose_says_so() -> None:
    with pytest.raises(PoseError, match="no pose 'a/b'"):
        PoseBook.parse({}).solved("a/b")


sizes = st.floats(-400, 400, allow_nan=False) | st.sampled_from([0.0, 1e-9, -1e-9])


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_size_of_a_prop_makes_drawing_fail(data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(sorted(PROP_KINDS)))
    prop: dict[str, object] = {"kind": kind}
    for key in data.draw(st.lists(st.sampled_from(PROP_KINDS[kind]), unique=True)):
        prop[key] = (
            data.draw(st.lists(sizes, min_size=3, max_size=3) | st.just("hand_r"))
            if key in "ab"
            else data.draw(sizes)
        )
    if kind == "line":
        prop = {"a": [0, 0, 0], "b": "head", **prop}
    book = PoseBook.parse({"file": {"pose": {**GOOD, "props": [prop]}}})
    found = book.diagram(["file/pose"], 30, 12, yaw=data.draw(st.floats(-720, 720)))
    assert found is not None
    assert [len(row) for row in found.key(0).rows] == [30] * 12


@settings(max_examples=60, deadline=None)
@given(
    st.fixed_dictionaries(
        {
            "pitch": sizes,
            "tilt": sizes,
            "at": st.lists(sizes, min_size=2, max_size=2),
            "spine": st.dictionaries(st.sampled_from(["lumbar", "neck_twist", "head"]), sizes),
            "shoulder": st.lists(sizes, min_size=2, max_size=2),
            "arm_r": st.fixed_dictionaries(
                {"to": st.lists(sizes, min_size=3, max_size=3), "bend": st.just([0, 1, 0])}
            ),
            "view": st.fixed_dictionaries({"yaw": sizes, "pitch": sizes}),
            "frame": st.sampled_from(["full", "thigh", "waist", "bust"]),
        }
    ),
    st.sampled_from(["stand", "prone", "supine", "side", "side_right"]),
)
def test_no_angle_makes_drawing_fail(table: dict[str, object], base: str) -> None:
    book = PoseBook.parse({"file": {"a": {"base": base}, "b": {"base": base, **table}}})
    found = book.diagram(["file/a", "file/b"], 24, 9)
    assert found is not None
    for frame in (found.key(1), found.between(0, 1, 0.5)):
        assert [len(row) for row in frame.rows] == [24] * 9
    assert isinstance(book.problems(), tuple)
