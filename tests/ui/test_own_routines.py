"""One's own routines are edited, renamed and deleted from the list that they stand in."""

from __future__ import annotations

import pytest
from test_browse import opened, settled
from ui_world import MemoryRoutines, screen_text, world

from stretch_tui.core.content.routine import Routine, Step
from stretch_tui.ui.app import StretchApp
from stretch_tui.ui.screens.builder import BuilderScreen
from stretch_tui.ui.widgets.item_list import ItemList
from stretch_tui.ui.widgets.key_names import gathered

MINE = Routine("mine", "Mine", (Step("owl-neck"), Step("cat-cow")), own=True)


@pytest.fixture
def own():
    return MemoryRoutines({"mine": MINE})


async def typed(app, pilot, *keys):
    for key in keys:
        await pilot.press(key)
        await pilot.pause()
    app._writer.settle(5)
    await settled(pilot)


def words(app) -> set[str]:
    return {hint.words for hint in gathered(app.screen.active_bindings.values())}


async def test_each_row_has_the_keys_that_are_for_it(own):
    async with opened(world(routines=own), (120, 40)) as (app, pilot):
        assert "Edit a copy of it" in words(app)
        assert not {"Rename the routine", "Add to a routine", "Edit the routine"} & words(app)
        await pilot.press("up")
        assert app.screen.query_one(ItemList).item.id == "mine"
        mine = {"Edit the routine", "Rename the routine", "Delete the routine"}
        assert mine <= words(app)
        await settled(pilot)
        assert "e edit   f favorite" in screen_text(app)
        await pilot.press("G")
        assert "Add to a routine" in words(app)
        assert not mine & words(app)


@pytest.mark.parametrize("key", ["e", "a"])
async def test_a_routine_opens_in_the_builder(own, key):
    async with opened(world(routines=own), kind=StretchApp) as (app, pilot):
        await typed(app, pilot, "up", key)
        assert isinstance(app.screen, BuilderScreen)
        assert app.screen.routine == MINE


async def test_it_is_renamed_and_keeps_its_id(own):
    async with opened(world(routines=own), kind=StretchApp) as (app, pilot):
        await typed(app, pilot, "up", "n", *" own", "enter")
        assert own.own == {"mine": Routine("mine", "Mine own", MINE.steps, own=True)}
        assert "It is called Mine own" in screen_text(app)
        await typed(app, pilot, "u")
        assert own.own == {"mine": MINE}


async def test_a_routine_without_a_name_is_told_and_what_was_typed_stays(own):
    async with opened(world(routines=own), kind=StretchApp) as (app, pilot):
        await typed(app, pilot, "up", "n", *["backspace"] * 4, "enter")
        assert "It needs a name." in screen_text(app)
        await typed(app, pilot, *"Ours", "enter")
        assert own.own["mine"].name == "Ours"


async def test_it_is_deleted_after_a_question_and_comes_back(own):
    async with opened(world(routines=own), kind=StretchApp) as (app, pilot):
        await typed(app, pilot, "up", "X", "n")
        assert own.own == {"mine": MINE}
        await typed(app, pilot, "X", "y")
        assert own.own == {}
        await typed(app, pilot, "u")
        assert own.own == {"mine": MINE}


@pytest.mark.parametrize(
    ("verb", "shown"), [("edit", "Routine: Mine"), ("rename", "Rename"), ("delete", "Delete Mine?")]
)
async def test_the_palette_finds_them_wherever_the_cursor_is(own, verb, shown):
    async with opened(world(routines=own), kind=StretchApp) as (app, pilot):
        await typed(app, pilot, "G", "colon", *f"{verb} mine", "enter")
        assert shown in screen_text(app)
