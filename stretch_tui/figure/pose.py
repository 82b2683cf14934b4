"""What a pose says, as values: no joint is solved here and no camera is chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class Aim:
    """Where one bone points: a direction, or down to the floor along a heading."""

    direction: Vec = ZERO
    floor: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """Where a wrist or an ankle is put: a point of the world, or beside a part of the body."""

    offset: Vec
    on_floor: bool = False
    at: str = ""


@dataclass(frozen=True, slots=True)
class Limb:
    """An arm or a leg: three aims, or a target with the side the elbow or knee points to."""

    upper: Aim | None = None
    lower: Aim | None = None
    end: Aim | None = None
    to: Target | None = None
    bend: Vec = ZERO


@dataclass(frozen=True, slots=True)
class Arrow:
    """A small arrow from one place to another, bowed by an offset at its middle."""

    at: str
    offset: Vec
    by: Vec
    bow: Vec


@dataclass(frozen=True, slots=True)
class View:
    """Camera angles in degrees: yaw 0 shows the right side, 90 the front; pitch looks down."""

    yaw: float = 0.0
    pitch: float = 4.0


@dataclass(frozen=True, slots=True)
class Pose:
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
