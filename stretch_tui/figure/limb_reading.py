"""Reading arms, legs and arrows: bones as angles or vectors, targets, and the side called `out`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import cos, radians, sin

from stretch_tui.figure.body import ARM_BONES, BASES, LEG_BONES
from stretch_tui.figure.pose import Aim, Arrow, Limb, PoseError, Target
from stretch_tui.figure.scalars import BODY_PARTS, choice, number, numbers
from stretch_tui.figure.vectors import ZERO, Vec, length, unit


def _side(name: str, base: str, lateral: float | None) -> Vec:
    """Return the direction of `out` for a limb: its own side, or to the viewer when side-lying."""
    if lateral is not None:
        return (0.0, 0.0, lateral)
    right = BASES[base].right
    sign = 1.0 if name.endswith("_r") else -1.0
    return (right[0] * sign, right[1] * sign, right[2] * sign)


def _vector(value: object, what: str, out: Vec) -> Vec:
    x, y, side = numbers(value, what, 3)
    return (x + out[0] * side, y + out[1] * side, out[2] * side)


def _direction(value: object, what: str, out: Vec) -> Vec:
    """Read a sagittal angle, an angle with a tilt outward, or a vector."""
    if isinstance(value, (int, float)):
        value = [value, 0.0]
    parts = numbers(value, what, 2, 3)
    if len(parts) == 2:
        angle, tilt = radians(parts[0]), radians(parts[1])
        parts = [cos(angle) * cos(tilt), sin(angle) * cos(tilt), sin(tilt)]
    vector = _vector(parts, what, out)
    if length(vector) < 1e-6:
        raise PoseError(f"{what} has no direction", "give a vector that is not zero")
    return unit(vector)


def _aim(value: object, what: str, out: Vec) -> Aim:
    if isinstance(value, Mapping):
        if set(value) != {"floor"}:
            raise PoseError(f"{what} is {dict(value)!r}", "write {floor = 1} or {floor = -1}")
        heading = max(-1.0, min(1.0, number(value["floor"], what)))
        side = (1 - heading * heading) ** 0.5
        flat = (heading + out[0] * side, out[2] * side)
        return Aim(floor=flat)
    return Aim(_direction(value, what, out))


def read_limb(name: str, value: object, base: str, lateral: float | None) -> Limb:
    """Read one limb; without a table it hangs down."""
    out = _side(name, base, lateral)
    up = BASES[base].up
    down = Aim((-up[0], -up[1], -up[2]))
    if value is None:
        last = Aim(BASES[base].forward) if name.startswith("leg") else down
        return Limb(upper=down, lower=down, end=last)
    if not isinstance(value, Mapping):
        raise PoseError(f"{name} is {value!r}", "write a table, as {upper = 90, fore = 90}")
    bones = ARM_BONES if name.startswith("arm") else LEG_BONES
    unknown = sorted(set(value) - set(bones) - {"to", "bend"})
    if unknown:
        raise PoseError(f"{name} names {unknown[0]!r}", f"known: {', '.join(bones)}, to, bend")

    def aim(bone: str, otherwise: Aim) -> Aim:
        return _aim(value[bone], f"{name}.{bone}", out) if bone in value else otherwise

    end = aim(bones[2], down) if bones[2] in value else None
    bend = _vector(value.get("bend", [0, 0, 0]), f"{name}.bend", out)
    if "to" in value:
        if length(bend) < 1e-6:
            raise PoseError(f"{name}.to needs a bend", "say where the elbow or knee points")
        return Limb(end=end, to=_target(value["to"], name, out), bend=unit(bend))
    first = aim(bones[0], down)
    return Limb(upper=first, lower=aim(bones[1], first), end=end)


def _target(value: object, name: str, out: Vec) -> Target:
    """Read [x, y or "floor", out], or a part first and then [forward, up, out] from it."""
    if not isinstance(value, Sequence) or isinstance(value, str) or len(value) not in (3, 4):
        raise PoseError(f"{name}.to is {value!r}", 'write [x, y, out], y may be "floor"')
    what = f"{name}.to"
    if len(value) == 4:
        at = choice(value[0], f"{what} at", sorted(BODY_PARTS))
        x, y, side = numbers(value[1:], what, 3)
        sign = 1.0 if name.endswith("_r") else -1.0
        if at in ("head", "chest", "pelvis", "neck"):
            return Target((x, y, side * sign), at=at)
        return Target(_vector([x, y, side], what, out), at=at)
    on_floor = value[1] == "floor"
    middle = 0.0 if on_floor else number(value[1], what)
    return Target(_vector([value[0], middle, value[2]], what, out), on_floor=on_floor)


def read_arrows(value: object, base: str, lateral: float | None) -> tuple[Arrow, ...]:
    """Read a list of arrows."""
    if not isinstance(value, Sequence) or isinstance(value, str):
        raise PoseError(f"arrows is {value!r}", "write a list of tables")
    return tuple(_arrow(item, base, lateral) for item in value)


ARROW_HINT = "write {at = 'wrist_r', off = [..], by = [..]} or {at = .., arc = [90, 270], r = 8}"


def _arrow(item: object, base: str, lateral: float | None) -> Arrow:
    known = {"at", "off", "by", "bow", "arc", "r"}
    if not isinstance(item, Mapping) or set(item) - known or ("by" in item) == ("arc" in item):
        raise PoseError(f"arrow is {item!r}", ARROW_HINT)
    at = choice(item.get("at", ""), "arrow at", ("", *sorted(BODY_PARTS)))
    out = _side(at if at.endswith(("_r", "_l")) else "arm_r", base, lateral)
    offset = _vector(item.get("off", [0, 0, 0]), "arrow.off", out)
    if "arc" in item:
        first, sweep = numbers(item["arc"], "arrow.arc", 2)
        radius = number(item.get("r", 8), "arrow.r")
        if radius < 1:
            raise PoseError(f"arrow.r is {radius:g}", "a circle of 6 to 12 reads well")
        return Arrow(at, offset, arc=(first, sweep), radius=radius)
    bow = _vector(item["bow"], "arrow.bow", out) if "bow" in item else ZERO
    return Arrow(at, offset, _vector(item["by"], "arrow.by", out), bow)
