"""The command line: parses, hands over to one module a command, and maps endings to exit codes."""

from __future__ import annotations

import argparse
import io
import os
import signal
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING

from stretch_tui import __version__
from stretch_tui.cli.parsing import Formatter, Parser
from stretch_tui.cli.telling import INTERRUPTED, OK, PROBLEM, USAGE, say

if TYPE_CHECKING:
    from stretch_tui.cli.opening import Opening

COMMANDS = {
    "list": "catalog_commands",
    "show": "catalog_commands",
    "figure": "figure_command",
    "play": "play_command",
    "now": "now_command",
    "favorite": "favorite_command",
    "log": "log_commands",
    "history": "log_commands",
    "stats": "log_commands",
    "streak": "log_commands",
    "pause": "log_commands",
    "status": "status_commands",
    "due": "status_commands",
    "routine": "routine_command",
    "export": "exchange_commands",
    "import": "exchange_commands",
    "sync": "exchange_commands",
    "undo": "exchange_commands",
    "forget": "exchange_commands",
    "check": "check_command",
    "paths": "machine_commands",
    "config": "machine_commands",
    "doctor": "machine_commands",
    "reset-terminal": "machine_commands",
    "completions": "shell_commands",
    "man": "shell_commands",
}
"""Which module of this room serves which command; only that module is imported."""

ANYWHERE = {"doctor", "paths", "reset-terminal", "completions", "man"}
"""Commands that keep nothing, and may be asked when the place for the data is wrong."""

HELP = {
    "list": "stretches and routines; options narrow the list",
    "show": "one stretch or routine: how it is done, its dose, and whose dose it is",
    "figure": "the figure of a stretch, on stdout",
    "play": "play a routine or a stretch (without a name: the last one)",
    "now": "a routine made for N minutes",
    "favorite": "add, remove or list favorites",
    "log": "enter a session you did elsewhere",
    "history": "past sessions",
    "stats": "minutes by week, region and side",
    "streak": "the streak, and how it is counted",
    "pause": "days off that cost no streak: travel, illness",
    "status": "one line for a prompt or a status bar",
    "due": "exits 0 when skipping today would lose this week's goal",
    "routine": "your own routines: make, edit, copy, delete, share, print",
    "export": "write everything to a file, as json or csv",
    "import": "take in an export, or a backup of the log",
    "sync": "merge with another machine, or through a shared folder",
    "undo": "undo the last change",
    "forget": "delete all data, after asking",
    "check": "find problems in catalog, routine, pose and config files",
    "paths": "where things are kept",
    "config": "print the default settings, check yours, or set your time zone",
    "doctor": "check the data and the terminal, and repair what is safe",
    "reset-terminal": "repair a terminal that a killed program left broken",
    "completions": "tab completion for bash, zsh or fish",
    "man": "the manual page",
}

EXAMPLES = """\
examples:
  stretch-tui                          open the app
  stretch-tui play desk-reset          three minutes, no floor, nothing needed
  stretch-tui now 5 --region neck --at-desk --play
  stretch-tui list --no-floor --max-minutes 2
  stretch-tui show owl-neck
"""


def common(parser: Parser, *, top: bool = False, screen: bool = False) -> None:
    """Add the options that every command takes; below the top they don't hide its values."""
    default = None if top else argparse.SUPPRESS
    off = False if top else argparse.SUPPRESS
    parser.add_argument("--data-dir", metavar="DIR", default=default, help="keep all data in DIR")
    parser.add_argument("--ascii", action="store_true", default=off, help="plain ASCII only")
    mouse = "the mouse is not used" if screen else argparse.SUPPRESS  # said where it matters
    parser.add_argument("--no-mouse", action="store_true", default=off, help=mouse)


def build_parser(command: str | None = None, *, alone: bool = False) -> Parser:
    """The parser; only the module of `command` is imported (all of them when it is None).

    `alone` leaves the other commands out altogether, for a command line that begins with its
    command: a prompt that asks for the status need not wait for the rest.
    """
    parser = Parser(
        prog="stretch-tui",
        description="Neck, shoulder and upper-back stretches for people who live in terminals.",
        epilog=EXAMPLES,
        formatter_class=Formatter,
    )
    common(parser, top=True, screen=True)
    parser.add_argument("-V", "--version", action="version", version=f"stretch-tui {__version__}")
    parser.add_argument("--reset-terminal", action="store_true", help=argparse.SUPPRESS)
    # Given its name, argparse need not lay out a usage line, nor measure the terminal, to find it.
    subparsers = parser.add_subparsers(dest="command", metavar="COMMAND", prog="stretch-tui")
    for name, module in COMMANDS.items():
        if alone and name != command:
            continue
        if command in (None, name):
            sub = subparsers.add_parser(
                name, help=HELP[name], description=HELP[name] + ".", formatter_class=Formatter
            )
            common(sub, screen=name in ("play", "now"))
            commands = import_module(f"stretch_tui.cli.{module}")
            commands.configure(name, sub)
            sub.set_defaults(run=commands.run)
        else:
            subparsers.add_parser(name, help=HELP[name], add_help=False)
    return parser


def main(argv: Sequence[str] | None = None, opening: Opening | None = None) -> int:
    """Run the program; return its exit code. `opening` is what the terminal shows already."""
    words = list(sys.argv[1:] if argv is None else argv)
    asked = _command_of(words)
    try:
        args = build_parser(asked, alone=words[:1] == [asked]).read(words)
        if args.data_dir:
            os.environ["STRETCH_TUI_DATA_DIR"] = args.data_dir
        code = _dispatch(args, opening)
    except BrokenPipeError:
        # The reader has gone (`| head`): nothing to say, and nothing may be said at exit either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except KeyboardInterrupt:
        return INTERRUPTED
    return code


def _command_of(words: Sequence[str]) -> str:
    """The command: the first word that is no option and, however short, no --data-dir's value."""
    left = iter(words)
    for word in left:
        if len(word) > 2 and "--data-dir".startswith(word):
            next(left, None)
        elif not word.startswith("-"):
            return word if word in COMMANDS else ""
    return ""


def _dispatch(args: argparse.Namespace, opening: Opening | None) -> int:
    """Hand over to the command, or open the app when there is none."""
    from stretch_tui.core.errors import StoreError

    try:
        if (place := _not_a_folder()) and args.command not in ANYWHERE:
            say(f"{place} is not a folder: your data cannot be kept there")
            return USAGE
        if args.reset_terminal:
            from stretch_tui.cli import machine_commands

            return machine_commands.reset_terminal()
        if args.command is None:
            from stretch_tui.cli import app_command

            return app_command.run(args, opening)
        code = int(args.run(args))
        sys.stdout.flush()
    except StoreError as problem:
        say(str(problem))
        return PROBLEM
    except BrokenPipeError:
        raise
    except OSError as error:
        from stretch_tui.storage.faults import reason

        # Files of ours have names; what has none is what was being said.
        say(f"{error.filename or 'this could not be written'}: {reason(error)}")
        return PROBLEM
    return code


def _not_a_folder() -> str:
    """The place that was named for the data, where something else stands; else nothing."""
    place = os.path.expanduser(os.environ.get("STRETCH_TUI_DATA_DIR", ""))  # noqa: PTH111
    return place if os.path.exists(place) and not os.path.isdir(place) else ""  # noqa: PTH110, PTH112


def entry(opening: Opening | None = None) -> None:
    """Run as a script, leaving by the exit code; `opening` is what the terminal shows already."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a name that the locale can't spell ends nothing
    try:
        sys.exit(main(opening=opening))
    finally:
        for stream in (sys.stdout, sys.stderr):
            try:
                stream.flush()
            except (OSError, ValueError):
                # The terminal has gone: what could not be said must not make the exit code 120.
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
