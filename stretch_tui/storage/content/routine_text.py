"""A routine as the text of its TOML file, keeping every comment of the text it replaces.

The text is taken apart into what stands before the first step, one block a step, and loose
paragraphs of comments between; steps that stay take their block along wherever they go.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, MutableMapping, Sequence
from dataclasses import dataclass, fields, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from stretch_tui.core.content.dose import Dose, DosePhase, Range, Sides
from stretch_tui.core.content.routine import Routine, Step
from stretch_tui.storage.content.routine_toml import routine_from_toml

if TYPE_CHECKING:
    from tomlkit import TOMLDocument
    from tomlkit.items import InlineTable

_STEP = re.compile(r"\s*\[\[\s*steps\s*\]\]\s*(#.*)?")
HEAD = (
    "name",
    "about",
    "author",
    "tags",
    "rest_seconds",
    "stop_rule",
    "per_week",
    "per_day",
    "aim_seconds",
    "ordered",
)
STEP = ("stretch", "dose", "variation", "note", "instead_of", "first_side")
Table = dict[str, object]


def routine_to_toml(routine: Routine, old: str = "") -> str:
    """The routine as TOML; comments and layout of the `old` text stay wherever they can."""
    before = routine_from_toml(old, "old")[0] if old else None
    if before is None:
        return _fresh(routine)
    try:
        text = _kept(old, before, routine)
    except ValueError:  # a header inside a string: what lies between was no table
        return _fresh(routine)
    same = routine_from_toml(text, "new")[0]
    # Odd layouts fall back on a plain text, never on a wrong one.
    good = same is not None and replace(same, id=routine.id, own=routine.own) == routine
    return text if good else _fresh(routine)


def _kept(old: str, before: Routine, routine: Routine) -> str:
    parts = _take_apart(old)
    if len(parts.blocks) == len(before.steps):
        return _joined(parts, before, routine)
    # Steps in one list get a table each.
    return _headed(parts.head, before, routine) + "".join(map(_block, routine.steps))


def _fresh(routine: Routine) -> str:
    head = _dumped(_head_values(routine))
    return head + "".join(map(_block, routine.steps))


@dataclass(slots=True)
class _Parts:
    """A text taken apart; joined in order it is the same again."""

    head: str
    blocks: list[str]
    loose: list[str]
    """For each block the paragraphs of comments behind it, which belong to no step."""


def _take_apart(text: str) -> _Parts:
    """Cut before each step's header, and above comments that stand directly on top of one."""
    lines = text.splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    cuts = []
    for number, line in enumerate(lines):
        if _STEP.fullmatch(line.rstrip("\r\n")):
            top = number
            while top and lines[top - 1].lstrip().startswith("#"):
                top -= 1
            cuts.append(top)
    edges = [*cuts, len(lines)]
    head = "".join(lines[: edges[0]])
    whole = [lines[start:end] for start, end in pairwise(edges)]
    cut = [_cut_loose(block) for block in whole]
    return _Parts(head, [block for block, _ in cut], [loose for _, loose in cut])


def _cut_loose(block: Sequence[str]) -> tuple[str, str]:
    """The block, and the paragraphs at its end that hold comments only."""
    end = len(block)
    while end and (not block[end - 1].strip() or block[end - 1].lstrip().startswith("#")):
        end -= 1
    after = list(block[end:])
    first = next((i for i, line in enumerate(after) if not line.strip()), len(after))
    keep = end + first  # comments directly below the last key are the step's own
    rest = "".join(block[keep:])
    return ("".join(block), "") if not rest.strip() else ("".join(block[:keep]), rest)


def _joined(parts: _Parts, before: Routine, routine: Routine) -> str:
    """The new text: old blocks where steps stay, loose paragraphs behind what they followed."""
    sources = match_steps(before.steps, routine.steps)
    out = [_headed(parts.head, before, routine)]
    told: set[int] = set()
    for step, source in zip(routine.steps, sources, strict=True):
        if source is None:
            out.append(_block(step))
            continue
        for gone in range(source):
            if gone not in sources and gone not in told:
                told.add(gone)
                out.append(parts.loose[gone])
        out.append(_rewritten(parts.blocks[source], before.steps[source], step))
        told.add(source)
        out.append(parts.loose[source])
    out.extend(loose for number, loose in enumerate(parts.loose) if number not in told)
    return "".join(out)


def match_steps(old: Sequence[Step], new: Sequence[Step]) -> list[int | None]:
    """For each new step the old one that it is: an equal one, else one of the same stretch."""
    free = list(range(len(old)))
    found: list[int | None] = [None] * len(new)
    for exactly in (True, False):
        for number, step in enumerate(new):
            if found[number] is None:
                same = (
                    i
                    for i in free
                    if old[i] == step or (not exactly and old[i].stretch == step.stretch)
                )
                found[number] = next(same, None)
                free = [i for i in free if i != found[number]]
    return found


def _headed(head: str, before: Routine, routine: Routine) -> str:
    """What stands before the steps, with what changed."""
    import tomlkit  # noqa: PLC0415 - only who writes pays for it

    document = tomlkit.parse(head)
    document.pop("steps", None)
    return _changed(document, document, _head_values(before), _head_values(routine))


def _rewritten(block: str, before: Step, step: Step) -> str:
    """A step's block, with what changed."""
    if before == step:
        return block
    import tomlkit  # noqa: PLC0415 - only who writes pays for it

    document = tomlkit.parse(block)
    table = document["steps"][0]
    return _changed(document, table, step_values(before), step_values(step))


def _changed(
    document: TOMLDocument,
    table: MutableMapping[str, object],
    before: Mapping[str, object],
    after: Mapping[str, object],
) -> str:
    """The text of the document once the table has the values that differ."""
    import tomlkit  # noqa: PLC0415 - only who writes pays for it

    _change(table, before, after)
    return tomlkit.dumps(document)


def _change(
    table: MutableMapping[str, object], before: Mapping[str, object], after: Mapping[str, object]
) -> None:
    for key in before.keys() - after.keys():
        table.pop(key, None)
    for key, value in after.items():
        known, old = table.get(key), before.get(key)
        if old == value and known is not None:
            continue
        if isinstance(value, dict) and isinstance(known, MutableMapping):
            _change(known, old if isinstance(old, dict) else {}, value)
        else:
            table[key] = _inline(value) if isinstance(value, dict) else _item(key, value)


def _block(step: Step) -> str:
    """A step that is new to the file."""
    return "\n[[steps]]\n" + _dumped(step_values(step))


def _dumped(values: Mapping[str, object]) -> str:
    import tomlkit  # noqa: PLC0415 - only who writes pays for it

    table = tomlkit.document()
    _change(table, {}, values)
    return tomlkit.dumps(table)


def _inline(values: Mapping[str, object]) -> InlineTable:
    import tomlkit  # noqa: PLC0415 - only who writes pays for it

    table = tomlkit.inline_table()
    for key, value in values.items():
        table[key] = _item(key, value)
    return table


def _item(key: str, value: object) -> object:
    """A value as TOML takes it; phases as a list of small tables."""
    import tomlkit  # noqa: PLC0415 - only who writes pays for it

    if key != "phases" or not isinstance(value, list):
        return value
    phases = tomlkit.array()
    for phase in value:
        phases.append(_inline(phase))
    return phases


def _head_values(routine: Routine) -> Table:
    """What stands before the steps; what goes without saying is left out."""
    values: Table = {name: getattr(routine, name) for name in HEAD}
    values["tags"] = list(routine.tags)
    values["per_week"] = list(routine.per_week) if routine.per_week else None
    return {key: value for key, value in values.items() if value or type(value) is int}


def step_values(step: Step) -> Table:
    """A step as the values of its table."""
    values: Table = {name: getattr(step, name) for name in STEP}
    values["dose"] = dose_values(step.dose) if step.dose is not None else None
    values["first_side"] = step.first_side.value if step.first_side is not None else None
    return {key: value for key, value in values.items() if value or isinstance(value, dict)}


def dose_values(dose: Dose) -> Table:
    """A dose as the values of its table."""
    values: Table = {one.name: getattr(dose, one.name) for one in fields(Dose)}
    values["sides"] = dose.sides.value if dose.sides is not Sides.BOTH else None
    values["phases"] = [_phase_values(phase) for phase in dose.phases]
    values["ours"] = list(dose.ours)
    return {key: _figure(value) for key, value in values.items() if value}


def _phase_values(phase: DosePhase) -> Table:
    values: Table = {one.name: getattr(phase, one.name) for one in fields(DosePhase)}
    return {key: _figure(value) for key, value in values.items() if value}


def _figure(value: object) -> object:
    """A range as TOML: one number when it is exact."""
    if not isinstance(value, Range):
        return value
    return value.low if value.low == value.high else [value.low, value.high]
