"""A session from beginning to end as a person sees it, at three sizes."""

from __future__ import annotations

import pytest
from player_world import player_services, playing

SIZES = [(80, 24), (120, 40), (40, 12)]


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_every_state_at_this_size(size, snapshot):
    seen: list[str] = []
    async with playing(size=size) as stage:

        def look(state: str) -> None:
            rows = stage.text.splitlines()
            assert len(rows) <= size[1]
            assert all(len(row) <= size[0] for row in rows)
            seen.append(f"---- {state}\n" + "\n".join(rows))

        await stage.wait(2)
        look("getting ready for the left side")
        await stage.wait(10)
        look("holding the left side")
        await stage.press("space")
        look("paused")
        await stage.press("i")
        look("reading while paused")
        await stage.press("i", "space", "i")
        look("reading")
        await stage.press("i")
        await stage.wait(27)
        look("switching sides")
        await stage.wait(39)
        look("resting before the next stretch")
        await stage.wait(12)
        look("holding for breaths")
        await stage.press("q")
        look("asked whether to end")
        await stage.press("n", "N")
        look("asked what skipping means")
        await stage.press("n")
        await stage.wait(10)
        look("flowing")
        await stage.wait(100)
        look("done")
        await stage.press("3")
        look("done, and how it feels")
    assert "\n".join(seen) == snapshot


@pytest.mark.parametrize("size", [(80, 24), (40, 12)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_words_that_are_new_at_this_size(size, snapshot):
    async with playing(player_services(seen=False), size=size) as stage:
        assert stage.text == snapshot


@pytest.mark.parametrize("size", [(80, 24), (40, 12)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_it_hurts_at_this_size(size, snapshot):
    async with playing(size=size) as stage:
        await stage.wait(15)
        await stage.press("x")
        assert stage.text == snapshot


@pytest.mark.parametrize("size", [(20, 5), (36, 9), (60, 30), (200, 60)])
async def test_other_sizes_show_the_hold(size, snapshot):
    async with playing(size=size) as stage:
        await stage.wait(15)
        assert stage.text == snapshot
