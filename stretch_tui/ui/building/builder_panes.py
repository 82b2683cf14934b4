"""The builder's two panes: how the catalog and the routine are laid out, filled and hinted at."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Horizontal, Vertical
from textual.message import Message
from textual.widget import Widget

from stretch_tui.core.content.routine import Routine
from stretch_tui.core.session.lengths import Lengths
from stretch_tui.ui.browsing.finding import Finder
from stretch_tui.ui.browsing.shelf import Shelf
from stretch_tui.ui.building.balance_lines import balance_lines
from stretch_tui.ui.building.builder_keys import CATALOG_HINTS, DOSE_HINTS, PANE_KEYS, STEP_HINTS
from stretch_tui.ui.building.subject_lines import routine_lines, step_lines, stretch_lines
from stretch_tui.ui.building.workbench import Workbench
from stretch_tui.ui.marks import marks
from stretch_tui.ui.services import Services
from stretch_tui.ui.widgets.bars import KeyHints, TitleBar
from stretch_tui.ui.widgets.detail_pane import SETTLE_SECONDS
from stretch_tui.ui.widgets.dose_panel import DosePanel
from stretch_tui.ui.widgets.drawn import Drawn, Line, wrap
from stretch_tui.ui.widgets.figure_pane import FigurePane
from stretch_tui.ui.widgets.filter_line import FilterLine
from stretch_tui.ui.widgets.item_list import Item, ItemList
from stretch_tui.ui.widgets.size_note import SizeNote
from stretch_tui.ui.widgets.steady_screen import SteadyScreen
from stretch_tui.ui.widgets.step_list import CatalogList, StepList

if TYPE_CHECKING:
    from textual.timer import Timer

NOTHING_YET: tuple[Line, ...] = (
    (("  Nothing here yet.", ""),),
    (("  Enter adds what the cursor is on.", "quiet"),),
)


class BuilderPanes(SteadyScreen):
    """Shows the workbench; what can be done with it is for the screen to say."""

    AUTO_FOCUS = "#shelf"

    BINDINGS: ClassVar[list[BindingType]] = PANE_KEYS

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

    def __init__(self, services: Services) -> None:
        super().__init__(classes="-sized")
        self.services = services
        self.signs = marks(services.settings.ascii)
        self.bench = Workbench(services, self._troubled)
        self.dosing: int | None = None
        """The step whose figures are open."""
        self._in_steps = False
        """Whether the person is among the steps; on a narrow screen nothing else is shown then."""
        self._to_add = ""
        """The id under the catalog's cursor, while that is where the person is."""
        self._settling: Timer | None = None

    def _troubled(self, words: str) -> None:
        """Called on another thread."""
        self.post_message(self.Troubled(words))

    def on_builder_panes_troubled(self, event: Troubled) -> None:
        """Say that the draft could not be kept."""
        self.notify(event.words, severity="warning")

    def compose(self) -> ComposeResult:
        """Title, catalog and routine, hints."""
        given, signs = self.services, self.signs
        yield TitleBar(signs, id="title")
        with Horizontal(id="panes"):
            with Vertical(id="catalog"):
                yield FilterLine(signs, "neck  no-floor  <2min", id="filter")
                yield CatalogList(signs, self._length, id="shelf")
            with Container(id="routine"):
                with Vertical(id="made"):
                    yield StepList(signs, self._tail, id="steps")
                    yield DosePanel(signs, id="dose")
                    yield Drawn(signs, id="balance")
                with Vertical(id="subject"):
                    yield FigurePane(
                        given.figures,
                        signs,
                        given.monotonic,
                        style=given.settings.figure_style,
                        fps=given.figure_fps,
                        id="figure",
                    )
                    yield Drawn(signs, id="about")
        yield KeyHints(signs, CATALOG_HINTS, id="hints")
        yield SizeNote(signs)

    # -- filling ---------------------------------------------------------------------------

    def fill_catalog(self) -> None:
        """List what the filter leaves: stretches first, then routines."""
        catalog = self.bench.catalog
        shelf, self._lengths = Shelf(catalog), Lengths(catalog, self.services.settings)
        filter_line, items = self.query_one(FilterLine), self.query_one(CatalogList)
        found = Finder(catalog, self._lengths, self.signs).find(filter_line.text, frozenset())
        filter_line.say(found.words if found is not None else "")
        routines = tuple(catalog.routines) if found is None else found.routines
        stretches = tuple(b.id for b in catalog.briefs()) if found is None else found.stretches
        rows, more = shelf.rows((), stretches), shelf.rows(routines, ())
        advice = found.advice if found is not None else ()
        width = max(10, items.size.width - 4)
        empty: list[Line] = [((f"  {line}", "quiet"),) for a in advice for line in wrap(a, width)]
        items.show([*rows, *([""] if rows and more else []), *more], empty=empty)

    def _length(self, item: Item) -> str:
        return self._lengths.words(item.id)

    def _tail(self, item: Item) -> str:
        return self.bench.built.tail(int(item.id), self.signs)

    def show_routine(self) -> None:
        """Show the routine as it is now."""
        bench = self.bench
        word = "Routine" if bench.routine.id else "New routine"
        name = bench.routine.name
        name = f"{word}: {name}" if name not in ("", word) else word
        unsaved = " (not saved)" if bench.changed and bench.routine.steps else ""
        between = f" {self.signs.dot} "
        self.query_one(TitleBar).show(f"{name}{unsaved}", bench.built.total, between)
        rows, steps = bench.built.items(), self.query_one(StepList)
        steps.show(rows, at=rows[bench.at] if rows else None, empty=NOTHING_YET)
        self.show_words()
        self._figure_follows()

    def show_words(self) -> None:
        """Show what there is to say of the thing under the cursor, and of the routine."""
        self._show_about()
        whole = self.query_one("#balance", Drawn)
        whole.draw(balance_lines(self.bench.built, self.signs, *whole.size))

    def _show_about(self) -> None:
        about = self.query_one("#about", Drawn)
        about.draw(self._subject(about.size.width or 40, about.size.height))

    def _subject(self, width: int, height: int) -> list[Line]:
        """The words of what could be added, or else of the step under the cursor."""
        catalog, signs = self.bench.catalog, self.signs
        if (stretch := catalog.stretches.get(self._to_add)) is not None:
            return stretch_lines(stretch, signs, width, height)
        if (routine := catalog.routines.get(self._to_add)) is not None:
            words = self._lengths.words(self._to_add)
            return routine_lines(routine, words, signs, width, height)
        return step_lines(self.bench.built, self.bench.at, signs, width, height)

    def _show_figure(self) -> None:
        """Show what could be added, of a routine its first step, or else the present step."""
        routine = self.bench.catalog.routine_for(self._to_add) if self._to_add else None
        step = next(iter(routine.steps), None) if routine is not None else self.bench.step
        stretch = self.bench.catalog.stretches.get(step.stretch) if step is not None else None
        pose = stretch.defining_pose(step.variation) if stretch is not None and step else ""
        self.query_one(FigurePane).show([pose] if pose else [])

    def on_resize(self) -> None:
        """Lay it out for the new size; a narrow screen hides the pane that has not the keys."""
        self.set_class(self._in_steps, "-steps")
        self.set_class(self.dosing is not None, "-dosing")
        self.call_after_refresh(self._lay_out)

    def _lay_out(self) -> None:
        self._face(in_steps=self._in_steps)
        self.show_words()

    def _face(self, *, in_steps: bool) -> None:
        """Turn to the steps or to the catalog; elsewhere than on a narrow screen both are seen."""
        self._in_steps = in_steps
        self.set_class(in_steps and self.has_class("-narrow"), "-steps")

    # -- from pane to pane -----------------------------------------------------------------

    def watch_focused(self, focused: Widget | None) -> None:
        """Turn to where the keys go now: at once, so that it is all in one frame."""
        if focused is None:
            return
        in_steps = isinstance(focused, StepList | DosePanel)
        self._face(in_steps=in_steps)
        items = self.query_one(CatalogList)
        items.rest(in_steps)
        self.query_one(StepList).rest(not isinstance(focused, StepList))
        self._turn_to(None if in_steps else items.item)
        hints = {StepList: STEP_HINTS, DosePanel: DOSE_HINTS}
        self.query_one(KeyHints).show(hints.get(type(focused), CATALOG_HINTS))

    def on_item_list_highlighted(self, event: ItemList.Highlighted) -> None:
        """Show the figure of what is under the cursor, and the words of a step."""
        item = event.item
        if item is not None and item.kind == "step":
            if self.dosing not in (None, int(item.id)):
                self.close_dose()
            self.bench.go(int(item.id))
        self._turn_to(None if self._in_steps else self.query_one(CatalogList).item)

    def _turn_to(self, to_add: Item | None) -> None:
        """Show figure and words of what could be added, or else of the step under the cursor."""
        self._to_add = to_add.id if to_add is not None else ""
        self._show_about()
        self._figure_follows()

    def _figure_follows(self) -> None:
        """Show the figure once the cursor rests: a held key draws none."""
        if self._settling is not None:
            self._settling.stop()
        if self.query_one(FigurePane).drawing:
            self._settling = self.set_timer(SETTLE_SECONDS, self._show_figure)
        else:
            self._show_figure()

    async def on_filter_line_changed(self) -> None:
        """Narrow the catalog as it is typed."""
        self.fill_catalog()

    def on_filter_line_left(self) -> None:
        """Back to the catalog."""
        self.query_one(CatalogList).focus()

    async def action_filter(self) -> None:
        """Open the filter."""
        self._face(in_steps=False)
        await self.query_one(FilterLine).open()

    def action_other_pane(self) -> None:
        """From the catalog to the steps and back."""
        steps = self.query_one(StepList)
        to_steps = not steps.has_focus
        self._face(in_steps=to_steps)
        self.set_focus(steps if to_steps else self.query_one(CatalogList))
        self.call_after_refresh(self.show_words)  # on a narrow screen it has a size only then

    def action_back(self) -> None:
        """Back to the catalog; there, drop the filter."""
        items, filter_line = self.query_one(CatalogList), self.query_one(FilterLine)
        if not items.has_focus:
            self._face(in_steps=False)
            items.focus()
        elif filter_line.is_open:
            filter_line.put("")

    # -- the figures of a dose -------------------------------------------------------------

    def says_unknown(self) -> bool:
        """Say so when there is no step under the cursor, or nobody knows its stretch."""
        if self.bench.known is not None:
            return False
        step = self.bench.step
        words = f"Nobody here knows {step.stretch}." if step else "There is no step yet."
        self.notify(words, severity="warning")
        return True

    def open_dose(self) -> None:
        """Open the figures of the step under the cursor."""
        if (found := self.bench.known) is not None:
            self.dosing = self.bench.at
            self._face(in_steps=True)
            crowded = any(map(self.has_class, ("-medium", "-narrow", "-tight")))
            self.set_class(crowded, "-dosing")  # elsewhere nothing makes room, or is styled anew
            self.query_one(DosePanel).open(self.bench.built.dose(found[0]), found[1])
            self.call_after_refresh(self.show_words)

    def close_dose(self) -> None:
        """Close the figures when another step is edited than the one they belong to."""
        if self.dosing is not None:
            self.dosing = None
            self.query_one(DosePanel).action_close()

    def on_dose_panel_closed(self) -> None:
        """Back to the steps."""
        self.dosing = None
        self.remove_class("-dosing")
        self.query_one(StepList).focus()
        self.call_after_refresh(self.show_words)
