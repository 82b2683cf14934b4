"""The words of a session laid out in lines: pure, so that they can be read in tests."""

from __future__ import annotations

from stretch_tui.core.content.dose import Side
from stretch_tui.core.session.scene import Scene
from stretch_tui.core.session.timeline import PlayedStep
from stretch_tui.ui.marks import Marks
from stretch_tui.ui.widgets.drawn import Line, fit, wrap

FEEL_ASK = "How does it feel? 0 nothing, 9 worst; no need to answer."


def detail_lines(scene: Scene, width: int) -> list[Line]:
    """What the side means, and which repetition, round and side of how many."""
    lines: list[Line] = []
    if scene.side is not None and scene.side_means:
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


def mini_lines(scene: Scene, word: str, width: int, height: int, marks: Marks) -> list[Line]:
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
