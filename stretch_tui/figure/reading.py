"""From a table of a pose file to a `Pose`, saying plainly what cannot be read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

from stretch_tui.figure.body import BASES, LIMBS, REGIONS
from stretch_tui.figure.limb_reading import read_arrows, read_limb
from stretch_tui.figure.muscles import MUSCLES
from stretch_tui.figure.pose import FRAMES, Pose, PoseError, Spine, View
from stretch_tui.figure.props import PLACES, PROP_KINDS
from stretch_tui.figure.scalars import (
    BODY_PARTS,
    CONTACTS,
    choice,
    names,
    number,
    numbers,
    truth,
)

Table = Mapping[str, object]

KEYS = frozenset((
    "title", "like", "abstract", "base", "pitch", "tilt", "turn", "at", "anchor", "spine",
    "shoulder_r", "shoulder_l", "arm_r", "arm_l", "leg_r", "leg_l", "view", "frame", "hl", "floor",
    "props", "arrows", "ground", "head_hidden",
))  # fmt: skip

SHORT_KEYS = frozenset(("arms", "legs", "shoulder", "arrow"))
"""Keys that stand for both sides, or for a list of one."""


def expand(table: Table) -> dict[str, object]:
    """Write `arms`, `legs`, `shoulder` and `arrow` out for both sides."""
    result: dict[str, object] = {}
    for pair, one in (("arms", "arm"), ("legs", "leg"), ("shoulder", "shoulder")):
        if pair in table:
            result |= {f"{one}_r": table[pair], f"{one}_l": table[pair]}
    if "arrow" in table:
        result["arrows"] = [table["arrow"]]
    for key, value in table.items():
        if key in SHORT_KEYS:
            continue
        before = result.get(key)
        both = isinstance(before, Mapping) and isinstance(value, Mapping)
        result[key] = {**before, **value} if both else value  # type: ignore[dict-item]
    return result


def inherit(parent: Table, child: Table) -> dict[str, object]:
    """Lay a table over the one that it is like; angles replace a target and the other way."""
    merged = dict(parent)
    merged.pop("abstract", None)
    merged.pop("title", None)
    for key, value in child.items():
        before = merged.get(key)
        if isinstance(before, Mapping) and isinstance(value, Mapping):
            merged[key] = {**_kept(key, before, value), **value}
        else:
            merged[key] = value
    return merged


def _kept(key: str, before: Table, value: Table) -> dict[str, object]:
    """Return what of an inherited table still holds beside the new one."""
    if key not in LIMBS:
        return dict(before)
    gone: set[str] = set()
    if "to" in value:
        gone = {"upper", "fore", "thigh", "shank"}
    elif {"upper", "thigh"} & set(value):
        gone = {"to", "hand", "foot"}
    elif {"fore", "shank"} & set(value):
        gone = {"to"}
    return {name: part for name, part in before.items() if name not in gone}


def read_pose(pose_id: str, table: Table) -> Pose:
    """Read one table with all inheritance resolved.

    Raises PoseError naming the first thing that cannot be read.
    """
    unknown = sorted(set(table) - KEYS)
    if unknown:
        known = ", ".join(sorted(KEYS | SHORT_KEYS))
        raise PoseError(f"unknown key {unknown[0]!r}", f"known keys: {known}")
    base = choice(table.get("base"), "base", BASES)
    lateral = 1.0 if base.startswith("side") else None
    at = numbers(table.get("at", [0.0]), "at", 1, 2)
    return Pose(
        pose_id=pose_id,
        base=base,
        turns=_turns(table),
        at=(at[0], at[1] if len(at) > 1 else 0.0),
        anchor=_anchor(table.get("anchor")),
        spine=_spine(table.get("spine", {})),
        shoulders=(_shoulder(table, "shoulder_r"), _shoulder(table, "shoulder_l")),
        limbs={name: read_limb(name, table.get(name), base, lateral) for name in LIMBS},
        view=_view(table.get("view", {})),
        frame=choice(table.get("frame", "full"), "frame", FRAMES),
        highlights=_highlights(table.get("hl", [])),
        contacts=names(table.get("floor", []), "floor", CONTACTS),
        props=_props(table.get("props", [])),
        arrows=read_arrows(table.get("arrows", []), base, lateral),
        ground=truth(table.get("ground", True), "ground"),
        head_hidden=truth(table.get("head_hidden", False), "head_hidden"),
    )


def _turns(table: Table) -> tuple[float, float, float]:
    return (
        number(table.get("pitch", 0), "pitch"),
        number(table.get("tilt", 0), "tilt"),
        number(table.get("turn", 0), "turn"),
    )


def _highlights(value: object) -> tuple[str, ...]:
    known = frozenset(list(MUSCLES) + [f"{name}_{side}" for name in MUSCLES for side in ("r", "l")])
    return names(value, "hl", known)


def _anchor(value: object) -> tuple[str, float | None] | None:
    if value is None:
        return None
    part, height = value, None
    if isinstance(value, Sequence) and not isinstance(value, str) and len(value) == 2:
        part, height = value[0], number(value[1], "anchor height")
    return (choice(part, "anchor", sorted(BODY_PARTS)), height)


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
        if not isinstance(prop, Mapping):
            raise PoseError(f"prop {prop!r}", 'write a table, as {kind = "chair"}')
        kind = choice(prop.get("kind"), "prop kind", sorted(PROP_KINDS))
        given, known = set(prop) - {"kind"}, PROP_KINDS[kind]
        if given - set(known):
            raise PoseError(
                f"prop {prop['kind']} has no {min(given - set(known))!r}",
                "it takes " + ", ".join(known),
            )
        for key in given:
            what = f"prop {kind}.{key}"
            if key not in PLACES:
                number(prop[key], what)
            elif isinstance(prop[key], str):
                choice(prop[key], what, sorted(BODY_PARTS))
            else:
                numbers(prop[key], what, 3)
    return tuple(cast("Sequence[Table]", value))
