"""`history`, `stats`, `streak`, `log` and `pause`: the log, read and written from a shell."""

from __future__ import annotations

import argparse
from datetime import date

from stretch_tui.cli import compose
from stretch_tui.cli.argument_types import number, whole


def configure(name: str, parser: argparse.ArgumentParser) -> None:
    """Describe the command's arguments."""
    {
        "history": _configure_history,
        "stats": _configure_stats,
        "streak": _configure_streak,
        "log": _configure_log,
        "pause": _configure_pause,
    }[name](parser)
    parser.add_argument("--json", action="store_true", help="machine-readable output")


def run(args: argparse.Namespace) -> int:
    """Read from the log, or write to it."""
    if args.command in ("log", "pause") or getattr(args, "goal", None):
        from stretch_tui.cli import log_entries

        return log_entries.run(args)
    from stretch_tui.cli import log_reports

    return log_reports.run(args)


def day_argument(text: str) -> date:
    """A day as it is typed: 2026-03-01, today, yesterday, or a weekday, which is the last one."""
    from stretch_tui.core.log.day_text import parse_day
    from stretch_tui.core.log.days import today

    try:
        return parse_day(text, today(compose.now(), compose.settings()))
    except ValueError as problem:
        raise argparse.ArgumentTypeError(str(problem)) from None


def _configure_history(parser: argparse.ArgumentParser) -> None:
    parser.epilog = "The newest session comes first. Without -n all of them are listed."
    parser.add_argument("-n", "--last", metavar="N", type=whole(1, 100_000), help="only the last N")
    parser.add_argument("--since", metavar="DATE", type=day_argument, help="from this day on")
    parser.add_argument("--until", metavar="DATE", type=day_argument, help="up to this day")


def _configure_stats(parser: argparse.ArgumentParser) -> None:
    parser.epilog = "A stretch counts in full for each of its regions: regions don't add up."
    weeks = "how many weeks (default: 12; with --json all)"
    parser.add_argument("--weeks", metavar="N", type=whole(1, 100_000), help=weeks)


def _configure_streak(parser: argparse.ArgumentParser) -> None:
    parser.epilog = (
        "A week runs from Monday to Sunday and is kept once its goal of days is met.\n"
        "Four weeks kept make a rest token, which saves one missed week; two at most.\n"
    )
    parser.add_argument("--explain", action="store_true", help="how the number comes about")
    parser.add_argument("--at", metavar="DATE", type=day_argument, help="as it was on that day")
    days = whole(1, 7, "a number of days")
    goal = "how many days a week to stretch, from now on"
    parser.add_argument("--goal", metavar="DAYS", type=days, help=goal)


def _configure_log(parser: argparse.ArgumentParser) -> None:
    parser.epilog = (
        "examples:\n"
        "  stretch-tui log desk-reset                   done today, without the app\n"
        "  stretch-tui log --minutes 10 --date yesterday --note 'at the gym'\n"
    )
    parser.add_argument("routine", nargs="?", help="a routine or a stretch that was done")
    minutes = number(0.1, 24 * 60, "a number of minutes")
    parser.add_argument("--minutes", metavar="N", type=minutes, help="how long it took")
    parser.add_argument("--date", metavar="D", type=day_argument, help="the day (default: today)")
    parser.add_argument(
        "--before", metavar="0-9", type=whole(0, 9), help="how sore before: 0 not at all, 9 very"
    )
    parser.add_argument("--after", metavar="0-9", type=whole(0, 9), help="how sore after")
    parser.add_argument("--note", metavar="TEXT", default="", help="a line to remember it by")


def _configure_pause(parser: argparse.ArgumentParser) -> None:
    parser.epilog = (
        "Paused days cost no streak; a pause can be entered afterwards.\n\n"
        "examples:\n"
        "  stretch-tui pause 2026-07-01..2026-07-14 travel\n"
        "  stretch-tui pause today..2026-03-20 'a cold'\n"
        "  stretch-tui pause                            list them\n"
        "  stretch-tui pause --remove 2026-07-01..2026-07-14\n"
    )
    parser.add_argument("range", nargs="?", metavar="FROM..TO", help="first and last day, included")
    parser.add_argument("reason", nargs="*", metavar="REASON")
    parser.add_argument("--remove", action="store_true", help="take this pause out again")
