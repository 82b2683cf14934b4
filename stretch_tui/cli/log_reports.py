"""Reads from the log for a shell: `history`, `stats` and `streak`, as words or as JSON."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from stretch_tui.cli import compose
from stretch_tui.cli.log_json import session_json, stats_json, streak_json
from stretch_tui.cli.telling import OK, print_json
from stretch_tui.core.content.wording import clock, count, duration
from stretch_tui.core.log import stats
from stretch_tui.core.log.days import MONTH_NAMES, short_day, span
from stretch_tui.core.log.days import today as day_now
from stretch_tui.core.log.explain import Reason, explain
from stretch_tui.core.log.logbook import Logbook, Session
from stretch_tui.core.log.session_words import session_words
from stretch_tui.core.log.streak import Streak, streak_of
from stretch_tui.core.log.streak_words import (
    days_words,
    headline,
    in_days,
    tokens_words,
    week_words,
)
from stretch_tui.core.log.tally import DayTotal, days_of
from stretch_tui.core.settings import Settings

USUAL_WEEKS = 12
BAR_CELLS = 24
_NONE_YET = "No sessions yet. The first one starts with: stretch-tui play"


def run(args: argparse.Namespace) -> int:
    """Print what the command asks for."""
    report = _Report(args)
    {"history": report.history, "stats": report.stats, "streak": report.streak}[args.command]()
    return OK


class _Report:
    """The log as of now, and how it is printed."""

    def __init__(self, args: argparse.Namespace) -> None:
        self._args = args
        self._settings: Settings = compose.settings()
        self._today = day_now(compose.now(), self._settings)
        self._log: Logbook = compose.logbook()
        self._bar = "=" if _plain(args) else "\u2501"

    def history(self) -> None:
        """The sessions, newest first."""
        since, until = self._args.since or date.min, self._args.until or date.max
        found = [one for one in reversed(self._log.sessions()) if since <= one.day <= until]
        shown = found[: self._args.last]
        if self._args.json:
            print_json({"sessions": [session_json(session) for session in shown]})
        elif not shown:
            none = "No sessions in those days." if self._log.sessions() else _NONE_YET
            print(none)
        for session in shown if not self._args.json else ():
            print(_session_line(session))
        if len(shown) < len(found) and not self._args.json:
            print(f"{len(found) - len(shown)} more: stretch-tui history", file=sys.stderr)

    def stats(self) -> None:
        """What the body got."""
        sessions = self._log.sessions()
        days = days_of(self._log.marks())
        standing = streak_of(
            days, self._log.goals(), self._log.pauses(), self._settings, self._today
        )
        if self._args.json:
            print_json(stats_json(sessions, days, standing, self._args.weeks))
        elif not sessions:
            print(_NONE_YET)
        else:
            self._print_stats(sessions, days, standing)

    def streak(self) -> None:
        """Where the streak stands, today or on a day asked for."""
        at = self._args.at or self._today
        days = days_of(self._log.marks())
        if self._args.at is not None:  # as it looked then: what came later had not happened
            days = {day: total for day, total in days.items() if day <= at}
        pauses = self._log.pauses()
        standing = streak_of(days, self._log.goals(), pauses, self._settings, at)
        reasons = explain(standing, pauses, self._settings)
        if self._args.json:
            print_json(streak_json(standing, reasons))
            return
        for line in _streak_lines(standing):
            print(line)
        if self._args.explain:
            print()
            for reason in reasons:
                print(_reason_line(reason, at))

    def _print_stats(
        self, sessions: Sequence[Session], days: Mapping[date, DayTotal], standing: Streak
    ) -> None:
        seconds = sum(total.milliseconds for total in days.values()) / 1000
        first = min(days)
        played = count(len(sessions), "session")
        print(f"{played}, {duration(seconds)} in all, since {_full_day(first)}")
        if self._settings.show_streak:
            weeks = f"{count(standing.best_weeks, 'week')}, " if standing.best_weeks else ""
            print(f"longest streak: {weeks}{in_days(standing.best_days)} in a row")
        self._print_weeks(days)
        self._print_regions(stats.between(sessions, standing.week.monday, self._today))
        felt = [s for s in sessions if None not in (s.feel_before, s.feel_after)]
        over = stats.feel_over(stats.feel_by_week(felt, self._today, USUAL_WEEKS))
        if over is not None:
            print(f"\nHow sore, 0 not at all to 9 very: {over.before:.1f} before, "
                  f"{over.after:.1f} after (last {USUAL_WEEKS} weeks, "
                  f"{count(over.sessions, 'session')})")  # fmt: skip

    def _print_weeks(self, days: Mapping[date, DayTotal]) -> None:
        shown = self._args.weeks or USUAL_WEEKS
        first = max(min(days), self._today - timedelta(days=7 * (shown - 1)))
        rows = stats.weeks(days, first, self._today)
        most = max([row.seconds for row in rows] + [1.0])
        wide = max([len(duration(row.seconds)) for row in rows] + [7])
        print("\nMinutes a week")
        for row in rows:
            words = span(row.monday, row.monday + timedelta(days=6), self._today)
            bar = self._bar * round(BAR_CELLS * row.seconds / most)
            print(f"  {words:<16} {bar:<{BAR_CELLS}} {duration(row.seconds):>{wide}}  "
                  f"{in_days(row.days)}")  # fmt: skip

    def _print_regions(self, sessions: Sequence[Session]) -> None:
        enough = stats.REGION_WEEK_SECONDS // 60
        print(f"\nThis week by region ({enough} min is plenty for each)")
        shares = {name: one for name, one in stats.by_region(sessions).items() if one.seconds}
        if not shares:
            print("  nothing yet")
        for name, share in shares.items():
            sides = ""
            if share.left or share.right:
                sides = f"  left {clock(share.left)}, right {clock(share.right)}"
            if share.lean:
                sides += f"  ({'right' if share.lean > 0 else 'left'} got less)"
            print(f"  {name.replace('-', ' '):<14} {clock(share.seconds):>6}{sides}")


def _plain(args: argparse.Namespace) -> bool:
    """Whether to print ASCII only."""
    encoding = (sys.stdout.encoding or "ascii").lower().replace("-", "")
    return bool(args.ascii) or not encoding.startswith("utf")


def _session_line(session: Session) -> str:
    left, middle, rest = session_words(session)
    return f"{left}{middle}  ({rest})" if rest else f"{left}{middle}"


def _streak_lines(standing: Streak) -> list[str]:
    run = days_words(standing.days) if standing.weeks else ""  # else the headline says it
    lines = [
        headline(standing),
        f"this week: {week_words(standing)}",
        run,
        tokens_words(standing),
    ]
    if standing.best_weeks:
        lines.append(
            f"best: {count(standing.best_weeks, 'week')}, {in_days(standing.best_days)} in a row"
        )
    return [line for line in lines if line]


def _reason_line(reason: Reason, at: date) -> str:
    if reason.kind == "note":
        return reason.why
    if reason.kind == "day":
        return f"  {short_day(reason.first, at):<22} {reason.why}"
    words = f"{span(reason.first, reason.last, at):<22} {reason.why}"
    return f"{words}; streak {reason.streak}" if reason.streak else words


def _full_day(day: date) -> str:
    return f"{day.day} {MONTH_NAMES[day.month - 1]} {day.year}"
