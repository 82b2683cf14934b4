"""Everything that can be done from a screen, by name: its keys, routines to play, themes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
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
    found: list[Command] = []
    for hint in gathered(screen.active_bindings.values()):
        if hint.single and hint.id != "app.commands":
            found.append(Command(hint.words, hint.keys, _act(app, hint.action, hint.node)))
    for routine in services.catalog.routines.values():
        play = messages.PlayRoutine(routine)
        found.append(Command(f"Play {routine.name}", "", lambda one=play: app.post_message(one)))
    for name in sorted(app.available_themes):
        found.append(Command(f"Theme {name}", "", lambda one=name: setattr(app, "theme", one)))
    return found


def _act(app: App[Any], action: str, node: Any) -> Callable[[], Awaitable[Any]]:
    return lambda: app.run_action(action, default_namespace=node)
