"""The bare command: open the full-screen app, or say why that cannot be."""

from __future__ import annotations

import argparse
import os
import sys
from typing import TYPE_CHECKING

from stretch_tui.cli.telling import say

if TYPE_CHECKING:
    from stretch_tui.cli.opening import Opening
    from stretch_tui.core.content.routine import Routine

NO_TERMINAL = """\
stretch-tui: there is no terminal to draw on.
  over ssh, ask for one:    ssh -t HOST stretch-tui
  without one, line mode:   stretch-tui play --plain desk-reset"""


def run(args: argparse.Namespace, opening: Opening | None = None) -> int:
    """Open the app on its first screen, which `opening` may show already."""
    try:
        return open_app(args, opening=opening)
    finally:
        if opening is not None:
            opening.leave()  # before anything is said of what went wrong


def can_draw() -> bool:
    """Whether a full-screen program can run: Textual reads stdin and draws on stderr."""
    terminal = sys.stdin is not None and sys.stdin.isatty()
    drawn = sys.__stderr__ is not None and sys.__stderr__.isatty()
    return terminal and drawn and os.environ.get("TERM", "dumb") not in ("", "dumb")


def open_app(
    args: argparse.Namespace,
    start: Routine | None = None,
    *,
    resume: bool = False,
    opening: Opening | None = None,
) -> int:
    """Open the app, return its exit code; `start` is played at once, `resume` goes on at once.

    A `--dose` among the arguments counts for as long as the app is open.
    """
    if not can_draw():
        print(NO_TERMINAL, file=sys.stderr)
        return 2
    from stretch_tui.cli import compose
    from stretch_tui.ui.terminal.environment import prepare_environment

    frames = compose.first_frames(plain=args.ascii)
    prepare_environment(os.environ)
    from dataclasses import replace

    from stretch_tui.core.amount import Amount

    given = compose.services()
    chosen = replace(
        given.settings,
        ascii=given.settings.ascii or args.ascii,
        mouse=given.settings.mouse and not args.no_mouse,
        dose=Amount(getattr(args, "dose", None) or given.settings.dose),
    )
    left = given.runs.resumable() if resume else ()
    if resume and not left:
        say("no session was left half way: there is nothing to go on with")
        return 1
    from stretch_tui.ui.app import StretchApp

    given = replace(given, settings=chosen, frames=frames)
    shown = opening if opening is not None and opening.attributes is not None else None
    app = StretchApp(given, start=start, resume=next(iter(left), None), opening=shown)
    app.run(mouse=chosen.mouse)
    return app.return_code or 0
