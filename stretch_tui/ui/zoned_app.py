"""The app as the one that knows where the user lives: by whose clock days are counted."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from stretch_tui.core.errors import StoreError
from stretch_tui.ui import messages
from stretch_tui.ui.recording_app import NOTICE_SECONDS, RecordingApp

ZONE_ASKED = "time-zone"
"""The mark in the log that a user of a machine on UTC was told of it."""
ZONE_WORDS = "This machine counts days in UTC. Elsewhere? p, then z, sets your time zone"


class ZonedApp(RecordingApp, inherit_bindings=False):
    """Asks once where the user lives, and tells every screen when that changes."""

    def on_set_zone(self, message: messages.SetZone) -> None:
        """Count days in another zone from now on, and write it into the config file."""
        self.run_worker(lambda: self._keep_zone(message.zone), thread=True)

    def _keep_zone(self, zone: str) -> str:
        """Called on a thread: keep the zone, and tell how days are counted now."""
        from stretch_tui.core.log.zones import counted_words

        given, problem = self._services, ""
        try:
            if given.keep_setting is not None:
                given.keep_setting("zone", zone)
        except StoreError as error:
            problem = str(error)
        settings = replace(given.settings, zone=zone)
        self._services = replace(given, settings=settings)
        self._take_back = lambda: self._keep_zone(given.settings.zone)
        words = counted_words(given.now(), settings)
        self.call_later(
            self._tell_settings, f"{zone} until you quit: {problem}" if problem else words
        )
        return ""

    def _tell_settings(self, words: str) -> None:
        self.notify(words, timeout=6)
        for screen in self.screen_stack:
            screen.post_message(messages.SettingsChanged(self._services))

    def _ask_zone(self) -> None:
        """Called on a thread: say once, after a session, that days are counted in UTC here."""
        from stretch_tui.core.log.zones import on_utc_unasked

        given, log = self._services, self._services.logbook
        with suppress(StoreError):  # told elsewhere, and asked another time
            if (
                on_utc_unasked(given.now(), given.settings)
                and log.marks()
                and ZONE_ASKED not in log.seen()
            ):
                log.mark_seen(ZONE_ASKED)
                self.call_later(self.notify, ZONE_WORDS, timeout=NOTICE_SECONDS)
