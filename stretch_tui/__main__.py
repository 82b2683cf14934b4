"""Run with `python -m stretch_tui`."""

from stretch_tui.cli.entry import entry

entry()
