"""The words of a session laid out in lines: pure, so that they can be read in tests."""

from __future__ import annotations

from rich.cells import cell_len

from stretch_tui.core.content.dose import Side
from stretch_tui.core.session.scene import Scene
from stretch_tui.core.session.timeline import PlayedStep
from stretch_tui.ui.marks import Marks
from stretch_tui.ui.widgets.drawn import Line, fit, wrap

FEEL_ASK = "How sore are you? 0 not at all, 9 very; no need to answer."

FEEL_BRIEF = "Sore? 0 not at all, 9 very"
"""The same in two short lines."""


def detail_lines(scene: Scene, width: int, beside: str = "") -> list[Line]:
    """What the side means, and which repetition, round and side of how many.

    Or, where there is room for little, what has no line of its own elsewhere, and the count.
    """
    lines: list[Line] = [((row, "quiet"),) for row in wrap(beside, max(8, width))]
    if not beside and scene.side is not None and scene.side_means:
        words = f"{scene.side.value}: {scene.side_means}"
        lines += [((row, ""),) for row in wrap(words, max(8, width))]
    lines += [((row, "quiet"),) for row in wrap(scene.counts, max(8, width))]
    return lines


def cue_lines(cue: str, width: int) -> list[Line]:
    """The one cue, in two lines at most."""
    found = wrap(cue, width)
    if len(found) > 2:
        found = [found[0], " ".join(found[1:])]
    return [((line, "strong"),) for line in found]


def next_line(words: str, lead: str) -> Line:
    """What comes after this."""
    return ((lead, "quiet"), (words, "")) if words else ()


def fitted_line(line: Line, width: int, marks: Marks) -> Line:
    """A line whose last words are cut with an ellipsis where they do not fit."""
    *first, (text, ink) = line or (("", ""),)
    room = max(1, width - sum(cell_len(lead) for lead, _ in first))
    return (*first, (fit(text, room, marks).rstrip(), ink))


def name_line(lead: str, name: str, more: tuple[str, str], width: int, marks: Marks) -> Line:
    """What the stretch is called; as far as there is room how one is placed, and how it is seen."""
    room, between = width - cell_len(name), f" {marks.dot} "
    where, seen = more
    after = ""
    for words in (between.join(filter(None, more)), seen, where):
        if not after and words and cell_len(lead) + cell_len(words) + 2 <= room:
            after = f"  {words}"
    before = lead if cell_len(lead + after) <= room else ""
    return (
        (before, "quiet"),
        (fit(name, max(1, width), marks).rstrip(), "strong"),
        (after, "quiet"),
    )


def mini_lines(
    scene: Scene, word: str, width: int, height: int, marks: Marks, *, unsaved: bool = False
) -> list[Line]:
    """All that fits a very small screen: the number, what to do, which side, and one cue."""
    number = str(scene.seconds_left)
    side = f" {scene.side.value}" if scene.side is not None else ""
    ink = "quiet" if scene.quiet else "accent"
    head: Line = (
        (f"{number} ", ink),
        (fit(f"{word}{side}", width - len(number) - 1, marks), "strong"),
    )
    cue = [((line, ""),) for line in wrap(scene.cue, width)]
    foot: Line = ((f"{scene.place} {marks.dot} {scene.left}", "quiet"),)
    if unsaved:
        foot = ((fit("! Not saved yet", width, marks).rstrip(), "warning"),)
    if height < 3:
        return [head, *cue][:height]
    return [head, *cue[: height - 2], foot]


def side_word(side: Side | None) -> str:
    """The side in the large letters' alphabet."""
    return "" if side is None else side.value.upper()


def reading_head(why: str, go_on: str, width: int) -> list[Line]:
    """How to go on, and why the clock stands."""
    first: Line = ((go_on, "accent"), (" goes on", "strong"))
    return [first, *(((row, "quiet"),) for row in wrap(why, width))]


def reading_lines(step: PlayedStep, width: int) -> list[Line]:
    """How a stretch is done: its steps, where it is felt, cautions, the easier form."""
    stretch, form = step.stretch, step.form
    # A form with poses of its own is another way to do it: the words for the plain one mislead.
    another = form is not None and bool(form.phases) and form.kind == "alternative"
    lines: list[Line] = []
    if another and form is not None:
        lines += [((row, ""),) for row in wrap(f"{form.name}. {form.how}", width)]
    for number, words in enumerate(() if another else stretch.steps, start=1):
        lines += _hanging(f"{number}", "accent", words, width)
    lines.append(())
    for variation in stretch.variations:
        if variation is form and not another:
            lines += _named("now", "accent", f"{variation.name}. {variation.how}", width)
        elif variation.kind == "easier":
            lines += _named("easier", "accent", variation.how, width)
    for lead, words in (
        ("side", stretch.side_means),
        ("feel it", stretch.feel),
        ("note", step.note),
    ):
        if words:
            lines += _named(lead, "quiet", words, width)
    for caution in stretch.cautions:
        lines += _hanging("!", "warning", caution, width)
    return lines


def _hanging(lead: str, ink: str, words: str, width: int) -> list[Line]:
    """Words set in behind a mark."""
    rows = wrap(words, max(8, width - 3)) or [""]
    return [
        ((f"{lead:<3}" if number == 0 else "   ", ink), (row, ""))
        for number, row in enumerate(rows)
    ]


def _named(lead: str, ink: str, words: str, width: int) -> list[Line]:
    """Words set in, their subject in front."""
    rows = wrap(f"{lead}: {words}", max(8, width - 3))
    return [
        (("   ", ""), (f"{lead}:", ink), (row[len(lead) + 1 :], ""))
        if number == 0
        else (("   ", ""), (row, ""))
        for number, row in enumerate(rows)
    ]
