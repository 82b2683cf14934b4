"""Files that anybody may have written: every problem is told, with its line, and nothing raises."""

import errno
import json
import os
import shutil
import zipfile
import zlib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stretch_tui.core.content.dose import Range, Sides
from stretch_tui.core.content.stretch import Stretch
from stretch_tui.core.problems import Problem
from stretch_tui.storage.content import catalog_files, catalog_index
from stretch_tui.storage.content.catalog_files import catalog_root, load_catalog
from stretch_tui.storage.content.routine_toml import routine_from_toml
from stretch_tui.storage.content.stretch_toml import read_stretch
from stretch_tui.storage.content.toml_lines import TooDeepError, key_lines
from stretch_tui.storage.content.toml_reading import UnreadableError, parse_document, read_text
from stretch_tui.storage.paths import Paths

GOOD = """\
name = "Wall slide"
regions = ["shoulders"]
position = "standing"
needs = ["wall"]
steps = ["Stand at a wall.", "Slide the arms up."]

[dose]
hold_seconds = [10, 20]
reps = 3

[[phases]]
name = "down"

[[phases]]
name = "up"
"""
ROUTINE = """\
name = "Mine"
per_week = [2, 3]

[[steps]]
stretch = "owl-neck"
dose = {hold_seconds = 20, sides = "each"}

[[steps]]
stretch = "cat-cow"
note = "Slowly."
"""


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    paths = Paths(tmp_path / "data", tmp_path / "config.toml", tmp_path / "cache")
    paths.stretches.mkdir(parents=True)
    return paths


def stretch_from_toml(text: str, name: str) -> tuple[Stretch | None, tuple[Problem, ...]]:
    """As the catalog reads a file of one's own."""
    try:
        document = parse_document(text, f"{name}.toml")
    except UnreadableError as error:
        return None, (error.problem,)
    return read_stretch(document, name, own=True)


def test_a_stretch_of_ones_own() -> None:
    stretch, problems = stretch_from_toml(GOOD, "wall-slide")
    assert not problems
    assert stretch is not None
    assert (stretch.id, stretch.own, stretch.floor) == ("wall-slide", True, False)
    assert stretch.dose.hold_seconds == Range(10, 20)
    assert [(p.name, p.held) for p in stretch.dose.phases] == [("down", False), ("up", True)]


def test_a_routine_of_ones_own() -> None:
    routine, problems = routine_from_toml(ROUTINE, "mine")
    assert not problems
    assert routine is not None
    assert (routine.per_week, routine.own) == ((2, 3), True)
    assert routine.steps[0].dose is not None
    assert routine.steps[0].dose.sides is Sides.EACH
    assert routine.steps[1].dose is None


# What is wrong, the line it stands on, words of the message, words of the hint.
BAD = [
    ('name = "Wall slide"', "name = 3", 1, "name is a whole number", ""),
    ('name = "Wall slide"\n', "", 0, "name is missing", ""),
    ('"shoulders"', '"sholders"', 2, "'sholders' is unknown", "did you mean 'shoulders'"),
    ('"standing"', '"upright"', 3, "position: 'upright' is unknown", "one of standing"),
    ("reps = 3", "reps = -3", 9, "reps is -3", "between 1 and 100"),
    ("reps = 3", "reps = 3.5", 9, "reps is a number", ""),
    ("reps = 3", "reps = true", 9, "reps is true or false", ""),
    ("reps = 3", "reps = [5, 3]", 9, "runs from 5 down to 3", "reps = [3, 5]"),
    ("reps = 3", f"reps = {10**30}", 9, "a huge number", "between"),
    ("reps = 3", "breaths = 99", 9, "breaths is 99", "between 1 and 50"),
    ("reps = 3", "rounds = 21", 9, "rounds is 21", "between 1 and 20"),
    ("[10, 20]", "601", 8, "hold_seconds is 601", "between 1 and 600"),
    ("[10, 20]", "[1, 2, 3]", 8, "one whole number or two", "hold_seconds = [3, 5]"),
    ("hold_seconds", "hold_second", 8, "unknown key 'hold_second'", "hold_seconds"),
    ("[dose]", "[does]", 7, "unknown key 'does'", "did you mean 'dose'"),
    ("reps = 3", 'sides = "each"', 0, "must say what its side means", "side_means"),
    ('name = "up"', 'name = "down"', 15, "two phases", ""),
    ('name = "up"', 'name = "up"\npose = "up"', 16, "names no pose", "owl-neck/turned"),
    ("reps = 3", 'phases = [{name = "sideways"}]', 9, "'sideways' that is not", "one of down"),
    ("reps = 3", 'phases = "up"', 9, "phases is a text", ""),
    (
        'steps = ["Stand at a wall.",',
        'steps = ["Stand at a wall.", 7,',
        5,
        "entry 2 is a whole",
        "",
    ),
    ('[[phases]]\nname = "up"', '[[phases]]\nnmae = "up"', 15, "unknown key 'nmae'", "name"),
]


@pytest.mark.parametrize(("old", "new", "line", "message", "hint"), BAD)
def test_bad_stretches_say_what_where_and_what_to_do(
    old: str, new: str, line: int, message: str, hint: str
) -> None:
    assert old in GOOD
    stretch, problems = stretch_from_toml(GOOD.replace(old, new, 1), "wall-slide")
    assert stretch is None
    told = next((p for p in problems if message in p.message), None)
    assert told is not None, problems
    assert told.line == line
    assert hint in told.hint


def test_all_problems_are_told_at_once() -> None:
    text = GOOD.replace('"standing"', '"up"').replace("reps = 3", "reps = 0\nrep = 1")
    _, problems = stretch_from_toml(text, "Wall Slide")
    assert [problem.line for problem in problems] == [0, 3, 9, 10]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("name = \n", 1, "is not TOML"),
        ('name = "a\n', 1, "is not TOML"),
        ('a = 1\na = 2\nname = "x"', 2, "is not TOML"),
        ("a = " + "[" * 10_000, 1, "nested more than"),
        ("x" * 70_000, 0, "larger than 64 kB"),
        (".".join("a" * 20) + " = 1", 1, "more than 8 dots"),
        ("[" + ".".join("a" * 20) + "]", 1, "more than 8 dots"),
        ("n = " + "9" * 5_000, 0, "is not TOML"),
        ('a = """\n"\\"' + '\\"' * 20_000, 2, "is not TOML"),
        ("a = " + "{a=" * 5_000, 1, "nested more than"),
        ("\x00", 1, "is not TOML"),
        ("", 0, "name is missing"),
    ],
)
def test_hostile_text_is_refused_in_words(text: str, line: int, message: str) -> None:
    stretch, problems = stretch_from_toml(text, "a")
    assert stretch is None
    assert any(message in p.message and p.line == line for p in problems), problems


def test_names_are_cleaned_of_what_steers_a_terminal() -> None:
    text = GOOD.replace("Wall slide", "Wall \\u001b]0;x\\u0007 sli\\u202ede [/]")
    stretch, _ = stretch_from_toml(text, "wall-slide")
    assert stretch is not None
    assert stretch.name == "Wall ]0;x slide [/]"


def test_a_bad_own_stretch_is_told_and_the_rest_loads(paths: Paths) -> None:
    (paths.stretches / "good.toml").write_text(GOOD)
    (paths.stretches / "bad.toml").write_text("name = 1")
    (paths.stretches / "latin.toml").write_bytes(b'name = "\n\xe9"')
    (paths.stretches / "owl-neck.toml").write_text(GOOD)
    (paths.stretches / "large.toml").write_bytes(b"#" * 10_000_000)
    (paths.stretches / "folder.toml").mkdir()
    (paths.stretches / "gone.toml").symlink_to(paths.data / "nowhere")
    os.mkfifo(paths.stretches / "pipe.toml")
    loaded = load_catalog(paths)
    assert next(iter(loaded.catalog.stretches)) == "good"
    assert not loaded.catalog.stretches["owl-neck"].own
    told = {Path(problem.file).name: str(problem) for problem in loaded.problems}
    assert set(told) == {
        "bad.toml", "latin.toml", "owl-neck.toml", "large.toml", "folder.toml", "gone.toml",
        "pipe.toml",
    }  # fmt: skip
    assert ":2: is not UTF-8 text: byte 0xe9" in told["latin.toml"]
    assert "larger than 64 kB" in told["large.toml"]
    assert "not a regular file" in told["pipe.toml"]
    assert "is taken by" in told["owl-neck.toml"]


def test_lists_go_by_name_and_own_stretches_come_first(paths: Paths) -> None:
    (paths.stretches / "zz.toml").write_text(GOOD)
    briefs = list(load_catalog(paths).catalog.briefs())
    assert briefs[0].own
    names = [brief.name for brief in briefs[1:]]
    assert names == sorted(names)
    assert len(names) > 40


def test_the_index_gives_what_the_files_give(paths: Paths) -> None:
    (paths.stretches / "good.toml").write_text(GOOD)
    first, second, plain = load_catalog(paths), load_catalog(paths), load_catalog()
    assert len(list(paths.cache.iterdir())) == 2
    assert dict(first.catalog.stretches) == dict(second.catalog.stretches)
    assert first.catalog.routines == second.catalog.routines == plain.catalog.routines
    assert list(first.catalog.briefs()) == list(second.catalog.briefs())
    assert {k: dict(v) for k, v in first.poses.items()} == {
        k: dict(v) for k, v in second.poses.items()
    }


@pytest.mark.parametrize("large", [False, True], ids=["read", "mapped"])
def test_what_has_not_changed_is_never_parsed_again(
    paths: Paths, large: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    parsed, real = [], catalog_files._parse

    def counting(source: Any, key: str, *, own: bool) -> catalog_index.Parsed:
        parsed.append(key)
        return real(source, key, own=own)

    def parsed_by_a_load() -> list[str]:
        parsed.clear()
        assert load_catalog(paths).catalog.stretches["good"].name.startswith("Wall")
        return sorted(parsed)

    monkeypatch.setattr(catalog_files, "_parse", counting)
    monkeypatch.setattr(catalog_index, "LARGE", 0 if large else catalog_index.LARGE)
    for name in ("good", "other"):
        (paths.stretches / f"{name}.toml").write_text(GOOD)
    assert len(parsed_by_a_load()) > 90
    assert parsed_by_a_load() == []
    (paths.stretches / "good.toml").write_text(GOOD.replace("Wall slide", "Wall glides"))
    assert parsed_by_a_load() == ["stretches/good.toml"]
    assert parsed_by_a_load() == []
    monkeypatch.setattr(catalog_index, "__version__", "99.0")
    assert len(parsed_by_a_load()) > 90, "another version may read more in the same files"
    assert parsed_by_a_load() == []


def test_an_index_that_could_not_be_written_leaves_nothing_behind(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_path: Path, _target: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr(Path, "replace", full)
        assert load_catalog(paths).catalog.stretches
    assert list(paths.cache.iterdir()) == []


def test_a_changed_file_is_seen(paths: Paths) -> None:
    file = paths.stretches / "good.toml"
    file.write_text(GOOD)
    assert load_catalog(paths).catalog.stretches["good"].name == "Wall slide"
    file.write_text(GOOD.replace("Wall slide", "Wall glide"))
    os.utime(file, ns=(1, 1))
    assert load_catalog(paths).catalog.stretches["good"].name == "Wall glide"
    file.write_text("name = 1")
    assert "good" not in load_catalog(paths).catalog.stretches
    assert load_catalog(paths).problems
    file.unlink()
    assert not load_catalog(paths).problems


@pytest.mark.parametrize("cut", [0, 1, 30, 200, 5_000, -1])
def test_a_damaged_index_is_made_again(paths: Paths, cut: int) -> None:
    whole = load_catalog(paths)
    for index in paths.cache.iterdir():
        index.write_bytes(index.read_bytes()[:cut])
    again = load_catalog(paths)
    assert dict(again.catalog.stretches) == dict(whole.catalog.stretches)
    assert not again.problems


@pytest.mark.parametrize("large", [False, True], ids=["read", "mapped"])
@pytest.mark.parametrize("at", [0.01, 0.3, 0.5, 0.9, 1.0])
def test_an_index_of_the_right_length_and_wrong_bytes_is_made_again(
    paths: Paths, at: float, large: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalog_index, "LARGE", 0 if large else catalog_index.LARGE)
    whole = load_catalog(paths)
    (index,) = paths.cache.iterdir()
    sound = index.read_bytes()
    begin = min(int(len(sound) * at), len(sound) - 1)
    index.write_bytes(sound[:begin] + bytes(len(sound) - begin))  # what was never synced
    again = load_catalog(paths)
    assert dict(again.catalog.stretches) == dict(whole.catalog.stretches)
    assert again.catalog.routines == whole.catalog.routines
    assert {k: dict(v) for k, v in again.poses.items()} == {
        k: dict(v) for k, v in whole.poses.items()
    }
    assert not again.problems
    assert index.read_bytes() == sound


@given(st.binary(max_size=300) | st.sampled_from([b"{}", b"[]", b'{"version":"0.1.0"}']))
@settings(max_examples=40, deadline=None)
def test_any_index_is_survived(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    folder = tmp_path_factory.mktemp("index")
    paths = Paths(folder, folder / "config.toml", folder / "cache")
    paths.cache.mkdir()
    root = folder / "root"
    (root / "stretches").mkdir(parents=True)
    (root / "stretches" / "good.toml").write_text(GOOD)
    load_catalog(paths, root)
    (index,) = paths.cache.iterdir()
    sums = b"%d %08x\n" % (len(content) // 2 + 1, zlib.crc32(content))
    index.write_bytes(catalog_index.MAGIC + sums + content)
    assert list(load_catalog(paths, root).catalog.stretches) == ["good"]


def test_a_cache_that_cannot_be_written_stops_nothing(paths: Paths) -> None:
    paths.cache.write_text("a file where the folder should be")
    assert load_catalog(paths).catalog.stretches


def test_the_catalog_loads_from_inside_an_archive(paths: Paths, tmp_path: Path) -> None:
    archive = Path(
        shutil.make_archive(
            str(tmp_path / "app"), "zip", Path(str(catalog_root())).parent, "catalog"
        )
    )
    root = zipfile.Path(archive, "catalog/")
    first = load_catalog(paths, root)
    assert first.catalog.routines == load_catalog().catalog.routines
    assert list(load_catalog(paths, root).catalog.stretches) == list(
        load_catalog().catalog.stretches
    )
    assert not first.problems


def test_own_poses_lie_over_the_shipped_ones(paths: Paths) -> None:
    poses = paths.data / "poses"
    poses.mkdir()
    (poses / "cat-cow.toml").write_text("[cow]\ntitle = 'Mine'\n[calf]\ntitle = 'New'\n")
    tables = load_catalog(paths).poses["cat-cow"]
    assert tables["cow"] == {"title": "Mine"}
    assert {"cat", "calf"} <= set(tables)


def test_a_pipe_or_a_device_is_never_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for file in (tmp_path / "pipe", Path("/dev/zero"), tmp_path):
        with pytest.raises(UnreadableError) as caught:
            read_text(file)
        assert caught.value.problem.message.startswith("can't be read")


def test_lines_of_keys() -> None:
    text = (
        'a = 1\n[t]\nb = [\n 1,\n 2,\n]\n[[l]]\nc.d = """x\n= y\n"""\n[[l]]\ne = {f = 1,\n g=2}\n'
    )
    assert key_lines(text) == {
        ("a",): 1,
        ("t",): 2,
        ("t", "b"): 3,
        ("t", "b", 0): 4,
        ("t", "b", 1): 5,
        ("l",): 7,
        ("l", 0): 7,
        ("l", 0, "c"): 8,
        ("l", 0, "c", "d"): 8,
        ("l", 1): 11,
        ("l", 1, "e"): 12,
        ("l", 1, "e", "f"): 12,
        ("l", 1, "e", "g"): 13,
    }


keys = st.sampled_from(
    [
        "name",
        "regions",
        "position",
        "steps",
        "dose",
        "phases",
        "hold_seconds",
        "reps",
        "sides",
        "variations",
        "sources",
        "x",
    ]
)
values = st.recursive(
    st.none().map(lambda _: '"each"')
    | st.integers(-5, 700).map(str)
    | st.booleans().map(lambda flag: str(flag).lower())
    | st.text(max_size=8).map(json.dumps)
    | st.just("1979-05-27"),
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]")
        | st.dictionaries(keys, inner, max_size=3).map(
            lambda table: "{" + ", ".join(f"{k} = {v}" for k, v in table.items()) + "}"
        )
    ),
    max_leaves=6,
)
lines = st.tuples(keys, values).map(lambda pair: f"{pair[0]} = {pair[1]}")
heads = keys.map(lambda key: f"[{key}]") | keys.map(lambda key: f"[[{key}]]")


@settings(max_examples=300, deadline=None)
@given(st.lists(lines | heads, max_size=12).map("\n".join))
def test_random_toml_gives_an_item_or_problems(text: str) -> None:
    for read in (stretch_from_toml, routine_from_toml):
        item, problems = read(text, "a")
        assert (item is None) == bool(problems)
        assert all(0 <= problem.line <= text.count("\n") + 1 for problem in problems)
        assert all(problem.message.isprintable() for problem in problems)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_told_or_parsed(text: str) -> None:
    try:
        parse_document(text, "f")
    except UnreadableError as error:
        assert error.problem.message  # noqa: PT017
    try:
        key_lines(text)
    except TooDeepError as error:
        assert error.line > 0  # noqa: PT017
