"""Asks for a few lines of text, over the screen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from stretch_tui.core.text import clean_text
from stretch_tui.ui.marks import Marks
from stretch_tui.ui.widgets.drawn import Drawn
from stretch_tui.ui.widgets.overlay import Overlay
from stretch_tui.ui.widgets.pane import HELP, Pane, keys_line

Question = tuple[str, str, int]
"""What is asked for, what stands there already, and how many characters it may have."""


class Ask(Overlay[tuple[str, ...] | None]):
    """Answers with one clean text for each question, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+g", "drop", "Not now", id="dialog.drop"),
        Binding("ctrl+s", "answer", "Done", show=False, id="dialog.done"),
        HELP,
    ]

    DEFAULT_CSS = """
    Ask {
        & > Pane {
            width: 64; max-width: 100%; height: auto; max-height: 100%;
        }
        & Drawn { height: 1; }
        & .label { margin-top: 1; }
        & .answers { margin-top: 1; }
        & Input {
            height: 1; border: none; padding: 0; background: $panel; color: $strong;
            &:focus { border: none; background: $panel; background-tint: $panel 0%; }
        }
    }
    """

    def __init__(self, marks: Marks, title: str, questions: Sequence[Question]) -> None:
        super().__init__()
        self._marks = marks
        self._title = title
        self._questions = tuple(questions)

    def compose(self) -> ComposeResult:
        """A title, a label and a line for each question, and the keys."""
        with Pane(self._marks):
            yield Drawn(self._marks, classes="title")
            for _, value, limit in self._questions:
                yield Drawn(self._marks, classes="label")
                yield Input(value, max_length=limit, compact=True, select_on_focus=False)
            yield Drawn(self._marks, classes="answers")

    def on_mount(self) -> None:
        """Fill in the words."""
        self.query_one(".title", Drawn).draw([((self._title, "strong"),)])
        for label, (asked, _, _) in zip(self.query(".label"), self._questions, strict=True):
            assert isinstance(label, Drawn)
            label.draw([((asked, "quiet"),)])
        keys = keys_line(("enter", "done"), ("esc", "not now"))
        self.query_one(".answers", Drawn).draw([keys])
        self.query(Input).first().focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter goes on to the next line; on the last one it answers."""
        event.stop()
        lines = list(self.query(Input))
        at = lines.index(event.input)
        if at + 1 < len(lines):
            lines[at + 1].focus()
        else:
            self.action_answer()

    def action_answer(self) -> None:
        """Answer with what is typed."""
        limits = [limit for _, _, limit in self._questions]
        typed = [line.value for line in self.query(Input)]
        self.dismiss(tuple(clean_text(t, limit) for t, limit in zip(typed, limits, strict=True)))

    def action_drop(self) -> None:
        """Change nothing."""
        self.dismiss(None)
