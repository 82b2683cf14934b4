"""`now`: a routine to measure on the command line, and its contract with other programs."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from stretch_tui.cli.main import main

Out = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("STRETCH_TUI_DATA_DIR", str(tmp_path))
    return tmp_path


def made(capsys: Out, *words: str) -> dict:
    assert main(["now", *words, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


@pytest.mark.parametrize("minutes", ["3", "5", "12", "30"])
def test_the_shape_is_the_contract_and_the_seconds_are_the_minutes(
    minutes: str, capsys: Out
) -> None:
    found = made(capsys, minutes, "--seed", "7")
    assert found["schema"] == 1
    assert (found["minutes"], found["seed"]) == (int(minutes), 7)
    assert abs(found["seconds"] - 60 * int(minutes)) <= 5
    for step in found["steps"]:
        assert {"stretch", "dose", "seconds", "why"} <= set(step)
        assert step["why"]
        figures = [step["dose"][name] for name in ("hold_seconds", "reps", "rounds", "breaths")]
        assert all(figure is None or figure[0] == figure[1] for figure in figures)


def test_a_seed_decides_and_the_same_seed_repeats(capsys: Out) -> None:
    names = [
        tuple(step["stretch"] for step in made(capsys, "6", "--seed", seed)["steps"])
        for seed in ("1", "1", "2", "3", "4")
    ]
    assert names[0] == names[1]
    assert len(set(names)) > 2


def test_wishes_are_kept(capsys: Out) -> None:
    desk = made(capsys, "6", "--at-desk")
    assert {step["position"] for step in desk["steps"]} <= {"chair", "standing"}
    off = made(capsys, "9", "--no-floor")
    assert {step["position"] for step in off["steps"]} <= {"chair", "standing"}
    rolled = made(capsys, "15", "--equipment", "none", "--avoid", "knees", "--avoid", "wrists")
    assert not {"doorway-stretch", "childs-pose"} & {s["stretch"] for s in rolled["steps"]}


def test_the_impossible_gets_the_nearest_and_the_reason(capsys: Out) -> None:
    found = made(capsys, "2", "--position", "prone", "--at-desk")
    assert found["steps"]
    assert found["reason"].startswith("Nothing can be done face down at a desk")


def test_people_get_reasons_and_the_routine_can_be_kept_and_found(capsys: Out) -> None:
    assert main(["now", "5", "--region", "neck", "--at-desk", "--save", "Quick neck"]) == 0
    told = capsys.readouterr()
    assert told.out.startswith("5 minutes for the neck at the desk")
    assert "for the neck, as asked" in told.out
    assert told.err == "stretch-tui: saved as quick-neck\n"
    assert main(["show", "quick-neck", "--json"]) == 0
    assert abs(json.loads(capsys.readouterr().out)["seconds"] - 300) <= 5


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["0"], "a whole number of minutes from 1 to 120"),
        (["5.5"], "a whole number of minutes"),
        (["5", "--region", "nek"], "--region: there is no 'nek'; did you mean 'neck'?"),
        (["5", "--equipment", "foam-rolle"], "did you mean 'foam-roller'?"),
        (["5", "--play", "--save", "x"], "not allowed with"),
    ],
)
def test_what_is_no_wish_is_refused_in_words(words: list[str], told: str, capsys: Out) -> None:
    with pytest.raises(SystemExit) as left:
        main(["now", *words])
    assert left.value.code == 2
    assert told in capsys.readouterr().err


def test_nothing_of_the_screen_is_imported(own_folder: Path) -> None:
    code = (
        "import sys; from stretch_tui.cli.main import main; main(['now', '5', '--json']);"
        "sys.exit('textual' in sys.modules or 'tomlkit' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True)
    assert done.returncode == 0


def test_a_stretch_of_the_user_s_own_is_offered_and_played(own_folder: Path, capsys: Out) -> None:
    folder = own_folder / "stretches"
    folder.mkdir()
    (folder / "hip-hinge.toml").write_text(
        'name = "Hip hinge"\nregions = ["hips"]\nposition = "chair"\nlevel = "easy"\n'
        'steps = ["Sit tall.", "Lean forward from the hips."]\n'
        "[dose]\nhold_seconds = 30\n"
        '[[phases]]\nname = "tall"\npose = "hip-hinge/tall"\n'
        '[[phases]]\nname = "leaning"\npose = "hip-hinge/leaning"\n'
    )
    found = made(capsys, "1", "--region", "hips", "--at-desk")
    assert "hip-hinge" in [step["stretch"] for step in found["steps"]]
    assert main(["routine", "new", "Hips", "hip-hinge"]) == 0
