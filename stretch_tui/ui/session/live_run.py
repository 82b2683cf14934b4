"""A session under way, as the player screen holds it: the player, and what keeps it safe."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from uuid import uuid4

from stretch_tui.core.content.routine import Routine
from stretch_tui.core.errors import StoreError
from stretch_tui.core.log.logbook import Logbook, Session
from stretch_tui.core.session.checkpoint import Checkpoint, Keeper, Run
from stretch_tui.core.session.opening import open_run
from stretch_tui.core.session.player import Player
from stretch_tui.ui.services import Services

PATIENCE_SECONDS = 0.01
"""How long a step waits to be shown for the disk; a disk slower than that is not waited for."""


class LiveRun:
    """Plays one session and writes it to the run store before a step is shown.

    Opening reads the log and may block: call `opened` or `resumed` off the event loop. They raise
    ValueError when no stretch of the routine is known.
    """

    def __init__(self, services: Services, run: Run, player: Player) -> None:
        self._services = services
        self._keeper = Keeper(services.runs, run, player, services.now)
        self._writing: asyncio.Future[None] | None = None
        self._rest: asyncio.Future[None] | None = None
        self._claimed = False
        self.run = run
        self.player = player

    @classmethod
    def opened(cls, services: Services, routine: Routine, from_step: int) -> LiveRun:
        """A new session of the routine."""
        run = open_run(
            routine,
            services.catalog.stretches,
            services.settings,
            services.logbook.sessions(),
            uid=uuid4().hex,
            now=services.now(),
        )
        player = Player(
            run.timeline,
            services.monotonic,
            boot=services.boot,
            seen=services.logbook.seen(),
            breath_seconds=run.breath_seconds,
            from_step=from_step,
        )
        return cls(services, run, player)

    @classmethod
    def resumed(cls, services: Services, checkpoint: Checkpoint) -> LiveRun:
        """A session that was left, at the same hold, side and second; it stands paused.

        Raises RunBusyError when another window is playing it, StoreError when it can't be read.
        """
        latest = services.runs.take_over(checkpoint.uid)
        player = latest.player(
            services.monotonic,
            boot=services.boot,
            seen=services.logbook.seen(),
            now=services.now(),
        )
        live = cls(services, latest.run, player)
        live.feel_before = latest.feel_before
        live._claimed = True  # taken over already
        return live

    @property
    def feel_before(self) -> int | None:
        """How it felt before, 0 to 9; None while unanswered."""
        return self._keeper.feel_before

    @feel_before.setter
    def feel_before(self, value: int | None) -> None:
        self._keeper.feel_before = value

    @property
    def problem(self) -> str:
        """Why the session can't be kept safe just now; empty when it is."""
        return self._keeper.problem

    async def claim(self) -> None:
        """Hold the session; a disk that won't take it is told by `problem`."""
        if not self._claimed:
            await asyncio.to_thread(self._keeper.claim)

    async def keep(self) -> None:
        """Write what has changed, off the event loop; at most a moment is waited for the disk."""
        if self._writing is not None and not self._writing.done():
            return  # what has changed since is written when the disk is done
        write = self._keeper.due()
        if write is not None:
            self._writing = asyncio.ensure_future(asyncio.to_thread(write))
            await asyncio.wait([self._writing], timeout=PATIENCE_SECONDS)
            if not self._writing.done():
                self._writing.add_done_callback(self._keep_rest)

    def _keep_rest(self, _: asyncio.Future[None]) -> None:
        """The disk has caught up: write what has changed meanwhile, since no tick may come."""
        if not self.player.over:
            self._rest = asyncio.ensure_future(self.keep())

    def keep_now(self) -> None:
        """Write what has changed on this thread: the process is about to stop."""
        if self._writing is None or self._writing.done():
            self._keeper.keep()

    async def finish(self) -> Session:
        """The finished session, durable in the run store unless `problem` says otherwise.

        A step that is still being written goes first: behind the end it would begin anew.
        """
        if self._writing is not None:
            await asyncio.wait([self._writing])
        return await asyncio.to_thread(self._keeper.finish)

    def hand_over(self, session: Session) -> Callable[[Logbook], None]:
        """What puts the session into the log, and lets go of the run only once it is there."""

        def write(log: Logbook) -> None:
            log.add(session)
            self._services.runs.discard(session.uid)

        return write

    async def discard(self) -> None:
        """Forget a session in which nothing was done."""
        await asyncio.to_thread(self.forget)

    def leave(self) -> None:
        """The app is closing: write where it stands, so that it can be gone on with."""
        if self.player.over:
            return
        self._keeper.keep()
        with suppress(StoreError):  # what was last written is still there to go on with
            self._services.runs.release(self.run.uid)

    def forget(self) -> None:
        """Forget it on this thread."""
        with suppress(StoreError):  # a run left behind is offered again: no harm, no loss
            self._services.runs.discard(self.run.uid)
