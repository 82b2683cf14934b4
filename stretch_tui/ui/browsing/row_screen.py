"""What can be done about the row under the cursor, by what it is: a stretch, a routine."""

from __future__ import annotations

from textual.css.query import NoMatches

from stretch_tui.core.content.routine import Routine
from stretch_tui.core.content.stretch import Stretch
from stretch_tui.ui import messages
from stretch_tui.ui.browsing.detail_screen import DetailScreen
from stretch_tui.ui.widgets.item_list import Item, ItemList

KINDS = {
    "add": ("stretch",),
    "edit": ("own",),
    "edit_copy": ("shipped",),
    "rename": ("own",),
    "delete": ("own",),
    "favorite": ("stretch", "own", "shipped"),
    "end": ("resume",),
}
"""Actions that are for rows of some kinds only."""


class RowScreen(DetailScreen):
    """Hands routines on to be edited, named and deleted, and stretches to be added to one."""

    def thing_of(self, item: Item | None) -> Stretch | Routine | None:
        """What an item stands for."""
        raise NotImplementedError

    @property
    def kind_of_row(self) -> str:
        """`stretch`, `own` or `shipped` for a routine, `resume` for a session, or nothing."""
        try:
            item = self.query_one(ItemList).item
        except NoMatches:  # asked before there is a list
            return ""
        if item is None:
            return ""
        if item.kind != "routine":
            return item.kind
        thing = self.thing_of(item)
        return "own" if isinstance(thing, Routine) and thing.own else "shipped"

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys answer on the rows that they are for."""
        del parameters
        return action not in KINDS or self.kind_of_row in KINDS[action]

    def action_add(self) -> None:
        """Add the stretch under the cursor to a routine."""
        if isinstance(thing := self._thing_there(), Stretch):
            self.post_message(messages.AddToRoutine(thing.id))

    def action_edit(self) -> None:
        """Open the routine under the cursor in the builder."""
        if isinstance(thing := self._thing_there(), Routine):
            self.post_message(messages.EditRoutine(thing))

    def action_edit_copy(self) -> None:
        """Open a copy of the routine under the cursor in the builder."""
        self.action_edit()

    def action_rename(self) -> None:
        """Ask for another name of the routine under the cursor."""
        if isinstance(thing := self._thing_there(), Routine):
            self.post_message(messages.RenameRoutine(thing))

    def action_delete(self) -> None:
        """Ask whether the routine under the cursor is to be deleted."""
        if isinstance(thing := self._thing_there(), Routine):
            self.post_message(messages.DeleteRoutine(thing))

    def action_leave_out(self) -> None:
        """Suggest the stretch under the cursor no more, or again."""
        from stretch_tui.ui.browsing.leaving_out import leave_out

        if isinstance(thing := self._thing_there(), Stretch):
            self.post_message(leave_out(thing.id, thing.name))
        else:
            self.notify("Stretches are left out, not routines.")

    def _thing_there(self) -> Stretch | Routine | None:
        return self.thing_of(self.query_one(ItemList).item)
