"""Bit-row rasterizing agrees with the plain geometry, pixel by pixel."""

from math import hypot

from hypothesis import example, given, settings
from hypothesis import strategies as st

from stretch_tui.figure.camera import Camera
from stretch_tui.figure.head import cap
from stretch_tui.figure.raster import Grid, Plane
from stretch_tui.figure.spans import Disc
from stretch_tui.figure.vectors import Vec, unit

COLUMNS, LINES = 10, 5
GRID = Grid(COLUMNS, LINES)
PIXELS = [(x, y) for y in range(GRID.height) for x in range(GRID.width)]


def bit_of(x: int, y: int) -> int:
    """Which bit of a plane a pixel is."""
    return (GRID.height - 1 - y) * GRID.stride + GRID.stride - 1 - x


place = st.floats(-12, 52)
disc = st.tuples(place, place, st.floats(0.7, 12))
planes = st.sets(st.sampled_from(PIXELS)).map(
    lambda found: sum(1 << bit_of(x, y) for x, y in found)
)


def pixels(plane: Plane) -> set[tuple[int, int]]:
    assert plane == plane & GRID.whole  # nothing between the rows or beyond them
    return {(x, y) for x, y in PIXELS if plane >> bit_of(x, y) & 1}


def inside(x: float, y: float, a: Disc, b: Disc) -> float:
    """How deep a point lies in the hull of two discs (below zero: outside)."""
    return max(
        a[2] + (b[2] - a[2]) * k / 60
        - hypot(x - a[0] - (b[0] - a[0]) * k / 60, y - a[1] - (b[1] - a[1]) * k / 60)
        for k in range(61)
    )  # fmt: skip


@settings(max_examples=60, deadline=None)
@example((0.0, 0.0, 3.0), (6.0, 0.75, 0.78125))
@given(disc, disc)
def test_a_capsule_covers_what_lies_inside_it_and_nothing_else(a: Disc, b: Disc) -> None:
    covered = pixels(GRID.shape([(a, b)]))
    for x, y in PIXELS:
        depth = inside(x + 0.5, y + 0.5, a, b)
        if depth > 0.5:
            assert (x, y) in covered
        elif depth < -0.5:
            assert (x, y) not in covered


@settings(max_examples=60, deadline=None)
@given(planes)
def test_eroding_takes_one_pixel_off_every_side_but_the_border(plane: Plane) -> None:
    before = pixels(plane)
    beyond = {(x, y) for x in (-1, GRID.width) for y in range(GRID.height)}
    beyond |= {(x, y) for y in (-1, GRID.height) for x in range(GRID.width)}
    whole = before | beyond
    expected = {
        (x, y) for x, y in before if {(x - 1, y), (x + 1, y), (x, y - 1), (x, y + 1)} <= whole
    }
    assert pixels(GRID.eroded(plane)) == expected


@settings(max_examples=60, deadline=None)
@given(planes, st.integers(1, 3))
def test_growing_covers_at_least_the_diamond_and_at_most_the_square(plane: Plane, by: int) -> None:
    before, grown = pixels(plane), pixels(GRID.grown(plane, by))
    assert before <= grown
    for x, y in grown:
        assert any(
            (x + dx, y + dy) in before for dx in range(-by, by + 1) for dy in range(-by, by + 1)
        )
    for x, y in before:
        for dx, dy in ((by, 0), (-by, 0), (0, by), (0, -by)):
            if 0 <= x + dx < GRID.width and 0 <= y + dy < GRID.height:
                assert (x + dx, y + dy) in grown


@settings(max_examples=60, deadline=None)
@given(planes)
def test_the_cells_of_a_plane_are_whole_and_all_that_it_touches(plane: Plane) -> None:
    touched = {(x // 4, y // 8) for x, y in pixels(plane)}
    expected = {(x, y) for x, y in PIXELS if (x // 4, y // 8) in touched}
    assert pixels(GRID.cells_of(plane)) == expected


@settings(max_examples=60, deadline=None)
@given(planes)
def test_digits_and_counts_tell_the_same_pixels(plane: Plane) -> None:
    covered, digits = pixels(plane), GRID.digits(plane)
    for y, row in enumerate(digits):
        assert len(row) == COLUMNS
        found = {x for x in range(GRID.width) if int(row[x // 4], 16) >> (3 - x % 4) & 1}
        assert found == {x for x, line in covered if line == y}
    for line in range(LINES):
        for column in range(COLUMNS):
            mine = [(x, y) for x, y in covered if (x // 4, y // 8) == (column, line)]
            assert GRID.pixels(plane, column, line) == len(mine)


@settings(max_examples=60, deadline=None)
@given(planes)
def test_the_majority_is_what_two_of_three_rows_have(plane: Plane) -> None:
    covered = pixels(plane)
    for line, row in enumerate(GRID.majority(plane)):
        for x in range(GRID.width):
            votes = sum((x, line * 8 + k) in covered for k in (1, 4, 6))
            assert (int(row[x // 4], 16) >> (3 - x % 4) & 1) == (votes >= 2)


@settings(max_examples=60, deadline=None)
@given(planes)
def test_beside_a_cell_are_the_pixels_of_its_neighbors(plane: Plane) -> None:
    covered = pixels(plane)
    for y, row in enumerate(GRID.digits(GRID.beside(plane))):
        for column, digit in enumerate(row):
            left, right = (column * 4 - 1, y) in covered, (column * 4 + 4, y) in covered
            assert int(digit, 16) == 2 * left + right


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(place, place), min_size=3, max_size=3))
def test_a_triangle_covers_its_inside(corners: list[tuple[float, float]]) -> None:
    covered = pixels(GRID.polygon(corners))
    (ax, ay), (bx, by), (cx, cy) = corners
    area = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)
    if abs(area) < 40:
        return
    edges = list(zip(corners, corners[1:] + corners[:1], strict=True))
    for px, py in PIXELS:
        away = [
            ((qx - x) * (py + 0.5 - y) - (qy - y) * (px + 0.5 - x))
            / max(1e-9, hypot(qx - x, qy - y))
            * (1 if area > 0 else -1)
            for (x, y), (qx, qy) in edges
        ]
        if min(away) > 1.0:
            assert (px, py) in covered
        elif min(away) < -1.0:
            assert (px, py) not in covered


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
