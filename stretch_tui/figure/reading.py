"""From a table of a pose file to a `Pose`, saying plainly what cannot be read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import cos, isfinite, radians, sin
from typing import cast

from stretch_tui.figure.body import (
    ARM_BONES,
    ARM_JOINTS,
    BASES,
    LEG_BONES,
    LEG_JOINTS,
    LIMBS,
    REGIONS,
)
from stretch_tui.figure.muscles import MUSCLES
from stretch_tui.figure.pose import FRAMES, Aim, Arrow, Limb, Pose, PoseError, Spine, Target, View
from stretch_tui.figure.props import PROP_KINDS
from stretch_tui.figure.vectors import ZERO, Vec, length, unit

Table = Mapping[str, object]

KEYS = frozenset((
    "title", "like", "abstract", "base", "pitch", "tilt", "turn", "at", "anchor", "spine",
    "shoulder_r", "shoulder_l", "arm_r", "arm_l", "leg_r", "leg_l", "view", "frame", "hl", "floor",
    "props", "arrows", "ground", "head_hidden",
))  # fmt: skip
BODY_PARTS = frozenset(
    ["head", "chest", "pelvis", "neck"]
    + [f"{joint}_{side}" for joint in ARM_JOINTS + LEG_JOINTS for side in "rl"]
)
CONTACTS = BODY_PARTS | {p[:-2] for p in BODY_PARTS if p.endswith("_r")} | {"back", "heel"}
SANE = 400.0


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


def expand(table: Table) -> dict[str, object]:
    """Write `arms`, `legs`, `shoulder` and `arrow` out for both sides."""
    result: dict[str, object] = {}
    for pair, one in (("arms", "arm"), ("legs", "leg"), ("shoulder", "shoulder")):
        if pair in table:
            result |= {f"{one}_r": table[pair], f"{one}_l": table[pair]}
    if "arrow" in table:
        result["arrows"] = [table["arrow"]]
    for key, value in table.items():
        if key in ("arms", "legs", "shoulder", "arrow"):
            continue
        before = result.get(key)
        if isinstance(before, Mapping) and isinstance(value, Mapping):
            value = {**before, **value}
        result[key] = value
    return result


def inherit(parent: Table, child: Table) -> dict[str, object]:
    """Lay a table over the one that it is like; angles replace a target and the other way."""
    merged = dict(parent)
    merged.pop("abstract", None)
    merged.pop("title", None)
    for key, value in child.items():
        before = merged.get(key)
        if isinstance(before, Mapping) and isinstance(value, Mapping):
            kept = dict(before)
            if key in LIMBS and "to" in value:
                for bone in ("upper", "fore", "thigh", "shank"):
                    kept.pop(bone, None)
            elif key in LIMBS and {"upper", "fore", "thigh", "shank"} & set(value):
                kept.pop("to", None)
                if {"upper", "thigh"} & set(value):
                    for bone in ("hand", "foot"):
                        kept.pop(bone, None)
            value = {**kept, **value}
        merged[key] = value
    return merged


def read_pose(pose_id: str, table: Table) -> Pose:
    """Read one table with all inheritance resolved.

    Raises PoseError naming the first thing that cannot be read.
    """
    unknown = sorted(set(table) - KEYS)
    if unknown:
        raise PoseError(f"unknown key {unknown[0]!r}", "known keys: " + ", ".join(sorted(KEYS)))
    base = table.get("base")
    if base not in BASES:
        raise PoseError(f"base is {base!r}", "one of " + ", ".join(BASES))
    lateral = 1.0 if str(base).startswith("side") else None
    at = numbers(table.get("at", [0.0]), "at", 1, 2)
    return Pose(
        pose_id=pose_id,
        base=str(base),
        turns=_turns(table),
        at=(at[0], at[1] if len(at) > 1 else 0.0),
        anchor=_anchor(table.get("anchor")),
        spine=_spine(table.get("spine", {})),
        shoulders=(_shoulder(table, "shoulder_r"), _shoulder(table, "shoulder_l")),
        limbs={name: _limb(name, table.get(name), str(base), lateral) for name in LIMBS},
        view=_view(table.get("view", {})),
        frame=_choice(table.get("frame", "full"), "frame", FRAMES),
        highlights=_highlights(table.get("hl", [])),
        contacts=_names(table.get("floor", []), "floor", CONTACTS),
        props=_props(table.get("props", [])),
        arrows=_arrows(table.get("arrows", []), str(base), lateral),
        ground=_truth(table.get("ground", True), "ground"),
        head_hidden=_truth(table.get("head_hidden", False), "head_hidden"),
    )


def _turns(table: Table) -> tuple[float, float, float]:
    return (
        number(table.get("pitch", 0), "pitch"),
        number(table.get("tilt", 0), "tilt"),
        number(table.get("turn", 0), "turn"),
    )


def _truth(value: object, what: str) -> bool:
    if not isinstance(value, bool):
        raise PoseError(f"{what} is {value!r}", "write true or false")
    return value


def _choice(value: object, what: str, known: Sequence[str]) -> str:
    if value not in known:
        raise PoseError(f"{what} is {value!r}", "one of " + ", ".join(known))
    return str(value)


def _names(value: object, what: str, known: frozenset[str]) -> tuple[str, ...]:
    if not isinstance(value, Sequence) or isinstance(value, str):
        raise PoseError(f"{what} is {value!r}", "write a list of names")
    for name in value:
        if name not in known:
            raise PoseError(f"{what} names {name!r}", "known: " + ", ".join(sorted(known)))
    return tuple(str(name) for name in value)


def _highlights(value: object) -> tuple[str, ...]:
    known = frozenset(list(MUSCLES) + [f"{name}_{side}" for name in MUSCLES for side in ("r", "l")])
    return _names(value, "hl", known)


def _anchor(value: object) -> tuple[str, float | None] | None:
    if value is None:
        return None
    part: object = value
    height: float | None = None
    if isinstance(value, Sequence) and not isinstance(value, str) and len(value) == 2:
        part, height = str(value[0]), number(value[1], "anchor height")
    if part not in BODY_PARTS:
        raise PoseError(f"anchor is {value!r}", 'write a part as "knee_r" or ["pelvis", 25.2]')
    return (str(part), height)


def _spine(value: object) -> Spine:
    if not isinstance(value, Mapping):
        raise PoseError(f"spine is {value!r}", "write {lumbar = 10, neck_twist = -20}")
    known = {f"{region}{turn}" for region in REGIONS for turn in ("", "_side", "_twist")}
    for key in value:
        if key not in known:
            raise PoseError(f"spine names {key!r}", "known: " + ", ".join(sorted(known)))
    read = {key: number(degrees, f"spine.{key}") for key, degrees in value.items()}
    return tuple(
        (read.get(r, 0.0), read.get(f"{r}_side", 0.0), read.get(f"{r}_twist", 0.0)) for r in REGIONS
    )


def _shoulder(table: Table, key: str) -> tuple[float, float]:
    up, forward = numbers(table.get(key, [0, 0]), key, 2)
    return (up, forward)


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


def _limb(name: str, value: object, base: str, lateral: float | None) -> Limb:
    out = _side(name, base, lateral)
    up = BASES[base].up
    down = Aim((-up[0], -up[1], -up[2]))
    if value is None:
        end = Aim(BASES[base].forward) if name.startswith("leg") else down
        return Limb(upper=down, lower=down, end=end)
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
    upper = aim(bones[0], down)
    return Limb(upper=upper, lower=aim(bones[1], upper), end=end)


def _target(value: object, name: str, out: Vec) -> Target:
    """Read [x, y or "floor", out], or a part first and then [forward, up, out] from it."""
    if not isinstance(value, Sequence) or isinstance(value, str) or len(value) not in (3, 4):
        raise PoseError(f"{name}.to is {value!r}", 'write [x, y, out], y may be "floor"')
    what = f"{name}.to"
    if len(value) == 4:
        at = str(value[0])
        if at not in BODY_PARTS:
            raise PoseError(f"{what} names {at!r}", "known: " + ", ".join(sorted(BODY_PARTS)))
        x, y, side = numbers(value[1:], what, 3)
        sign = 1.0 if name.endswith("_r") else -1.0
        if at in ("head", "chest", "pelvis", "neck"):
            return Target((x, y, side * sign), at=at)
        return Target(_vector([x, y, side], what, out), at=at)
    on_floor = value[1] == "floor"
    middle = 0.0 if on_floor else number(value[1], what)
    return Target(_vector([value[0], middle, value[2]], what, out), on_floor=on_floor)


def _view(value: object) -> View:
    if not isinstance(value, Mapping) or set(value) - {"yaw", "pitch"}:
        raise PoseError(f"view is {value!r}", "write {yaw = 0, pitch = 4}")
    return View(
        number(value.get("yaw", 0), "view.yaw"), number(value.get("pitch", 4), "view.pitch")
    )


def _props(value: object) -> tuple[Table, ...]:
    if not isinstance(value, Sequence) or isinstance(value, str):
        raise PoseError(f"props is {value!r}", "write a list of tables")
    for prop in value:
        if not isinstance(prop, Mapping) or prop.get("kind") not in PROP_KINDS:
            raise PoseError(f"prop {prop!r}", "kind is one of " + ", ".join(sorted(PROP_KINDS)))
        given, known = set(prop) - {"kind"}, PROP_KINDS[str(prop["kind"])]
        if given - set(known):
            raise PoseError(
                f"prop {prop['kind']} has no {sorted(given - set(known))[0]!r}",
                "it takes " + ", ".join(known),
            )
        for key in given:
            if isinstance(prop[key], str):
                if prop[key] not in BODY_PARTS:
                    raise PoseError(f"prop {prop['kind']}.{key} names {prop[key]!r}", "a part")
            else:
                many = prop[key] if isinstance(prop[key], Sequence) else [prop[key]]
                numbers(many, f"prop {prop['kind']}.{key}", 1, 2, 3)
    return tuple(cast("Sequence[Table]", value))


def _arrows(value: object, base: str, lateral: float | None) -> tuple[Arrow, ...]:
    if not isinstance(value, Sequence) or isinstance(value, str):
        raise PoseError(f"arrows is {value!r}", "write a list of tables")
    return tuple(_arrow(item, base, lateral) for item in value)


def _arrow(item: object, base: str, lateral: float | None) -> Arrow:
    if not isinstance(item, Mapping) or set(item) - {"at", "off", "by", "bow"} or "by" not in item:
        raise PoseError(f"arrow is {item!r}", 'write {at = "wrist_r", off = [..], by = [..]}')
    at = str(item.get("at", ""))
    if at and at not in BODY_PARTS:
        raise PoseError(f"arrow names {at!r}", "known: " + ", ".join(sorted(BODY_PARTS)))
    out = _side(at if at.endswith(("_r", "_l")) else "arm_r", base, lateral)
    return Arrow(
        at,
        _vector(item.get("off", [0, 0, 0]), "arrow.off", out),
        _vector(item["by"], "arrow.by", out),
        _vector(item.get("bow", [0, 0, 0]), "arrow.bow", out) if "bow" in item else ZERO,
    )
