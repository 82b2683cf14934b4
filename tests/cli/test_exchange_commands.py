"""`export`, `import`, `sync FOLDER`, `undo` and `forget` as a person or a script calls them."""

from __future__ import annotations

import io
import json
import os
import sys
from pathlib import Path

import pytest

from stretch_tui.cli.main import main
from tests.storage.samples import log_in, session, uids


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty data folder that the commands use, apart from where they run."""
    folder = tmp_path / "data"
    monkeypatch.setenv("STRETCH_TUI_DATA_DIR", str(folder))
    monkeypatch.chdir(tmp_path)
    return folder


def test_out_to_a_file_and_into_another_machine(
    data: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    log_in(data).add(session("one"))
    assert main(["export", "out.json"]) == 0
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == "stretch-tui: 1 session written to out.json\n"
    assert Path("out.json").stat().st_mode & 0o777 == 0o600

    monkeypatch.setenv("STRETCH_TUI_DATA_DIR", "elsewhere")
    assert main(["import", "out.json", "--dry-run"]) == 0
    assert main(["import", "out.json"]) == 0
    assert main(["undo"]) == 0
    assert main(["undo"]) == 0
    assert capsys.readouterr().out == (
        "Would bring 1 session.\n"
        "Brought 1 session.\n"
        "Undid the import of out.json\n"
        "There is nothing to undo.\n"
    )


def test_an_import_into_a_log_with_sessions_asks_for_merge(
    data: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    log_in(tmp_path / "other").add(session("other"))
    log_in(data).add(session("mine"))
    main(["--data-dir", str(tmp_path / "other"), "export", "other.json"])
    capsys.readouterr()
    assert main(["--data-dir", str(data), "import", "other.json"]) == 1
    assert capsys.readouterr().err == (
        "stretch-tui: there is a log of 1 session here already, and other.json brings 1 session: "
        "add --merge to join the two (nothing gets lost)\n"
    )
    assert uids(log_in(data)) == {"mine"}
    assert main(["import", "--merge", "other.json"]) == 0
    assert uids(log_in(data)) == {"mine", "other"}
    assert main(["import", "other.json"]) == 0  # nothing new needs no word
    assert capsys.readouterr().out == "Brought 1 session.\nBrought nothing new.\n"


def test_through_a_pipe(
    data: Path, capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    log_in(data).add(session("one", note="café"))
    main(["export"])
    sys.stdout.flush()
    piped = capfdbinary.readouterr().out
    assert json.loads(piped)["records"][0]["note"] == "café"
    monkeypatch.setenv("STRETCH_TUI_DATA_DIR", "elsewhere")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(piped)))
    assert main(["import", "-"]) == 0
    assert uids(log_in(Path("elsewhere"))) == {"one"}


def test_nothing_is_overwritten_without_asking(
    data: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    log_in(data).add(session("one"))
    Path("precious.csv").write_text("precious")
    Path("link.csv").symlink_to("precious.csv")
    assert main(["export", "precious.csv"]) == 1
    assert main(["export", "link.csv", "--force"]) == 1
    assert main(["export", "/dev/null"]) == 1
    assert main(["export", "no/such/folder.csv"]) == 1
    said = capsys.readouterr().err.splitlines()
    assert said == [
        "stretch-tui: precious.csv is there already: choose another name, or add --force",
        "stretch-tui: link.csv is not a plain file: choose another name",
        "stretch-tui: /dev/null is not a plain file: choose another name",
        f"stretch-tui: nothing was saved: there is no such folder ({tmp_path}/no/such)",
    ]
    assert Path("precious.csv").read_text() == "precious"
    assert main(["export", "precious.csv", "--force"]) == 0
    assert Path("precious.csv").read_text().startswith("uid,started,day,")
    assert Path("link.csv").is_symlink()


def test_out_and_in_count_alike_what_is_in_sight(
    data: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        main(["log", "desk-reset"])
    main(["undo"])
    main(["favorite", "add", "owl-neck"])
    main(["routine", "new", "Lunch", "owl-neck"])
    capsys.readouterr()
    assert main(["export", "out.json"]) == 0
    holds = "2 sessions, 3 other records and 1 routine"  # with the goal that the first set
    assert capsys.readouterr().err == f"stretch-tui: {holds} written to out.json\n"

    monkeypatch.setenv("STRETCH_TUI_DATA_DIR", "elsewhere")
    assert main(["import", "out.json", "--dry-run"]) == 0
    assert main(["import", "out.json"]) == 0
    assert capsys.readouterr().out == f"Would bring {holds}.\nBrought {holds}.\n"
    assert len(log_in(Path("elsewhere")).sessions()) == 2
    before = Path("elsewhere/history.json").read_bytes()
    assert main(["import", "out.json"]) == 0
    assert Path("elsewhere/history.json").read_bytes() == before

    monkeypatch.setenv("STRETCH_TUI_DATA_DIR", str(data))
    main(["undo"])  # the favorite
    main(["undo"])  # one of the two sessions
    main(["export", "later.json"])
    monkeypatch.setenv("STRETCH_TUI_DATA_DIR", "elsewhere")
    capsys.readouterr()
    assert main(["import", "--merge", "later.json"]) == 0
    assert capsys.readouterr().out == "Brought 2 other records.\n", "a deletion and a favorite less"
    assert len(log_in(Path("elsewhere")).sessions()) == 1


def test_with_nothing_kept_an_export_says_so(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", "out.json"]) == 0
    assert capsys.readouterr().err == "stretch-tui: an empty log written to out.json\n"


def test_a_routine_given_to_import_is_sent_to_the_right_command(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for text in ('name = "Lunch"\n', "# mine\nname = 3\n", '[[steps]]\nstretch = "a"\n'):
        Path("friend.toml").write_text(text)
        assert main(["import", "friend.toml"]) == 1
        assert "is it a routine? stretch-tui routine import" in capsys.readouterr().err


def test_a_bad_file_is_one_line_and_exit_one(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("notes.txt").write_text("dear diary\n")
    assert main(["import", "notes.txt", "--merge"]) == 1
    assert capsys.readouterr().err == (
        "stretch-tui: notes.txt:1: not an export of stretch-tui: it begins with 'dear diary'; "
        "nothing was imported\n"
    )
    assert not data.exists()


def test_a_shared_folder(
    data: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("shared").mkdir()
    log_in(data).add(session("one"))
    assert main(["sync", "./shared"]) == 0
    monkeypatch.setenv("STRETCH_TUI_DATA_DIR", "elsewhere")
    assert main(["sync", "./shared"]) == 0
    assert main(["sync", "./shared"]) == 0
    assert uids(log_in(Path("elsewhere"))) == {"one"}
    assert capsys.readouterr().out == (
        "Brought nothing new from 0 other files in shared.\nOur own file there was updated.\n"
        "Brought 1 session from 1 other file in shared.\nOur own file there was updated.\n"
        "Brought nothing new from 1 other file in shared.\nOur own file there was up to date.\n"
    )
    Path("shared/stretch-tui-odd.json").write_text("{")
    assert main(["sync", "./shared"]) == 1
    assert "stretch-tui-odd.json:1: it ends in the middle" in capsys.readouterr().err


def test_forget_everything_asks_and_takes_only_what_is_ours(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log = log_in(data)
    log.add(session("one"))
    log.add(session("two"))
    (data / "routines").mkdir()
    (data / "routines" / "lunch.toml").write_text("x")
    (data / "routines" / "lunch.toml.older-12345678").write_text("x")
    (data / "run-abc.json").write_text("x")
    (data / "history.json.corrupt-20260301T000000Z-12345678").write_text("x")
    (data / "history (conflicted copy).json").write_text("x")
    (data / "draft-2.toml").write_text("x")
    (data / "crash-20260301T000000.txt").write_text("x")
    (data / "edits").mkdir()
    (data / "edits" / "lunch.toml").write_text("x")
    theirs = [data / "letter.txt", data / "run-tests.sh", data / "cache" / "other.db"]
    (data / "cache").mkdir()
    (data / "cache" / "lengths.json").write_text("{}")
    for path in theirs:
        path.write_text("precious")
    (data / "backups" / "away").symlink_to(data / "letter.txt")

    assert main(["forget", "--everything"]) == 1
    said = capsys.readouterr().err
    assert f"2 sessions, 12 files in {data}, will be gone for good, backups too." in said
    assert "nothing was deleted" in said
    assert uids(log_in(data)) == {"one", "two"}

    assert main(["forget", "--everything", "--yes"]) == 0
    assert sorted(path for path in data.rglob("*") if not path.is_dir()) == sorted(
        [*theirs, data / "backups" / "away"]
    )
    assert uids(log_in(data)) == set()
    assert not log_in(data).notices()
    assert main(["forget", "--everything", "--yes"]) == 0
    assert "There is nothing to forget" in capsys.readouterr().out


def test_forget_alone_is_a_question_of_usage(data: Path) -> None:
    with pytest.raises(SystemExit) as left:
        main(["forget"])
    assert left.value.code == 2


def test_every_command_says_what_became_of_a_damaged_log(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log = log_in(data)
    log.add(session("one"))
    log.add(session("two"))
    whole = (data / "history.json").read_bytes()
    (data / "history.json").write_bytes(whole[:-5])
    assert main(["history", "--json"]) == 0
    said = capsys.readouterr()
    assert len(json.loads(said.out)["sessions"]) == 2
    assert said.err.startswith("stretch-tui: history.json was damaged: 2 sessions saved from it")
    assert said.err.count("\n") == 1
    assert main(["favorite", "add", "owl-neck"]) == 0
    words = capsys.readouterr().err.splitlines()
    assert words[1].startswith("stretch-tui: the damaged file is kept as history.json.corrupt-")
    assert main(["history"]) == 0
    assert capsys.readouterr().err == ""


def test_undo_says_which_routine_it_does_not_reach(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log_in(data).set_favorite("owl-neck", favorite=True)
    history = data / "history.json"
    assert main(["routine", "copy", "desk-reset", "Lunch"]) == 0
    own = data / "routines" / "lunch.toml"
    os.utime(own, ns=(history.stat().st_mtime_ns + 10**9,) * 2)
    capsys.readouterr()
    assert main(["undo"]) == 0
    said = capsys.readouterr()
    assert said.out.startswith("Undid ")
    assert "Lunch was saved after that" in said.err
    assert "routine edit lunch" in said.err
    os.utime(own, ns=(10**18,) * 2)
    assert main(["undo"]) == 0
    said = capsys.readouterr()
    assert said.out == "There is nothing to undo.\n"
    assert said.err == ""
