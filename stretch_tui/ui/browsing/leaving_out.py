"""Leaves a stretch out of what is suggested: routines to measure, and ideas for tomorrow."""

from __future__ import annotations

from stretch_tui.core.log.logbook import Logbook
from stretch_tui.ui.messages import Remember


def leave_out(stretch: str, name: str) -> Remember:
    """Ask for a stretch to be suggested no more; for one that is left out already, again."""

    def write(log: Logbook) -> str:
        out = stretch not in log.banned()
        log.set_banned(stretch, out)
        return f"{name} is suggested {'no more; l suggests it again' if out else 'again'}"

    return Remember(write, about=f"whether {name} is suggested")
