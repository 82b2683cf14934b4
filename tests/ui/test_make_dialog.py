"""The make dialog: a wish, a plan with reasons, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from syrupy.assertion import SnapshotAssertion
from textual.containers import Vertical
from textual.pilot import Pilot
from ui_world import MemoryLogbook, MemoryRoutines, world

from stretch_tui.core.errors import StoreError
from stretch_tui.core.planner.plan import Plan
from stretch_tui.core.settings import Settings
from stretch_tui.ui.app import StretchApp
from stretch_tui.ui.building.make_dialog import MakeDialog
from stretch_tui.ui.screens.browse import BrowseScreen
from stretch_tui.ui.screens.builder import BuilderScreen
from stretch_tui.ui.screens.player import PlayerScreen

Grid = Callable[[object], str]


async def made(app: StretchApp, pilot: Pilot[None]) -> Plan:
    """The plan that is offered, once it is worked out."""
    await pilot.pause()
    await app.workers.wait_for_complete()
    await pilot.pause()
    dialog = app.screen
    assert isinstance(dialog, MakeDialog)
    assert dialog.plan is not None
    return dialog.plan


def inside(app: StretchApp, grid: Grid) -> str:
    """What the dialog shows, without the screen behind it."""
    x, y, width, height = app.screen.query_one(Vertical).region
    rows = grid(app).splitlines()[y : y + height]
    return "\n".join(row[x : x + width].rstrip() for row in rows)


async def test_m_offers_five_minutes_at_once_and_enter_plays_them(grid: Grid) -> None:
    app = StretchApp(world(), environ={})
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("m")
        plan = await made(app, pilot)
        assert abs(plan.seconds - 300) <= 5
        assert plan.picks[0].why in " ".join(grid(app).split())
        await pilot.press("enter")
        await pilot.pause()
        await pilot.pause()
        assert isinstance(app.screen, PlayerScreen)


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (40, 12)], ids=str)
async def test_how_it_looks(size: tuple[int, int], grid: Grid, snapshot: SnapshotAssertion) -> None:
    app = StretchApp(world(), environ={})
    async with app.run_test(size=size) as pilot:
        await pilot.press("m")
        await made(app, pilot)
        await pilot.press("j", "l", "j", "l", "l")
        await made(app, pilot)
        assert inside(app, grid) == snapshot


async def test_in_ascii(grid: Grid) -> None:
    app = StretchApp(world(settings=Settings(zone="UTC", ascii=True)), environ={})
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("m")
        await made(app, pilot)
        assert grid(app).isascii()


async def test_minutes_are_typed_or_stepped(grid: Grid) -> None:
    app = StretchApp(world(), environ={})
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("m", "3")
        assert (await made(app, pilot)).wish.minutes == 3
        await pilot.press("right", "right", "left")
        assert (await made(app, pilot)).wish.minutes == 4
        await pilot.press("9", "9")
        plan = await made(app, pilot)
        assert plan.wish.minutes == 60
        assert "All that fits takes" in grid(app)


async def test_one_pick_is_turned_down_and_all_of_them() -> None:
    app = StretchApp(world(), environ={})
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("m")
        first = await made(app, pilot)
        await pilot.press("j", "j", "j", "j", "r")
        second = await made(app, pilot)
        refused = first.picks[1].step.stretch
        assert refused not in [pick.step.stretch for pick in second.picks]
        assert second.wish.refused == {refused}
        await pilot.press("R")
        third = await made(app, pilot)
        assert third.wish.seed == first.wish.seed + 1


async def test_it_is_kept_or_taken_to_the_builder() -> None:
    own = MemoryRoutines()
    app = StretchApp(world(routines=own), environ={})
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("m")
        plan = await made(app, pilot)
        await pilot.press("s")
        await pilot.pause()
        await pilot.press(*" neck", "enter")
        await pilot.pause()
        app._writer.settle(5)
        await pilot.pause()
        assert [one.steps for one in own.own.values()] == [plan.routine.steps]
        assert [one.name for one in own.own.values()] == ["5 minutes neck"]
        await pilot.press("u")
        app._writer.settle(5)
        assert own.own == {}
        await pilot.press("m")
        plan = await made(app, pilot)
        await pilot.press("e")
        await pilot.pause()
        await pilot.pause()
        assert isinstance(app.screen, BuilderScreen)
        assert app.screen.routine.steps == plan.routine.steps


async def test_escape_leaves_everything_as_it_was() -> None:
    own = MemoryRoutines()
    app = StretchApp(world(routines=own), environ={})
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("m")
        await made(app, pilot)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, BrowseScreen)
        assert (own.own, own.drafted) == ({}, None)


async def test_a_log_that_cannot_be_read_stops_nobody() -> None:
    class Unreadable(MemoryLogbook):
        def banned(self) -> frozenset[str]:
            raise StoreError("the log is damaged")

    app = StretchApp(world(logbook=Unreadable()), environ={})
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("m")
        assert (await made(app, pilot)).picks
