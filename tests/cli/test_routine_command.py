"""`routine`: own routines on the command line; an editor never costs anybody a text."""

from __future__ import annotations

import io
import json
import stat
import sys
from pathlib import Path

import pytest

from stretch_tui.cli import editing
from stretch_tui.cli.main import main

Out = pytest.CaptureFixture[str]
Patch = pytest.MonkeyPatch


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: Patch) -> Path:
    monkeypatch.setenv("STRETCH_TUI_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.delenv("VISUAL", raising=False)
    return tmp_path


def editor(folder: Path, monkeypatch: Patch, body: str) -> None:
    """An editor that is a small program of its own; `path` is the file it edits."""
    script = folder / "my editor.py"
    script.write_text(f"import sys; path = sys.argv[-1]; text = open(path).read()\n{body}\n")
    monkeypatch.setenv("EDITOR", f"{sys.executable} '{script}'")


def routine(folder: Path, name: str) -> str:
    return (folder / "data" / "routines" / f"{name}.toml").read_text()


def test_new_copy_delete_restore(own_folder: Path, capsys: Out) -> None:
    assert main(["routine", "new", "Before stand-up", "owl-neck", "self-hug"]) == 0
    assert capsys.readouterr().out == "before-stand-up\n"
    assert main(["routine", "copy", "desk-reset", "Mine"]) == 0
    assert 'name = "Mine"' in routine(own_folder, "mine")
    assert main(["routine", "copy", "mine"]) == 0
    assert 'name = "Mine (mine)"' in routine(own_folder, "mine-mine")
    assert main(["routine", "delete", "mine"]) == 0
    assert main(["show", "mine"]) == 2
    assert main(["routine", "restore", "mine"]) == 0
    assert main(["show", "mine"]) == 0


def test_new_with_a_stretch_that_is_none_says_which_is_meant(capsys: Out) -> None:
    assert main(["routine", "new", "X", "owl-nek"]) == 2
    assert "did you mean 'owl-neck'?" in capsys.readouterr().err


def test_edit_round_trips_comments(own_folder: Path, monkeypatch: Patch, capsys: Out) -> None:
    main(["routine", "new", "X", "owl-neck"])
    editor(own_folder, monkeypatch, "open(path, 'w').write('# my words\\n' + text)")
    assert main(["routine", "edit", "x"]) == 0
    assert routine(own_folder, "x").startswith("# my words\nname = ")
    assert "saved as x" in capsys.readouterr().err
    assert not list((own_folder / "data" / "edits").iterdir())


def test_check_passes_over_earlier_versions_and_tells_problems_in_their_order(
    own_folder: Path, monkeypatch: Patch, capsys: Out
) -> None:
    main(["routine", "new", "X", "owl-neck"])
    editor(own_folder, monkeypatch, "open(path, 'w').write('# my words\\n' + text)")
    main(["routine", "edit", "x"])
    assert list((own_folder / "data" / "routines" / "deleted").iterdir())
    capsys.readouterr()
    assert main(["routine", "check"]) == 0
    bad = own_folder / "bad.toml"
    bad.write_text('name = 3\nabuot = "x"\n[[steps]]\nstrech = "a"\nfirst_side = "up"\n')
    assert main(["routine", "check", str(bad)]) == 1
    assert main(["routine", "import", str(bad)]) == 1
    told = capsys.readouterr()
    for lines in (told.out.splitlines(), told.err.splitlines()):
        numbers = [
            line.split("bad.toml:")[1].split(":")[0] for line in lines if "bad.toml:" in line
        ]
        assert numbers == sorted(numbers)
        assert set(numbers) == {"1", "2", "3", "4", "5"}


def test_new_opens_the_editor_on_a_text_that_already_plays(
    own_folder: Path, monkeypatch: Patch
) -> None:
    editor(own_folder, monkeypatch, "assert 'owl-neck' in text; open(path, 'a').write('# ok')")
    assert main(["routine", "new", 'Say "hi" \\ ü']) == 0
    assert routine(own_folder, "say-hi-u").startswith('name = "Say \\"hi\\" \\\\ ü"\n')


def test_a_broken_text_is_kept_and_the_next_edit_goes_on_with_it(
    own_folder: Path, monkeypatch: Patch, capsys: Out
) -> None:
    main(["routine", "new", "X", "owl-neck"])
    before = routine(own_folder, "x")
    editor(own_folder, monkeypatch, "open(path, 'w').write('precious = [')")
    assert main(["routine", "edit", "x"]) == 1
    kept = own_folder / "data" / "edits" / "x.toml"
    told = capsys.readouterr().err
    assert "x.toml:1: is not TOML" in told
    assert f"your text is kept in {kept}" in told
    assert kept.read_text() == "precious = ["
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert routine(own_folder, "x") == before
    mend = f"assert text == 'precious = ['; open(path, 'w').write({before!r} + '# mended')"
    editor(own_folder, monkeypatch, mend)
    assert main(["routine", "edit", "x"]) == 0
    assert routine(own_folder, "x").endswith("# mended")
    assert not kept.exists()


def test_a_broken_text_is_offered_again_where_somebody_can_answer(
    own_folder: Path, monkeypatch: Patch, capsys: Out
) -> None:
    main(["routine", "new", "X", "owl-neck"])
    good = 'name="Y"\\n[[steps]]\\nstretch="a"'
    mend = f"open(path, 'w').write('= 3' if '= 3' not in text else '{good}')"
    editor(own_folder, monkeypatch, mend)
    answers = io.StringIO("\n")
    monkeypatch.setattr(answers, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(sys, "stdin", answers)
    assert main(["routine", "edit", "x"]) == 0
    told = capsys.readouterr().err
    assert "Edit again (enter)" in told
    assert "not known here, and left out of sessions: a" in told
    assert 'name="Y"' in routine(own_folder, "x")


def test_a_broken_text_can_be_thrown_away_or_kept_for_later(
    own_folder: Path, monkeypatch: Patch, capsys: Out
) -> None:
    editor(own_folder, monkeypatch, "open(path, 'w').write('= 3')")
    kept = own_folder / "data" / "edits" / "lunch.toml"

    def answers(text: str) -> None:
        typed = io.StringIO(text)
        monkeypatch.setattr(typed, "isatty", lambda: True, raising=False)
        monkeypatch.setattr(sys, "stdin", typed)

    answers("k\n")
    assert main(["routine", "new", "Lunch"]) == 1
    assert kept.read_text() == "= 3"
    assert "to go on with it: stretch-tui routine edit lunch" in capsys.readouterr().err
    answers("t\n")
    assert main(["routine", "edit", "lunch"]) == 1
    told = capsys.readouterr().err
    assert "going on with your unsaved text of lunch" in told
    assert "thrown away; nothing was saved" in told
    assert not kept.exists()
    assert main(["routine", "edit", "lunch"]) == 2
    answers("")  # the terminal has gone: nothing is lost
    assert main(["routine", "new", "Lunch"]) == 1
    assert kept.exists()


def test_a_new_routine_that_nobody_wrote_is_not_saved(
    own_folder: Path, monkeypatch: Patch, capsys: Out
) -> None:
    editor(own_folder, monkeypatch, "")
    assert main(["routine", "new", "Lunch"]) == 1
    assert capsys.readouterr().err == "stretch-tui: nothing was changed, so nothing was saved\n"
    assert not (own_folder / "data" / "routines").exists()
    assert not list((own_folder / "data" / "edits").iterdir())


def test_a_name_is_given_once(own_folder: Path, capsys: Out) -> None:
    assert main(["now", "5", "--save", "Lunch"]) == 0
    capsys.readouterr()
    for words in (
        ["now", "5", "--save", "lunch"],
        ["routine", "new", "Lunch", "owl-neck"],
        ["routine", "new", " LUNCH"],
        ["routine", "copy", "desk-reset", "Lunch"],
    ):
        assert main(words) == 1
        said = capsys.readouterr()
        assert not said.out
        assert "there is a routine called 'Lunch' already: choose another name" in said.err
        assert "stretch-tui routine delete lunch" in said.err
    assert main(["routine", "new", "Desk reset", "owl-neck"]) == 1
    assert "delete" not in capsys.readouterr().err, "what came with the program stays"
    names = [one.name for one in (own_folder / "data" / "routines").iterdir()]
    assert names == ["lunch.toml"]
    main(["routine", "export", "lunch", str(own_folder / "friend.toml")])
    assert "Lunch written to" in capsys.readouterr().err
    assert main(["routine", "import", str(own_folder / "friend.toml")]) == 0
    assert "you now have two called Lunch: lunch and lunch-2" in capsys.readouterr().err


def test_only_a_routine_of_ones_own_can_be_deleted(own_folder: Path, capsys: Out) -> None:
    assert main(["routine", "delete", "desk-reset"]) == 2
    assert "desk-reset came with the program and can't be deleted" in capsys.readouterr().err
    assert main(["routine", "delete", "dsk-reset"]) == 2
    assert "there is no routine called 'dsk-reset'" in capsys.readouterr().err
    broken = own_folder / "data" / "routines" / "broken.toml"
    broken.parent.mkdir(parents=True)
    broken.write_text("= 3")
    assert main(["routine", "delete", "broken"]) == 0
    assert not broken.exists()
    capsys.readouterr()
    assert main(["routine", "restore", "brokn"]) == 2
    assert capsys.readouterr().err == (
        "stretch-tui: there is no deleted routine 'brokn'; did you mean 'broken'?\n"
    )
    assert main(["routine", "restore", "broken"]) == 0
    assert broken.read_text() == "= 3"


def test_an_editor_that_fails_changes_nothing_and_keeps_the_text(
    own_folder: Path, monkeypatch: Patch, capsys: Out
) -> None:
    main(["routine", "new", "X", "owl-neck"])
    before = routine(own_folder, "x")
    editor(own_folder, monkeypatch, "open(path, 'w').write('half'); sys.exit(3)")
    assert main(["routine", "edit", "x"]) == 1
    told = capsys.readouterr().err
    assert "left with status 3; your text is kept in" in told
    assert "to go on with it: stretch-tui routine edit x; to be rid of it, delete the file" in told
    assert routine(own_folder, "x") == before
    monkeypatch.setenv("EDITOR", "no-such-editor-anywhere")
    assert main(["routine", "edit", "x"]) == 1
    monkeypatch.setenv("EDITOR", "")
    monkeypatch.setattr(editing.shutil, "which", lambda _: None)
    assert main(["routine", "edit", "x"]) == 2
    assert "set VISUAL or EDITOR" in capsys.readouterr().err


def test_a_shipped_routine_is_copied_before_it_is_edited(capsys: Out) -> None:
    assert main(["routine", "edit", "desk-reset"]) == 2
    told = capsys.readouterr().err
    assert "desk-reset came with the program and can't be edited" in told
    assert "stretch-tui routine copy desk-reset" in told
    assert main(["routine", "edit", "desk-rest"]) == 2
    assert "did you mean 'desk-reset'?" in capsys.readouterr().err


def test_export_and_import_are_opposites_and_keep_every_comment(
    own_folder: Path, capsys: Out
) -> None:
    shared = own_folder / "friend.toml"
    text = '# from a friend\nname = "Theirs"\n[[steps]]\nstretch = "unknown-here"\n'
    shared.write_text(text)
    assert main(["routine", "import", str(shared)]) == 0
    told = capsys.readouterr()
    assert told.out == "theirs\n"
    assert "not known here, and left out of sessions: unknown-here" in told.err
    assert main(["routine", "export", "theirs"]) == 0
    assert capsys.readouterr().out == text
    assert main(["routine", "export", "theirs", str(shared)]) == 1
    assert "is there already: choose another name" in capsys.readouterr().err
    assert main(["routine", "export", "desk-reset", str(own_folder / "reset.toml")]) == 0
    assert main(["routine", "import", str(own_folder / "reset.toml")]) == 0
    assert capsys.readouterr().out == "desk-reset-2\n"
    assert main(["routine", "sheet", "theirs"]) == 0
    assert "This stretch is not known here" in capsys.readouterr().out


def test_a_bad_import_says_what_and_where_and_writes_nothing(own_folder: Path, capsys: Out) -> None:
    bad = own_folder / "bad.toml"
    bad.write_text('name = "X"\n[[steps]]\nstrech = "owl-neck"\n')
    assert main(["routine", "import", str(bad)]) == 1
    told = capsys.readouterr().err
    assert f"{bad}:3:" in told
    assert "nothing was imported" in told
    assert main(["routine", "import", str(own_folder / "gone.toml")]) == 1
    assert not (own_folder / "data" / "routines").exists()


def test_check_finds_problems_of_own_files_with_their_lines(own_folder: Path, capsys: Out) -> None:
    assert main(["routine", "check"]) == 0
    folder = own_folder / "data" / "routines"
    folder.mkdir(parents=True)
    (folder / "x.toml").write_text('name = "X"\n[[steps]]\nstretch = "owl-nek"\nholt = 3\n')
    capsys.readouterr()
    assert main(["routine", "check", "--json"]) == 1
    problems = json.loads(capsys.readouterr().out)["problems"]
    assert {problem["line"] for problem in problems} >= {4}
    assert main(["routine", "check", "x"]) == 1


def test_the_sheet_says_what_a_physiotherapist_says(capsys: Out) -> None:
    assert main(["routine", "sheet", "pascucci-eight"]) == 0
    page = capsys.readouterr().out
    assert page.startswith("Eight for neck and shoulders\n")
    assert "Eight stretches, 9 min, 2-3 days a week" in " ".join(page.split())
    assert "1. Owl neck\n   Hold 30 s on each side.\n" in page
    assert "Stop and see a clinician" in page
    assert all(len(line) <= 80 for line in page.splitlines())


def test_twice_a_day_is_said_wherever_a_routine_is_described(own_folder: Path, capsys: Out) -> None:
    physio = own_folder / "physio.toml"
    physio.write_text(
        'name = "Physio"\nper_day = 2\nper_week = 7\nstop_rule = "Stop if the arm tingles."\n'
        '[[steps]]\nstretch = "owl-neck"\ndose = {hold_seconds = 30, rounds = 2}\n'
    )
    assert main(["routine", "import", str(physio)]) == 0
    assert main(["routine", "sheet", "physio"]) == 0
    page = " ".join(capsys.readouterr().out.split())
    assert "One stretch, 3 min, twice a day, every day;" in page
    assert "Hold 30 s on each side, 2 rounds." in page
    assert "Stop if the arm tingles." in page
    assert main(["show", "physio"]) == 0
    assert "Twice a day, every day." in capsys.readouterr().out
    assert main(["show", "physio", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["per_day"] == 2


def test_markdown_escapes_what_looks_like_markup(own_folder: Path, capsys: Out) -> None:
    shared = own_folder / "evil.toml"
    shared.write_text('name = "<b>*x*</b> [a](b)"\n[[steps]]\nstretch = "owl-neck"\nnote = "# _n_"')
    main(["routine", "import", str(shared)])
    name = capsys.readouterr().out.strip()
    assert main(["routine", "sheet", name, "--markdown"]) == 0
    page = capsys.readouterr().out
    assert page.startswith("# \\<b\\>\\*x\\*\\</b\\> \\[a\\](b)\n\n")
    assert "\n> \\# \\_n\\_\n" in page
    assert "\n## 1. Owl neck\n\nHold 30 s on each side.\n\n- Sit tall" in page
