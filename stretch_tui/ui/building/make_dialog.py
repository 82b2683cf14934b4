"""A routine made to measure: minutes, region and place, and at once what comes of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.worker import get_current_worker

from stretch_tui.core.content.routine import Routine
from stretch_tui.core.content.wording import exact
from stretch_tui.core.planner.plan import Plan, make_routine, reroll
from stretch_tui.ui import messages
from stretch_tui.ui.building.making import FIELDS, MOST, Asked, field_line, pick_lines
from stretch_tui.ui.building.routine_forms import name_form
from stretch_tui.ui.building.routine_requests import save_request
from stretch_tui.ui.marks import marks
from stretch_tui.ui.services import Services
from stretch_tui.ui.widgets.drawn import Line, wrap
from stretch_tui.ui.widgets.fitted import Fitted
from stretch_tui.ui.widgets.overlay import Overlay
from stretch_tui.ui.widgets.pane import HELP, Pane


class MakeDialog(Overlay[None]):
    """Shows the plan as the wish changes; a pick can be turned down, or all of them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", "Up", show=False, id="make.up"),
        Binding("down,j,tab", "move(1)", "Down", show=False, id="make.down"),
        Binding("right,l,plus,equals_sign", "change(1)", "More", id="make.more"),
        Binding("left,h,minus", "change(-1)", "Less", id="make.less"),
        Binding("r", "reroll", "Another for this one", id="make.reroll"),
        Binding("R", "reroll_all", "All new", id="make.reroll-all"),
        Binding("enter", "play", "Play", id="make.play"),
        Binding("s,ctrl+s", "save", "Save", id="make.save"),
        Binding("e,b", "edit", "In the builder", id="make.edit"),
        Binding("escape,q", "close", "Not now", id="make.close"),
        HELP,
    ]

    DEFAULT_CSS = """
    MakeDialog {
        & > Pane {
            width: 76; max-width: 100%; height: 30; max-height: 100%;
        }
        & #make-text { height: 1fr; }
        & #make-keys { height: 1; margin-top: 1; }
    }
    MakeDialog.-tight #make-keys { margin-top: 0; }
    """

    class Made(Message):
        """A plan is there; an older one that comes late is passed over."""

        def __init__(self, number: int, plan: Plan) -> None:
            super().__init__()
            self.number = number
            self.plan = plan

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self._catalog = services.catalog
        self._marks = marks(services.settings.ascii)
        self._asked = Asked()
        self._plan: Plan | None = None
        self._at = 0
        self._top = 0
        self._number = 0
        self._typed = ""
        self._row_of: dict[int, int] = {}
        """The row of the cursor by the line it is drawn in."""

    @property
    def plan(self) -> Plan | None:
        """What is offered."""
        return self._plan

    def compose(self) -> ComposeResult:
        """The wish, the picks, and the keys."""
        with Pane(self._marks):
            yield Fitted(self._marks, id="make-text")
            yield Fitted(self._marks, id="make-keys")

    def on_mount(self) -> None:
        """Make the first one."""
        self._fill()
        self.query_one("#make-keys", Fitted).fill(lambda width, _: [self._keys(width)])
        self._make()

    # -- making ----------------------------------------------------------------------------

    def _make(self, old: Plan | None = None, slot: int | None = None) -> None:
        """Make a plan off the event loop: for what is asked, or another one than `old`."""
        self._number += 1
        number, asked, given = self._number, self._asked, self._services
        stretches = self._catalog.stretches

        def work() -> None:
            if old is None:
                plan = make_routine(stretches, given.settings, asked.wish(given))
            else:
                plan = reroll(stretches, given.settings, old, slot)
            if not get_current_worker().is_cancelled:
                self.post_message(self.Made(number, plan))

        self.run_worker(work, thread=True, exclusive=True, group="plan")

    def on_make_dialog_made(self, event: Made) -> None:
        """Show it."""
        if event.number == self._number:
            self._plan = event.plan
            self._at = min(self._at, self._rows - 1)
            self._fill()

    # -- keys ------------------------------------------------------------------------------

    @property
    def _rows(self) -> int:
        return len(FIELDS) + (len(self._plan.picks) if self._plan is not None else 0)

    @property
    def _slot(self) -> int | None:
        """The pick under the cursor."""
        slot = self._at - len(FIELDS)
        return slot if slot >= 0 else None

    def action_move(self, by: int) -> None:
        """Go to another row, round the ends."""
        self._typed = ""
        self._at = (self._at + by) % self._rows
        self._fill()

    def action_change(self, by: int) -> None:
        """Change the field under the cursor; on a pick, look for another one."""
        self._typed = ""
        if self._slot is not None:
            self.action_reroll()
        else:
            self._ask(self._asked.changed(self._at, by))

    def _ask(self, asked: Asked) -> None:
        if asked != self._asked:
            self._asked = asked
            self._number += 1  # a plan that is still on its way is for another wish
            self._fill()
            self.call_after_refresh(self._make)  # what is asked is seen before it is looked for

    def on_key(self, event: events.Key) -> None:
        """Digits are the minutes."""
        if event.character and event.character in "0123456789":
            event.stop()
            self._typed = (self._typed + event.character)[-2:]
            if int(self._typed):
                self._ask(replace(self._asked, minutes=min(int(self._typed), MOST)))

    def on_click(self, event: events.Click) -> None:
        """Put the cursor on the row that was clicked."""
        row = self._row_of.get(event.y + self._top) if event.widget is self._text else None
        if row is not None:
            self._at = row
            self._fill()

    def action_reroll(self) -> None:
        """Another stretch in place of the one under the cursor."""
        if self._slot is None:
            self.action_reroll_all()
        elif self._plan is not None:
            self._make(self._plan, self._slot)

    def action_reroll_all(self) -> None:
        """Another routine for the same wish."""
        if self._plan is not None and self._plan.picks:
            self._make(self._plan)

    def _routine(self) -> Routine | None:
        return self._plan.routine if self._plan is not None and self._plan.picks else None

    def action_play(self) -> None:
        """Play it."""
        self._leave_with(messages.PlayRoutine)

    def action_edit(self) -> None:
        """Open it in the builder."""
        self._leave_with(messages.EditRoutine)

    def _leave_with(self, request: type[messages.PlayRoutine] | type[messages.EditRoutine]) -> None:
        if (routine := self._routine()) is not None:
            # Asked of the app itself: this screen is gone before a message of its own arrives.
            self.app.post_message(request(routine))
            self.dismiss()

    def action_save(self) -> None:
        """Save it among the own routines, under a name."""
        routine, store = self._routine(), self._services.routines
        if routine is None:
            return

        def named(name: str | None) -> None:
            if name is not None:
                wanted = replace(routine, name=name)
                request = save_request(store, wanted, lambda saved: f"{saved.name} is saved")
                self.app.post_message(request)
                self.dismiss()

        self.app.push_screen(name_form(self._marks, "Save the routine", routine.name), named)

    def action_close(self) -> None:
        """Leave it."""
        self.dismiss()

    # -- drawing ---------------------------------------------------------------------------

    @property
    def _text(self) -> Fitted:
        return self.query_one("#make-text", Fitted)

    def _fill(self) -> None:
        self._text.fill(self._lines_in_sight)

    def _lines_in_sight(self, width: int, room: int) -> list[Line]:
        lines = self._all_lines(width)
        cursor = next((y for y, row in self._row_of.items() if row == self._at), 0)
        self._top = min(max(0, cursor - room + 3), max(0, len(lines) - room))
        return lines[self._top : self._top + room]

    def _all_lines(self, width: int) -> list[Line]:
        lines: list[Line] = [(("Make a routine", "strong"),), ()]
        self._row_of = {}
        for number in range(len(FIELDS)):
            self._row_of[len(lines)] = number
            here = number == self._at
            lines.append(field_line(self._asked, number, here, self._marks, width))
        plan = self._plan
        if plan is None:
            return [*lines, (), (("looking for the best one", "quiet"),)]
        lines += [(), (("", ""), (self._sum(plan), "accent"))]
        lines += [((line, "warning"),) for line in wrap(plan.reason, width)]
        for number, pick in enumerate(plan.picks):
            row = number + len(FIELDS)
            self._row_of[len(lines)] = row
            stretch, here = self._catalog.stretches[pick.step.stretch], row == self._at
            settings = self._services.settings
            lines += pick_lines(number, pick, stretch, here, settings, self._marks, width)
        return lines

    def _sum(self, plan: Plan) -> str:
        return exact(plan.seconds) if plan.picks else "Nothing fits."

    def _keys(self, width: int) -> Line:
        keys: Sequence[tuple[str, str]] = (
            ("enter", "play"),
            ("s", "save"),
            ("r", "another"),
            ("R", "all new"),
            ("e", "builder"),
            ("esc", "not now"),
        )
        line: list[tuple[str, str]] = []
        for key, words in keys:
            width -= cell_len(key) + cell_len(words) + 4
            if width < -3:
                break
            line += [(key, "accent"), (f" {words}   ", "quiet")]
        return tuple(line)
