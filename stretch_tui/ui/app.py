"""The app: opens screens, and keeps what belongs to every screen."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding, BindingType

from stretch_tui.core.errors import StoreError
from stretch_tui.ui import messages, theme
from stretch_tui.ui.keymap import Keymap
from stretch_tui.ui.services import Opening, Services
from stretch_tui.ui.widgets.item_list import ItemList
from stretch_tui.ui.writer import Job
from stretch_tui.ui.zoned_app import ZonedApp

if TYPE_CHECKING:
    from textual.dom import DOMNode
    from textual.screen import Screen

    from stretch_tui.core.content.routine import Routine
    from stretch_tui.core.log.logbook import Logbook
    from stretch_tui.core.session.checkpoint import Checkpoint

RED_FLAGS_SEEN = "red-flags"
"""The mark in the log that the red flags were shown."""


class StretchApp(ZonedApp, inherit_bindings=False):
    """Stretches, routines, sessions and progress, full screen."""

    TITLE = "stretch-tui"
    ENABLE_COMMAND_PALETTE = False
    CSS = """
    Screen.-sized.-too-narrow > *, Screen.-sized.-too-flat > * { display: none !important; }
    Screen.-sized.-too-narrow > SizeNote, Screen.-sized.-too-flat > SizeNote {
        display: block !important;
    }
    """ + theme.sheet("browse.tcss")  # the first screen's: with the app's own it is parsed once
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark,shift+slash,f1", "help", "Help", id="app.help"),
        Binding("colon,ctrl+p", "commands", "Commands", id="app.commands"),
        Binding("u", "undo", "Undo", id="app.undo"),
        Binding("q", "back", "Back, quit", id="app.back"),
        Binding("ctrl+q,ctrl+c", "quit", "Quit", id="app.quit", priority=True),
        Binding("ctrl+l", "redraw", "Redraw the screen", id="app.redraw"),
        Binding("ctrl+z", "suspend_process", "To the shell, fg comes back", id="app.suspend"),
    ]

    def __init__(
        self,
        services: Services,
        *,
        start: Routine | None = None,
        resume: Checkpoint | None = None,
        environ: Mapping[str, str] = os.environ,
        opening: Opening | None = None,
    ) -> None:
        """`start` is played or `resume` gone on with at once.

        `environ` describes the terminal, `opening` what it shows already.
        """
        super().__init__(services, environ, opening)
        self._start = start
        self._resume = resume
        self._keys = Keymap(services.settings.keys)

    def get_default_screen(self) -> Screen[Any]:
        """The first screen, instead of an empty one below it."""
        from stretch_tui.ui.screens.browse import BrowseScreen

        patient = self.opening is not None
        return self.sized(BrowseScreen(self._services, patient=patient))

    def on_mount(self) -> None:
        """Open the session that was asked for."""
        self.set_keymap(self._keys.wanted)
        if self._start is not None:
            self._begin(self._start)
        elif self._resume is not None:
            self.post_message(messages.ResumeSession(self._resume))
        self.call_after_refresh(self._after_first_frame)

    def _begin(self, routine: Routine) -> None:
        """Play a routine at once, unless the person would rather go on where they left."""
        from stretch_tui.ui.browsing.looking import left_session

        play, left = messages.PlayRoutine(routine), left_session(self._services)
        if left is None:
            self.post_message(play)
            return
        from stretch_tui.ui.dialogs.questions import Confirm

        def answered(go_on: bool | None) -> None:
            self.post_message(messages.ResumeSession(left.checkpoint) if go_on else play)

        words = f"{left.checkpoint.run.routine.name} was left half way. {' '.join(left.lines)}"
        anew = f"play {routine.name}"
        self.push_screen(Confirm(self._marks, words, yes="go on with it", no=anew), answered)

    def _after_first_frame(self) -> None:
        """What must not hold up the first frame."""
        gc.freeze()
        gc.enable()
        for words in self._services.notices:
            self.notify(words, severity="warning")
        self._check_keys(type(self), type(self.screen), ItemList)
        self._settle_runs()  # first, for what it could not read is told with what the log says
        self.run_worker(self._look_at_log, thread=True)
        self.run_worker(self._look_at_settings, thread=True)

    def _look_at_settings(self) -> None:
        """Called on a thread: tell what of the settings no screen knows."""
        given = self._services.settings
        if given.keys or given.theme not in self.available_themes:
            from stretch_tui.ui.settings_check import wrong_choices

            with suppress(RuntimeError):  # the loop has ended meanwhile
                for _, problem, hint in wrong_choices(given):
                    said = f"{problem} ({hint})" if hint else problem
                    self.call_later(self.notify, said, severity="warning")

    # -- requests of the screens -----------------------------------------------------------

    def on_play_routine(self, message: messages.PlayRoutine) -> None:
        """Open the player, after the red flags if they were never shown."""
        from stretch_tui.ui.screens.player import PlayerScreen

        def play() -> None:
            routine, step = message.routine, message.from_step
            self._session(PlayerScreen(self._services, routine, from_step=step))

        self._after_red_flags(play)

    def on_resume_session(self, message: messages.ResumeSession) -> None:
        """Go on with a session that was interrupted."""
        from stretch_tui.ui.screens.player import PlayerScreen

        left = message.checkpoint
        self._session(PlayerScreen(self._services, left.run.routine, resume=left))

    def _session(self, screen: Screen[Any]) -> None:
        """Open a session; while it lasts, somebody has to see what is drawn."""
        if self._guard is not None:
            self._guard.watch_output(self._on_stall)
        self.push_screen(screen, lambda _: self._session_over())
        self._check_keys(type(screen))

    def _on_stall(self, seconds: float) -> None:
        """Tell a session that nobody has seen it for so many seconds; on the signals' thread."""
        for screen in self.screen_stack:
            stalled = getattr(screen, "output_stalled", None)
            if stalled is not None:
                self.call_later(stalled, seconds)

    def _session_over(self) -> None:
        if self._guard is not None:
            self._guard.watch_output(None)
        self.run_worker(self._ask_zone, thread=True)

    def on_end_session(self, message: messages.EndSession) -> None:
        """Put what was done of an interrupted session into the log."""
        from stretch_tui.core.session.checkpoint import end_left, worth_keeping

        runs, uid = self._services.runs, message.checkpoint.uid

        def write(log: Logbook) -> str:
            session = end_left(runs, uid)
            if session is None:
                return "Another window is playing it."
            done = worth_keeping(session)
            if done:
                log.add(session)
            runs.discard(uid)
            said = "is in the log as far as it went" if done else "is let go: nothing was done"
            return f"{session.title} {said}"

        self._submit(Job(write))

    def on_edit_routine(self, message: messages.EditRoutine) -> None:
        """Open the builder."""
        from stretch_tui.ui.screens.builder import BuilderScreen

        self.push_screen(self.sized(BuilderScreen(self._services, message.routine, message.add)))
        self._check_keys(BuilderScreen)

    def on_rename_routine(self, message: messages.RenameRoutine) -> None:
        """Ask what one of the user's own routines is to be called."""
        from stretch_tui.ui.building.own_routines import rename

        rename(self, self._services.routines, self._marks, message.routine)

    def on_delete_routine(self, message: messages.DeleteRoutine) -> None:
        """Ask whether one of the user's own routines is to be deleted."""
        from stretch_tui.ui.building.own_routines import delete

        delete(self, self._services.routines, self._marks, message.routine)

    def on_make_routine(self) -> None:
        """Ask what the routine is to be like, and offer one."""
        from stretch_tui.ui.building.make_dialog import MakeDialog

        self.push_screen(MakeDialog(self._services))

    def on_show_progress(self) -> None:
        """Open history and streak."""
        from stretch_tui.ui.screens.progress import ProgressScreen

        self.push_screen(self.sized(ProgressScreen(self._services)))
        self._check_keys(ProgressScreen)

    def on_add_to_routine(self, message: messages.AddToRoutine) -> None:
        """Ask which routine the stretch is to join; a new one opens the builder."""
        from stretch_tui.core.content.routine import Step
        from stretch_tui.ui.building.adding import add_to_routine

        add_to_routine(self, self._services.routines, self._marks, Step(message.stretch))

    # -- keys of every screen --------------------------------------------------------------

    def action_help(self) -> None:
        """Explain the screen in front, in place."""
        from stretch_tui.ui.dialogs.help import HelpScreen

        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen(self._marks, self.screen))

    async def action_commands(self) -> None:
        """Everything that can be done from here, to be searched."""
        from stretch_tui.ui.commands import commands
        from stretch_tui.ui.dialogs.choosing import Choose

        if isinstance(self.screen, Choose):
            return
        found = commands(self.screen, self._services, self)

        def chosen(number: int | None) -> None:
            if number is not None:
                self.call_later(found[number].run)

        names = [(one.name, one.keys) for one in found]
        await self.push_screen(Choose(self._marks, "Commands", names, filtered=True), chosen)

    async def action_back(self) -> None:
        """Leave the screen in front; leave the app from the first one."""
        if len(self.screen_stack) > 1:
            self.screen.dismiss()
        else:
            await self.action_quit()

    async def action_quit(self) -> None:
        """Leave, asking first when a session is under way."""
        question = next(
            filter(None, (getattr(one, "leaving_question", "") for one in self.screen_stack)), ""
        )
        if not question:
            await self._quit()
            return
        from stretch_tui.ui.dialogs.questions import Confirm

        def answered(leave: bool | None) -> None:
            if leave:
                self.run_worker(self._quit())

        if not isinstance(self.screen, Confirm):
            self.push_screen(Confirm(self._marks, question, yes="quit", no="stay"), answered)

    def _after_red_flags(self, go_on: Callable[[], object]) -> None:
        """Show the red flags once before the first session, then go on."""
        from stretch_tui.ui.dialogs.questions import RedFlags

        try:
            known = RED_FLAGS_SEEN in self._services.logbook.seen()
        except StoreError:
            known = True  # the log's trouble is told elsewhere, and keeps nobody from playing
        if known:
            go_on()
            return

        def answered(fine: bool | None) -> None:
            if fine:
                about = "that you read when not to stretch"
                self._submit(Job(lambda log: log.mark_seen(RED_FLAGS_SEEN), about=about))
                go_on()

        self.push_screen(RedFlags(self._marks), answered)

    def _check_keys(self, *owners: type[DOMNode]) -> None:
        """Tell which keys of the settings are already taken on these screens."""
        for owner in owners:
            for words in self._keys.clashes(owner.BINDINGS):
                self.notify(words, severity="warning")
