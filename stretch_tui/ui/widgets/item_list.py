"""The list of what can be played: one widget that draws only the rows in sight."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message

from stretch_tui.ui.marks import Marks
from stretch_tui.ui.widgets.drawn import Drawn, Line, justified
from stretch_tui.ui.widgets.list_keys import MOVES


@dataclass(frozen=True, slots=True)
class Item:
    """One thing in the list that can be chosen."""

    section: str
    """The heading it stands under; an item may stand under two."""
    id: str
    """What it is: the id of a routine, a stretch, or an interrupted session."""
    kind: str
    """`routine`, `stretch` or `resume`."""
    name: str
    favorite: bool = False
    number: int = 0
    """The number key that plays it; 0 for none."""


Row = Item | str
"""An item, a heading, or an empty string for a gap."""


class ItemList(Drawn, can_focus=True):
    """Items under headings, with a cursor that never rests on a heading."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *MOVES,
        Binding("enter", "choose", "Play", id="list.choose"),
    ]

    DEFAULT_CSS = """
    ItemList { height: 1fr; }
    """

    class Highlighted(Message):
        """The cursor has come to an item, or the list has become empty."""

        def __init__(self, item: Item | None) -> None:
            super().__init__()
            self.item = item

    class Chosen(Message):
        """An item was chosen, by enter or by a double click."""

        def __init__(self, item: Item) -> None:
            super().__init__()
            self.item = item

    def __init__(self, marks: Marks, tail: Callable[[Item], str], *, id: str | None = None) -> None:
        """`tail` says what stands at the right of an item; it is asked for rows in sight only."""
        super().__init__(marks, id=id)
        self._tail = tail
        self._rows: tuple[Row, ...] = ()
        self._stops: tuple[int, ...] = ()
        self._cursor = 0
        self._top = 0
        self._top_for = 0
        self._empty: tuple[Line, ...] = ()
        self._rests = False
        self._drawn: dict[int, Line] = {}

    @property
    def item(self) -> Item | None:
        """The item under the cursor."""
        return self._item_at(self._stops[self._cursor]) if self._stops else None

    @property
    def items(self) -> tuple[Item, ...]:
        """All items, in order."""
        return tuple(row for row in self._rows if isinstance(row, Item))

    def show(
        self, rows: Sequence[Row], *, at: Item | None = None, empty: Sequence[Line] = ()
    ) -> None:
        """Show these rows, the cursor on `at`, or on the same thing as before, or on the first.

        `empty` is shown instead when there is nothing to choose.
        """
        before = self.item
        self._take(rows)
        self._empty = tuple(empty)
        self._cursor = self._find(at or before)
        self._top = self._scrolled(0)
        self._redraw()
        if self.item != before or before is None:
            self.post_message(self.Highlighted(self.item))

    def rest(self, resting: bool) -> None:
        """Show the cursor as resting while another pane takes the keys, or as live again."""
        if resting != self._rests:
            self._rests = resting
            self._redraw()

    def _redraw(self) -> None:
        """Repaint the rows that look otherwise than when they were drawn last."""
        rows = range(self.size.height)
        self.repaint_lines([y for y in rows if self._row_line(y) != self._drawn.get(y)])

    @contextmanager
    def opened(self, rows: Sequence[Row], at: Item | None) -> Iterator[None]:
        """For as long as this lasts, it draws what a list opened with these rows would."""
        kept = self._rows, self._stops, self._cursor, self._top, self._drawn
        self._drawn = {}
        self._take(rows)
        self._cursor = self._find(at)
        self._top = self._scrolled(0)
        self._styles_cache.clear()
        try:
            yield
        finally:
            self._rows, self._stops, self._cursor, self._top, self._drawn = kept
            self._styles_cache.clear()

    def action_move(self, by: int) -> None:
        """Move the cursor by so many items, as far as there are any."""
        self._put(self._cursor + by)

    def action_page(self, by: int) -> None:
        """Move the cursor by so many pages."""
        self._put(self._cursor + by * max(1, self.size.height - 2))

    def action_choose(self) -> None:
        """Choose the item under the cursor."""
        if (item := self.item) is not None:
            self.post_message(self.Chosen(item))

    def on_click(self, event: events.Click) -> None:
        """Put the cursor on the row that was clicked; a second click chooses it."""
        row = self._top + event.y
        if row in self._stops:
            self._put(self._stops.index(row))
            if event.chain == 2:
                self.action_choose()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Move on by three items."""
        event.stop()
        self._put(self._cursor + 3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Move back by three items."""
        event.stop()
        self._put(self._cursor - 3)

    def get_content_height(self, _container: object, _viewport: object, _width: int) -> int:
        """As many rows as there are."""
        return max(1, len(self._rows), len(self._empty))

    def _take(self, rows: Sequence[Row]) -> None:
        self._rows = tuple(rows)
        self._stops = tuple(i for i, row in enumerate(self._rows) if isinstance(row, Item))

    def _find(self, wanted: Item | None) -> int:
        """The stop of the same thing under the same heading, else anywhere, else the first."""
        if wanted is None:
            return 0
        found = 0
        for number, row in enumerate(self._stops):
            item = self._item_at(row)
            if item is not None and (item.id, item.kind) == (wanted.id, wanted.kind):
                if item.section == wanted.section:
                    return number
                found = found or number
        return found

    def _item_at(self, row: int) -> Item | None:
        found = self._rows[row]
        return found if isinstance(found, Item) else None

    def _put(self, cursor: int) -> None:
        cursor = min(max(cursor, 0), len(self._stops) - 1)
        if not self._stops or cursor == self._cursor:
            return
        rows = (self._stops[self._cursor], self._stops[cursor])
        self._cursor = cursor
        top = self._scrolled(self._top)
        if top != self._top:
            self._top = top
            self.refresh()
        else:
            self.repaint_lines([row - top for row in rows])
        self.post_message(self.Highlighted(self.item))

    def _scrolled(self, top: int) -> int:
        """The first row to show: a few rows beyond the cursor come into sight at once.

        That costs a far terminal less than one row a key, and shows what comes next.
        """
        height = self.size.height
        if not self._stops or not height or len(self._rows) <= height:
            return 0
        row, ahead = self._stops[self._cursor], min(5, height // 4)
        if row >= top + height:
            top = row - height + 1 + ahead
        elif row < top + (1 if row else 0):
            top = row - 1 - ahead
        if self._cursor == 0:
            top = 0
        return min(max(top, 0), len(self._rows) - height)

    def line_at(self, y: int) -> Line:
        """The row at `y`, with marks at the edge where there is more above or below."""
        if self._top_for != self.size.height:  # known when drawn, before a resize is told
            self._top_for = self.size.height
            self._top = self._scrolled(self._top)
        line = self._drawn[y] = self._row_line(y)
        return line

    def _row_line(self, y: int) -> Line:
        if not self._stops:
            return self._empty[y] if y < len(self._empty) else ()
        number = self._top + y
        if number >= len(self._rows):
            return ()
        row = self._rows[number]
        more = self._more(y)
        if isinstance(row, str):
            line: Line = ((f" {row}", "quiet"),)
            gap = " " * max(0, self.size.width - cell_len(row) - 2)
            return (*line, (gap + more, "quiet")) if more.strip() else line
        return self._item_line(row, number == self._stops[self._cursor], more)

    def _more(self, y: int) -> str:
        above = y == 0 and self._top > 0
        below = y == self.size.height - 1 and self._top + self.size.height < len(self._rows)
        return self.marks.up if above else self.marks.down if below else " "

    def _item_line(self, item: Item, under_cursor: bool, more: str) -> Line:
        key = f"{item.number}" if 0 < item.number < 10 else " "
        star = self.marks.star if item.favorite else " "
        tail = f" {self._tail(item)} {more}"
        name, tail = justified(item.name, tail, self.size.width - 6, self.marks)
        return self._under(under_cursor, f"{key} {star} ", name, tail)

    def _under(self, under_cursor: bool, lead: str, name: str, tail: str) -> Line:
        """A row, lit when it is under a live cursor; a resting one marks its place by a dot."""
        if not under_cursor:
            return ((f"  {lead}", "accent" if lead.strip() else ""), (name, ""), (tail, "quiet"))
        mark, ink = (self.marks.dot, "resting") if self._rests else (self.marks.cursor, "cursor")
        return ((f"{mark} {lead}", f"{ink}-accent"), (name, ink), (tail, f"{ink}-quiet"))
