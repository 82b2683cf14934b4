"""Bit-row rasterizing agrees with the plain geometry, pixel by pixel."""

from math import hypot

from hypothesis import given, settings
from hypothesis import strategies as st

from stretch_tui.figure.camera import Camera
from stretch_tui.figure.head import cap
from stretch_tui.figure.raster import Disc, Grid, Shape, clear, cut, put
from stretch_tui.figure.vectors import Vec, unit

COLUMNS, LINES = 10, 5
GRID = Grid(COLUMNS, LINES)
PIXELS = [(x, y) for y in range(GRID.height) for x in range(GRID.width)]

place = st.floats(-12, 52)
disc = st.tuples(place, place, st.floats(0.7, 12))
rows = st.lists(st.integers(0, GRID.full), min_size=GRID.height, max_size=GRID.height)


def pixels(shape: Shape) -> set[tuple[int, int]]:
    return {
        (x, shape.top + y)
        for y, bits in enumerate(shape.rows)
        for x in range(GRID.width)
        if bits >> (GRID.width - 1 - x) & 1
    }


def inside(x: float, y: float, a: Disc, b: Disc) -> float:
    """How deep a point lies in the hull of two discs (below zero: outside)."""
    return max(
        a[2] + (b[2] - a[2]) * k / 60
        - hypot(x - a[0] - (b[0] - a[0]) * k / 60, y - a[1] - (b[1] - a[1]) * k / 60)
        for k in range(61)
    )  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(disc, disc)
def test_a_capsule_covers_what_lies_inside_it_and_nothing_else(a: Disc, b: Disc) -> None:
    covered = pixels(GRID.shape([(a, b)]))
    for x, y in PIXELS:
        depth = inside(x + 0.5, y + 0.5, a, b)
        if depth > 0.5:
            assert (x, y) in covered
        elif depth < -0.5:
            assert (x, y) not in covered


@given(rows)
def test_eroding_takes_one_pixel_off_every_side_but_the_border(bits: list[int]) -> None:
    shape = Shape(0, bits)
    before = pixels(shape)
    beyond = {(x, y) for x in (-1, GRID.width) for y in range(GRID.height)}
    beyond |= {(x, y) for y in (-1, GRID.height) for x in range(GRID.width)}
    whole = before | beyond
    expected = {
        (x, y) for x, y in before if {(x - 1, y), (x + 1, y), (x, y - 1), (x, y + 1)} <= whole
    }
    assert pixels(GRID.eroded(shape)) == expected


@given(rows, st.integers(1, 3))
def test_growing_covers_at_least_the_diamond_and_at_most_the_square(
    bits: list[int], by: int
) -> None:
    shape = Shape(0, bits)
    before, grown = pixels(shape), pixels(GRID.grown(shape, by))
    assert before <= grown
    for x, y in grown:
        assert any(
            (x + dx, y + dy) in before for dx in range(-by, by + 1) for dy in range(-by, by + 1)
        )
    for x, y in before:
        for dx, dy in ((by, 0), (-by, 0), (0, by), (0, -by)):
            if 0 <= x + dx < GRID.width and 0 <= y + dy < GRID.height:
                assert (x + dx, y + dy) in grown


@given(rows, st.integers(0, 40), st.integers(0, 40))
def test_cutting_keeps_rows_and_pads_with_blank_ones(bits: list[int], top: int, end: int) -> None:
    top, end = min(top, end), max(top, end)
    shape = Shape(7, bits[:11])
    found = cut(shape, top, end)
    assert len(found) == end - top
    assert found == [bits[y - 7] if 7 <= y < 18 else 0 for y in range(top, end)]


@given(rows, rows)
def test_what_is_put_can_be_cleared(plane: list[int], bits: list[int]) -> None:
    shape = Shape(3, bits[:20])
    painted = list(plane)
    put(painted, shape)
    clear(painted, shape)
    expected = list(plane)
    clear(expected, shape)
    assert painted == expected


@settings(max_examples=40, deadline=None)
@given(
    st.tuples(st.floats(-1, 1), st.floats(-1, 1), st.floats(-1, 1)).filter(
        lambda v: hypot(*v) > 0.1
    ),
    st.floats(-0.9, 0.9),
)
def test_the_hair_is_where_the_ball_faces_the_pole(pole: Vec, edge: float) -> None:
    camera, radius, x, y = Camera.at(0, 0), 15.0, 20.0, 20.0
    pole = unit(pole)
    covered = pixels(cap(GRID, (x, y, radius), camera, pole, edge))
    for px, py in PIXELS:
        dx, dy = (px + 0.5 - x) / radius, (y - py - 0.5) / radius
        rest = 1 - dx * dx - dy * dy
        if rest < 0.15:
            continue
        facing = dx * pole[0] + dy * pole[1] + rest**0.5 * pole[2] - edge
        if abs(facing) > 0.2:
            assert ((px, py) in covered) == (facing > 0)
