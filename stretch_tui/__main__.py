"""Run with `python -m stretch_tui`."""

from stretch_tui.cli.main import entry

entry()
