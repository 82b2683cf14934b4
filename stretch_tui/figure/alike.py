"""Which poses are drawn alike: told by the cells in which two figures have ink."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

from stretch_tui.figure.book import PoseBook
from stretch_tui.figure.frame import Frame

PANE = (40, 16)
LEAST_DIFFERENCE = 0.30
"""Share of the ink of two figures that only one of them has, from which they are told apart."""

INK = frozenset("bdshepf")


class Alike(NamedTuple):
    """A pose, another one that looks like it, and the share in which they differ."""

    pose: str
    other: str
    difference: float


def ink(frame: Frame) -> frozenset[tuple[int, int]]:
    """Return the cells that show body or props."""
    return frozenset(
        (x, y) for y, kinds in enumerate(frame.paint) for x, kind in enumerate(kinds) if kind in INK
    )


def difference(one: frozenset[tuple[int, int]], other: frozenset[tuple[int, int]]) -> float:
    """Return the share of the ink of both that only one of them has."""
    return len(one ^ other) / max(1, len(one | other))


def look_alikes(
    book: PoseBook, poses: Collection[str], among: Collection[str] | None = None
) -> Iterator[Alike]:
    """Yield pairs that differ too little, each drawn alone; every pair once.

    A pose that says it is `like` the other itself is meant to look so.
    """
    cells = {}
    for pose in dict.fromkeys((*poses, *(among or ()))):
        diagram = book.diagram((pose,), *PANE)
        if diagram is not None:
            cells[pose] = ink(diagram.key(0))
    done: set[str] = set()
    for pose in dict.fromkeys(pose for pose in poses if pose in cells):
        done.add(pose)
        for other, there in cells.items():
            share = difference(cells[pose], there)
            if other not in done and share < LEAST_DIFFERENCE and not book.is_like(pose, other):
                yield Alike(pose, other, share)
