"""From pane to pane: which one takes the keys is plain to see, and seen at once."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace

import pytest
from textual.pilot import Pilot
from ui_world import screen_text, world

from stretch_tui.core.content.routine import Routine, Step
from stretch_tui.core.settings import Settings
from stretch_tui.ui.app import StretchApp
from stretch_tui.ui.marks import ASCII, UNICODE
from stretch_tui.ui.screens.builder import BuilderScreen
from stretch_tui.ui.services import Services
from stretch_tui.ui.widgets.detail import DetailText
from stretch_tui.ui.widgets.drawn import Drawn, Line
from stretch_tui.ui.widgets.item_list import ItemList
from stretch_tui.ui.widgets.step_list import CatalogList, StepList

STEPS = ("owl-neck", "cat-cow", "eagle-arms", "owl-neck", "sphinx-pose")
LONG = Routine("", "Long", tuple(Step(name) for name in STEPS * 3), own=True)


@asynccontextmanager
async def building(
    given: Services, size: tuple[int, int] = (120, 40)
) -> AsyncIterator[tuple[StretchApp, Pilot[None]]]:
    app = StretchApp(given, environ={})
    async with app.run_test(size=size) as pilot:
        await app.push_screen(BuilderScreen(given, LONG))
        await pilot.pause()
        yield app, pilot


@contextmanager
def drawn(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[tuple[str, int]]]:
    """Collects the rows that lists draw, by the id of the list."""
    rows: list[tuple[str, int]] = []
    before = ItemList.line_at

    def line_at(self: ItemList, y: int) -> Line:
        rows.append((self.id or "", y))
        return before(self, y)

    with monkeypatch.context() as changed:
        changed.setattr(ItemList, "line_at", line_at)
        yield rows


@pytest.mark.parametrize("ascii_only", [False, True])
async def test_one_cursor_is_live_wherever_the_keys_go(ascii_only: bool) -> None:
    given = world(settings=Settings(zone="UTC", ascii=ascii_only))
    mark = (ASCII if ascii_only else UNICODE).cursor
    async with building(given) as (app, pilot):
        assert [pane.has_focus for pane in app.screen.query(ItemList)] == [True, False]
        for keys, live in (
            ((), "shelf"),
            (("tab",), "steps"),
            (("e",), ""),  # the figures of a dose have a cursor of their own
            (("escape",), "steps"),
            (("tab",), "shelf"),
            (("slash", "c"), "shelf"),
            (("escape",), "shelf"),
        ):
            await pilot.press(*keys)
            await pilot.pause()
            lit = [
                one.id
                for one in app.screen.query(ItemList)
                if any(line and line[0][0].startswith(mark) for line in rows_of(one))
            ]
            assert lit == ([live] if live else []), keys


def rows_of(pane: ItemList) -> list[Line]:
    return [pane.line_at(y) for y in range(pane.size.height)]


async def test_a_resting_cursor_still_marks_its_place() -> None:
    async with building(world()) as (app, pilot):
        await pilot.press("down", "tab")
        await pilot.pause()
        shelf = app.screen.query_one(CatalogList)
        assert shelf.item is not None
        (marked,) = [line for line in rows_of(shelf) if line and UNICODE.dot in line[0][0]]
        assert marked[1][0].strip() == shelf.item.name
        assert {ink for _, ink in marked} == {"resting", "resting-accent", "resting-quiet"}


async def test_a_change_of_panes_draws_one_row_in_each(monkeypatch: pytest.MonkeyPatch) -> None:
    async with building(world()) as (app, pilot):
        await pilot.press("down", "tab", "down", "tab")
        await pilot.pause()
        with drawn(monkeypatch) as rows:
            await pilot.press("tab")
            await pilot.pause()
        assert sorted(name for name, _ in rows) == ["shelf", "steps"]
        assert app.screen.query_one(StepList).has_focus


async def test_an_edit_draws_the_rows_that_it_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    async with building(world()) as (_, pilot):
        await pilot.press("tab", "down")
        await pilot.pause()
        with drawn(monkeypatch) as rows:
            await pilot.press("J")
            await pilot.pause()
        assert sorted(set(rows)) == [("steps", 1), ("steps", 2)]


async def test_a_dose_that_changed_is_seen_in_its_row() -> None:
    async with building(world()) as (app, pilot):
        await pilot.press("tab", "e", "right", "right")
        await pilot.pause()
        assert "35 s a side" in screen_text(app).splitlines()[3]


async def test_reading_the_words_of_a_stretch_rests_the_list(services: Services) -> None:
    app = StretchApp(replace(services), environ={})
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        items = app.screen.query_one(ItemList)
        for key, inks in (("tab", "resting"), ("escape", "cursor"), ("tab", "resting")):
            await pilot.press(key)
            await pilot.pause()
            assert any(line and line[0][1] == f"{inks}-accent" for line in rows_of(items))
            said = screen_text(app).splitlines()[-1]
            assert ("back to the list" in said) is (inks == "resting")


async def test_a_screen_that_becomes_narrow_keeps_the_pane_that_has_the_keys(
    services: Services,
) -> None:
    app = StretchApp(services, environ={})
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        await pilot.press("tab")
        for width, words, items in ((60, True, False), (120, True, True)):
            await pilot.resize_terminal(width, 30)
            await pilot.pause()
            await pilot.pause()
            assert bool(app.screen.query_one(DetailText).size) is words
            assert bool(app.screen.query_one(ItemList).size) is items


async def test_a_builder_that_becomes_narrow_keeps_the_pane_that_has_the_keys() -> None:
    async with building(world()) as (app, pilot):
        await pilot.press("tab", "down")
        for width, shelf in ((60, False), (120, True)):
            await pilot.resize_terminal(width, 30)
            await pilot.pause()
            await pilot.pause()
            assert app.screen.query_one(StepList).has_focus
            assert bool(app.screen.query_one(StepList).size)
            assert bool(app.screen.query_one(CatalogList).size) is shelf


async def test_every_drawn_part_says_that_it_has_the_focus() -> None:
    """Textual's own way of taking it is left out, for it would paint all of the part anew."""
    async with building(world()) as (app, pilot):
        for _ in range(3):
            await pilot.press("tab")
            await pilot.pause()
            having = [one for one in app.screen.query(Drawn) if one.has_focus]
            assert having == [app.screen.focused]
