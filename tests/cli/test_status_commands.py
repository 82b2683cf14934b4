"""`status` and `due`: one line, in four formats, from the log and the run files alone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from playing import STRETCHES, Clock

from stretch_tui.cli import status_commands
from stretch_tui.cli.main import main
from stretch_tui.core.content.routine import Routine, Step
from stretch_tui.core.log.logbook import Goal, Session
from stretch_tui.core.log.streak import streak
from stretch_tui.core.session.checkpoint import Checkpoint
from stretch_tui.core.session.opening import open_run
from stretch_tui.core.session.player import Player
from stretch_tui.core.settings import Settings
from stretch_tui.storage.log.tiny_logbook import TinyLogbook
from stretch_tui.storage.paths import Paths
from stretch_tui.storage.run.run_files import RunFiles

SATURDAY = datetime(2026, 3, 7, 18, 0, tzinfo=UTC)


@pytest.fixture
def paths(tmp_path, monkeypatch) -> Paths:
    """A data folder whose day begins at three in UTC, on a Saturday evening."""
    folder = tmp_path / "data"
    folder.mkdir(mode=0o700)
    (folder / "config.toml").write_text('zone = "UTC"\n')
    monkeypatch.setenv("STRETCH_TUI_DATA_DIR", str(folder))
    monkeypatch.setattr(status_commands, "now", lambda: SATURDAY)
    return Paths.find(os.environ)


@pytest.fixture
def say(capsys):
    """Runs a command and gives its exit code and its line."""

    def command(*words: str) -> tuple[int, str]:
        code = main(words)
        return code, capsys.readouterr().out.rstrip("\n")

    return command


def fill(paths: Paths, *days: date, seconds: float = 400.0) -> TinyLogbook:
    log = TinyLogbook(paths)
    for number, day in enumerate(days):
        started = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
        log.add(Session(f"s{number}", started, 0, day, "", "Stretching", seconds))
    return log


def week(*numbers: int) -> list[date]:
    """Days of the week before Saturday's, and of its own: -7 is last Monday's."""
    return [date(2026, 3, 2) + timedelta(days=number) for number in numbers]


def every_format(say) -> list[str]:
    formats = ("text", "tmux", "starship")
    return [say("status", "--format", one)[1] for one in formats]


def test_the_first_day_without_any_file(say, paths):
    text, tmux, starship = every_format(say)
    assert text == "0 of 3 days, until Sunday night"
    assert (tmux, starship) == ("#[fg=default]○○○#[default]", "○○○")
    assert say("due") == (1, "nothing is at risk today")
    assert not paths.history.exists(), "asking writes nothing"


def test_a_week_at_risk(say, paths):
    fill(paths, *week(-7, -5, -3, 1))
    assert every_format(say) == [
        "1 of 3 days, until Sunday night · 1-week streak · a stretch today keeps the week",
        "#[fg=yellow]●○○ 1w today?#[default]",
        "●○○ 1w today?",
    ]
    assert say("due") == (0, "1 of 3 days, until Sunday night: a stretch today keeps it")
    assert say("due", "-q") == (0, "")
    assert json.loads(say("due", "--json")[1])["due"] is True


def test_a_week_that_is_kept(say, paths):
    fill(paths, *week(0, 2, 5))
    assert every_format(say)[0] == "3 of 3 days, this week is kept · 1-week streak · 7 min today"
    assert say("due", "-q")[0] == 1


def test_json_is_what_other_programs_were_promised(say, paths):
    log = fill(paths, *week(-7, -5, -3, 0, 5))
    log.set_goals([Goal(date(2026, 3, 2), 2)])
    expected = {
        "schema": 1,
        "due": False,
        "today_seconds": 400,
        "week": {"done": 2, "goal": 2},
        "streak_weeks": 2,
        "running": None,
        "resume": None,
    }
    for words in (("status", "--json"), ("status", "--format", "json")):
        found = json.loads(say(*words)[1])
        assert expected.items() <= found.items()


def test_ascii_and_hidden_streaks(say, paths):
    fill(paths, *week(-7, -5, -3, 0, 2))
    assert say("status", "--format", "tmux", "--ascii")[1] == "#[fg=default]####. 1w#[default]"
    paths.config.write_text('zone = "UTC"\nshow_streak = false\n')
    assert every_format(say) == ["2 days this week", "#[fg=default]●●#[default]", "●●"]


def test_hidden_streaks_call_nobody(say, paths):
    fill(paths, *week(-7, -5, -3, 1))
    paths.config.write_text('zone = "UTC"\nshow_streak = false\n')
    assert every_format(say) == ["1 day this week", "#[fg=default]●#[default]", "●"]
    assert say("due", "-q")[0] == 0, "who asks is told"


def test_a_damaged_log_falls_back_to_the_full_reader(say, paths):
    fill(paths, *week(0, 2, 5))
    changed = paths.history.read_bytes().replace(b"Stretching", b"Stretched!")
    paths.history.write_bytes(changed)
    assert every_format(say)[0].startswith("3 of 3 days")


ROUTINE = Routine("two", "Two for the neck", (Step("sided"), Step("held")))


def checkpoint(paths: Paths, seconds: float, *, ago: float) -> Checkpoint:
    """A session played for so many seconds, last written so many seconds ago."""
    clock = Clock()
    begun = SATURDAY - timedelta(seconds=ago + seconds)
    run = open_run(ROUTINE, STRETCHES, Settings(zone="UTC"), (), uid="r1", now=begun)
    player = Player(run.timeline, clock, seen=frozenset(STRETCHES))
    player.start()
    for _ in range(round(seconds)):  # a leap would be taken for time away
        clock.at += 1
        player.tick()
    return Checkpoint(run, player.progress(), SATURDAY - timedelta(seconds=ago))


def test_a_session_left_behind_is_offered(say, paths):
    left = checkpoint(paths, 12.0, ago=600)
    runs = RunFiles(paths)
    runs.claim(left)
    runs.release(left.uid)
    found = json.loads(say("status", "--json")[1])
    assert found["running"] is None
    assert (
        found["resume"]
        | {
            "routine": "two",
            "stretch": "sided",
            "away_seconds": 600,
        }
        == found["resume"]
    )
    assert found["resume"]["left_seconds"] > 0
    assert every_format(say)[0].endswith("go on with Two for the neck: stretch-tui play --resume")


def test_a_status_leaves_what_it_cannot_read_as_it_is(say, paths):
    (paths.data / "run-bad.json").write_bytes(b"garbage")
    before = {path.name: path.read_bytes() for path in paths.data.iterdir()}
    assert json.loads(say("status", "--json")[1])["resume"] is None
    assert say("due")[0] == 1
    assert {path.name: path.read_bytes() for path in paths.data.iterdir()} == before


def test_a_session_running_elsewhere_shows_its_hold(say, paths, tmp_path):
    """Another process holds the run file, as a second window would."""
    running = checkpoint(paths, 12.0, ago=2)
    runs = RunFiles(paths)
    runs.claim(running)
    runs.release(running.uid)
    script = tmp_path / "hold.py"
    script.write_text(
        "import fcntl, sys\n"
        "file = open(sys.argv[1], 'rb+')\n"
        "fcntl.flock(file, fcntl.LOCK_EX)\n"
        "print('held', flush=True)\n"
        "sys.stdin.read()\n"
    )
    (run_file,) = Path(paths.data).glob("run-*.json")
    with subprocess.Popen(
        [sys.executable, str(script), str(run_file)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        found = json.loads(say("status", "--json")[1])
        text = every_format(say)
        assert other.stdin is not None
        other.stdin.close()
    player = running.player(Clock())
    assert found["resume"] is None
    assert found["running"]["stretch"] == "sided"
    assert found["running"]["left_seconds"] == round(player.left_seconds - 2)
    assert found["running"]["side"] in ("left", "right")
    assert text[0].startswith("Two for the neck · Sided, ")
    assert text[1].startswith("#[fg=yellow]")


def test_a_prompt_imports_neither_textual_nor_tinydb_nor_the_catalog(paths):
    fill(paths, *week(0, 2))
    code = (
        "import sys\n"
        "from stretch_tui.cli.main import main\n"
        "main(['status'])\n"
        "print(sorted(set(sys.modules) & {'textual', 'rich', 'tinydb', 'asyncio', 'tomlkit',"
        " 'stretch_tui.core.content.catalog', 'stretch_tui.core.log.logbook',"
        " 'importlib.resources'}))\n"
    )
    environ = {**os.environ, "STRETCH_TUI_DATA_DIR": str(paths.data), "PYTHONIOENCODING": "utf-8"}
    result = subprocess.run(
        [sys.executable, "-c", code], env=environ, capture_output=True, text=True, check=True
    )
    assert result.stdout.splitlines()[-1] == "[]"


def test_names_in_a_status_bar_cannot_color_it(paths):
    standing = streak((), (), (), Settings(), SATURDAY.date())
    run = {"name": "#[bg=red]x", "kind": "hold", "side": None, "left_seconds": 9}
    line = status_commands._tmux(standing, Settings(), run, None, False)
    assert line == "#[fg=yellow]##[bg=red]x 0:09#[default]"
