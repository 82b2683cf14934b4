"""`stretch-tui figure`: what a script, a pose author and a mistaken person get."""

from pathlib import Path

import pytest

from stretch_tui.cli.main import main


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STRETCH_TUI_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


def lines(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> list[str]:
    assert main(["figure", *words]) == code
    return capsys.readouterr().out.splitlines()


def test_a_stretch_shows_every_phase_under_its_name(capsys: pytest.CaptureFixture[str]) -> None:
    shown = lines(capsys, "cat-cow")
    titles = [line for line in shown if line.startswith("cat-cow/")]
    assert {"cat-cow/cow", "cat-cow/cat"} <= set(titles)
    assert len(shown) == len(titles) * 17
    assert max(map(len, shown)) <= 40
    assert any("%" in line for line in shown)
    assert all(line.isascii() and "\x1b" not in line for line in shown)


def test_one_phase_in_a_chosen_size(capsys: pytest.CaptureFixture[str]) -> None:
    whole = lines(capsys, "cat-cow", "--size", "60x22")
    shown = lines(capsys, "cat-cow", "--phase", "2", "--size", "60x22")
    assert shown == whole[23:46]
    assert len(shown) == 23


def test_the_left_side_is_the_mirror_of_the_right(capsys: pytest.CaptureFixture[str]) -> None:
    right = lines(capsys, "cat-cow/cow")[1:]
    left = lines(capsys, "cat-cow/cow", "--side", "left")[1:]
    swap = str.maketrans("()/\\<>", ")(\\/><")
    assert [line.ljust(40)[::-1].translate(swap).rstrip() for line in right] == left


def test_in_betweens_and_sheet_stand_side_by_side(capsys: pytest.CaptureFixture[str]) -> None:
    shown = lines(capsys, "sphinx-pose", "--frames", "1", "--sheet", "--size", "30x10")
    assert shown[0].split() == [
        "sphinx-pose/flat",
        "sphinx-pose/flat",
        "1/2",
        "sphinx-pose/propped",
    ]
    assert len(shown) == 11


def test_braille_and_a_turned_camera(capsys: pytest.CaptureFixture[str]) -> None:
    straight = lines(capsys, "cat-cow/cow", "--style", "braille")
    turned = lines(capsys, "cat-cow/cow", "--style", "braille", "--yaw", "45")
    assert straight != turned
    assert any("\u2800" < char < "\u2900" for char in "".join(straight))


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("cat-caw",), 2, "no stretch called 'cat-caw'; did you mean 'cat-cow'?"),
        (("cat-cow/dog",), 2, "no pose 'cat-cow/dog'"),
        (("cat-cow", "--size", "huge"), 2, "--size takes columns and lines"),
        (("cat-cow", "--size", "12x4"), 2, "at least 20x8"),
        (("cat-cow", "--size", "99999x9"), 2, "--size takes columns and lines"),
        (("sphinx-pose", "--phase", "7"), 2, "it has 2 phases: --phase takes a number from 1 to 2"),
        (("cat-cow", "--watch", "/nowhere/at-all.toml"), 1, "/nowhere/at-all.toml"),
        (("--watch", "/nowhere/at-all.toml"), 1, "/nowhere/at-all.toml"),
        ((), 2, "say which one"),
    ],
)
def test_a_mistake_is_told_in_one_line(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...], code: int, told: str
) -> None:
    assert main(["figure", *words]) == code
    error = capsys.readouterr().err
    assert told in error
    assert error.count("\n") == 1


@pytest.mark.parametrize(
    "words", [("--yaw", "nan"), ("--pitch", "inf"), ("--yaw", "up"), ("--frames", "-1"),
              ("--frames", "9999"), ("--style", "oil")],
)  # fmt: skip
def test_an_option_that_makes_no_sense_is_refused(
    capsys: pytest.CaptureFixture[str], words: tuple[str, str]
) -> None:
    with pytest.raises(SystemExit) as left:
        main(["figure", "cat-cow", *words])
    assert left.value.code == 2
    assert words[0] in capsys.readouterr().err


def test_without_a_name_the_sheet_shows_the_whole_catalog(
    capsys: pytest.CaptureFixture[str],
) -> None:
    shown = "\n".join(lines(capsys, "--sheet", "--size", "24x10"))
    for pose in ("bird-dog/reach", "cat-cow/cat", "upward-plank/seated"):
        assert pose in shown


def test_a_broken_pose_of_ones_own_says_what_is_wrong(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    from stretch_tui.cli import compose

    folder = compose.paths().poses
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "mine.toml").write_text('[one]\nbase = "floating"\n', encoding="utf-8")
    assert main(["figure", "mine/one"]) == 1
    assert "base is 'floating'" in capsys.readouterr().err


def test_a_watched_file_is_drawn_anew_at_every_change_even_when_it_is_gone_for_a_moment(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('[one]\nlike = "standing"\n', encoding="utf-8")

    def take_away() -> None:
        path.unlink()

    def save() -> None:
        path.write_text('[two]\nlike = "quadruped"\n', encoding="utf-8")

    def leave() -> None:
        raise KeyboardInterrupt

    next_wait = iter([take_away, save, leave])
    monkeypatch.setattr("time.sleep", lambda _: next(next_wait)())
    assert main(["figure", "--watch", str(path)]) == 130
    shown = capsys.readouterr().out.splitlines()
    assert [line for line in shown if "/" in line and line.startswith("mine")] == [
        "mine/one",
        "mine/two",
    ]
