"""What stands over a screen: the screen below is dimmed as Textual would dim it."""

from __future__ import annotations

import pytest
from rich.segment import Segment
from test_browse import ENVIRON
from textual.screen import ModalScreen
from ui_world import world

from stretch_tui.ui.app import StretchApp
from stretch_tui.ui.services import Services
from stretch_tui.ui.widgets.overlay import Overlay

Look = tuple[str, str, str]


def looks(app: StretchApp) -> list[Look]:
    """Every cell of the screen: character, color and background."""
    strips = app.screen._compositor.render_strips()
    return [
        (one, str(style and style.color), str(style and style.bgcolor))
        for strip in strips
        for text, style, _ in strip
        for one in text
    ]


async def shown(services: Services, theme: str, keys: tuple[str, ...]) -> list[Look]:
    app = StretchApp(services, environ=ENVIRON)
    app.theme = theme
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        for key in keys:
            await pilot.press(key)
            await pilot.pause()
        assert isinstance(app.screen, Overlay)
        return looks(app)


@pytest.mark.parametrize("theme", ["stretch", "stretch-light", "stretch-16", "ansi-dark"])
@pytest.mark.parametrize("keys", [("f1",), ("m", "f1")], ids=" ".join)
async def test_the_screen_below_is_dimmed_as_textual_does_it(
    theme: str, keys: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = await shown(world(), theme, keys)
    monkeypatch.setattr(Overlay, "render", ModalScreen.render)
    assert ours == await shown(world(), theme, keys)


async def test_help_has_its_words_when_it_comes_into_sight(monkeypatch: pytest.MonkeyPatch) -> None:
    frames: list[str] = []
    before = StretchApp._display

    def display(self: StretchApp, screen: object, renderable: object) -> None:
        strips = getattr(renderable, "strips", None)  # of a whole screen
        if strips and isinstance(self.screen, Overlay):
            cells = [one for row in strips for strip in row for one in strip]
            frames.append("".join(one.text for one in cells if isinstance(one, Segment)))
        before(self, screen, renderable)  # type: ignore[arg-type]

    app = StretchApp(world(), environ=ENVIRON)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        monkeypatch.setattr(StretchApp, "_display", display)
        await pilot.press("f1")
        await pilot.pause()
    framed = [frame for frame in frames if "╭" in frame]
    assert framed
    assert "ON THIS SCREEN" in framed[0]
