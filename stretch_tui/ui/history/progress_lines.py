"""The progress screen's panels in lines: the streak, a year, the weeks, the body, how it felt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from stretch_tui.core.content.wording import clock, duration
from stretch_tui.core.log.days import DAY_NAMES, MONTH_NAMES, WEEK, monday_of, span
from stretch_tui.core.log.stats import (
    REGION_WEEK_SECONDS,
    STRETCH_SECONDS,
    DayMark,
    Share,
    feel_over,
)
from stretch_tui.core.log.streak import WeekState
from stretch_tui.core.log.streak_words import (
    days_words,
    dots,
    headline,
    in_days,
    tokens_words,
    week_words,
)
from stretch_tui.core.log.survey import Survey
from stretch_tui.core.settings import Settings
from stretch_tui.ui.theme import Marks
from stretch_tui.ui.widgets.drawn import Line, Span, fit, thin_bar

LABEL_CELLS = 5
METER_CELLS = 10
ASK_ZONE: Line = (
    ("Days are counted in UTC here. ", "quiet"),
    ("z", "accent"),
    (" says where you live", "quiet"),
)


@dataclass(frozen=True, slots=True)
class Signs:
    """The glyphs of days and weeks, in Unicode or ASCII, each a single cell."""

    counts: str
    short: str
    empty: str
    paused: str
    today: str
    token: str
    kept: str


def signs(marks: Marks) -> Signs:
    """The glyphs that go with the marks."""
    if marks.border == "ascii":
        return Signs("#", "o", ".", "=", "?", "%", "+")
    return Signs("●", "◦", "·", "–", "○", "◆", "✓")


@dataclass(frozen=True, slots=True)
class Panels:
    """Draws a survey; every method gives the lines of one panel for a width."""

    settings: Settings
    marks: Marks
    names: Mapping[str, str]
    """What stretches are called, by id."""

    def head(self, found: Survey, width: int, *, ask_zone: bool = False) -> list[Line]:
        """Where things stand: week streak first, this week, then the rest in small.

        `ask_zone` offers instead of the rest to say where the user lives.
        """
        if found.empty:
            return [
                (("Nothing here yet, and that is how everyone begins.", "strong"),),
                (("The first session fills this page: q, then enter on a routine.", "quiet"),),
                (("Done one elsewhere? a enters it.", "quiet"),),
            ]
        standing, glyphs = found.streak, signs(self.marks)
        total = f"{duration(found.lifetime_seconds)} in all"
        if not self.settings.show_streak:
            week = f"this week {in_days(standing.week.done)}, {duration(standing.week_seconds)}"
            return [((week, "strong"),), ((total, "quiet"),), ASK_ZONE if ask_zone else ()]
        tokens = glyphs.token * standing.tokens
        weeks = headline(standing)
        about = tokens_words(standing)
        if len(weeks) + len(about) + 8 > width:
            about = about.partition(",")[0].partition(":")[0]
        first: Line = (
            (weeks, "strong"),
            (f"   {tokens}" if tokens else "  ", "accent"),
            (f" {about}" if len(weeks) + len(about) + 8 <= width else "", "quiet"),
        )
        week_dots = dots(standing, self.marks.day_done, self.marks.day_open)
        second: Line = ((f"{week_dots}  ", "accent"), (week_words(standing), ""))
        small = [
            days_words(standing.days) if standing.weeks else "",
            self._pause_words(found),
            f"best {standing.best_weeks} weeks" if standing.best_weeks > 1 else "",
            total,
        ]
        rest = ((self._fitting(small, width), "quiet"),)
        return [first, second, ASK_ZONE if ask_zone else rest]

    def _fitting(self, words: Sequence[str], width: int) -> str:
        """As many words as there is room for, the first first."""
        line = ""
        for word in words:
            longer = f"{line}  {self.marks.dot}  {word}" if line else word
            if word and len(longer) <= width:
                line = longer
        return line

    def _pause_words(self, found: Survey) -> str:
        """The pause that is on, or the next one."""
        for pause in sorted(found.pauses, key=lambda one: one.first):
            if pause.last >= found.today:
                days = span(pause.first, pause.last, found.today)
                return f"paused {days}" + (f" ({pause.reason})" if pause.reason else "")
        return ""

    def year(self, found: Survey, width: int) -> list[Line]:
        """A year of days: weeks as columns, Monday on top, this week at the right."""
        columns = max(4, min(len(found.year), width - LABEL_CELLS))
        weeks = found.year[-columns:]
        first = monday_of(found.today) - (columns - 1) * WEEK
        mondays = [first + number * WEEK for number in range(columns)]
        lines: list[Line] = [((" " * LABEL_CELLS + _months(mondays), "quiet"),)]
        today = (found.today.weekday(), columns - 1)
        for row in range(7):
            label = DAY_NAMES[row] if row % 2 == 0 else ""
            cells = [
                self._day(weeks[column][row], is_today=(row, column) == today)
                for column in range(columns)
            ]
            lines.append((((f"{label:<{LABEL_CELLS}}"), "quiet"), *_joined(cells)))
        states = [found.year_weeks.get(monday) for monday in mondays]
        kept = [self._week(one.state) if one is not None else (" ", "") for one in states]
        shown = self.settings.show_streak
        lines.append((("week ", "quiet"), *_joined(kept)) if shown else ())
        return [*lines, self._legend(width)]

    def _day(self, mark: DayMark, *, is_today: bool) -> Span:
        glyphs = signs(self.marks)
        if is_today and mark in (DayMark.EMPTY, DayMark.SHORT):
            return glyphs.today, "strong"
        return {
            DayMark.COUNTS: (glyphs.counts, "accent"),
            DayMark.SHORT: (glyphs.short, "accent"),
            DayMark.EMPTY: (glyphs.empty, "faint"),
            DayMark.PAUSED: (glyphs.paused, "quiet"),
            DayMark.AHEAD: (" ", ""),
        }[mark]

    def _week(self, state: WeekState) -> Span:
        glyphs = signs(self.marks)
        return {
            WeekState.MET: (glyphs.kept, "quiet"),
            WeekState.SAVED: (glyphs.token, "strong"),
            WeekState.PAUSED: (glyphs.paused, "quiet"),
        }.get(state, (" ", ""))

    def _legend(self, width: int) -> Line:
        glyphs = signs(self.marks)
        entries = [
            (glyphs.counts, "counts", "accent"),
            (glyphs.short, "a little", "accent"),
            (glyphs.today, "today", "strong"),
            (glyphs.paused, "paused", "quiet"),
        ]
        if self.settings.show_streak:
            entries += [(glyphs.kept, "kept", "quiet"), (glyphs.token, "saved", "strong")]
        line: list[Span] = [(" " * LABEL_CELLS, "")]
        room = width - LABEL_CELLS
        for glyph, word, ink in entries:
            room -= len(word) + 4
            if room < -2:
                break
            line += [(glyph, ink), (f" {word}  ", "quiet")]
        return tuple(line)

    def weeks(self, found: Survey, width: int, rows: int) -> list[Line]:
        """Minutes a week, newest first, with the days that count; the last row stays empty."""
        lines: list[Line] = [(("Minutes a week", "strong"),)]
        shown = found.weeks[::-1][: max(1, rows - 2)]
        most = max([week.seconds for week in shown] + [60.0])
        label, tail = 15, 17
        room = max(4, min(40, width - label - tail))
        for week in shown:
            days = span(week.monday, week.monday + timedelta(days=6), found.today)
            bar = thin_bar(week.seconds / most, room, self.marks)
            minutes = duration(week.seconds) if week.seconds else self.marks.dot
            count = in_days(week.days) if week.days else ""
            lines.append(
                (
                    (f"{days:<{label}}", "quiet"),
                    (f"{bar:<{room}}", "accent"),
                    (f" {minutes:>8}", ""),
                    (f"  {count}", "quiet"),
                )
            )
        return lines

    def body(self, found: Survey, width: int) -> list[Line]:
        """This week by region and side; the meter is full where more adds nothing."""
        enough = REGION_WEEK_SECONDS // 60
        title = "This week by region"
        note = f"   {enough} min is plenty for each"
        lines: list[Line] = [((title, "strong"), (note if width > 48 else "", "quiet"))]
        for region, share in found.regions.items():
            lines.append(self._region(region, share, width))
        return lines

    def _region(self, region: str, share: Share, width: int) -> Line:
        fraction = min(1.0, share.seconds / REGION_WEEK_SECONDS)
        meter = thin_bar(fraction, METER_CELLS, self.marks)
        rest = self.marks.bar_rest * (METER_CELLS - len(meter))
        line: list[Span] = [
            (f"{fit(region.replace('-', ' '), 13, self.marks)} ", "" if share.seconds else "quiet"),
            (meter, "accent"),
            (rest, "faint"),
            (f" {clock(share.seconds):>5}" if share.seconds else f" {self.marks.dot:>5}", ""),
        ]
        if (share.left or share.right) and width > 48:
            line.append((f"  left {clock(share.left)}", "quiet"))
            line.append((" less" if share.lean < 0 else "", "warning"))
            line.append((f" right {clock(share.right)}", "quiet"))
            line.append((" less" if share.lean > 0 else "", "warning"))
        elif share.lean:
            line.append((f"  {'right' if share.lean > 0 else 'left'} less", "warning"))
        return tuple(line)

    def feel(self, found: Survey, width: int) -> list[Line]:
        """How it felt over the last weeks, and what today's stretches got."""
        lines: list[Line] = [
            (("How it felt", "strong"), ("   0 nothing, 9 worst, by week", "quiet"))
        ]
        over = feel_over(found.feels)
        if over is None:
            said = "A key before and after a session, and it shows here."
            lines += [((fit(said, width, self.marks).rstrip(), "quiet"),), ()]
        else:
            before = "".join(self._level(one.before) for one in found.feels)
            after = "".join(self._level(one.after) for one in found.feels)
            lines += [
                (("before ", "quiet"), (before, "accent"), (f"  {over.before:.1f}", "")),
                (("after  ", "quiet"), (after, "accent"), (f"  {over.after:.1f}", "")),
            ]
        return [*lines, (), *self._today(found, width)]

    def _level(self, value: float) -> str:
        levels = self.marks.levels
        return levels[min(len(levels) - 1, round(value / 9 * (len(levels) - 1)))]

    def _today(self, found: Survey, width: int) -> Iterator[Line]:
        """Today's stretches against the minute that each asks for."""
        yield (("Today", "strong"), (f"   {STRETCH_SECONDS} s a stretch, each side", "quiet"))
        if not found.stretches:
            yield (("nothing yet", "quiet"),)
        for stretch, share in list(found.stretches.items())[:6]:
            name = fit(self.names.get(stretch, stretch), min(26, width - 22), self.marks)
            sides = f"{round(share.both)} s" if share.both else ""
            if share.left or share.right:
                sides = f"left {round(share.left)} s, right {round(share.right)} s"
            done = min(share.left, share.right) + share.both >= STRETCH_SECONDS
            yield ((f"{name} ", ""), (sides, "quiet"), (f" {self.marks.check}" * done, "accent"))


def _months(mondays: Sequence[date]) -> str:
    """The names of months above the week in which each begins."""
    row = ""
    for column, monday in enumerate(mondays):
        begins = column == 0 or monday.month != mondays[column - 1].month
        room = not row or len(row) <= column - (1 if row.strip() else 0)
        if begins and room and not (column == 0 and monday.day > 7):
            row = f"{row:<{column}}{MONTH_NAMES[monday.month - 1]}"
    return row[: len(mondays)] if len(row) > len(mondays) + 2 else row


def _joined(cells: list[Span]) -> list[Span]:
    """Neighboring cells of one ink as one span."""
    spans: list[Span] = []
    for text, ink in cells:
        if spans and spans[-1][1] == ink:
            spans[-1] = (spans[-1][0] + text, ink)
        else:
            spans.append((text, ink))
    return spans
