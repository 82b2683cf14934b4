"""What a screen says at one moment of a session: a pure function of the timeline and the place."""

from __future__ import annotations

from dataclasses import dataclass

from stretch_tui.core.content.dose import Side, Sides
from stretch_tui.core.content.wording import clock, exact, position_words
from stretch_tui.core.session.cues import breath_number
from stretch_tui.core.session.standing import shown
from stretch_tui.core.session.timeline import Kind, Segment, Timeline
from stretch_tui.core.session.ways import onward

WORDS = {
    Kind.READY: "READY",
    Kind.REST: "REST",
    Kind.MOVE: "MOVE",
    Kind.HOLD: "HOLD",
    Kind.SWITCH: "SWITCH",
}
"""The one word of the moment, by kind of segment, as far as that alone decides."""


@dataclass(frozen=True, slots=True)
class Scene:
    """The words and numbers of one moment, without layout or color."""

    name: str
    """The stretch of the moment, or the one that comes after the rest."""
    word: str
    quiet: bool
    """Whether it only leads up to the stretching: get ready, rest, switch, move."""
    seconds_left: int
    """Whole seconds of this segment, from its length down to 0."""
    side: Side | None
    side_means: str
    cue: str
    counts: str
    """Which repetition, round and side of how many; empty when there is one of each."""
    place: str
    """`3 of 8`"""
    left: str
    """How much of the session is left: `5:20`."""
    next: str
    """What comes after this, in words; empty at the very end."""
    next_lead: str = "next"
    """`next` where the key for it leads just there, `then` for what comes before that."""


def scene(timeline: Timeline, position: float, breath_seconds: float = 6.0) -> Scene:
    """The scene at a position of a timeline that has segments."""
    index = timeline.index_at(position)
    segment = timeline.segments[index]
    step = timeline.steps[segment.step]
    side_means = step.stretch.side_means if segment.side is not None else ""
    words, leads_there = next_of(timeline, index)
    return Scene(
        name=step.stretch.name,
        word=_word(segment),
        quiet=_leads_up(timeline, index),
        seconds_left=shown(run_of(timeline, index)[1] - position),
        side=segment.side,
        side_means=side_means,
        cue=cue_of(timeline, index),
        counts=counts_of(timeline, index, breath_number(position - segment.start, breath_seconds)),
        place=f"{segment.step + 1} of {len(timeline.steps)}",
        left=clock(shown(timeline.seconds - position)),
        next=words,
        next_lead="next" if leads_there else "then",
    )


def _word(segment: Segment) -> str:
    if segment.kind is Kind.HOLD and segment.moving:
        return "FLOW"
    if segment.kind is Kind.REST and segment.side is not None:
        return "NEXT"  # the side stands below it, and one cannot rest on a side
    return WORDS[segment.kind]


def run_of(timeline: Timeline, index: int) -> tuple[float, float]:
    """Start and end of what is counted down: a segment, or moves that follow each other as one."""
    segments, here = timeline.segments, timeline.segments[index]
    first = last = index
    while first > 0 and _same_moves(segments[first - 1], here):
        first -= 1
    while last + 1 < len(segments) and _same_moves(segments[last + 1], here):
        last += 1
    return segments[first].start, segments[last].end


def _same_moves(other: Segment, here: Segment) -> bool:
    same = (other.step, other.side) == (here.step, here.side)
    return same and other.kind is here.kind is Kind.MOVE


def _leads_up(timeline: Timeline, index: int) -> bool:
    """Whether a segment is not yet the stretch itself; a lone move into a hold isn't."""
    here = timeline.segments[index]
    if here.kind is not Kind.MOVE:
        return here.kind is not Kind.HOLD
    following = timeline.segments[index + 1 : index + 2]
    into_hold = any(s.kind is Kind.HOLD and s.step == here.step for s in following)
    return into_hold and run_of(timeline, index)[0] == here.start


def cue_of(timeline: Timeline, index: int) -> str:
    """The one line to follow now: how to get in while getting ready, else the phase's own."""
    segment = timeline.segments[index]
    step = timeline.steps[segment.step]
    if segment.kind in (Kind.READY, Kind.REST):
        place = position_words(step.stretch)
        return step.stretch.steps[0] if step.stretch.steps else place.capitalize() + "."
    phases = step.stretch.phases_of(step.variation)
    number = next((i for i, phase in enumerate(phases) if phase.name == segment.phase), 0)
    if phases and phases[number].cue:
        return phases[number].cue
    steps = step.stretch.steps
    return steps[min(number + 1, len(steps) - 1)] if steps else ""


def told_half(cue: str) -> bool | None:
    """Whether a cue says to breathe in (True) or out (False); None for neither and for both."""
    words = cue.lower()
    inward, outward = "breathe in" in words, "breathe out" in words
    return inward if inward != outward else None


def counts_of(timeline: Timeline, index: int, breath: int) -> str:
    """Breath, repetition, round and side of how many: `rep 2 of 3 · side 1 of 2`."""
    segment = timeline.segments[index]
    if segment.kind in (Kind.READY, Kind.REST):
        return ""
    parts = []
    if segment.breaths is not None and segment.breaths > 1:
        parts.append(f"breath {min(breath, segment.breaths)} of {segment.breaths}")
    if segment.reps > 1:
        parts.append(_rep_words(timeline, segment))
    if segment.rounds > 1:
        parts.append(f"round {segment.round} of {segment.rounds}")
    if segment.side is not None and timeline.steps[segment.step].dose.sides is Sides.EACH:
        parts.append(f"side {_side_number(timeline, index)} of 2")
    return " · ".join(parts)


def _rep_words(timeline: Timeline, segment: Segment) -> str:
    """Which repetition: `rep 2 of 5`, or `forward 2 of 5` where a count begins anew by phase."""
    anew = timeline.steps[segment.step].dose.counts_anew
    what = segment.phase.replace("-", " ") if anew else "rep"
    return f"{what} {segment.rep} of {segment.reps}"


def _side_number(timeline: Timeline, index: int) -> int:
    """1 for the side with which the step began."""
    segment = timeline.segments[index]
    sides = (s.side for s in timeline.segments if s.step == segment.step and s.side is not None)
    return 1 if next(sides, segment.side) is segment.side else 2


def next_of(timeline: Timeline, index: int) -> tuple[str, bool]:
    """What follows, in words: the other side, the next phase or repetition, or the next stretch.

    And whether it is what one comes to who does not want to finish this.
    """
    here = timeline.segments[index]
    if here.kind in (Kind.READY, Kind.REST):
        return _first_of(timeline, here.step), False
    leads = onward(timeline, index)
    for number in range(index + 1, len(timeline.segments)):
        segment = timeline.segments[number]
        if segment.step != here.step:
            name = timeline.steps[segment.step].stretch.name
            return f"{name}, {timeline.positions[segment.step].label}", True
        if told := _change(timeline, here, segment):
            return told, number == leads
    return "", True


def _first_of(timeline: Timeline, step: int) -> str:
    """What a stretch begins with: its first side and the length of its work."""
    first = next((s for s in timeline.segments if s.step == step and s.credited), None)
    if first is None:
        return ""
    length = f"{exact(timeline.steps[step].seconds)} in all"
    return length if first.side is None else f"{first.side.value} side first, {length}"


def _change(timeline: Timeline, here: Segment, later: Segment) -> str:
    """How a later segment of the same step differs, in words; empty when only its kind does."""
    if later.round != here.round:
        return f"round {later.round} of {later.rounds}"
    if later.side is not here.side and later.side is not None:
        return f"the {later.side.value} side"
    if later.phase != here.phase:
        held = f", {later.seconds:.0f} s" if later.kind is Kind.HOLD else ""
        return f"{later.phase.replace('-', ' ')}{held}"
    return _rep_words(timeline, later) if later.rep != here.rep else ""
