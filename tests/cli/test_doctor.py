"""The doctor: finds what is wrong, repairs what is safe, says what it did."""

import json
from pathlib import Path

import pytest

from stretch_tui.cli.main import main


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("STRETCH_TUI_DATA_DIR", str(tmp_path / "data"))
    return tmp_path / "data"


def findings(capsys: pytest.CaptureFixture[str]) -> dict[str, dict[str, object]]:
    return {one["about"]: one for one in json.loads(capsys.readouterr().out)["findings"]}


def test_a_new_user_is_well(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor", "--json"]) == 0
    found = findings(capsys)
    assert not any(one["problem"] for one in found.values())
    assert "terminal" in found


def test_a_log_that_others_can_read_is_found_and_closed(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["log", "--minutes", "5"]) == 0
    (data / "history.json").chmod(0o644)
    capsys.readouterr()
    assert main(["doctor", "--json"]) == 1
    assert findings(capsys)["permissions"]["problem"]
    assert main(["doctor", "--repair"]) == 0
    assert (data / "history.json").stat().st_mode & 0o777 == 0o600
    capsys.readouterr()
    assert main(["doctor", "--json"]) == 0


def test_a_bad_setting_is_found(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data.mkdir()
    (data / "config.toml").write_text("sonud = true\n")
    assert main(["doctor"]) == 1
    said = capsys.readouterr().out
    assert "config.toml:1: unknown key 'sonud' -> did you mean 'sound'?" in said


def test_a_file_in_the_place_of_the_folder_is_found(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data.write_text("mine")
    assert main(["doctor", "--json"]) == 1
    assert "is not a folder: move it away" in str(findings(capsys)["folder"]["message"])


def test_a_folder_that_nobody_may_look_into_is_told(
    data: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    data.mkdir()
    monkeypatch.setattr("os.access", lambda path, mode: False)
    assert main(["doctor", "--json"]) == 1
    assert "can't be opened" in str(findings(capsys)["folder"]["message"])


def test_on_a_terminal_findings_are_wrapped(
    data: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["log", "--minutes", "5"]) == 0
    (data / "history.json").chmod(0o644)
    capsys.readouterr()
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "80")
    main(["doctor"])
    lines = capsys.readouterr().out.splitlines()
    assert "                -> `doctor --repair` would make it readable by you alone" in lines
    unbroken = [line for line in lines if len(line) > 80]
    assert all(str(data) in line for line in unbroken), "only a path may be wider"


@pytest.mark.parametrize("command", ["status", "list", "history"])
def test_what_the_system_refuses_is_one_line_in_every_command(
    command: str, data: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path, **how: object) -> bool:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "exists", refuse)
    monkeypatch.setattr(Path, "glob", refuse)
    monkeypatch.setattr("os.open", lambda path, *more, **how: refuse(path))
    assert main([command]) == 1
    (said,) = capsys.readouterr().err.splitlines()
    assert said.startswith(f"stretch-tui: {data}")
    assert "permission denied" in said
