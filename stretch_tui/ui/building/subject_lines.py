"""What the builder says of the one thing under the cursor: a step, or something to add."""

from __future__ import annotations

from collections.abc import Iterator

from stretch_tui.core.content.dosing import dose_of
from stretch_tui.core.content.routine import Routine, Step
from stretch_tui.core.content.stretch import Stretch
from stretch_tui.core.content.wording import (
    clock,
    count,
    dose_short,
    dose_words,
    form_words,
    listed,
    needs_words,
    position_words,
    regions_words,
)
from stretch_tui.core.editing.dose_edits import USUAL_HOLD, Figure
from stretch_tui.ui.building.built import Built, step_seconds
from stretch_tui.ui.marks import Marks
from stretch_tui.ui.widgets.drawn import Line, fit, hanging

LABEL = 11
ROOMY = 7
"""From so many rows on the name and the instructions are shown as well."""


def step_lines(built: Built, at: int, marks: Marks, width: int, height: int) -> list[Line]:
    """A step of the routine: its dose beside what is published, and how it is done."""
    if not built.routine.steps:
        return []
    step = built.routine.steps[at]
    stretch = built.stretches.get(step.stretch)
    if stretch is None:
        said = f"Nobody here knows {step.stretch}: sessions leave it out."
        return hanging("! ", "warning", said, "warning", width)
    facts = list(_facts(built, at, step, stretch, width))
    if height < ROOMY:
        return facts[:height]
    return _page(form_words(stretch, step.variation), stretch, facts, marks, width, height)


def stretch_lines(stretch: Stretch, marks: Marks, width: int, height: int) -> list[Line]:
    """A stretch that could be added."""
    facts = _said("published", dose_words(dose_of(Step(stretch.id), stretch)), "quiet", width)
    if height < ROOMY:
        words = f"{position_words(stretch)} {marks.dot} {regions_words(stretch)}"
        return [((fit(words, width, marks), "quiet"),), *facts][:height]
    return _page(stretch.name, stretch, facts, marks, width, height)


def routine_lines(
    routine: Routine, length: str, marks: Marks, width: int, height: int
) -> list[Line]:
    """A routine that could be added, all its steps at once."""
    steps = count(len(routine.steps), "stretch", "stretches")
    lines: list[Line] = [((fit(routine.name, width, marks), "strong"),)] if height >= ROOMY else []
    lines += hanging("", "", f"{steps}, {length}: enter adds them all", "quiet", width)
    if height >= ROOMY:
        lines.append(())
    return [*lines, *hanging("", "", routine.about, "", width)][:height]


def _page(
    name: str, stretch: Stretch, facts: list[Line], marks: Marks, width: int, height: int
) -> list[Line]:
    """Name, what it reaches, its dose, and as much of how it is done as there is room for."""
    lines: list[Line] = [((fit(name, width, marks), "strong"),)]
    lines += hanging("", "", regions_words(stretch), "quiet", width)
    place = f"{position_words(stretch)}, {needs_words(stretch.needs)}"
    lines += [*hanging("", "", place, "quiet", width), (), *facts]
    lines.append(())
    for number, words in enumerate(stretch.steps, 1):
        how = hanging(f"{number}  ", "accent", words, "", width)
        if len(lines) + len(how) > height:
            break
        lines += how
    return lines


def _facts(built: Built, at: int, step: Step, stretch: Stretch, width: int) -> Iterator[Line]:
    """The dose here, the dose published, and how they differ."""
    dose = dose_of(step, stretch)
    here = dose_short(dose, built.settings)
    seconds = clock(step_seconds(step, stretch, built.settings))
    yield from _said("here", f"{here}, {seconds}", "", width)
    yield from _said("published", dose_words(dose_of(Step(stretch.id), stretch)), "quiet", width)
    away = built.away(at)
    for one in away:
        if one.odd:
            yield from hanging("! ", "warning", warning_words(one), "warning", width)
    shorter = [one.full_words for one in away if one.less and not one.odd]
    if shorter:
        yield from _said("", f"a shorter dose: {listed(shorter)}", "quiet", width)
    if step.first_side is not None:
        yield from _said("begins", f"{step.first_side.value} side first", "", width)
    if step.note:
        yield from _said("note", step.note, "", width)


def warning_words(one: Figure) -> str:
    """What is odd about a figure: it is more than published, or no hold any more."""
    if one.over and one.published is not None:
        return f"{one.full_words} is more than the published {one.published_words}"
    return f"{one.full_words}: most holds last {USUAL_HOLD} s"


def _said(label: str, words: str, ink: str, width: int) -> list[Line]:
    return hanging(f"{label:<{LABEL}}", "quiet", words, ink, width)
