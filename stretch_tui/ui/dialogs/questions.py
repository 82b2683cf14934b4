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
from stretch_tui.ui.widgets.pane import HELP, Pane, folded, keys_line

Result = TypeVar("Result")

FRAMED_FROM = 40
"""Columns below which a pane has neither frame nor margin."""
BORDERED_FROM = 20
"""Rows below which it has no border."""


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
        &.-too-flat .answers, &.-more .answers { margin-top: 0; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        HELP,
        Binding("down,j", "scroll_words(1)", "Words down", show=False, id="dialog.down"),
        Binding("up,k", "scroll_words(-1)", "Words up", show=False, id="dialog.up"),
        Binding("pagedown", "scroll_words(5)", "Words down", show=False, id="dialog.page-down"),
        Binding("pageup", "scroll_words(-5)", "Words up", show=False, id="dialog.page-up"),
    ]

    TITLE_TEXT: ClassVar[str] = ""

    def __init__(self, marks: Marks) -> None:
        super().__init__()
        self.marks = marks
        self._first = 0
        self._most = 0
        """The first line that is shown, and the last one that can be the first."""

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
        self._fill()

    def on_resize(self) -> None:
        """Wrap anew."""
        self._fill()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Scroll only what does not fit."""
        return (
            self._most > 0 if action == "scroll_words" else super().check_action(action, parameters)
        )

    def action_scroll_words(self, lines: int) -> None:
        """Show what is further down, or up."""
        self._first = max(0, min(self._most, self._first + lines))
        self._fill()

    def on_mouse_scroll_down(self) -> None:
        """Show what is further down."""
        self.action_scroll_words(1)

    def on_mouse_scroll_up(self) -> None:
        """Show what is further up."""
        self.action_scroll_words(-1)

    def _fill(self) -> None:
        """Draw as many words as fit above the keys, which are always in sight."""
        frame = Pane.FRAME if self.size.width >= FRAMED_FROM else 0
        width = max(16, min(64, self.size.width) - 2 * frame)
        answers = folded(self.answers(), width)
        self.query_one(".answers", Drawn).draw(answers)
        title: list[Line] = [((self.TITLE_TEXT, "strong"),), ()] if self.TITLE_TEXT else []
        lines = [*title, *self.body(width)]
        room = max(
            1, self.size.height - len(answers) - (3 if self.size.height >= BORDERED_FROM else 1)
        )
        self._most = max(0, len(lines) - room)
        self._first = min(self._first, self._most)
        shown = lines[self._first : self._first + room]
        if self._most:
            shown.append(self._more())
        self.set_class(self._most > 0, "-more")
        self.query_one("#dialog-text", Drawn).draw(shown)

    def _more(self) -> Line:
        """That there is more, and where."""
        up = self.marks.up if self._first else ""
        down = self.marks.down if self._first < self._most else ""
        return ((f"{up}{down} ", "accent"), ("more", "quiet"))


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
