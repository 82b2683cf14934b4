"""What drives a session on screen: one timer, one turn at a time, kept before it is shown."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.screen import Screen

from stretch_tui.core.content.routine import Routine
from stretch_tui.core.errors import StoreError
from stretch_tui.core.log.logbook import Logbook
from stretch_tui.core.session.checkpoint import Checkpoint
from stretch_tui.core.session.cues import Cue, CueKind
from stretch_tui.core.session.states import Halt, State
from stretch_tui.ui.marks import marks
from stretch_tui.ui.messages import Remember
from stretch_tui.ui.services import Services
from stretch_tui.ui.session.live_run import LiveRun
from stretch_tui.ui.session.pace import seconds_to_next_look, ticking
from stretch_tui.ui.session.player_keys import (
    FEW_HINTS,
    FEW_PAUSED_HINTS,
    PAUSED_HINTS,
    PLAYING_HINTS,
    READING_HINTS,
)
from stretch_tui.ui.session.session_signals import SessionSignals
from stretch_tui.ui.terminal.environment import Surroundings
from stretch_tui.ui.terminal.terminal_cues import Reach, TerminalCues
from stretch_tui.ui.widgets.bars import KeyHints
from stretch_tui.ui.widgets.key_names import key_words
from stretch_tui.ui.widgets.player_view import PlayerView, Sight, breath_phase

if TYPE_CHECKING:
    from textual.notifications import SeverityLevel
    from textual.timer import Timer
    from textual.widget import Widget

WIDTHS = [(0, "-sliver"), (36, "-slim"), (56, "-narrow"), (72, "-medium"), (110, "-wide")]
HEIGHTS = [
    (0, "-flat"),
    (10, "-tight"),
    (12, "-brief"),
    (19, "-short"),
    (22, "-low"),
    (38, "-tall"),
]


class SessionScreen(Screen[None]):
    """A session on screen without its keys and its end: opened, timed, kept and shown."""

    AUTO_FOCUS = ""
    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS

    def __init__(
        self,
        services: Services,
        routine: Routine,
        *,
        resume: Checkpoint | None = None,
        from_step: int = 0,
        environ: Mapping[str, str] = os.environ,
    ) -> None:
        """`environ` tells how far away the terminal is, and how to reach it."""
        super().__init__()
        self._services = services
        self._routine = routine
        self._resume = resume
        self._from_step = from_step
        self._marks = marks(services.settings.ascii)
        around = Surroundings.of(environ)
        self._remote = around.remote
        self.set_class(self._remote, "-far")
        self._live: LiveRun | None = None
        self._turn = asyncio.Lock()
        self._timer: Timer | None = None
        self._peeking = False
        self._lit = False
        self._told: frozenset[str] = frozenset()
        self._feel_closed = False
        self._hints: tuple[str, ...] = PLAYING_HINTS
        settings = services.settings
        self._terminal = TerminalCues(
            self._write,
            Reach.of(environ),
            sound=settings.sound,
            notify=settings.notify,
            progress=settings.progress,
            flash=around.remote or around.colorless,
        )
        self._signals = SessionSignals(self._terminal, flash=settings.flash)

    def compose(self) -> ComposeResult:
        """The view, and the hints."""
        yield PlayerView(self._services, self._marks, far=self._remote)
        yield KeyHints(self._marks, PLAYING_HINTS, id="hints")

    @property
    def _view(self) -> PlayerView:
        return self.query_one(PlayerView)

    @property
    def closed(self) -> bool:
        """Whether the session is over, and what becomes of it is all there is to show."""
        return False

    # -- begin

    async def on_mount(self) -> None:
        """Open the session off the event loop, hold it, and begin."""
        try:
            live = await asyncio.to_thread(self._open)
            await live.claim()
        except (ValueError, StoreError) as problem:
            self._leave_with(str(problem), severity="error")
            return
        self._live = live
        suspended = self.app.app_suspend_signal
        suspended.subscribe(self, lambda _: self._stand_still(Halt.SUSPENDED), immediate=True)
        self._view.divide(live.player)
        await self._do(live.player.start)

    def _leave_with(self, words: str, severity: SeverityLevel = "information") -> None:
        """Leave, and say why on the screen below."""
        self.dismiss()
        self.app.notify(words, severity=severity, markup=False)

    def _open(self) -> LiveRun:
        if self._resume is not None:
            return LiveRun.resumed(self._services, self._resume)
        return LiveRun.opened(self._services, self._routine, self._from_step)

    # -- the one timer

    async def look(self) -> None:
        """Look at the clock; keep, signal and show what has changed."""
        await self._do(lambda: None)

    async def _do(self, act: Callable[[], None]) -> None:
        """Act on the player, keep the outcome safe, and only then show it."""
        live = self._live
        if live is None:
            return
        async with self._turn:
            if not self.closed:
                act()
                happened = live.player.tick()
                await live.keep()
                self._tell(live, happened)
                if live.player.over:
                    await self._close(live)
            self._show(live)

    def _show(self, live: LiveRun) -> None:
        """Draw the present state, and set the timer for the next one."""
        if not (self.is_mounted and self.is_attached):
            return
        player, now = live.player, self._services.monotonic()
        self._signals.run(now)
        self._glow(self._signals.flashing)
        reading = player.state in (State.WAITING, State.READING) or self._peeking
        self._hint(player.state, reading)
        self.query_one("#hints", KeyHints).warn(live.problem, "session")
        self._view.mark_pause(player.state is State.PAUSED and not reading)
        if self.has_class("-reading") != (reading and not player.over):
            self.toggle_class("-reading")
        if not player.over:
            self._view.show(player, self._sight(live, reading))
            self._terminal.progress(
                player.position / player.timeline.seconds, paused=not ticking(player)
            )
        self._arm(live, now)

    def _glow(self, lit: bool) -> None:
        """Light up what is behind the words, and leave every word readable; or end it.

        Far away only the digits glow: there not every cell can be sent twice.
        """
        if lit != self._lit:
            self._lit = lit
            behind: Widget = self.query_one("#panel") if self._remote else self
            behind.set_class(lit, "-flash")

    def _hint(self, state: State, reading: bool) -> None:
        """Hint at the keys that matter now; the line is drawn anew only when they change."""
        few = self.has_class("-slim") or self.has_class("-narrow")
        hints = FEW_HINTS if few else PLAYING_HINTS
        if reading:
            hints = READING_HINTS
        elif state is State.PAUSED:
            hints = FEW_PAUSED_HINTS if few else PAUSED_HINTS
        if not self.closed and hints != self._hints:
            self._hints = hints
            self.query_one("#hints", KeyHints).show(hints)

    def _arm(self, live: LiveRun, now: float) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        waits = [self._signals.next_in(now)]
        if ticking(live.player):
            breath = None
            if breath_phase(live.player) is not None:
                breath = live.player.breath_seconds / self._view.breath_cells
            waits.append(seconds_to_next_look(live.player, self._view.fps, breath))
        due = [wait for wait in waits if wait is not None]
        if due:
            self._timer = self.set_timer(min(due), self.look)

    def _tell(self, live: LiveRun, happened: tuple[Cue, ...]) -> None:
        """Signal what has happened, and ask for what is to be remembered."""
        kind = self._signals.take(happened, self._services.monotonic())
        if kind is not None and (words := self._notice(live, kind)):
            self._terminal.notify("stretch-tui", words)
        for stretch in live.player.read - self._told:
            self.post_message(Remember(_seen(stretch), about=f"that {stretch} was read"))
        self._told = live.player.read
        if live.player.ledger.seconds > 0:
            self._feel_closed = True

    def _notice(self, live: LiveRun, kind: CueKind) -> str:
        """What a notification says; a beginning and a middle say nothing."""
        if kind is CueKind.SWITCH and live.player.segment.side is not None:
            return f"Switch: {live.player.segment.side.value} side"
        if kind is CueKind.FINISHED:
            return f"{live.run.routine.name}: done"
        return f"Done. Next: {live.player.step.stretch.name}" if kind is CueKind.DONE else ""

    def _sight(self, live: LiveRun, reading: bool) -> Sight:
        asked = live.feel_before is None and not self._feel_closed and self._resume is None
        return Sight(
            title=live.run.routine.name,
            go_on=key_words("enter"),
            reading=reading,
            feel_asked=asked,
            feel_before=live.feel_before,
            unsaved=bool(live.problem),
        )

    async def on_screen_suspend(self) -> None:
        """Something stands over the session: the clock waits for it."""
        if self._live is not None and ticking(self._live.player):
            await self._do(self._live.player.pause)

    def output_stalled(self, seconds: float) -> None:
        """Nobody has seen the session for so many seconds: they don't count. The app calls it."""
        self._stand_still(Halt.OUTPUT, seconds)

    def _stand_still(self, why: Halt, ago_seconds: float = 0.0) -> None:
        """Pause and write at once, without waiting for a turn: the process may be about to stop."""
        if self._live is not None and not self._live.player.over:
            self._live.player.pause(why, ago_seconds)
            self._live.keep_now()
            self._terminal.clear()
            self.call_later(self.look)

    async def _close(self, live: LiveRun) -> None:
        """The player has come to an end."""
        raise NotImplementedError

    def on_resize(self) -> None:
        """Lay everything out for the new size; nothing of the session changes."""
        self.call_after_refresh(self._relaid)

    def _relaid(self) -> None:
        if self._live is not None:
            self._show(self._live)

    def on_unmount(self) -> None:
        """Leave nothing behind in the terminal, and the session where it can be gone on with."""
        self._terminal.clear()
        if self._live is not None:
            self._live.leave()

    def _write(self, text: str) -> None:
        """Put text into the terminal's stream, in order with what is drawn."""
        driver = self.app._driver  # noqa: SLF001 - Textual offers no public way in
        if driver is not None and not self.app.is_headless:
            driver.write(text)


def _seen(stretch: str) -> Callable[[Logbook], None]:
    return lambda log: log.mark_seen(stretch)
