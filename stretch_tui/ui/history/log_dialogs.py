"""Panes over the progress screen: why the streak is what it is, one session, pauses, the goal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from stretch_tui.core.content.wording import clock, exact
from stretch_tui.core.log.days import short_day, span
from stretch_tui.core.log.explain import Reason
from stretch_tui.core.log.logbook import Pause, Session, Source
from stretch_tui.core.log.session_words import feel_words, session_marks
from stretch_tui.ui.dialogs.questions import Dialog
from stretch_tui.ui.marks import Marks
from stretch_tui.ui.widgets.detail import DetailText
from stretch_tui.ui.widgets.drawn import Drawn, Line, fit, wrap
from stretch_tui.ui.widgets.overlay import Overlay
from stretch_tui.ui.widgets.pane import HELP, Pane, keys_line

DAYS_CELLS = 15


class Pages(Overlay[str]):
    """Lines that may be longer than the screen, with keys that answer; escape answers nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,enter", "answer('')", "Back", id="dialog.close"),
        HELP,
    ]

    DEFAULT_CSS = """
    Pages {
        & > Pane {
            width: 76; max-width: 100%; height: auto; max-height: 100%;
        }
        & .answers { margin-top: 1; height: 1; }
    }
    """

    def __init__(self, marks: Marks, lines: Sequence[Line], answers: Line) -> None:
        super().__init__()
        self.marks = marks
        self._lines = list(lines)
        self._answers = answers

    def compose(self) -> ComposeResult:
        """The lines, and the keys."""
        with Pane(self.marks):
            yield DetailText(self.marks, id="page")
            yield Drawn(self.marks, classes="answers")

    def on_mount(self) -> None:
        """Fill in."""
        self.query_one(".answers", Drawn).draw([self._answers])
        page = self.query_one(DetailText)
        page.show(self._lines)
        page.focus()
        self._fit()

    def on_resize(self) -> None:
        """Use the height there is."""
        self._fit()

    def _fit(self) -> None:
        room = max(3, self.size.height - 6)
        self.query_one(DetailText).styles.height = min(len(self._lines), room)

    def action_answer(self, answer: str) -> None:
        """Close with this answer."""
        self.dismiss(answer)


class Explanation(Pages):
    """The rows that make the streak."""

    def __init__(self, marks: Marks, reasons: Sequence[Reason], today: date) -> None:
        lines: list[Line] = [(("Why the streak is what it is", "strong"),), ()]
        for reason in reasons:
            lines += _reason_lines(reason, today, 66)
        super().__init__(marks, lines, keys_line(("esc", "back")))


def _reason_lines(reason: Reason, today: date, width: int) -> list[Line]:
    if reason.kind == "note":
        return [(), *(((line, "quiet"),) for line in wrap(reason.why, width))]
    days = span(reason.first, reason.last, today)
    streak = ""
    if reason.kind == "day":
        days = f"  {short_day(reason.first, today)}"
    elif reason.streak:
        streak = f"streak {reason.streak}"
    lines: list[Line] = []
    for number, words in enumerate(wrap(reason.why, width - DAYS_CELLS - 14)):
        left = days if number == 0 else ""
        right = f"{streak:>12}" if number == 0 else ""
        room = width - DAYS_CELLS - 14
        lines.append(
            ((f"{left:<{DAYS_CELLS}} ", "quiet"), (f"{words:<{room}}", ""), (right, "accent"))
        )
    return lines


class SessionPage(Pages):
    """One session with all its stretches; answers `replay`, `edit` or `delete`."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "answer('replay')", "Play it again", id="progress.session-replay"),
        Binding("e", "answer('edit')", "Correct", id="progress.session-edit"),
        Binding("d", "answer('delete')", "Delete", id="progress.session-delete"),
    ]

    def __init__(
        self, marks: Marks, session: Session, names: Mapping[str, str], today: date
    ) -> None:
        answers = keys_line(
            ("r", "play it again"), ("e", "correct"), ("d", "delete"), ("esc", "back"), gap=3
        )
        super().__init__(marks, list(_session_lines(marks, session, names, today)), answers)


def _session_lines(
    marks: Marks, session: Session, names: Mapping[str, str], today: date
) -> list[Line]:
    when = session.started + timedelta(minutes=session.offset_minutes)
    at = f", {when:%H:%M}" if session.source is not Source.LOGGED else ""
    day = short_day(session.day, today)
    lines: list[Line] = [
        ((session.title, "strong"), (f"   {exact(session.seconds)} of stretching", "accent")),
        ((f"{day}{at}", ""), (f"   {session_marks(session)}", "quiet")),
    ]
    felt = feel_words(session)
    if felt:
        lines.append(((felt, "quiet"),))
    lines.append(())
    for part in session.parts:
        name = fit(names.get(part.stretch, part.stretch), 30, marks)
        sides = clock(part.both) if part.both else ""
        if part.left or part.right:
            sides = f"left {clock(part.left)}   right {clock(part.right)}"
        whole = f"   {marks.check}" if part.complete else ""
        lines.append(((f"{name} ", ""), (sides, "quiet"), (whole, "accent")))
    if not session.parts:
        lines.append((("Only its minutes are known, no single stretches.", "quiet"),))
    if session.note:
        lines += [(), *(((line, ""),) for line in wrap(session.note, 66))]
    return lines


class GoalDialog(Dialog[int | None]):
    """How many days a week; the past stays as it was."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(
                f"{days}", f"answer({days})", f"{days} days", show=False, id=f"dialog.goal-{days}"
            )
            for days in range(1, 8)
        ),
        Binding("escape,q", "answer(0)", "Leave it", id="dialog.goal-stay"),
    ]
    TITLE_TEXT = "Days a week"

    def __init__(self, marks: Marks, goal: int) -> None:
        super().__init__(marks)
        self._goal = goal

    def body(self, width: int) -> Sequence[Line]:
        """The goal now, and what a change does."""
        about = (
            f"The goal is {self._goal} now. In one study of office workers, those who stretched"
            " three times a week or more did better. A new goal holds from this week,"
            " or from the next when this one is kept already; weeks gone by stay as they were."
        )
        return [((line, ""),) for line in wrap(about, width)]

    def answers(self) -> Line:
        """The keys."""
        return keys_line(("1 to 7", "days a week"), ("esc", "leave it"))

    def action_answer(self, days: int) -> None:
        """Take this goal; 0 leaves it."""
        self.dismiss(days or None)


class PausesDialog(Dialog[Pause | str | None]):
    """The pauses: answers `add`, or the pause that is to be removed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a,n", "add", "Add a pause", id="dialog.pause-add"),
        Binding("d,delete", "remove", "Remove it", id="dialog.pause-remove"),
        Binding("up,k", "move(-1)", "Up", show=False, id="dialog.pause-up"),
        Binding("down,j", "move(1)", "Down", show=False, id="dialog.pause-down"),
        Binding("escape,q", "close", "Back", id="dialog.pause-close"),
    ]
    TITLE_TEXT = "Pauses: travel, illness"
    ROWS = 8

    def __init__(self, marks: Marks, pauses: Sequence[Pause], today: date) -> None:
        super().__init__(marks)
        self._pauses = sorted(pauses, key=lambda pause: pause.first, reverse=True)
        self._today = today
        self._cursor = 0

    def body(self, width: int) -> Sequence[Line]:
        """The pauses around the cursor, newest first."""
        about = "Paused days ask nothing and break nothing; a pause may be entered afterwards."
        lines: list[Line] = [((line, "quiet"),) for line in wrap(about, width)] + [()]
        if not self._pauses:
            return [*lines, (("No pauses yet.", ""),)]
        top = max(0, min(self._cursor - self.ROWS + 2, len(self._pauses) - self.ROWS))
        for row, pause in enumerate(self._pauses[top : top + self.ROWS], top):
            words = f"{span(pause.first, pause.last, self._today):<24} {pause.reason}"
            under = row == self._cursor
            mark = f"{self.marks.cursor} " if under else "  "
            shown = fit(words, width - 2, self.marks)
            lines.append(((mark, "cursor-accent" if under else ""), (shown, "cursor" * under)))
        return lines

    def answers(self) -> Line:
        """The keys."""
        remove = [("d", "remove")] if self._pauses else []
        return keys_line(("a", "add"), *remove, ("esc", "back"))

    def action_move(self, by: int) -> None:
        """Move the cursor."""
        self._cursor = max(0, min(self._cursor + by, len(self._pauses) - 1))
        self._fill()

    def action_add(self) -> None:
        """Ask for a new one."""
        self.dismiss("add")

    def action_remove(self) -> None:
        """Remove the one under the cursor."""
        if self._pauses:
            self.dismiss(self._pauses[self._cursor])

    def action_close(self) -> None:
        """Change nothing."""
        self.dismiss(None)
