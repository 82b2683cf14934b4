"""The whole catalog as it is drawn, kept as text: what a change does to it can be read."""

import tomllib
from difflib import unified_diff
from pathlib import Path

import pytest

from stretch_tui.cli.main import main

GOLDEN = Path(__file__).parent / "golden"
SIZES = ("24x10", "40x16", "80x30")
SHOWN = 60
"""Lines of a difference that a failing test shows."""


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STRETCH_TUI_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


@pytest.mark.parametrize("size", SIZES)
def test_the_catalog_is_drawn_as_it_was(size: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["figure", "--sheet", "--size", size]) == 0
    drawn = capsys.readouterr().out.splitlines()
    kept = (GOLDEN / f"{size}.txt").read_text("utf-8").splitlines()
    changes = list(unified_diff(kept, drawn, "kept", "drawn", lineterm="", n=1))
    how = f"look, then: stretch-tui figure --sheet --size {size} > tests/content/golden/{size}.txt"
    assert not changes, "\n".join([how, *changes[:SHOWN]])


def test_every_stretch_is_on_the_sheet() -> None:
    text = (GOLDEN / "80x30.txt").read_text("utf-8")
    for path in (Path(__file__).parents[2] / "catalog" / "stretches").glob("*.toml"):
        for phase in tomllib.loads(path.read_text("utf-8"))["phases"]:
            assert phase["pose"] in text
