"""A session in progress as a record that rebuilds its player, and the store that keeps it."""

from __future__ import annotations

from collections.abc import Callable, Set
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Protocol, TypeVar

from stretch_tui.core.amount import Amount
from stretch_tui.core.content.dose import Side
from stretch_tui.core.content.routine import Routine
from stretch_tui.core.errors import RefusedError, StoreError
from stretch_tui.core.log.logbook import Ending, Logbook, Session
from stretch_tui.core.session.player import Player
from stretch_tui.core.session.retime import lengthened
from stretch_tui.core.session.standing import Standing, hurt_words
from stretch_tui.core.session.states import OVER, Progress, State
from stretch_tui.core.session.timeline import Timeline

T = TypeVar("T")
STALE = timedelta(hours=12)
"""After this long nobody goes on with a session: the body is cold again."""
ENDINGS = {State.FINISHED: Ending.FINISHED, State.HURT: Ending.HURT}


@dataclass(frozen=True, slots=True)
class Run:
    """What is fixed when a session begins, with every word and second it needs."""

    uid: str
    routine: Routine
    timeline: Timeline
    """As expanded at the start: a later change of the catalog or the program changes nothing."""
    amount: Amount
    first_side: Side
    breath_seconds: float
    started: datetime
    """The UTC instant at which it began, aware."""
    offset_minutes: int
    day: date


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A session as it stood at one instant."""

    run: Run
    progress: Progress
    saved: datetime
    """The UTC instant of this record, aware."""
    feel_before: int | None = None

    @property
    def uid(self) -> str:
        """The uid of the session."""
        return self.run.uid

    def standing(self) -> Standing:
        """Where it stands, without a clock: for a list of sessions to go on with."""
        standing = Standing(self._timeline(), self.run.breath_seconds)
        standing.position, standing.state = self.progress.position, self.progress.state
        return standing

    def player(
        self,
        clock: Callable[[], float],
        *,
        boot: Callable[[], float] | None = None,
        seen: Set[str] | None = None,
        tick_seconds: float = 1.0,
        now: datetime | None = None,
    ) -> Player:
        """The player exactly as it stood, paused; `now` tells for how long it was left."""
        away = (now - self.saved).total_seconds() if now is not None else 0.0
        return Player(
            self.run.timeline,
            clock,
            boot=boot,
            seen=seen,
            breath_seconds=self.run.breath_seconds,
            tick_seconds=tick_seconds,
            progress=self.progress,
            away_seconds=max(0.0, away),
        )

    def session(self, *, feel_after: int | None = None) -> Session:
        """The log's record of it, with credit for what was done.

        A session that is not over counts as ended here.
        """
        run, ledger = self.run, self.progress.ledger
        return Session(
            uid=run.uid,
            started=run.started,
            offset_minutes=run.offset_minutes,
            day=run.day,
            routine=run.routine.id,
            title=run.routine.name,
            seconds=ledger.seconds,
            ending=ENDINGS.get(self.progress.state, Ending.ENDED),
            parts=ledger.parts(self._timeline()),
            feel_before=self.feel_before,
            feel_after=feel_after,
            note=hurt_words(self.standing()) if self.progress.state is State.HURT else "",
            first_side=run.first_side.value,
        )

    def _timeline(self) -> Timeline:
        """The timeline with the lengths that the person changed."""
        timeline = self.run.timeline
        for index, seconds in self.progress.retimed:
            timeline = lengthened(timeline, index, seconds, self.run.breath_seconds)
        return timeline


class RunBusyError(StoreError):
    """Another window is playing this session."""


class RunStore(Protocol):
    """Sessions in progress, one durable file each; the process that plays one holds it.

    Every method may be called from any thread. Methods that write raise `StoreError`.
    """

    def claim(self, checkpoint: Checkpoint) -> None:
        """Begin to keep a session, or go on keeping one that was left, and hold it.

        Raises RunBusyError when another window is playing it.
        """

    def take_over(self, uid: str) -> Checkpoint:
        """Hold a session that was left, and return it as it stands now.

        Raises RunBusyError when another window is playing it or has brought it to its end.
        """

    def save(self, checkpoint: Checkpoint) -> None:
        """Write it durably: at each transition, before the new step is shown.

        After `finish`, as long as the session is held, it takes the end back.
        """

    def heartbeat(self, checkpoint: Checkpoint) -> None:
        """Write it without waiting for the disk, once a second; a kill then costs a second."""

    def flush(self) -> None:
        """Make the last heartbeats durable: for a signal's handler, at any moment."""

    def release(self, uid: str) -> None:
        """Let go of a session without ending it: it can be taken up again."""

    def finish(self, session: Session) -> None:
        """Keep the finished session durably until `discard` says that the log has it."""

    def discard(self, uid: str) -> None:
        """Remove the file: the log has the session, or it was thrown away."""

    def resumable(self) -> tuple[Checkpoint, ...]:
        """Sessions that nobody is playing, the latest saved first."""

    def running(self) -> tuple[Checkpoint, ...]:
        """Sessions that a living window is playing, this one's included."""

    def unsaved(self) -> tuple[Session, ...]:
        """Finished sessions that the log may not have."""

    def set_aside(self, uid: str, why: str) -> None:
        """Keep the file of a finished session that the log refuses, where `unsaved` misses it."""

    def notices(self) -> tuple[str, ...]:
        """What has to be said: which sessions could not be read, or were set aside."""


class Keeper:
    """Keeps one player's session in a run store: durable at transitions, else once a second."""

    def __init__(
        self, store: RunStore, run: Run, player: Player, now: Callable[[], datetime]
    ) -> None:
        self._store = store
        self._run = run
        self._player = player
        self._now = now
        self._revision = -1
        self._beat: datetime | None = None
        self.feel_before: int | None = None
        self.problem = ""
        """Why the last write failed, for a banner; empty when all is on disk."""

    def checkpoint(self) -> Checkpoint:
        """The session as it stands."""
        return Checkpoint(self._run, self._player.progress(), self._now(), self.feel_before)

    def claim(self) -> None:
        """Hold the session from now on; raises RunBusyError when another window plays it.

        A disk that does not take it is no reason not to stretch: `problem` tells.
        """
        try:
            self._store.claim(self.checkpoint())
        except RunBusyError:
            raise
        except StoreError as problem:
            self.problem = str(problem)

    def keep(self) -> None:
        """Write what has changed; call it after every tick and every key, before showing.

        A full disk never stops a session: `problem` says what is wrong, and the next call tries
        again.
        """
        write = self.due()
        if write is not None:
            write()

    def due(self) -> Callable[[], None] | None:
        """What there is to write, to be called on any thread; None when nothing has changed.

        The player is read here, on the thread that plays; only the writing may be elsewhere, one
        at a time and in order.
        """
        now = self._now()
        if self._revision != self._player.revision or self.problem:
            return partial(self._try, self._store.save, self.checkpoint(), self._player.revision)
        if self._player.state is State.RUNNING and self._due(now):
            beat = self.checkpoint()
            return partial(self._try, self._store.heartbeat, beat, self._player.revision)
        return None

    def finish(self, *, feel_after: int | None = None) -> Session:
        """Keep the finished session durably until the log has it; return it for the log."""
        session = self.checkpoint().session(feel_after=feel_after)
        self._try(self._store.finish, session, self._player.revision)
        return session

    def _try(self, write: Callable[[T], None], what: T, revision: int) -> None:
        try:
            write(what)
        except StoreError as problem:
            self.problem = str(problem)
        else:
            self.problem = ""
            self._revision, self._beat = revision, self._now()

    def _due(self, now: datetime) -> bool:
        # A wall clock that was set back must not silence the heartbeat.
        return self._beat is None or not 0 <= (now - self._beat).total_seconds() < 0.9


def over(checkpoint: Checkpoint) -> bool:
    """Whether the session had come to its end, and only the log may not have it yet."""
    return checkpoint.progress.state in OVER


def worth_keeping(session: Session) -> bool:
    """Whether anything was done: a session begun and left at once is not logged."""
    return session.seconds >= 1 or any(part.complete for part in session.parts)


def settle(store: RunStore, logbook: Logbook, now: datetime) -> int:
    """Put into the log what never got there; return how many sessions are in it now.

    These are finished sessions whose saving failed, and sessions left for longer than `STALE`,
    which nobody goes on with: they count as ended where they were left. Safe to repeat, since the
    log knows each session by its uid. What the log refuses for good is set aside, and holds up
    nothing. Raises StoreError when it cannot save.
    """
    for checkpoint in store.resumable():
        if now - checkpoint.saved > STALE:
            end_left(store, checkpoint.uid)
    logged = 0
    for session in store.unsaved():
        if worth_keeping(session):
            try:
                logbook.add(session)
            except RefusedError as problem:
                store.set_aside(session.uid, str(problem))
                continue
            logged += 1
        store.discard(session.uid)
    return logged


def end_left(store: RunStore, uid: str) -> Session | None:
    """End a session that was left, where it was left, for the log; None when it is played."""
    try:
        session = store.take_over(uid).session()
    except RunBusyError:
        return None
    store.finish(session)
    return session
