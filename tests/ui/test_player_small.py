"""A session on small terminals, paused, flipped: what must always be told, and readable."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from player_world import player_services, playing
from rich.cells import cell_len
from textual.color import Color

from stretch_tui.ui.marks import UNICODE
from stretch_tui.ui.theme import THEMES, variables_of
from stretch_tui.ui.widgets.figure_pane import FigurePane
from stretch_tui.ui.widgets.player_panel import DIMMED
from stretch_tui.ui.widgets.session_lines import fitted_line, name_line
from stretch_tui.ui.widgets.session_list import columns

LEGIBLE = 4.5
"""WCAG 2.1's contrast of words to their background."""


@pytest.mark.parametrize(
    "size", [(40, 12), (52, 16), (60, 20), (80, 20), (120, 12)], ids=lambda size: f"{size}"
)
async def test_figure_number_side_cue_what_comes_and_keys_are_all_there(size):
    async with playing(size=size) as stage:
        await stage.wait(15)
        figure = stage.screen.query_one(FigurePane)
        assert figure.drawing
        assert figure.size.width >= 20
        assert figure.size.height >= 8
        words = " ".join(stage.text.split())
        assert "hold" in words
        for told in (
            "pause",
            "n next",
            "x it hurts",
            "? help",
            "next: the right",
            "Lift the elbow",
        ):
            assert told in words, stage.text
        assert str(stage.screen.query_one("#number").text).strip() == "23"
        shown = f"{stage.screen.query_one('#word').text} {stage.screen.query_one('#side').text}"
        assert "HOLD" in shown
        assert "LEFT" in shown


@pytest.mark.parametrize("size", [(60, 20), (40, 12)], ids=lambda size: f"{size}")
async def test_a_small_session_at_this_size(size, snapshot):
    async with playing(size=size) as stage:
        await stage.wait(15)
        assert stage.text == snapshot


async def test_a_small_session_asks_how_sore_one_is():
    async with playing(size=(40, 12)) as stage:
        assert "Sore? 0 not at all, 9 very" in " ".join(
            stage.screen.query_one("#detail").text.split()
        )


WORDS = st.text("abc é…漢", min_size=1, max_size=40).map(str.strip).filter(bool)


@given(
    WORDS, st.tuples(WORDS, st.sampled_from(["", "facing you", "from behind"])), st.integers(1, 80)
)
def test_a_name_is_whole_or_ends_in_an_ellipsis_and_never_runs_over(name, more, width):
    line = name_line("get ready: ", name, more, width, UNICODE)
    text = "".join(words for words, _ in line)
    assert cell_len(text) <= width
    assert name in text or "…" in text


@given(WORDS, st.integers(8, 60))
def test_what_comes_next_is_whole_or_ends_in_an_ellipsis(words, width):
    text = "".join(
        part for part, _ in fitted_line((("next: ", "quiet"), (words, "")), width, UNICODE)
    )
    assert cell_len(text) <= width
    assert words in text or text.endswith("…")


def contrast(one: Color, other: Color) -> float:
    """The ratio of their luminances, as WCAG 2.1 defines it."""

    def light(color: Color) -> float:
        parts = (
            part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4
            for part in color.normalized
        )
        return sum(
            share * part for share, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True)
        )

    darker, lighter = sorted((light(one), light(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_what_a_pause_makes_quiet_can_still_be_read(theme):
    back = Color.parse(theme.background)
    quiet = Color.parse(variables_of(theme)["quiet"])
    assert contrast(back, quiet) >= LEGIBLE
    if "16" not in theme.name:  # where nothing is blended
        assert contrast(back, back.blend(Color.parse(theme.foreground), DIMMED)) >= LEGIBLE


async def test_a_pause_fades_no_words():
    async with playing() as stage:
        await stage.wait(15)
        await stage.press("space")
        for name in ("number", "side", "detail", "title", "place", "name", "cue", "next"):
            styles = stage.screen.query_one(f"#{name}").styles
            assert styles.text_opacity == styles.opacity == 1.0
        await stage.press("space")
        assert not stage.screen.query_one("#number").styles.inline.has_rule("color")


async def test_a_flipped_figure_says_so_as_long_as_it_is():
    async with playing() as stage:
        await stage.wait(10)
        assert "facing you" in stage.text
        assert "flipped" not in stage.text
        await stage.press("m")
        assert "facing you, flipped" in stage.text
        assert "Flipped: your right is drawn at the left" in stage.text
        await stage.press("m")
        assert "flipped" not in stage.text


async def test_where_one_was_left_is_said_there_and_nowhere_else():
    services = player_services()
    async with playing(services) as stage:
        await stage.wait(20)
    [left] = services.runs.resumable()
    async with playing(services, resume=left) as stage:
        assert "Here is where you left" in stage.text
        await stage.press("N", "a")
        assert "Here is where you left" not in stage.text
        assert "Rest as long as you like." in stage.text


ROWS = st.text("abc é…漢,", max_size=60).map(str.strip)


@given(ROWS, ROWS, st.integers(10, 180))
def test_a_row_of_the_history_is_whole_or_ends_in_an_ellipsis(title, rest, width):
    middle, right = columns(f" 3 min  {title}", rest, width, UNICODE)
    assert cell_len(middle + right) == width
    assert title in middle or middle.endswith("…")
    assert rest in right or right.endswith("…") or not right.strip()
