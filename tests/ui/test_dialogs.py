"""Dialogs on small terminals: the keys always in sight, every word within reach."""

from __future__ import annotations

import pytest
from ui_world import MemoryLogbook, screen_text, world

from stretch_tui.core.red_flags import RED_FLAGS, RED_FLAGS_TAIL
from stretch_tui.ui.app import StretchApp
from stretch_tui.ui.dialogs.questions import Confirm, RedFlags

SIZES = [(80, 24), (60, 20), (40, 12), (30, 9)]
KEYS = ("none of these: go on", "not now")


def opened(dialog):
    log = MemoryLogbook()
    app = StretchApp(world(logbook=log), environ={"LANG": "C.UTF-8"})
    return app, dialog(app._marks)


def words(text: str) -> str:
    return " ".join(text.replace("│", " ").split())


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_every_red_flag_can_be_read_and_the_keys_stay_in_sight(size):
    app, dialog = opened(RedFlags)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        await app.push_screen(dialog)
        await pilot.pause()
        seen: dict[str, None] = {}
        for _ in range(40):
            text = screen_text(app)
            assert all(key in words(text) for key in KEYS), text
            seen |= dict.fromkeys(words(line) for line in text.splitlines())
            if "↓" not in text:
                break
            await pilot.press("down")
            await pilot.pause()
        assert "↓" not in screen_text(app), "it comes to an end"
        read = " ".join(seen)
        for flag in (*RED_FLAGS, RED_FLAGS_TAIL):
            for word in flag.split():
                assert word in read


async def test_more_is_said_only_where_there_is_more():
    app, dialog = opened(RedFlags)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await app.push_screen(dialog)
        await pilot.pause()
        assert "more" not in screen_text(app)
        await pilot.resize_terminal(40, 12)
        await pilot.pause()
        assert "↓ more" in screen_text(app)
        await pilot.press("pagedown", "j")
        await pilot.pause()
        assert "↑↓ more" in screen_text(app)
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert "Before the first time" in screen_text(app)


async def test_a_short_question_scrolls_nothing():
    app, dialog = opened(lambda signs: Confirm(signs, "Really?"))
    async with app.run_test(size=(40, 12)) as pilot:
        await pilot.pause()
        await app.push_screen(dialog)
        await pilot.press("down", "j")
        await pilot.pause()
        assert "Really?" in screen_text(app)
        assert app.screen is dialog
