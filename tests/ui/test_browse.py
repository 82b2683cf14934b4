"""The first screen, as a person sees and drives it."""

from __future__ import annotations

from stretch_tui.ui.app import StretchApp


async def test_the_first_day_stands_on_desk_reset(services, grid):
    app = StretchApp(services)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        print(grid(app))
        assert "› " in grid(app)
        assert [line for line in grid(app).splitlines() if "Desk reset" in line and "›" in line]
