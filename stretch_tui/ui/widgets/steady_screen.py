"""A screen that stays as it is when another part of it takes the keys."""

from __future__ import annotations

from textual.reactive import Reactive
from textual.screen import Screen
from textual.widget import Widget


class SteadyScreen(Screen[None]):
    """Repaints what a change of focus changes, and no more."""

    focused = Reactive[Widget | None](None, repaint=False)
    """Textual's own, but that all of the screen is not painted anew for it."""
