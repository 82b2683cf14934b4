"""A kept first screen is shown only as long as it is true, and a terminal is only ever drawn on."""

from __future__ import annotations

import os
import re
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stretch_tui.cli.opening import _picture
from stretch_tui.storage.first_frame import (
    NAME,
    FirstFrames,
    Frame,
    cache_folder,
    dump,
    look_of,
    parse,
    read,
)
from stretch_tui.storage.paths import Paths

SIZE = (30, 5)
LOOK = look_of({"TERM": "xterm"}, plain=False)
ORANGE = ("1", "38;5;215", "48;5;233")
PIECES = [(0, 1, ORANGE, "stretch-tui"), (2, 0, ("", "", "48;5;233"), "  Étirement 漢字  ")]
DRAWN = re.compile(r"\x1b\[\?1049h\x1b\[\?25l(?:\x1b\[[\d;]*[mHJ]|[^\x00-\x1f\x7f-\x9f])*")
"""The alternate screen without a cursor, then places, colors, one clearing, and text."""


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    found = Paths.find({"STRETCH_TUI_DATA_DIR": str(tmp_path / "data")})
    for folder in (found.data, found.routines, found.stretches, tmp_path / "catalog" / "routines"):
        folder.mkdir(parents=True)
    found.history.write_text("{}")
    (found.routines / "mine.toml").write_text("name = 'Mine'\n")
    (tmp_path / "catalog" / "routines" / "ours.toml").write_text("name = 'Ours'\n")
    found.cache.mkdir(mode=0o700)
    return found


def frames_of(paths: Paths) -> FirstFrames:
    return FirstFrames(paths, str(paths.data.parent / "catalog"), LOOK)


def kept(paths: Paths) -> bool:
    """Whether the next start would show what is kept."""
    found = read(str(paths.cache))
    return found is not None and found.holds(LOOK, SIZE)


def keep(paths: Paths) -> None:
    frames = frames_of(paths)
    frames.keep(SIZE, "48;5;233", PIECES, frames.as_of())


def test_what_is_kept_is_shown(paths: Paths) -> None:
    keep(paths)
    assert kept(paths)
    found = read(str(paths.cache))
    assert found is not None
    assert list(found.pieces) == PIECES
    assert (paths.cache / NAME).stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(("look", "size"), [("other", SIZE), (LOOK, (31, 5))])
def test_it_is_of_one_look_and_size(paths: Paths, look: str, size: tuple[int, int]) -> None:
    keep(paths)
    found = read(str(paths.cache))
    assert found is not None
    assert not found.holds(look, size)


CHANGES: dict[str, Callable[[Paths], object]] = {
    "the log": lambda paths: paths.history.write_text("{ }"),
    "no log": lambda paths: paths.history.unlink(),
    "a session in progress": lambda paths: (paths.data / "run-x.json").touch(),
    "a routine edited": lambda paths: (paths.routines / "mine.toml").write_text("name = 'My'\n"),
    "a routine more": lambda paths: (paths.routines / "new.toml").touch(),
    "a routine less": lambda paths: (paths.routines / "mine.toml").unlink(),
    "a first own pose": lambda paths: paths.poses.mkdir(),
    "an own stretch": lambda paths: (paths.stretches / "own.toml").touch(),
    "settings": lambda paths: paths.config.write_text("theme = 'nord'\n"),
    "the catalog": lambda paths: (
        paths.data.parent / "catalog" / "routines" / "ours.toml"
    ).write_text("name = 'Better'\n"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_any_change_ends_it(paths: Paths, change: str) -> None:
    keep(paths)
    CHANGES[change](paths)
    assert not kept(paths)


@pytest.mark.parametrize("change", CHANGES)
def test_what_was_read_before_a_change_is_not_kept_after_it(paths: Paths, change: str) -> None:
    frames = frames_of(paths)
    as_of = frames.as_of()
    CHANGES[change](paths)
    frames.keep(SIZE, "", PIECES, as_of)
    assert read(str(paths.cache)) is None


def test_a_session_that_somebody_plays_keeps_it_from_being_kept(paths: Paths) -> None:
    """It may be left by then without any sign of it in the folder."""
    (paths.data / "run-x.json").touch()
    keep(paths)
    assert read(str(paths.cache)) is None


def test_a_folder_that_cannot_be_written_is_no_problem(paths: Paths) -> None:
    paths.cache.rmdir()
    paths.cache.write_text("in the way")
    keep(paths)
    assert read(str(paths.cache)) is None


def torn(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-9])


def flipped(file: Path) -> None:
    file.write_bytes(file.read_bytes().replace(b"tretch-tui", b"tretch-tuj"))


def linked(file: Path) -> None:
    file.rename(file.with_name("elsewhere"))
    file.symlink_to(file.with_name("elsewhere"))


def piped(file: Path) -> None:
    file.unlink()
    os.mkfifo(file, 0o600)


def foldered(file: Path) -> None:
    file.unlink()
    file.mkdir()


def shared(file: Path) -> None:
    file.chmod(0o620)


def large(file: Path) -> None:
    file.write_bytes(file.read_bytes().ljust(300_000))


def emptied(file: Path) -> None:
    file.write_bytes(b"")


@pytest.mark.parametrize("harm", [torn, flipped, linked, piped, foldered, shared, large, emptied])
def test_a_file_that_is_not_whole_or_not_ours_alone_is_none(
    paths: Paths, harm: Callable[[Path], object]
) -> None:
    keep(paths)
    harm(paths.cache / NAME)
    assert read(str(paths.cache)) is None


CODES = st.tuples(*[st.sampled_from(["", "1", "38;5;215", "4;7"])] * 3)
PRINTABLE = st.text(min_size=1, max_size=9).filter(str.isprintable)
STAMPS = st.lists(st.text(st.characters(exclude_characters="\n", exclude_categories=["Cs"])))


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 20), CODES, PRINTABLE)), STAMPS)
def test_a_frame_survives_its_file(pieces, stamps) -> None:
    found = parse(dump(Frame(LOOK, SIZE, "48;5;233", pieces, stamps)))
    assert found is not None
    assert (found.look, found.size, found.back) == (LOOK, SIZE, "48;5;233")
    assert (list(found.pieces), list(found.stamps)) == (pieces, stamps)
    assert DRAWN.fullmatch(_picture(found))


@given(
    st.text(),
    st.lists(
        st.tuples(
            st.integers(-9, 99),
            st.integers(-9, 99),
            st.tuples(*[st.text("1;m\x1b]0", max_size=3)] * 3),
            st.text("a\x1b]0;\a\x9b\u202e 漢m", max_size=9),
        )
    ),
)
def test_whatever_the_file_says_a_terminal_is_only_drawn_on(back, pieces) -> None:
    """Also when whoever wrote it has made the checksum fit."""
    try:
        found = parse(dump(Frame(LOOK, SIZE, back, pieces, [])))
    except (ValueError, IndexError):
        return
    assert found is not None
    assert DRAWN.fullmatch(_picture(found))


@given(st.binary(max_size=60))
def test_whatever_the_file_holds_it_is_read_or_refused(rest: bytes) -> None:
    head = f"stretch-tui first frame 1 {zlib.crc32(rest):08x}\n".encode()
    for data in (rest, head + rest):
        try:
            found = parse(data)
        except (ValueError, IndexError):
            continue
        assert found is None or DRAWN.fullmatch(_picture(found))


@pytest.mark.skipif(os.name == "nt", reason="nothing is shown first there")
@pytest.mark.parametrize(
    "environ",
    [
        {"HOME": "/home/ann"},
        {"HOME": "/home/ann", "XDG_CACHE_HOME": "/var/cache/ann"},
        {"HOME": "/home/ann", "STRETCH_TUI_DATA_DIR": "/srv/stretches"},
        {"HOME": "/home/ann", "STRETCH_TUI_DATA_DIR": "~/stretches"},
        {"HOME": "/home/ann", "STRETCH_TUI_DATA_DIR": "here"},
    ],
)
def test_it_is_looked_for_where_it_is_kept(
    environ: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("XDG_CACHE_HOME", "STRETCH_TUI_DATA_DIR"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    assert cache_folder(environ) == str(Paths.find(environ).cache)
