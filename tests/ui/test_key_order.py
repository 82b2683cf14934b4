"""Keys that arrive in one burst: each is handled to its end before the next one is let in."""

from __future__ import annotations

from textual import events
from textual.pilot import Pilot
from textual.widgets import Input
from ui_world import MemoryRoutines, world

from stretch_tui.ui.app import StretchApp
from stretch_tui.ui.dialogs.choosing import Choose
from stretch_tui.ui.screens.browse import BrowseScreen
from stretch_tui.ui.screens.builder import BuilderScreen
from stretch_tui.ui.widgets.item_list import ItemList


async def burst(app: StretchApp, pilot: Pilot[None], *keys: str) -> None:
    """All keys at once, as a paste, a macro or a slow link brings them."""
    for key in keys:
        app.post_message(events.Key(key, key if len(key) == 1 else None))
    for _ in range(3 * len(keys)):
        await pilot.pause()


async def test_what_is_typed_behind_a_colon_goes_into_the_palette() -> None:
    app = StretchApp(world(), environ={})
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await burst(app, pilot, "colon", *"prog")
        assert isinstance(app.screen, Choose)
        assert app.screen.query_one(Input).value == "prog"


async def test_what_is_typed_behind_b_goes_into_the_builder() -> None:
    app = StretchApp(world(routines=MemoryRoutines()), environ={})
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await burst(app, pilot, "b", "enter", "j", "enter")
        assert isinstance(app.screen, BuilderScreen)
        assert len(app.screen.routine.steps) == 2


async def test_many_keys_in_a_burst_all_arrive_in_order() -> None:
    app = StretchApp(world(), environ={})
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        items = app.screen.query_one(ItemList)
        start = items.items.index(items.item)
        await burst(app, pilot, *"jjjjjjkjj")
        assert items.items.index(items.item) == start + 7


async def test_a_key_whose_receiver_is_gone_holds_up_nobody() -> None:
    app = StretchApp(world(routines=MemoryRoutines()), environ={})
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("b")
        await pilot.pause()
        await burst(app, pilot, "q", "j", "slash", *"owl")
        await pilot.pause(0.3)
        assert isinstance(app.screen, BrowseScreen)
        assert app.screen.query_one(Input).value == "owl"
