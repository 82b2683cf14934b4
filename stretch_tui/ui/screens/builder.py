"""The builder: the catalog at the left, the routine at the right, and its exact length above."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.screen import Screen

from stretch_tui.core import drafting
from stretch_tui.core.dose_edits import written
from stretch_tui.core.dosing import dose_of
from stretch_tui.core.drafting import Draft, Version
from stretch_tui.core.errors import StoreError
from stretch_tui.core.logbook import Logbook
from stretch_tui.core.ordering import reordered
from stretch_tui.core.routine import Routine, Step
from stretch_tui.core.stretch import Stretch
from stretch_tui.ui import messages
from stretch_tui.ui.asking import Ask, Question
from stretch_tui.ui.building import Built, next_side, next_variation
from stretch_tui.ui.dialogs import Confirm
from stretch_tui.ui.draft_keeper import DraftKeeper
from stretch_tui.ui.finding import Finder
from stretch_tui.ui.services import Services
from stretch_tui.ui.shelf import Lengths, Shelf
from stretch_tui.ui.theme import marks
from stretch_tui.ui.widgets.bars import KeyHints, TitleBar
from stretch_tui.ui.widgets.dose_panel import DosePanel
from stretch_tui.ui.widgets.drawn import Drawn, Line, wrap
from stretch_tui.ui.widgets.figure_pane import FigurePane
from stretch_tui.ui.widgets.filter_line import FilterLine
from stretch_tui.ui.widgets.item_list import ItemList
from stretch_tui.ui.widgets.size_note import SizeNote
from stretch_tui.ui.widgets.step_list import CatalogList, StepList

CATALOG_HINTS = ("builder.add", "builder.pane", "builder.filter", "builder.save", "builder.undo")
STEP_HINTS = ("builder.dose", "builder.remove", "builder.down", "builder.up", "builder.save")
DOSE_HINTS = ("dose.less", "dose.more", "dose.published", "dose.done")
MOST_REST = 600
NOTE_LIMIT = 300
SETTLE_SECONDS = 2.0


class BuilderScreen(Screen[None]):
    """Builds a routine; every edit can be undone, and the draft survives a kill."""

    CSS_PATH = "builder.tcss"
    AUTO_FOCUS = "#shelf"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab,shift+tab", "other_pane", "Other pane", id="builder.pane"),
        Binding("slash", "filter", "Filter", id="builder.filter"),
        Binding("e", "dose", "Dose", id="builder.dose"),
        Binding("d,delete", "remove", "Remove", id="builder.remove"),
        Binding("J,shift+down", "shift(1)", "Move down", id="builder.down"),
        Binding("K,shift+up", "shift(-1)", "Move up", id="builder.up"),
        Binding("c", "duplicate", "Copy the step", id="builder.duplicate"),
        Binding("o", "order", "Order: up and down least", id="builder.order"),
        Binding("s", "side", "Which side begins", id="builder.side"),
        Binding("v", "variation", "Easier or harder form", id="builder.variation"),
        Binding("i", "note", "Note on the step", id="builder.note"),
        Binding("r", "rest", "Rest between stretches", id="builder.rest"),
        Binding("n", "name", "Name, words, tags", id="builder.name"),
        Binding("p", "play", "Play from this step", id="builder.play"),
        Binding("ctrl+s", "save", "Save", id="builder.save", priority=True),
        Binding("w", "save_copy", "Save as another", id="builder.save-copy"),
        Binding("X", "delete", "Delete the routine", id="builder.delete"),
        Binding("Z", "throw_away", "Throw the changes away", id="builder.throw-away"),
        Binding("u", "undo", "Undo", id="builder.undo"),
        Binding("ctrl+y", "redo", "Redo", id="builder.redo"),
        Binding("escape", "back", "Back to the list", show=False, id="builder.back"),
    ]

    class Saved(Message):
        """The routine is on disk under this id."""

        def __init__(self, routine: Routine) -> None:
            super().__init__()
            self.routine = routine

    class Troubled(Message):
        """The draft could not be kept."""

        def __init__(self, words: str) -> None:
            super().__init__()
            self.words = words

    def __init__(self, services: Services, routine: Routine | None = None) -> None:
        """Edit this routine; without one go on with the draft, or begin a new one."""
        super().__init__(classes="-sized")
        self._services = services
        self._marks = marks(services.settings.ascii)
        self._catalog = services.catalog
        self._shelf = Shelf(self._catalog)
        self._lengths = Lengths(self._catalog, services.settings)
        self._finder = Finder(self._catalog, self._lengths, self._marks)
        self._keeper = DraftKeeper(services.routines, self._troubled)
        self._asked = routine
        self._saved = Routine("", "", (), own=True)
        self._draft = Draft(Version(self._saved))
        self._built = self._worked_out()

    def compose(self) -> ComposeResult:
        """Title, catalog and routine, hints."""
        given, signs = self._services, self._marks
        yield TitleBar(signs, id="title")
        with Horizontal(id="panes"):
            with Vertical(id="catalog"):
                yield FilterLine(signs, "neck  no-floor  <2min", id="filter")
                yield CatalogList(signs, lambda item: self._lengths.words(item.id), id="shelf")
                yield FigurePane(
                    given.figures,
                    signs,
                    given.monotonic,
                    style=given.settings.figure_style,
                    fps=given.figure_fps,
                    id="figure",
                )
            with Vertical(id="routine"):
                yield StepList(signs, lambda item: self._built.tail(int(item.id)), id="steps")
                yield DosePanel(signs, id="dose")
                yield Drawn(signs, id="about")
        yield KeyHints(signs, CATALOG_HINTS, id="hints")
        yield SizeNote(signs)

    def on_mount(self) -> None:
        """Open the routine, or what was being built before."""
        said = self._open()
        self._fill_catalog()
        self._show()
        if said:
            self.notify(said)

    def on_unmount(self) -> None:
        """The newest draft is on disk before the screen is gone."""
        self._keeper.settle(SETTLE_SECONDS)

    # -- what is edited --------------------------------------------------------------------

    def _open(self) -> str:
        """Begin with the draft or with the routine that was asked for; what to say about it."""
        asked = self._asked
        try:
            draft = self._services.routines.draft()
        except StoreError as problem:
            draft, words = None, str(problem)
        else:
            words = ""
        own = self._services.routines.all()
        if asked is not None and not asked.own:
            asked = replace(asked, id="", name=f"{asked.name[:50]} (mine)", own=True)
        if draft is not None and (asked is None or (draft.id and draft.id == asked.id)):
            asked, words = draft, "Going on with what was not saved yet."
        elif draft is not None:
            words = self._put_aside(draft)
        if asked is not None:
            self._saved = own.get(asked.id, self._saved) if asked.id else self._saved
            self._draft = Draft(Version(asked))
            if asked.steps and not asked.id:
                self._keeper.keep(asked)
        return words

    def _put_aside(self, draft: Routine) -> str:
        """Keep a draft of something else as a routine of its own, so that it is not lost."""
        name = f"{draft.name[:40]} (unsaved)" if draft.id else draft.name
        store = self._services.routines
        aside = replace(draft, id="", name=name)

        def write(log: Logbook) -> None:
            del log
            store.save(aside)

        self._keeper.discard()
        self.post_message(messages.Remember(write))
        return f"What you were building is kept as {name}"

    @property
    def routine(self) -> Routine:
        """The routine as it is."""
        return self._draft.routine

    @property
    def changed(self) -> bool:
        """Whether anything is not saved."""
        return self.routine != self._saved

    def _edit(self, routine: Routine, at: int | None = None, mark: str = "") -> None:
        """Take over an edited routine, with the cursor on a step of it."""
        before = self.routine
        self._draft = self._draft.edited(routine, self._draft.at if at is None else at, mark)
        self._after(before)

    def _after(self, before: Routine) -> None:
        if self.routine != before:
            self._built = self._worked_out()
            if self.changed:
                self._keeper.keep(self.routine)
            else:
                self._keeper.discard()
        self._show()

    def _worked_out(self) -> Built:
        return Built.of(self.routine, self._catalog.stretches, self._services.settings)

    # -- what is shown ---------------------------------------------------------------------

    def _show(self) -> None:
        """Show the routine as it is."""
        if self._built.routine is not self.routine:
            self._built = self._worked_out()
        word = "Routine" if self.routine.id else "New routine"
        name = f"{word}: {self.routine.name}" if self.routine.name else word
        unsaved = " (not saved)" if self.changed and self.routine.steps else ""
        between = f" {self._marks.dot} "
        self.query_one(TitleBar).show(f"{name}{unsaved}", self._built.total, between)
        rows = self._built.items()
        steps = self.query_one(StepList)
        steps.show(rows, at=rows[self._draft.at] if rows else None)
        steps.refresh()
        self._show_words()

    def _show_words(self) -> None:
        about = self.query_one("#about", Drawn)
        width, height = about.size
        lines = self._built.words(self._draft.at, self._marks, width or 40, height or 99)
        about.draw(lines[:height] if height else lines)

    def _fill_catalog(self) -> None:
        filter_line, items = self.query_one(FilterLine), self.query_one(CatalogList)
        found = self._finder.find(filter_line.text, frozenset())
        filter_line.say(found.words if found is not None else "")
        catalog = self._catalog
        routines = tuple(catalog.routines) if found is None else found.routines
        stretches = tuple(b.id for b in catalog.briefs()) if found is None else found.stretches
        rows = self._shelf.rows((), stretches)
        more = self._shelf.rows(routines, ())
        advice = found.advice if found is not None else ()
        width = max(10, items.size.width - 4)
        empty: list[Line] = [((f"  {line}", "quiet"),) for a in advice for line in wrap(a, width)]
        items.show([*rows, *([""] if rows and more else []), *more], empty=empty)

    def on_resize(self) -> None:
        """Lay the words out for the new size."""
        self.call_after_refresh(self._show_words)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Hint at what can be done here."""
        if isinstance(event.widget, StepList | DosePanel):
            self.add_class("-steps")
        elif isinstance(event.widget, CatalogList):
            self.remove_class("-steps")
        hints = {StepList: STEP_HINTS, DosePanel: DOSE_HINTS}
        self.query_one(KeyHints).show(hints.get(type(event.widget), CATALOG_HINTS))

    def on_item_list_highlighted(self, event: ItemList.Highlighted) -> None:
        """Show the figure of what is under the cursor, and the words of a step."""
        item = event.item
        if item is not None and item.kind == "step":
            self._draft = self._draft.edited(self.routine, int(item.id))
            self._show_words()
            self._show_figure(self.step)
        elif item is not None and self.query_one(CatalogList).has_focus:
            routine = self._catalog.routine_for(item.id)
            self._show_figure(routine.steps[0] if routine and routine.steps else None)

    def _show_figure(self, step: Step | None) -> None:
        stretch = self._catalog.stretches.get(step.stretch) if step is not None else None
        poses = stretch.phases_of(step.variation) if stretch is not None and step else ()
        self.query_one(FigurePane).show([phase.pose for phase in poses][-1:])

    # -- adding ----------------------------------------------------------------------------

    def on_item_list_chosen(self, event: ItemList.Chosen) -> None:
        """Add what was chosen in the catalog; a chosen step opens its dose."""
        if event.item.kind == "step":
            self.action_dose()
            return
        routine = self._catalog.routine_for(event.item.id)
        if routine is None:
            return
        room = drafting.MOST_STEPS - len(self.routine.steps)
        if room < len(routine.steps):
            self.notify(f"A routine has {drafting.MOST_STEPS} steps at most.", severity="warning")
            return
        at = self._draft.at + 1 if self.routine.steps else 0
        added = drafting.inserted(self.routine, at, *routine.steps)
        self._edit(added, at + len(routine.steps) - 1)

    async def on_filter_line_changed(self) -> None:
        """Narrow the catalog as it is typed."""
        self._fill_catalog()

    def on_filter_line_left(self) -> None:
        """Back to the catalog."""
        self.query_one(CatalogList).focus()

    async def action_filter(self) -> None:
        """Open the filter."""
        self.remove_class("-steps")
        await self.query_one(FilterLine).open()

    def action_other_pane(self) -> None:
        """From the catalog to the steps and back."""
        steps = self.query_one(StepList)
        to_steps = not steps.has_focus
        self.set_class(to_steps, "-steps")
        (steps if to_steps else self.query_one(CatalogList)).focus()
        self.call_after_refresh(self._show_words)

    def action_back(self) -> None:
        """Back to the catalog; there, drop the filter."""
        items, filter_line = self.query_one(CatalogList), self.query_one(FilterLine)
        if not items.has_focus:
            self.remove_class("-steps")
            items.focus()
        elif filter_line.is_open:
            filter_line.put("")

    # -- one step --------------------------------------------------------------------------

    @property
    def step(self) -> Step | None:
        """The step under the cursor."""
        steps = self.routine.steps
        return steps[self._draft.at] if steps else None

    def _change_step(self, step: Step, mark: str = "") -> None:
        at = self._draft.at
        self._edit(drafting.with_step(self.routine, at, step), at, mark)

    def _known(self) -> tuple[Step, Stretch] | None:
        """The step under the cursor with its stretch; None once it is said that nobody knows it."""
        step = self.step
        stretch = self._catalog.stretches.get(step.stretch) if step is not None else None
        if step is None:
            self.notify("There is no step yet: enter adds one.")
        elif stretch is None:
            self.notify(f"Nobody here knows {step.stretch}.", severity="warning")
        return (step, stretch) if step is not None and stretch is not None else None

    def action_dose(self) -> None:
        """Open the figures of the step's dose."""
        if (found := self._known()) is not None:
            self.add_class("-dosing", "-steps")
            self.query_one(DosePanel).open(dose_of(*found), found[1])
            self.call_after_refresh(self._show_words)

    def on_dose_panel_changed(self, event: DosePanel.Changed) -> None:
        """Take over another dose; the figures of one visit are undone together."""
        if (found := self._known()) is not None:
            step, stretch = found
            kept = written(replace(step, dose=event.dose), stretch)
            self._change_step(kept, f"{self._draft.at}.{event.field}")

    def on_dose_panel_closed(self) -> None:
        """Back to the steps."""
        self.remove_class("-dosing")
        self.query_one(StepList).focus()
        self.call_after_refresh(self._show_words)

    def action_remove(self) -> None:
        """Take the step out."""
        if self.step is not None:
            self._edit(drafting.removed(self.routine, self._draft.at))

    def action_duplicate(self) -> None:
        """Do the step twice."""
        if self.step is not None and len(self.routine.steps) < drafting.MOST_STEPS:
            at = self._draft.at
            self._edit(drafting.duplicated(self.routine, at), at + 1)

    def action_shift(self, by: int) -> None:
        """Move the step up or down."""
        to = self._draft.at + by
        if 0 <= to < len(self.routine.steps):
            self._edit(drafting.moved(self.routine, self._draft.at, to), to)

    def on_step_list_dragged(self, event: StepList.Dragged) -> None:
        """Move a step to where it was dragged."""
        self._edit(drafting.moved(self.routine, event.index, event.to), event.to)

    def action_side(self) -> None:
        """Left first, right first, or in turn."""
        found = self._known()
        if found is None:
            return
        if not found[1].two_sided:
            self.notify("Both sides at once: no side begins.")
            return
        self._change_step(next_side(found[0]))

    def action_variation(self) -> None:
        """Go to the next form of the stretch."""
        found = self._known()
        if found is None:
            return
        if not found[1].variations:
            self.notify("There is only one form of it.")
            return
        self._change_step(next_variation(*found))

    def action_note(self) -> None:
        """Write a note on the step."""
        if (step := self.step) is not None:
            at = self._draft.at

            def noted(answer: tuple[str, ...]) -> None:
                self._edit(drafting.with_step(self.routine, at, replace(step, note=answer[0])), at)

            self._ask(
                "Note on the step", [("shown while it is played", step.note, NOTE_LIMIT)], noted
            )

    # -- the whole routine -----------------------------------------------------------------

    def action_order(self) -> None:
        """Put the steps in the order in which the body gets up and down least."""
        ordered = reordered(self.routine, self._catalog.stretches)
        if ordered == self.routine:
            self.notify("No order has fewer changes of position.")
            return
        step = self.step
        at = next((i for i, one in enumerate(ordered.steps) if one is step), 0)
        self._edit(ordered, at)
        if self.routine.ordered:
            self.notify("Its source asks for the order it had; u brings that back.")

    def action_rest(self) -> None:
        """Set the rest between stretches."""
        rest = self.routine.rest_seconds
        usual = self._services.settings.rest_seconds
        asked = f"seconds, 0 to {MOST_REST}; empty for your setting, {usual} s"

        def rested(answer: tuple[str, ...]) -> None:
            words = answer[0].removesuffix("s").strip()
            if words and not (words.isdecimal() and int(words) <= MOST_REST):
                self.notify(f"The rest is a number from 0 to {MOST_REST}.", severity="warning")
                return
            self._edit(replace(self.routine, rest_seconds=int(words) if words else None))

        self._ask("Rest between stretches", [(asked, "" if rest is None else str(rest), 5)], rested)

    def action_name(self) -> None:
        """Name it, describe it, tag it."""
        self._ask_name(lambda: None)

    def _ask_name(self, then: Callable[[], None]) -> None:
        routine = self.routine

        def named(answer: tuple[str, ...]) -> None:
            name, about, tags = answer
            if not name:
                self.notify("It needs a name.", severity="warning")
                return
            found = tuple(dict.fromkeys(t for tag in tags.split(",") if (t := tag.strip())))[:20]
            self._edit(replace(self.routine, name=name, about=about, tags=found))
            then()

        questions = [
            ("name", routine.name, 60),
            ("what it is for", routine.about, 400),
            ("tags, with commas between", ", ".join(routine.tags), 200),
        ]
        self._ask("Name, words, tags", questions, named)

    def _ask(
        self, title: str, questions: list[Question], then: Callable[[tuple[str, ...]], None]
    ) -> None:
        def answered(answer: tuple[str, ...] | None) -> None:
            if answer is not None:
                then(answer)

        self.app.push_screen(Ask(self._marks, title, questions), answered)

    def action_play(self) -> None:
        """Play from the step under the cursor."""
        if not self._built.timeline.steps:
            self.notify("There is nothing to play yet.")
            return
        known = [self._built.plays(step) for step in self.routine.steps[: self._draft.at]]
        from_step = min(sum(known), len(self._built.timeline.steps) - 1)
        self.post_message(messages.PlayRoutine(self.routine, from_step=from_step))

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
            name = f"{self.routine.name[:50]} (copy)"

            def named(answer: tuple[str, ...]) -> None:
                self._save(replace(self.routine, id="", name=answer[0] or name))

            self._ask("Save as another", [("name", name, 60)], named)

    def _save(self, routine: Routine) -> None:
        store = self._services.routines

        def write(log: Logbook) -> str:
            del log
            saved = store.save(replace(routine, own=True))
            self.post_message(self.Saved(saved))
            return f"{saved.name} is saved"

        self.post_message(messages.Remember(write))

    def on_builder_screen_saved(self, event: Saved) -> None:
        """It is on disk: what was edited since is all that is not saved."""
        self._saved = event.routine
        self._draft = self._draft.saved_as(event.routine)
        self._built = self._worked_out()
        if not self.changed:
            self._keeper.discard()
        self._show()

    def action_delete(self) -> None:
        """Delete the routine's file; it can be brought back."""
        routine, store = self._saved, self._services.routines
        if not routine.id:
            self.action_throw_away()
            return

        def take_back() -> str:
            store.restore(routine.id)
            return f"{routine.name} is back"

        def write(log: Logbook) -> str:
            del log
            store.delete(routine.id)
            return f"{routine.name} is deleted; u brings it back"

        def answered(yes: bool | None) -> None:
            if yes:
                self._keeper.discard()
                self.app.post_message(messages.Remember(write, take_back=take_back))
                self.dismiss()

        question = f"Delete {routine.name}? It can be brought back."
        self.app.push_screen(Confirm(self._marks, question, yes="delete", no="keep"), answered)

    def action_throw_away(self) -> None:
        """Go back to what is saved; undo still brings the changes back."""
        if self.changed:
            self._edit(self._saved, 0)
            self.notify("As it was saved; u brings the changes back.")

    def action_undo(self) -> None:
        """Undo the last edit."""
        self._step_through(self._draft.undone(), "Nothing to undo.")

    def action_redo(self) -> None:
        """Make the edit again that was undone last."""
        self._step_through(self._draft.redone(), "Nothing to redo.")

    def _step_through(self, draft: Draft, nothing: str) -> None:
        if draft is self._draft:
            self.notify(nothing)
            return
        before, self._draft = self.routine, draft
        self._after(before)
        panel = self.query_one(DosePanel)
        if panel.has_focus:
            panel.action_close()

    def _troubled(self, words: str) -> None:
        """Called on the keeper's thread."""
        self.post_message(self.Troubled(words))

    def on_builder_screen_troubled(self, event: Troubled) -> None:
        """Say that the draft could not be kept."""
        self.notify(event.words, severity="warning")
