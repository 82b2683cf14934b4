"""A year of days in lines: weeks as columns, Monday on top, and what its glyphs mean."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from stretch_tui.core.log.days import DAY_NAMES, MONTH_NAMES
from stretch_tui.core.log.stats import DayMark
from stretch_tui.core.log.streak import WeekState
from stretch_tui.core.log.survey import Survey
from stretch_tui.ui.history.look import Look
from stretch_tui.ui.widgets.drawn import Line, Span

LABEL_CELLS = 5
LEGEND_CELLS = 12
LEAST_COLUMNS = 4


def year(look: Look, found: Survey, width: int, rows: int) -> list[Line]:
    """The days; with a cell between the weeks where there is room for that.

    The legend stands at the right of a narrow picture, and below where `rows` allow it.
    """
    room = width - LABEL_CELLS
    beside = room < 2 * len(found.year) and room >= len(found.year) + LEGEND_CELLS
    gap = " " if room >= 2 * len(found.year) - 1 else ""
    columns = max(LEAST_COLUMNS, min(len(found.year), room // (1 + len(gap))))
    weeks, mondays = found.year[-columns:], found.mondays[-columns:]
    lines: list[Line] = [((" " * LABEL_CELLS + _months(mondays, len(gap) + 1), "quiet"),)]
    lines += _days(look, found, weeks, mondays, gap)
    if look.settings.show_streak:
        states = [found.year_weeks.get(monday) for monday in mondays]
        cells = [_week(look, one.state) if one is not None else (" ", "") for one in states]
        lines.append((("week ", "quiet"), *_joined(cells, gap)))
    if beside:
        drawn = LABEL_CELLS + columns * (1 + len(gap))
        return _with_legend(look, lines, drawn)
    legend = ((" " * LABEL_CELLS, ""), *_legend(look, room))
    return [*lines, legend] if len(lines) < rows else lines


def _days(
    look: Look,
    found: Survey,
    weeks: Sequence[Sequence[DayMark]],
    mondays: Sequence[date],
    gap: str,
) -> list[Line]:
    """Seven rows, every other one with its name."""
    lines: list[Line] = []
    for row in range(7):
        label = DAY_NAMES[row] if row % 2 == 0 else ""
        cells = [
            _day(
                look,
                week[row],
                days_from_today=(monday - found.today).days + row,
            )
            for week, monday in zip(weeks, mondays, strict=True)
        ]
        lines.append(((f"{label:<{LABEL_CELLS}}", "quiet"), *_joined(cells, gap)))
    return lines


def _day(look: Look, mark: DayMark, *, days_from_today: int) -> Span:
    """One cell; what is still to come is left empty."""
    signs = look.signs
    if days_from_today > 0:
        return " ", ""
    if days_from_today == 0:
        return (signs.counts if mark is DayMark.COUNTS else signs.today), "strong"
    return {
        DayMark.COUNTS: (signs.counts, "accent"),
        DayMark.SHORT: (signs.short, "accent"),
        DayMark.EMPTY: (signs.empty, "faint"),
        DayMark.PAUSED: (signs.paused, "quiet"),
    }[mark]


def _week(look: Look, state: WeekState) -> Span:
    signs = look.signs
    return {
        WeekState.MET: (signs.kept, "quiet"),
        WeekState.SAVED: (signs.token, "strong"),
        WeekState.PAUSED: (signs.paused, "quiet"),
    }.get(state, (" ", ""))


def _entries(look: Look) -> list[tuple[Span, str]]:
    """Every glyph and what it means."""
    signs = look.signs
    entries: list[tuple[Span, str]] = [
        ((signs.counts, "accent"), "done"),
        ((signs.short, "accent"), "too short"),
        ((signs.today, "strong"), "today"),
        ((signs.paused, "quiet"), "paused"),
    ]
    if look.settings.show_streak:
        entries += [((signs.kept, "quiet"), "kept"), ((signs.token, "strong"), "saved")]
    return entries


def _legend(look: Look, room: int) -> list[Span]:
    """The legend in one line, as much of it as there is room for."""
    line: list[Span] = []
    for sign, word in _entries(look):
        room -= len(word) + 4
        if room < -2:
            break
        line += [sign, (f" {word}  ", "quiet")]
    return line


def _with_legend(look: Look, lines: Sequence[Line], drawn: int) -> list[Line]:
    """The lines with an entry of the legend at the end of each but the first."""
    found = list(lines)
    for row, (sign, word) in enumerate(_entries(look), 1):
        cells = sum(len(text) for text, _ in found[row])
        found[row] = (*found[row], (" " * (drawn - cells + 2), ""), sign, (f" {word}", "quiet"))
    return found


def _months(mondays: Sequence[date], step: int) -> str:
    """The names of months above the week in which each begins."""
    row = ""
    for column, monday in enumerate(mondays):
        at = column * step
        begins = column == 0 or monday.month != mondays[column - 1].month
        room = not row or len(row) < at
        if begins and room and not (column == 0 and monday.day > 7):
            row = f"{row:<{at}}{MONTH_NAMES[monday.month - 1]}"
    width = len(mondays) * step
    return row[:width] if len(row) > width + 2 else row


def _joined(cells: Sequence[Span], gap: str) -> list[Span]:
    """Neighboring cells of one ink as one span."""
    spans: list[Span] = []
    for text, ink in cells:
        if spans and spans[-1][1] == ink:
            spans[-1] = (spans[-1][0] + text + gap, ink)
        else:
            spans.append((text + gap, ink))
    return spans
