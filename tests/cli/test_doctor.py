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
