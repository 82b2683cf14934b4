"""The lists of the builder: the catalog to add from, and the steps of the routine."""

from __future__ import annotations

from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message

from stretch_tui.ui.widgets.drawn import Line, justified
from stretch_tui.ui.widgets.item_list import Item, ItemList
from stretch_tui.ui.widgets.name_list import NameList

LEAST_NAME = 10
"""Cells of a step's name that its dose may not take away."""


class CatalogList(NameList):
    """Stretches and routines, to be added."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "choose", "Add", id="builder.add")]


class StepList(ItemList):
    """The steps in order; one can be dragged to another place."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "Dose", show=False, id="builder.open"),
    ]

    class Dragged(Message):
        """A step was dragged from one place to another."""

        def __init__(self, index: int, to: int) -> None:
            super().__init__()
            self.index = index
            self.to = to

    _held: int | None = None

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Take hold of a step."""
        self._held = self._index_at(event.y)
        if self._held is not None:
            self.capture_mouse()

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Let go of it where the mouse is."""
        held, self._held = self._held, None
        self.release_mouse()
        if held is None or not self.items:
            return
        to = self._index_at(min(max(event.y, 0), self.size.height - 1))
        to = len(self.items) - 1 if to is None else to
        if to != held:
            self.post_message(self.Dragged(held, to))

    def _item_line(self, item: Item, under_cursor: bool, more: str) -> Line:
        """A step: where room is short its time alone stands at the right, and not its dose."""
        tail = self._tail(item)
        room = self.size.width - 4
        if room - cell_len(tail) < min(cell_len(item.name), LEAST_NAME):
            tail = tail.rpartition("  ")[2]
        name, tail = justified(item.name, f"  {tail} {more}", room + 2, self.marks)
        return self._under(under_cursor, "", name, tail)

    def _index_at(self, y: int) -> int | None:
        """The step that is shown in the row, None below the last."""
        index = self._top + y
        return index if index < len(self.items) else None
