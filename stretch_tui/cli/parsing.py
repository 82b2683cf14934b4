"""The parser behind every command: short words about what was typed wrong, and where help is."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Sequence
from typing import Any, NoReturn

from stretch_tui.cli.telling import USAGE

PLAINER = {
    "argument ": "",
    "the following arguments are required": "missing",
    "expected one argument": "a value is missing",
    "expected at least one argument": "a value is missing",
}
"""How we say what argparse says stiffly."""


class Formatter(argparse.RawDescriptionHelpFormatter):
    """Argparse's own, but for the width, which it imports a whole module to find."""

    def __init__(self, prog: str, **options: Any) -> None:
        try:
            columns = int(os.environ.get("COLUMNS") or os.get_terminal_size().columns)
        except (OSError, ValueError):
            columns = 80
        super().__init__(prog, **{"width": max(20, columns - 2), **options})


class Parser(argparse.ArgumentParser):
    """Argparse's own, but for its errors: what is wrong in one line, where help is in another."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and leave; the whole usage would bury it."""
        for stiff, plain in PLAINER.items():
            message = message.replace(stiff, plain, 1)
        print(f"stretch-tui: {message}\nsee: {self.prog} -h", file=sys.stderr)
        sys.exit(USAGE)

    def read(self, words: Sequence[str]) -> argparse.Namespace:
        """Parse all the words; one that is left over is an error of the command it followed."""
        args, left_over = self.parse_known_args(words)
        if left_over:
            self.prog += f" {args.command}" if args.command else ""
            self.error(f"not understood: {' '.join(left_over)}")
        return args

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        """Refuse what is none of the choices; the nearest one is named, else all of them."""
        if action.choices is None or value in action.choices:
            return
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001 - it has no public name
            what = str(action.metavar).lower()
            self.error(f"there is no {what} {value!r}{nearest(value, action.choices)}")
        known = ", ".join(map(str, action.choices))
        hint = nearest(str(value), map(str, action.choices))
        raise argparse.ArgumentError(action, f"there is no {value!r}{hint or f'; one of {known}'}")


def nearest(word: str, known: Iterable[str]) -> str:
    """What follows a word that is not known: the nearest one that is, or nothing."""
    from stretch_tui.core.problems import did_you_mean

    hint = did_you_mean(word, known)
    return f"; {hint}" if hint else ""
