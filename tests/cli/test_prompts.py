"""The ready lines of docs/prompts.md, run as they stand: each in the program it is for."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from stretch_tui.cli.main import build_parser
from stretch_tui.core.log.logbook import Pause, Session
from stretch_tui.storage.log.tiny_logbook import TinyLogbook
from stretch_tui.storage.paths import Paths

DOC = (Path(__file__).parents[2] / "docs" / "prompts.md").read_text(encoding="utf-8")
SECTIONS = {
    title: re.findall(r"^```\n(.*?)^```$", body, re.MULTILINE | re.DOTALL)
    for title, body in re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", DOC, re.MULTILINE | re.DOTALL)
}
NOW = datetime.now(UTC)
needs = {
    name: pytest.mark.skipif(shutil.which(name) is None, reason=f"{name} is not installed")
    for name in ("bash", "zsh", "tmux", "systemd-analyze")
}


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    """A home in which the week hangs on today, and commands that write down their arguments."""
    home, commands = tmp_path / "home", tmp_path / "commands"
    home.mkdir(mode=0o700)
    commands.mkdir()
    for name in ("notify-send", "write"):
        script = commands / name
        script.write_text(f'#!/bin/sh\necho {name} "$@" >>"$HOME/called"\n')
        script.chmod(0o755)
    folder = home / "data"
    fill(folder)
    return {
        "HOME": str(home),
        "XDG_RUNTIME_DIR": str(home),
        "LOGNAME": "somebody",
        "PATH": f"{commands}:{Path(sys.executable).parent}:{os.defpath}",
        "LANG": "C.UTF-8",
        "STRETCH_TUI_DATA_DIR": str(folder),
    }


def fill(folder: Path) -> None:
    """Any day of the week: a pause leaves no day but today to keep it."""
    folder.mkdir(mode=0o700)
    (folder / "config.toml").write_text('zone = "UTC"\nday_start_hour = 0\ngoal_days = 7\n')
    log, today = TinyLogbook(Paths.find({"STRETCH_TUI_DATA_DIR": str(folder)})), NOW.date()
    monday = today - timedelta(days=today.weekday())
    for day in range(today.weekday()):
        started = datetime.combine(monday + timedelta(days=day), NOW.time(), UTC)
        log.add(Session(f"s{day}", started, 0, started.date(), "", "Stretching", 400.0))
    if today.weekday() < 6:
        log.add_pause(Pause("p", today + timedelta(days=1), monday + timedelta(days=6)))


def run(environ: dict[str, str], *words: str) -> str:
    """What the command says; nothing may go wrong, nor be complained about."""
    done = subprocess.run(
        words, env=environ, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert (done.returncode, done.stderr) == (0, ""), done
    return done.stdout.strip()


def test_every_command_that_is_named_is_one():
    named = re.findall(r"stretch-tui ([a-z]+)((?: --?[a-z]+(?: (?:tmux|starship|Berlin))?)*)", DOC)
    assert {command for command, _ in named} == {"status", "due", "play", "config"}
    for command, options in named:
        build_parser(command).parse_args([command, *options.split()])


@needs["bash"]
@pytest.mark.parametrize("shell", ["bash", pytest.param("zsh", marks=needs["zsh"])])
def test_the_prompt_is_asked_for_behind_the_shells_back(environ, tmp_path, shell):
    (function,) = SECTIONS["bash"]
    rc = tmp_path / "rc"
    rc.write_text(function + (SECTIONS["zsh"][0] if shell == "zsh" else ""))
    run(environ, shell, "-n", str(rc))
    once = (shell, "-c", f". {rc}; printf '%s' \"$(__stretch)\"")
    assert run(environ, *once) == "", "the first prompt does not wait"
    kept = Path(environ["HOME"], ".stretch-prompt")
    for _ in range(600):
        if kept.exists():
            break
        time.sleep(0.05)
    assert run(environ, *once) == run(environ, "stretch-tui", "status", "--format", "starship")
    assert run(environ, *once).endswith("today?")


@needs["tmux"]
def test_the_lines_for_tmux_are_taken(environ, tmp_path):
    conf = tmp_path / "tmux.conf"
    conf.write_text("".join(SECTIONS["tmux"]))
    tmux = ("tmux", "-f", str(conf), "-S", str(tmp_path / "s"))
    try:
        run(environ, *tmux, "new-session", "-d", "cat")
        assert "stretch-tui status --format tmux" in run(
            environ, *tmux, "show", "-gv", "status-right"
        )
        assert "split-window" in run(environ, *tmux, "list-keys", "-T", "prefix", "S")
        assert run(environ, "stretch-tui", "status", "--format", "tmux").startswith("#[fg=yellow]")
    finally:
        subprocess.run([*tmux, "kill-server"], env=environ, check=False, capture_output=True)


def test_the_table_for_starship_has_its_keys_and_its_command_answers(environ):
    table = tomllib.loads(SECTIONS["starship"][0])["custom"]["stretch"]
    assert table.keys() <= {"command", "when", "format", "style"}
    assert run(environ, *table["command"].split()).endswith("today?")


@needs["bash"]
def test_the_line_at_login_and_those_for_cron_speak_only_when_the_week_hangs_on_today(environ):
    (login,) = SECTIONS["A word at login"]
    lines = [line for block in SECTIONS["cron"] for line in block.splitlines()]
    jobs = [line.split(maxsplit=5)[5] for line in lines if line[0].isdigit()]
    assert len(jobs) == 2
    assert "a stretch today keeps the week" in run(environ, "bash", "-c", login)
    for job in jobs:
        run(environ, "sh", "-c", job)
    called = Path(environ["HOME"], "called").read_text().splitlines()
    assert [line.split()[0] for line in called] == ["notify-send", "write"]
    run(environ, "stretch-tui", "log", "--minutes", "3")
    for line in (login, *jobs):
        done = subprocess.run(
            ["sh", "-c", line], env=environ, capture_output=True, text=True, check=False
        )
        assert (done.returncode, done.stdout) == (1, "")
    assert len(Path(environ["HOME"], "called").read_text().splitlines()) == 2


@needs["systemd-analyze"]
def test_the_units_for_systemd_are_sound(environ, tmp_path):
    service, timer, _ = SECTIONS["systemd user timer"]
    home = Path(environ["HOME"])
    (home / ".local" / "bin").mkdir(parents=True)
    (home / ".local" / "bin" / "stretch-tui").symlink_to(
        Path(sys.executable).parent / "stretch-tui"
    )
    plain = service.replace("/usr/bin/notify-send", "/bin/true")  # not every machine has a desktop
    for name, text in (("stretch.service", plain), ("stretch.timer", timer)):
        (tmp_path / name).write_text(text)
    units = (str(tmp_path / "stretch.service"), str(tmp_path / "stretch.timer"))
    verify = ("systemd-analyze", "verify", "--user", *units)
    done = subprocess.run(verify, env=environ, capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert "stretch." not in done.stderr  # of other units of the machine it may say what it likes
    calendar = re.search(r"OnCalendar=(.*)", timer)
    assert calendar
    run(environ, "systemd-analyze", "calendar", calendar[1])
