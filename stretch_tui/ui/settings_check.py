"""What of the settings only the screens can judge: ids of actions, names of keys and themes."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pkgutil import walk_packages

from textual.binding import Binding
from textual.theme import BUILTIN_THEMES

from stretch_tui import ui
from stretch_tui.core.problems import did_you_mean
from stretch_tui.core.settings import Settings
from stretch_tui.ui import theme
from stretch_tui.ui.keymap import wrong_keys

THEMES = (*(one.name for one in theme.THEMES), *BUILTIN_THEMES)
"""Every theme that the palette offers."""


def wrong_choices(settings: Settings) -> Iterator[tuple[str, str, str]]:
    """What is wrong: the setting, with an id after a dot, then in words, and a hint or nothing.

    Where keys were set, every screen is loaded to gather the ids: no matter for a first frame.
    """
    if settings.theme not in THEMES:
        yield (
            "theme",
            f"no theme is called {settings.theme!r}",
            did_you_mean(settings.theme, THEMES),
        )
    known = binding_ids() if settings.keys else frozenset()
    for binding_id, wanted in settings.keys.items():
        problem, hint = wrong_keys(wanted)
        if binding_id not in known:
            problem = "no action has this id"
            hint = did_you_mean(binding_id, known) or "the help of each screen ends with its ids"
        if problem:
            yield f"keys.{binding_id}", f"[keys] {binding_id}: {problem}", hint


def binding_ids() -> frozenset[str]:
    """The ids of all actions, wherever in this room they are bound."""
    return frozenset(
        binding.id
        for owner in _classes()
        for binding in vars(owner).get("BINDINGS", ())
        if isinstance(binding, Binding) and binding.id
    )


def _classes() -> Iterator[type]:
    """All that the room defines; what is about the terminal binds nothing, and is not for all."""
    for found in walk_packages(ui.__path__, f"{ui.__name__}."):
        if not found.name.startswith(f"{ui.__name__}.terminal"):
            module = import_module(found.name)
            yield from (one for one in vars(module).values() if isinstance(one, type))
