"""A routine under construction with all that is worked out from it, and its steps as rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from stretch_tui.core.content.dose import Dose, Side
from stretch_tui.core.content.dosing import dose_of
from stretch_tui.core.content.routine import Routine, Step
from stretch_tui.core.content.stretch import Stretch
from stretch_tui.core.content.wording import clock, count, dose_short, exact, form_words
from stretch_tui.core.editing.balance import Balance, balance
from stretch_tui.core.editing.dose_edits import Figure
from stretch_tui.core.editing.ordering import alternatives
from stretch_tui.core.session.expansion import Part, parts, stretch_seconds, total_seconds
from stretch_tui.core.settings import Settings
from stretch_tui.ui.marks import Marks
from stretch_tui.ui.widgets.item_list import Item


@dataclass(frozen=True, slots=True)
class Built:
    """A routine with all that is worked out from it."""

    routine: Routine
    stretches: Mapping[str, Stretch]
    settings: Settings
    parts: tuple[Part, ...]
    balance: Balance

    @classmethod
    def of(cls, routine: Routine, stretches: Mapping[str, Stretch], settings: Settings) -> Built:
        """Work everything out."""
        found = parts(routine, stretches, settings)
        return cls(routine, stretches, settings, found, balance(routine, stretches, found))

    @property
    def total(self) -> tuple[str, ...]:
        """How many stretches and how long, for the title."""
        if not self.routine.steps:
            return ("empty",)
        steps = count(len(self.routine.steps), "stretch", "stretches")
        return (exact(total_seconds(self.parts)), steps)

    def items(self) -> list[Item]:
        """The steps as rows."""
        return [
            Item("", str(index), "step", f"{index + 1:>2}  {self._or(index)}{self.name(step)}")
            for index, step in enumerate(self.routine.steps)
        ]

    def _or(self, index: int) -> str:
        """A mark for a step that is played instead of the one before it, or that one of it."""
        before, step = self.routine.steps[max(0, index - 1)], self.routine.steps[index]
        return "or " if index and alternatives(before, step) else ""

    def name(self, step: Step) -> str:
        """What a step is called; an unknown stretch by its id and a question mark."""
        stretch = self.stretches.get(step.stretch)
        if stretch is None:
            return f"{step.stretch}?"
        return form_words(stretch, step.variation)

    def tail(self, index: int, marks: Marks) -> str:
        """What stands at the right of a step: its dose and its time, and how far that goes."""
        step = self.routine.steps[index]
        stretch = self.stretches.get(step.stretch)
        if stretch is None:
            return "unknown here"
        away = self.away(index)
        flag = "! " if any(one.odd for one in away) else f"{marks.down} " if away else ""
        dose = dose_short(dose_of(step, stretch), self.settings)
        return f"{flag}{dose}  {clock(step_seconds(step, stretch, self.settings)):>5}"

    def away(self, index: int) -> list[Figure]:
        """The figures of a step that leave what is published."""
        return [one.figure for one in self.balance.departures if one.step == index]

    @property
    def rest_seconds(self) -> int:
        """The rest between its stretches."""
        rest = self.routine.rest_seconds
        return self.settings.rest_seconds if rest is None else rest

    def dose(self, step: Step) -> Dose:
        """The dose that a step of a known stretch really has."""
        return dose_of(step, self.stretches[step.stretch])

    def played_before(self, at: int) -> int:
        """How many steps a session has before this one; one that nobody knows it leaves out."""
        known = sum(step.stretch in self.stretches for step in self.routine.steps[:at])
        return min(known, len(self.parts) - 1)


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
