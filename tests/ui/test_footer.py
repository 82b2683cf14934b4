"""The line of keys below a screen: as many as there is room for, and every one takes a click."""

from __future__ import annotations

import pytest
from test_browse import opened, settled
from ui_world import MemoryLogbook, MemoryRoutines, screen_text, session, world

from stretch_tui.core.content.routine import Routine, Step
from stretch_tui.ui.app import StretchApp
from stretch_tui.ui.dialogs.help import HelpScreen
from stretch_tui.ui.screens.browse import BrowseScreen
from stretch_tui.ui.screens.progress import ProgressScreen
from stretch_tui.ui.widgets.bars import KeyHints

MINE = Routine("mine", "Mine", (Step("owl-neck"), Step("cat-cow")), own=True)


def hinted(app) -> list[str]:
    """The keys that are hinted at."""
    return [hint.keys for _, hint in app.screen.query_one(KeyHints)._places]


def kept():
    return world(
        logbook=MemoryLogbook([session("s", world().now().date())]),
        routines=MemoryRoutines({"mine": MINE}),
    )


@pytest.mark.parametrize("width", [40, 80, 100, 160])
@pytest.mark.parametrize("keys", [(), ("down",), ("G",), ("b",), ("b", "tab"), ("p",)])
async def test_help_and_the_way_back_are_always_there_and_nothing_is_cut(keys, width):
    async with opened(kept(), (width, 24), kind=StretchApp) as (app, pilot):
        for key in keys:
            await pilot.press(key)
            await settled(pilot)
        found = hinted(app)
        assert "?" in found
        assert ("q" in found) or not keys or isinstance(app.screen, BrowseScreen)
        assert len(found) <= 6 or width > 96
        ends, last = app.screen.query_one(KeyHints)._places[-1]
        line = screen_text(app).split("\n")[-1]
        assert line.endswith(last.words.lower())
        assert ends <= app.screen.query_one(KeyHints).size.width + 3


async def test_more_room_shows_more_keys():
    shown = []
    for width in (80, 120, 160):
        async with opened(kept(), (width, 30)) as (app, _):
            shown.append(hinted(app))
    assert shown[0] == ["enter", "e", "f", "/", "m", "?"]
    assert {"b", "p", "q"} <= set(shown[1])
    assert set(shown[1]) < set(shown[2])


async def test_a_click_does_what_the_key_does():
    async with opened(kept(), (120, 30), kind=StretchApp) as (app, pilot):

        async def click(key):
            begin = 0
            for end, hint in app.screen.query_one(KeyHints)._places:
                if hint.keys == key:
                    await pilot.click("#hints", offset=(begin + 2, 1))
                    await settled(pilot)
                    return
                begin = end

        await click("?")
        assert isinstance(app.screen, HelpScreen)
        await pilot.press("escape")
        await click("p")
        assert isinstance(app.screen, ProgressScreen)
        await click("q")
        assert isinstance(app.screen, BrowseScreen)
        await click("f")
        assert app._services.logbook.favorites() == ("desk-reset",)


async def test_a_session_that_was_left_is_gone_on_with_and_not_played(monkeypatch):
    async with opened(kept()) as (app, pilot):
        monkeypatch.setattr(type(app.screen), "kind_of_row", "resume")
        app.screen.show_hints()
        await settled(pilot)
        last = screen_text(app).split("\n")[-1]
        assert last.startswith(" enter go on   d end and log it")
