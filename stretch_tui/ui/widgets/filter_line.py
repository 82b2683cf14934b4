"""The filter above a list: one line to type in, and one that says what was understood."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message

from stretch_tui.core.text import clean_text
from stretch_tui.ui.marks import Marks
from stretch_tui.ui.widgets.drawn import Drawn, fit

if TYPE_CHECKING:
    from textual.widgets import Input

FILTER_LIMIT = 80
"""Characters of a filter; more is cut."""


class FilterLine(Vertical):
    """Sleeps as a hint until it is opened; then text is typed into it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "drop", "Drop the filter", id="filter.drop"),
        Binding("down,tab,enter", "leave", "To the list", id="filter.leave"),
    ]

    DEFAULT_CSS = """
    FilterLine {
        height: 2;
        & > Horizontal { height: 1; }
        & Input {
            width: 1fr; height: 1; border: none; padding: 0;
            background: $background; color: $strong;
            &:focus { border: none; background: $background; background-tint: $background 0%; }
        }
        & #filter-rest { width: 1fr; height: 1; }
        & #filter-rest.-open { width: 2; }
        & > #filter-said { height: 1; }
    }
    """

    class Changed(Message):
        """The text of the filter is another."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class Left(Message):
        """The person is done typing and wants the list."""

    def __init__(self, marks: Marks, hint: str, *, id: str | None = None) -> None:
        """`hint` says what can be typed."""
        super().__init__(id=id)
        self._marks = marks
        self._hint = hint
        self._input: Input | None = None

    def compose(self) -> ComposeResult:
        """The hint, and the line below it."""
        with Horizontal():
            yield Drawn(self._marks, id="filter-rest")
        yield Drawn(self._marks, id="filter-said")

    def on_mount(self) -> None:
        """Say what the line is for; it must not look as if it were in use."""
        words = self._hint.split()
        rest = self.query_one("#filter-rest", Drawn)
        rest.draw([(("/", "accent"), (f" filter, e.g. {words[0]} {words[-1]}", "quiet"))])

    @property
    def text(self) -> str:
        """What is typed."""
        return clean_text(self._input.value, FILTER_LIMIT) if self._input is not None else ""

    @property
    def is_open(self) -> bool:
        """Whether it is there to be typed in."""
        return self._input is not None

    async def open(self) -> None:
        """Make the line ready to be typed in, with what was typed before."""
        if self._input is None:
            from textual.widgets import Input

            self._input = Input(
                placeholder=self._hint, max_length=FILTER_LIMIT, compact=True, select_on_focus=False
            )
            self.query_one("#filter-rest").add_class("-open")
            await self.query_one(Horizontal).mount(self._input)
        # At once, not when its turn comes: the next key is already on its way.
        self.screen.set_focus(self._input)

    def put(self, text: str) -> None:
        """Replace what is typed; an empty text closes the line."""
        if self._input is not None:
            self._input.value = text
            if not text:
                self._close()

    def say(self, words: str) -> None:
        """Say what was understood, and how many are left."""
        said = self.query_one("#filter-said", Drawn)
        said.draw([((fit(words, said.size.width, self._marks), "quiet"),)] if words else [])

    def action_drop(self) -> None:
        """Drop the filter and go back to the list."""
        self.put("")
        self.post_message(self.Left())

    def action_leave(self) -> None:
        """Keep the filter and go to the list."""
        if not self.text:
            self._close()
        self.post_message(self.Left())

    def on_input_changed(self, event: Input.Changed) -> None:
        """Hand the text on."""
        event.stop()
        self.post_message(self.Changed(clean_text(event.value, FILTER_LIMIT)))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter in the line leads to the list."""
        event.stop()
        self.action_leave()

    def _close(self) -> None:
        if self._input is not None:
            self._input.remove()
            self._input = None
            self.query_one("#filter-rest").remove_class("-open")
            self.post_message(self.Changed(""))
