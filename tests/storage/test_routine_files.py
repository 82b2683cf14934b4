"""The user's own routines on disk: nothing lost, nothing hidden, nothing that stops the app."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from stretch_tui.core.content.routine import Routine, Step
from stretch_tui.core.errors import StoreError
from stretch_tui.storage import durable
from stretch_tui.storage.content.routine_files import TomlRoutines
from stretch_tui.storage.content.slugs import free_slug, slug
from stretch_tui.storage.paths import Paths

MINE = Routine("", "Before stand-up", (Step("owl-neck"), Step("nobody-knows-it")), own=True)


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths(tmp_path / "data", tmp_path / "config.toml", tmp_path / "cache")


@pytest.fixture
def store(paths: Paths) -> TomlRoutines:
    return TomlRoutines(paths)


def put(paths: Paths, name: str, text: str | bytes) -> Path:
    paths.routines.mkdir(parents=True, exist_ok=True)
    path = paths.routines / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_a_routine_is_saved_read_and_private(store: TomlRoutines, paths: Paths) -> None:
    saved = store.save(MINE)
    assert saved == replace(MINE, id="before-stand-up")
    assert TomlRoutines(paths).all() == {"before-stand-up": saved}
    path = paths.routines / "before-stand-up.toml"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(paths.routines.stat().st_mode) == 0o700
    assert path.read_text() == (
        'name = "Before stand-up"\n\n[[steps]]\nstretch = "owl-neck"\n'
        '\n[[steps]]\nstretch = "nobody-knows-it"\n'
    )


def test_two_of_one_name_get_two_files_and_the_catalog_s_ids_are_left_alone(
    store: TomlRoutines,
) -> None:
    assert store.save(MINE).id == "before-stand-up"
    assert store.save(MINE).id == "before-stand-up-2"
    assert store.save(replace(MINE, name="Desk reset")).id == "desk-reset-2"
    assert store.save(replace(MINE, name="Owl neck")).id == "owl-neck-2"
    assert store.save(replace(MINE, id="desk-reset", own=False)).id == "before-stand-up-3"


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("Before stand-up", "before-stand-up"),
        ("../../etc/passwd", "etc-passwd"),
        ("Schulter & Nacken über Mittag", "schulter-nacken-uber-mittag"),
        ("肩こり", "routine"),
        ("CON", "routine-con"),
        ("x" * 300, "x" * 48),
        ("\x1b]52;c;AAAA\x07", "52-c-aaaa"),
        ("...", "routine"),
    ],
)
def test_file_names_come_from_slugs(name: str, wanted: str) -> None:
    assert slug(name) == wanted
    assert slug(slug(name)) == wanted
    assert free_slug(name, {wanted}) == f"{wanted}-2"


def test_saving_again_keeps_comments_and_the_version_before(
    store: TomlRoutines, paths: Paths
) -> None:
    path = put(paths, "mine.toml", '# hello\nname = "A" # b\n[[steps]]\nstretch = "owl-neck"\n')
    before = path.read_text()
    mine = store.all()["mine"]
    store.save(replace(mine, name="Z"))
    assert path.read_text() == before.replace('"A"', '"Z"')
    assert (paths.routines / "deleted" / "mine.1.toml").read_text() == before


def test_a_deleted_routine_comes_back_as_it_was(store: TomlRoutines, paths: Paths) -> None:
    saved = store.save(MINE)
    text = store.text(saved.id)
    store.delete(saved.id)
    assert store.all() == {}
    store.restore(saved.id)
    assert store.text(saved.id) == text
    with pytest.raises(StoreError, match="there is no deleted routine"):
        store.restore("never-was")
    with pytest.raises(StoreError, match="there is no"):
        store.delete("never-was")


def test_restoring_over_a_living_routine_is_refused(store: TomlRoutines) -> None:
    saved = store.save(MINE)
    store.delete(saved.id)
    again = store.save(MINE)
    assert again.id == saved.id
    with pytest.raises(StoreError, match="there is a routine"):
        store.restore(saved.id)


def test_the_draft_survives_and_remembers_what_it_is_of(paths: Paths) -> None:
    store = TomlRoutines(paths)
    assert store.draft() is None
    store.save_draft(replace(MINE, name=""))
    assert store.draft() == replace(MINE, name="")
    store.save_draft(replace(MINE, id="mine"))
    store.release_draft()
    other = TomlRoutines(paths)
    assert other.draft() == replace(MINE, id="mine")
    other.release_draft()
    assert store.draft() == replace(MINE, id="mine")
    store.save_draft(replace(MINE, steps=()))
    assert store.draft() is None
    store.discard_draft()


def test_a_broken_draft_is_set_aside_not_lost(store: TomlRoutines, paths: Paths) -> None:
    paths.data.mkdir(parents=True)
    (paths.data / "draft.toml").write_text("name = ")
    assert store.draft() is None
    assert (paths.routines / "deleted" / "draft.1.toml").read_text() == "name = "


def test_a_file_changed_outside_is_read_again(store: TomlRoutines, paths: Paths) -> None:
    saved = store.save(MINE)
    path = paths.routines / f"{saved.id}.toml"
    path.write_text(path.read_text().replace("Before", "After the"))
    assert store.all()[saved.id].name == "After the stand-up"


GOOD = 'name = "Good"\n[[steps]]\nstretch = "a"\n'
BAD: dict[str, str | bytes] = {
    "empty": "",
    "no steps": 'name = "A"\n',
    "no name": '[[steps]]\nstretch = "a"\n',
    "not toml": "name = = 3",
    "cut off": 'name = "A"\n[[steps]]\nstretch = "a',
    "not utf-8": b'name = "\xff\xfe"\n[[steps]]\nstretch = "a"\n',
    "bytes": bytes(range(256)),
    "zeros": b"\0" * 4000,
    "huge": "#" * 70_000,
    "deep": "a = " + "[" * 3000 + "]" * 3000,
    "dots": "a" + ".a" * 3000 + " = 1",
    "unknown key": GOOD + "hold = 3\n",
    "unknown top key": 'nmae = "x"\n' + GOOD,
    "wrong type": 'name = 3\n[[steps]]\nstretch = "a"\n',
    "steps are text": 'name = "A"\nsteps = "a"\n',
    "steps hold numbers": 'name = "A"\nsteps = [1, 2]\n',
    "too many steps": 'name = "A"\n' + '[[steps]]\nstretch = "a"\n' * 201,
    "range upside down": GOOD + "dose = {hold_seconds = [30, 20]}\n",
    "hold of a day": GOOD + "dose = {hold_seconds = 86400}\n",
    "hold of nothing": GOOD + "dose = {hold_seconds = 0}\n",
    "negative reps": GOOD + "dose = {reps = -3}\n",
    "reps of half": GOOD + "dose = {reps = 1.5}\n",
    "infinite": GOOD + "dose = {reps = inf}\n",
    "a huge number": GOOD + "dose = {reps = " + "9" * 4000 + "}\n",
    "sides of a cube": GOOD + 'dose = {sides = "six"}\n',
    "key twice": 'name = "A"\n' + GOOD,
    "a date": 'name = 1979-05-27\n[[steps]]\nstretch = "a"\n',
}


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_file_is_told_with_its_name_left_alone_and_stops_nothing(
    kind: str, store: TomlRoutines, paths: Paths
) -> None:
    put(paths, "good.toml", GOOD)
    bad = put(paths, "bad.toml", BAD[kind])
    before = bad.read_bytes()
    assert list(store.all()) == ["good"]
    told = store.problems()
    assert told
    assert all(problem.file == str(bad) and problem.message for problem in told)
    assert bad.read_bytes() == before


@pytest.mark.parametrize(
    "name", ["UPPER.toml", "a b.toml", "x\x1b[31m.toml", "ü.toml", "desk-reset.toml"]
)
def test_a_file_whose_name_cannot_be_an_id_is_told(
    name: str, store: TomlRoutines, paths: Paths
) -> None:
    put(paths, name, GOOD)
    assert store.all() == {}
    assert len(store.problems()) == 1


@pytest.mark.skipif(os.name == "nt", reason="no pipes in folders")
def test_pipes_folders_devices_and_dangling_links_are_told_at_once(
    store: TomlRoutines, paths: Paths
) -> None:
    put(paths, "good.toml", GOOD)
    os.mkfifo(paths.routines / "pipe.toml")
    (paths.routines / "folder.toml").mkdir()
    (paths.routines / "zero.toml").symlink_to("/dev/zero")
    (paths.routines / "gone.toml").symlink_to("/nowhere")
    assert list(store.all()) == ["good"]
    assert {Path(problem.file).name for problem in store.problems()} == {
        "pipe.toml",
        "folder.toml",
        "gone.toml",
        "zero.toml",
    }


def test_hostile_text_is_cleaned_on_the_way_in(store: TomlRoutines, paths: Paths) -> None:
    put(paths, "evil.toml", 'name = "a\\u001b]52;c;x\\u0007\\u202eb"\n[[steps]]\nstretch = "a"\n')
    assert store.all()["evil"].name == "a]52;c;xb"


def test_saving_over_a_file_that_was_broken_meanwhile_sets_it_aside(
    store: TomlRoutines, paths: Paths
) -> None:
    saved = store.save(MINE)
    put(paths, f"{saved.id}.toml", "half a th")
    store.save(saved)
    assert store.all()[saved.id] == saved
    assert (paths.routines / "deleted" / f"{saved.id}.1.toml").read_text() == "half a th"


def test_what_is_no_routine_is_refused_before_anything_is_written(
    store: TomlRoutines, paths: Paths
) -> None:
    with pytest.raises(StoreError, match="no steps"):
        store.save(replace(MINE, steps=()))
    with pytest.raises(StoreError, match="name is missing"):
        store.save(replace(MINE, name=""))
    assert not paths.routines.exists()


@pytest.mark.parametrize("evil", ["../x", "", "a/b", "A", "-", "a\0b", "x" * 80])
def test_no_id_leads_out_of_the_folder(evil: str, store: TomlRoutines) -> None:
    for act in (store.delete, store.restore, store.text):
        with pytest.raises(StoreError):
            act(evil)


def test_a_write_that_fails_leaves_the_old_file_and_no_other(
    store: TomlRoutines, paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved = store.save(MINE)
    before = store.text(saved.id)

    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(durable.os, "write", full)
        with pytest.raises(StoreError, match="No space left"):
            store.save(replace(saved, name="New"))
        with pytest.raises(StoreError, match="No space left"):
            store.save(replace(MINE, name="Other"))
        with pytest.raises(StoreError, match="No space left"):
            store.save_draft(MINE)
    assert store.text(saved.id) == before
    left = [path.name for path in paths.routines.iterdir() if path.is_file()]
    assert left == [f"{saved.id}.toml"]
    store.save(replace(saved, name="New"))


def test_a_name_taken_in_the_same_moment_overwrites_nothing(
    store: TomlRoutines, paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = TomlRoutines(paths)
    saved = other.save(MINE)
    monkeypatch.setattr(Path, "exists", _blind(paths.routines / f"{saved.id}.toml"))
    monkeypatch.setattr(store, "_stems", list)
    with pytest.raises(StoreError, match="another window"):
        store.save(replace(MINE, about="mine"))
    assert other.all()[saved.id] == saved


def _blind(hidden: Path) -> Callable[[Path], bool]:
    exists = Path.exists
    return lambda path: path != hidden and exists(path)


def test_only_twenty_earlier_versions_are_kept(store: TomlRoutines, paths: Paths) -> None:
    saved = store.save(MINE)
    for number in range(25):
        saved = store.save(replace(saved, about=f"version {number}"))
    assert len(list((paths.routines / "deleted").iterdir())) == 20
