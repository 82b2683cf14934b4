"""The builder: the catalog at the left, the routine at the right, and its exact length above."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import ClassVar

from textual.binding import BindingType

from stretch_tui.core.content.routine import MOST_STEPS, Routine, Step
from stretch_tui.core.editing.dose_edits import written
from stretch_tui.core.editing.drafting import with_step
from stretch_tui.ui import messages
from stretch_tui.ui.building.builder_keys import KEYS
from stretch_tui.ui.building.builder_panes import BuilderPanes
from stretch_tui.ui.building.built import next_side, next_variation
from stretch_tui.ui.building.own_routines import delete
from stretch_tui.ui.building.routine_forms import about_form, name_form, note_form, rest_form
from stretch_tui.ui.building.routine_requests import save_request
from stretch_tui.ui.dialogs.form import Form, Value
from stretch_tui.ui.services import Services
from stretch_tui.ui.signs_explained import builder_signs
from stretch_tui.ui.widgets.dose_panel import DosePanel
from stretch_tui.ui.widgets.item_list import ItemList
from stretch_tui.ui.widgets.step_list import StepList

SETTLE_SECONDS = 2.0


class BuilderScreen(BuilderPanes):
    """Builds a routine; every edit can be undone, and the draft survives a kill."""

    CSS_PATH = "builder.tcss"

    signs_explained = staticmethod(builder_signs)

    BINDINGS: ClassVar[list[BindingType]] = KEYS

    def __init__(
        self, services: Services, routine: Routine | None = None, add: Step | None = None
    ) -> None:
        """Edit this routine; without one go on with the draft, or begin a new one.

        `add` is put at its end at once.
        """
        super().__init__(services)
        self._asked = routine
        self._add = add

    @property
    def routine(self) -> Routine:
        """The routine as it is."""
        return self.bench.routine

    def on_mount(self) -> None:
        """Open the routine, or what was being built before."""
        said = self.bench.open(self._asked)
        if self._add is not None:
            self.bench.append(self._add)
        self.fill_catalog()
        self.show_routine()
        if said:
            self.notify(said)

    def on_unmount(self) -> None:
        """The newest draft is on disk before the screen is gone, for whoever goes on with it."""
        self.bench.keeper.settle(SETTLE_SECONDS)
        self.services.routines.release_draft()

    def action_leave(self) -> None:
        """Leave; what is not saved is kept as a draft."""
        if self.bench.changed and self.routine.steps:
            self.app.call_later(self.app.notify, "Kept as a draft: b goes on with it.")
        self.dismiss()

    # -- the lists -------------------------------------------------------------------------

    def on_item_list_chosen(self, event: ItemList.Chosen) -> None:
        """Add what was chosen in the catalog; a chosen step opens its dose."""
        if event.item.kind == "step":
            self.action_dose()
            return
        routine = self.bench.catalog.routine_for(event.item.id)
        if routine is not None and not self.bench.add(routine):
            self.notify(f"A routine has {MOST_STEPS} steps at most.", severity="warning")
        self._edited()

    def on_step_list_dragged(self, event: StepList.Dragged) -> None:
        """Move a step to where it was dragged."""
        self.bench.move(event.index, event.to)
        self._edited()

    def _edited(self) -> None:
        """Show what became of an edit."""
        self.close_dose()
        self.show_routine()

    # -- one step --------------------------------------------------------------------------

    def action_dose(self) -> None:
        """Open the figures of the step's dose."""
        if not self.says_unknown():
            self.open_dose()

    def on_dose_panel_changed(self, event: DosePanel.Changed) -> None:
        """Take over another dose; changes of one figure in a row are undone together."""
        if (found := self.bench.known) is not None:
            step, stretch = found
            kept = written(replace(step, dose=event.dose), stretch)
            self.bench.change_step(kept, f"{self.bench.at}.{event.field}")
            self.show_routine()

    def action_remove(self) -> None:
        """Take the step out."""
        self.bench.remove()
        self._edited()

    def action_duplicate(self) -> None:
        """Do the step twice."""
        self.bench.duplicate()
        self._edited()

    def action_shift(self, by: int) -> None:
        """Move the step up or down."""
        self.bench.move(self.bench.at, self.bench.at + by)
        self._edited()

    def action_side(self) -> None:
        """Left first, right first, or in turn."""
        found = self.bench.known
        if self.says_unknown() or found is None:
            return
        if found[1].two_sided:
            self.bench.change_step(next_side(found[0]))
            self._edited()
        else:
            self.notify("Both sides at once: no side begins.")

    def action_variation(self) -> None:
        """Go to the next form of the stretch."""
        found = self.bench.known
        if self.says_unknown() or found is None:
            return
        if found[1].variations:
            self.bench.change_step(next_variation(*found))
            self._edited()
        else:
            self.notify("There is only one form of it.")

    def action_note(self) -> None:
        """Write a note on the step."""
        step, at = self.bench.step, self.bench.at
        if step is None:
            return

        def noted(note: str) -> None:
            self.bench.edit(with_step(self.routine, at, replace(step, note=note)), at)

        self._ask(note_form(self.signs, step.note), noted)

    # -- the whole routine -----------------------------------------------------------------

    def action_order(self) -> None:
        """Put the steps in the order in which the body gets up and down least."""
        if not self.bench.order():
            self.notify("No order has fewer changes of position.")
            return
        self._edited()
        if self.routine.ordered:
            self.notify("Its source asks for the order it had; u brings that back.")

    def action_rest(self) -> None:
        """Set the rest between stretches."""
        usual = self.services.settings.rest_seconds
        self._ask(rest_form(self.signs, self.routine, usual), self.bench.edit)

    def action_name(self) -> None:
        """Name it, describe it, tag it."""
        self._ask_name(lambda: None)

    def _ask_name(self, then: Callable[[], None]) -> None:
        def named(changed: Routine) -> None:
            self.bench.edit(changed)
            then()

        self._ask(about_form(self.signs, self.routine), named)

    def _ask(self, form: Form[Value], then: Callable[[Value], object]) -> None:
        def answered(answer: Value | None) -> None:
            if answer is not None:
                then(answer)
                self._edited()

        self.app.push_screen(form, answered)

    def action_play(self) -> None:
        """Play from the step under the cursor."""
        if not self.bench.built.parts:
            self.notify("There is nothing to play yet.")
            return
        from_step = self.bench.built.played_before(self.bench.at)
        self.post_message(messages.PlayRoutine(self.routine, from_step=from_step))

    # -- files -----------------------------------------------------------------------------

    def action_save(self) -> None:
        """Save it under its name."""
        if not self.routine.steps:
            self.notify("Add a stretch first: enter adds what the cursor is on.")
        elif not self.routine.name:
            self._ask_name(self.action_save)
        else:
            self._save(self.routine)

    def action_save_copy(self) -> None:
        """Save it as another routine, and go on with that."""
        if self.routine.steps:
            name = f"{self.routine.name[:50]} (copy)".strip()

            def named(answer: str) -> None:
                self._save(replace(self.routine, id="", name=answer))

            self._ask(name_form(self.signs, "Save as another", name), named)

    def _save(self, routine: Routine) -> None:
        def told(saved: Routine) -> str:
            self.post_message(self.Saved(saved))
            return f"{saved.name} is saved"

        self.post_message(save_request(self.services.routines, routine, told))

    def on_builder_panes_saved(self, event: BuilderPanes.Saved) -> None:
        """It is on disk: what was edited since is all that is not saved."""
        self.bench.keep_saved(event.routine)
        self.fill_catalog()
        self.show_routine()

    def action_delete(self) -> None:
        """Delete the routine's file; it can be brought back."""
        routine = self.bench.saved
        if not routine.id:
            self.action_throw_away()
            return

        def leave() -> None:
            self.bench.keeper.discard()
            self.dismiss()

        delete(self.app, self.services.routines, self.signs, routine, before=leave)

    def action_throw_away(self) -> None:
        """Go back to what is saved; undo still brings the changes back."""
        if self.bench.changed:
            self.bench.edit(self.bench.saved, 0)
            self._edited()
            self.notify("As it was saved; u brings the changes back.")

    def action_undo(self) -> None:
        """Undo the last edit."""
        if not self.bench.undo():
            self.notify("Nothing to undo.")
        self._edited()

    def action_redo(self) -> None:
        """Redo the edit that was undone last."""
        if not self.bench.redo():
            self.notify("Nothing to redo.")
        self._edited()
