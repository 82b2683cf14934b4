"""The way in: the first screen as it was left is shown before the program is loaded."""

import os
import sys

from stretch_tui.cli.opening import Opening


def entry() -> None:
    """Run as a script, leaving by the exit code."""
    opening = Opening()
    try:
        opening.show(sys.argv[1:], os.environ)
        from stretch_tui.cli import main

        main.entry(opening)
    finally:
        opening.leave()
