"""The palette: what is looked for is on top, whatever the cursor was on before."""

from __future__ import annotations

from test_browse import opened, settled
from ui_world import world

from stretch_tui.core.settings import Settings
from stretch_tui.ui.dialogs.choosing import Choose
from stretch_tui.ui.widgets.item_list import ItemList


def found(app):
    """The list of the palette."""
    assert isinstance(app.screen, Choose)
    return app.screen.query_one(ItemList)


async def test_every_letter_puts_the_cursor_on_the_best_match_on_top(services):
    async with opened(services) as (app, pilot):
        await pilot.press("colon")
        for typed in "theme s":
            await pilot.press("down", "down", "space" if typed == " " else typed)
            await pilot.pause()
            items = found(app)
            assert items.item == items.items[0], f"after {typed!r}"
            assert items._top == 0
        assert found(app).item.name.startswith("Theme s")


async def test_a_name_that_begins_so_comes_before_one_that_holds_it(services):
    async with opened(services) as (app, pilot):
        await pilot.press("colon", *"pl")
        await pilot.pause()
        names = [item.name for item in found(app).items]
        assert names[0] == "Play"
        starts = [name.lower().startswith("pl") for name in names]
        assert starts == sorted(starts, reverse=True)
        await pilot.press(*"ay dsk")
        await pilot.pause()
        assert found(app).item.name == "Play Desk reset", "a letter left out"


async def test_page_keys_turn_the_pages_of_the_palette(services):
    async with opened(services) as (app, pilot):
        await pilot.press("colon")
        await pilot.pause()
        await pilot.press("pagedown")
        there = found(app)._cursor
        assert there > 5
        await pilot.press("pageup")
        assert found(app)._cursor == 0


async def test_it_begins_with_what_the_screen_does_and_leaves_out_cursor_keys(services):
    async with opened(services) as (app, pilot):
        await pilot.press("colon")
        await pilot.pause()
        names = [item.name for item in found(app).items]
        assert names[:3] == ["Play", "Edit a copy of it", "Favorite"]
        assert names.index("Progress") < names.index("Help") < names.index("Sound off")
        assert not {"Up", "Down", "First", "A page up"} & set(names)
        assert len(names) == len(set(names))


async def test_what_is_set_now_is_not_offered():
    services = world(settings=Settings(zone="UTC", sound=False, figure_style="solid"))
    async with opened(services) as (app, pilot):
        await pilot.press("colon")
        await settled(pilot)
        names = {item.name for item in found(app).items}
        assert {"Sound on", "Flash off", "Figure ascii", "Dose full", "Time zone"} <= names
        assert not {"Sound off", "Figure solid", "Dose gentle"} & names
