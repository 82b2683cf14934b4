"""The end of a session in lines: what was done, the streak's step, what could follow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from stretch_tui.core.content.wording import clock, exact
from stretch_tui.core.log.logbook import Ending, Session
from stretch_tui.core.log.stats import Share
from stretch_tui.core.log.streak_words import dots, headline, week_words
from stretch_tui.core.session.recap import Recap
from stretch_tui.core.settings import Settings
from stretch_tui.ui.dialogs.questions import red_flag_lines
from stretch_tui.ui.marks import Marks
from stretch_tui.ui.widgets.drawn import Line, Span, fit, hanging, thin_bar, wrap
from stretch_tui.ui.widgets.pane import keys_line

HURT_WORDS = "Stopping was right. The streak stays."
COUNTS_FROM = "a day counts from one full stretch or 2 minutes."
_WORD = {Ending.FINISHED: "DONE", Ending.ENDED: "ENDED", Ending.HURT: "STOP"}
_NAME_CELLS = 13
_CLOCK_CELLS = 6
_LEAST_BAR, _MOST_BAR = 6, 22
_LOW = 16
"""Rows of the whole screen below which each line counts."""
_SCALE = "0 1 2 3 4 5 6 7 8 9"
_ENDS_LINE: Line = (("not at all     very", "quiet"),)
_NARROW = 50
"""Columns below which sentences are not set in."""


def ending_word(session: Session) -> str:
    """The one large word at the end."""
    return _WORD[session.ending]


def summary_lines(session: Session, saved: str, width: int, marks: Marks) -> list[Line]:
    """What was played, how long, and whether it is saved."""
    words = f"{exact(session.seconds)} of stretching. {saved}"
    title: Line = ((fit(session.title, width, marks).rstrip(), "strong"),)
    return [title, *(((row, "quiet"),) for row in wrap(words, width))]


def feel_lines(session: Session, marks: Marks, height: int) -> list[Line]:
    """The question how it feels now, or the answer that was given; in one line when low."""
    before, after = session.feel_before, session.feel_after
    was = f" Before: {before}." if before is not None else ""
    if after is not None:
        answer: Line = ((f"{marks.check} ", "accent"), (f"Sore: {after} now.{was}", ""))
        return [answer] if height < _LOW else [answer, _scale(before, after), _ENDS_LINE]
    if height < _LOW:
        return [(("0-9", "accent"), (f" how sore are you now?{was}", "quiet"))]
    return [
        (("How sore are you now?", ""), (was, "quiet")),
        _scale(before, after),
        _ENDS_LINE,
    ]


def _scale(before: int | None, after: int | None) -> Line:
    """The ten keys; once one is pressed, it and the one from before stand out."""
    if after is None:
        return ((_SCALE, "accent"),)
    inks = {str(before): "strong", str(after): "accent"}
    return tuple((sign, inks.get(sign, "quiet")) for sign in _SCALE)


def finish_lines(recap: Recap, settings: Settings, marks: Marks, width: int) -> list[Line]:
    """What the session leaves behind: the streak, what could follow, what each region got."""
    lines: list[Line] = []
    if settings.show_streak:
        lines += _streak(recap, marks, width)
    if recap.advice is not None:
        lines += _said("gently", recap.advice.words, width)
    if recap.idea is not None:
        lines += _said("tomorrow", recap.idea.words, width)
    regions = region_lines(recap.regions, marks, width)
    return [*lines, (), *regions] if lines else regions


def hurt_lines(
    where: str, more: str, offers: Sequence[tuple[str, str]], marks: Marks, width: int
) -> list[Line]:
    """Where it hurt, `more`, what can be done about it, each with its key, and the red flags."""
    words = [((line, ""),) for line in wrap(f"{where} {HURT_WORDS}{more}", width)]
    keys = [line for key, does in offers for line in hanging(f"{key}  ", "accent", does, "", width)]
    together = keys_line(*offers, gap=3)
    if offers and sum(len(text) for text, _ in together) <= width:
        keys = [together]
    return [*words, *keys, (), *_flags(marks, width)]


def _flags(marks: Marks, width: int) -> list[Line]:
    """The red flags without what is said below them before a first session."""
    lines = red_flag_lines(marks, width)
    return lines[: lines.index(())] if () in lines else lines


def _streak(recap: Recap, marks: Marks, width: int) -> list[Line]:
    """The step of the streak, behind this week's days as dots."""
    days = dots(recap.after, marks.day_done, marks.day_open) + "  "
    lead = f"{'streak':<{_NAME_CELLS}}" if width >= _NARROW else ""
    rows = wrap(streak_words(recap), width - len(lead) - len(days))
    head: Line = ((lead, "quiet"), (days, "accent"), (rows[0], ""))
    inset = " " * len(lead + days)
    return [head, *(((inset + row, ""),) for row in rows[1:])]


def streak_words(recap: Recap) -> str:
    """The step the streak has made, or how this week stands."""
    after = recap.after
    if recap.week_kept_now:
        return f"{headline(after)}! {week_words(after)}."
    if not after.today_counts:
        return f"{week_words(after)}; {COUNTS_FROM}"
    return f"{headline(after)}, {week_words(after)}."


def region_lines(regions: Mapping[str, Share], marks: Marks, width: int) -> list[Line]:
    """What each region got: left and right grow from one middle, both sides stand apart."""
    shares = regions.values()
    sided = any(got.left or got.right for got in shares)
    both = any(got.both for got in shares)
    most = max((max(got.left, got.right, got.both) for got in shares), default=0.0)
    bars = 2 * sided + both
    room = width - _NAME_CELLS - bars * _CLOCK_CELLS - 3 * (sided and both) - sided
    cells = min(_MOST_BAR, room // max(1, bars))
    if cells < _LEAST_BAR or not most:
        return [_short_line(_named(name), got) for name, got in regions.items()]
    lines = [_head(cells, both=both)] if sided else []
    for name, got in regions.items():
        parts: list[Span] = [(f"{_named(name):<{_NAME_CELLS}}", "")]
        if sided:
            parts += _wings(got, most, cells, marks)
        if both:
            gap = "   " if sided else ""
            bar = thin_bar(got.both / most, cells, marks)
            parts += [(gap + bar, "accent"), (_time(got.both), "quiet")]
        lines.append(tuple(parts))
    return lines


def _head(cells: int, *, both: bool) -> Line:
    """What the columns are."""
    left = f"{'left':>{_NAME_CELLS + _CLOCK_CELLS + cells}} right"
    over = f"{left:<{_NAME_CELLS + 2 * (_CLOCK_CELLS + cells) + 4}}both sides" if both else left
    return ((over, "quiet"),)


def _wings(got: Share, most: float, cells: int, marks: Marks) -> list[Span]:
    """Left and right of one region, back to back, so that what one side lacks is seen."""
    left = thin_bar(got.left / most, cells, marks, leftward=True)
    right = thin_bar(got.right / most, cells, marks)
    time = f"{_time(got.left).strip()} "
    return [
        (f"{time:>{_CLOCK_CELLS + cells - len(left)}}", "quiet"),
        (left, "accent"),
        (marks.vertical, "faint"),
        (right, "accent"),
        (f"{_time(got.right):<{_CLOCK_CELLS + cells - len(right)}}", "quiet"),
    ]


def _time(seconds: float) -> str:
    return f" {clock(seconds)}" if seconds else ""


def _short_line(name: str, got: Share) -> Line:
    """One region where there is no room for bars."""
    sides = [("l ", got.left), ("r ", got.right)] if got.left or got.right else []
    if got.both:
        sides.append(("b " if sides else "", got.both))
    told = "  ".join(f"{side}{clock(seconds)}" for side, seconds in sides)
    return ((f"{name:<{_NAME_CELLS}}", ""), (told, "quiet"))


def _named(region: str) -> str:
    return region.replace("-", " ")


def _said(lead: str, words: str, width: int) -> list[Line]:
    """A sentence behind its subject, set in where there is room."""
    if width < _NARROW:
        first, *more = wrap(f"{lead}: {words}", width)
        return [((lead, "quiet"), (first[len(lead) :], "")), *(((row, ""),) for row in more)]
    rows = wrap(words, width - _NAME_CELLS)
    return [
        ((f"{lead if number == 0 else '':<{_NAME_CELLS}}", "quiet"), (row, ""))
        for number, row in enumerate(rows)
    ]
