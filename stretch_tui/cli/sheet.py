"""A routine as one readable page: what a physiotherapist would write down."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from stretch_tui.cli.paper import Paper
from stretch_tui.core.content.catalog import needs_floor
from stretch_tui.core.content.dosing import dose_of
from stretch_tui.core.content.routine import Routine, Step
from stretch_tui.core.content.stretch import Stretch
from stretch_tui.core.content.wording import (
    dose_words,
    duration,
    needs_words,
    often_words,
    ours_words,
)
from stretch_tui.core.red_flags import RED_FLAGS, RED_FLAGS_LEAD, RED_FLAGS_TAIL
from stretch_tui.core.session.expansion import expand
from stretch_tui.core.settings import Settings

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
           "eleven", "twelve")  # fmt: skip


class Block(NamedTuple):
    """A piece of the page."""

    kind: str
    """`title`, `heading`, `text`, `item` or `note`."""
    text: str


def sheet(
    routine: Routine, stretches: Mapping[str, Stretch], settings: Settings
) -> tuple[Block, ...]:
    """The whole page."""
    return tuple(_page(routine, stretches, settings))


def _page(
    routine: Routine, stretches: Mapping[str, Stretch], settings: Settings
) -> Iterator[Block]:
    yield Block("title", routine.name)
    if routine.author:
        yield Block("text", f"By {routine.author}.")
    if routine.about:
        yield Block("text", routine.about)
    yield Block("text", _summary(routine, stretches, settings))
    for number, step in enumerate(routine.steps, 1):
        yield from _step(number, step, stretches)
    rest = settings.rest_seconds if routine.rest_seconds is None else routine.rest_seconds
    yield Block("heading", "Throughout")
    if rest and len(routine.steps) > 1:
        yield Block("item", f"Rest {rest} s between stretches.")
    yield Block("item", f"Breathe slowly: a breath takes about {settings.breath_seconds:g} s.")
    yield Block("heading", "Stop")
    if routine.stop_rule:
        yield Block("text", routine.stop_rule)
    yield Block("text", RED_FLAGS_LEAD)
    for flag in RED_FLAGS:
        yield Block("item", flag)
    yield Block("note", RED_FLAGS_TAIL)


def _summary(routine: Routine, stretches: Mapping[str, Stretch], settings: Settings) -> str:
    steps = len(routine.steps)
    number = NUMBERS[steps] if steps < len(NUMBERS) else str(steps)
    seconds = expand(routine, stretches, settings).seconds
    often = f", {often_words(routine)}" if often_words(routine) else ""
    known = [stretches[step.stretch] for step in routine.steps if step.stretch in stretches]
    needs = dict.fromkeys(need for stretch in known for need in stretch.needs)
    floor = "some of it on the floor" if needs_floor(routine, stretches) else "no floor"
    noun = "stretch" if steps == 1 else "stretches"
    sentence = f"{number} {noun}, {duration(seconds)}{often}; {floor}, {needs_words(needs)}."
    return sentence[:1].upper() + sentence[1:]


def _step(number: int, step: Step, stretches: Mapping[str, Stretch]) -> Iterator[Block]:
    stretch = stretches.get(step.stretch)
    if stretch is None:
        yield Block("heading", f"{number}. {step.stretch}")
        yield Block("note", "This stretch is not known here and will be left out.")
        return
    variation = stretch.variation(step.variation)
    form = f" ({variation.name})" if variation is not None else ""
    yield Block("heading", f"{number}. {stretch.name}{form}")
    dose = dose_of(step, stretch)
    side = f" Begin with the {step.first_side.value} side." if step.first_side else ""
    yield Block("text", f"{dose_words(dose)}{side}")
    for line in (variation.how,) if variation is not None else stretch.steps:
        yield Block("item", line)
    if step.note:
        yield Block("note", step.note)
    if step.instead_of is not None:
        other = stretches.get(step.instead_of)
        name = other.name if other is not None else step.instead_of
        yield Block("note", f"Instead of {name}, if you lack what that one needs.")
    yield from (Block("note", caution) for caution in stretch.cautions)
    if ours := ours_words(dose, own=stretch.own):
        yield Block("note", ours)


def write_text(blocks: tuple[Block, ...], paper: Paper) -> None:
    """The page as plain text."""
    indent = ""
    for number, block in enumerate(blocks):
        if block.kind in ("title", "heading"):
            if number:
                paper.say()
                indent = "   "
            paper.say(paper.strong(block.text))
        elif block.kind == "item":
            paper.prose(block.text, "     ", "   - ")
        elif block.kind == "note":
            paper.prose(block.text, "     ", "   ! ")
        else:
            paper.prose(block.text, indent)


def markdown(blocks: tuple[Block, ...]) -> str:
    """The page as Markdown; text that looks like markup is escaped."""
    lines: list[str] = []
    before = ""
    for block in blocks:
        if lines and not (block.kind == before == "item"):
            lines.append("")
        lead = {"title": "# ", "heading": "## ", "item": "- ", "note": "> "}.get(block.kind, "")
        lines.append(lead + _escaped(block.text, lead))
        before = block.kind
    return "\n".join(lines) + "\n"


def _escaped(text: str, lead: str) -> str:
    plain = "".join(f"\\{mark}" if mark in "\\`*_[]<>#|" else mark for mark in text)
    return plain if lead or not plain.startswith(("-", "+")) else f"\\{plain}"
