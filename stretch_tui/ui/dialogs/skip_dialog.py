"""The question what skipping a stretch means."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from stretch_tui.core.session.states import Skip
from stretch_tui.ui.dialogs.questions import Dialog
from stretch_tui.ui.marks import Marks
from stretch_tui.ui.widgets.drawn import Line, wrap
from stretch_tui.ui.widgets.pane import keys_line


class SkipDialog(Dialog[Skip | None]):
    """Not now, already done, or never again; escape skips nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n,enter", "answer('NOT_NOW')", "Not now", id="skip.not-now"),
        Binding("a", "answer('ALREADY_DONE')", "Already did it", id="skip.done"),
        # Not x: one key stops a session that hurts, and means that alone.
        Binding("l", "answer('NEVER')", "Don't suggest again", id="skip.never"),
        Binding("escape,q", "stay", "Stay", id="skip.stay"),
    ]

    def __init__(self, marks: Marks, name: str) -> None:
        super().__init__(marks)
        self._name = name

    def body(self, width: int) -> Sequence[Line]:
        """The stretch, and the three meanings with their keys."""
        title: list[Line] = [((line, "strong"),) for line in wrap(f"Skip {self._name}?", width)]
        return [
            *title,
            (),
            (("n", "accent"), ("  not now", "")),
            (("a", "accent"), ("  already did it today", "")),
            (("l", "accent"), ("  don't suggest it again", "")),
        ]

    def answers(self) -> Line:
        """How to stay."""
        return keys_line(("esc", "stay with it"))

    def action_answer(self, meaning: str) -> None:
        """Skip in this meaning."""
        self.dismiss(Skip[meaning])

    def action_stay(self) -> None:
        """Skip nothing."""
        self.dismiss(None)
