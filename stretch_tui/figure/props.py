"""Props: floor, walls, doorways, chairs, rollers, towels and pillows as thin strokes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from stretch_tui.figure.vectors import Vec, add, lerp

THIN = 0.0

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
    "towel": ("a", "b", "sag"),
    "mat": ("x0", "x1", "half"),
}


@dataclass(frozen=True, slots=True)
class Stroke:
    """One stroke: a chain of points; `radius` 0 is a thin line, more an outlined solid."""

    points: tuple[Vec, ...]
    radius: float = THIN


def strokes(props: Sequence[Mapping[str, object]], joints: Mapping[str, Vec]) -> Iterator[Stroke]:
    """Lay out every prop; a place may be a point or the name of a joint."""
    for prop in props:
        yield from _MAKERS[str(prop["kind"])](prop, joints)


def _get(prop: Mapping[str, object], key: str, default: float) -> float:
    return float(cast("float", prop.get(key, default)))


def _place(value: object, joints: Mapping[str, Vec]) -> Vec:
    if isinstance(value, str):
        return joints[value]
    x, y, z = cast("Sequence[float]", value)
    return (float(x), float(y), float(z))


def _line(prop: Mapping[str, object], joints: Mapping[str, Vec]) -> Iterator[Stroke]:
    yield Stroke((_place(prop["a"], joints), _place(prop["b"], joints)))


def _post(prop: Mapping[str, object], joints: Mapping[str, Vec]) -> Iterator[Stroke]:
    x, y, z = _get(prop, "x", 0), _get(prop, "y", 104), _get(prop, "z", 0)
    yield Stroke(((x, 0, z), (x, y, z)))


def _lintel(prop: Mapping[str, object], joints: Mapping[str, Vec]) -> Iterator[Stroke]:
    x, y, z = _get(prop, "x", 0), _get(prop, "y", 104), _get(prop, "z", 30)
    yield Stroke(((x, y, -z), (x, y, z)))


def _door(prop: Mapping[str, object], joints: Mapping[str, Vec]) -> Iterator[Stroke]:
    """A door frame: two jambs and a straight lintel, each drawn as a board."""
    x, y, half = _get(prop, "x", 0), _get(prop, "y", 108), _get(prop, "half", 30)
    board = 4.5
    for z in (half, -half):
        outer = z + (board if z > 0 else -board)
        yield Stroke(((x, 0, z), (x, y, z)))
        yield Stroke(((x, 0, outer), (x, y + board, outer)))
    yield Stroke(((x, y, -half), (x, y, half)))
    yield Stroke(((x, y + board, -half - board), (x, y + board, half + board)))


def _wall(prop: Mapping[str, object], joints: Mapping[str, Vec]) -> Iterator[Stroke]:
    x, y, half = _get(prop, "x", 30), _get(prop, "y", 100), _get(prop, "half", 30)
    yield Stroke(((x, 0, -half), (x, y, -half), (x, y, half), (x, 0, half), (x, 0, -half)))


def _corner(prop: Mapping[str, object], joints: Mapping[str, Vec]) -> Iterator[Stroke]:
    """Two walls that meet in front of the body, each a plane with a top and a foot."""
    x, y, reach = _get(prop, "x", 34), _get(prop, "y", 108), _get(prop, "reach", 40)
    yield Stroke(((x, 0, 0), (x, y, 0)))
    for z in (reach, -reach):
        yield Stroke(((x, y, 0), (x - reach, y, z), (x - reach, 0, z), (x, 0, 0)))


def _chair(prop: Mapping[str, object], joints: Mapping[str, Vec]) -> Iterator[Stroke]:
    x0, x1, y = _get(prop, "x0", -12), _get(prop, "x1", 14), _get(prop, "y", 18)
    back, half, z = _get(prop, "back", 50), _get(prop, "half", 11), _get(prop, "z", 0)
    far, near = z - half, z + half
    yield Stroke(((x0, y, far), (x1, y, far), (x1, y, near), (x0, y, near), (x0, y, far)))
    for side in (far, near):
        yield Stroke(((x1, y, side), (x1, 0, side)))
        yield Stroke(((x0, 0, side), (x0, back, side)))
    yield Stroke(((x0, back, far), (x0, back, near)))


def _roller(prop: Mapping[str, object], joints: Mapping[str, Vec]) -> Iterator[Stroke]:
    r = _get(prop, "r", 5)
    x, y, z, half = (
        _get(prop, "x", 0),
        _get(prop, "y", r),
        _get(prop, "z", 0),
        _get(prop, "half", 14),
    )
    yield Stroke(((x, y, z - half), (x, y, z + half)), r)


def _roller_long(prop: Mapping[str, object], joints: Mapping[str, Vec]) -> Iterator[Stroke]:
    r = _get(prop, "r", 5)
    y, z = _get(prop, "y", r), _get(prop, "z", 0)
    yield Stroke(((_get(prop, "x0", -10), y, z), (_get(prop, "x1", 40), y, z)), r)


def _pillow(prop: Mapping[str, object], joints: Mapping[str, Vec]) -> Iterator[Stroke]:
    r, size = _get(prop, "r", 3), _get(prop, "length", 12)
    x, y, z = _get(prop, "x", 0), _get(prop, "y", r), _get(prop, "z", 0)
    yield Stroke(((x - size / 2, y, z), (x + size / 2, y, z)), r)


def _towel(prop: Mapping[str, object], joints: Mapping[str, Vec]) -> Iterator[Stroke]:
    """A towel between two places; `sag` lowers its middle."""
    a, b = _place(prop.get("a", "hand_r"), joints), _place(prop.get("b", "hand_l"), joints)
    sag = _get(prop, "sag", 3)
    steps = 8
    yield Stroke(
        tuple(
            add(lerp(a, b, k / steps), (0.0, -sag * 4 * (k / steps) * (1 - k / steps), 0.0))
            for k in range(steps + 1)
        )
    )


def _mat(prop: Mapping[str, object], joints: Mapping[str, Vec]) -> Iterator[Stroke]:
    x0, x1, half = _get(prop, "x0", -50), _get(prop, "x1", 60), _get(prop, "half", 24)
    yield Stroke(((x0, 0, half), (x1, 0, half), (x1, 0, -half), (x0, 0, -half), (x0, 0, half)))


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
