"""One stretch or one routine, as a page to read or as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from stretch_tui.cli.paper import Paper
from stretch_tui.cli.shapes import dose_json, seconds_json
from stretch_tui.core.content.catalog import Catalog
from stretch_tui.core.content.dose import Dose
from stretch_tui.core.content.dosing import dose_of
from stretch_tui.core.content.positions import positions_of
from stretch_tui.core.content.routine import Routine, Step
from stretch_tui.core.content.stretch import Stretch, Variation
from stretch_tui.core.content.wording import (
    clock,
    dose_short,
    dose_words,
    exact,
    listed,
    maker_words,
    needs_words,
    often_words,
    ours_words,
    position_words,
    regions_words,
)
from stretch_tui.core.session.expansion import expand, stretch_seconds
from stretch_tui.core.settings import Settings

KINDS = {"easier": "Easier", "harder": "Harder", "alternative": "Or"}


def page_json(catalog: Catalog, item: str, settings: Settings, _: Paper) -> dict[str, Any]:
    """The contract's shape of a routine or a stretch."""
    routine = catalog.routines.get(item)
    if routine is not None:
        return _routine_json(catalog, routine, settings)
    return _stretch_json(catalog, catalog.stretches[item], settings)


def write_page(catalog: Catalog, item: str, settings: Settings, paper: Paper) -> None:
    """The same as text."""
    routine = catalog.routines.get(item)
    if routine is not None:
        _write_routine(catalog, routine, settings, paper)
    else:
        _write_stretch(catalog, catalog.stretches[item], settings, paper)


def _published(catalog: Catalog, stretch: Stretch) -> Iterator[tuple[Routine, Step, Dose]]:
    """Every published program that has the stretch, with the dose it has there."""
    for routine in catalog.routines.values():
        for step in routine.steps:
            if step.stretch == stretch.id and routine.id in catalog.sources:
                yield routine, step, dose_of(step, stretch)


def _stretch_json(catalog: Catalog, stretch: Stretch, settings: Settings) -> dict[str, Any]:
    return {
        "kind": "stretch",
        "id": stretch.id,
        "name": stretch.name,
        "also": list(stretch.also),
        "regions": [str(region) for region in stretch.regions],
        "position": str(stretch.position),
        "positions": [str(position) for position in positions_of(stretch)],
        "floor": stretch.floor,
        "needs": list(stretch.needs),
        "optional": list(stretch.optional),
        "level": str(stretch.level),
        "side_means": stretch.side_means or None,
        "steps": list(stretch.steps),
        "phases": [
            {"name": p.name, "pose": p.pose, "cue": p.cue, "through": list(p.through)}
            for p in stretch.phases
        ],
        "avoid": list(stretch.avoid),
        "cautions": list(stretch.cautions),
        "feel": stretch.feel,
        "why": stretch.why,
        "variations": [_variation_json(variation) for variation in stretch.variations],
        "dose": dose_json(dose_of(Step(stretch.id), stretch)),
        "build_to_seconds": stretch.build_to.high if stretch.build_to is not None else None,
        "seconds": seconds_json(stretch_seconds(stretch, settings)),
        "sources": [
            {
                "routine": routine.id,
                "author": catalog.sources[routine.id].author,
                "variation": step.variation,
                "dose": dose_json(dose),
            }
            for routine, step, dose in _published(catalog, stretch)
        ],
        "notes": [{"routine": one.routine, "note": one.note} for one in stretch.sources],
        "own": stretch.own,
    }


def _variation_json(variation: Variation) -> dict[str, Any]:
    return {
        "id": variation.id,
        "name": variation.name,
        "kind": variation.kind,
        "how": variation.how,
        "phases": [{"name": phase.name, "pose": phase.pose} for phase in variation.phases],
    }


def _routine_json(catalog: Catalog, routine: Routine, settings: Settings) -> dict[str, Any]:
    return {
        "kind": "routine",
        "id": routine.id,
        "name": routine.name,
        "author": routine.author,
        "about": routine.about,
        "seconds": seconds_json(expand(routine, catalog.stretches, settings).seconds),
        "per_week": list(routine.per_week) if routine.per_week is not None else None,
        "per_day": routine.per_day,
        "aim_seconds": routine.aim_seconds,
        "ordered": routine.ordered,
        "stop_rule": routine.stop_rule,
        "own": routine.own,
        "steps": [_step_json(catalog, step, settings) for step in routine.steps],
    }


def _step_json(catalog: Catalog, step: Step, settings: Settings) -> dict[str, Any]:
    stretch = catalog.stretches.get(step.stretch)
    dose = dose_of(step, stretch) if stretch is not None else step.dose
    return {
        "stretch": step.stretch,
        "name": stretch.name if stretch is not None else None,
        "variation": step.variation,
        "instead_of": step.instead_of,
        "note": step.note,
        "dose": dose_json(dose) if dose is not None else None,
        "seconds": seconds_json(_seconds(step, stretch, settings)) if stretch is not None else None,
    }


def _seconds(step: Step, stretch: Stretch, settings: Settings) -> float:
    return stretch_seconds(stretch, settings, step.dose, step.variation)


def _write_stretch(catalog: Catalog, stretch: Stretch, settings: Settings, paper: Paper) -> None:
    paper.title(stretch.name, exact(stretch_seconds(stretch, settings)))
    if stretch.also:
        paper.prose(f"also called {listed(stretch.also, 'or')}")
    paper.prose(f"{regions_words(stretch)} · {stretch.level}")
    paper.prose(f"{position_words(stretch)} · {needs_words(stretch.needs)}")
    paper.say()
    for number, line in enumerate(stretch.steps, start=1):
        paper.prose(line, " " * 4, f" {number}  ")
    paper.say()
    dose = dose_of(Step(stretch.id), stretch)
    paper.labeled("Dose", f"{dose_words(dose)} {ours_words(dose, own=stretch.own)}".strip())
    if stretch.build_to is not None:
        paper.labeled("", f"Over some weeks a hold may grow to {stretch.build_to.high} s.")
    paper.labeled("Side", f"Left or right is {stretch.side_means}." if stretch.side_means else "")
    paper.labeled("Feel", stretch.feel)
    paper.labeled("Why", stretch.why)
    paper.labeled("Helpful", needs_words(stretch.optional) if stretch.optional else "")
    for variation in stretch.variations:
        paper.labeled(KINDS[variation.kind], f"{variation.name}: {variation.how}")
    paper.labeled("Loads", listed(joint.replace("-", " ") for joint in stretch.avoid))
    for number, caution in enumerate(stretch.cautions):
        paper.labeled("" if number else "Careful", caution)
    _write_sources(catalog, stretch, paper)
    paper.say()
    paper.prose(f"stretch-tui play {stretch.id}  ·  stretch-tui figure {stretch.id}")


def _write_sources(catalog: Catalog, stretch: Stretch, paper: Paper) -> None:
    notes = {one.routine: one.note for one in stretch.sources}
    rows = []
    for routine, _, dose in _published(catalog, stretch):
        program = catalog.sources[routine.id]
        note = notes.pop(routine.id, "")
        said = f"{dose_words(dose)} {note}".strip()
        rows.append(f"{program.title} ({program.author}): {said}")
    rows += [f"{catalog.sources[one].title}: {note}" for one, note in notes.items()
             if one in catalog.sources]  # fmt: skip
    for number, row in enumerate(rows):
        paper.labeled("" if number else "From", row)


def _write_routine(catalog: Catalog, routine: Routine, settings: Settings, paper: Paper) -> None:
    timeline = expand(routine, catalog.stretches, settings)
    paper.title(routine.name, exact(timeline.seconds))
    paper.prose(maker_words(routine))
    if routine.about:
        paper.say()
        paper.prose(routine.about)
    paper.say()
    for number, step in enumerate(routine.steps, start=1):
        _write_step(catalog, number, step, settings, paper)
    paper.say()
    often = often_words(routine)
    paper.labeled("Often", f"{often[:1].upper()}{often[1:]}." if often else "")
    paper.labeled("Order", "Keep the order." if routine.ordered else "")
    if routine.aim_seconds:
        paper.labeled("Aim", f"At least {routine.aim_seconds} s on each.")
    paper.labeled("Stop", routine.stop_rule)
    paper.labeled("Play it", f"stretch-tui play {routine.id}")


def _write_step(
    catalog: Catalog, number: int, step: Step, settings: Settings, paper: Paper
) -> None:
    stretch = catalog.stretches.get(step.stretch)
    if stretch is None:
        paper.prose(f"{step.stretch} (unknown here, will be left out)", " " * 4, f"{number:>2}  ")
        return
    variation = stretch.variation(step.variation)
    name = f"{stretch.name}, {variation.name.lower()}" if variation is not None else stretch.name
    dose = dose_short(dose_of(step, stretch), settings)
    length = clock(_seconds(step, stretch, settings))
    room = paper.width - 4 - len(dose) - 10
    paper.say(f"{number:>2}  {paper.fit(name, room):<{max(room, 1)}}  {dose}  {length:>6}")
    if step.instead_of is not None:
        replaced = catalog.brief(step.instead_of)
        title = replaced.name if replaced is not None else step.instead_of
        paper.prose(f"instead of {title}, if you lack what that one needs", " " * 4)
    elif step.note:
        paper.prose(step.note, " " * 4)
