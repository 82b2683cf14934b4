"""A timeline in which one segment is longer or shorter."""

from __future__ import annotations

import math
from dataclasses import replace

from stretch_tui.core.session.timeline import Segment, Timeline

SHORTEST_SECONDS = 0.001
"""What is left of a segment that is cut off where it stands."""
LEAST_SECONDS, MOST_SECONDS = 5.0, 600.0
"""Between these a segment can be made shorter or longer."""


def adjusted(segment: Segment, into_seconds: float, more: float) -> float:
    """The seconds of a segment made longer or shorter while it is played.

    It never gets shorter than what is already over, nor than 5 s unless it was.
    """
    floor = max(into_seconds + SHORTEST_SECONDS, min(segment.seconds, LEAST_SECONDS))
    return max(floor, min(segment.seconds + more, MOST_SECONDS))


def lengthened(
    timeline: Timeline, index: int, seconds: float, breath_seconds: float = 6.0
) -> Timeline:
    """The timeline with one segment of that many seconds, the later ones moved along."""
    changed = timeline.segments[index]
    breaths = changed.breaths
    if breaths is not None:
        breaths = max(1, math.ceil(seconds / breath_seconds - 0.01))
    segments = list(timeline.segments)
    segments[index] = replace(changed, seconds=seconds, breaths=breaths)
    for following in range(index + 1, len(segments)):
        segments[following] = replace(segments[following], start=segments[following - 1].end)
    steps = list(timeline.steps)
    if not _lead_in(timeline, index):
        step = steps[changed.step]
        grown = step.seconds + seconds - changed.seconds
        steps[changed.step] = replace(step, seconds=grown)
    return replace(timeline, segments=tuple(segments), steps=tuple(steps))


def changed_lengths(given: Timeline, now: Timeline) -> tuple[tuple[int, float], ...]:
    """The segments that are longer or shorter than they were given, with their seconds now."""
    pairs = enumerate(zip(given.segments, now.segments, strict=True))
    return tuple((i, new.seconds) for i, (old, new) in pairs if old.seconds != new.seconds)


def _lead_in(timeline: Timeline, index: int) -> bool:
    return timeline.segments[index].kind.value in ("ready", "rest")
