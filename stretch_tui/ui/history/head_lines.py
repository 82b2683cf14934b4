"""Where things stand in three lines, and what to expect on the first day."""

from __future__ import annotations

from collections.abc import Sequence

from stretch_tui.core.content.wording import duration
from stretch_tui.core.log.days import span
from stretch_tui.core.log.streak_words import (
    days_words,
    dots,
    headline,
    in_days,
    tokens_words,
    week_words,
)
from stretch_tui.core.log.survey import Survey
from stretch_tui.ui.history.look import Look
from stretch_tui.ui.widgets.drawn import Line, wrap

ASK_ZONE: Line = (("UTC: ", "quiet"), ("z", "accent"), (" says where you live", "quiet"))
BEGIN = "Nothing here yet, and that is how everyone begins."
FILLS = "The first session fills this page: q, then enter."
LEAD_CELLS = 5
"""A glyph and what it stands for begin in two columns."""


def head(
    look: Look, found: Survey, width: int, *, ask_zone: bool = False, counted: bool = True
) -> list[Line]:
    """Week streak first, this week, then the rest in small.

    `ask_zone` offers among the rest to say where the user lives; without `counted` the number of
    weeks stands beside these lines already.
    """
    if found.empty:
        roomy = width >= len(BEGIN)
        return [
            ((BEGIN if roomy else "Nothing here yet, as for everyone.", "strong"),),
            ((FILLS if roomy else "It begins with q, and enter.", "quiet"),),
            (("Done one elsewhere? ", "quiet"), ("a", "accent"), (" enters it.", "quiet")),
        ]
    standing = found.streak
    total = f"{duration(found.lifetime_seconds)} in all"
    if not look.settings.show_streak:
        week = f"this week {in_days(standing.week.done)}, {duration(standing.week_seconds)}"
        return [((week, "strong"),), _small(look, [total], width, ask_zone=ask_zone)]
    week_dots = dots(standing, look.marks.day_done, look.marks.day_open)
    small = [
        days_words(standing.days) if standing.weeks else "",
        _pause_words(found),
        f"best {standing.best_weeks} weeks" if standing.best_weeks > 1 else "",
        total,
    ]
    return [
        _streak_line(look, found, width, headline(standing) if counted else "week streak"),
        ((f"{week_dots}  ", "accent"), (week_words(standing), "")),
        _small(look, small, width, ask_zone=ask_zone),
    ]


def _streak_line(look: Look, found: Survey, width: int, weeks: str) -> Line:
    """The streak, the rest tokens in hand, and as much about them as there is room for."""
    standing = found.streak
    about = tokens_words(standing)
    if len(weeks) + len(about) + 8 > width:
        about = about.partition(",")[0].partition(":")[0]
    tokens = look.signs.token * standing.tokens
    return (
        (weeks, "strong"),
        (f"   {tokens}" if tokens else "  ", "accent"),
        (f" {about}" if len(weeks) + len(about) + 8 <= width else "", "quiet"),
    )


def _small(look: Look, words: Sequence[str], width: int, *, ask_zone: bool) -> Line:
    """As many words as there is room for, the first first, and where to say where one lives."""
    gap = f"  {look.marks.dot}  "
    asked = sum(len(text) for text, _ in ASK_ZONE) + len(gap) if ask_zone else 0
    line = ""
    for word in words:
        longer = f"{line}{gap}{word}" if line else word
        if word and len(longer) <= width - asked:
            line = longer
    if not ask_zone:
        return ((line, "quiet"),)
    return ((line + gap if line else "", "quiet"), *ASK_ZONE)


def _pause_words(found: Survey) -> str:
    """The pause that is on, or the next one."""
    for pause in sorted(found.pauses, key=lambda one: one.first):
        if pause.last >= found.today:
            days = span(pause.first, pause.last, found.today)
            return f"paused {days}" + (f" ({pause.reason})" if pause.reason else "")
    return ""


def first_day(look: Look, found: Survey, width: int) -> list[Line]:
    """What this page will hold, instead of a page of zeros."""
    signs, goal = look.signs, in_days(found.streak.week.goal)
    week_dots = look.marks.day_done + look.marks.day_open * 2
    promises = [
        (signs.counts, "a year of days, and the minutes of every week"),
        (look.bar(0.8, 3), "what each region got, left and right"),
        (look.levels([6.0, 3.0], 9.0), "how it felt before and after, if you say so"),
    ]
    if look.settings.show_streak:
        promises[:0] = [
            (week_dots, f"{goal} a week keep a streak of weeks; o changes that"),
            (signs.token, "four weeks kept put a rest token by: it saves a week you miss"),
            (signs.paused, "a pause for travel or a cold breaks nothing; v enters one"),
        ]
    lines: list[Line] = [(("What will stand here", "strong"),), ()]
    for glyph, words in promises:
        for number, row in enumerate(wrap(words, max(10, width - LEAD_CELLS - 2))):
            lead = "" if number else glyph
            lines.append(((f"{lead:<{LEAD_CELLS}}", "accent"), (row, "quiet")))
    return lines
