"""Drives the real app to what the pictures show: shipped catalog, real log, a clock that stands."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from textual.pilot import Pilot
from textual.strip import Strip

from stretch_tui.core.content.catalog import Catalog
from stretch_tui.core.content.routine import Routine
from stretch_tui.core.log.logbook import Part, Session
from stretch_tui.core.settings import Settings
from stretch_tui.figure import PoseBook
from stretch_tui.storage.content.catalog_files import load_catalog
from stretch_tui.storage.content.routine_files import TomlRoutines
from stretch_tui.storage.log.tiny_logbook import TinyLogbook
from stretch_tui.storage.paths import Paths
from stretch_tui.storage.run.run_files import RunFiles
from stretch_tui.ui.app import StretchApp
from stretch_tui.ui.screens.player import PlayerScreen
from stretch_tui.ui.services import Services

NOW = datetime(2026, 3, 6, 14, 40, tzinfo=UTC)
"""A Friday afternoon."""
PLAYED = "desk-reset"
"""The routine of the pictures of a session."""
ENVIRON = {"LANG": "C.UTF-8", "TERM": "xterm-256color", "COLORTERM": "truecolor"}
FAVORITES = ("desk-reset", "neck-five", "eagle-arms", "thread-the-needle")
HISTORY = (
    *((days, "desk-reset") for days in (1, 2, 4, 8, 9, 11, 15, 16, 18, 22, 24, 25, 30, 31, 36)),
    *((days, "neck-five") for days in (1, 8, 17, 23, 32, 37)),
    *((days, "between-the-shoulder-blades") for days in (4, 10, 18, 29)),
)
"""Days ago, and what was played: more than three days in each of the weeks before this one."""
PATIENCE_SECONDS = 20.0
LOOK_SECONDS = 0.04
CALM_LOOKS = 6
"""A screen is still once so many looks in a row have found it the same."""


@dataclass
class Clock:
    """Seconds that pass only when a scene says so."""

    seconds: float = 0.0

    def __call__(self) -> float:
        return self.seconds


@dataclass(frozen=True, slots=True)
class Scene:
    """One picture: how to get there from the first screen, and what it must show."""

    name: str
    shows: str
    """Words that are on the screen once it is there."""
    keys: tuple[str, ...] = ()
    seconds: float | None = None
    """How far into a session it is; None for a scene without one."""


SCENES = (
    Scene("browse", "Eagle arms", ("j", "j")),
    Scene("filter", "neck", ("slash", *"neck", "space", *"no-floor", "space", *"<5min")),
    Scene("get-ready", "Shoulder roll", seconds=2),
    Scene("hold", "Owl neck", seconds=48),
    Scene("end", "Desk reset", seconds=3600),
    Scene("builder", "Desk reset", ("a", "down", "down")),
    Scene("progress", "Desk reset", ("p",)),
    Scene("help", "ON THIS SCREEN", ("question_mark",)),
)
NAMED = {scene.name: scene for scene in SCENES}


class Stage:
    """An app under way, and the clock that its session goes by."""

    def __init__(self, app: StretchApp, pilot: Pilot[None], clock: Clock) -> None:
        self._app, self._pilot, self._clock = app, pilot, clock

    @property
    def strips(self) -> list[Strip]:
        """The lines of the screen as they are now."""
        return self._app.screen._compositor.render_strips()  # noqa: SLF001 - no public way there

    @property
    def text(self) -> str:
        """The characters of the screen, without blanks at the ends of lines."""
        return "".join(f"{strip.text.rstrip()}\n" for strip in self.strips)

    @property
    def over(self) -> bool:
        """Whether the session has come to its end."""
        screen = self._app.screen
        return not isinstance(screen, PlayerScreen) or screen._end is not None  # noqa: SLF001

    async def press(self, *keys: str) -> None:
        """Press keys one after another, as a person does."""
        for key in keys:
            await self._pilot.press(key)
            await self._pilot.pause()

    async def wait(self, seconds: float) -> None:
        """Let a session go on for so many seconds, or to its end."""
        while seconds > 0 and not self.over:
            step = min(seconds, 1.0)
            self._clock.seconds += step
            seconds -= step
            screen = self._app.screen
            if isinstance(screen, PlayerScreen):
                await screen.look()

    async def still(self, shows: str) -> None:
        """Give the app real time until it shows these words and then changes no more.

        Raises TimeoutError, with the screen, when that never comes.
        """
        calm, before = 0, ""
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                while calm < CALM_LOOKS:
                    await self._pilot.pause(LOOK_SECONDS)
                    same = self.text == before and shows in before
                    calm, before = (calm + 1 if same else 0), self.text
        except TimeoutError:
            raise TimeoutError(f"“{shows}” does not come to rest on:\n{before}") from None


def services(
    folder: Path, clock: Clock, *, ascii_only: bool, theme: str, moving: bool = True
) -> Services:
    """All that the app is given: shipped catalog, real files in a new folder, a clock that stands.

    Figures that go by the app's own timers stand still unless `moving`.
    """
    where = Paths.find({"STRETCH_TUI_DATA_DIR": str(folder)})
    found = load_catalog(where)
    log = TinyLogbook(where)
    _remember(log, found.catalog)
    return Services(
        shipped=found.catalog,
        figures=PoseBook.parse(found.poses),
        logbook=log,
        routines=TomlRoutines(where),
        runs=RunFiles(where),
        settings=Settings(zone="UTC", ascii=ascii_only, theme=theme, flash=False),
        now=lambda: NOW + timedelta(seconds=clock.seconds),
        monotonic=clock,
        figure_fps=8 if moving else 0,
    )


def _remember(log: TinyLogbook, catalog: Catalog) -> None:
    """Six weeks of use: sessions, favorites, and every word read before."""
    log.mark_seen("red-flags")
    for name in dict.fromkeys(step.stretch for step in catalog.routines[PLAYED].steps):
        log.mark_seen(name)
    for name in FAVORITES:
        log.set_favorite(name, favorite=True)
    for number, (days, routine) in enumerate(sorted(HISTORY, reverse=True)):
        log.add(_session(number, days, catalog.routines[routine], catalog))


def _session(number: int, days: int, routine: Routine, catalog: Catalog) -> Session:
    started = NOW - timedelta(days=days, minutes=17 * (number % 5))
    parts = tuple(_part(step.stretch, catalog) for step in routine.steps)
    return Session(
        uid=f"picture-{number}",
        started=started,
        offset_minutes=0,
        day=started.date(),
        routine=routine.id,
        title=routine.name,
        seconds=sum(part.seconds for part in parts),
        parts=parts,
        feel_before=5 - number % 2,
        feel_after=2 + number % 2,
    )


def _part(name: str, catalog: Catalog) -> Part:
    """Half a minute of a stretch."""
    regions = tuple(region.value for region in catalog.stretches[name].regions)
    return Part(name, regions, left=15.0, right=15.0, complete=True)


@asynccontextmanager
async def opened(
    folder: Path,
    scene: Scene,
    size: tuple[int, int],
    *,
    ascii_only: bool = False,
    theme: str = "stretch",
) -> AsyncIterator[Stage]:
    """The app at this scene, on a terminal of so many columns and rows."""
    clock, played = Clock(), scene.seconds is not None
    given = services(folder, clock, ascii_only=ascii_only, theme=theme, moving=played)
    start = given.shipped.routines[PLAYED] if played else None
    app = StretchApp(given, start=start, environ=ENVIRON)
    app.theme = theme  # whatever colors the terminal has that this is run from
    async with app.run_test(size=size) as pilot:
        stage = Stage(app, pilot, clock)
        await stage.still("get ready" if played else "streak")
        await stage.wait(scene.seconds or 0.0)
        await stage.press(*scene.keys)
        await stage.still(scene.shows)
        yield stage
