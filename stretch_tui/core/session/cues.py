"""What happens between two positions of a session: a pure function that screens turn into bells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from stretch_tui.core.session.timeline import Kind, Segment, Timeline

INHALE = 0.4
"""The part of a breath that goes in; the rest goes out (Russo 2017, PMC5709795)."""
HALFWAY_FROM_SECONDS = 20.0
"""Shorter holds have no halfway cue: it would only disturb."""
QUIET_BELOW_SECONDS = 8.0
"""Shorter holds, and moving ones, have no bells of their own."""


class CueKind(StrEnum):
    """What has just happened."""

    READY = "ready"
    """Get ready for the first stretch."""
    REST = "rest"
    """A stretch is over; the next one is in sight."""
    MOVE = "move"
    """The body moves into a phase."""
    START = "start"
    """A hold begins."""
    SWITCH = "switch"
    """Change sides."""
    HALFWAY = "halfway"
    DONE = "done"
    """A hold is over."""
    FINISHED = "finished"
    """The whole session is over."""


ENTRY = {
    Kind.READY: CueKind.READY,
    Kind.REST: CueKind.REST,
    Kind.MOVE: CueKind.MOVE,
    Kind.HOLD: CueKind.START,
    Kind.SWITCH: CueKind.SWITCH,
}
BELLS = {
    CueKind.START: 1,
    CueKind.HALFWAY: 1,
    CueKind.SWITCH: 2,
    CueKind.DONE: 3,
    CueKind.FINISHED: 3,
}
"""How often the bell rings for a cue that is not quiet."""


@dataclass(frozen=True, slots=True)
class Cue:
    """Something that happens at one position of the timeline."""

    kind: CueKind
    at: float
    """Seconds from the beginning of the timeline."""
    index: int
    """The segment it belongs to."""
    quiet: bool = False
    """To be shown, but without a bell or a flash: a short or moving hold."""

    @property
    def bells(self) -> int:
        """How often the bell rings; 0 for silence."""
        return 0 if self.quiet else BELLS.get(self.kind, 0)


def breath_number(into_seconds: float, breath_seconds: float) -> int:
    """Which breath it is at so many seconds into a hold, counted from 1."""
    return int(max(into_seconds, 0.0) // breath_seconds) + 1


def quiet(segment: Segment) -> bool:
    """Whether a segment goes by without bells: a move, a moving hold, a very short one."""
    short = segment.seconds < QUIET_BELOW_SECONDS
    return segment.kind is Kind.MOVE or (segment.kind is Kind.HOLD and (segment.moving or short))


def cues(timeline: Timeline, before: float, after: float) -> tuple[Cue, ...]:
    """All cues after the position `before`, up to and including `after`, in order.

    The cue of the very first position is not among them: `entry` gives it.
    """
    if after <= before or not timeline.segments:
        return ()
    first, last = timeline.index_at(before), timeline.index_at(after)
    found = [
        cue
        for index in range(first, last + 1)
        for cue in _of(timeline, index)
        if before < cue.at <= after
    ]
    # At one instant a hold is done before the next segment is entered; the sort keeps that order.
    return tuple(sorted(found, key=lambda cue: cue.at))


def entry(timeline: Timeline, index: int) -> Cue:
    """The cue for entering a segment."""
    segment = timeline.segments[index]
    return Cue(ENTRY[segment.kind], segment.start, index, quiet=quiet(segment))


def foremost(happened: Iterable[Cue]) -> Cue | None:
    """The one cue to ring for when several came at once, the latest that rings; None for none."""
    ringing = [cue for cue in happened if cue.bells]
    return ringing[-1] if ringing else None


def _of(timeline: Timeline, index: int) -> Iterator[Cue]:
    """Every cue of one segment, from its entry to its end."""
    segment = timeline.segments[index]
    hushed = quiet(segment)
    yield entry(timeline, index)
    if segment.kind is Kind.HOLD:
        if segment.seconds >= HALFWAY_FROM_SECONDS and not hushed:
            yield Cue(CueKind.HALFWAY, segment.start + segment.seconds / 2, index)
        yield Cue(CueKind.DONE, segment.end, index, quiet=hushed)
    if index == len(timeline.segments) - 1:
        yield Cue(CueKind.FINISHED, segment.end, index)
