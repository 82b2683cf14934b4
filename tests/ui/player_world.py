"""A session on screen with a clock of its own: helpers of the player's tests."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

from textual.pilot import Pilot
from ui_world import STRETCHES, Clock, MemoryLogbook, MemoryRuns, screen_text, world

from stretch_tui.core.content.routine import Routine, Step
from stretch_tui.core.session.checkpoint import Checkpoint
from stretch_tui.figure import Frame, Style
from stretch_tui.ui.app import StretchApp
from stretch_tui.ui.screens.player import PlayerScreen
from stretch_tui.ui.services import Services


@dataclass(frozen=True, slots=True)
class SignDiagram:
    """Key poses as letters, a way between two as both letters, the left side in brackets."""

    names: tuple[str, ...]
    width: int
    height: int
    left: bool
    view: str = "facing you"

    def key(self, index: int) -> Frame:
        return self._frame(self.names[index])

    def between(self, a: int, b: int, t: float) -> Frame:
        return self._frame(f"{self.names[a]} {round(100 * t)}% {self.names[b]}")

    def mirrored(self) -> SignDiagram:
        return replace(self, left=not self.left)

    def _frame(self, words: str) -> Frame:
        row = (f"[{words}]" if self.left else f" {words} ").center(self.width)[: self.width]
        rows = [" " * self.width] * self.height
        rows[self.height // 2] = row
        return Frame(tuple(rows), *(tuple(kind * self.width for _ in rows) for kind in "b "))


class SignFigures:
    """Writes the names of poses where a figure would stand."""

    def diagram(
        self,
        pose_ids: Sequence[str],
        width: int,
        height: int,
        *,
        style: Style = Style.ASCII,
        yaw: float = 0.0,
        pitch: float = 0.0,
        mirrored: bool = False,
    ) -> SignDiagram | None:
        if width < 20 or height < 8:
            return None
        turned = f"{style.value} {yaw:.0f} {pitch:.0f}: "
        sign = "" if (style, yaw, pitch) == (Style.ASCII, 0.0, 0.0) else turned
        names = tuple(sign + pose.partition("/")[2] for pose in pose_ids)
        return SignDiagram(names, width, height, mirrored)


def player_services(*, seen: bool = True, **changes: object) -> Services:
    """The small world with sign figures; every word known unless told otherwise."""
    log = MemoryLogbook()
    if seen:
        for one in STRETCHES:
            log.mark_seen(one.id)
    return world(figures=SignFigures(), logbook=log, runs=MemoryRuns(), **changes)


@dataclass
class Stage:
    """A player on screen."""

    app: StretchApp
    screen: PlayerScreen
    pilot: Pilot[None]
    clock: Clock

    @property
    def text(self) -> str:
        """The characters on the screen."""
        return screen_text(self.app)

    async def settle(self) -> None:
        """Let everything that is under way come to its end."""
        for _ in range(3):
            await self.pilot.pause()

    async def wait(self, seconds: float) -> None:
        """Let time pass on the session's clock, second by second as the screen's timer does."""
        while seconds > 0:
            step = min(seconds, 1.0)
            self.clock.seconds += step
            seconds -= step
            await self.screen.look()
        await self.settle()

    async def press(self, *keys: str) -> None:
        """Press keys, and let their effects come to an end."""
        await self.pilot.press(*keys)
        await self.settle()


ONE_EACH = Routine(
    "one-each", "One of each", (Step("eagle-arms"), Step("doorway-stretch"), Step("cat-cow"))
)
"""A hold on two sides, a hold counted in breaths, and a flow."""


@asynccontextmanager
async def playing(
    services: Services | None = None,
    routine: Routine = ONE_EACH,
    *,
    size: tuple[int, int] = (80, 24),
    resume: Checkpoint | None = None,
    from_step: int = 0,
    environ: Mapping[str, str] | None = None,
) -> AsyncIterator[Stage]:
    """Open the player on a routine."""
    given = services or player_services()
    assert isinstance(given.monotonic, Clock)
    app = StretchApp(given, environ=environ or {"LANG": "C.UTF-8"})
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        screen = PlayerScreen(
            given,
            routine,
            resume=resume,
            from_step=from_step,
            environ=environ or {"LANG": "C.UTF-8"},
        )
        await app.push_screen(screen)
        stage = Stage(app, screen, pilot, given.monotonic)
        await stage.settle()
        yield stage
