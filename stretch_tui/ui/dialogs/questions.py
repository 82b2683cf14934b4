"""Questions and explanations that stand over a screen until they are answered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from stretch_tui.core.red_flags import RED_FLAGS, RED_FLAGS_LEAD, RED_FLAGS_TAIL
from stretch_tui.ui.marks import Marks
from stretch_tui.ui.widgets.drawn import Drawn, Line, wrap
from stretch_tui.ui.widgets.overlay import Overlay
from stretch_tui.ui.widgets.pane import HELP, Pane, keys_line

Result = TypeVar("Result")

FRAMED_FROM = 40
"""Columns below which a pane has neither frame nor margin."""


def red_flag_lines(marks: Marks, width: int) -> list[Line]:
    """The red flags, wrapped for a pane."""
    lines: list[Line] = [((line, ""),) for line in wrap(RED_FLAGS_LEAD, width)]
    for flag in RED_FLAGS:
        for number, line in enumerate(wrap(flag, width - 2)):
            lines.append(((f"{marks.dot} " if number == 0 else "  ", "accent"), (line, "")))
    lines += [(), *(((line, "quiet"),) for line in wrap(RED_FLAGS_TAIL, width))]
    return lines


class Dialog(Overlay[Result]):
    """A framed pane over the screen, with a title, lines, and the keys that answer it."""

    DEFAULT_CSS = """
    Dialog {
        & > Pane {
            width: 64;
            max-width: 100%;
            height: auto;
            max-height: 100%;
        }
        & .answers { margin-top: 1; }
        &.-too-flat .answers { margin-top: 0; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [HELP]

    TITLE_TEXT: ClassVar[str] = ""

    def __init__(self, marks: Marks) -> None:
        super().__init__()
        self.marks = marks

    def body(self, width: int) -> Sequence[Line]:
        """The lines below the title, for a pane of that width."""
        raise NotImplementedError

    def answers(self) -> Line:
        """The line that says which keys answer."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        """The frame with its lines."""
        with Pane(self.marks):
            yield DialogText(self.marks, id="dialog-text")
            yield Drawn(self.marks, classes="answers")

    def on_mount(self) -> None:
        """Fill in the words."""
        self.query_one(".answers", Drawn).draw([self.answers()])
        self._fill()

    def on_resize(self) -> None:
        """Wrap anew."""
        self._fill()

    def _fill(self) -> None:
        frame = Pane.FRAME if self.size.width >= FRAMED_FROM else 0
        width = max(16, min(64, self.size.width) - 2 * frame)
        title: list[Line] = [((self.TITLE_TEXT, "strong"),), ()] if self.TITLE_TEXT else []
        self.query_one("#dialog-text", Drawn).draw([*title, *self.body(width)])


class DialogText(Drawn):
    """The words of a dialog."""

    DEFAULT_CSS = """
    DialogText { height: auto; }
    """


class Confirm(Dialog[bool]):
    """A question with yes and no; no is the safe answer and also what escape says."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y,enter", "answer(True)", "Yes", id="dialog.yes"),
        Binding("n,escape,q", "answer(False)", "No", id="dialog.no"),
    ]

    def __init__(self, marks: Marks, question: str, *, yes: str = "yes", no: str = "no") -> None:
        super().__init__(marks)
        self._question = question
        self._yes, self._no = yes, no

    def body(self, width: int) -> Sequence[Line]:
        """The question."""
        return [((line, ""),) for line in wrap(self._question, width)]

    def answers(self) -> Line:
        """Both answers, with their keys."""
        return keys_line(("y", self._yes), ("n", self._no), gap=3)

    def action_answer(self, answer: bool) -> None:
        """Give the answer."""
        self.dismiss(answer)


class RedFlags(Dialog[bool]):
    """When not to stretch: shown once before the first session."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space,y", "answer(True)", "Go on", id="dialog.go-on"),
        Binding("escape,q,n", "answer(False)", "Not now", id="dialog.not-now"),
    ]
    TITLE_TEXT = "Before the first time"

    def body(self, width: int) -> Sequence[Line]:
        """The red flags."""
        return red_flag_lines(self.marks, width)

    def answers(self) -> Line:
        """Both answers, with their keys."""
        return keys_line(("enter", "none of these: go on"), ("esc", "not now"))

    def action_answer(self, answer: bool) -> None:
        """Go on, or not."""
        self.dismiss(answer)
