"""How often the player draws: at what changes, and a costly figure less often than a cheap one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stretch_tui.figure import Frame
from stretch_tui.ui.widgets.figure_pane import changed_cells
from stretch_tui.ui.widgets.frame_rate import LEAST_FPS, frames_a_second

CELLS = st.integers(0, 5000)
MOST = st.sampled_from([4, 8])


@given(CELLS, CELLS, MOST, st.booleans())
def test_more_change_never_means_more_frames(one, other, most, far):
    few, many = sorted((one, other))
    slow, fast = frames_a_second(many, most, far=far), frames_a_second(few, most, far=far)
    assert LEAST_FPS <= slow <= fast <= most


def test_a_small_figure_moves_at_full_speed_and_a_large_one_slower():
    assert frames_a_second(60, 8) == 8
    assert LEAST_FPS < frames_a_second(200, 8) < 5
    assert frames_a_second(200, 4, far=True) < frames_a_second(200, 4)


@pytest.mark.parametrize("most", [0, 2])
def test_fewer_frames_than_the_least_stay_fewer(most):
    assert frames_a_second(10, most) == most


def frame(*rows: str, paint: str = "b", tone: str = " ") -> Frame:
    width = len(rows[0])
    return Frame(rows, (paint * width,) * len(rows), (tone * width,) * len(rows))


def test_a_cell_changes_by_its_character_its_paint_or_its_tint():
    before = frame("ab", "cd")
    assert changed_cells(before, before) == 0
    assert changed_cells(before, frame("ab", "xd")) == 1
    assert changed_cells(before, frame("ab", "cd", paint="s")) == 4
    assert changed_cells(before, frame("ab", "cd", tone="l")) == 4
