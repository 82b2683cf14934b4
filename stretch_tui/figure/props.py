"""Props: floor, walls, doorways, chairs, rollers, towels and pillows as thin strokes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, cast

from stretch_tui.figure.vectors import Vec, add, lerp

THIN = 0.0
BOARD, SEAT = 1.6, 2.2
"""Half the width of slats and cloth, and of a seat, in body units."""
PLACES = ("a", "b")
"""Keys that take a point or the name of a part of the body; the others take a number."""

PROP_KINDS: dict[str, tuple[str, ...]] = {
    "line": ("a", "b"),
    "post": ("x", "z", "y"),
    "lintel": ("x", "z", "y"),
    "door": ("x", "half", "y"),
    "wall": ("x", "y", "half"),
    "corner": ("x", "y", "reach"),
    "chair": ("x0", "x1", "y", "back", "half", "z"),
    "roller": ("x", "y", "z", "r", "half"),
    "roller_long": ("x0", "x1", "r", "y", "z"),
    "pillow": ("x", "y", "z", "length", "r"),
    "towel": ("a", "b", "sag", "ends"),
    "mat": ("x0", "x1", "half"),
}


class Stroke(NamedTuple):
    """One stroke: a chain of points; `radius` 0 is a thin line, more an outlined solid."""

    points: tuple[Vec, ...]
    radius: float = THIN
    board: float = 0.0
    """Half the width of what a thin line stands for, as the slat of a chair."""
    plane: bool = False
    """Whether the chain goes round a surface behind everything: a wall, a mat."""


def strokes(props: Sequence[Mapping[str, object]], joints: Mapping[str, Vec]) -> Iterator[Stroke]:
    """Lay out every prop; a place may be a point or the name of a joint."""
    for prop in props:
        yield from _MAKERS[str(prop["kind"])](Prop(prop, joints))


class Prop(NamedTuple):
    """One prop's table and the joints that it may be fastened to."""

    table: Mapping[str, object]
    joints: Mapping[str, Vec]

    def number(self, key: str, default: float) -> float:
        """Return a number of the table."""
        return float(cast("float", self.table.get(key, default)))

    def place(self, key: str, default: str = "pelvis") -> Vec:
        """Return a point: written out, or where the named joint is."""
        value = self.table.get(key, default)
        if isinstance(value, str):
            return self.joints[value]
        x, y, z = cast("Sequence[float]", value)
        return (float(x), float(y), float(z))


def _line(prop: Prop) -> Iterator[Stroke]:
    yield Stroke((prop.place("a"), prop.place("b")))


def _post(prop: Prop) -> Iterator[Stroke]:
    x, y, z = prop.number("x", 0), prop.number("y", 104), prop.number("z", 0)
    yield Stroke(((x, 0, z), (x, y, z)))


def _lintel(prop: Prop) -> Iterator[Stroke]:
    x, y, z = prop.number("x", 0), prop.number("y", 104), prop.number("z", 30)
    yield Stroke(((x, y, -z), (x, y, z)))


def _door(prop: Prop) -> Iterator[Stroke]:
    """A door frame: two jambs and a straight lintel that reaches a little past them."""
    x, y, half = prop.number("x", 0), prop.number("y", 108), prop.number("half", 30)
    for z in (half, -half):
        yield Stroke(((x, 0, z), (x, y, z)), board=BOARD)
    yield Stroke(((x, y, -half - 4), (x, y, half + 4)), board=BOARD)


def _wall(prop: Prop) -> Iterator[Stroke]:
    x, y, half = prop.number("x", 30), prop.number("y", 100), prop.number("half", 30)
    around = ((x, 0, -half), (x, y, -half), (x, y, half), (x, 0, half), (x, 0, -half))
    yield Stroke(around, plane=True)


def _corner(prop: Prop) -> Iterator[Stroke]:
    """Two walls that meet in front of the body, each a plane with a top and a foot."""
    x, y, reach = prop.number("x", 34), prop.number("y", 108), prop.number("reach", 40)
    for z in (reach, -reach):
        wall = ((x, y, 0), (x - reach, y, z), (x - reach, 0, z), (x, 0, 0), (x, y, 0))
        yield Stroke(wall, plane=True)


def _chair(prop: Prop) -> Iterator[Stroke]:
    x0, x1, y = prop.number("x0", -12), prop.number("x1", 14), prop.number("y", 18)
    back, half, z = prop.number("back", 50), prop.number("half", 11), prop.number("z", 0)
    far, near = z - half, z + half
    seat = ((x0, y, far), (x1, y, far), (x1, y, near), (x0, y, near), (x0, y, far))
    yield Stroke(seat, board=SEAT)
    for side in (far, near):
        yield Stroke(((x1, y, side), (x1, 0, side)), board=BOARD)
        yield Stroke(((x0, 0, side), (x0, back, side)), board=BOARD)
    yield Stroke(((x0, back, far), (x0, back, near)), board=SEAT)


def _roller(prop: Prop) -> Iterator[Stroke]:
    r = prop.number("r", 5)
    x, y, z, half = (
        prop.number("x", 0),
        prop.number("y", r),
        prop.number("z", 0),
        prop.number("half", 14),
    )
    yield Stroke(((x, y, z - half), (x, y, z + half)), r)


def _roller_long(prop: Prop) -> Iterator[Stroke]:
    r = prop.number("r", 5)
    y, z = prop.number("y", r), prop.number("z", 0)
    yield Stroke(((prop.number("x0", -10), y, z), (prop.number("x1", 40), y, z)), r)


def _pillow(prop: Prop) -> Iterator[Stroke]:
    r, size = prop.number("r", 3), prop.number("length", 12)
    x, y, z = prop.number("x", 0), prop.number("y", r), prop.number("z", 0)
    yield Stroke(((x - size / 2, y, z), (x + size / 2, y, z)), r)


def _towel(prop: Prop) -> Iterator[Stroke]:
    """A towel between two places; `sag` lowers its middle, and its ends hang from the hands."""
    a, b = prop.place("a", "hand_r"), prop.place("b", "hand_l")
    sag = prop.number("sag", 3)
    steps = 8
    middle = tuple(
        add(lerp(a, b, k / steps), (0.0, -sag * 4 * (k / steps) * (1 - k / steps), 0.0))
        for k in range(steps + 1)
    )
    end = (0.0, -prop.number("ends", 0), 0.0)
    yield Stroke((add(a, end), *middle, add(b, end)), board=BOARD)


def _mat(prop: Prop) -> Iterator[Stroke]:
    x0, x1, half = prop.number("x0", -50), prop.number("x1", 60), prop.number("half", 24)
    around = ((x0, 0, half), (x1, 0, half), (x1, 0, -half), (x0, 0, -half), (x0, 0, half))
    yield Stroke(around, plane=True)


_MAKERS = {
    "line": _line,
    "post": _post,
    "lintel": _lintel,
    "door": _door,
    "wall": _wall,
    "corner": _corner,
    "chair": _chair,
    "roller": _roller,
    "roller_long": _roller_long,
    "pillow": _pillow,
    "towel": _towel,
    "mat": _mat,
}
