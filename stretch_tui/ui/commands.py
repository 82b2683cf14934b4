"""Everything that can be done from a screen, by name: its keys, routines to play, themes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from textual.app import App
from textual.screen import Screen

from stretch_tui.ui import messages
from stretch_tui.ui.services import Services
from stretch_tui.ui.widgets.bars import gathered


@dataclass(frozen=True, slots=True)
class Command:
    """One thing that can be done."""

    name: str
    keys: str
    """The keys that do it as well; empty when none do."""
    run: Callable[[], Awaitable[Any] | Any]


def commands(screen: Screen[Any], services: Services, app: App[Any]) -> list[Command]:
    """The commands of the screen in front, then routines, then themes."""
    keys = [
        Command(hint.words, hint.keys, partial(app.run_action, hint.action, hint.node))
        for hint in gathered(screen.active_bindings.values())
        if hint.single and hint.id != "app.commands"
    ]
    routines = [
        Command(f"Play {one.name}", "", partial(app.post_message, messages.PlayRoutine(one)))
        for one in services.catalog.routines.values()
    ]
    themes = [
        Command(f"Theme {name}", "", partial(setattr, app, "theme", name))
        for name in sorted(app.available_themes)
    ]
    return [*keys, *routines, *themes]
