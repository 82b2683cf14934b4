"""A machine on UTC is asked about once, after the first session, and never in the way."""

from __future__ import annotations

import time
from datetime import date

import pytest
from test_progress import progress, says, until
from ui_world import MemoryLogbook, screen_text, session, world

from stretch_tui.core.errors import StoreError
from stretch_tui.core.settings import Settings
from stretch_tui.ui.app import StretchApp
from stretch_tui.ui.zoned_app import ZONE_WORDS

TODAY = date(2026, 3, 4)
OFFER = "z says where you live"


@pytest.fixture(autouse=True)
def on_utc(monkeypatch):
    """A server."""
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def served(book: MemoryLogbook, kept: dict[str, str], problem: str = "", **settings: object):
    def keep(name: str, value: str) -> None:
        if problem:
            raise StoreError(problem)
        kept[name] = value

    return world(logbook=book, settings=Settings(**settings), keep_setting=keep)


async def test_the_zone_is_found_by_city_and_kept():
    kept: dict[str, str] = {}
    book = MemoryLogbook([session("s", TODAY)])
    async with progress(served(book, kept)) as pilot:
        assert OFFER in screen_text(pilot.app)
        await pilot.press("z")
        await until(pilot, says(pilot, "Where do you live?"))
        await pilot.press(*"auckl")
        await until(pilot, says(pilot, "Auckland, Pacific"))
        await pilot.press("enter")
        await until(pilot, says(pilot, "Days are counted in Pacific/Auckland: it is Wed 22:30"))
        assert kept == {"zone": "Pacific/Auckland"}
        await until(pilot, lambda: OFFER not in screen_text(pilot.app))
        await pilot.press("u")
        await until(pilot, lambda: kept == {"zone": ""})
        await until(pilot, says(pilot, OFFER))


async def test_who_lives_by_utc_says_so_once():
    kept: dict[str, str] = {}
    async with progress(served(MemoryLogbook([session("s", TODAY)]), kept)) as pilot:
        await pilot.press("z")
        await until(pilot, says(pilot, "Where do you live?"))
        await pilot.press("enter")
        await until(pilot, lambda: OFFER not in screen_text(pilot.app))
        assert kept == {"zone": "UTC"}


async def test_a_config_file_that_cannot_be_written_blocks_nothing():
    async with progress(
        served(MemoryLogbook([session("s", TODAY)]), {}, "config.toml is read-only")
    ) as pilot:
        await pilot.press("z")
        await until(pilot, says(pilot, "Where do you live?"))
        await pilot.press(*"tokyo", "enter")
        await until(pilot, says(pilot, "Asia/Tokyo until you quit: config.toml is read-only"))
        await until(pilot, lambda: OFFER not in screen_text(pilot.app))


@pytest.mark.parametrize("settings", [{"zone": "UTC"}, {"zone": "Europe/Berlin"}])
async def test_nobody_is_asked_who_has_said_it(settings):
    async with progress(served(MemoryLogbook([session("s", TODAY)]), {}, **settings)) as pilot:
        assert OFFER not in screen_text(pilot.app)


async def test_the_first_day_asks_nothing():
    async with progress(served(MemoryLogbook(), {})) as pilot:
        assert OFFER not in screen_text(pilot.app)


@pytest.mark.parametrize("zone", ["", "Europe/Berlin"])
async def test_it_is_said_once_after_a_session_and_never_again(zone, monkeypatch):
    book, said = MemoryLogbook(), []
    app = StretchApp(served(book, {}, zone=zone), environ={})
    monkeypatch.setattr(app, "notify", lambda words, **_: said.append(words))
    async with app.run_test() as pilot:

        async def session_over() -> list[str]:
            said.clear()
            app._session_over()
            await app.workers.wait_for_complete()
            await pilot.pause()
            return list(said)

        assert await session_over() == [], "left before anything was done"
        book.add(session("s", TODAY))
        assert await session_over() == ([ZONE_WORDS] if zone == "" else [])
        assert await session_over() == []
