"""Where a session stands: all that a screen shows, derived from a timeline and a position."""

from __future__ import annotations

import math

from stretch_tui.core.session.cues import quiet
from stretch_tui.core.session.states import OVER, State
from stretch_tui.core.session.timeline import Kind, PlayedStep, Segment, Timeline


class Standing:
    """A position in a timeline, read in every way a screen needs."""

    def __init__(self, timeline: Timeline, breath_seconds: float) -> None:
        self.timeline = timeline
        """The timeline as it is now, lengths changed by the person included."""
        self.breath_seconds = breath_seconds
        self.position = 0.0
        """Seconds from the beginning of the timeline, as of the last look at the clock."""
        self.state = State.NEW

    @property
    def over(self) -> bool:
        """Whether the session is over, in whichever way."""
        return self.state in OVER

    @property
    def index(self) -> int:
        """The index of the segment being played."""
        return self.timeline.index_at(self.position)

    @property
    def segment(self) -> Segment:
        """The segment being played; it says side, rep, reps, round, phase and pose."""
        return self.timeline.segments[self.index]

    @property
    def step(self) -> PlayedStep:
        """The step being played, or being led into."""
        return self.timeline.steps[self.segment.step]

    @property
    def next_step(self) -> PlayedStep | None:
        """The step after this one, None during the last."""
        following = self.segment.step + 1
        return self.timeline.steps[following] if following < len(self.timeline.steps) else None

    @property
    def leading_in(self) -> bool:
        """Whether this is the get-ready or rest before a stretch."""
        return self.segment.kind in (Kind.READY, Kind.REST)

    @property
    def into_seconds(self) -> float:
        """Seconds of the segment that are over."""
        return self.position - self.segment.start

    @property
    def left_seconds(self) -> float:
        """Seconds left of the segment: what the big digits show, through `shown`."""
        return max(self.segment.end - self.position, 0.0)

    @property
    def total_left_seconds(self) -> float:
        """Seconds left of the whole session."""
        return max(self.timeline.seconds - self.position, 0.0)

    @property
    def again_at(self) -> float:
        """Where "this again" begins: the hold; among moves and short holds, this side's first."""
        segments, index = self.timeline.segments, self.index
        if quiet(self.segment):
            while index > 0 and _together(segments[index - 1], self.segment):
                index -= 1
        return segments[index].start


def hurting(standing: Standing) -> PlayedStep:
    """The step that hurt where a session stands: in a rest it is the one before it."""
    step = standing.segment.step
    return standing.timeline.steps[max(0, step - standing.leading_in)]


def hurt_words(standing: Standing) -> str:
    """Where it hurt: `It hurt at Owl neck, left side.`"""
    name, side = hurting(standing).stretch.name, standing.segment.side
    if standing.leading_in:
        return f"It hurt {'after' if standing.segment.step else 'before'} {name}."
    return f"It hurt at {name}{f', {side.value} side' if side is not None else ''}."


def shown(seconds: float) -> int:
    """Seconds as a countdown shows them: rounded up, steady when a tick comes a little early."""
    return max(math.ceil(seconds - 0.05), 0)


def _together(one: Segment, other: Segment) -> bool:
    """Whether two quiet segments belong to the same side of the same round of a step."""
    key = (other.step, other.side, other.round)
    return (one.step, one.side, one.round) == key and quiet(one)
