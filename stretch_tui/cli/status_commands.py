"""`status` and `due`: one line for a prompt, a status bar or a reminder, without waiting.

Every import here is paid at every prompt, so this room's rule of importing late is kept strictly:
no catalog, no TinyDB, no Textual, and the types of the log only when the file is not in our form.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from stretch_tui.cli.telling import OK, PROBLEM, print_json
from stretch_tui.core.log import days
from stretch_tui.core.log.streak import Streak, streak_of
from stretch_tui.core.log.streak_words import dots, in_days, week_words
from stretch_tui.core.log.tally import tally
from stretch_tui.core.settings import Settings
from stretch_tui.storage.log.log_marks import read_marks
from stretch_tui.storage.paths import Paths

if TYPE_CHECKING:
    from stretch_tui.core.session.checkpoint import Checkpoint

FORMATS = ("text", "tmux", "starship", "json")


def configure(name: str, parser: argparse.ArgumentParser) -> None:
    """Describe the command's arguments."""
    if name == "due":
        parser.epilog = (
            "Exits 0 when this week's goal is at risk if today is skipped, 1 otherwise.\n\n"
            "example:\n  stretch-tui due -q && notify-send 'A stretch today keeps the week'\n"
        )
        parser.add_argument("-q", "--quiet", action="store_true", help="only the exit code")
    else:
        parser.epilog = "docs/prompts.md has ready lines for tmux, starship and bash.\n"
        parser.add_argument("--format", choices=FORMATS, default="text")
    parser.add_argument("--json", action="store_true", help="machine-readable output")


def run(args: argparse.Namespace) -> int:
    """Answer from the log and the run files alone."""
    gc.disable()  # over before anything is worth collecting
    try:
        return _answer(args)
    finally:
        gc.freeze()  # nor is anything worth looking through when Python ends
        gc.enable()


def now() -> datetime:
    """The current instant in UTC."""
    return datetime.now(UTC)


def _answer(args: argparse.Namespace) -> int:
    paths = Paths.find(os.environ)
    settings = _settings(paths)
    instant = now()
    standing = _standing(paths, settings, instant)
    if args.command == "due":
        return _due(args, standing)
    running, left = _runs(paths, instant)
    if args.json or args.format == "json":
        print_json(_status_json(standing, running, left))
        return OK
    plain = args.ascii or settings.ascii or not _unicode()
    line = {"text": _text, "tmux": _tmux, "starship": _short}[args.format]
    print(line(standing, settings, running, left, plain))
    return OK


def _settings(paths: Paths) -> Settings:
    """The settings; without a config file none of its reader is imported."""
    if not paths.config.exists():
        return Settings()
    from stretch_tui.storage.config import load_settings

    return load_settings(paths.config)[0]


def _standing(paths: Paths, settings: Settings, now: datetime) -> Streak:
    """The streak as of now, from the light reading of the log, else from the full one."""
    today = days.today(now, settings)
    found = read_marks(paths.history)
    if found is not None:
        marks, goals, pauses = found
        return streak_of(tally(marks), goals, pauses, settings, today)
    if not any(paths.data.glob("history.json*")) and not paths.backups.exists():
        return streak_of({}, (), (), settings, today)  # a first day, and nothing that went away
    from stretch_tui.core.log.streak import streak
    from stretch_tui.storage.log.tiny_logbook import TinyLogbook

    log = TinyLogbook(paths)
    return streak(log.sessions(), log.goals(), log.pauses(), settings, today)


def _due(args: argparse.Namespace, standing: Streak) -> int:
    if args.json:
        print_json({"due": standing.due, "week": _week_json(standing)})
    elif not args.quiet:
        asked = "a stretch today keeps it" if standing.due else "nothing is at risk today"
        print(f"{week_words(standing)}: {asked}" if standing.due else asked)
    return OK if standing.due else PROBLEM


def _runs(paths: Paths, now: datetime) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
    """The session being played somewhere, and the one that can be gone on with."""
    if not any(paths.data.glob("run-*.json")):
        return None, None
    from stretch_tui.storage.run.run_view import RunView

    runs = RunView(paths)
    running = next(iter(runs.running()), None)
    left = next(iter(runs.resumable()), None)
    return (
        _run_json(running, now, moving=True) if running is not None else None,
        _run_json(left, now, moving=False) if left is not None else None,
    )


def _run_json(checkpoint: Checkpoint, now: datetime, *, moving: bool) -> dict[str, Any]:
    """Where a session stands; the clock of a moving one has gone on since its last record."""
    import time

    player = checkpoint.player(time.monotonic)
    segment = player.segment
    away = max(0.0, (now - checkpoint.saved).total_seconds())
    found: dict[str, Any] = {
        "routine": checkpoint.run.routine.id,
        "title": checkpoint.run.routine.name,
        "stretch": player.step.stretch.id,
        "name": player.step.stretch.name,
        "kind": segment.kind.value,
        "side": segment.side.value if segment.side is not None else None,
    }
    seconds = player.left_seconds
    if moving:
        state = checkpoint.progress.state.value
        found["state"] = state
        seconds = max(0.0, seconds - away) if state == "running" else seconds
    else:
        found["away_seconds"] = round(away)
        found["session_left_seconds"] = round(player.total_left_seconds)
    found["left_seconds"] = round(seconds)
    return found


def _week_json(standing: Streak) -> dict[str, int]:
    return {"done": standing.week.done, "goal": standing.week.asked}


def _status_json(
    standing: Streak, running: dict[str, Any] | None, left: dict[str, Any] | None
) -> dict[str, Any]:
    return {
        "due": standing.due,
        "today_seconds": round(standing.today_seconds),
        "week": _week_json(standing),
        "streak_weeks": standing.weeks,
        "streak_days": standing.days,
        "tokens": standing.tokens,
        "running": running,
        "resume": left,
    }


def _text(
    standing: Streak,
    settings: Settings,
    running: dict[str, Any] | None,
    left: dict[str, Any] | None,
    plain: bool,
) -> str:
    """A line in words."""
    gap = " - " if plain else " · "
    if running is not None:
        return gap.join([running["title"], _place(running), _clock(running["left_seconds"])])
    shown = settings.show_streak
    words = [week_words(standing) if shown else f"{in_days(standing.week.done)} this week"]
    if shown and standing.weeks:
        words.append(f"{standing.weeks}-week streak")
    if standing.today_seconds:
        words.append(f"{max(1, round(standing.today_seconds / 60))} min today")
    if shown and standing.due:
        words.append("a stretch today keeps the week")
    if left is not None:
        words.append(f"go on with {left['title']}: stretch-tui play --resume")
    return gap.join(words)


def _short(
    standing: Streak,
    settings: Settings,
    running: dict[str, Any] | None,
    left: dict[str, Any] | None,
    plain: bool,
) -> str:
    """A few cells: `●●○ 5w`; the hold and its seconds while a session runs."""
    if running is not None:
        return f"{_place(running)} {_clock(running['left_seconds'])}"
    full, empty = ("#", ".") if plain else ("●", "○")
    shown = settings.show_streak
    words = [dots(standing, full, empty if shown else "")]
    if shown and standing.weeks:
        words.append(f"{standing.weeks}w")
    if shown and standing.due:
        words.append("today?")
    if left is not None:
        words.append("paused")
    return " ".join(word for word in words if word)


def _tmux(
    standing: Streak,
    settings: Settings,
    running: dict[str, Any] | None,
    left: dict[str, Any] | None,
    plain: bool,
) -> str:
    """The short form with tmux's own colors; a hash in a name is doubled so that tmux shows it."""
    words = _short(standing, settings, running, left, plain).replace("#", "##")
    calls = standing.due and settings.show_streak
    color = "yellow" if running is not None or calls else "default"
    return f"#[fg={color}]{words}#[default]"


def _place(run: dict[str, Any]) -> str:
    """Where a session is: `Owl neck, left`."""
    if run.get("state") in ("paused", "reading", "waiting"):
        return f"{run['name']}, {run['state']}"
    lead_in = {"rest": "next: ", "ready": "next: "}.get(run["kind"], "")
    side = f", {run['side']}" if run["side"] and not lead_in else ""
    return f"{lead_in}{run['name']}{side}"


def _clock(seconds: int) -> str:
    """As `wording.clock` has it, which would cost a prompt more than this."""
    return f"{seconds // 60}:{seconds % 60:02}"


def _unicode() -> bool:
    """Whether stdout takes dots; a pipe to a prompt takes what the locale says."""
    return (sys.stdout.encoding or "").lower().replace("-", "").startswith("utf")
