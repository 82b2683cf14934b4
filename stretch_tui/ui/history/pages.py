"""The panels of the progress screen by name, and the line of names to turn them by."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Callable, Mapping
from itertools import accumulate

from stretch_tui.core.log.survey import Survey
from stretch_tui.ui.history.body_lines import feel, regions, weeks
from stretch_tui.ui.history.look import Look
from stretch_tui.ui.history.year_lines import year
from stretch_tui.ui.widgets.drawn import Line, Span
from stretch_tui.ui.widgets.fitted import Layout

Panel = Callable[[Look, Survey, int, int], list[Line]]
PANELS: Mapping[str, Panel] = {"year": year, "weeks": weeks, "regions": regions, "feel": feel}
PAGES = tuple(PANELS)
UNTITLED = ("year",)
TABS = ("Year", "Weeks", "Body", "Feel")
GAP = "   "
MARK_CELLS = 2


def panel(name: str, look: Look, found: Survey, *, titled: bool) -> Layout:
    """How a panel is laid out; without its title where the line of names stands above it."""
    lead = int(not titled and name not in UNTITLED)
    return lambda width, height: PANELS[name](look, found, width, height + lead)[lead:]


def tab_line(page: int, look: Look, found: Survey, width: int) -> Line:
    """The names of the pages, and what is noted beside the title of the one in sight."""
    line: list[Span] = []
    for number, name in enumerate(TABS):
        current = number == page
        mark = look.marks.cursor if current else " "
        line += [(f"{mark} ", "accent"), (name, "strong" if current else "quiet"), (GAP, "")]
    name = PAGES[page]
    note = () if name in UNTITLED else PANELS[name](look, found, width, 1)[0][1:2]
    return (*line, *note)


def tab_at(x: int) -> int | None:
    """The page whose name stands at that cell of the line."""
    ends = accumulate(MARK_CELLS + len(name) + len(GAP) for name in TABS)
    page = bisect(list(ends), x)
    return page if page < len(TABS) else None
