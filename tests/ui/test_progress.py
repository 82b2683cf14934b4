"""The progress screen, as a person sees and drives it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta

import pytest
from textual import events
from textual.pilot import Pilot
from textual.screen import Screen
from ui_world import MemoryLogbook, screen_text, session, world

from stretch_tui.core.errors import StoreError
from stretch_tui.core.log.logbook import Ending, Part, Pause, Session, Source
from stretch_tui.core.settings import Settings
from stretch_tui.ui.app import StretchApp
from stretch_tui.ui.screens.progress import ProgressScreen
from stretch_tui.ui.services import Services
from stretch_tui.ui.widgets.session_list import SessionList

TODAY = date(2026, 3, 4)
"""A Wednesday."""
WIDE, NARROW = (120, 40), (80, 24)


@asynccontextmanager
async def progress(
    services: Services, size: tuple[int, int] = NARROW
) -> AsyncIterator[Pilot[None]]:
    """The app on its progress screen, the log read."""
    app = StretchApp(services, environ={})
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        await pilot.press("p")
        await until(pilot, lambda: isinstance(app.screen, ProgressScreen))
        await until(pilot, lambda: app.screen._survey is not None)
        await pilot.pause()
        yield pilot


async def until(pilot: Pilot[None], true: Callable[[], bool]) -> None:
    """Let the app go on until it is so."""
    for _ in range(200):
        await pilot.pause()
        if true():
            return
        await asyncio.sleep(0.01)
    raise AssertionError(f"never came about; on screen:\n{screen_text(pilot.app)}")


def says(pilot: Pilot[None], words: str) -> Callable[[], bool]:
    return lambda: words in screen_text(pilot.app)


async def type_in(pilot: Pilot[None], text: str) -> None:
    for character in text:
        await pilot.press(character)


PARTS = (
    Part("owl-neck", ("neck", "upper-traps"), 60.0, 20.0),
    Part("eagle-arms", ("upper-back", "shoulders"), 30.0, 30.0, complete=True),
    Part("cat-cow", ("upper-back", "middle-back"), both=50.0, complete=True),
)


def rich_session(uid: str, day: date, **more: object) -> Session:
    """A session with stretches, sides and feelings; the right side got less of the neck."""
    found: dict[str, object] = {
        "uid": uid,
        "started": datetime(day.year, day.month, day.day, 9, 5, tzinfo=UTC),
        "offset_minutes": 60,
        "day": day,
        "routine": "desk-reset",
        "title": "Desk reset",
        "seconds": 190.0,
        "parts": PARTS,
        "feel_before": 6,
        "feel_after": 3,
        **more,
    }
    return Session(**found)  # type: ignore[arg-type]


def month() -> MemoryLogbook:
    """Six weeks with everything in them: kept, saved, paused, short, hurt, entered afterwards."""
    days = [-44, -43, -40, -37, -35, -33, -30, -28, -26, -23, -22, -20, -9, -7, -5, -2, -1]
    log = [rich_session(f"s{n}", TODAY + timedelta(days=back)) for n, back in enumerate(days)]
    log += [
        rich_session("short", TODAY, seconds=45.0, parts=(), ending=Ending.ENDED, feel_after=None),
        rich_session("hurt", TODAY - timedelta(days=6), ending=Ending.HURT, seconds=40.0),
        rich_session(
            "hand",
            TODAY - timedelta(days=3),
            title="Stretching",
            routine="",
            source=Source.LOGGED,
            edited=True,
            parts=(),
            note="on the train",
            feel_before=None,
        ),
    ]
    book = MemoryLogbook(sorted(log, key=lambda one: one.started))
    first, last = TODAY - timedelta(days=19), TODAY - timedelta(days=11)
    book.add_pause(Pause("p", first, last, "a cold"))
    book.add_pause(Pause("q", TODAY + timedelta(days=9), TODAY + timedelta(days=12), "travel"))
    return book


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_the_first_frame_has_the_log_in_it_laid_out_for_its_size(
    size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("stretch_tui.ui.screens.progress.FIRST_FRAME_SECONDS", 60.0)
    frames: list[str] = []
    draw = StretchApp._display

    def drawn(app: StretchApp, screen: Screen, update: object) -> None:
        if isinstance(screen, ProgressScreen):
            frames.append(screen_text(app))
        draw(app, screen, update)

    monkeypatch.setattr(StretchApp, "_display", drawn)
    async with progress(world(logbook=month()), size):
        first = frames[0]
    assert "20 sessions" in first
    assert "2 of 3 days" in first
    assert "Desk reset" in first
    assert ("Minutes a week" in first) is (size == WIDE)


def ten_years(count: int = 3_650) -> MemoryLogbook:
    """A session on most days of ten years."""
    found = []
    day = TODAY - timedelta(days=1)
    while len(found) < count:
        if day.toordinal() % 7 not in (2, 5) and day.toordinal() % 61:
            found.append(rich_session(f"s{len(found):06}", day))
        day -= timedelta(days=1)
    return MemoryLogbook(found[::-1])


LOGS = {"first day": MemoryLogbook, "a month": month, "ten years": ten_years}


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["120x40", "80x24"])
@pytest.mark.parametrize("name", LOGS)
async def test_the_screen(name, size, snapshot):
    async with progress(world(logbook=LOGS[name]()), size) as pilot:
        seen = [screen_text(pilot.app)]
        if size == NARROW:
            for _ in range(3):
                await pilot.press("tab")
                await pilot.pause()
                seen.append(screen_text(pilot.app))
        assert "\n".join(seen) == snapshot
        assert all(len(line) <= size[0] for line in "\n".join(seen).splitlines())


@pytest.mark.parametrize(
    "size",
    [(60, 20), (40, 12), (120, 24), (100, 30), (100, 40)],
    ids=["60x20", "40x12", "120x24", "100x30", "100x40"],
)
async def test_smaller_terminals(size, snapshot):
    async with progress(world(logbook=month()), size) as pilot:
        assert screen_text(pilot.app) == snapshot


async def test_the_first_day_in_a_small_terminal(snapshot):
    async with progress(world(), (40, 12)) as pilot:
        assert screen_text(pilot.app) == snapshot


async def test_plain_ascii(snapshot):
    services = world(logbook=month(), settings=Settings(zone="UTC", ascii=True))
    async with progress(services, WIDE) as pilot:
        text = screen_text(pilot.app)
        assert text.isascii()
        assert text == snapshot


async def test_hidden_streaks_are_nowhere():
    services = world(logbook=month(), settings=Settings(zone="UTC", show_streak=False))
    async with progress(services, WIDE) as pilot:
        text = screen_text(pilot.app)
        assert "streak" not in text
        assert "token" not in text
        assert "this week 2 days" in text
        await pilot.press("w")
        await pilot.pause()
        assert screen_text(pilot.app) == text, "there is nothing to explain"


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (120, 40), (200, 60)])
async def test_some_sessions_are_always_in_sight(size):
    async with progress(world(logbook=month()), size) as pilot:
        rows = pilot.app.screen.query_one(SessionList)
        assert rows.size.height >= 5
        assert rows.region.bottom <= size[1] - 2


async def test_why_it_is_what_it_is(snapshot):
    async with progress(world(logbook=month()), WIDE) as pilot:
        await pilot.press("w")
        await until(pilot, says(pilot, "Why the streak"))
        assert screen_text(pilot.app) == snapshot
        await pilot.press("escape")
        await until(
            pilot, says(pilot, "A") and (lambda: "Why the streak" not in screen_text(pilot.app))
        )


async def test_pages_and_sessions_take_the_mouse():
    async with progress(world(logbook=month())) as pilot:
        line = next(row for row in screen_text(pilot.app).splitlines() if "Weeks" in row)
        for name, words in (("Body", "upper traps"), ("Weeks", "23 Feb - 1 Mar"), ("Year", "Wed")):
            await pilot.click("#tabs", offset=(line.index(name), 0))
            await until(pilot, says(pilot, words))
        await pilot.click("#list", offset=(10, 2))
        await pilot.click("#list", offset=(10, 2), times=2)
        await until(pilot, says(pilot, "play it again"))


async def test_a_session_opens_and_can_be_played_again():
    async with progress(world(logbook=month())) as pilot:
        await pilot.press("j", "enter")
        await until(pilot, says(pilot, "left 1:00   right 0:20"))
        assert "felt 6, then 3" in screen_text(pilot.app)
        await pilot.press("r")
        await until(pilot, lambda: type(pilot.app.screen).__name__ == "PlayerScreen")


async def test_a_deleted_session_comes_back_with_undo():
    book = month()
    async with progress(world(logbook=book)) as pilot:
        assert len(book.sessions()) == 20
        await pilot.press("j", "d")
        await until(pilot, says(pilot, "19 sessions"))
        assert "u brings it back" in screen_text(pilot.app)
        await pilot.press("u")
        await until(pilot, says(pilot, "20 sessions"))


async def test_a_correction_is_marked_and_moves_the_figures():
    book = month()
    async with progress(world(logbook=book)) as pilot:
        await pilot.press("e")
        await until(pilot, says(pilot, "Correct Desk reset"))
        for _ in range(6):
            await pilot.press("backspace")
        await type_in(pilot, "5")
        await pilot.press("enter")
        await until(pilot, says(pilot, "edited"))
        changed = next(one for one in book.sessions() if one.uid == "short")
        assert (changed.seconds, changed.edited) == (300, True)
        assert "3 of 3 days, this week is kept" in screen_text(pilot.app)


async def test_a_correction_that_changes_nothing_writes_nothing():
    book = month()
    book.failing = "nothing may be written"
    async with progress(world(logbook=book)) as pilot:
        await pilot.press("e")
        await until(pilot, says(pilot, "Correct Desk reset"))
        await pilot.press("enter")
        await pilot.pause()
        assert "Not saved" not in screen_text(pilot.app)


async def test_a_session_done_elsewhere_is_entered_and_marked(snapshot):
    book = MemoryLogbook()
    async with progress(world(logbook=book)) as pilot:
        await pilot.press("a")
        await until(pilot, says(pilot, "A session done elsewhere"))
        await type_in(pilot, "desk rset")
        await pilot.press("enter")
        await until(pilot, says(pilot, "Did you mean desk reset?"))
        assert screen_text(pilot.app) == snapshot
        for _ in range(4):
            await pilot.press("backspace")
        await type_in(pilot, "reset")
        await pilot.press("tab", "tab")
        await type_in(pilot, "yesterday")
        await pilot.press("enter")
        await until(pilot, says(pilot, "entered afterwards"))
        (one,) = book.sessions()
        assert (one.day, one.source) == (TODAY - timedelta(days=1), Source.LOGGED)
        assert {part.stretch for part in one.parts} == {
            "owl-neck",
            "eagle-arms",
            "doorway-stretch",
        }
        assert "1 of 3 days" in screen_text(pilot.app)


async def test_what_is_typed_ahead_lands_where_it_was_meant():
    """Over a slow link many keys arrive at once."""
    book = MemoryLogbook()
    async with progress(world(logbook=book)) as pilot:
        await pilot.press("a")
        await until(pilot, says(pilot, "A session done elsewhere"))
        screen = pilot.app.screen
        for key in ["o", "w", "l", "tab", "7", "tab", *"sunday", "ctrl+s"]:
            pilot.app.post_message(events.Key(key, key if len(key) == 1 else None))
        await until(pilot, says(pilot, "Nothing is called 'owl'"))
        typed = [screen.query_one(f"#input-{name}").value for name in ("what", "minutes", "day")]
        assert typed == ["owl", "7", "sunday"]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "Say what was done"),
        ({"minutes": "soon"}, "Minutes are 6, 2.5 or 2:30"),
        ({"minutes": "2:75"}, "Minutes are 6, 2.5 or 2:30"),
        ({"minutes": "2:5"}, "Minutes are 6, 2.5 or 2:30"),
        ({"minutes": "9", "day": "2026-03-05"}, "has not come yet"),
        ({"minutes": "9", "day": "someday"}, "is not a day"),
        ({"minutes": "9", "before": "11"}, "How it felt is a number"),
    ],
)
async def test_what_cannot_be_is_said_in_the_form(fields, words):
    async with progress(world()) as pilot:
        await pilot.press("a")
        await until(pilot, says(pilot, "A session done elsewhere"))
        for name, value in fields.items():
            pilot.app.screen.query_one(f"#input-{name}").value = value
        await pilot.press("enter")
        await until(pilot, says(pilot, words))
        await pilot.press("escape")
        await until(pilot, lambda: "A session done elsewhere" not in screen_text(pilot.app))


async def test_a_pause_is_entered_afterwards_and_taken_out_again():
    book = MemoryLogbook([session("s", TODAY - timedelta(days=20))])
    async with progress(world(logbook=book)) as pilot:
        await pilot.press("v", "a")
        await until(pilot, says(pilot, "First day"))
        screen = pilot.app.screen
        for name, value in {"first": "2026-02-16", "last": "2026-03-08", "reason": "flu"}.items():
            screen.query_one(f"#input-{name}").value = value
        await pilot.press("enter")
        await until(pilot, says(pilot, "paused 16 Feb - 8 Mar (flu)"))
        assert "paused, nothing to do" in screen_text(pilot.app)
        await pilot.press("v", "d")
        await until(pilot, says(pilot, "0 of 3 days"))
        assert book.pauses() == ()


async def test_a_new_goal_bears_a_date_and_leaves_the_past_alone():
    book = month()
    async with progress(world(logbook=book)) as pilot:
        before = pilot.app.screen._survey.streak
        await pilot.press("o")
        await until(pilot, says(pilot, "Days a week"))
        await pilot.press("5")
        await until(pilot, says(pilot, "2 of 5 days"))
        assert [goal.days for goal in book.goals()] == [3, 5]
        after = pilot.app.screen._survey.streak
        assert after.history[:-1] == before.history[:-1]


async def test_ten_years_cost_only_the_rows_in_sight():
    asked = []
    async with progress(world(logbook=ten_years(36_500)), WIDE) as pilot:
        rows = pilot.app.screen.query_one(SessionList)
        words = rows._words

        def counted(one: Session, width: int) -> tuple[str, str, str]:
            asked.append(one)
            return words(one, width)

        rows._words = counted
        await pilot.press("G")
        await until(pilot, lambda: rows.session is not None and rows.session.uid == "s036499")
        assert len(asked) <= 2 * rows.size.height
        await pilot.press("g")
        await until(pilot, lambda: rows.session is not None and rows.session.uid == "s000000")


async def test_a_log_that_cannot_be_read_is_said_in_words():
    book = month()

    def broken() -> tuple[Session, ...]:
        raise StoreError("history.json can't be read: check its permissions")

    book.sessions = broken  # type: ignore[method-assign]
    app = StretchApp(world(logbook=book), environ={})
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause()
        await pilot.press("p")
        await until(pilot, says(pilot, "check its permissions"))


async def test_names_in_the_log_are_never_markup():
    hostile = "[@click=app.quit]x[/] [/\x1b[2J"
    book = MemoryLogbook([rich_session("s", TODAY, title=hostile, note=hostile, routine=hostile)])
    async with progress(world(logbook=book)) as pilot:
        assert "[@click=app.quit" in screen_text(pilot.app)
        await pilot.press("enter")
        await until(pilot, says(pilot, "play it again"))
        assert "[@click=app.quit]x[/] [/" in screen_text(pilot.app)
        assert "\x1b" not in screen_text(pilot.app)
