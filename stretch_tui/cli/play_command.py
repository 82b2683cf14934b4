"""Play a session: full screen where there is one, else line by line."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from stretch_tui.cli import compose
from stretch_tui.cli.app_command import can_draw
from stretch_tui.cli.naming import meant
from stretch_tui.cli.telling import say
from stretch_tui.core.amount import Amount
from stretch_tui.core.errors import StoreError

if TYPE_CHECKING:
    from stretch_tui.core.content.catalog import Catalog
    from stretch_tui.core.content.routine import Routine
    from stretch_tui.core.log.logbook import Logbook

FIRST = "desk-reset"
"""What is played when nothing is named and nothing was ever played."""

EXAMPLES = """\
examples:
  stretch-tui play                       the last routine again
  stretch-tui play desk-reset
  stretch-tui play owl-neck --dose full
  stretch-tui play --file before-lunch.toml
  stretch-tui play --resume              go on where the last session was left
  stretch-tui play desk-reset --plain    one line an event: no screen, no cursor movement

line mode, and every pipe and TERM=dumb: space or enter pauses and goes on, n next, p previous,
r this again, + and - 5 seconds, i the words again, a already did it, l suggest it no more,
x it hurts, v sound, q end, ? keys
"""


def configure(name: str, parser: argparse.ArgumentParser) -> None:
    """Add what `play` understands."""
    assert name == "play"
    what = parser.add_mutually_exclusive_group()
    what.add_argument(
        "item", nargs="?", metavar="ROUTINE|STRETCH", help="an id or a name; see `list`"
    )
    what.add_argument("--file", metavar="ROUTINE.toml", help="a routine from a file")
    what.add_argument("--resume", action="store_true", help="go on where a session was left")
    parser.add_argument("--plain", action="store_true", help="one line an event, no screen")
    parser.add_argument("--json", action="store_true", help="one JSON object an event, no screen")
    amounts = [amount.value for amount in Amount]
    parser.add_argument(
        "--dose",
        choices=amounts,
        help="of a published range: gentle its low end, steady its middle, full its high end",
    )
    parser.epilog = EXAMPLES


def run(args: argparse.Namespace) -> int:
    """Play; 0 when the session is in the log, 2 when there is nothing to play."""
    if args.plain or args.json or not _has_screen():
        from stretch_tui.cli.line_session import play_lines, resume_lines

        if args.resume:
            return resume_lines(args)
        found = _wanted(args)
        return 2 if found is None else play_lines(args, *found)
    return _full_screen(args)


def _full_screen(args: argparse.Namespace) -> int:
    from stretch_tui.cli.app_command import open_app

    if args.resume:
        return open_app(args, resume=True)
    found = _wanted(args)
    return 2 if found is None else open_app(args, start=found[0])


def _has_screen() -> bool:
    return can_draw() and sys.stdout is not None and sys.stdout.isatty()


def _wanted(args: argparse.Namespace) -> tuple[Routine, Catalog] | None:
    """The routine to play and the catalog it is from; None once it is said why there is none."""
    # A routine from a file needs the stretches alone, not the user's other routines.
    catalog = compose.loaded().catalog if args.file else compose.catalog()
    if args.file:
        routine = _from_file(args.file)
    elif args.item is not None:
        item = meant(args.item, catalog)
        routine = catalog.routine_for(item) if item is not None else None
    else:
        routine = _last(catalog, compose.logbook())
        if routine is None:
            say("name a routine: `stretch-tui list routines` shows them all")
    if routine is None:
        return None
    if not any(step.stretch in catalog.stretches for step in routine.steps):
        say(f"nothing in {routine.name!r} is known here: `stretch-tui check` says what is wrong")
        return None
    return routine, catalog


def _from_file(name: str) -> Routine | None:
    from stretch_tui.storage.content.routine_toml import routine_from_toml
    from stretch_tui.storage.content.toml_reading import UnreadableError, read_text

    path = Path(name).expanduser()
    try:
        text = read_text(path)
    except UnreadableError as error:
        say(str(error.problem))
        return None
    stem = "".join(c if c.isascii() and c.isalnum() else "-" for c in path.stem.lower())
    routine, problems = routine_from_toml(text, stem.strip("-") or "routine", file=name)
    for problem in problems:
        say(str(problem))
    return routine


def _last(catalog: Catalog, logbook: Logbook) -> Routine | None:
    """The routine of the last session, else the first favorite, else the shortest way in."""
    try:
        played = [session.routine for session in reversed(logbook.sessions())]
        wishes = [*played, *logbook.favorites(), FIRST]
    except StoreError:
        wishes = [FIRST]
    return next((found for wish in wishes if (found := catalog.routine_for(wish))), None)
