"""Where the clock has to wait because a stretch's words are new to the person."""

from __future__ import annotations

from collections.abc import Set

from stretch_tui.core.session.timeline import Timeline


class Unread:
    """Stretches not seen yet; nothing is new when `seen` is None."""

    def __init__(self, seen: Set[str] | None, read: frozenset[str] = frozenset()) -> None:
        self._seen = seen
        self.read = read
        """Ids of stretches read in this session."""

    def mark(self, stretch: str) -> None:
        """The words of a stretch are read now."""
        self.read |= {stretch}

    def begins_with(self, timeline: Timeline, index: int) -> bool:
        """Whether a new stretch begins with this segment."""
        segments = timeline.segments
        step = segments[index].step
        if self._seen is None or (index > 0 and segments[index - 1].step == step):
            return False
        stretch = timeline.steps[step].stretch.id
        return stretch not in self._seen and stretch not in self.read

    def begins_at(self, timeline: Timeline, position: float) -> bool:
        """Whether a new stretch begins at exactly this position."""
        index = timeline.index_at(position)
        return timeline.segments[index].start == position and self.begins_with(timeline, index)

    def barrier(self, timeline: Timeline, index: int) -> float:
        """The position after segment `index` at which the clock waits next, or the end."""
        for later in range(index + 1, len(timeline.segments)):
            if self.begins_with(timeline, later):
                return timeline.segments[later].start
        return timeline.seconds
