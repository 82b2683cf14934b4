"""What concerns this machine: `paths`, `config`, `doctor` and `reset-terminal`."""

from __future__ import annotations

import argparse
import os
import subprocess
from pathlib import Path

from stretch_tui.cli import compose
from stretch_tui.cli.paper import Paper
from stretch_tui.cli.telling import print_json, say


def configure(name: str, parser: argparse.ArgumentParser) -> None:
    """Describe the arguments of one of the commands."""
    if name == "config":
        group = parser.add_mutually_exclusive_group(required=True)
        group.add_argument("--default", action="store_true", help="print every key and its default")
        group.add_argument("--check", action="store_true", help="look for problems in yours")
        group.add_argument(
            "--zone", metavar="CITY", help="count days by the clock there: Berlin, Europe/Berlin"
        )
    if name == "doctor":
        parser.add_argument("--repair", action="store_true", help="repair what is safe to repair")
    if name != "reset-terminal":
        parser.add_argument("--json", action="store_true", help="machine-readable output")


def run(args: argparse.Namespace) -> int:
    """Run the command that was asked for."""
    match args.command:
        case "paths":
            return _paths(args.json)
        case "config":
            return _config(args)
        case "doctor":
            return _doctor(args)
        case _:
            return reset_terminal()


def _paths(as_json: bool) -> int:
    where = compose.paths()
    shown = {
        "data": str(where.data),
        "config": str(where.config),
        "catalog": compose.catalog_root(),
        "history": str(where.history),
    }
    if as_json:
        print_json(shown)
    else:
        for name, place in shown.items():
            print(f"{name:8} {place}")
    return 0


def _config(args: argparse.Namespace) -> int:
    from stretch_tui.core.log.zones import counted_words, on_utc_unasked
    from stretch_tui.storage.config import default_config, load_settings

    if args.default:
        print(default_config(), end="")
        return 0
    where = compose.paths().config
    if args.zone is not None:
        return _zone(where, args)
    from stretch_tui.ui.settings_check import wrong_choices

    settings, problems = load_settings(where, wrong_choices)
    if args.json:
        rows = [
            {"file": p.file, "line": p.line, "message": p.message, "hint": p.hint} for p in problems
        ]
        print_json({"problems": rows})
    else:
        for p in problems:
            print(p)
        if not problems:
            state = "no problems" if where.exists() else "not there, so the defaults are used"
            print(f"{where}: {state}")
        ask = on_utc_unasked(compose.now(), settings)
        hint = " If you live elsewhere: stretch-tui config --zone CITY" if ask else ""
        print(f"{counted_words(compose.now(), settings)}.{hint}")
    return 1 if problems else 0


def _zone(where: Path, args: argparse.Namespace) -> int:
    """Remember where the user lives."""
    from stretch_tui.core.log.zones import counted_words, zone_called
    from stretch_tui.core.settings import Settings
    from stretch_tui.storage.config_edit import keep_setting

    try:
        zone = zone_called(args.zone)
    except ValueError as problem:
        say(str(problem))
        return 2
    keep_setting(where, "zone", zone)
    if args.json:
        print_json({"zone": zone})
    else:
        print(f"{counted_words(compose.now(), Settings(zone=zone))}. Past days stay as they are.")
    return 0


def reset_terminal() -> int:
    """Switch off what a killed full-screen program left on; nothing to do without a terminal."""
    from stretch_tui.ui.terminal.signals import RESTORE

    try:
        with Path("/dev/tty").open("w", encoding="ascii") as terminal:
            terminal.write(f"{RESTORE}\r")
            terminal.flush()
            subprocess.run(["stty", "sane"], stdin=terminal, check=False)  # noqa: S607
    except OSError:
        say("there is no terminal to reset")
        return 2
    return 0


def _doctor(args: argparse.Namespace) -> int:
    from stretch_tui.cli.doctor import examine

    findings = examine(compose.paths(), os.environ, compose.now(), repair=args.repair)
    if args.json:
        print_json({"findings": [f.as_dict() for f in findings]})
    else:
        paper = Paper(ascii_only=args.ascii)
        for finding in findings:
            finding.tell(paper)
    return 1 if any(finding.bad for finding in findings) else 0
