"""Undo takes back the newest change, wherever it was made, and never one behind it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from test_browse import opened, settled
from ui_world import NOW, MemoryRoutines, screen_text, session, world

from stretch_tui.core.content.routine import Routine, Step
from stretch_tui.storage.content.routine_files import TomlRoutines
from stretch_tui.storage.log.tiny_logbook import TinyLogbook
from stretch_tui.storage.paths import Paths
from stretch_tui.ui.app import StretchApp

MINE = Routine("mine", "Mine", (Step("owl-neck"), Step("cat-cow")), own=True)


async def saved(app, pilot):
    app._writer.settle(5)
    await settled(pilot)


async def typed(app, pilot, *keys):
    for key in keys:
        await pilot.press(key)
        await pilot.pause()
    await saved(app, pilot)


@pytest.fixture
def real(tmp_path):
    """A real log and real files of routines."""
    paths = Paths(tmp_path, tmp_path / "config.toml", tmp_path / "cache")
    log, routines = TinyLogbook(paths), TomlRoutines(paths)
    log.mark_seen("red-flags")
    log.add(replace(session("s", (NOW - timedelta(days=1)).date()), source="logged"))
    return world(logbook=log, routines=routines)


async def test_changes_of_log_and_files_are_undone_newest_first(real):
    log, store = real.logbook, real.routines
    store.save(MINE)
    async with opened(real, (120, 40), kind=StretchApp) as (app, pilot):
        await typed(app, pilot, "down", "f")  # the first change: a favorite
        await typed(app, pilot, "n", *" too", "enter")  # the second: a name
        await typed(app, pilot, "colon", *"progress", "enter", "d", "q")  # the third: a deletion
        assert (log.favorites(), store.all()["mine"].name) == (("mine",), "Mine too")
        assert log.sessions() == ()
        await typed(app, pilot, "u")
        assert (len(log.sessions()), store.all()["mine"].name) == (1, "Mine too")
        await typed(app, pilot, "u")
        assert store.all()["mine"].name == "Mine"
        assert log.favorites() == ("mine",)
        assert "Undid" in screen_text(app)
        await typed(app, pilot, "u")
        assert log.favorites() == ()
        assert len(log.sessions()) == 1


async def test_what_was_made_to_measure_and_saved_is_taken_out_again(real):
    async with opened(real, (120, 40), kind=StretchApp) as (app, pilot):
        await pilot.press("f", "m")
        await settled(pilot)
        await typed(app, pilot, "s", "enter")
        assert [one.name for one in real.routines.all().values()] == ["5 minutes"]
        await typed(app, pilot, "u")
        assert real.routines.all() == {}
        assert real.logbook.favorites() == ("desk-reset",)
        assert "Undid saving 5 minutes" in screen_text(app)


async def test_a_routine_saved_in_the_builder_is_undone_on_the_first_screen():
    own = MemoryRoutines({"mine": MINE})
    async with opened(world(routines=own), (120, 40), kind=StretchApp) as (app, pilot):
        await typed(app, pilot, "up", "f")
        await typed(app, pilot, "e", "n", *" two", "enter", "ctrl+s", "q")
        assert own.own["mine"].name == "Mine two"
        await typed(app, pilot, "u")
        assert own.own["mine"] == MINE
        assert app._services.logbook.favorites() == ("mine",)
