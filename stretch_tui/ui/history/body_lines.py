"""What the body got, in lines: minutes a week, regions and sides, how it felt, today."""

from __future__ import annotations

from datetime import timedelta

from stretch_tui.core.content.wording import clock, duration
from stretch_tui.core.log.days import span
from stretch_tui.core.log.stats import REGION_WEEK_SECONDS, STRETCH_SECONDS, Share, feel_over
from stretch_tui.core.log.streak_words import in_days
from stretch_tui.core.log.survey import Survey
from stretch_tui.ui.history.look import Look
from stretch_tui.ui.widgets.drawn import Line, Span, fit

METER_CELLS = 10
REGION_CELLS = 14
WORDS_CELLS = 58
"""From this width on sides are told in words; below they stand in two columns."""
MOST_TODAY = 6


def weeks(look: Look, found: Survey, width: int, rows: int) -> list[Line]:
    """Minutes a week since the first session, newest first, with the days that count."""
    lines: list[Line] = [(("Minutes a week", "strong"),)]
    shown = found.weeks[::-1][: max(1, rows - 1)]
    most = max([week.seconds for week in shown] + [60.0])
    label, days_cells = 15, 8 if width >= 40 else 0
    room = max(4, min(40, width - label - 9 - days_cells))
    for week in shown:
        days = span(week.monday, week.monday + timedelta(days=6), found.today)
        minutes = duration(week.seconds) if week.seconds else look.marks.dot
        count = f"  {in_days(week.days)}" if week.days and days_cells else ""
        lines.append(
            (
                (f"{days:<{label}}", "quiet"),
                (f"{look.bar(week.seconds / most, room):<{room}}", "accent"),
                (f" {minutes:>8}", ""),
                (count, "quiet"),
            )
        )
    return lines


def regions(look: Look, found: Survey, width: int, rows: int) -> list[Line]:
    """This week by region and side; the meter is full where more adds nothing."""
    del rows
    title: Line = (
        ("This week", "strong"),
        (f"  {REGION_WEEK_SECONDS // 60} min is plenty", "quiet"),
    )
    if 44 <= width < WORDS_CELLS:
        taken = sum(len(text) for text, _ in title)
        title = (*title, (f"{'left   right':>{REGION_CELLS + METER_CELLS + 20 - taken}}", "quiet"))
    return [title, *(_region(look, name, one, width) for name, one in found.regions.items())]


def _region(look: Look, region: str, share: Share, width: int) -> Line:
    meter = look.bar(min(1.0, share.seconds / REGION_WEEK_SECONDS), METER_CELLS)
    rest = look.marks.bar_rest * (METER_CELLS - len(meter))
    name = fit(region.replace("-", " "), REGION_CELLS - 1, look.marks)
    got = clock(share.seconds) if share.seconds else look.marks.dot
    line: Line = (
        (f"{name} ", "" if share.seconds else "quiet"),
        (meter, "accent"),
        (rest, "faint"),
        (f" {got:>5}", ""),
    )
    if not (share.left or share.right):
        return line
    left, right = clock(share.left), clock(share.right)
    less: Line = ((" less", "warning"),) if share.lean else ()
    if width >= WORDS_CELLS:
        sides: list[Span] = [(f"  left {left}", "quiet")]
        sides += less if share.lean < 0 else ()
        return (*line, *sides, (f" right {right}", "quiet"), *(less if share.lean > 0 else ()))
    if width >= 44:
        poor = ("warning" if share.lean < 0 else "quiet", "warning" if share.lean > 0 else "quiet")
        return (*line, (f"{left:>7}", poor[0]), (f"{right:>7}", poor[1]), *less)
    return (*line, (f"  {'right' if share.lean > 0 else 'left'} less", "warning")) if less else line


def feel(look: Look, found: Survey, width: int, rows: int) -> list[Line]:
    """How it felt over the last weeks, and what today's stretches got."""
    lines: list[Line] = [(("How it felt", "strong"), ("  9 is worst", "quiet"))]
    over = feel_over(found.feels)
    if over is None:
        words = ("A key before a session and one", "after it, and it shows here.")
        lines += [((fit(line, width, look.marks).rstrip(), "quiet"),) for line in words]
    else:
        weeks = "this week" if len(found.feels) == 1 else f"over {len(found.feels)} weeks"
        of = (f" on average {weeks}" if width >= WORDS_CELLS else "", "quiet")
        before = look.levels([one.before for one in found.feels], 9.0)
        after = look.levels([one.after for one in found.feels], 9.0)
        lines += [
            (("before ", "quiet"), (before, "accent"), (f"  {over.before:.1f}", ""), of),
            (("after  ", "quiet"), (after, "accent"), (f"  {over.after:.1f}", "")),
        ]
    return [*lines, (), *_today(look, found, width, rows - len(lines) - 2)]


def _today(look: Look, found: Survey, width: int, rows: int) -> list[Line]:
    """Today's stretches against the minute that each asks for."""
    name_cells = max(8, min(26, width - 13))
    title = f"Today, of {STRETCH_SECONDS} s"
    if not found.stretches:
        return [((title, "strong"),), (("nothing yet", "quiet"),)]
    lines: list[Line] = [
        ((f"{title:<{name_cells}}", "strong"), (f"{'left':>5}{'right':>6}", "quiet"))
    ]
    shown = list(found.stretches.items())
    spare = max(1, min(MOST_TODAY, rows))
    more = len(shown) - spare if len(shown) > spare else 0
    for stretch, share in shown[: spare - bool(more)]:
        name = fit(look.names.get(stretch, stretch), name_cells - 1, look.marks)
        sides = f"{round(share.left):>5}{round(share.right):>6}"
        if not (share.left or share.right):
            sides = f"{round(share.both):>11}"
        done = min(share.left, share.right) + share.both >= STRETCH_SECONDS
        lines.append(
            ((f"{name} ", ""), (sides, "quiet"), (f" {look.marks.check}" * done, "accent"))
        )
    if more:
        lines.append(((f"and {more + 1} more", "quiet"),))
    return lines
