"""A routine as TOML: one converter for the catalog's files and for the user's own.

    name = "Before stand-up"
    [[steps]]
    stretch = "owl-neck"
    dose = {hold_seconds = 20}      # left out: the stretch's own dose

Text or a parsed document in, a routine or every problem out: nothing raised and nothing read from
disk.
"""

from __future__ import annotations

from stretch_tui.core.content.dose import Side
from stretch_tui.core.content.routine import MOST_REST, MOST_STEPS, Routine, Step
from stretch_tui.core.problems import Problem
from stretch_tui.storage.content.dose_toml import read_dose
from stretch_tui.storage.content.fields import NAME, Fields
from stretch_tui.storage.content.stretch_toml import ID
from stretch_tui.storage.content.toml_reading import Document, UnreadableError, parse_document


def routine_from_toml(
    text: str, name: str, *, own: bool = True, file: str = ""
) -> tuple[Routine | None, tuple[Problem, ...]]:
    """The routine in a TOML text; `name` is the file's stem and becomes its id.

    With any problem there is no routine, and every problem is told, each with its line. Stretches
    that are unknown on this machine are no problem here: they stay in the routine.
    """
    try:
        document = parse_document(text, file or f"{name}.toml")
    except UnreadableError as error:
        return None, (error.problem,)
    return read_routine(document, name, own=own)


def read_routine(
    document: Document, name: str, *, own: bool
) -> tuple[Routine | None, tuple[Problem, ...]]:
    """The routine in a parsed document, or None and all problems."""
    fields = Fields.of(document)
    if len(name) > NAME or not ID.fullmatch(name):
        hint = "use small letters, digits and single dashes, like before-lunch.toml"
        fields.report.say((), f"the file's name {name!r} can't be an id", hint)
    per_week = fields.range("per_week", 1, 7)
    routine = Routine(
        id=name,
        name=fields.text("name", limit=NAME, required=True),
        steps=tuple(_step(one) for one in fields.tables("steps", most=MOST_STEPS)),
        about=fields.text("about", limit=2_000),
        author=fields.text("author"),
        tags=fields.texts("tags", limit=NAME),
        rest_seconds=fields.number("rest_seconds", 0, MOST_REST),
        stop_rule=fields.text("stop_rule", limit=2_000),
        per_week=(per_week.low, per_week.high) if per_week is not None else None,
        per_day=fields.number("per_day", 1, 12),
        aim_seconds=fields.number("aim_seconds", 1, 3600),
        ordered=fields.flag("ordered"),
        own=own,
    )
    fields.close("a routine")
    if not fields.table.get("steps"):
        fields.say("steps", "the routine has no steps", '[[steps]], then stretch = "owl-neck"')
    problems = tuple(sorted(fields.report.problems, key=lambda problem: problem.line))
    return (None if problems else routine), problems


def _step(fields: Fields) -> Step:
    inner = fields.inner("dose")
    step = Step(
        stretch=fields.text("stretch", limit=NAME, required=True),
        dose=read_dose(inner) if inner is not None else None,
        variation=fields.text("variation", limit=NAME) or None,
        note=fields.text("note", limit=2_000),
        instead_of=fields.text("instead_of", limit=NAME) or None,
        first_side=fields.choice("first_side", Side),
    )
    fields.close("a step")
    return step
