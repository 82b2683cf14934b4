"""The figures of one step's dose, changed by key, with what is published beside them."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message

from stretch_tui.core.content.dose import Dose
from stretch_tui.core.content.stretch import Stretch
from stretch_tui.core.editing.dose_edits import Figure, changed, cleared, figures, nudged
from stretch_tui.ui.marks import Marks
from stretch_tui.ui.widgets.drawn import Drawn, Line

LABEL = 12


class DosePanel(Drawn, can_focus=True):
    """One row a figure; posts every change at once."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", "Up", show=False, id="dose.up"),
        Binding("down,j", "move(1)", "Down", show=False, id="dose.down"),
        Binding("right,l,plus,equals_sign", "nudge(1)", "More", id="dose.more"),
        Binding("left,h,minus", "nudge(-1)", "Less", id="dose.less"),
        Binding("backspace,p", "reset", "As published", id="dose.published"),
        Binding("enter,escape,e,tab", "close", "Done", id="dose.done"),
    ]

    DEFAULT_CSS = """
    DosePanel { height: auto; display: none; padding: 0 1; }
    DosePanel.-open { display: block; }
    """

    class Changed(Message):
        """A figure has another value."""

        def __init__(self, dose: Dose, field: str) -> None:
            super().__init__()
            self.dose = dose
            self.field = field

    class Closed(Message):
        """The person is done."""

    def __init__(self, marks: Marks, *, id: str | None = None) -> None:
        super().__init__(marks, id=id)
        self._dose = Dose()
        self._stretch: Stretch | None = None
        self._at = 0
        self._typed = ""

    @property
    def figure(self) -> Figure | None:
        """The figure under the cursor."""
        rows = self._figures()
        return rows[self._at] if self._at < len(rows) else None

    def open(self, dose: Dose, stretch: Stretch) -> None:
        """Show the figures of this dose of the stretch."""
        self._dose, self._stretch, self._at, self._typed = dose, stretch, 0, ""
        self.add_class("-open")
        self._fill()
        self.focus()

    def show(self, dose: Dose) -> None:
        """Show another dose of the same stretch, for instance after an undo."""
        self._dose = dose
        self._fill()

    def action_move(self, by: int) -> None:
        """Go to another figure."""
        self._typed = ""
        self._at = min(max(self._at + by, 0), max(0, len(self._figures()) - 1))
        self._fill()

    def action_nudge(self, by: int) -> None:
        """Change the figure by a step."""
        self._typed = ""
        if (figure := self.figure) is not None:
            self._put(nudged(self._dose, figure, by), figure)

    def action_reset(self) -> None:
        """Take the published figure again."""
        self._typed = ""
        if (figure := self.figure) is not None:
            self._put(cleared(self._dose, figure), figure)

    def action_close(self) -> None:
        """Done."""
        self.remove_class("-open")
        self.post_message(self.Closed())

    def on_key(self, event: events.Key) -> None:
        """Digits are typed into the figure."""
        figure = self.figure
        if event.character and event.character.isdecimal() and figure is not None:
            event.stop()
            self._typed = (self._typed + event.character)[-3:]
            if int(self._typed):
                self._put(changed(self._dose, figure, int(self._typed)), figure)

    def on_click(self, event: events.Click) -> None:
        """Go to the figure that was clicked."""
        if 0 < event.y <= len(self._figures()):
            self._typed, self._at = "", event.y - 1
            self._fill()

    def _figures(self) -> tuple[Figure, ...]:
        return figures(self._dose, self._stretch) if self._stretch is not None else ()

    def _put(self, dose: Dose, figure: Figure) -> None:
        if dose != self._dose:
            self._dose = dose
            self.post_message(self.Changed(dose, f"{figure.phase}.{figure.field}"))
            self._fill()

    def _fill(self) -> None:
        name = self._stretch.name if self._stretch is not None else ""
        rows = [self._row(one, number == self._at) for number, one in enumerate(self._figures())]
        arrows = f"{self.marks.left} {self.marks.right}"
        title: Line = (
            (f"Dose of {name}  ", "strong"),
            (arrows, "accent"),
            (" or ", "quiet"),
            ("0-9", "accent"),
        )
        self.draw([title, *rows])

    def _row(self, one: Figure, under_cursor: bool) -> Line:
        cursor = self.marks.cursor if under_cursor else " "
        source = f"published {one.published_words}" if one.published else "not published"
        mark, ink = ("! ", "warning") if one.odd else ("", "quiet")
        mark = mark or (f"{self.marks.down} " if one.less else "  ")
        back = "cursor" if under_cursor else ""
        return (
            (f"{cursor} {one.label:<{LABEL}}", "cursor-quiet" if under_cursor else "quiet"),
            (f"{one.words:>8}", back or "strong"),
            (f"  {mark}{source}", ink),
        )
