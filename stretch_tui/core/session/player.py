"""The session as a state machine on a timeline and an injected clock.

It never counts ticks: it keeps the position banked and the clock reading when last started, and
derives the rest. Call `tick()` as often as the screen likes (and say how often in
`tick_seconds`); every key first looks at the clock by itself. All properties are those of the
last look, so that one frame never contradicts itself.
"""

from __future__ import annotations

from collections.abc import Callable, Set

from stretch_tui.core.session.away import Gap
from stretch_tui.core.session.cues import Cue, CueKind, cues, entry
from stretch_tui.core.session.ledger import Ledger
from stretch_tui.core.session.retime import adjusted, changed_lengths, lengthened
from stretch_tui.core.session.standing import Standing
from stretch_tui.core.session.states import Halt, Progress, Skip, State
from stretch_tui.core.session.timeline import Timeline
from stretch_tui.core.session.unread import Unread
from stretch_tui.core.session.watch import Watch
from stretch_tui.core.session.ways import after_step, back, onward


class Player(Standing):
    """A session being played.

    `clock` gives seconds that never go back; `boot` the same with the time the machine slept,
    where there is such a clock. With `seen` (ids of stretches whose words are known) the clock
    waits off the total before a stretch that is new; with None it never waits. `breath_seconds`
    is one slow breath. A `progress` continues a session, left `away_seconds` ago: it stands paused
    until `resume`.

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
        away_seconds: float = 0.0,
    ) -> None:
        if not timeline.segments:
            raise ValueError("there is nothing to play: none of its stretches is known")
        super().__init__(timeline, breath_seconds)
        self._given = timeline
        self._watch = Watch(clock, boot, tick_seconds)
        self._watch.away_seconds = away_seconds
        self._unread = Unread(seen, progress.read if progress else frozenset())
        self._pending: list[Cue] = []
        self._halved: int | None = None
        self.revision = 0
        """Rises at each transition: whoever keeps the session writes it durably then."""
        self.halt = Halt.ASKED
        """Why it is paused, when it is."""
        start = timeline.segments[timeline.first_of(from_step)].start
        progress = progress or Progress(Ledger.empty(timeline), start)
        self.state = progress.state
        self._banked = start
        self._ledger = progress.ledger
        self._bans = progress.bans
        self._load(progress)
        self._since = self._watch.now

    @property
    def ledger(self) -> Ledger:
        """What was really done until the last look at the clock."""
        return self._ledger.plus(self.timeline, self._banked, self.position)

    @property
    def away_seconds(self) -> float:
        """How long the person was away, when paused for that."""
        return self._watch.away_seconds

    @property
    def read(self) -> frozenset[str]:
        """Stretches whose new words were read in this session, to be marked as seen."""
        return self._unread.read

    @property
    def bans(self) -> tuple[str, ...]:
        """Stretches the person does not want suggested again."""
        return self._bans

    def progress(self) -> Progress:
        """All that is needed to go on from here as if never interrupted."""
        retimed = changed_lengths(self._given, self.timeline)
        return Progress(self.ledger, self.position, self.state, retimed, self.read, self._bans)

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
            self.state = State.RUNNING
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
        if self.state is State.NEW:
            self.start()
        elif self.state is State.PAUSED:
            self._run()
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
            self._unread.mark(self.step.stretch.id)
            self._go(State.RUNNING)
        elif self.state is State.READING:
            self._go(State.RUNNING)
        elif self.state is State.RUNNING and self.leading_in:
            self._jump_to(self.segment.end)

    def next(self) -> None:
        """To the side still to come, else to the next stretch, by its rest; from the last, out."""
        self._look()
        self._to(onward(self.timeline, self.index))

    def previous(self) -> None:
        """From the second side to the first, else to the stretch before; at first, to its start."""
        self._look()
        self._to(back(self.timeline, self.index))

    def restart(self) -> None:
        """This hold again from its start; among moves and short holds, this side again."""
        self._look()
        self._jump_to(self.again_at)

    def adjust(self, seconds: float) -> None:
        """Make this hold (or rest) longer or shorter; the total changes with it."""
        self._look()
        if self.over:
            return
        self._bank()
        wanted = adjusted(self.segment, self.into_seconds, seconds)
        self.timeline = lengthened(self.timeline, self.index, wanted, self.breath_seconds)
        self.revision += 1

    def skip(self, why: Skip = Skip.NOT_NOW) -> None:
        """Leave this stretch, both sides: not now, done elsewhere (not credited), or for good."""
        self._look()
        if self.over:
            return
        if why is Skip.ALREADY_DONE:
            self._bank()
            self._ledger = self._ledger.mark(self.segment.step)
        elif why is Skip.NEVER and self.step.stretch.id not in self._bans:
            self._bans += (self.step.stretch.id,)
        self._to(after_step(self.timeline, self.index))

    def hurt(self) -> None:
        """This hurts: stop at once; what was done is kept."""
        self._look()
        self._close(State.HURT)

    def end(self) -> None:
        """End early; what was done is kept."""
        self._look()
        self._close(State.ENDED)

    def reopen(self) -> None:
        """Take back an end that came before its time: paused, where it was, nothing lost."""
        if self.over and self.position < self.timeline.seconds:
            self._halt(Halt.REOPENED)

    # -- inside

    def _load(self, progress: Progress) -> None:
        for index, seconds in progress.retimed:
            self.timeline = lengthened(self.timeline, index, seconds, self.breath_seconds)
        self.position = self._banked = min(max(progress.position, 0.0), self.timeline.seconds)
        if self.state in (State.RUNNING, State.READING, State.PAUSED):
            self.state, self.halt = State.PAUSED, Halt.LEFT

    def _look(self) -> None:
        """Look at the clock and move on."""
        running = self.state is State.RUNNING
        gap = self._watch.look(running)
        if gap is Gap.PAUSES:
            self._halt(Halt.AWAY)
        elif running:
            # Bracketed, or rounding could set it back before the segment it has just come to.
            self._move(self._banked + (self._watch.now - self._since))

    def _move(self, wanted: float) -> None:
        """Go to a later position, but not past words to be read, nor past the end."""
        before, index = self.position, self.index
        barrier = self._unread.barrier(self.timeline, index)
        after = min(wanted, barrier)
        self.position = after
        self._tell(cues(self.timeline, before, after))
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

    def _bank(self) -> None:
        """Put what was played since last started into the ledger."""
        self._ledger = self.ledger
        self._banked, self._since = self.position, self._watch.now

    def _go(self, state: State) -> None:
        self._bank()
        self.state = state
        self.revision += 1

    def _run(self) -> None:
        """Let the clock run, or wait where there are new words to read first."""
        new = self._unread.begins_at(self.timeline, self.position)
        self._go(State.WAITING if new else State.RUNNING)

    def _halt(self, why: Halt) -> None:
        self.halt = why
        self._go(State.PAUSED)

    def _close(self, state: State) -> None:
        if not self.over:
            self._go(state)

    def _to(self, index: int | None) -> None:
        """Go to the start of a segment; None is the end."""
        if index is not None:
            self._jump_to(self.timeline.segments[index].start)
        elif not self.over:
            self._bank()
            worked = self._ledger.any_complete(self.timeline)
            self._close(State.FINISHED if worked else State.ENDED)

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
        if self.state in (State.PAUSED, State.NEW):
            self.halt = Halt.ASKED  # why it was paused was about the place it has left
            self.revision += 1
        else:
            self._run()
