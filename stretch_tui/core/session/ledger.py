"""What was really done: credited seconds for each step and side."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from stretch_tui.core.content.dose import Side
from stretch_tui.core.log.logbook import Part
from stretch_tui.core.session.timeline import Timeline


@dataclass(frozen=True, slots=True)
class Credit:
    """Seconds of stretching that one step got."""

    left: float = 0.0
    right: float = 0.0
    both: float = 0.0

    def plus(self, side: Side | None, seconds: float) -> Credit:
        """The same with seconds more on a side, or on both when there is none."""
        if side is Side.LEFT:
            return replace(self, left=self.left + seconds)
        if side is Side.RIGHT:
            return replace(self, right=self.right + seconds)
        return replace(self, both=self.both + seconds)

    @property
    def seconds(self) -> float:
        """All of it, sides added."""
        return self.left + self.right + self.both


@dataclass(frozen=True, slots=True)
class Ledger:
    """Credits of every step, and which segments were played to their end."""

    credits: tuple[Credit, ...]
    done: frozenset[int] = frozenset()
    """Indices of segments played to their end."""
    marked: frozenset[int] = frozenset()
    """Indices of steps that the person had already done elsewhere: complete, without seconds."""

    @classmethod
    def empty(cls, timeline: Timeline) -> Ledger:
        """Nothing done yet."""
        return cls((Credit(),) * len(timeline.steps))

    @property
    def seconds(self) -> float:
        """Credited seconds of the whole session."""
        return sum(credit.seconds for credit in self.credits)

    def plus(self, timeline: Timeline, start: float, end: float) -> Ledger:
        """The ledger after playing the timeline from one position to another."""
        if end <= start:
            return self
        credits_, done = list(self.credits), set(self.done)
        for index in range(timeline.index_at(start), timeline.index_at(end) + 1):
            segment = timeline.segments[index]
            seconds = min(segment.end, end) - max(segment.start, start)
            if segment.credited and seconds > 0:
                credits_[segment.step] = credits_[segment.step].plus(segment.side, seconds)
            if segment.end <= end:
                done.add(index)
        return replace(self, credits=tuple(credits_), done=frozenset(done))

    def mark(self, step: int) -> Ledger:
        """The ledger with a step marked as done elsewhere."""
        return replace(self, marked=self.marked | {step})

    def complete(self, timeline: Timeline, step: int) -> bool:
        """Whether the whole dose of a step was done, here or elsewhere."""
        wanted = (
            index
            for index, segment in enumerate(timeline.segments)
            if segment.step == step and segment.credited and segment.seconds > 0
        )
        return step in self.marked or all(index in self.done for index in wanted)

    def any_complete(self, timeline: Timeline) -> bool:
        """Whether the whole dose of at least one step was done."""
        return any(self.complete(timeline, step) for step in range(len(timeline.steps)))

    def parts(self, timeline: Timeline) -> tuple[Part, ...]:
        """What each stretch got, in playing order; a stretch in several steps is one part."""
        parts: dict[str, Part] = {}
        for number, (step, credit) in enumerate(zip(timeline.steps, self.credits, strict=True)):
            complete = self.complete(timeline, number)
            regions = tuple(region.value for region in step.stretch.regions)
            part = Part(step.stretch.id, regions, credit.left, credit.right, credit.both, complete)
            known = parts.get(step.stretch.id)
            parts[step.stretch.id] = part if known is None else _joined((known, part))
        return tuple(part for part in parts.values() if part.seconds > 0 or part.complete)


def _joined(parts: Iterable[Part]) -> Part:
    """One part of several of the same stretch."""
    known = tuple(parts)
    return replace(
        known[0],
        left=sum(part.left for part in known),
        right=sum(part.right for part in known),
        both=sum(part.both for part in known),
        complete=all(part.complete for part in known),
    )
