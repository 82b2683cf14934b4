"""A session's end on screen: kept, looked back on, asked about, and taken back if it hurt."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from stretch_tui.core.log.logbook import Logbook
from stretch_tui.ui.messages import Remember
from stretch_tui.ui.session.player_keys import END_HINTS, HURT_HINTS
from stretch_tui.ui.session.session_end import SessionEnd
from stretch_tui.ui.session.session_screen import SessionScreen
from stretch_tui.ui.widgets.bars import KeyHints
from stretch_tui.ui.widgets.finish_pane import FinishPane
from stretch_tui.ui.widgets.key_names import first_keys

if TYPE_CHECKING:
    from stretch_tui.ui.session.live_run import LiveRun


class EndingScreen(SessionScreen):
    """Brings a session to its end; one that hurt is logged when it is left, not before.

    Until then its run file holds it durably, so that going on after all changes one file and
    leaves no trace in the log.
    """

    _end: SessionEnd | None = None

    @property
    def closed(self) -> bool:
        """Whether the session is over."""
        return self._end is not None

    @property
    def at_the_end(self) -> bool:
        """Whether the end is in sight: until then no key leaves the screen."""
        return self.has_class("-over")

    async def _close(self, live: LiveRun) -> None:
        """Keep the session, ask for it to be logged, and show what was done."""
        self._terminal.clear()
        end = SessionEnd(self._services, live, await live.finish())
        if not end.worth_showing:
            await live.discard()
            self._leave_with("Nothing was done, so nothing is logged.")
            return
        self._end = end
        if not end.open:
            self._log(end)
        await asyncio.to_thread(end.look_back)
        if not self.is_attached:
            return
        self.remove_class("-reading")
        self.add_class("-over")
        self.refresh_bindings()
        self.query_one("#hints", KeyHints).show(HURT_HINTS if end.open else END_HINTS)
        self._show_end()

    def _log(self, end: SessionEnd) -> None:
        """Ask the app for it: the screen may be gone by the time it is written."""
        app = self.app

        def write(log: Logbook) -> None:
            end.write(log)
            with suppress(RuntimeError):  # the app may be gone too
                app.call_later(self._show_end)

        app.post_message(Remember(write, about=f"the session {end.session.title}"))

    def _show_end(self) -> None:
        if self._end is not None:
            keys = {
                one: hint.keys for one, hint in first_keys(self.active_bindings.values()).items()
            }
            for pane in self.query(FinishPane):  # none when the screen has been left meanwhile
                pane.show(self._end.ended(self._marks, keys))

    def left_to_write(self) -> Callable[[Logbook], None] | None:
        """What the log still has to get when the app is left from here."""
        end = self._end
        if end is None or not end.open:
            return None
        end.settle()
        return end.write

    def action_leave(self) -> None:
        """Leave the end, once it has been in sight: a key typed before that was for the session."""
        if self._end is not None and self.at_the_end:
            if self._end.open:
                self._end.settle()
                self._log(self._end)
            self.dismiss()

    async def action_reopen(self) -> None:
        """Go on where the session was: it was ended too soon."""
        live, end = self._live, self._end
        if live is None or end is None or not self.at_the_end:
            return
        async with self._turn:
            end.drop()
            self._end = None
            live.player.reopen()
            await live.keep()
            self.remove_class("-over")
            self.refresh_bindings()
            self._hints = ()
        await self.look()
        self.call_after_refresh(self._relaid)  # the figure has its room again only then

    def action_leave_out(self) -> None:
        """Leave the stretch that hurt out of what is suggested from now on, or no longer."""
        end = self._end
        if end is not None:
            stretch, out = end.hurt.id, not end.left_out
            end.left_out = out
            about = f"leaving {end.hurt.name} out"
            self.post_message(Remember(lambda log: log.set_banned(stretch, out), about=about))
            names = {"player.leave-out": "Suggest again"} if out else {}
            self.query_one("#hints", KeyHints).show(HURT_HINTS, names)
            self._show_end()
