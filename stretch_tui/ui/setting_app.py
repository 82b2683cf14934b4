"""The app as the one that keeps settings: in the config file, and told to every screen."""

from __future__ import annotations

from dataclasses import replace
from enum import Enum
from typing import TYPE_CHECKING, Any

from stretch_tui.core.errors import StoreError
from stretch_tui.ui import messages, theme
from stretch_tui.ui.recording_app import RecordingApp

if TYPE_CHECKING:
    from stretch_tui.core.log.logbook import Logbook

SAID_SECONDS = 6
"""How long it stays in sight what a setting is now."""


class SettingApp(RecordingApp, inherit_bindings=False):
    """Takes over a setting that somebody chose, at once and for later; undo takes it back."""

    def on_keep_setting(self, message: messages.KeepSetting) -> None:
        """Go on with another setting, and write it into the config file."""
        name, said = message.name, message.said
        before = getattr(self._services.settings, name)
        if before == message.value:
            if said is not None:
                self.notify(said(self._services.settings), timeout=SAID_SECONDS)
            return

        def kept(log: Logbook) -> None:
            del log
            self._keep(name, message.value, said)

        def take_back() -> str:
            self.call_later(self._go_on_with, name, before)
            self._keep(name, before, said)
            return ""

        self._go_on_with(name, message.value)
        undone = take_back if said is not None else None
        self.on_remember(messages.Remember(kept, take_back=undone))

    def _keep(self, name: str, value: Any, said: messages.Said | None) -> None:
        """Called on a thread: write the setting; say what it is now, or why only until the end."""
        settings = replace(self._services.settings, **{name: value})
        words = said(settings) if said is not None else ""
        plain = value.value if isinstance(value, Enum) else value
        try:
            if self._services.keep_setting is not None:
                self._services.keep_setting(name, plain)
        except StoreError as error:
            words = f"{plain} until you quit: {error}"
        if words:
            self.call_later(self.notify, words, timeout=SAID_SECONDS)

    def _go_on_with(self, name: str, value: Any) -> None:
        """Let every screen go on with a setting; a theme is shown in the colors there are."""
        settings = replace(self._services.settings, **{name: value})
        self._services = replace(self._services, settings=settings)
        if name == "theme" and not self.colorless:
            self.theme = theme.fitting(value, self.console.color_system)
        for screen in self.screen_stack:
            screen.post_message(messages.SettingsChanged(self._services))
