"""What a routine under construction gives the body, in lines: regions, sides, ups and downs."""

from __future__ import annotations

from collections.abc import Iterator

from stretch_tui.core.content.stretch import Region
from stretch_tui.core.content.wording import clock, count, listed
from stretch_tui.ui.building.built import Built
from stretch_tui.ui.marks import Marks
from stretch_tui.ui.widgets.drawn import Line, Span, fit, hanging, thin_bar

LABEL = 12
"""Cells of the words before a bar."""
TIME = 5
"""Cells of the time behind one."""
ALIKE = 0.1
"""Sides that differ by no more of the longer one are as good as alike."""
MOST_BAR = 24
ROOMY = 10
"""From so many rows on each region has a row of its own."""


Entries = list[tuple[Region, float]]


def balance_lines(built: Built, marks: Marks, width: int, height: int) -> list[Line]:
    """All there is to say of the routine, as much as fits; the regions give way first."""
    if not built.routine.steps or width < LABEL:
        return []
    words = [*_warnings(built, width), *_body(built, marks, width, height >= ROOMY)]
    room = max(1, height - len(words))
    if height >= ROOMY:
        gap: list[Line] = [()]
        regions = list(_rows(built, _entries(built, room - 2), marks, width))
        return [((fit("BALANCE", width, marks), "quiet"),), *regions, *gap, *words]
    columns = 2 if width >= 2 * (LABEL + TIME + 3) else 1
    entries = _entries(built, room * columns)
    return [*_columns(built, entries, columns, marks, width), *words]


def _entries(built: Built, most: int) -> Entries:
    """Regions with their seconds, most first, then those that are missing: up to half."""
    missing = [(region, 0.0) for region in built.balance.missing][: max(1, most // 2)]
    reached = list(built.balance.regions.items())[: max(0, most - len(missing))]
    return [*reached, *missing]


def _rows(built: Built, entries: Entries, marks: Marks, width: int) -> Iterator[Line]:
    """One region a row."""
    most = max(built.balance.regions.values(), default=0.0)
    cells = max(1, min(MOST_BAR, width - LABEL - TIME))
    for region, seconds in entries:
        if not seconds:
            yield (fit(region.label, LABEL, marks), ""), (f"{marks.dot} nothing yet", "quiet")
        else:
            yield _bar(region, seconds / most, cells, clock(seconds), marks)


def _columns(
    built: Built, entries: Entries, columns: int, marks: Marks, width: int
) -> Iterator[Line]:
    """Regions beside each other, for a low screen."""
    most = max(built.balance.regions.values(), default=0.0)
    cells = max(1, width // columns - LABEL - TIME - 1)
    for first in range(0, len(entries), columns):
        spans: list[Span] = []
        for region, seconds in entries[first : first + columns]:
            time = clock(seconds) if seconds else f"{marks.dot}"
            spans += _bar(region, seconds / most if most else 0.0, cells, time, marks)
            spans.append((" ", ""))
        yield tuple(spans)


def _bar(region: Region, fraction: float, cells: int, time: str, marks: Marks) -> Line:
    bar = thin_bar(fraction, cells, marks)
    return (
        (fit(region.label, LABEL, marks), "" if fraction else "quiet"),
        (bar, "accent"),
        (f"{time:>{TIME + cells - len(bar)}}", "quiet"),
    )


def _warnings(built: Built, width: int) -> list[Line]:
    """What a session will leave out."""
    if not built.balance.unknown:
        return []
    names = listed(built.balance.unknown)
    return hanging("! ", "warning", f"unknown here, left out: {names}", "warning", width)


def _body(built: Built, marks: Marks, width: int, roomy: bool) -> list[Line]:
    """Sides, positions and pace."""
    told = built.balance
    pace = f"{built.rest_seconds} s between {marks.dot} breath {built.settings.breath_seconds:g} s"
    path = f" {marks.right} ".join(place.label for place in told.path)
    order = _order(built)
    if not roomy:
        where = hanging("", "", order, "accent", width) if order else []
        where = where or [((fit(path, width, marks).rstrip(), "quiet"),)]
        return [*where, *hanging("", "", f"rest {pace}", "quiet", width)]
    return [
        *(_said("sides", _sides(built), "", width) if told.left or told.right else []),
        *_said("body", path, "", width),
        *(_said("", order, "accent", width) if order else []),
        *_said("rest", pace, "quiet", width),
    ]


def _said(label: str, words: str, ink: str, width: int) -> list[Line]:
    return hanging(f"{label:<{LABEL}}", "quiet", words, ink, width)


def _sides(built: Built) -> str:
    left, right = built.balance.left, built.balance.right
    if abs(left - right) <= ALIKE * max(left, right):
        return f"left and right alike, {clock(min(left, right))} each"
    return f"left {clock(left)}, right {clock(right)}"


def _order(built: Built) -> str:
    """What a reorder would save; empty when nothing."""
    told = built.balance
    if not told.saved:
        return ""
    if told.floor_changes > 1:
        return f"down to the floor and up {told.floor_changes} times; o saves {told.saved}"
    return f"{count(told.position_changes, 'change')} of position; o saves {told.saved}"
