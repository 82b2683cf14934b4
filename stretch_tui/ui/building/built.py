"""How the builder shows a routine: its steps as rows, and what there is to say about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from stretch_tui.core.content.dose import Dose, Side
from stretch_tui.core.content.dosing import dose_of
from stretch_tui.core.content.routine import Routine, Step
from stretch_tui.core.content.stretch import Stretch
from stretch_tui.core.content.wording import (
    clock,
    count,
    dose_short,
    dose_words,
    exact,
    form_words,
    listed,
)
from stretch_tui.core.editing.balance import Balance, balance
from stretch_tui.core.session.timeline import Timeline, expand, stretch_seconds
from stretch_tui.core.settings import Settings
from stretch_tui.ui.browsing.shelf import Item
from stretch_tui.ui.theme import Marks
from stretch_tui.ui.widgets.drawn import Line, wrap

REGIONS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Built:
    """A routine with all that is worked out from it."""

    routine: Routine
    stretches: Mapping[str, Stretch]
    settings: Settings
    timeline: Timeline
    balance: Balance

    @classmethod
    def of(cls, routine: Routine, stretches: Mapping[str, Stretch], settings: Settings) -> Built:
        """Work everything out."""
        timeline = expand(routine, stretches, settings)
        return cls(routine, stretches, settings, timeline, balance(routine, stretches, timeline))

    @property
    def total(self) -> tuple[str, ...]:
        """How many stretches and how long, for the title."""
        if not self.routine.steps:
            return ("empty",)
        steps = count(len(self.routine.steps), "stretch", "stretches")
        return (exact(self.timeline.seconds), steps)

    def items(self) -> list[Item]:
        """The steps as rows."""
        return [
            Item("", str(index), "step", f"{index + 1:>2}  {self.name(step)}")
            for index, step in enumerate(self.routine.steps)
        ]

    def name(self, step: Step) -> str:
        """What a step is called; an unknown stretch by its id and a question mark."""
        stretch = self.stretches.get(step.stretch)
        if stretch is None:
            return f"{step.stretch}?"
        return form_words(stretch, step.variation)

    def tail(self, index: int) -> str:
        """What stands at the right of a step: its dose and its time."""
        step = self.routine.steps[index]
        stretch = self.stretches.get(step.stretch)
        if stretch is None:
            return "unknown here"
        flag = "! " if any(one.step == index for one in self.balance.departures) else ""
        dose = dose_short(dose_of(step, stretch), self.settings)
        return f"{flag}{dose}  {clock(step_seconds(step, stretch, self.settings)):>5}"

    def dose(self, step: Step) -> Dose:
        """The dose that a step of a known stretch really has."""
        return dose_of(step, self.stretches[step.stretch])

    def played_before(self, at: int) -> int:
        """How many steps a session has before this one; one that nobody knows it leaves out."""
        known = sum(step.stretch in self.stretches for step in self.routine.steps[:at])
        return min(known, len(self.timeline.steps) - 1)

    def words(self, at: int, marks: Marks, width: int, height: int = 99) -> list[Line]:
        """All there is to say: of the step under the cursor, then of the routine."""
        if not self.routine.steps:
            return _paragraph("Nothing here yet. Enter adds what the cursor is on.", "", width)
        step = self._step_words(self.routine.steps[at], at, width)
        routine = self._routine_words(marks, width)
        gap: list[Line] = [()] if len(step) + len(routine) < height else []
        return [*step, *gap, *routine]

    def _routine_words(self, marks: Marks, width: int) -> list[Line]:
        rest = self.routine.rest_seconds
        rest = self.settings.rest_seconds if rest is None else rest
        dot = marks.dot
        pace = f"rest {rest} s {dot} breath {self.settings.breath_seconds:g} s"
        lines = _paragraph(pace, "quiet", width)
        if self.balance.unknown:
            names = listed(self.balance.unknown)
            lines += _paragraph(f"! unknown here, left out: {names}", "warning", width)
        if self.balance.missing:
            missing = listed((region.label for region in self.balance.missing), "or")
            lines += _paragraph(f"nothing for the {missing}", "", width)
        lines += self._order_words(width)
        reached = list(self.balance.regions.items())[:REGIONS_SHOWN]
        covers = f" {dot} ".join(f"{region.label} {clock(s)}" for region, s in reached)
        return [*lines, *_paragraph(covers, "quiet", width)]

    def _step_words(self, step: Step, at: int, width: int) -> list[Line]:
        stretch = self.stretches.get(step.stretch)
        if stretch is None:
            said = f"! Nobody here knows {step.stretch}: sessions leave it out."
            return _paragraph(said, "warning", width)
        published = dose_words(dose_of(Step(step.stretch), stretch))
        lines = _paragraph(f"published: {published}", "quiet", width)
        for one in self.balance.departures:
            if one.step == at:
                more, unit = "more" if one.over else "less", one.figure.unit
                said = f"! {one.figure.label} {one.value}{unit} is {more} than the published"
                lines += _paragraph(f"{said} {one.published}{unit}", "warning", width)
        if step.first_side is not None:
            lines += _paragraph(f"{step.first_side.value} side first", "", width)
        if step.note:
            lines += _paragraph(f"note: {step.note}", "", width)
        return lines

    def _order_words(self, width: int) -> list[Line]:
        told = self.balance
        if not told.saved:
            return []
        changes = count(told.position_changes, "change")
        said = f"{changes} of position; o saves {told.saved}"
        if told.floor_changes > 1:
            said = f"down to the floor and up {told.floor_changes} times; o saves {told.saved}"
        return _paragraph(said, "accent", width)


def step_seconds(step: Step, stretch: Stretch, settings: Settings) -> float:
    """The seconds of one step, without rest."""
    return stretch_seconds(stretch, settings, step.dose, step.variation)


def next_side(step: Step) -> Step:
    """The step with the left side first, then the right, then in turn again."""
    following = {None: Side.LEFT, Side.LEFT: Side.RIGHT, Side.RIGHT: None}
    return replace(step, first_side=following[step.first_side])


def next_variation(step: Step, stretch: Stretch) -> Step:
    """The step in the stretch's next form, after the last one plain again."""
    forms = [None, *(variation.id for variation in stretch.variations)]
    at = forms.index(step.variation) if step.variation in forms else 0
    return replace(step, variation=forms[(at + 1) % len(forms)])


def _paragraph(text: str, ink: str, width: int) -> list[Line]:
    return [((line, ink),) for line in wrap(text, max(8, width))]
