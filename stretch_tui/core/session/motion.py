"""Which poses the figure is between at one moment of a session, and which way round it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from stretch_tui.core.content.dose import Side
from stretch_tui.core.session.timeline import Kind, PlayedStep, Timeline

ARRIVE = 0.7
"""The part of a side switch after which the body stands in its new pose."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A figure part of the way from one pose to another."""

    before: str
    after: str
    part: float
    """0 in the pose before, 1 in the pose after."""
    mirrored: bool
    """Poses are drawn for the right side; mirrored is the left."""


Waypoint = tuple[str, Side | None]


def moment(timeline: Timeline, position: float) -> Moment:
    """Where the figure is at a position of a timeline that has segments."""
    index = timeline.index_at(position)
    segment = timeline.segments[index]
    legs = list(_legs(waypoints(timeline, index)))
    if not legs or segment.seconds <= 0:
        return Moment(segment.pose, segment.pose, 1.0, segment.side is Side.LEFT)
    lasting = segment.seconds * (ARRIVE if segment.kind is Kind.SWITCH else 1.0)
    part = min(max((position - segment.start) / lasting, 0.0), 1.0) * len(legs)
    if part >= len(legs):
        return Moment(segment.pose, segment.pose, 1.0, segment.side is Side.LEFT)
    (before, side), (after, _) = legs[int(part)]
    return Moment(before, after, part - int(part), side is Side.LEFT)


def moves(timeline: Timeline, index: int) -> bool:
    """Whether the figure moves during a segment."""
    return any(True for _ in _legs(waypoints(timeline, index)))


def poses_of(step: PlayedStep) -> tuple[str, ...]:
    """Every pose of a step in the form it is played in, in order, each once."""
    found: dict[str, None] = {}
    for phase in step.stretch.phases_of(step.variation):
        found |= dict.fromkeys((*phase.through, phase.pose))
    return tuple(found)


def waypoints(timeline: Timeline, index: int) -> tuple[Waypoint, ...]:
    """The poses passed in a segment, each with the side it is drawn for.

    To change sides the body goes back to the first pose of the stretch and out again.
    """
    segment = timeline.segments[index]
    end = (segment.pose, segment.side)
    via = tuple((pose, segment.side) for pose in segment.through)
    before = timeline.segments[index - 1] if index else None
    if segment.kind in (Kind.READY, Kind.REST) or not segment.moving:
        return (end,)
    if before is None or before.step != segment.step:
        return (*via, end)
    was = before.side or segment.side
    begin: Waypoint = (before.pose, was)
    if was is segment.side:
        return (begin, *via, end)
    step = timeline.steps[segment.step]
    neutral = step.stretch.phases_of(step.variation)[0].pose
    return (begin, (neutral, was), (neutral, segment.side), *via, end)


def _legs(points: tuple[Waypoint, ...]) -> Iterator[tuple[Waypoint, Waypoint]]:
    """Ways between poses; turning round in one pose takes no time."""
    for begin, end in pairwise(points):
        if begin[0] != end[0]:
            yield begin, end
