"""The app as the one that writes to the log: off the event loop, told, undone, waited for."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from textual.timer import Timer

from stretch_tui.core.errors import NOT_SAVED, StoreError
from stretch_tui.ui import messages
from stretch_tui.ui.services import Opening, Services
from stretch_tui.ui.terminal.terminal_app import TerminalApp
from stretch_tui.ui.widgets.bars import KeyHints
from stretch_tui.ui.writer import Job, Outcome, Writer

if TYPE_CHECKING:
    from stretch_tui.core.log.logbook import Logbook

NOTICE_SECONDS = 20.0
"""How long something about the log itself stays in sight."""
WAITING_SECONDS = 7.0
"""How long it stays in sight who is waited for."""
RETRY_SECONDS = 5.0
"""How long after a change could not be saved it is tried again."""
SETTLE_SECONDS = 5.0
"""How long leaving waits for what is being saved."""


class RecordingApp(TerminalApp, inherit_bindings=False):
    """Writes what the screens ask it to remember, and says how that went."""

    def __init__(
        self,
        services: Services,
        environ: Mapping[str, str] = os.environ,
        opening: Opening | None = None,
    ) -> None:
        """`environ` describes the terminal, `opening` what it shows already."""
        super().__init__(services, environ, opening)
        self._writer = Writer(services.logbook, self._told)
        services.logbook.listen(self._hear)
        self._retry: Timer | None = None
        self._undoing: list[tuple[int, Callable[[], str]]] = []
        self._noticed: set[str] = set()

    def run(self, *args: Any, **kwargs: Any) -> None:
        """Run until it is left, and see that nothing unsaved is dropped."""
        super().run(*args, **kwargs)
        if self._services.lengths is not None:
            self._services.lengths.keep()
        if self._writer.close(SETTLE_SECONDS):
            self._return_code = self._return_code or 1

    def on_remember(self, message: messages.Remember) -> None:
        """Write to the log, off the event loop."""
        take_back = message.take_back

        def write(log: Logbook) -> object:
            words = message.write(log)
            if take_back is not None:
                self._undoing.append((_last_change(log), take_back))
            return words

        self._submit(Job(write, message.said, message.about))

    def action_undo(self) -> None:
        """Undo the newest change, be it of the log, of a routine's file or of a setting."""
        self._submit(Job(self._undo))

    def _undo(self, log: Logbook) -> str:
        """Called on the writer's thread: take the newest change back, and say which it was.

        Of files and settings the log knows nothing: each remembers how far the log was then.
        """
        if self._undoing and _last_change(log) <= self._undoing[-1][0]:
            _, take_back = self._undoing.pop()
            try:
                return take_back()
            except StoreError as problem:  # trying again would hold up what comes after it
                return str(problem)
        return log.undo() or "Nothing to undo"

    def _submit(self, job: Job) -> None:
        self._writer.submit(job)

    def _hear(self, words: str) -> None:
        """Called on the writer's thread: somebody else is writing, and it takes a while."""
        if self.is_running:
            with suppress(RuntimeError):  # the loop has ended meanwhile
                said = f"{words[:1].upper()}{words[1:]}"
                self.call_later(self.notify, said, severity="warning", timeout=WAITING_SECONDS)

    def _told(self, outcome: Outcome) -> None:
        """Called on the writer's thread: show how it went."""
        if outcome.saved:
            self._date_goal()
        if self.is_running:
            with suppress(RuntimeError):  # the loop has ended meanwhile
                # By message, not by the loop: timers started there must know whose they are.
                self.call_later(self._show_outcome, outcome)
                self._tell_notices()

    def _date_goal(self) -> bool:
        """Called on a thread: see that the log knows the goal of the config file."""
        from stretch_tui.core.log.days import today
        from stretch_tui.core.log.goal_changes import keep_config_goal

        given = self._services
        day = today(given.now(), given.settings)
        try:
            return keep_config_goal(given.logbook, given.settings, day)
        except StoreError:
            return False  # told by whatever else is written; the next change tries again

    def _look_at_log(self) -> None:
        """Called on a thread at the start: tell what the log says, date a goal that was edited."""
        self._tell_notices()
        if self._date_goal():
            self._told(Outcome(saved=1))

    def _tell_notices(self) -> None:
        """Called on a thread: what the log and the run files say about themselves, each once."""
        try:
            found = self._services.logbook.notices()
        except StoreError as problem:
            found = (str(problem),)
        with suppress(RuntimeError):  # the loop has ended meanwhile
            for words in (*found, *self._services.runs.notices()):
                if words not in self._noticed:
                    self._noticed.add(words)
                    self.call_later(self.notify, words, severity="warning", timeout=NOTICE_SECONDS)

    def _show_outcome(self, outcome: Outcome) -> None:
        for words in outcome.said:
            self.notify(words, timeout=4)
        if outcome.fault:
            words = f"One change was lost by a fault of ours: {outcome.fault}"
            self.notify(words, severity="warning", timeout=NOTICE_SECONDS)
        if outcome.problem:
            if self._retry is not None:
                self._retry.stop()  # one that waits is enough, however many changes failed
            self._retry = self.set_timer(RETRY_SECONDS, self._writer.retry)
        for screen in self.screen_stack:
            for hints in screen.query(KeyHints):
                hints.warn(outcome.problem.removeprefix(NOT_SAVED))
            if outcome.saved:
                screen.post_message(messages.LogChanged())

    def _settle_runs(self) -> None:
        """Put sessions into the log that never got there."""
        runs, now = self._services.runs, self._services.now()
        if runs.unsaved() or runs.resumable():
            from stretch_tui.core.session.checkpoint import settle

            self._writer.submit(Job(lambda log: _settled(settle(runs, log, now))))

    async def _quit(self) -> None:
        """Wait for what is being saved, and leave; say so when something could not be."""
        keep = getattr(self.screen, "keep_first_frame", None)
        if keep is not None:
            keep()
        for screen in self.screen_stack:
            write = getattr(screen, "left_to_write", lambda: None)()
            if write is not None:
                self._writer.submit(Job(write, about="a session"))
        if await asyncio.to_thread(self._writer.settle, SETTLE_SECONDS):
            words = f"stretch-tui: {self._writer.unsaved()}"
            if self._services.runs.unsaved():
                words += "\nThe session is kept beside the log, which gets it at the next start."
            self.exit(return_code=1, message=words)
        else:
            self.exit()


def _last_change(log: Logbook) -> int:
    """How far the log is; one that cannot be read keeps nobody from undoing something else."""
    try:
        return log.last_change()
    except StoreError:
        return 0


def _settled(number: int) -> str:
    """What to say of sessions that had not reached the log."""
    return (
        f"{number} sessions from before are now in the log"
        if number > 1
        else ("A session from before is now in the log" if number else "")
    )
