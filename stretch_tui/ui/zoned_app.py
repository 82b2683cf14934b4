"""The app as the one that asks, once, where the user lives: by whose clock days are counted."""

from __future__ import annotations

from contextlib import suppress

from stretch_tui.core.errors import StoreError
from stretch_tui.ui.recording_app import NOTICE_SECONDS
from stretch_tui.ui.setting_app import SettingApp

ZONE_ASKED = "time-zone"
"""The mark in the log that a user of a machine on UTC was told of it."""
ZONE_WORDS = "This machine counts days in UTC. Elsewhere? p, then z, sets your time zone"


class ZonedApp(SettingApp, inherit_bindings=False):
    """Asks once where the user lives."""

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
