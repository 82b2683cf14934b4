"""The session as a state machine on a timeline and an injected clock.

It never counts ticks: it keeps the position banked and the clock reading when last started, and
derives the rest. Call `tick()` as often as the screen likes (and say how often in
`tick_seconds`); every key first looks at the clock by itself. All properties are those of the
last look, so that one frame never contradicts itself.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Set
from dataclasses import dataclass
from enum import StrEnum

from stretch_tui.core.away import Gap, judge
from stretch_tui.core.cues import Breath, Cue, CueKind, breath_at, cues, entry, quiet
from stretch_tui.core.dose import Side
from stretch_tui.core.ledger import Ledger
from stretch_tui.core.retime import SHORTEST_SECONDS, lengthened
from stretch_tui.core.timeline import Kind, PlayedStep, Segment, Timeline


class State(StrEnum):
    """Where the session stands; the clock runs in RUNNING alone."""

    NEW = "new"
    """Not started."""
    RUNNING = "running"
    WAITING = "waiting"
    """For words that are new to the person to be read; `go_on` starts the clock."""
    READING = "reading"
    """Frozen by the person to read; `go_on` starts the clock."""
    PAUSED = "paused"
    FINISHED = "finished"
    """Played to its end."""
    ENDED = "ended"
    """Ended early."""
    HURT = "hurt"
    """Ended because it hurt."""


class Halt(StrEnum):
    """Why a session is paused."""

    ASKED = "asked"
    AWAY = "away"
    """The program stood still: stopped, or the machine was busy or asleep."""
    OUTPUT = "output"
    """The terminal took no output."""
    SUSPENDED = "suspended"
    """Ctrl+Z."""
    LEFT = "left"
    """The program had gone, and the session was taken up again."""


class Skip(StrEnum):
    """What skipping a stretch means."""

    NOT_NOW = "not now"
    ALREADY_DONE = "already did it"
    """Credits nothing, but marks it complete."""
    NEVER = "don't suggest again"


OVER = frozenset({State.FINISHED, State.ENDED, State.HURT})


@dataclass(frozen=True, slots=True)
class Progress:
    """All that changes while a session is played; with its timeline it rebuilds the player."""

    ledger: Ledger
    position: float = 0.0
    """Seconds from the beginning of the (retimed) timeline."""
    state: State = State.NEW
    retimed: tuple[tuple[int, float], ...] = ()
    """Segments whose length the person changed, with their seconds now."""
    read: frozenset[str] = frozenset()
    """Stretches whose words were read in this session."""
    bans: tuple[str, ...] = ()
    """Stretches not to be suggested again."""


class Player:
    """A session being played.

    `clock` gives seconds that never go back; `boot` the same with the time the machine slept,
    where there is such a clock. With `seen` (ids of stretches whose words are known) the clock
    waits off the total before a stretch that is new; with None it never waits. `breath_seconds`
    is one slow breath. A `progress` continues a session: it stands paused until `resume`.

    Raises ValueError when the timeline has nothing to play.
    """

    def __init__(
        self,
        timeline: Timeline,
        clock: Callable[[], float],
        *,
        boot: Callable[[], float] | None = None,
        seen: Set[str] | None = None,
        breath_seconds: float = 6.0,
        tick_seconds: float = 1.0,
        from_step: int = 0,
        progress: Progress | None = None,
    ) -> None:
        if not timeline.segments:
            raise ValueError("there is nothing to play: no step names a stretch that is known")
        self._given = timeline
        self._clock = clock
        self._boot = boot
        self._seen = seen
        self._tick_seconds = tick_seconds
        self._pending: list[Cue] = []
        self._halved: int | None = None
        self.breath_seconds = breath_seconds
        self.timeline = timeline
        """The timeline as it is now, lengths changed by the person included."""
        self.revision = 0
        """Rises at each transition: whoever keeps the session writes it durably then."""
        self.halt = Halt.ASKED
        """Why it is paused, when it is."""
        self.away_seconds = 0.0
        """How long the person was away, when paused for that."""
        start = timeline.segments[timeline.first_of(from_step)].start
        progress = progress or Progress(Ledger.empty(timeline), start)
        self.position = start
        """Seconds from the beginning of the timeline, as of the last look at the clock."""
        self.state = progress.state
        self._banked = start
        self._ledger = progress.ledger
        self._read = progress.read
        self._bans = progress.bans
        self._load(progress)
        self._now = clock()
        self._slept = self._offset = 0.0
        self._slept = self._sleep()
        self._since = self._now

    # -- where it stands

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
        """Seconds left of the segment: what the big digits show, rounded up."""
        return max(self.segment.end - self.position, 0.0)

    @property
    def step_left_seconds(self) -> float:
        """Seconds left of the step, all sides and repetitions."""
        last = max(i for i, s in enumerate(self.timeline.segments) if s.step == self.segment.step)
        return max(self.timeline.segments[last].end - self.position, 0.0)

    @property
    def total_left_seconds(self) -> float:
        """Seconds left of the whole session."""
        return max(self.timeline.seconds - self.position, 0.0)

    @property
    def breath(self) -> Breath | None:
        """The breath to take, None outside holds."""
        if self.segment.kind is not Kind.HOLD:
            return None
        return breath_at(self.into_seconds, self.breath_seconds)

    @property
    def ledger(self) -> Ledger:
        """What was really done until the last look at the clock."""
        return self._ledger.plus(self.timeline, self._banked, self.position)

    @property
    def read(self) -> frozenset[str]:
        """Stretches whose new words were read in this session, to be marked as seen."""
        return self._read

    @property
    def bans(self) -> tuple[str, ...]:
        """Stretches the person does not want suggested again."""
        return self._bans

    def progress(self) -> Progress:
        """All that is needed to go on from here as if never interrupted."""
        retimed = tuple(
            (index, now.seconds)
            for index, (was, now) in enumerate(
                zip(self._given.segments, self.timeline.segments, strict=True)
            )
            if was.seconds != now.seconds
        )
        return Progress(self.ledger, self.position, self.state, retimed, self._read, self._bans)

    # -- the clock and the keys

    def tick(self) -> tuple[Cue, ...]:
        """Look at the clock; return what has happened since the last call, in order."""
        self._look()
        happened, self._pending = tuple(self._pending), []
        return happened

    def start(self) -> None:
        """Begin; at a stretch whose words are new, by waiting for them to be read."""
        if self.state is State.NEW:
            self._look()
            self._arrive(self.position)

    def pause(self, why: Halt = Halt.ASKED, ago_seconds: float = 0.0) -> None:
        """Stop the clock, as of `ago_seconds` before now when that is when it should have stood."""
        self._look()
        if self.state in (State.RUNNING, State.READING):
            self.position = max(self._banked, self.position - max(ago_seconds, 0.0))
            self._halt(why)

    def resume(self) -> None:
        """Let the clock go on after a pause, or after reading."""
        self._look()
        if self.state is State.PAUSED:
            self._go(State.WAITING if self._must_read(self.position) else State.RUNNING)
        else:
            self.go_on()

    def toggle(self) -> None:
        """Pause, or go on, whichever fits: the space bar."""
        if self.state is State.RUNNING:
            self.pause()
        else:
            self.resume()

    def freeze(self) -> None:
        """Stop the clock to read the words."""
        self._look()
        if self.state is State.RUNNING:
            self._go(State.READING)

    def go_on(self) -> None:
        """The words are read: start the clock. While getting ready, begin the stretch at once."""
        self._look()
        if self.state is State.WAITING:
            self._read |= {self.step.stretch.id}
            self._go(State.RUNNING)
        elif self.state is State.READING:
            self._go(State.RUNNING)
        elif self.state is State.RUNNING and self.leading_in:
            self._jump_to(self.segment.end)

    def next(self) -> None:
        """To the next stretch, by its rest; from the last one, to the end."""
        self._look()
        if self.next_step is not None:
            self._to_step(self.segment.step + 1)
        elif not self.over:
            self._bank()
            timeline, steps = self.timeline, range(len(self.timeline.steps))
            worked = any(self._ledger.complete(timeline, step) for step in steps)
            self._close(State.FINISHED if worked else State.ENDED)

    def previous(self) -> None:
        """To the stretch before, by its rest; from the first one, to its own beginning."""
        self._look()
        self._to_step(max(self.segment.step - 1, 0))

    def jump(self, step: int) -> None:
        """To a step, clamped to the first and last, by its rest."""
        self._look()
        self._to_step(min(max(step, 0), len(self.timeline.steps) - 1))

    def restart(self) -> None:
        """This hold again from its start; among moves and short holds, this side again."""
        self._look()
        index = self.index
        if quiet(self.segment):
            segments, now = self.timeline.segments, self.segment
            while index > 0 and _together(segments[index - 1], now):
                index -= 1
        self._jump_to(self.timeline.segments[index].start)

    def adjust(self, seconds: float) -> None:
        """Make this hold (or rest) longer or shorter; the total changes with it.

        It never gets shorter than what is already over, nor than 5 s unless it was.
        """
        self._look()
        if self.over:
            return
        self._bank()
        now = self.segment
        floor = max(self.into_seconds + SHORTEST_SECONDS, min(now.seconds, 5.0))
        wanted = max(floor, min(now.seconds + seconds, 600.0))
        self.timeline = lengthened(self.timeline, self.index, wanted, self.breath_seconds)
        self.revision += 1

    def skip(self, why: Skip = Skip.NOT_NOW) -> None:
        """Leave this stretch: not now, already done (marked, not credited), or never again."""
        self._look()
        if self.over:
            return
        if why is Skip.ALREADY_DONE:
            self._bank()
            self._ledger = self._ledger.mark(self.segment.step)
        elif why is Skip.NEVER and self.step.stretch.id not in self._bans:
            self._bans += (self.step.stretch.id,)
        self.next()

    def hurt(self) -> None:
        """This hurts: stop at once; what was done is kept."""
        self._look()
        self._close(State.HURT)

    def end(self) -> None:
        """End early; what was done is kept."""
        self._look()
        self._close(State.ENDED)

    # -- inside

    def _load(self, progress: Progress) -> None:
        for index, seconds in progress.retimed:
            self.timeline = lengthened(self.timeline, index, seconds, self.breath_seconds)
        self.position = self._banked = min(max(progress.position, 0.0), self.timeline.seconds)
        if self.state in (State.RUNNING, State.READING):
            self.state, self.halt = State.PAUSED, Halt.LEFT

    def _sleep(self) -> float:
        return 0.0 if self._boot is None else self._boot() - self._clock()

    def _look(self) -> None:
        """Read the clock, decide about the gap, move on."""
        reading, sleep = self._clock() + self._offset, self._sleep()
        gap, slept = reading - self._now, sleep - self._slept
        self._slept = sleep
        if gap < 0:
            self._offset -= gap
            return
        verdict = judge(gap, slept, self._tick_seconds) if self.state is State.RUNNING else None
        if verdict in (Gap.DROPPED, Gap.PAUSES):
            self._offset -= gap
            self.away_seconds = gap + max(slept, 0.0)
            if verdict is Gap.PAUSES:
                self._halt(Halt.AWAY)
            return
        self._now = reading
        if self.state is State.RUNNING:
            self._move(self._banked + reading - self._since)

    def _move(self, wanted: float) -> None:
        """Go to a later position, but not past words to be read, nor past the end."""
        before, index = self.position, self.index
        barrier = self._barrier()
        after = min(wanted, barrier)
        self.position = after
        self._tell(cues(self.timeline, before, after, self.breath_seconds))
        if after >= self.timeline.seconds:
            self._close(State.FINISHED)
        elif after >= barrier:
            self._go(State.WAITING)
        elif self.index != index:
            self.revision += 1

    def _tell(self, happened: tuple[Cue, ...]) -> None:
        for cue in happened:
            if cue.kind is CueKind.HALFWAY:
                if self._halved == cue.index:
                    continue
                self._halved = cue.index
            self._pending.append(cue)

    def _barrier(self) -> float:
        """The first later position at which the clock waits, or the end."""
        segments = self.timeline.segments
        for index in range(self.index + 1, len(segments)):
            if self._opens_new(index):
                return segments[index].start
        return self.timeline.seconds

    def _opens_new(self, index: int) -> bool:
        """Whether a stretch whose words are new begins with this segment."""
        segments = self.timeline.segments
        step = segments[index].step
        if self._seen is None or (index > 0 and segments[index - 1].step == step):
            return False
        stretch = self.timeline.steps[step].stretch.id
        return stretch not in self._seen and stretch not in self._read

    def _must_read(self, position: float) -> bool:
        index = self.timeline.index_at(position)
        return self.timeline.segments[index].start == position and self._opens_new(index)

    def _bank(self) -> None:
        """Put what was played since last started into the ledger."""
        self._ledger = self.ledger
        self._banked, self._since = self.position, self._now

    def _go(self, state: State) -> None:
        self._bank()
        self.state = state
        self.revision += 1

    def _halt(self, why: Halt) -> None:
        self.halt = why
        self._go(State.PAUSED)

    def _close(self, state: State) -> None:
        if not self.over:
            self._go(state)

    def _to_step(self, step: int) -> None:
        self._jump_to(self.timeline.segments[self.timeline.first_of(step)].start)

    def _jump_to(self, position: float) -> None:
        if self.over:
            return
        self._bank()
        if position >= self.timeline.seconds:
            self._close(State.FINISHED)
        else:
            self._arrive(position)

    def _arrive(self, position: float) -> None:
        """Stand at a segment's start, and go on from there unless paused or there is reading."""
        self.position = self._banked = position
        self._halved = None
        self._pending.append(entry(self.timeline, self.index))
        if self.state is State.PAUSED:
            self.revision += 1
        else:
            self._go(State.WAITING if self._must_read(position) else State.RUNNING)


def _together(one: Segment, other: Segment) -> bool:
    """Whether two segments belong to the same side of the same round of a step, work alone."""
    key = (other.step, other.side, other.round)
    return (one.step, one.side, one.round) == key and one.kind in (Kind.MOVE, Kind.HOLD)


def shown(seconds: float) -> int:
    """Seconds as a countdown shows them: rounded up, steady when a tick comes a little early."""
    return math.ceil(seconds - 0.05)


def starting_side(last: str | None) -> Side:
    """Who begins when the last session of the routine began with `last`: the other side."""
    return Side(last).other if last in (Side.LEFT, Side.RIGHT) else Side.LEFT
