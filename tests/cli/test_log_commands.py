"""`history`, `stats`, `streak`, `log` and `pause`, as someone types them."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from stretch_tui.cli import compose
from stretch_tui.cli.main import main

NOW = datetime(2026, 3, 5, 18, 30, tzinfo=UTC)
"""A Thursday."""

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path, monkeypatch, capsys) -> Run:
    """Runs a command on a fresh log on a Thursday evening in UTC."""
    monkeypatch.setenv("STRETCH_TUI_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("COLUMNS", "80")
    (tmp_path / "data").mkdir(mode=0o700)
    (tmp_path / "data" / "config.toml").write_text('zone = "UTC"\n')
    monkeypatch.setattr(compose, "now", lambda: NOW)

    def command(*words: str) -> tuple[int, str, str]:
        try:
            code = main(words)
        except SystemExit as left:
            code = int(left.code or 0)
        out, err = capsys.readouterr()
        return code, out, err

    return command


def shown(run: Run, *commands: str) -> str:
    """What a shell would show of these commands, one after the other."""
    lines = []
    for command in commands:
        code, out, err = run(*command.split())
        lines += [f"$ stretch-tui {command}", (out + err).rstrip(), f"({code})" if code else "", ""]
    return "\n".join(lines)


def test_the_first_day(run, snapshot):
    assert shown(run, "history", "stats", "streak", "streak --explain", "pause") == snapshot


def test_two_weeks_in_the_shell(run, snapshot):
    commands = [
        *(f"log --minutes {n} --date 2026-02-{day}" for n, day in ((6, 23), (3, 25), (1, 26))),
        "log desk-reset --date 2026-02-27 --before 5 --after 2",
        "log --minutes 8 --date monday",
        "log owl-neck",
        "history",
        "history -n 2 --since monday",
        "stats --weeks 3",
        "streak",
        "streak --explain",
        "streak --explain --at 2026-03-01",
        "pause 2026-02-26..2026-03-01 a cold",
        "pause",
        "streak --goal 4",
        "streak --explain",
        "--ascii stats --weeks 2",
    ]
    assert shown(run, *commands) == snapshot


def test_what_is_wrong_is_said_and_nothing_is_kept(run, snapshot):
    commands = [
        "log",
        "log desk-rest",
        "log --minutes 0",
        "log --minutes 5 --date 2026-03-06",
        "log --minutes 5 --date someday",
        "log --minutes 5 --before 12",
        "pause 2026-03-09..2026-03-01",
        "pause --remove 2026-03-01",
        "streak --goal 8",
        "streak --at 31.1.2026",
        "history",
    ]
    assert shown(run, *commands) == snapshot


def test_json_is_what_other_programs_were_promised(run):
    code, out, _ = run("log", "desk-reset", "--date", "yesterday", "--before", "6", "--json")
    entered = json.loads(out)
    assert (code, entered["schema"], entered["day"]) == (0, 1, "2026-03-04")
    session = json.loads(run("history", "--json")[1])["sessions"][0]
    assert session["uid"] == entered["uid"]
    assert session["source"] == "logged"
    assert session["completed"] is True
    assert session["routine"] == "desk-reset"
    assert session["feel"] == [6, None]
    assert session["started"].endswith("Z")
    assert session["regions"]
    assert session["sides"].keys() == {"left", "right"}
    assert session["seconds"] > 60
    found = json.loads(run("stats", "--json")[1])
    assert {"sessions", "seconds", "best_weeks", "regions", "sides", "weeks"} <= found.keys()
    assert found["weeks"] == [
        {"week": "2026-W10", "from": "2026-03-02", "seconds": session["seconds"], "days": 1}
    ]
    standing = json.loads(run("streak", "--json")[1])
    assert standing["this_week"]["done"] == 1
    assert standing["this_week"]["goal"] == 3
    assert standing["this_week"]["until"] == "2026-03-08"
    assert {
        "at",
        "weeks",
        "days",
        "best_weeks",
        "best_days",
        "tokens",
        "explain",
    } <= standing.keys()
    assert all(row["why"] for row in standing["explain"])


def test_a_session_backfilled_on_the_command_line_can_be_undone(run):
    run("log", "--minutes", "5")
    code, _, _ = run("undo")
    assert code == 0
    assert json.loads(run("history", "--json")[1])["sessions"] == []


def test_a_removed_pause_comes_back_with_undo(run):
    run("pause", "2026-03-01..2026-03-07", "travel")
    assert run("pause", "--remove", "2026-03-01..2026-03-07")[0] == 0
    assert "No pauses" in run("pause")[1]
    run("undo")
    assert "travel" in run("pause")[1]


def test_minutes_given_with_a_routine_are_shared_out_over_its_stretches(run):
    run("log", "desk-reset", "--minutes", "1")
    session = json.loads(run("history", "--json")[1])["sessions"][0]
    assert session["seconds"] == 60
    assert len(session["stretches"]) > 1


def test_days_without_a_session_are_not_taken_for_an_empty_log(run):
    assert run("history")[1] == "No sessions yet. The first one starts with: stretch-tui play\n"
    run("log", "desk-reset")
    assert run("history", "--until", "2026-01-01") == (0, "No sessions in those days.\n", "")


def test_hidden_streaks_stay_out_of_the_talk(run, tmp_path):
    (tmp_path / "data" / "config.toml").write_text('zone = "UTC"\nshow_streak = false\n')
    out = run("log", "--minutes", "5")[1] + run("stats")[1]
    assert "streak" not in out


def test_a_name_that_the_locale_cannot_spell_ends_nothing(run, tmp_path):
    import os
    import subprocess
    import sys

    run("log", "--minutes", "5", "--note", "Größe ★")
    run("pause", "2026-03-01..2026-03-02", "Größe ★")
    environ = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    for words in (["pause"], ["history"], ["stats"], ["streak"], ["status"]):
        command = [sys.executable, "-m", "stretch_tui", *words]
        result = subprocess.run(command, env=environ, capture_output=True, check=False)
        assert (result.returncode, result.stderr) == (0, b"")
        assert result.stdout.isascii()


def test_what_is_wrong_with_the_config_file_is_said_once(run, tmp_path):
    (tmp_path / "data" / "config.toml").write_text("sonud = true\n")
    _, _, said = run("log", "--minutes", "5", "--date", "yesterday")
    assert said.count("unknown key 'sonud'") == 1
