"""A stretch as TOML: one converter for the catalog's files and for the user's own."""

from __future__ import annotations

import re
from dataclasses import replace

from stretch_tui.core.content.dose import Dose, Range
from stretch_tui.core.content.dosing import default_phases
from stretch_tui.core.content.stretch import (
    EQUIPMENT,
    JOINTS,
    Level,
    Phase,
    Position,
    Region,
    SourceNote,
    Stretch,
    Variation,
)
from stretch_tui.core.problems import Problem, did_you_mean
from stretch_tui.storage.content.dose_toml import HOLD, read_dose
from stretch_tui.storage.content.fields import NAME, Fields
from stretch_tui.storage.content.toml_reading import Document

ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
POSE = re.compile(r"[a-z0-9_-]{1,60}/[a-z0-9_-]{1,60}")
KINDS = ("easier", "harder", "alternative")


def read_stretch(
    document: Document, name: str, *, own: bool
) -> tuple[Stretch | None, tuple[Problem, ...]]:
    """The stretch in a parsed document; `name` is the file's stem and becomes its id.

    With any problem there is no stretch, and every problem is told, each with its line.
    """
    fields = Fields.of(document)
    _check_id(fields, name)
    stretch = _stretch(fields, name, own)
    fields.close("a stretch")
    _consistent(fields, stretch)
    problems = tuple(fields.report.problems)
    return (None if problems else _completed(stretch)), problems


def _stretch(fields: Fields, name: str, own: bool) -> Stretch:
    """Every field of a stretch; what is missing or wrong is reported, and stands in as it can."""
    phases = _phases(fields, name)
    return Stretch(
        id=name,
        name=fields.text("name", limit=NAME, required=True),
        regions=_some(fields, "regions", fields.choices("regions", Region)),
        position=fields.choice("position", Position, required=True) or Position.STANDING,
        level=fields.choice("level", Level) or Level.EASY,
        steps=_some(fields, "steps", fields.texts("steps", most=8)),
        phases=phases or (Phase("hold", ""),),
        dose=_dose(fields),
        also=fields.texts("also", limit=NAME),
        positions=fields.choices("positions", Position),
        needs=_equipment(fields, "needs", own),
        optional=_equipment(fields, "optional", own),
        side_means=fields.text("side_means", limit=NAME),
        avoid=fields.words("avoid", JOINTS),
        cautions=fields.texts("cautions"),
        feel=fields.text("feel"),
        why=fields.text("why"),
        variations=tuple(_variation(one, name, own) for one in fields.tables("variations")),
        sources=tuple(_source(one) for one in fields.tables("sources")),
        build_to=_build_to(fields),
        own=own,
    )


def _completed(stretch: Stretch) -> Stretch:
    """The stretch with every phase of its dose named."""
    if stretch.dose.phases:
        return stretch
    phases = default_phases(tuple(phase.name for phase in stretch.phases), stretch.dose)
    return replace(stretch, dose=replace(stretch.dose, phases=phases))


def _check_id(fields: Fields, name: str) -> None:
    if len(name) > NAME or not ID.fullmatch(name):
        hint = "use small letters, digits and single dashes, like neck-turn.toml"
        fields.report.say((), f"the file's name {name!r} can't be an id", hint)


def _some(fields: Fields, key: str, found: tuple[str, ...]) -> tuple:  # type: ignore[type-arg]
    if not found and not fields.table.get(key):
        fields.say(key, f"{key} is missing" if key not in fields.table else f"{key} is empty")
    return found


def _equipment(fields: Fields, key: str, own: bool) -> tuple[str, ...]:
    """Known equipment; the user's own stretches may need anything that reads like an id."""
    if not own:
        return fields.words(key, EQUIPMENT)
    found = fields.texts(key, limit=NAME)
    for one in found:
        if not all(ID.fullmatch(part) for part in one.split("|")):
            fields.say(key, f"{key}: {one!r} is not a name of equipment", "like foam-roller|chair")
    return found


def _dose(fields: Fields) -> Dose:
    inner = fields.inner("dose")
    if inner is None:
        if not fields.has("dose"):
            fields.say("dose", "dose is missing", "[dose], then hold_seconds = 30")
        return Dose()
    return read_dose(inner)


def _build_to(fields: Fields) -> Range | None:
    return fields.range("build_to_seconds", *HOLD)


def _phases(fields: Fields, stem: str) -> tuple[Phase, ...]:
    phases = tuple(_phase(one) for one in fields.tables("phases", most=12))
    names = [phase.name for phase in phases]
    for index, name in enumerate(names):
        if name and name in names[:index]:
            path = (*fields.path, "phases", index, "name")
            fields.report.say(path, f"two phases of {stem} are called {name!r}")
    return phases


def _phase(fields: Fields) -> Phase:
    phase = Phase(
        name=fields.text("name", limit=NAME, required=True),
        pose=_pose(fields, "pose", fields.text("pose", limit=130)),
        cue=fields.text("cue", limit=80),
        through=tuple(_pose(fields, "through", one) for one in fields.texts("through")),
    )
    fields.close("a phase")
    return phase


def _pose(fields: Fields, key: str, pose: str) -> str:
    if pose and not POSE.fullmatch(pose):
        fields.say(key, f"{key}: {pose!r} names no pose", "file and table, like owl-neck/turned")
    return pose


def _variation(fields: Fields, stem: str, own: bool) -> Variation:
    kind = fields.text("kind", required=True)
    if kind and kind not in KINDS:
        hint = did_you_mean(kind, KINDS) or f"one of {', '.join(KINDS)}"
        fields.say("kind", f"kind: {kind!r} is unknown", hint)
    variation = Variation(
        id=fields.text("id", limit=NAME, required=True),
        name=fields.text("name", limit=NAME, required=True),
        kind=kind,
        how=fields.text("how", required=True),
        phases=_phases(fields, stem),
        needs=_equipment(fields, "needs", own) if fields.has("needs") else None,
        position=fields.choice("position", Position),
    )
    fields.close("a variation")
    return variation


def _source(fields: Fields) -> SourceNote:
    source = SourceNote(fields.text("routine", required=True), fields.text("note"))
    fields.close("a source")
    return source


def _consistent(fields: Fields, stretch: Stretch) -> None:
    """Report what contradicts itself: sides without a meaning, doses of phases that are not."""
    if stretch.dose.two_sided and not stretch.side_means:
        hint = 'for example side_means = "the arm on top"'
        fields.say("side_means", "a stretch with sides must say what its side means", hint)
    names = [phase.name for phase in stretch.phases]
    for index, phase in enumerate(stretch.dose.phases):
        if phase.name and phase.name not in names:
            hint = did_you_mean(phase.name, names) or f"one of {', '.join(names)}"
            where = ("dose", "phases", index, "name")
            fields.report.say(where, f"the dose names a phase {phase.name!r} that is not", hint)
    ids = [variation.id for variation in stretch.variations]
    for index, variation in enumerate(ids):
        if variation and variation in ids[:index]:
            at = ("variations", index, "id")
            fields.report.say(at, f"two variations are called {variation!r}")
