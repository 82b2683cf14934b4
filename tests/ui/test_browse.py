"""The first screen, as a person sees and drives it."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date

import pytest
from ui_world import CATALOG, MemoryLogbook, MemoryRoutines, screen_text, session, stretch, world

from stretch_tui.core.content.catalog import Catalog
from stretch_tui.core.content.routine import Routine, Step
from stretch_tui.ui import messages
from stretch_tui.ui.app import StretchApp
from stretch_tui.ui.screens.browse import BrowseScreen
from stretch_tui.ui.widgets.figure_pane import FigurePane
from stretch_tui.ui.widgets.item_list import ItemList

SIZES = [(80, 24), (120, 40)]
ENVIRON = {"TERM": "xterm-256color", "LANG": "C.UTF-8"}
REGULAR = MemoryLogbook(
    [session("a", date(2026, 2, 24)), session("b", date(2026, 3, 2), "eight-for-neck", 540)],
    ["desk-reset", "eagle-arms"],
)


class Listening(StretchApp):
    """The app with requests written down instead of answered."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.asked = []

    def on_play_routine(self, message):
        message.prevent_default()
        self.asked.append(message.routine.id)

    def on_edit_routine(self, message):
        message.prevent_default()
        self.asked.append(message.routine)


@asynccontextmanager
async def opened(services, size=(80, 24), environ=ENVIRON, kind=Listening):
    app = kind(services, environ=environ)
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        yield app, pilot


async def settled(pilot):
    """The log read, and the cursor at rest for long enough that the figure follows it."""
    await pilot.pause(0.25)
    await pilot.pause()


def framed(app) -> str:
    """The screen's characters, with its edge, so that a reviewer sees what is cut off."""
    width, height = app.size
    rows = screen_text(app).split("\n")
    assert len(rows) == height
    return "\n".join(["", f"+{'-' * width}+", *(f"|{r:<{width}}|" for r in rows), "+"])


@pytest.mark.parametrize("size", SIZES)
async def test_the_first_day(services, snapshot, size):
    async with opened(services, size) as (app, _):
        assert framed(app) == snapshot


@pytest.mark.parametrize("size", SIZES)
async def test_with_favorites_and_a_week_begun(snapshot, size):
    async with opened(world(logbook=REGULAR), size) as (app, pilot):
        assert app.screen.query_one(ItemList).item.name == "Desk reset"
        await pilot.press("down")
        await settled(pilot)
        assert framed(app) == snapshot


@pytest.mark.parametrize("size", SIZES)
async def test_filtered(services, snapshot, size):
    async with opened(services, size) as (app, pilot):
        await pilot.press("slash", *"chest no-floor")
        await settled(pilot)
        assert framed(app) == snapshot


@pytest.mark.parametrize("size", SIZES)
async def test_a_filter_that_leaves_nothing_offers_what_to_drop(services, snapshot, size):
    async with opened(services, size) as (app, pilot):
        await pilot.press("slash", *"chest xylophone")
        await settled(pilot)
        assert framed(app) == snapshot
        await pilot.press("enter")
        await settled(pilot)
        left = {item.id for item in app.screen.query_one(ItemList).items}
        assert left == {"doorway-stretch", "sphinx-pose", "wind-down", "desk-reset"}


async def test_escape_drops_the_filter(services):
    async with opened(services) as (app, pilot):
        before = len(app.screen.query_one(ItemList).items)
        await pilot.press("slash", *"owl", "enter")
        assert len(app.screen.query_one(ItemList).items) == 1
        await pilot.press("escape")
        await pilot.pause()
        assert len(app.screen.query_one(ItemList).items) == before


async def test_narrow_shows_one_pane_at_a_time(services, snapshot):
    async with opened(services, (60, 20)) as (app, pilot):
        await pilot.press("G", "tab")
        await settled(pilot)
        assert framed(app) == snapshot
        await pilot.press("tab")
        await pilot.pause()
        assert app.screen.query_one(ItemList).has_focus


async def test_the_smallest_that_is_useful_and_smaller(services, snapshot):
    async with opened(services, (40, 12)) as (app, pilot):
        assert framed(app) == snapshot
        await pilot.resize_terminal(30, 8)
        await pilot.pause(0.1)
        assert "this terminal is 30x8;" in screen_text(app)
        await pilot.resize_terminal(80, 24)
        await settled(pilot)
        assert "Desk reset" in screen_text(app)


async def test_in_ascii_nothing_else_is_sent():
    services = world(logbook=REGULAR)
    async with opened(services, (100, 30), {"TERM": "linux", "LANG": "C"}) as (app, pilot):
        for key in ("down", "slash", "x", "escape", "question_mark"):
            assert screen_text(app).isascii(), f"before {key}"
            await pilot.press(key)
            await settled(pilot)
        assert screen_text(app).isascii()


async def test_without_color_no_color_is_left(monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")  # Textual looks for itself
    environ = {**ENVIRON, "NO_COLOR": "1"}
    async with opened(world(logbook=REGULAR), environ=environ) as (app, _):
        styles = [s.style for strip in app.screen._compositor.render_strips() for s in strip]
        colors = {s.color.name for s in styles if s and s.color}
        backs = {s.bgcolor.name for s in styles if s and s.bgcolor}
        assert colors | backs <= {"default"}


async def test_number_keys_play_favorites():
    async with opened(world(logbook=REGULAR)) as (app, pilot):
        await pilot.press("2", "3")
        await pilot.pause()
        assert app.asked == ["eagle-arms"]
        assert "no favorite 3 yet" in screen_text(app)


async def test_enter_plays_what_is_under_the_cursor(services):
    async with opened(services) as (app, pilot):
        await pilot.press("j", "enter")
        await pilot.pause()
        assert app.asked == ["wind-down"]


async def test_a_favorite_is_kept_said_and_undone(services):
    async with opened(services) as (app, pilot):
        await pilot.press("f")
        app._writer.settle(5)
        await settled(pilot)
        assert services.logbook.favorites() == ("desk-reset",)
        assert "Desk reset is a favorite" in screen_text(app)
        assert "FAVORITES" in screen_text(app)
        await pilot.press("u")
        app._writer.settle(5)
        await settled(pilot)
        assert services.logbook.favorites() == ()
        assert "FAVORITES" not in screen_text(app)


async def test_a_stretch_joins_a_routine_and_leaves_it_again():
    mine = Routine("mine", "Mine", (Step("owl-neck"),), own=True)
    services = world(routines=MemoryRoutines({"mine": mine}))
    async with opened(services) as (app, pilot):
        await pilot.press("G", "a", "enter")
        app._writer.settle(5)
        await settled(pilot)
        added = [step.stretch for step in services.routines.all()["mine"].steps]
        assert added == ["owl-neck", "doorway-stretch"]
        await pilot.press("u")
        app._writer.settle(5)
        assert services.routines.all()["mine"].steps == mine.steps


async def test_without_own_routines_adding_opens_a_new_one(services):
    async with opened(services) as (app, pilot):
        await pilot.press("G", "a")
        await pilot.pause()
        assert [step.stretch for step in app.asked[0].steps] == ["doorway-stretch"]


async def test_every_word_of_a_long_text_can_be_reached(services):
    async with opened(services, (80, 24)) as (app, pilot):
        await pilot.press("slash", *"eagle", "enter", "tab")
        await settled(pilot)
        assert "Rest the hands on opposite" not in screen_text(app)
        await pilot.press("pagedown", "pagedown", "pagedown")
        await pilot.pause()
        text = screen_text(app)
        assert "Ada Example" in text
        assert "more line" not in text


async def test_the_figure_moves_when_the_cursor_rests_and_then_stands(services):
    clock = services.monotonic
    async with opened(services, (120, 40)) as (app, pilot):
        figure = app.screen.query_one(FigurePane)
        await pilot.press("G")
        await pilot.pause(1.0)
        assert figure.moving
        clock.seconds = 1000
        await pilot.pause(0.3)
        assert not figure.moving
        await pilot.press("left_square_bracket")
        assert figure.turned == (-15, 0)
        await pilot.press("right_curly_bracket", "right_curly_bracket", "left_curly_bracket")
        assert figure.turned == (-15, 15)
        await pilot.press("s")
        assert figure.figure_style == "solid"


async def test_five_thousand_stretches_are_listed_without_making_them_all():
    many = {f"s-{n}": stretch(f"s-{n}", f"Stretch number {n}") for n in range(5000)}
    services = replace(world(), shipped=Catalog({**CATALOG.stretches, **many}, CATALOG.routines))
    async with opened(services) as (app, pilot):
        await pilot.press("G")
        await settled(pilot)
        assert app.screen.query_one(ItemList).item.name == "Stretch number 4999"
        assert len(app.screen._lengths._worked_out) < 100


async def test_the_hints_are_never_cut(services):
    for width in (40, 60, 80, 100):
        async with opened(services, (width, 24)) as (app, _):
            line = screen_text(app).splitlines()[-1]
            assert line.rstrip().endswith("? help")
            assert len(line) <= width


async def test_a_log_that_cannot_be_read_is_told_and_the_list_is_there(services):
    from stretch_tui.core.errors import StoreError

    def broken():
        raise StoreError("the log is on a disk that is gone")

    services.logbook.favorites = broken
    async with opened(services) as (app, _):
        assert "the log is on a disk that is gone" in screen_text(app)
        assert "Desk reset" in screen_text(app)


async def test_the_screen_asks_and_the_app_answers(services):
    """The screen itself opens nothing: it posts requests."""
    screen = BrowseScreen(services)
    asked = []
    screen.post_message = asked.append
    screen.action_progress()
    screen.action_build()
    screen.action_make()
    assert [type(one) for one in asked] == [
        messages.ShowProgress,
        messages.EditRoutine,
        messages.MakeRoutine,
    ]


async def test_of_a_long_log_the_favorites_come_first_and_the_rest_follows():
    log = MemoryLogbook([session("b", date(2026, 3, 2), "eight-for-neck", 540)], ["eagle-arms"])
    log.is_long = True
    asked = []
    latest = log.latest
    log.latest = lambda: asked.append(list_of(app)) or latest()
    app = Listening(world(logbook=log), environ=ENVIRON)
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        assert [item.id for item in asked[0] if item.favorite][:1] == ["eagle-arms"]
        assert "Again: Eight" in framed(app)
        assert "this week" in framed(app)


def list_of(app) -> tuple:
    return app.screen.query_one(ItemList).items


async def test_the_first_frame_is_a_whole_one():
    """List, words and hints at once: nothing comes into its place after the first look."""
    frames = []

    class Watched(Listening):
        def _display(self, screen, renderable):
            super()._display(screen, renderable)
            if renderable is not None and self._running and not self._batch_count:
                frames.append(framed(self))

    app = Watched(world(logbook=REGULAR), environ=ENVIRON)
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
    for words in ("Again: Eight", "3 stretches, no floor", "3  Doorway stretch", "? help"):
        assert words in frames[0], words


async def test_words_are_laid_out_anew_for_every_width(services):
    async with opened(services, (120, 40)) as (app, pilot):
        for size in ((80, 24), (100, 30), (120, 40)):
            await pilot.resize_terminal(*size)
            await settled(pilot)
            shown = framed(app)
            async with opened(services, size) as (fresh, _):
                assert shown == framed(fresh)


async def test_one_key_shows_the_other_side_and_the_key_for_what_hurts_means_nothing_here():
    services = world(logbook=MemoryLogbook(favorites=["owl-neck"]))
    async with opened(services) as (app, pilot):
        figure = app.screen.query_one(FigurePane)
        for key, left in (("x", False), ("o", True), ("x", True), ("o", False)):
            await pilot.press(key)
            await pilot.pause()
            assert figure._mirrored is left
            assert isinstance(app.screen, BrowseScreen)


async def test_what_is_suggested_no_more_can_be_suggested_again():
    log = MemoryLogbook(favorites=["owl-neck"])
    async with opened(world(logbook=log)) as (app, pilot):
        for out in (True, False):
            await pilot.press("l")
            app._writer.settle(5)
            await settled(pilot)
            assert ("owl-neck" in log.banned()) is out
            said = "Owl neck is suggested no more" if out else "Owl neck is suggested again"
            assert said in screen_text(app)
        await pilot.press("down", "l")
        await settled(pilot)
        assert log.banned() == frozenset()
