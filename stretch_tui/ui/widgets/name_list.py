"""A list of names alone, without the columns for what only favorites have."""

from __future__ import annotations

from stretch_tui.ui.widgets.drawn import Line, justified
from stretch_tui.ui.widgets.item_list import Item, ItemList


class NameList(ItemList):
    """Items of a name and what stands at its right."""

    def _item_line(self, item: Item, under_cursor: bool, more: str) -> Line:
        tail = f" {self._tail(item)} {more}"
        name, tail = justified(item.name, tail, self.size.width - 2, self.marks)
        return self._under(under_cursor, "", name, tail)
