"""A list to choose one thing from, over the screen; long ones are narrowed by typing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from stretch_tui.core.content.comparing import plain
from stretch_tui.core.content.search import FUZZY, NONE, rank
from stretch_tui.ui.marks import Marks
from stretch_tui.ui.widgets.drawn import Drawn
from stretch_tui.ui.widgets.item_list import Item, ItemList
from stretch_tui.ui.widgets.name_list import NameList
from stretch_tui.ui.widgets.overlay import Overlay
from stretch_tui.ui.widgets.pane import HELP, Pane, keys_line

Choice = str | tuple[str, str]
"""What can be chosen: a name, or a name and what stands at the right of it."""


class ChoiceList(NameList):
    """What can be chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "Choose", id="dialog.choose"),
    ]


class Choose(Overlay[int | None]):
    """Answers with the number of what was chosen, from 0, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+g", "drop", "Not now", id="dialog.drop"),
        Binding("down", "move(1)", "Down", show=False, id="dialog.down"),
        Binding("up", "move(-1)", "Up", show=False, id="dialog.up"),
        Binding("pagedown", "page(1)", "A page down", show=False, id="dialog.page-down"),
        Binding("pageup", "page(-1)", "A page up", show=False, id="dialog.page-up"),
        HELP,
    ]

    DEFAULT_CSS = """
    Choose {
        & > Pane {
            width: 62; max-width: 100%; height: auto; max-height: 80%;
            padding: 0 1;
        }
        & ItemList { height: auto; max-height: 16; }
        &.-filtered > Pane { height: 80%; max-height: 26; }
        &.-filtered ItemList { height: 1fr; max-height: 100%; }
        & .title { height: 1; padding: 0 1; }
        & Input {
            height: 1; border: none; padding: 0; margin: 0 1 1 1;
            background: $surface; color: $strong;
            &:focus { border: none; background: $surface; background-tint: $surface 0%; }
        }
        & .answers { height: 1; padding: 0 1; margin-top: 1; }
    }
    """

    def __init__(
        self, marks: Marks, title: str, choices: Sequence[Choice], *, filtered: bool = False
    ) -> None:
        super().__init__(classes="-filtered" if filtered else "")
        self._marks = marks
        self._title = title
        self._choices = [(one, "") if isinstance(one, str) else one for one in choices]
        self._filtered = filtered

    def compose(self) -> ComposeResult:
        """A title, the line to type in, the list, and the keys."""
        with Pane(self._marks):
            yield Drawn(self._marks, classes="title")
            if self._filtered:
                yield Input(placeholder="type to find", compact=True, max_length=60)
            yield ChoiceList(self._marks, self._tail, id="choices")
            yield Drawn(self._marks, classes="answers")

    def on_mount(self) -> None:
        """Fill the list."""
        self.query_one(".title", Drawn).draw([((self._title, "strong"),)])
        answers = keys_line(("enter", "choose"), ("esc", "not now"))
        self.query_one(".answers", Drawn).draw([answers])
        self._fill("")
        self.set_focus(self.query_one(Input) if self._filtered else self.query_one(ItemList))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow the list as it is typed."""
        event.stop()
        self._fill(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter chooses what the cursor is on."""
        event.stop()
        self.query_one(ItemList).action_choose()

    def on_item_list_chosen(self, event: ItemList.Chosen) -> None:
        """Answer."""
        event.stop()
        self.dismiss(int(event.item.id))

    def on_item_list_highlighted(self, event: ItemList.Highlighted) -> None:
        """Nobody else's list."""
        event.stop()

    def action_move(self, by: int) -> None:
        """Move the cursor while typing."""
        self.query_one(ItemList).action_move(by)

    def action_page(self, by: int) -> None:
        """Move the cursor by pages while typing."""
        self.query_one(ItemList).action_page(by)

    def action_drop(self) -> None:
        """Choose nothing."""
        self.dismiss(None)

    def _fill(self, text: str) -> None:
        """List what matches; each letter puts the cursor on the best of it, on top."""
        found = list(self._matching(tuple(plain(text).split())))
        empty = [(("  nothing is called that", "quiet"),)]
        self.query_one(ItemList).show(found, at=next(iter(found), None), empty=empty)

    def _matching(self, wanted: tuple[str, ...]) -> Iterable[Item]:
        """Everything that has all the words, nearest match first; else what is like them."""
        rated = sorted(
            (rank(name, (), "", wanted), number, name)
            for number, (name, _) in enumerate(self._choices)
        )
        worst = FUZZY if rated and rated[0][0] < FUZZY else NONE
        for how, number, name in rated:
            if how < worst:
                yield Item("", str(number), "choice", name)

    def _tail(self, item: Item) -> str:
        return self._choices[int(item.id)][1]
