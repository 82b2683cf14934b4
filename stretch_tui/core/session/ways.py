"""Where the keys for next and previous lead: among the sides of a stretch, and among stretches."""

from __future__ import annotations

from stretch_tui.core.session.timeline import Kind, Timeline


def onward(timeline: Timeline, index: int) -> int | None:
    """The segment to go on with: of the other side when that is still to come, else after it all.

    Nobody is left with one side done because of a key. None is the end of the session.
    """
    first, second = _halves(timeline, index)
    if second is not None and first is not None and index < second:
        return second
    return after_step(timeline, index)


def after_step(timeline: Timeline, index: int) -> int | None:
    """The first segment of the next stretch, its rest; None after the last one."""
    step = timeline.segments[index].step + 1
    return timeline.first_of(step) if step < len(timeline.steps) else None


def back(timeline: Timeline, index: int) -> int:
    """The segment to go back to: of the first side from the second, else the stretch before.

    From the first stretch, to its own beginning.
    """
    first, second = _halves(timeline, index)
    if first is not None and second is not None and index >= second:
        return first
    return timeline.first_of(max(timeline.segments[index].step - 1, 0))


def _halves(timeline: Timeline, index: int) -> tuple[int | None, int | None]:
    """Where the two sides of this round begin, None for a side that there is not.

    The rest before a stretch is not yet one of its halves.
    """
    segments, here = timeline.segments, timeline.segments[index]
    if here.side is None or here.kind in (Kind.READY, Kind.REST):
        return None, None
    first = last = index
    while first > 0 and _same_round(timeline, first - 1, index):
        first -= 1
    while last + 1 < len(segments) and _same_round(timeline, last + 1, index):
        last += 1
    sided = [number for number in range(first, last + 1) if segments[number].side is not None]
    begins = segments[sided[0]].side
    return sided[0], next((n for n in sided if segments[n].side is not begins), None)


def _same_round(timeline: Timeline, one: int, other: int) -> bool:
    first, second = timeline.segments[one], timeline.segments[other]
    return (first.step, first.round) == (second.step, second.round)
