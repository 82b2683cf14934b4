"""Asks where the user lives: by whose clock days are counted."""

from __future__ import annotations

from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from textual.app import App

from stretch_tui.core.log.zones import NO_ZONES, counted_words, zone_names, zone_words
from stretch_tui.ui import messages
from stretch_tui.ui.dialogs.choosing import Choose
from stretch_tui.ui.marks import marks
from stretch_tui.ui.services import Services

TITLE = "Where do you live? Days are counted by your clock"


def choose_zone(app: App[Any], services: Services) -> None:
    """Ask by whose clock days are counted; what is chosen is kept."""
    now, names = services.now(), zone_names()
    if not names:
        app.notify(NO_ZONES)
        return

    def chosen(number: int | None) -> None:
        if number is not None:
            said = partial(counted_words, now)
            app.post_message(messages.KeepSetting("zone", names[number], said))

    choices = [(zone_words(name), f"{now.astimezone(ZoneInfo(name)):%H:%M}") for name in names]
    app.push_screen(Choose(marks(services.settings.ascii), TITLE, choices, filtered=True), chosen)
