"""A setting that is chosen on the screen holds at once, and at the next start."""

from __future__ import annotations

import pytest
from test_browse import ENVIRON, opened, settled
from ui_world import MemoryLogbook, screen_text, world

from stretch_tui.core.amount import Amount
from stretch_tui.core.errors import StoreError
from stretch_tui.core.settings import Settings
from stretch_tui.storage.config import load_settings
from stretch_tui.storage.config_edit import keep_setting
from stretch_tui.ui.app import StretchApp
from stretch_tui.ui.theme import fitting
from stretch_tui.ui.widgets.figure_pane import FigurePane

WRITTEN = "# mine, and dear to me\ngoal_days = 4  # four\n"


@pytest.fixture
def config(tmp_path):
    path = tmp_path / "config.toml"
    path.write_text(WRITTEN)
    return path


def served(config, **settings):
    def keep(name, value):
        keep_setting(config, name, value)

    return world(
        keep_setting=keep, settings=Settings(zone="UTC", **settings), logbook=MemoryLogbook()
    )


async def saved(app, pilot):
    app._writer.settle(5)
    await settled(pilot)


async def test_a_theme_is_kept_beside_the_comments_and_undone(config):
    async with opened(served(config), kind=StretchApp) as (app, pilot):
        await pilot.press("colon", *"theme stretch-light", "enter")
        await saved(app, pilot)
        assert app.theme.startswith("stretch-light")
        assert "Theme: stretch-light" in screen_text(app)
        assert load_settings(config)[0].theme == "stretch-light"
        assert config.read_text().startswith(WRITTEN)
        await pilot.press("u")
        await saved(app, pilot)
        assert load_settings(config)[0].theme == "stretch"
        assert app._services.settings.theme == "stretch"
        assert app.theme == fitting("stretch", app.console.color_system)
        assert "Theme: stretch " in screen_text(app) + " "


async def test_the_style_of_the_figure_is_kept_without_a_word(config):
    async with opened(served(config), kind=StretchApp) as (app, pilot):
        await pilot.press("f")
        await saved(app, pilot)
        await pilot.press("s")
        await saved(app, pilot)
        assert load_settings(config)[0].figure_style == "solid"
        await pilot.press("b")
        await settled(pilot)
        assert app.screen.query_one(FigurePane).figure_style == "solid"
        await pilot.press("q", "u")
        await saved(app, pilot)
        assert load_settings(config)[0].figure_style == "solid"
        assert app._services.logbook.favorites() == (), "undo is for what was changed"


@pytest.mark.parametrize(
    ("typed", "name", "value"),
    [
        ("dose full", "dose", Amount.FULL),
        ("sound off", "sound", False),
        ("flash off", "flash", False),
        ("notifications on", "notify", True),
        ("figure braille", "figure_style", "braille"),
    ],
)
async def test_settings_of_the_palette_are_kept(config, typed, name, value):
    async with opened(served(config), kind=StretchApp) as (app, pilot):
        await pilot.press("colon", *typed, "enter")
        await saved(app, pilot)
        assert getattr(load_settings(config)[0], name) == value
        assert getattr(app._services.settings, name) == value
        assert typed.replace(" ", ": ").capitalize() in screen_text(app)


async def test_a_file_that_cannot_be_written_is_told_and_the_theme_is_worn_till_the_end():
    def keep(name, value):
        raise StoreError("config.toml is read-only")

    async with opened(world(keep_setting=keep), (120, 40)) as (app, pilot):
        await pilot.press("colon", *"theme nord", "enter")
        await saved(app, pilot)
        assert app.theme == "nord"
        assert "nord until you quit: config.toml is read-only" in screen_text(app)


async def test_who_wants_no_color_is_offered_no_themes():
    async with opened(world(), environ={**ENVIRON, "NO_COLOR": "1"}) as (app, pilot):
        await pilot.press("colon", *"theme")
        await settled(pilot)
        assert "Theme" not in screen_text(app)
