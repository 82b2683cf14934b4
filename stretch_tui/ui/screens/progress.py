"""Progress: where the streak stands, a year of days, what the body got, every session."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Horizontal
from textual.screen import Screen

from stretch_tui.core.errors import StoreError
from stretch_tui.core.log.days import today
from stretch_tui.core.log.logbook import Session
from stretch_tui.core.log.session_words import session_words
from stretch_tui.core.log.survey import Survey, survey
from stretch_tui.core.log.zones import on_utc_unasked
from stretch_tui.ui import messages
from stretch_tui.ui.history.head_lines import first_day, head
from stretch_tui.ui.history.log_desk import LogDesk
from stretch_tui.ui.history.look import Look
from stretch_tui.ui.history.pages import PAGES, panel, tab_at, tab_line
from stretch_tui.ui.history.zone_choice import choose_zone
from stretch_tui.ui.marks import marks
from stretch_tui.ui.services import Services
from stretch_tui.ui.signs_explained import progress_signs
from stretch_tui.ui.terminal.terminal_app import TerminalApp
from stretch_tui.ui.widgets.bars import KeyHints, TitleBar
from stretch_tui.ui.widgets.big_text import BigText
from stretch_tui.ui.widgets.drawn import Drawn, wrap
from stretch_tui.ui.widgets.fitted import Fitted
from stretch_tui.ui.widgets.session_list import SessionList
from stretch_tui.ui.widgets.size_note import SizeNote

if TYPE_CHECKING:
    from datetime import date

DIGIT_CELLS = 6
"""What one large digit takes, with the gap before the next."""
FIRST_FRAME_SECONDS = 0.06
"""How long the first frame waits for the log; a longer log fills in afterwards."""
HINTS = (
    *("progress.open", "progress.page", "progress.why", "progress.add"),
    *("progress.edit", "progress.delete", "progress.replay", "progress.goal"),
)
FIRST_HINTS = ("progress.add", "progress.goal", "progress.pauses")


class ProgressScreen(Screen[None]):
    """The streak on top, the picture of a year and of the body below, then every session."""

    CSS_PATH = "progress.tcss"
    HORIZONTAL_BREAKPOINTS = [*TerminalApp.HORIZONTAL_BREAKPOINTS, (120, "-broad")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [*TerminalApp.VERTICAL_BREAKPOINTS[:-1], (24, "-roomy"), (38, "-tall")]  # noqa: RUF012
    AUTO_FOCUS = "#list"

    signs_explained = staticmethod(progress_signs)

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "Open", tooltip="All about the session", id="progress.open"),
        Binding("tab", "page(1)", "Next page", id="progress.page"),
        Binding("shift+tab", "page(-1)", "Page before", show=False, id="progress.page-back"),
        Binding("w", "why", "Why", tooltip="Why the streak is so", id="progress.why"),
        Binding("a", "add", "Add", tooltip="Add a session done elsewhere", id="progress.add"),
        Binding("r", "replay", "Play it again", id="progress.replay"),
        Binding("e", "edit", "Correct", id="progress.edit"),
        Binding("d,delete", "delete", "Delete", id="progress.delete"),
        Binding("o", "goal", "Goal", tooltip="Goal: days a week", id="progress.goal"),
        Binding("v", "pauses", "Pauses", tooltip="Pauses: travel, illness", id="progress.pauses"),
        Binding("z", "zone", "Time zone", id="progress.zone"),
        Binding("escape", "app.back", "Back", show=False, id="progress.back"),
    ]

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._marks = marks(services.settings.ascii)
        self._survey: Survey | None = None
        self._problem = ""
        self._was_in_front = False
        self._page = 0
        self._serve(services)
        self._arrived = threading.Event()
        self._read()

    def compose(self) -> ComposeResult:
        """Title, head, pages, sessions, hints."""
        signs = self._marks
        yield TitleBar(signs, id="title")
        with Horizontal(id="top"):
            yield BigText(ascii_only=self._services.settings.ascii, id="number")
            yield Drawn(signs, id="head")
        yield Fitted(signs, id="tabs")
        with Container(id="pages"):
            for name in PAGES:
                yield Fitted(signs, id=name)
        yield SessionList(signs, session_words, id="list")
        yield KeyHints(signs, HINTS, id="hints")
        yield SizeNote(signs)

    def on_mount(self) -> None:
        """Show the log, at once when it is a short one."""
        self.add_class(f"-on-{PAGES[self._page]}")
        self.query_one(TitleBar).show("Progress")
        self._arrived.wait(FIRST_FRAME_SECONDS)
        self._show()

    def _serve(self, services: Services) -> None:
        """Take these settings, and this log."""
        self._services = services
        names = {item: one.name for item, one in services.shipped.stretches.items()}
        self._desk = LogDesk(self, services, names)
        self._look = Look(services.settings, self._marks, names)

    # -- reading ---------------------------------------------------------------------------

    @property
    def _today(self) -> date:
        return today(self._services.now(), self._services.settings)

    def _read(self) -> None:
        """Work the survey out on a thread, so that a long log holds up no frame."""
        self._arrived.clear()
        threading.Thread(target=self._work_out, name="progress-reader", daemon=True).start()

    def _work_out(self) -> None:
        try:
            found = survey(self._services.logbook, self._services.settings, self._today)
        except StoreError as problem:
            self._problem = str(problem)
        else:
            self._survey, self._problem = found, ""
        self._arrived.set()
        self._later(self._show)

    def _later(self, do: Callable[[], object]) -> None:
        """Do it on the screen's own thread, if the screen is still there."""
        if self.is_mounted and self.is_attached:
            self.call_later(do)

    def on_log_changed(self) -> None:
        """Show the new figures."""
        self._read()

    def on_settings_changed(self, message: messages.SettingsChanged) -> None:
        """Days may be counted by another clock now."""
        self._serve(message.services)
        self._read()

    def on_screen_resume(self) -> None:
        """A session may have been played, or a day begun, since the screen was last in front."""
        if self._was_in_front:
            self._read()
        self._was_in_front = True

    def on_resize(self) -> None:
        """Lay everything out for the new size."""
        self.call_after_refresh(self._show)
        self.call_after_refresh(self.refresh_bindings)

    def _show(self) -> None:
        """Draw what is known."""
        found = self._survey
        if not self.is_attached:
            return
        top = self.query_one("#head", Drawn)
        if self._problem or found is None:
            top.draw(
                [((line, "warning"),) for line in wrap(self._problem, max(20, top.size.width))]
            )
            return
        self.set_class(found.empty, "-first-day")
        noun = "session" if len(found.sessions) == 1 else "sessions"
        count = f"{len(found.sessions):,} {noun}" if found.sessions else "the first day"
        self.query_one(TitleBar).show("Progress", (count,))
        self.query_one(KeyHints).show(FIRST_HINTS if found.empty else HINTS)
        self._show_head(found, top)
        self._show_pages(found)
        empty = first_day(self._look, found, self.size.width - 4) if found.empty else ()
        self.query_one(SessionList).show(found.sessions, empty)

    def _show_head(self, found: Survey, top: Drawn) -> None:
        """The streak as a large number where there is room for one, the rest in words."""
        number, count = self.query_one("#number", BigText), str(found.streak.weeks)
        roomy = self.has_class("-broad") and self.has_class("-tall") and not self._look.plain
        large = roomy and self._services.settings.show_streak and found.streak.weeks > 0
        cells = len(count) * DIGIT_CELLS + 2
        number.display = large
        number.styles.width = cells
        number.show(count)
        asking = on_utc_unasked(self._services.now(), self._services.settings)
        width = max(20, self.size.width - 4 - cells * large)
        top.draw(head(self._look, found, width, ask_zone=asking, counted=not large))

    def _show_pages(self, found: Survey) -> None:
        """The panels that are in sight, and where there is room for one only, the names of all."""
        tabs = self.query_one("#tabs", Fitted)
        for page in PAGES:
            layout = panel(page, self._look, found, titled=not tabs.display)
            self.query_one(f"#{page}", Fitted).fill(layout)
        tabs.fill(lambda width, _: [tab_line(self._page, self._look, found, width)])

    # -- keys ------------------------------------------------------------------------------

    def action_page(self, by: int) -> None:
        """Turn to the next page, where there is no room for all at once."""
        self.remove_class(f"-on-{PAGES[self._page]}")
        self._page = (self._page + by) % len(PAGES)
        self.add_class(f"-on-{PAGES[self._page]}")
        self._show()

    @on(events.Click, "#tabs")
    def _turn_to_tab(self, event: events.Click) -> None:
        """Turn to the page whose name was clicked."""
        if (page := tab_at(event.x)) is not None:
            self.action_page(page - self._page)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Pages are turned where there is room for one; hidden streaks need no explanation."""
        del parameters
        if action == "why":
            return self._services.settings.show_streak
        return not (action == "page" and self.is_mounted and not self.query_one("#tabs").display)

    def action_why(self) -> None:
        """Explain the streak, row by row."""
        if self._survey is not None:
            self._desk.explain(self._survey)

    def on_session_list_opened(self, message: SessionList.Opened) -> None:
        """Open the one that was clicked twice."""
        self._desk.open(message.session)

    def action_open(self) -> None:
        """Show all that is known of the session under the cursor."""
        self._with_session(self._desk.open)

    def action_replay(self) -> None:
        """Play the session under the cursor again."""
        self._with_session(self._desk.replay)

    def action_edit(self) -> None:
        """Correct the session under the cursor."""
        self._with_session(self._desk.edit)

    def action_delete(self) -> None:
        """Delete the session under the cursor; it can be undone."""
        self._with_session(self._desk.delete)

    def action_add(self) -> None:
        """Enter a session that was done elsewhere."""
        self._desk.enter()

    def action_goal(self) -> None:
        """Ask for another goal; what is written bears a date."""
        if self._survey is not None:
            self._desk.change_goal(self._survey)

    def action_pauses(self) -> None:
        """Show the pauses; add one, or take one out."""
        if self._survey is not None:
            self._desk.pauses(self._survey)

    def action_zone(self) -> None:
        """Ask where the user lives: by whose clock days are counted."""
        choose_zone(self.app, self._services)

    def _with_session(self, do: Callable[[Session], None]) -> None:
        if (session := self.query_one(SessionList).session) is not None:
            do(session)
