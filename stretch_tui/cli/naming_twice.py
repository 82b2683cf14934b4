"""A name is given once: two rows of one name in a list tell nobody which is which."""

from __future__ import annotations

from stretch_tui.cli import compose
from stretch_tui.cli.telling import say
from stretch_tui.core.content.comparing import plain
from stretch_tui.core.content.routine import Routine


def same_name(name: str) -> Routine | None:
    """The routine that has the name already, as it reads; None when it is free."""
    wanted = plain(name)
    routines = compose.catalog().routines.values()
    return next((one for one in routines if wanted and plain(one.name) == wanted), None)


def taken(name: str) -> bool:
    """Whether the name is taken; it is said by which routine then, and what can be done."""
    twin = same_name(name)
    if twin is None:
        return False
    then = f", or first: stretch-tui routine delete {twin.id}" if twin.own else ""
    say(f"there is a routine called {twin.name!r} already: choose another name{then}")
    return True
