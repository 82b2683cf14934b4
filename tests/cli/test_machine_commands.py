"""Paths, config and the terminal's reset."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from stretch_tui.cli.main import main


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("STRETCH_TUI_DATA_DIR", str(tmp_path))
    return tmp_path


def test_paths_name_real_places(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["paths", "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["schema"] == 1
    assert shown["history"] == str(data / "history.json")
    assert Path(shown["catalog"]).joinpath("stretches").is_dir()


def test_data_dir_wins_over_the_environment(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["--data-dir", str(tmp_path / "other"), "paths", "--json"])
    assert json.loads(capsys.readouterr().out)["data"] == str(tmp_path / "other")


def test_the_default_config_can_be_used_as_it_is(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["config", "--default"])
    (data / "config.toml").write_text(capsys.readouterr().out)
    assert main(["config", "--check"]) == 0


def test_a_bad_config_is_told_with_its_line(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (data / "config.toml").write_text("\nsonud = true\n")
    assert main(["config", "--check", "--json"]) == 1
    (problem,) = json.loads(capsys.readouterr().out)["problems"]
    assert problem["line"] == 2
    assert "sound" in problem["hint"]


@pytest.mark.parametrize("command", [["config", "--check"], ["check"]])
def test_what_only_the_screens_can_judge_is_told_with_its_line(
    data: Path, capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    (data / "config.toml").write_text(
        'theme = "dracla"\n[keys]\n"browse.filters" = "slash"\nbrowse.play = "entr"\n'
        '[keys.app]\nundo = "f25"\n'
    )
    assert main([*command, "--json"]) == 1
    problems = json.loads(capsys.readouterr().out)["problems"]
    assert [(one["line"], one["hint"]) for one in problems] == [
        (1, "did you mean 'dracula'?"),
        (3, "did you mean 'browse.filter'?"),
        (4, "did you mean 'enter'?"),
        (6, "did you mean 'f5'?"),
    ]


def test_the_zone_is_set_by_city_and_said_by_check(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (data / "config.toml").write_text("sound = false  # the office\n")
    assert main(["config", "--zone", "buenos aires"]) == 0
    assert "Days are counted in America/Argentina/Buenos_Aires: " in capsys.readouterr().out
    assert (data / "config.toml").read_text().startswith("sound = false  # the office\n")
    assert main(["config", "--check"]) == 0
    assert "Days are counted in America/Argentina/Buenos_Aires" in capsys.readouterr().out
    assert main(["config", "--zone", "Berln"]) == 2
    assert "did you mean Europe/Berlin" in capsys.readouterr().err
    assert main(["config", "--zone", "utc", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"schema": 1, "zone": "UTC"}


def test_without_a_terminal_nothing_can_be_reset() -> None:
    code = "import sys; from stretch_tui.cli.main import main; sys.exit(main())"
    done = subprocess.run(
        [sys.executable, "-c", code, "--reset-terminal"],
        capture_output=True,
        text=True,
        start_new_session=True,
        check=False,
    )
    assert done.returncode == 2
    assert "no terminal" in done.stderr
