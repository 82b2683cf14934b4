"""The builder, as a person sees and drives it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from syrupy.assertion import SnapshotAssertion
from textual.pilot import Pilot
from ui_world import CATALOG, MemoryRoutines, Services, stretch, world

from stretch_tui.core.content.catalog import Catalog
from stretch_tui.core.content.dose import Dose, Range, Side, Sides
from stretch_tui.core.content.routine import Routine, Step
from stretch_tui.core.errors import StoreError
from stretch_tui.core.session.expansion import expand
from stretch_tui.core.settings import Settings
from stretch_tui.storage.content.catalog_files import load_catalog
from stretch_tui.ui.app import StretchApp
from stretch_tui.ui.screens.builder import BuilderScreen
from stretch_tui.ui.screens.player import PlayerScreen
from stretch_tui.ui.widgets.drawn import Drawn
from stretch_tui.ui.widgets.figure_pane import FigurePane
from stretch_tui.ui.widgets.step_list import StepList

Grid = Callable[[object], str]
WIDE, DESIGN = (120, 40), (80, 24)

MINE = Routine(
    "mine",
    "Before stand-up",
    (
        Step("owl-neck"),
        Step("cat-cow"),
        Step("eagle-arms", Dose(hold_seconds=Range(90, 90)), note="gently"),
        Step("gone"),
        Step("sphinx-pose"),
    ),
    own=True,
)


def builder(app: StretchApp) -> BuilderScreen:
    screen = app.screen
    assert isinstance(screen, BuilderScreen)
    return screen


def names(app: StretchApp) -> list[str]:
    return [step.stretch for step in builder(app).routine.steps]


def told(app: StretchApp, where: str) -> str:
    """The words in a part of the screen, without their line breaks."""
    return " ".join(app.screen.query_one(where, Drawn).text.split())


async def opened(app: StretchApp, pilot: Pilot[None], routine: Routine | None = None) -> None:
    app.push_screen(BuilderScreen(app._services, routine))
    await pilot.pause()
    await pilot.pause()


async def settled(app: StretchApp, pilot: Pilot[None]) -> None:
    """Everything that was asked for is on disk, and said."""
    await pilot.pause()
    app._writer.settle(5)
    if isinstance(app.screen, BuilderScreen):
        app.screen.bench.keeper.settle(5)
    await pilot.pause()
    await pilot.pause()


@pytest.fixture
def own() -> MemoryRoutines:
    return MemoryRoutines({"mine": MINE})


@pytest.fixture
def given(own: MemoryRoutines) -> Services:
    return world(routines=own)


@pytest.mark.parametrize("size", [WIDE, DESIGN, (60, 20), (40, 12)], ids=str)
async def test_a_routine_under_construction(
    size: tuple[int, int], given: Services, grid: Grid, snapshot: SnapshotAssertion
) -> None:
    app = StretchApp(given, environ={})
    async with app.run_test(size=size) as pilot:
        await opened(app, pilot, MINE)
        await pilot.press("tab", "down", "down")
        await pilot.pause()
        assert grid(app) == snapshot


@pytest.mark.parametrize("size", [WIDE, DESIGN], ids=str)
async def test_the_dose_of_a_step_with_what_is_published(
    size: tuple[int, int], given: Services, grid: Grid, snapshot: SnapshotAssertion
) -> None:
    app = StretchApp(given, environ={})
    async with app.run_test(size=size) as pilot:
        await opened(app, pilot, MINE)
        await pilot.press("tab", "e", "right", "right")
        await pilot.pause()
        assert grid(app) == snapshot


async def test_an_empty_routine_in_ascii_says_what_to_do(
    grid: Grid, snapshot: SnapshotAssertion
) -> None:
    app = StretchApp(world(settings=Settings(zone="UTC", ascii=True)), environ={})
    async with app.run_test(size=DESIGN) as pilot:
        await opened(app, pilot)
        assert grid(app).isascii()
        assert grid(app) == snapshot


async def test_build_name_save_and_find_it_in_the_list(
    own: MemoryRoutines, given: Services, grid: Grid
) -> None:
    app = StretchApp(given, environ={})
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("b")
        await pilot.pause()
        await pilot.press("enter", "down", "enter")
        assert names(app) == ["eagle-arms", "owl-neck"]
        await pilot.press("ctrl+s")
        await pilot.pause()
        await pilot.press(*"Quick")
        await pilot.press("tab", *"For me", "tab", *"desk, short", "enter")
        await settled(app, pilot)
        assert own.own["quick"].name == "Quick"
        assert own.own["quick"].about == "For me"
        assert own.own["quick"].tags == ("desk", "short")
        assert "Quick is saved" in grid(app)
        assert "Routine: Quick  " in grid(app)
        assert own.drafted is None
        await pilot.press("q")
        await pilot.pause()
        assert "Quick" in grid(app)


async def test_the_total_is_the_player_s_own(given: Services, grid: Grid) -> None:
    app = StretchApp(given, environ={})
    async with app.run_test(size=WIDE) as pilot:
        await opened(app, pilot)
        for key in ("enter", "down", "enter", "down", "enter", "c"):
            await pilot.press(key)
            await pilot.pause()
            seconds = expand(builder(app).routine, CATALOG.stretches, given.settings).seconds
            minutes, rest = divmod(round(seconds), 60)
            shown = f"{minutes} min {rest} s" if minutes and rest else f"{rest or minutes}"
            assert shown in grid(app).splitlines()[0]


async def test_move_remove_copy_and_drag(given: Services) -> None:
    app = StretchApp(given, environ={})
    async with app.run_test(size=WIDE) as pilot:
        await opened(app, pilot, MINE)
        await pilot.press("tab", "J", "J")
        assert names(app)[2] == "owl-neck"
        assert builder(app).bench.step == Step("owl-neck")
        await pilot.press("K")
        assert names(app)[1] == "owl-neck"
        await pilot.press("c")
        assert names(app)[1:3] == ["owl-neck", "owl-neck"]
        await pilot.press("d", "d")
        assert names(app) == ["cat-cow", "owl-neck", "gone", "sphinx-pose"]
        await pilot.mouse_down(StepList, offset=(8, 0))
        await pilot.mouse_up(StepList, offset=(8, 2))
        await pilot.pause()
        assert names(app) == ["owl-neck", "gone", "cat-cow", "sphinx-pose"]


async def test_everything_can_be_undone_and_done_again(given: Services) -> None:
    app = StretchApp(given, environ={})
    async with app.run_test(size=WIDE) as pilot:
        await opened(app, pilot, MINE)
        await pilot.press("tab", "J", "c", "d", "d", "o", "s", "v")
        end = builder(app).routine
        assert end != MINE
        for _ in range(8):
            await pilot.press("u")
        assert builder(app).routine == MINE
        for _ in range(8):
            await pilot.press("ctrl+y")
        assert builder(app).routine == end


async def test_undo_finds_what_was_worked_out_before(given: Services) -> None:
    app = StretchApp(given, environ={})
    async with app.run_test(size=WIDE) as pilot:
        await opened(app, pilot, MINE)
        before = builder(app).bench.built
        await pilot.press("escape", "tab", "c")
        assert builder(app).bench.built is not before
        await pilot.press("u")
        assert builder(app).bench.built is before


async def test_the_figure_is_the_pose_that_a_stretch_is_known_by() -> None:
    needle = load_catalog().catalog.stretches["thread-the-needle"]
    app = StretchApp(world(shipped=Catalog({needle.id: needle})), environ={})
    async with app.run_test(size=WIDE) as pilot:
        await opened(app, pilot, Routine("", "One", (Step(needle.id),), own=True))
        await pilot.pause(0.3)
        assert app.screen.query_one(FigurePane)._poses == ("thread-the-needle/threaded",)


async def test_a_dose_is_typed_flagged_and_set_back(given: Services, grid: Grid) -> None:
    app = StretchApp(given, environ={})
    async with app.run_test(size=WIDE) as pilot:
        await opened(app, pilot, MINE)
        await pilot.press("tab", "e", "4", "5")
        await pilot.pause()
        step = builder(app).bench.step
        assert step is not None
        assert step.dose == Dose(hold_seconds=Range(45, 45), sides=Sides.EACH)
        assert "! published 20-30 s" in grid(app)
        assert "! hold 45 s is more than the published 20-30 s" in told(app, "#about")
        await pilot.press("backspace")
        await pilot.pause()
        assert builder(app).bench.step == Step("owl-neck")
        await pilot.press("right", "right", "enter", "u")
        assert builder(app).routine == MINE


async def test_a_short_dose_is_told_without_a_warning(given: Services, grid: Grid) -> None:
    app = StretchApp(given, environ={})
    async with app.run_test(size=WIDE) as pilot:
        await opened(app, pilot, MINE)
        await pilot.press("tab", "e", "1", "5")
        await pilot.pause()
        assert "↓ published 20-30 s" in grid(app)
        assert "a shorter dose: hold 15 s" in told(app, "#about")
        assert "↓ 15 s a side" in grid(app)
        await pilot.press("enter", "e", "5")
        await pilot.pause()
        assert "! 5 s a side" in grid(app)
        assert "! hold 5 s: most holds last 10-60 s" in told(app, "#about")


async def test_words_and_figure_are_of_what_the_cursor_is_on(given: Services, grid: Grid) -> None:
    app = StretchApp(given, environ={})
    async with app.run_test(size=WIDE) as pilot:
        await opened(app, pilot, MINE)
        assert told(app, "#about").startswith("Eagle arms upper back")
        assert "published Hold 30 s on each side." in told(app, "#about")
        await pilot.press("tab")
        await pilot.pause()
        assert told(app, "#about").startswith("Owl neck neck")
        assert "here 20 s a side, 0:51" in told(app, "#about")
        await pilot.press("tab", "G")
        await pilot.pause()
        assert "enter adds them all" in told(app, "#about")


async def test_the_figures_close_when_another_step_is_clicked(given: Services) -> None:
    app = StretchApp(given, environ={})
    async with app.run_test(size=WIDE) as pilot:
        await opened(app, pilot, MINE)
        await pilot.press("tab", "e")
        await pilot.click(StepList, offset=(8, 4))
        await pilot.pause()
        await pilot.press("right", "d")
        await pilot.pause()
        assert builder(app).routine.steps == MINE.steps[:4]


async def test_leaving_keeps_the_draft_and_says_so(own: MemoryRoutines, grid: Grid) -> None:
    app = StretchApp(world(routines=own), environ={})
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("b")
        await pilot.pause()
        await pilot.press("enter", "q")
        await settled(app, pilot)
        assert "Kept as a draft: b goes on with it." in grid(app)
        assert own.drafted is not None


async def test_rest_side_form_and_note(given: Services, grid: Grid) -> None:
    app = StretchApp(given, environ={})
    async with app.run_test(size=WIDE) as pilot:
        await opened(app, pilot, MINE)
        await pilot.press("tab", "down", "down", "s", "s", "v", "i")
        await pilot.pause()
        await pilot.press("!", "enter")
        await pilot.pause()
        step = builder(app).bench.step
        assert step is not None
        assert (step.first_side, step.variation, step.note) == (Side.RIGHT, "hug", "gently!")
        await pilot.press("r", "1", "2", "enter")
        await pilot.pause()
        assert builder(app).routine.rest_seconds == 12
        assert "12 s between" in grid(app)
        await pilot.press("r", "x", "enter")
        await pilot.pause()
        assert "The rest is a number from 0 to 600." in grid(app)
        await pilot.press("escape")
        await pilot.pause()
        assert builder(app).routine.rest_seconds == 12


@pytest.mark.parametrize("size", [DESIGN, (100, 30), WIDE])
async def test_a_stand_in_is_marked_and_a_long_name_leaves_its_dose_in_sight(
    size: tuple[int, int], grid: Grid
) -> None:
    long = stretch("long", "Side-lying thoracic rotation, both knees on a roller")
    found = replace(CATALOG, stretches={**CATALOG.stretches, "long": long})
    steps = (Step("doorway-stretch"), Step("eagle-arms", instead_of="doorway-stretch"))
    app = StretchApp(world(shipped=found), environ={})
    async with app.run_test(size=size) as pilot:
        await opened(app, pilot, Routine("own", "Own", (*steps, Step("long")), own=True))
        rows = grid(app).split("\n")
        assert any("1  Doorway stretch" in row for row in rows)
        assert any("2  or Eagle arms" in row for row in rows)
        (row,) = [row for row in rows if "3  Side-lying" in row]
        assert "…  20 s a side" in row


async def test_one_key_puts_it_in_the_order_that_costs_the_body_least(
    given: Services, grid: Grid
) -> None:
    app = StretchApp(given, environ={})
    async with app.run_test(size=WIDE) as pilot:
        await opened(app, pilot, MINE)
        assert "down to the floor and up 3 times; o saves 2" in told(app, "#balance")
        await pilot.press("tab", "o")
        await pilot.pause()
        assert names(app) == ["owl-neck", "eagle-arms", "gone", "cat-cow", "sphinx-pose"]
        assert "o saves" not in grid(app)


async def test_a_shipped_routine_is_built_upon_as_a_copy(
    own: MemoryRoutines, given: Services
) -> None:
    app = StretchApp(given, environ={})
    async with app.run_test(size=WIDE) as pilot:
        await opened(app, pilot, CATALOG.routines["desk-reset"])
        await pilot.press("ctrl+s")
        await settled(app, pilot)
        assert own.own["desk-reset-(mine)"].steps == CATALOG.routines["desk-reset"].steps


async def test_the_draft_survives_and_is_gone_on_with(
    own: MemoryRoutines, given: Services, grid: Grid
) -> None:
    app = StretchApp(given, environ={})
    async with app.run_test(size=WIDE) as pilot:
        await opened(app, pilot, MINE)
        await pilot.press("tab", "d")
        await settled(app, pilot)
        assert own.drafted is not None
        assert own.drafted.steps == MINE.steps[1:]
        # No saving, no leaving: as after a kill.
    again = StretchApp(given, environ={})
    async with again.run_test(size=WIDE) as pilot:
        await opened(again, pilot)
        assert builder(again).routine == own.drafted
        assert "Going on with what was not saved yet." in grid(again)
        assert "(not saved)" in grid(again)
        await pilot.press("Z")
        await settled(again, pilot)
        assert builder(again).routine == MINE
        assert own.drafted is None


async def test_opening_another_routine_leaves_the_draft_where_it_is(
    own: MemoryRoutines, given: Services
) -> None:
    own.drafted = Routine("", "Half done", (Step("cat-cow"),), own=True)
    app = StretchApp(given, environ={})
    async with app.run_test(size=WIDE) as pilot:
        await opened(app, pilot, MINE)
        await settled(app, pilot)
        assert builder(app).routine == MINE
        assert own.drafted.steps == (Step("cat-cow"),)
        await pilot.press("q", "b")
        await settled(app, pilot)
        assert builder(app).routine == own.drafted


async def test_a_stretch_of_the_first_screen_joins_what_was_being_built(
    own: MemoryRoutines, grid: Grid
) -> None:
    own.drafted = Routine("", "Half done", (Step("cat-cow"),), own=True)
    app = StretchApp(world(routines=own), environ={})
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        await pilot.press("G", "a")
        await pilot.pause()
        assert "Half done (not saved)" in grid(app)
        await pilot.press("enter")
        await settled(app, pilot)
        assert names(app) == ["cat-cow", "doorway-stretch"]
        assert own.drafted.steps == (Step("cat-cow"), Step("doorway-stretch"))
        await pilot.press("u")
        assert names(app) == ["cat-cow"]


async def test_delete_asks_and_undo_brings_it_back(own: MemoryRoutines, given: Services) -> None:
    app = StretchApp(given, environ={})
    async with app.run_test(size=WIDE) as pilot:
        await opened(app, pilot, MINE)
        await pilot.press("X", "n")
        await settled(app, pilot)
        assert "mine" in own.own
        await pilot.press("X", "y")
        await settled(app, pilot)
        assert own.own == {}
        await pilot.press("u")
        await settled(app, pilot)
        assert own.own == {"mine": MINE}


async def test_deleting_what_another_window_deleted_says_so(
    own: MemoryRoutines, given: Services, grid: Grid
) -> None:
    app = StretchApp(given, environ={})
    async with app.run_test(size=WIDE) as pilot:
        await opened(app, pilot, MINE)
        own.own.clear()
        await pilot.press("X", "y")
        await settled(app, pilot)
        assert "Before stand-up was gone already" in grid(app)


async def test_save_as_another_keeps_the_first(own: MemoryRoutines, given: Services) -> None:
    app = StretchApp(given, environ={})
    async with app.run_test(size=WIDE) as pilot:
        await opened(app, pilot, MINE)
        await pilot.press("w", "enter")
        await settled(app, pilot)
        assert own.own["mine"] == MINE
        assert own.own["before-stand-up-(copy)"].steps == MINE.steps
        assert builder(app).routine.id == "before-stand-up-(copy)"


async def test_play_begins_at_the_step_under_the_cursor(given: Services, grid: Grid) -> None:
    app = StretchApp(given, environ={})
    async with app.run_test(size=WIDE) as pilot:
        await opened(app, pilot, MINE)
        await pilot.press("tab", "G", "p")
        await pilot.pause()
        assert isinstance(app.screen, PlayerScreen)
        assert "Sphinx pose" in grid(app)
        assert "Owl neck" not in grid(app)


async def test_the_catalog_is_filtered_like_the_first_screen_s(given: Services, grid: Grid) -> None:
    app = StretchApp(given, environ={})
    async with app.run_test(size=WIDE) as pilot:
        await opened(app, pilot)
        await pilot.press("slash", *"chest no-floor", "enter", "enter")
        await pilot.pause()
        assert names(app) == ["doorway-stretch"]
        await pilot.press("escape", "slash", *"zzzz")
        await pilot.pause()
        assert "Nothing" in grid(app)


async def test_adding_a_routine_adds_all_its_steps_behind_the_cursor(given: Services) -> None:
    app = StretchApp(given, environ={})
    async with app.run_test(size=WIDE) as pilot:
        await opened(app, pilot, MINE)
        await pilot.press("slash", *"wind down", "enter", "enter")
        await pilot.pause()
        assert names(app)[:4] == ["owl-neck", "cat-cow", "sphinx-pose", "gone"]


async def test_a_disk_that_fails_is_told_and_the_routine_stays_in_sight(grid: Grid) -> None:
    class Full(MemoryRoutines):
        def save(self, routine: Routine) -> Routine:
            raise StoreError("no space left")

        def save_draft(self, routine: Routine) -> None:
            raise StoreError("no space left")

    app = StretchApp(world(routines=Full({"mine": MINE})), environ={})
    async with app.run_test(size=WIDE) as pilot:
        await opened(app, pilot, MINE)
        await pilot.press("tab", "d")
        await settled(app, pilot)
        assert "the draft can't be kept: no space left" in grid(app)
        await pilot.press("ctrl+s")
        await settled(app, pilot)
        assert "Not saved yet" in grid(app)
        assert "(not saved)" in grid(app)
        assert builder(app).routine.steps == MINE.steps[1:]


async def test_saving_nothing_and_other_empty_gestures_say_so(
    grid: Grid, services: Services
) -> None:
    app = StretchApp(services, environ={})
    async with app.run_test(size=WIDE) as pilot:
        await opened(app, pilot)
        for key, told in (
            ("ctrl+s", "Add a stretch first"),
            ("e", "There is no step yet."),
            ("p", "There is nothing to play yet."),
            ("u", "Nothing to undo."),
            ("ctrl+y", "Nothing to redo."),
            ("d", ""),
            ("c", ""),
            ("J", ""),
            ("o", "No order has fewer"),
        ):
            await pilot.press(key)
            await pilot.pause()
            assert told in grid(app)
        assert builder(app).routine.steps == ()


async def test_hostile_names_are_shown_as_text(grid: Grid) -> None:
    evil = Routine(
        "evil", "[@click=app.quit]x[/] \x1b]52;c;eA==\x07", (Step("[/b] \u202eevil"),), own=True
    )
    app = StretchApp(world(routines=MemoryRoutines({"evil": evil})), environ={})
    async with app.run_test(size=WIDE) as pilot:
        await opened(app, pilot, evil)
        await pilot.press("tab")
        await pilot.pause()
        assert "[@click=app.quit]x[/]" in grid(app)
        assert "\x1b" not in grid(app)
        assert "\u202e" not in grid(app)


async def test_two_hundred_steps_are_the_most(given: Services, grid: Grid) -> None:
    full = replace(MINE, steps=(Step("owl-neck"),) * 200)
    app = StretchApp(given, environ={})
    async with app.run_test(size=WIDE) as pilot:
        await opened(app, pilot, full)
        await pilot.press("enter")
        await pilot.pause()
        assert len(names(app)) == 200
        assert "200 steps at most" in grid(app)
