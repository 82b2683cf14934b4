"""The list of sessions: one widget that makes the rows in sight and no others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.binding import BindingType
from textual.message import Message

from stretch_tui.core.log.logbook import Session
from stretch_tui.ui.marks import Marks
from stretch_tui.ui.widgets.drawn import Drawn, Line, fit
from stretch_tui.ui.widgets.list_keys import MOVES

COLUMNS_FROM = 54
"""Cells behind the day from which on there are columns."""
LEAST_CELLS, REST_CELLS = 28, 42
"""What minutes and title get at least, and what is left beside them for the rest."""


class SessionList(Drawn, can_focus=True):
    """Sessions, newest first, with a cursor; a log of ten years opens as fast as one of a week."""

    BINDINGS: ClassVar[list[BindingType]] = MOVES

    DEFAULT_CSS = """
    SessionList { height: 1fr; }
    """

    class Opened(Message):
        """A session was clicked twice."""

        def __init__(self, session: Session) -> None:
            super().__init__()
            self.session = session

    def __init__(
        self,
        marks: Marks,
        words: Callable[[Session, int], tuple[str, str, str]],
        *,
        id: str | None = None,
    ) -> None:
        """`words` gives a row's left, middle and right for a width; for rows in sight only."""
        super().__init__(marks, id=id)
        self._words = words
        self._sessions: Sequence[Session] = ()
        self._cursor = 0
        self._top = 0
        self._empty: tuple[Line, ...] = ()

    @property
    def session(self) -> Session | None:
        """The session under the cursor."""
        return self._at(self._cursor) if self._sessions else None

    def show(self, sessions: Sequence[Session], empty: Sequence[Line] = ()) -> None:
        """Show these, oldest first as the log has them; the cursor stays on its session."""
        before = self.session
        self._sessions = sessions
        self._empty = tuple(empty)
        self._cursor = min(self._cursor, max(0, len(sessions) - 1))
        if before is not None and self._cursor and self.session != before:
            self._cursor = self._find(before.uid)
        self._scroll()
        self.refresh()

    def _find(self, uid: str) -> int:
        """The row of the session near where the cursor was, or that place itself."""
        last = len(self._sessions) - 1
        for row in range(max(0, self._cursor - 50), min(last, self._cursor + 50) + 1):
            if self._at(row).uid == uid:
                return row
        return self._cursor

    def _at(self, row: int) -> Session:
        return self._sessions[len(self._sessions) - 1 - row]

    def action_move(self, by: int) -> None:
        """Move the cursor by so many sessions, as far as there are any."""
        cursor = max(0, min(self._cursor + by, len(self._sessions) - 1))
        if cursor == self._cursor:
            return
        rows, top = (self._cursor, cursor), self._top
        self._cursor = cursor
        self._scroll()
        if self._top == top:
            self.repaint_lines([row - top for row in rows])
        else:
            self.refresh()

    def action_page(self, by: int) -> None:
        """Move the cursor by so many pages."""
        self.action_move(by * max(1, self.size.height - 1))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Move on by three."""
        event.stop()
        self.action_move(3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Move back by three."""
        event.stop()
        self.action_move(-3)

    def on_click(self, event: events.Click) -> None:
        """Put the cursor on the row; a second click opens it."""
        row = self._top + event.y
        if row < len(self._sessions):
            self.action_move(row - self._cursor)
            if event.chain == 2:
                self.post_message(self.Opened(self._at(row)))

    def on_resize(self, event: events.Resize) -> None:
        """Keep the cursor in sight."""
        del event
        self._scroll()
        self.refresh()

    def _scroll(self) -> None:
        """Bring the cursor into sight, with a few rows beyond it at once."""
        height = self.size.height
        ahead = min(4, height // 4)
        if not height:
            return
        if self._cursor >= self._top + height:
            self._top = self._cursor - height + 1 + ahead
        elif self._cursor < self._top:
            self._top = self._cursor - ahead
        self._top = max(0, min(self._top, len(self._sessions) - height))

    def line_at(self, y: int) -> Line:
        """The row at `y`."""
        if not self._sessions:
            return self._empty[y] if y < len(self._empty) else ()
        row = self._top + y
        if row >= len(self._sessions):
            return ()
        left, middle, right = self._words(self._at(row), self.size.width)
        above = y == 0 and self._top > 0
        below = y == self.size.height - 1 and row < len(self._sessions) - 1
        more = self.marks.up if above else self.marks.down if below else " "
        under = row == self._cursor
        cursor = self.marks.cursor if under else " "
        middle, right = columns(middle, right, self.size.width - cell_len(left) - 3, self.marks)
        return (
            (f"{cursor} ", "cursor-accent" if under else ""),
            (left, "cursor" if under else ""),
            (middle, "cursor" if under else ""),
            (right, "cursor-quiet" if under else "quiet"),
            (more, "cursor-quiet" if under else "quiet"),
        )


def columns(middle: str, right: str, width: int, marks: Marks) -> tuple[str, str]:
    """Minutes and title, and what else there is to say, side by side in so many cells.

    In rows below each other the second begins at one place, where there is room for columns.
    """
    broad = width >= COLUMNS_FROM
    wanted = max(LEAST_CELLS, width - REST_CELLS) if broad else cell_len(middle)
    middle = fit(middle, max(0, min(wanted, width)), marks)
    room = max(0, width - cell_len(middle))
    if not broad and cell_len(right) + 2 > room:
        right = ""  # half of what it felt like says nothing
    return middle, fit(f"{' ' if broad else '  '}{right}", room, marks)
