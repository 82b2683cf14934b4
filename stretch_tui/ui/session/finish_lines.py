"""The end of a session in lines: what was done, the streak's step, what could follow."""

from __future__ import annotations

from stretch_tui.core.content.wording import clock, exact
from stretch_tui.core.log.logbook import Ending, Session
from stretch_tui.core.log.streak_words import headline, week_words
from stretch_tui.core.session.recap import Recap, RegionGot
from stretch_tui.core.settings import Settings
from stretch_tui.ui.dialogs.questions import red_flag_lines
from stretch_tui.ui.theme import Marks
from stretch_tui.ui.widgets.drawn import Line, Span, wrap

HURT_WORDS = "Stopping was right. What you did is kept, and the streak is not touched."
COUNTS_FROM = "a day counts from one full stretch or 2 minutes."
_WORD = {Ending.FINISHED: "DONE", Ending.ENDED: "ENOUGH", Ending.HURT: "STOP"}
_NAME_CELLS = 13
_BAR_CELLS = 24


def ending_word(session: Session) -> str:
    """The one large word at the end."""
    return _WORD[session.ending]


def finish_lines(recap: Recap, settings: Settings, marks: Marks, width: int) -> list[Line]:
    """All that is said at the end, the feel question and the save aside."""
    session = recap.session
    lines: list[Line] = [
        ((session.title, "strong"), (f"  {exact(session.seconds)} of stretching", "")),
        (),
    ]
    if session.ending is Ending.HURT:
        lines += [((line, ""),) for line in wrap(HURT_WORDS, width)]
        return [*lines, (), *_flags(marks, width)]
    lines += region_lines(recap.regions, marks, width)
    lines.append(())
    if settings.show_streak:
        lines += _said("streak", streak_words(recap), width)
    if recap.advice is not None:
        lines += _said("gently", recap.advice.words, width)
    if recap.idea is not None:
        lines += _said("tomorrow", recap.idea.words, width)
    return lines


def _flags(marks: Marks, width: int) -> list[Line]:
    """The red flags without what is said below them before a first session."""
    lines = red_flag_lines(marks, width)
    return lines[: lines.index(())] if () in lines else lines


def streak_words(recap: Recap) -> str:
    """The step the streak has made, or how this week stands."""
    after = recap.after
    if recap.week_kept_now:
        return f"{headline(after)}! {week_words(after)}."
    if not after.today_counts:
        return f"{week_words(after)}; {COUNTS_FROM}"
    return f"{headline(after)}, {week_words(after)}."


def region_lines(regions: tuple[RegionGot, ...], marks: Marks, width: int) -> list[Line]:
    """A bar a region, left and right told apart; without bars where there is no room."""
    most = max((one.seconds for one in regions), default=0.0)
    bar = min(_BAR_CELLS, width - _NAME_CELLS - 36)
    return [_region_line(one, most, bar if bar >= 6 else 0, marks) for one in regions]


def _region_line(got: RegionGot, most: float, bar: int, marks: Marks) -> Line:
    parts: list[Span] = [(f"{got.region.replace('-', ' '):<{_NAME_CELLS}}", "")]
    if bar:
        filled = round(bar * got.seconds / most) if most else 0
        line = "=" if marks.border == "ascii" else "━"
        parts += [(line * filled, "accent"), (" " * (bar - filled + 2), "")]
    left, right, both = ("left ", "right ", "both ") if bar else ("l ", "r ", "b ")
    sides = [(left, got.left), (right, got.right)] if got.left or got.right else []
    if not sides:
        return (*parts, (clock(got.both), "quiet"))
    if got.both:
        sides.append((both, got.both))
    return (*parts, ("  ".join(f"{name}{clock(seconds)}" for name, seconds in sides), "quiet"))


def _said(lead: str, words: str, width: int) -> list[Line]:
    """A sentence behind its subject, set in."""
    rows = wrap(words, max(10, width - _NAME_CELLS))
    return [
        ((f"{lead if number == 0 else '':<{_NAME_CELLS}}", "quiet"), (row, ""))
        for number, row in enumerate(rows)
    ]


def feel_line(session: Session, marks: Marks, width: int) -> Line:
    """The question how it feels now, or the answer that was given."""
    before = session.feel_before
    was = f" Before: {before}." if before is not None else ""
    if session.feel_after is not None:
        return ((f"{marks.check} ", "accent"), (f"Feels like {session.feel_after} now.{was}", ""))
    if width < 60:
        return (("0-9", "accent"), (f" how does it feel?{was}", "quiet"))
    return (
        ("How does it feel now? ", ""),
        ("0", "accent"),
        (f" nothing {marks.dot}{marks.dot}{marks.dot} ", "quiet"),
        ("9", "accent"),
        (f" worst.{was}", "quiet"),
    )
