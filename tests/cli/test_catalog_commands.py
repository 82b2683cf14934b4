"""`list`, `show` and `check` as another program and as a person meet them."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from stretch_tui.cli.main import main
from stretch_tui.cli.paper import Paper
from stretch_tui.storage.content.catalog_files import catalog_root


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("STRETCH_TUI_DATA_DIR", str(tmp_path))
    return tmp_path


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]) -> Any:
    def asked(*words: str) -> Any:
        assert main([*words, "--json"]) == 0
        answer = json.loads(capsys.readouterr().out)
        assert answer.pop("schema") == 1
        return answer

    return asked


def ids(rows: list[dict[str, Any]]) -> list[str]:
    return [row["id"] for row in rows]


def test_list_has_the_contract_s_shape(ask: Any) -> None:
    answer = ask("list", "stretches")
    assert list(answer) == ["stretches"]
    owl = next(row for row in answer["stretches"] if row["id"] == "owl-neck")
    assert owl == {
        "id": "owl-neck",
        "name": "Owl neck",
        "regions": ["neck"],
        "position": "chair",
        "positions": ["chair", "floor-seated", "standing"],
        "needs": [],
        "floor": False,
        "level": "easy",
        "seconds": 71,
        "favorite": False,
        "own": False,
    }
    answer = ask("list", "routines")
    reset = next(row for row in answer["routines"] if row["id"] == "desk-reset")
    assert reset["stretches"] == 4
    assert not reset["floor"]
    assert not reset["own"]
    assert set(ask("list")) == {"stretches", "routines"}


def test_list_narrows_by_every_option(ask: Any) -> None:
    def left(*words: str) -> list[str]:
        return ids(ask("list", "stretches", *words)["stretches"])

    necks = left("--region", "neck", "--position", "floor-seated")
    assert necks[-1] == "eagle-arms", "the neck is not what it is mainly for"
    assert "owl-neck" in necks
    assert left("--search", "eagl") == ["eagle-arms"]
    chests = left("--search", "chest")
    assert chests.index("open-chest") < chests.index("fish"), "names before regions"
    assert "cat-cow" not in left("--no-floor")
    assert set(left("--level", "advanced")) == {"camel", "prone-cobra"}
    assert "chair-rotation" not in left("--equipment", "none")
    assert "chair-rotation" in left("--equipment", "chair")
    assert left("--max-minutes", "0.3") == ["childs-pose", "open-chest"]
    routines = ids(ask("list", "routines", "--no-floor", "--max-minutes", "4")["routines"])
    assert routines == ["desk-reset"]


def test_lengths_follow_the_settings_and_the_files(data: Path, ask: Any) -> None:
    def fish(*words: str) -> Any:
        return ask("list", "stretches", "--search", "fish", *words)["stretches"][0]["seconds"]

    assert fish() == fish() == 45
    (data / "config.toml").write_text("breath_seconds = 10\n")
    assert fish() == fish() == 45 + 2 * 3 * 4
    (data / "cache" / "lengths.json").write_text("{")
    assert fish() == 69
    (data / "stretches").mkdir()
    (data / "stretches" / "flying-fish.toml").write_text(
        'name = "Fish, flying"\nregions = ["chest"]\nposition = "prone"\n'
        'steps = ["Fly."]\n[dose]\nhold_seconds = 7\n'
    )
    assert fish() == 69


def test_list_favorites_come_from_the_log(ask: Any) -> None:
    assert ask("list", "--favorites") == {"stretches": [], "routines": []}
    assert main(["favorite", "add", "fish", "desk-reset"]) == 0
    answer = ask("list", "--favorites")
    assert ids(answer["stretches"]) == ["fish"]
    assert ids(answer["routines"]) == ["desk-reset"]
    assert answer["stretches"][0]["favorite"]


def test_show_stretch_names_its_sources_with_their_own_doses(ask: Any) -> None:
    eagle = ask("show", "eagle-arms")
    assert eagle["kind"] == "stretch"
    assert eagle["dose"]["hold_seconds"] == [30, 30]
    holds = {one["routine"]: one["dose"]["hold_seconds"] for one in eagle["sources"]}
    assert holds == {"otey-twelve": [120, 120], "pascucci-eight": [30, 30]}
    assert all(one["author"] for one in eagle["sources"])
    assert eagle["phases"][0] == {
        "name": "open",
        "pose": "eagle-arms/open",
        "cue": "Arms wide.",
        "through": [],
    }


def test_show_routine_adds_up(ask: Any) -> None:
    routine = ask("show", "pascucci-eight")
    work = sum(step["seconds"] for step in routine["steps"])
    assert routine["seconds"] == work + 5 + 7 * 6
    assert routine["author"].startswith("Caitlin Pascucci")
    assert ask("show", "five-for-the-back")["steps"][1]["dose"]["phases"][1] == {
        "name": "neutral",
        "hold_seconds": None,
        "breaths": None,
        "once": False,
        "block": 0,
    }


def test_show_takes_names_as_they_read(ask: Any) -> None:
    assert ask("show", "Child's pose")["id"] == "childs-pose"
    assert ask("show", "desk reset")["id"] == "desk-reset"


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["show", "owl-nek"], "did you mean 'owl-neck'"),
        (["show", "egle"], "did you mean 'eagle-arms'"),
        (["show", "qqqq"], "stretch-tui list"),
        (["show", ""], "stretch-tui list"),
        (["check", "/no/such/file"], "there is no /no/such/file"),
    ],
)
def test_what_is_unknown_is_a_usage_error_with_a_hint(
    words: list[str], hint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == 2
    said = capsys.readouterr()
    assert hint in said.err
    assert not said.out


def test_an_empty_list_says_which_filter_to_drop(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list", "stretches", "--region", "neck", "--position", "prone"]) == 0
    said = capsys.readouterr()
    assert not said.out
    assert "nothing fits; without --region 6 would" in said.err


def test_pages_fit_eighty_columns(capsys: pytest.CaptureFixture[str]) -> None:
    for item in ("cat-cow", "thoracic-extension", "otey-twelve", "tavel-upper-back"):
        assert main(["show", item]) == 0
        page = capsys.readouterr().out
        assert max(map(len, page.splitlines())) <= 80
        assert "\x1b" not in page


def test_ascii_pages_hold_nothing_else(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--ascii", "show", "cat-cow"]) == 0
    assert capsys.readouterr().out.isascii()


class Terminal:
    encoding = "utf-8"

    def __init__(self) -> None:
        self.text = ""

    def isatty(self) -> bool:
        return True

    def write(self, text: str) -> None:
        self.text += text


def test_bold_shows_on_a_terminal_unless_color_is_unwanted() -> None:
    for environ, bold in (({"TERM": "xterm"}, True), ({"NO_COLOR": "1"}, False)):
        out = Terminal()
        Paper(out, environ).title("Title")  # type: ignore[arg-type]
        assert ("\x1b[1m" in out.text) is bold


def test_own_files_are_listed_and_their_problems_checked(
    data: Path, ask: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    (data / "stretches").mkdir()
    (data / "routines").mkdir()
    (data / "stretches" / "wall-slide.toml").write_text(
        'name = "Wall slide"\nregions = ["shoulders"]\nposition = "standing"\n'
        'steps = ["Slide up."]\n[dose]\nhold_seconds = 10\n'
    )
    routine = data / "routines" / "mine.toml"
    routine.write_text('name = "Mine"\n[[steps]]\nstretch = "wall-slide"\n')
    assert ids(ask("list", "--search", "wall slide")["stretches"]) == ["wall-slide"]
    assert ask("show", "mine")["steps"][0]["seconds"] == 10
    routine.write_text('name = "Mine"\n[[steps]]\nstretch = "wall-slid"\nvariation = "x"\n')
    assert main(["check", str(routine), "--json"]) == 1
    (problem,) = json.loads(capsys.readouterr().out)["problems"]
    assert problem == {
        "file": str(routine),
        "line": 3,
        "message": "no stretch is called 'wall-slid'",
        "hint": "did you mean 'wall-slide'?",
        "warning": False,
    }


def test_check_looks_at_settings_and_log(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (data / "config.toml").write_text("breath_secondss = 5\n")
    (data / "history.json").write_text("{ not json")
    assert main(["check", "--json"]) == 1
    told = {Path(one["file"]).name: one for one in json.loads(capsys.readouterr().out)["problems"]}
    assert told["config.toml"]["line"] == 1
    assert "doctor" in told["history.json"]["hint"]
    assert (data / "history.json").read_text() == "{ not json"


def test_check_warns_of_a_pose_that_nobody_draws(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = data / "stretches" / "wall-slide.toml"
    file.parent.mkdir()
    file.write_text(
        'name = "Wall slide"\nregions = ["shoulders"]\nposition = "standing"\n'
        'steps = ["Slide up."]\n[dose]\nhold_seconds = 10\n'
        '[[phases]]\nname = "up"\npose = "wall-slide/up"\n'
    )
    assert main(["check", str(file)]) == 0
    said = capsys.readouterr()
    assert f"{file}:9: warning: no pose file draws 'wall-slide/up'" in said.out
    assert "1 file read, 0 problems, 1 warning" in said.err


def test_check_warns_of_a_held_pose_that_looks_like_another(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (data / "stretches").mkdir()
    (data / "poses").mkdir()
    (data / "stretches" / "bend.toml").write_text(
        'name = "Bend"\nregions = ["chest"]\nposition = "kneeling"\nsteps = ["Bend."]\n'
        '[dose]\nhold_seconds = 10\n[[phases]]\nname = "back"\npose = "bend/held"\n'
    )
    pose = data / "poses" / "bend.toml"
    pose.write_text('[start]\nlike = "camel/back"\n[held]\nlike = "start"\n')
    assert main(["check", str(pose)]) == 0
    assert f"{pose}:3: warning: held: looks like camel/back: 0%" in capsys.readouterr().out
    pose.write_text('[held]\nlike = "camel/back"\n')
    assert main(["check", str(pose)]) == 0
    assert "warning" not in capsys.readouterr().out


def test_the_stretch_of_the_catalog_s_readme_is_sound_and_drawn(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    readme = (Path(str(catalog_root())) / "README.md").read_text(encoding="utf-8")
    examples = re.findall(r"```toml\n(.*?)```", readme, re.DOTALL)
    for folder, text in zip(("stretches", "poses"), examples, strict=True):
        (data / folder).mkdir()
        (data / folder / "wall-slide.toml").write_text(text)
    files = [str(data / folder / "wall-slide.toml") for folder in ("stretches", "poses")]
    assert main(["check", *files]) == 0
    assert capsys.readouterr() == ("", "2 files read, 0 problems\n"), "not even a warning"
    for words in (["show"], ["figure", "--phase", "2"], ["routine", "sheet"]):
        assert main([*words, "wall-slide"]) == 0
    told = capsys.readouterr().out
    assert "wall-slide/high" in told
    assert "^" in told, "the arrow of the movement"
    assert "not published" not in told, "one's own stretch is nobody's publication"
