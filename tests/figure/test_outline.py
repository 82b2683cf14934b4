"""Outlines are calm: a straight line becomes a run of characters that suit its slope."""

import re

import pytest

from stretch_tui.figure.outline import outlines, settle, stroke
from stretch_tui.figure.raster import Grid

GRID = Grid(12, 6)


def line(x0: float, y0: float, x1: float, y1: float) -> list[str]:
    """The characters of a one-pixel line."""
    rows = [0] * GRID.height
    steps = int(max(abs(x1 - x0), abs(y1 - y0)))
    for k in range(steps + 1):
        x, y = int(x0 + (x1 - x0) * k / steps), int(y0 + (y1 - y0) * k / steps)
        rows[y] |= 1 << (GRID.stride - 1 - x)
    drawn = outlines(GRID, GRID.filled(0, rows))
    settle(drawn)
    return ["".join(row).rstrip() for row in drawn]


@pytest.mark.parametrize("height", range(8, 40))
def test_a_level_line_is_one_unbroken_run(height: int) -> None:
    drawn = [row for row in line(0, height, 47, height) if row]
    assert drawn in (["-" * 12], ["_" * 12])


@pytest.mark.parametrize("column", range(4, 44))
def test_an_upright_line_is_one_unbroken_column(column: int) -> None:
    rows = line(column, 0, column, 47)
    assert [row.strip() for row in rows] == ["|"] * 6


@pytest.mark.parametrize(("rise", "allowed"), [(0.12, "_-"), (0.5, "_.-'"), (0.9, "_/.'")])
def test_a_slope_uses_few_characters_and_leaves_no_gap(rise: float, allowed: str) -> None:
    rows = line(0, 44, 47, 44 - 47 * rise)
    used = set("".join(rows)) - {" "}
    assert used <= set(allowed)
    columns = {k for row in rows for k, char in enumerate(row) if char != " "}
    assert columns == set(range(12))


def test_steep_lines_lean_the_way_they_go() -> None:
    assert set("".join(line(10, 0, 34, 47))) - {" "} <= set("\\.'")
    assert set("".join(line(34, 0, 10, 47))) - {" "} <= set("/.'")


def test_a_single_pixel_is_no_speck() -> None:
    assert stroke("00010000" + "0" * 8) == " "


def test_only_seven_bit_characters_come_out() -> None:
    for pattern in range(0, 1 << 16, 37):
        char = stroke(f"{pattern * 65537:08x}" + "0" * 8)
        assert re.fullmatch(r"[ -~]", char)
