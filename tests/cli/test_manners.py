"""What every command does alike: unknown names, words typed wrong, and answers that are due."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from stretch_tui.cli.main import main

Out = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("STRETCH_TUI_DATA_DIR", str(tmp_path / "data"))
    return tmp_path


TAKES_A_NAME = [
    ["show"],
    ["figure"],
    ["play", "--plain"],
    ["log"],
    ["favorite", "add"],
    ["routine", "sheet"],
    ["routine", "copy"],
    ["routine", "edit"],
    ["routine", "delete"],
    ["routine", "check"],
    ["routine", "export"],
]


@pytest.mark.parametrize("command", TAKES_A_NAME)
def test_an_unknown_name_is_told_alike_everywhere(command: list[str], capsys: Out) -> None:
    assert main([*command, "no-such-thing-at-all"]) == 2
    said = capsys.readouterr()
    assert not said.out
    assert said.err.startswith("stretch-tui: there is no ")
    assert "called 'no-such-thing-at-all'; see: stretch-tui list" in said.err
    assert said.err.count("\n") == 1


@pytest.mark.parametrize("command", [["show"], ["log"], ["favorite", "add"], ["routine", "sheet"]])
def test_a_thing_is_meant_by_its_name_too(command: list[str], capsys: Out) -> None:
    for words in ("desk reset", "Desk Reset", "Owl neck"):
        assert main([*command, words]) == 0
    assert "there is no" not in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "told", "help_of"),
    [
        (["now", "0"], "MINUTES: '0' is not a whole number of minutes from 1 to 120", "now"),
        (["now"], "missing: MINUTES", "now"),
        (
            ["now", "5", "--region", "nek"],
            "--region: there is no 'nek'; did you mean 'neck'?",
            "now",
        ),
        (["now", "5", "--region", "knee"], "--region: there is no 'knee'; one of neck, ", "now"),
        (["list", "--equipment", "chiar"], "there is no 'chiar'; did you mean 'chair'?", "list"),
        (["list", "--max-minutes", "0"], "'0' is not a number from 0.1", "list"),
        (["list", "--region"], "--region: a value is missing", "list"),
        (["list", "--colour"], "not understood: --colour", "list"),
        (["figure", "fish", "--yaw", "up"], "'up' is not an angle from -360 to 360", "figure"),
        (["routine", "sheeet"], "there is no action 'sheeet'; did you mean 'sheet'?", "routine"),
        (["routine", "new"], "missing: NAME", "routine new"),
        (["lst"], "there is no command 'lst'; did you mean 'list'?", ""),
    ],
)
def test_what_is_typed_wrong_is_told_in_two_lines(
    words: list[str], told: str, help_of: str, capsys: Out
) -> None:
    with pytest.raises(SystemExit) as left:
        main(words)
    assert left.value.code == 2
    said = capsys.readouterr()
    first, second = said.err.splitlines()
    assert first.startswith("stretch-tui: ")
    assert told in first
    assert second == f"see: {' '.join(['stretch-tui', *help_of.split(), '-h'])}"
    assert not said.out


def test_favorites_answer_and_keep_stdout_for_data(capsys: Out) -> None:
    def says(*words: str) -> tuple[str, str]:
        assert main(["favorite", *words]) == 0
        said = capsys.readouterr()
        return said.out, said.err.removeprefix("stretch-tui: ")

    assert says("list") == (
        "",
        "no favorites yet; to add one: stretch-tui favorite add desk-reset\n",
    )
    assert says("add", "Owl neck") == ("", "owl-neck is a favorite now\n")
    assert says("add", "owl-neck") == ("", "owl-neck was a favorite already\n")
    assert says("list") == ("owl-neck\n", "")
    assert says("remove", "owl-neck") == ("", "owl-neck is no longer a favorite\n")
    assert says("remove", "owl-neck") == ("", "owl-neck was not a favorite\n")


def test_data_can_only_be_kept_in_a_folder(own_folder: Path, capsys: Out) -> None:
    for place in ("/dev/null", str(own_folder / "file")):
        (own_folder / "file").write_text("mine")
        for words in (["list"], ["history"], ["status"], ["routine", "new", "X", "owl-neck"]):
            assert main(["--data-dir", place, *words]) == 2
            said = capsys.readouterr()
            assert said.err == (
                f"stretch-tui: {place} is not a folder: your data cannot be kept there\n"
            )
            assert not said.out
        assert main(["--data-dir", place, "doctor"]) == 1
        capsys.readouterr()
    assert (own_folder / "file").read_text() == "mine"


def test_a_list_is_ordered_by_what_stands_first_in_its_rows(capsys: Out) -> None:
    assert main(["list", "stretches"]) == 0
    rows = capsys.readouterr().out.splitlines()
    ids = [row.split()[0] for row in rows]
    assert ids == sorted(ids)
    assert "Elbows together" in next(row for row in rows if row.split()[0] == "self-hug")
    assert main(["list", "stretches", "--search", "arms"]) == 0
    ids = [row.split()[0] for row in capsys.readouterr().out.splitlines()]
    assert ids != sorted(ids), "the nearest match comes first"


@pytest.mark.parametrize("option", ["--data-dir", "--data"])
def test_a_folder_may_be_called_like_a_command(option: str, own_folder: Path, capsys: Out) -> None:
    assert main([option, str(own_folder / "data"), "paths"]) == 0
    with contextlib.chdir(own_folder):
        assert main([option, "log", "show", "owl-neck"]) == 0
        assert main(["--ascii", option, "list", "paths"]) == 0
    assert "Owl neck" in capsys.readouterr().out


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("command", [["list"], ["status", "--json"], ["man"], ["play", "--json"]])
def test_output_that_cannot_be_written_is_told_in_one_line(
    command: list[str], unbuffered: str, tmp_path: Path
) -> None:
    done = run_into_full(tmp_path, unbuffered, *command)
    assert done.returncode == 1
    why = "this could not be written: the disk is full: free some space, then try again"
    assert done.stderr == f"stretch-tui: {why}\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_help_that_cannot_be_written_ends_quietly(tmp_path: Path) -> None:
    done = run_into_full(tmp_path, "", "--help")
    assert (done.returncode, done.stderr) == (0, "")


def run_into_full(folder: Path, unbuffered: str, *words: str) -> subprocess.CompletedProcess[str]:
    more = {"PYTHONUNBUFFERED": unbuffered, "STRETCH_TUI_DATA_DIR": str(folder)}
    with Path("/dev/full").open("w") as full:
        return subprocess.run(
            [sys.executable, "-m", "stretch_tui", *words],
            env={**os.environ, **more},
            stdin=subprocess.DEVNULL,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
