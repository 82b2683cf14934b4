"""What a pose says, as values: no joint is solved here and no camera is chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from stretch_tui.figure.vectors import ZERO, Vec

Spine = tuple[tuple[float, float, float], ...]
"""(flex, side, twist) in degrees for lumbar, thoracic, neck and head, in that order."""

FRAMES = ("full", "thigh", "waist", "bust")


class PoseError(ValueError):
    """A pose that cannot be read; `hint` says what to do about it."""

    def __init__(self, message: str, hint: str = "") -> None:
        """Keep the message and the hint apart."""
        super().__init__(message)
        self.hint = hint


@dataclass(frozen=True, slots=True)
class PoseProblem:
    """One thing wrong in one pose: where, what, and what to do."""

    stem: str
    pose_id: str
    message: str
    hint: str = ""


class Aim(NamedTuple):
    """Where one bone points: a direction, or down to the floor along a heading."""

    direction: Vec = ZERO
    floor: tuple[float, float] | None = None


class Target(NamedTuple):
    """Where a wrist or an ankle is put: a point of the world, or beside a part of the body."""

    offset: Vec
    on_floor: bool = False
    at: str = ""


class Limb(NamedTuple):
    """An arm or a leg: three aims, or a target with the side the elbow or knee points to."""

    upper: Aim | None = None
    lower: Aim | None = None
    end: Aim | None = None
    to: Target | None = None
    bend: Vec = ZERO


class Arrow(NamedTuple):
    """A small arrow: from one place to another, bowed at its middle, or round a place."""

    at: str
    offset: Vec
    by: Vec = ZERO
    bow: Vec = ZERO
    arc: tuple[float, float] = (0.0, 0.0)
    """Degrees on the screen at which a circle begins, and how far it goes round, + leftward."""
    radius: float = 0.0
    """Of the circle; 0 for an arrow that goes from one place to another."""


class View(NamedTuple):
    """Camera angles in degrees: yaw 0 shows the right side, 90 the front; pitch looks down."""

    yaw: float = 0.0
    pitch: float = 4.0


class Pose(NamedTuple):
    """One authored key pose."""

    pose_id: str
    base: str
    turns: tuple[float, float, float]
    at: tuple[float, float]
    anchor: tuple[str, float | None] | None
    spine: Spine
    shoulders: tuple[tuple[float, float], tuple[float, float]]
    limbs: Mapping[str, Limb]
    view: View = View()
    frame: str = "full"
    highlights: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()
    props: tuple[Mapping[str, object], ...] = ()
    arrows: tuple[Arrow, ...] = ()
    ground: bool = True
    head_hidden: bool = False
