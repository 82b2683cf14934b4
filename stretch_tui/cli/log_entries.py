"""Writes to the log from a shell: a session done elsewhere, a pause, a new goal."""

from __future__ import annotations

import argparse
from datetime import date
from typing import TYPE_CHECKING
from uuid import uuid4

from stretch_tui.cli import compose
from stretch_tui.cli.naming import meant
from stretch_tui.cli.telling import OK, USAGE, print_json, say
from stretch_tui.core.log.day_text import parse_range
from stretch_tui.core.log.days import monday_of, short_day, span
from stretch_tui.core.log.days import today as day_now
from stretch_tui.core.log.goal_changes import goal_records, keep_config_goal
from stretch_tui.core.log.logbook import Logbook, Pause, Session
from stretch_tui.core.log.streak import Streak, streak
from stretch_tui.core.log.streak_words import goal_words, step_words, week_words, weeks_words
from stretch_tui.core.session.log_entry import BY_HAND, entered
from stretch_tui.core.settings import Settings
from stretch_tui.core.text import NAME_LIMIT, clean_text

if TYPE_CHECKING:
    from stretch_tui.core.session.timeline import Timeline


def run(args: argparse.Namespace) -> int:
    """Write what the command says."""
    settings = compose.settings()
    today = day_now(compose.now(), settings)
    if args.command == "log":
        return _log(args, settings, today)
    if args.command == "pause":
        return _pause(args, settings, today)
    return _goal(args, settings, today)


def _log(args: argparse.Namespace, settings: Settings, today: date) -> int:
    if args.routine is None and args.minutes is None:
        return _complain("name a routine or a stretch, or say --minutes N")
    day = args.date or today
    if day > today:
        return _complain(f"{day} has not come yet: a session can be entered once it is done")
    routine, title, timeline = "", "", None
    if args.routine is not None:
        found = _routine(args.routine, settings)
        if found is None:
            return USAGE
        routine, title, timeline = found
    log = compose.logbook()
    session = entered(
        uuid4().hex,
        day,
        compose.now(),
        settings,
        routine=routine,
        title=title,
        timeline=timeline,
        seconds=None if args.minutes is None else args.minutes * 60,
        feel=(args.before, args.after),
        note=args.note,
    )
    before = _streak(log, settings, today)
    log.add(session)
    keep_config_goal(log, settings, today)
    if args.json:
        print_json({"uid": session.uid, "day": day.isoformat()})
    else:
        print(f"Logged: {_logged_words(session, today)}.")
        print(_consequence(before, _streak(log, settings, today), day, settings))
    return OK


def _routine(name: str, settings: Settings) -> tuple[str, str, Timeline] | None:
    """The routine or stretch of that id, laid out; None, with words on stderr, when unknown."""
    from stretch_tui.core.session.expansion import expand

    catalog = compose.catalog()
    item = meant(name, catalog)
    routine = catalog.routine_for(item) if item is not None else None
    if routine is None:
        return None
    return routine.id, routine.name, expand(routine, catalog.stretches, settings)


def _logged_words(session: Session, today: date) -> str:
    minutes = max(1, round(session.seconds / 60))
    day = "today" if session.day == today else short_day(session.day, today)
    of = "" if session.title == BY_HAND else " of stretching"
    return f"{session.title}, {minutes} min{of}, {day}"


def _consequence(before: Streak, after: Streak, day: date, settings: Settings) -> str:
    """What the entry changed."""
    if not settings.show_streak:
        return "Saved in the log."
    if day == after.at:
        return step_words(before, after)
    if after.weeks > before.weeks:
        return f"{weeks_words(after.weeks).capitalize()} now. This week: {week_words(after)}."
    return f"This week: {week_words(after)}."


def _pause(args: argparse.Namespace, settings: Settings, today: date) -> int:
    log = compose.logbook()
    if args.range is None:
        if args.remove:
            return _complain("say which pause to remove: FROM..TO")
        return _list_pauses(args, log.pauses(), today)
    try:
        first, last = parse_range(args.range, today)
    except ValueError as problem:
        return _complain(str(problem))
    if args.remove:
        return _remove_pause(args, log, first, last)
    reason = clean_text(" ".join(args.reason), NAME_LIMIT)
    pause = Pause(uuid4().hex, first, last, reason)
    log.add_pause(pause)
    if args.json:
        print_json(_pause_json(pause))
        return OK
    print(f"Paused {span(first, last, today)}: those days cost no streak.")
    if settings.show_streak:
        print(f"This week: {week_words(_streak(log, settings, today))}.")
    return OK


def _remove_pause(args: argparse.Namespace, log: Logbook, first: date, last: date) -> int:
    found = [pause for pause in log.pauses() if (pause.first, pause.last) == (first, last)]
    if not found:
        return _complain(f"there is no pause {args.range}; `stretch-tui pause` lists them")
    for pause in found:
        log.remove_pause(pause.uid)
    if args.json:
        print_json({"removed": [pause.uid for pause in found]})
    else:
        print(f"The pause {span(first, last)} is removed; `stretch-tui undo` brings it back.")
    return OK


def _list_pauses(args: argparse.Namespace, pauses: tuple[Pause, ...], today: date) -> int:
    if args.json:
        print_json({"pauses": [_pause_json(pause) for pause in pauses]})
        return OK
    for pause in pauses:
        reason = f"  {pause.reason}" if pause.reason else ""
        print(f"{pause.first}..{pause.last}  {span(pause.first, pause.last, today)}{reason}")
    if not pauses:
        print("No pauses. To enter one: stretch-tui pause 2026-07-01..2026-07-14 travel")
    return OK


def _pause_json(pause: Pause) -> dict[str, str]:
    first, last = pause.first.isoformat(), pause.last.isoformat()
    return {"uid": pause.uid, "first": first, "last": last, "reason": pause.reason}


def _goal(args: argparse.Namespace, settings: Settings, today: date) -> int:
    log = compose.logbook()
    now = _streak(log, settings, today)
    records = goal_records(args.goal, now, log.goals(), settings)
    log.set_goals(records)
    since = next(goal.since for goal in records if goal.since >= monday_of(today))
    if args.json:
        print_json({"goal": args.goal, "since": since.isoformat()})
    else:
        print(f"Goal: {goal_words(args.goal, since, today)}. Past weeks stay as they were.")
    return OK


def _streak(log: Logbook, settings: Settings, today: date) -> Streak:
    return streak(log.sessions(), log.goals(), log.pauses(), settings, today)


def _complain(words: str) -> int:
    say(words)
    return USAGE
