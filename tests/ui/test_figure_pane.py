"""The figure's silhouette: tinted where a terminal has the colors, filled with dots where not."""

import pytest
from rich.color import Color, ColorSystem
from textual.app import App, ComposeResult
from textual.theme import Theme

from stretch_tui.figure import Frame
from stretch_tui.ui.marks import UNICODE
from stretch_tui.ui.theme import (
    DARK,
    DARK_256,
    LIGHT,
    LIGHT_256,
    NO_TINTS,
    SIXTEEN,
    THEMES,
    fitting,
    variables_of,
)
from stretch_tui.ui.widgets.figure_pane import FigurePane

FRAME = Frame(("/::\\", " %o "), ("bffb", " sh "), ("bbll", "ff a"))


class Drawing:
    """A diagram of one frame, in any pane."""

    def diagram(self, *_args: object, **_options: object) -> "Drawing":
        return self

    def key(self, _index: int) -> Frame:
        return FRAME


class Easel(App[None]):
    """A pane on a screen of its own, in one theme."""

    def __init__(self, theme: str) -> None:
        super().__init__()
        for one in THEMES:
            self.register_theme(one)
        self.theme = theme

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return variables_of(self.current_theme)

    def compose(self) -> ComposeResult:
        yield FigurePane(Drawing(), UNICODE, lambda: 0.0)


async def drawn(theme: str) -> tuple[list[str], set[str]]:
    """The lines of the pane, and the backgrounds of its non-empty lines."""
    app = Easel(theme)
    async with app.run_test(size=(20, 10)) as pilot:
        pane = app.query_one(FigurePane)
        pane.show(("any/pose",))
        await pilot.pause()
        strips = [pane.render_line(y) for y in range(2)]
        backs = {
            segment.style.bgcolor.name
            for strip in strips
            for segment in strip
            if segment.style and segment.style.bgcolor
        }
        return [strip.text.rstrip() for strip in strips], backs


async def test_a_tint_takes_the_place_of_the_dots() -> None:
    lines, backs = await drawn(DARK.name)
    assert lines == ["/  \\", " %o"]
    wanted = variables_of(DARK)
    depths = ("figure-back", "figure-back-leg", "figure-back-far", "figure-back-stretched")
    assert len({wanted[name] for name in depths}) == 4
    assert {wanted[name].lower() for name in depths} <= backs


@pytest.mark.parametrize(
    ("theme", "line"), [(SIXTEEN.name, "/::\\"), ("ansi-dark", "/  \\"), ("ansi-light", "/  \\")]
)
async def test_without_shades_the_body_is_filled_with_dots_where_they_can_be_dim(
    theme: str, line: str
) -> None:
    lines, backs = await drawn(theme)
    assert lines == [line, " %o"]
    assert len(backs) <= 1


@pytest.mark.parametrize("theme", ["nord", "solarized-light", "textual-dark", "textual-light"])
async def test_every_theme_has_its_own_shades(theme: str) -> None:
    _, backs = await drawn(theme)
    assert len(backs) >= 3


@pytest.mark.parametrize("theme", [DARK_256, LIGHT_256])
def test_in_256_colors_every_tint_is_a_color_of_its_own(theme: Theme) -> None:
    shown = {
        Color.parse(theme.variables.get(name) or variables_of(theme)[name]).downgrade(
            ColorSystem.EIGHT_BIT
        )
        for name in NO_TINTS
    }
    assert len(shown) == len(NO_TINTS)


@pytest.mark.parametrize("theme", [DARK_256, LIGHT_256])
def test_in_256_colors_the_nearest_match_is_a_near_one_and_slate_is_gray(theme: Theme) -> None:
    named = {name: getattr(theme, name) for name in ("accent", "foreground", "background")}
    named |= {name: getattr(theme, name) for name in ("primary", "surface", "panel", "error")}
    for name, value in (named | theme.variables).items():
        wanted = Color.parse(value).get_truecolor()
        shown = Color.parse(value).downgrade(ColorSystem.EIGHT_BIT).get_truecolor()
        assert max(abs(a - b) for a, b in zip(wanted, shown, strict=True)) <= 18, name
        if name in ("quiet", "faint", "strong", "cursor-back", "resting-back", "foreground"):
            assert len(set(shown)) == 1, f"{name} has a tint"


def test_a_theme_is_taken_in_the_colors_that_there_are() -> None:
    assert fitting(DARK.name, "truecolor") == DARK.name
    assert fitting(DARK.name, "256") == DARK_256.name
    assert fitting(LIGHT.name, "256") == LIGHT_256.name
    assert fitting(DARK.name, "standard") == SIXTEEN.name
    assert fitting("nord", "256") == "nord"
    assert fitting(DARK.name, None) == DARK.name


class Reel(Drawing):
    """A diagram that writes down what is asked of it."""

    def __init__(self) -> None:
        self.asked: list[int | tuple[int, int]] = []

    def key(self, index: int) -> Frame:
        self.asked.append(index)
        return FRAME

    def between(self, a: int, b: int, _t: float) -> Frame:
        self.asked.append((a, b))
        return FRAME


@pytest.mark.parametrize("first", [0, 1, 2])
async def test_a_cycle_goes_through_every_pose_and_ends_where_it_began(first):
    reel, now = Reel(), [0.0]
    app = Easel(DARK.name)
    async with app.run_test(size=(20, 10)) as pilot:
        pane = app.query_one(FigurePane)
        pane._figures, pane._clock = reel, lambda: now[0]
        pane.show(("a/one", "a/two", "a/three"), at=first)
        await pilot.pause()
        pane.cycle(1)
        reel.asked.clear()
        for _ in range(60):
            now[0] += 0.2
            pane._tick()
        assert not pane.moving
        ways = list(dict.fromkeys(way for way in reel.asked if isinstance(way, tuple)))
        assert ways == [((first + n) % 3, (first + n + 1) % 3) for n in range(3)]
        assert reel.asked[-1] == first
