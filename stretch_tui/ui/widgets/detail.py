"""What is known of the thing under the cursor: its head line, and its words below the figure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from textual.binding import Binding, BindingType

from stretch_tui.core.content import wording
from stretch_tui.core.content.catalog import Catalog, needs_floor
from stretch_tui.core.content.routine import Routine, Step
from stretch_tui.core.content.stretch import Stretch, Variation
from stretch_tui.core.session.expansion import expand
from stretch_tui.core.session.lengths import Lengths
from stretch_tui.core.settings import Settings
from stretch_tui.ui.marks import Marks
from stretch_tui.ui.widgets.drawn import Line, fit, hanging
from stretch_tui.ui.widgets.fitted import Fitted, Layout

ROOMY = 50
"""From this width on two things share the first line."""


SHORT = 100
"""What a routine says of itself in so many characters is not cut in two."""


@dataclass(frozen=True, slots=True)
class Describer:
    """Puts stretches and routines in words, in lines of a given width."""

    catalog: Catalog
    settings: Settings
    lengths: Lengths
    marks: Marks

    def head(self, one: Stretch | Routine | None, width: int) -> list[Line]:
        """What it is called, how long it takes, what it reaches and needs: two lines, or three."""
        if one is None:
            return []
        if isinstance(one, Stretch):
            amount = wording.dose_short(one.dose, self.settings)
            reached = wording.regions_words(one)
            beside = reached if width >= ROOMY else amount
            place = _place_words(one, width - cell_len(beside) - 2)
        else:
            amount = wording.exact(self.lengths.of(one.id) or self._seconds(one))
            floor = "to the floor" if needs_floor(one, self.catalog.stretches) else "no floor"
            place = f"{wording.count(len(one.steps), 'stretch', 'stretches')}, {floor}"
            regions = self.catalog.regions_of(one)
            reached = ", ".join(region.label for region in regions[:3])
        if width >= ROOMY:
            return [
                self._ends(one.name, "strong", amount, "accent", width),
                self._ends(reached, "quiet", place, "quiet", width),
            ]
        return [
            ((fit(one.name, width, self.marks), "strong"),),
            self._ends(amount, "accent", place, "quiet", width),
            ((fit(reached, width, self.marks), "quiet"),),
        ]

    def _seconds(self, one: Routine) -> float:
        """The length of a routine that the catalog doesn't hold: one that was interrupted."""
        return expand(one, self.catalog.stretches, self.settings).seconds

    def body(self, one: Stretch | Routine | None, width: int) -> list[Line]:
        """Everything else: how to do it, when to stop, where it is from."""
        if one is None:
            return []
        make = self._stretch(one, width) if isinstance(one, Stretch) else self._routine(one, width)
        return list(make)

    def _stretch(self, one: Stretch, width: int) -> Iterator[Line]:
        for number, step in enumerate(one.steps, start=1):
            yield from hanging(f"{number}  ", "accent", step, "", width)
        for caution in one.cautions:
            yield from hanging("!  ", "warning", caution, "", width)
        yield ()
        dose = f"{wording.dose_words(one.dose)} {wording.ours_words(one.dose, own=one.own)}"
        yield from hanging("", "", dose, "quiet", width)
        if one.feel:
            yield from hanging("feel it: ", "quiet", one.feel, "quiet", width)
        for variation in one.variations:
            yield from hanging("", "", _variation_words(variation), "quiet", width)
        if one.also:
            yield from hanging("", "", f"Also called {wording.listed(one.also)}.", "quiet", width)
        yield from self._sources(one, width)

    def _sources(self, one: Stretch, width: int) -> Iterator[Line]:
        """Each published program that has it, with the dose it gives."""
        if not one.sources:
            return
        yield ()
        for source in one.sources:
            program = self.catalog.sources.get(source.routine)
            author = (program.author or program.title) if program else source.routine
            dose = self._dose_in(source.routine, one)
            said = f"{author}: {dose}" if dose else author
            if source.note:
                said = f"{said.rstrip('.')}. {source.note}"
            yield from hanging("from ", "faint", said, "quiet", width)

    def _dose_in(self, routine_id: str, one: Stretch) -> str:
        routine = self.catalog.routines.get(routine_id)
        steps = routine.steps if routine is not None else ()
        found = next((step for step in steps if step.stretch == one.id), None)
        return wording.dose_words(found.dose or one.dose) if found is not None else ""

    def _routine(self, one: Routine, width: int) -> Iterator[Line]:
        lead, more = _lead(one.about)
        if lead:
            yield from hanging("", "", lead, "", width)
            yield ()
        for number, step in enumerate(one.steps, start=1):
            yield self._step(number, step, width)
        missing = [step.stretch for step in one.steps if step.stretch not in self.catalog.stretches]
        if missing:
            names = wording.listed(missing)
            yield from hanging("!  ", "warning", f"Unknown here, left out: {names}.", "", width)
        if more:
            yield ()
            yield from hanging("", "", more, "quiet", width)
        if one.stop_rule:
            yield ()
            yield from hanging("!  ", "warning", one.stop_rule, "", width)
        if _origin(one):
            yield ()
            yield from hanging("", "", _origin(one), "quiet", width)

    def _step(self, number: int, step: Step, width: int) -> Line:
        stretch = self.catalog.stretches.get(step.stretch)
        name = stretch.name if stretch is not None else f"{step.stretch}?"
        dose = step.dose or (stretch.dose if stretch is not None else None)
        amount = wording.dose_short(dose, self.settings) if dose is not None else ""
        left = f"{number:2}  "
        right = f"  {amount}"
        name = fit(name, max(0, width - len(left) - cell_len(right)), self.marks)
        return ((left, "accent"), (name, ""), (right, "quiet"))

    def _ends(self, left: str, left_ink: str, right: str, right_ink: str, width: int) -> Line:
        """Two texts at the two ends of a line; the right one gives way when both don't fit."""
        room = width - cell_len(left) - 2
        if room < 6:
            return ((fit(left, width, self.marks), left_ink),)
        right = right if cell_len(right) <= room else fit(right, room, self.marks).rstrip()
        gap = " " * (width - cell_len(left) - cell_len(right))
        return ((left, left_ink), (gap, ""), (right, right_ink))


def _place_words(one: Stretch, room: int) -> str:
    """How the body is placed and what it needs, in as many words as there is room for."""
    places, needs = wording.position_words(one), wording.needs_words(one.needs)
    first = one.position.label
    tries = [f"{places}, {needs}", f"{first}, {needs}" if one.needs else places, places, first]
    return next((words for words in tries if cell_len(words) <= room), first)


def _variation_words(variation: Variation) -> str:
    kind = {"easier": "Easier", "harder": "Harder"}.get(variation.kind, "Or")
    how = variation.how or variation.name
    return f"{kind}: {how[:1].lower()}{how[1:]}"


def _lead(about: str) -> tuple[str, str]:
    """The first sentence, which says what a routine is for, and the rest, which can wait."""
    end = about.find(". ")
    return (about, "") if end < 0 or len(about) <= SHORT else (about[: end + 1], about[end + 2 :])


def _origin(routine: Routine) -> str:
    often = wording.often_words(routine)
    meant = f"Meant for {often}. " if often else ""
    return meant + (f"From {routine.author}." if routine.author else "")


class DetailText(Fitted, can_focus=True):
    """Lines that scroll when there are more than fit; says so at its lower edge."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "scroll_lines(-1)", "Scroll up", show=False, id="detail.up"),
        Binding("down,j", "scroll_lines(1)", "Scroll", tooltip="Scroll down", id="detail.down"),
        Binding("pageup", "scroll_lines(-8)", "A page up", show=False, id="detail.page-up"),
        Binding("pagedown", "scroll_lines(8)", "A page down", show=False, id="detail.page-down"),
    ]

    DEFAULT_CSS = """
    DetailText { height: 1fr; }
    """

    _top = 0

    @property
    def hidden(self) -> int:
        """How many lines don't fit below the first."""
        return max(0, len(self.lines) - self.size.height)

    def show(self, lines: list[Line]) -> None:
        """Show these lines from their beginning."""
        self.show_fitted(lambda _width, _height: lines)

    def show_fitted(self, layout: Layout) -> None:
        """Show lines that are laid out for every width, from their beginning."""
        self._top = 0
        self.fill(layout)

    def action_scroll_lines(self, by: int) -> None:
        """Move by so many lines, as far as there are any."""
        top = min(max(0, self._top + by), self.hidden)
        if top != self._top:
            self._top = top
            self.refresh()

    def on_mouse_scroll_down(self) -> None:
        """Move on."""
        self.action_scroll_lines(3)

    def on_mouse_scroll_up(self) -> None:
        """Move back."""
        self.action_scroll_lines(-3)

    def on_resize(self) -> None:
        """Stay within the lines."""
        self._top = min(self._top, self.hidden)

    def watch_has_focus(self, _has_focus: bool) -> None:
        """Say how to get here, or stop saying so."""
        self.repaint_lines([self.size.height - 1])

    def line_at(self, y: int) -> Line:
        """The line in sight at row `y`; the last row tells how much is below."""
        below = self.hidden - self._top
        if below > 0 and y == self.size.height - 1:
            keys = "" if self.has_focus else ", tab"
            more = wording.count(below + 1, "more line")
            return ((f"{self.marks.down} {more}{keys}", "quiet"),)
        return super().line_at(y + self._top)
