"""A small form over a screen: a few lines to type in, checked when it is saved."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal

from stretch_tui.ui.dialogs.questions import Dialog, DialogText
from stretch_tui.ui.marks import Marks
from stretch_tui.ui.widgets.drawn import Drawn, Line, wrap
from stretch_tui.ui.widgets.pane import Pane, keys_line

if TYPE_CHECKING:
    from textual.widgets import Input

Value = TypeVar("Value")
TEXT_LIMIT = 2_000


@dataclass(frozen=True, slots=True)
class Field:
    """One line to type in."""

    name: str
    label: str
    value: str = ""
    hint: str = ""
    """What stands there while nothing is typed."""
    limit: int = TEXT_LIMIT
    """Characters it may have."""


class Form(Dialog[Value | None]):
    """Asks for a few values; escape changes nothing, what is wrong is said below the lines."""

    # Moving has priority, so that what is typed ahead after a tab lands in the next line; saving
    # has none, so that it comes after all that was typed before it.
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,ctrl+s", "save", "Save", id="dialog.save"),
        Binding("escape", "cancel", "Cancel", id="dialog.cancel"),
        *(
            Binding(keys, f"app.focus_{where}", words, show=False, id=name, priority=True)
            for keys, where, words, name in (
                ("down", "next", "Next line", "dialog.next"),
                ("up", "previous", "Line before", "dialog.previous"),
                ("tab", "next", "Next line", "dialog.tab"),
                ("shift+tab", "previous", "Line before", "dialog.back-tab"),
            )
        ),
    ]

    DEFAULT_CSS = """
    Form {
        & .field { height: 1; }
        & .label { width: 15; height: 1; }
        & Input {
            height: 1; width: 1fr; border: none; padding: 0;
            background: $panel; color: $strong;
            &:focus { border: none; background: $cursor-back; background-tint: $background 0%; }
        }
        & #problem { height: auto; margin-top: 1; }
    }
    """

    def __init__(
        self,
        marks: Marks,
        title: str,
        fields: Sequence[Field],
        read: Callable[[Mapping[str, str]], Value],
        *,
        about: str = "",
    ) -> None:
        """`read` turns what was typed into the result; its ValueError says what is wrong."""
        super().__init__(marks)
        self._title_words = title
        self._fields = tuple(fields)
        self._read = read
        self._about = about

    def compose(self) -> ComposeResult:
        """Title, lines, what is wrong, and the keys."""
        from textual.widgets import Input

        with Pane(self.marks):
            yield DialogText(self.marks, id="dialog-text")
            for field in self._fields:
                with Horizontal(classes="field"):
                    yield Drawn(self.marks, classes="label", id=f"label-{field.name}")
                    yield Input(
                        field.value,
                        placeholder=field.hint,
                        id=f"input-{field.name}",
                        max_length=field.limit,
                        compact=True,
                        select_on_focus=False,
                    )
            yield Drawn(self.marks, id="problem")
            yield Drawn(self.marks, classes="answers")

    def on_mount(self) -> None:
        """Fill in the words and start in the first line."""
        for field in self._fields:
            self.query_one(f"#label-{field.name}", Drawn).draw([((field.label, "quiet"),)])
        self.query_one("#problem", Drawn).draw([()])
        super().on_mount()
        self._input(self._fields[0]).focus()

    def body(self, width: int) -> Sequence[Line]:
        """The title, and what the form is about."""
        about: list[Line] = [((line, "quiet"),) for line in wrap(self._about, width)]
        return [((self._title_words, "strong"),), *about, ()]

    def answers(self) -> Line:
        """How to save and how to leave."""
        lines = (("tab", "next line"),) if len(self._fields) > 1 else ()
        return keys_line(("enter", "save"), *lines, ("esc", "cancel"))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter in a line saves."""
        event.stop()
        self.action_save()

    def action_save(self) -> None:
        """Hand over the result, or say what is wrong."""
        typed = {field.name: self._input(field).value.strip() for field in self._fields}
        try:
            result = self._read(typed)
        except ValueError as wrong:
            problem = self.query_one("#problem", Drawn)
            width = max(20, problem.size.width)
            problem.draw([((line, "warning"),) for line in wrap(str(wrong), width)])
            return
        self.dismiss(result)

    def _input(self, field: Field) -> Input:
        """The line that a field is typed into."""
        found: Input = self.query_one(f"#input-{field.name}")  # type: ignore[assignment]
        return found

    def action_cancel(self) -> None:
        """Change nothing."""
        self.dismiss(None)
