"""The app: opens screens, writes to the log, and keeps what belongs to every screen."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, ClassVar

from textual._compositor import CompositorUpdate
from textual.app import App
from textual.binding import Binding, BindingType

from stretch_tui.core.routine import Routine
from stretch_tui.ui import messages, theme
from stretch_tui.ui.services import Services
from stretch_tui.ui.shadow import Shadow
from stretch_tui.ui.writer import Job, Outcome, Writer

if TYPE_CHECKING:
    from rich.console import RenderableType
    from textual.driver import Driver
    from textual.screen import Screen


class StretchApp(App[None], inherit_bindings=False):
    """Stretches, routines, sessions and progress, full screen."""

    TITLE = "stretch-tui"
    HORIZONTAL_BREAKPOINTS: ClassVar[list[tuple[int, str]] | None] = [
        (0, "-narrow"),
        (80, "-medium"),
        (100, "-wide"),
    ]
    VERTICAL_BREAKPOINTS: ClassVar[list[tuple[int, str]] | None] = [
        (0, "-tight"),
        (20, "-low"),
        (30, "-tall"),
    ]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark,shift+slash,f1", "help", "Help", id="app.help"),
        Binding("ctrl+p,colon", "command_palette", "Commands", id="app.commands"),
        Binding("u", "undo", "Undo", id="app.undo"),
        Binding("q,ctrl+q,ctrl+c", "quit", "Quit", id="app.quit"),
        Binding("ctrl+z", "suspend_process", "To the shell", id="app.suspend"),
    ]

    def __init__(self, services: Services, *, start: Routine | None = None) -> None:
        super().__init__(driver_class=_driver())
        self._services = services
        self._shadow = Shadow()
        self._start = start
        self._writer = Writer(services.logbook, self._told)
        for one in theme.THEMES:
            self.register_theme(one)
        wanted = services.settings.theme
        self.theme = wanted if wanted in self.available_themes else theme.DARK.name

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our own variables, for themes that don't bring them."""
        return theme.variables_of(self.current_theme)

    def on_mount(self) -> None:
        """Open the first screen, and the session that was asked for."""
        from stretch_tui.ui.screens.browse import BrowseScreen

        self.push_screen(BrowseScreen(self._services))
        if self._start is not None:
            self.post_message(messages.PlayRoutine(self._start))

    def on_play_routine(self, message: messages.PlayRoutine) -> None:
        """Open the player."""
        from stretch_tui.ui.screens.player import PlayerScreen

        self.push_screen(
            PlayerScreen(
                self._services,
                message.routine,
                from_step=message.from_step,
                amount=message.amount,
            )
        )

    def on_edit_routine(self, message: messages.EditRoutine) -> None:
        """Open the builder."""
        from stretch_tui.ui.screens.builder import BuilderScreen

        self.push_screen(BuilderScreen(self._services, message.routine))

    def on_show_progress(self) -> None:
        """Open history and streak."""
        from stretch_tui.ui.screens.progress import ProgressScreen

        self.push_screen(ProgressScreen(self._services))

    def on_remember(self, message: messages.Remember) -> None:
        """Write to the log, off the event loop."""
        self._writer.submit(Job(message.write, message.said))

    def action_undo(self) -> None:
        """Undo the last change of the log."""
        self._writer.submit(Job(lambda log: log.undo() or "Nothing to undo."))

    def _told(self, outcome: Outcome) -> None:
        """Called on the writer's thread: show how it went."""
        self.call_from_thread(self._show_outcome, outcome)

    def _show_outcome(self, outcome: Outcome) -> None:
        for words in outcome.said:
            self.notify(words, timeout=3, markup=False)
        if outcome.saved:
            for screen in self.screen_stack:
                screen.post_message(messages.LogChanged())

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        """Send an update of the screen, thinned out to the cells that differ."""
        if isinstance(renderable, CompositorUpdate) and not self.is_headless:
            renderable = self._shadow.wrap(renderable, self.size)
        super()._display(screen, renderable)


def _driver() -> type[Driver] | None:
    """Our driver where it can work; None takes Textual's."""
    if sys.platform == "win32":
        return None
    from stretch_tui.ui.driver import StretchDriver

    return StretchDriver
