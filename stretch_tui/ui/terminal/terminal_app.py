"""The app as a program on a terminal: what it can show, signals, bytes, faults."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from textual._compositor import CompositorUpdate
from textual.css.query import NoMatches

from stretch_tui.ui import theme
from stretch_tui.ui.marks import marks
from stretch_tui.ui.services import Opening, Services
from stretch_tui.ui.terminal.environment import Surroundings
from stretch_tui.ui.terminal.key_order import OrderedKeys
from stretch_tui.ui.terminal.shadow import Shadow
from stretch_tui.ui.widgets.bars import KeyHints
from stretch_tui.ui.widgets.drawn import harmless

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from rich.console import RenderableType
    from textual.driver import Driver
    from textual.screen import Screen

    from stretch_tui.ui.terminal.signals import Guard

REMOTE_FPS = 4
"""Frames a second of a figure that is seen over a network."""


class TerminalApp(OrderedKeys, inherit_bindings=False):
    """Fits the services to the terminal, and the output to the line that leads there."""

    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 - Textual's own type
        (0, "-too-narrow"),
        (40, "-narrow"),
        (76, "-medium"),
        (100, "-wide"),
    ]
    VERTICAL_BREAKPOINTS = [  # noqa: RUF012 - Textual's own type
        (0, "-too-flat"),
        (12, "-tight"),
        (20, "-low"),
        (30, "-tall"),
    ]

    def __init__(
        self,
        services: Services,
        environ: Mapping[str, str] = os.environ,
        opening: Opening | None = None,
    ) -> None:
        """`environ` tells what the terminal can do, `opening` what it shows already."""
        around = Surroundings.of(environ)
        super().__init__(driver_class=_driver(), ansi_color=True if around.colorless else None)
        self.colorless = around.colorless
        """Whether the user asked for no color at all."""
        self._services = _fitted(services, around)
        self._marks = marks(self._services.settings.ascii)
        self._shadow = Shadow()
        self._guard: Guard | None = None
        self.opening = opening
        """What the terminal shows until the app has taken it over; None from then on."""
        for one in theme.THEMES:
            self.register_theme(one)
        wanted = "ansi-dark" if around.colorless else services.settings.theme
        known = wanted if wanted in self.available_themes else theme.DARK.name
        self.theme = theme.fitting(known, self.console.color_system)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our own variables, for themes that don't bring them."""
        return theme.variables_of(self.current_theme)

    def sized(self, screen: Screen[Any]) -> Screen[Any]:
        """The screen with the classes that its breakpoints will give it: it is styled once."""
        columns, rows = self.size
        screen.add_class(
            _reached(columns, screen.HORIZONTAL_BREAKPOINTS or self.HORIZONTAL_BREAKPOINTS),
            _reached(rows, screen.VERTICAL_BREAKPOINTS or self.VERTICAL_BREAKPOINTS),
        )
        return screen

    def run(self, *args: Any, **kwargs: Any) -> None:
        """Run until it is left; a signal ends it in good order."""
        with self._guarded() as self._guard:
            super().run(*args, **kwargs)

    def _guarded(self) -> AbstractContextManager[Guard | None]:
        if sys.platform == "win32":
            return nullcontext()
        from stretch_tui.ui.terminal.signals import guarded

        return guarded(
            self._services.runs.flush,
            self._leave,
            stalled_seconds=self._stalled_seconds,
            attributes=self.opening.attributes if self.opening is not None else None,
        )

    def take_over(self) -> None:
        """The driver has the terminal now: send nothing again that it shows already."""
        if self.opening is not None:
            self._shadow.seed(*self.opening.take_over())
            self.opening = None

    def _leave(self, code: int) -> None:
        """Leave with a code; called on the signals' thread."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(lambda: self.exit(return_code=code))

    def _stalled_seconds(self) -> float:
        """For how long the terminal has taken no output."""
        return float(getattr(self._driver, "stalled_seconds", lambda: 0.0)())

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: Any = "information",
        timeout: float | None = None,
        markup: bool = False,
    ) -> None:
        """Say something in the line of hints; where there is none, in a toast. Never markup."""
        del markup
        words = harmless(message)
        try:
            hints = self.screen.query_one(KeyHints)
        except NoMatches:
            super().notify(words, title=title, severity=severity, timeout=timeout, markup=False)
            return
        ink = "strong" if severity == "information" else "warning"
        hints.say(words, ink=ink, seconds=timeout or (4.0 if ink == "strong" else 8.0))

    def action_redraw(self) -> None:
        """Draw every cell anew: another program may have written over them."""
        self._shadow.forget()
        self.refresh()

    def on_mount(self) -> None:
        """Draw all of it again after a suspension."""
        self.app_resume_signal.subscribe(self, lambda _: self.action_redraw())

    def on_resize(self) -> None:
        """What the terminal makes of its cells when its size changes cannot be known."""
        if getattr(self._driver, "resized", True):  # at the start it is told without a change
            self.action_redraw()

    def on_app_focus(self) -> None:
        """Another program may have drawn while the terminal was out of sight."""
        self._shadow.forget()

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        """Send an update of the screen, thinned out to the cells that differ."""
        if isinstance(renderable, CompositorUpdate) and not self.is_headless:
            renderable = self._shadow.wrap(renderable, self.size)
        super()._display(screen, renderable)

    def _fatal_error(self) -> None:
        """End after a fault of ours: a short message, and a report without anyone's words."""
        error = sys.exc_info()[1]
        if error is None:
            super()._fatal_error()
            return
        from rich.text import Text

        from stretch_tui.ui.terminal.crash import report_of

        keep = self._services.keep_report
        kept = keep(report_of(error)) if keep is not None else ""
        where = f"; the report is in {kept}" if kept else f": {type(error).__name__}"
        self._exit_renderables.append(Text(f"stretch-tui: this is a fault of ours{where}"))
        self._close_messages_no_wait()


def _reached(length: int, breakpoints: list[tuple[int, str]]) -> str:
    return max(pair for pair in breakpoints if length >= pair[0])[1]


def _fitted(services: Services, around: Surroundings) -> Services:
    """The services with settings that this terminal can show."""
    settings = services.settings
    if around.ascii and not settings.ascii:
        settings = replace(settings, ascii=True)
    fps = min(REMOTE_FPS, services.figure_fps) if around.remote else services.figure_fps
    return replace(services, settings=settings, figure_fps=fps)


def _driver() -> type[Driver] | None:
    """Our driver where it can work; None takes Textual's."""
    if sys.platform == "win32":
        return None
    from stretch_tui.ui.terminal.driver import StretchDriver

    return StretchDriver
