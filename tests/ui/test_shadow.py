"""The shadow never changes what is seen: a terminal fed with less shows the same."""

from __future__ import annotations

from itertools import pairwise

import pyte
import textual
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.app import App
from textual.geometry import Region
from textual.strip import Strip

from stretch_tui.ui.terminal.pen import Pen
from stretch_tui.ui.terminal.shadow import Shadow, cells_of, understood

WIDTH, HEIGHT = 24, 4
CONSOLE = Console(color_system="256", force_terminal=True)
STYLES = [
    Style(color="color(215)", bgcolor="color(233)"),
    Style(color="color(103)", bgcolor="color(233)"),
    Style(color="color(103)", bgcolor="color(237)", bold=True),
    Style(color="color(15)", bgcolor="color(233)", underline=True),
    Style(color="color(15)", bgcolor="color(233)", reverse=True),
    Style(),
    None,
]
TEXTS = st.text("ab %|:é★漢字 ", min_size=1, max_size=9)
ROWS = st.lists(st.tuples(TEXTS, st.sampled_from(STYLES)), min_size=1, max_size=6)
FRAMES = st.lists(st.lists(ROWS, min_size=HEIGHT, max_size=HEIGHT), min_size=1, max_size=5)


def strip_of(row) -> Strip:
    blank = Style(bgcolor="color(233)")
    whole = Strip([Segment(text, style) for text, style in row])
    return whole.adjust_cell_length(WIDTH, blank)


class Eye:
    """A terminal that shows what it was sent."""

    def __init__(self) -> None:
        self.screen = pyte.Screen(WIDTH, HEIGHT)
        self.screen.reset_mode(pyte.modes.DECAWM)
        self.stream = pyte.Stream(self.screen)

    def see(self, data: str) -> list:
        self.stream.feed(data.replace("\n", "\r\n"))
        return [[self._cell(x, y) for x in range(WIDTH)] for y in range(HEIGHT)]

    def _cell(self, x: int, y: int) -> tuple:
        """A cell as it looks; of a blank only what shows."""
        one = self.screen.buffer[y][x]
        look = (one.data, one.bg, one.underscore, one.reverse)
        return look if one.data == " " and not one.reverse else (*look, one.fg, one.bold)


def layout(strips) -> LayoutUpdate:
    return LayoutUpdate([[strip] for strip in strips], Region(0, 0, WIDTH, HEIGHT))


@settings(max_examples=200, deadline=None)
@given(FRAMES)
def test_whole_frames_look_the_same(frames):
    plain, thin, shadow = Eye(), Eye(), Shadow()
    for frame in frames:
        strips = [strip_of(row) for row in frame]
        wanted = plain.see(layout(strips).render_segments(CONSOLE))
        update = shadow.wrap(layout(strips), (WIDTH, HEIGHT))
        assert thin.see(update.render_segments(CONSOLE)) == wanted
    assert shadow.active


@settings(max_examples=200, deadline=None)
@given(FRAMES, st.lists(st.integers(0, WIDTH), min_size=2, max_size=2, unique=True))
def test_parts_of_frames_look_the_same(frames, cut):
    x1, x2 = sorted(cut)
    plain, thin, shadow = Eye(), Eye(), Shadow()
    first = [strip_of(row) for row in frames[0]]
    plain.see(layout(first).render_segments(CONSOLE))
    thin.see(shadow.wrap(layout(first), (WIDTH, HEIGHT)).render_segments(CONSOLE))
    for frame in frames[1:]:
        strips = [
            strip_of([(t.replace("漢", "k").replace("字", "z"), s) for t, s in r]) for r in frame
        ]
        cuts = sorted({0, x1, x2, WIDTH})
        chops = [
            {start: strip.crop(start, end) for start, end in pairwise(cuts)} for strip in strips
        ]
        spans = [(y, x1, x2) for y in range(HEIGHT)]
        update = ChopsUpdate(chops, spans, [cuts[1:] for _ in range(HEIGHT)])
        wanted = plain.see(update.render_segments(CONSOLE))
        sent = shadow.wrap(update, (WIDTH, HEIGHT)).render_segments(CONSOLE)
        assert thin.see(sent) == wanted


def written_before(strips) -> tuple[str, list]:
    """Strips as they may be on the terminal before there is an app, and as they are kept."""
    pen, system = Pen(WIDTH), CONSOLE._color_system
    rows = [cells_of(strip, system) for strip in strips]
    pieces = [one for y, row in enumerate(rows) for one in pen.pieces(0, y, row)]
    frame = [(one.y, one.x, one.codes, one.text) for one in pieces]
    return layout(strips).render_segments(CONSOLE), frame


@settings(max_examples=200, deadline=None)
@given(FRAMES)
def test_what_was_there_before_the_app_makes_no_difference(frames):
    plain, thin, shadow = Eye(), Eye(), Shadow()
    data, kept = written_before([strip_of(row) for row in frames[0]])
    thin.see(data)
    shadow.seed((WIDTH, HEIGHT), kept)
    for frame in frames[::-1]:
        strips = [strip_of(row) for row in frame]
        wanted = plain.see(layout(strips).render_segments(CONSOLE))
        sent = shadow.wrap(layout(strips), (WIDTH, HEIGHT)).render_segments(CONSOLE)
        assert thin.see(sent) == wanted


@settings(max_examples=100, deadline=None)
@given(FRAMES)
def test_what_was_there_before_the_app_is_not_sent_again(frames):
    shadow, strips = Shadow(), [strip_of(row) for row in frames[0]]
    shadow.seed((WIDTH, HEIGHT), written_before(strips)[1])
    assert shadow.wrap(layout(strips), (WIDTH, HEIGHT)).render_segments(CONSOLE) == ""


def test_what_is_shown_already_is_not_sent_again():
    shadow, strips = Shadow(), [strip_of([("hello", STYLES[0])])] * HEIGHT
    size = (WIDTH, HEIGHT)
    assert shadow.wrap(layout(strips), size).render_segments(CONSOLE)
    assert shadow.wrap(layout(strips), size).render_segments(CONSOLE) == ""
    shadow.forget()
    assert shadow.wrap(layout(strips), size).render_segments(CONSOLE)


def test_a_row_in_two_colors_is_sent_color_by_color():
    row = [("%", STYLES[0]), ("|", STYLES[1])] * 6
    strips = [strip_of(row)] * HEIGHT
    stock = layout(strips).render_segments(CONSOLE)
    sent = Shadow().wrap(layout(strips), (WIDTH, HEIGHT)).render_segments(CONSOLE)
    assert len(sent) < 0.4 * len(stock)


def test_a_whole_frame_in_two_colors_says_each_color_once():
    row = [("%", STYLES[0]), ("|", STYLES[1])] * 6
    strips = [strip_of(row)] * HEIGHT
    sent = Shadow().wrap(layout(strips), (WIDTH, HEIGHT)).render_segments(CONSOLE)
    assert sent.count("38;5;215") == sent.count("38;5;103") == 1


def test_a_frame_for_another_size_passes_untouched_and_nothing_is_believed():
    shadow, strips = Shadow(), [strip_of([("hello", STYLES[0])])] * HEIGHT
    shadow.wrap(layout(strips), (WIDTH, HEIGHT)).render_segments(CONSOLE)
    narrow = shadow.wrap(layout(strips), (WIDTH - 4, HEIGHT)).render_segments(CONSOLE)
    assert narrow == layout(strips).render_segments(CONSOLE)
    assert shadow.wrap(layout(strips), (WIDTH, HEIGHT)).render_segments(CONSOLE)


def test_it_steps_aside_when_the_compositor_is_another():
    shadow = Shadow()
    odd = layout([strip_of([("hello", STYLES[0])])] * HEIGHT)
    odd.strips = [[object()]]
    odd.render_segments = lambda console: "as it is"
    assert shadow.wrap(odd, (WIDTH, HEIGHT)).render_segments(CONSOLE) == "as it is"
    assert not shadow.active


def test_this_is_the_textual_it_was_written_against():
    """On a new Textual: read `_compositor.py` again, then move this version."""
    assert textual.__version__ == "8.2.8"
    assert understood()
    names = App._display.__code__.co_varnames[: App._display.__code__.co_argcount]
    assert names == ("self", "screen", "renderable")
