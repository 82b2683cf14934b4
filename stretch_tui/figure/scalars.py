"""Reading single values of a pose table: numbers, lists, words; each error says what to do."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from math import isfinite

from stretch_tui.figure.body import ARM_JOINTS, LEG_JOINTS
from stretch_tui.figure.pose import PoseError

BODY_PARTS = frozenset(
    ["head", "chest", "pelvis", "neck"]
    + [f"{joint}_{side}" for joint in ARM_JOINTS + LEG_JOINTS for side in "rl"]
)
CONTACTS = BODY_PARTS | {p[:-2] for p in BODY_PARTS if p.endswith("_r")} | {"back", "heel"}
SANE = 400.0
"""No length, angle or place of a pose is larger."""


def number(value: object, what: str) -> float:
    """Read a finite number of a sane size."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise PoseError(f"{what} is {value!r}, not a number", "write a plain number")
    if not isfinite(value) or abs(value) > SANE:
        raise PoseError(f"{what} is {value}", f"keep it between -{SANE:.0f} and {SANE:.0f}")
    return float(value)


def numbers(value: object, what: str, *counts: int) -> list[float]:
    """Read a list of as many numbers as one of the counts says."""
    if not isinstance(value, Sequence) or isinstance(value, str) or len(value) not in counts:
        wanted = " or ".join(str(count) for count in counts)
        raise PoseError(f"{what} is {value!r}", f"write {wanted} numbers in brackets")
    return [number(item, what) for item in value]


def truth(value: object, what: str) -> bool:
    """Read true or false."""
    if not isinstance(value, bool):
        raise PoseError(f"{what} is {value!r}", "write true or false")
    return value


def choice(value: object, what: str, known: Collection[str]) -> str:
    """Read one of some words."""
    if not isinstance(value, str) or value not in known:
        raise PoseError(f"{what} is {value!r}", "one of " + ", ".join(known))
    return value


def names(value: object, what: str, known: frozenset[str]) -> tuple[str, ...]:
    """Read a list of known words."""
    if not isinstance(value, Sequence) or isinstance(value, str):
        raise PoseError(f"{what} is {value!r}", "write a list of names")
    for name in value:
        if not isinstance(name, str) or name not in known:
            raise PoseError(f"{what} names {name!r}", "known: " + ", ".join(sorted(known)))
    return tuple(str(name) for name in value)
