"""Everything that can be done from a screen, by name: its keys, routines to play, settings."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from textual.app import App
from textual.screen import Screen

from stretch_tui.core.amount import Amount
from stretch_tui.core.settings import Settings
from stretch_tui.ui import messages, theme
from stretch_tui.ui.services import Services
from stretch_tui.ui.widgets.figure_pane import STYLES
from stretch_tui.ui.widgets.key_names import gathered

STEERING = ("list", "detail", "dialog", "filter")
"""What moves a cursor or scrolls is done by its key, and looked for by nobody."""
CHOOSING = "list.choose"
LAST = ("app",)
"""What works everywhere stands behind what the screen itself can do."""


@dataclass(frozen=True, slots=True)
class Command:
    """One thing that can be done."""

    name: str
    keys: str
    """The keys that do it as well; empty when none do."""
    run: Callable[[], Awaitable[Any] | Any]


def commands(screen: Screen[Any], services: Services, app: App[Any]) -> list[Command]:
    """What the screen in front can do, then what every screen can, settings, and routines."""
    hints = [
        hint
        for hint in gathered(screen.active_bindings.values())
        if hint.single
        and hint.id != "app.commands"
        and (hint.room not in STEERING or hint.id == CHOOSING)
        and not hint.id.endswith((".back", ".pane"))
    ]
    hints.sort(key=lambda hint: (hint.room in LAST, hint.id != CHOOSING))
    keys = [
        Command(hint.words, hint.keys, partial(app.run_action, hint.action, hint.node))
        for hint in hints
    ]
    under_way = bool(getattr(screen, "leaving_question", ""))
    if under_way:  # a session goes on as it was begun
        return [*keys, *_themes(app)]
    routines = [
        Command(f"Play {one.name}", "", partial(app.post_message, messages.PlayRoutine(one)))
        for one in services.catalog.routines.values()
    ]
    own = _own(services, app) if len(app.screen_stack) == 1 else ()
    settings = _settings(services, app)
    return [*keys, *own, *settings, *_themes(app), *routines]


def _own(services: Services, app: App[Any]) -> Iterator[Command]:
    """What can be done about each of the user's own routines, wherever the cursor is."""
    for one in services.routines.all().values():
        for verb, request in (
            ("Edit", messages.EditRoutine),
            ("Rename", messages.RenameRoutine),
            ("Delete", messages.DeleteRoutine),
        ):
            yield Command(f"{verb} {one.name}", "", partial(app.post_message, request(one)))


def _settings(services: Services, app: App[Any]) -> Iterator[Command]:
    """What of the config file is changed now and then."""
    now = services.settings
    for name, label in (("sound", "Sound"), ("flash", "Flash"), ("notify", "Notifications")):
        value = not getattr(now, name)
        yield _setting(app, name, value, label, "on" if value else "off")
    for dose in Amount:
        if dose is not now.dose:
            yield _setting(app, "dose", dose, "Dose", dose.value)
    for style in STYLES[:2] if now.ascii else STYLES:
        if style != now.figure_style:
            yield _setting(app, "figure_style", style, "Figure", style)
    yield Command("Time zone", "", partial(_zone, services, app))


def _themes(app: App[Any]) -> Iterator[Command]:
    """Every theme once; ours is taken in the colors that the terminal has, if any are wanted."""
    if getattr(app, "colorless", False):
        return
    fitted = {one.name for one in (theme.DARK_256, theme.LIGHT_256)}
    for name in sorted(
        set(app.available_themes) - fitted, key=lambda one: (one[:7] != "stretch", one)
    ):
        yield _setting(app, "theme", name, "Theme", name)


def _setting(app: App[Any], name: str, value: object, label: str, words: str) -> Command:
    def said(settings: Settings) -> str:
        found = getattr(settings, name)
        return f"{label}: {({True: 'on', False: 'off'}).get(found, found)}"

    keep = messages.KeepSetting(name, value, said)
    return Command(f"{label} {words}", "", partial(app.post_message, keep))


def _zone(services: Services, app: App[Any]) -> None:
    """Ask for it; most who look for it are on a server that runs on UTC."""
    from stretch_tui.ui.history.zone_choice import choose_zone

    choose_zone(app, services)
