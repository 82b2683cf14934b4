"""Every dose of the six programs is the published one, move by move, in the published order."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from stretch_tui.cli.shapes import dose_json
from stretch_tui.core.content.catalog import Catalog
from stretch_tui.core.content.dosing import dose_of

PROGRAMS = tomllib.loads((Path(__file__).parent / "published.toml").read_text())["programs"]
FIGURES = ("hold_seconds", "breaths", "phase_hold_seconds", "reps", "rounds", "limit_seconds")
MOVES = [
    pytest.param(program["id"], index, move, id=f"{program['id']}-{index + 1}-{move['stretch']}")
    for program in PROGRAMS
    for index, move in enumerate(program["moves"])
]


def test_the_six_programs_are_all_there(catalog: Catalog) -> None:
    assert set(catalog.sources) == {program["id"] for program in PROGRAMS}
    assert {r.id for r in catalog.routines.values() if r.author} == set(catalog.sources)


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program["id"])
def test_moves_stand_in_published_order(program: dict[str, Any], catalog: Catalog) -> None:
    steps = [step.stretch for step in catalog.routines[program["id"]].steps]
    assert steps == [move["stretch"] for move in program["moves"]]


@pytest.mark.parametrize(("program", "index", "move"), MOVES)
def test_dose_is_the_published_one(
    program: str, index: int, move: dict[str, Any], catalog: Catalog
) -> None:
    step = catalog.routines[program].steps[index]
    dose = dose_json(dose_of(step, catalog.stretches[step.stretch]))
    assert {name: dose[name] for name in FIGURES} == {name: move.get(name) for name in FIGURES}
    assert dose["sides"] == move["sides"]
    assert set(move.get("ours", ())) <= set(dose["ours"])


def phases(catalog: Catalog, program: str, stretch: str) -> list[tuple[str, Any, Any]]:
    steps = catalog.routines[program].steps
    step = next(step for step in steps if step.stretch == stretch)
    dose = dose_json(dose_of(step, catalog.stretches[stretch]))
    return [(p["name"], p["hold_seconds"], p["breaths"]) for p in dose["phases"]]


def test_how_the_figures_spread_over_the_phases(catalog: Catalog) -> None:
    five = [5, 5]
    assert phases(catalog, "tavel-upper-back", "cat-cow") == [
        ("cow", None, [1, 1]),
        ("cat", None, [1, 1]),
    ]
    assert phases(catalog, "five-for-the-back", "cat-cow") == [
        ("cat", five, None),
        ("neutral", None, None),
        ("cow", five, None),
        ("neutral", None, None),
    ]
    assert phases(catalog, "loosen-up", "cat-cow") == [
        ("cat", [3, 5], None),
        ("neutral", [3, 5], None),
        ("cow", [3, 5], None),
    ]
    assert phases(catalog, "tavel-upper-back", "childs-pose-with-rotation") == [
        ("center", None, five),
        ("side", [20, 30], None),
    ]
    assert phases(catalog, "pascucci-eight", "seated-mountain") == [
        ("tall", [10, 10], None),
        ("lean", [3, 3], None),
        ("tall", None, None),
    ]
    held = phases(catalog, "between-the-shoulder-blades", "locust")
    assert [p[0] for p in held if p[2] == [3, 5]] == ["arms-by-sides", "t", "ahead"]
    assert phases(catalog, "otey-twelve", "thread-the-needle") == [
        ("threaded", None, [3, 5]),
        ("open", None, None),
    ]


def test_variations_and_stand_ins_of_the_programs(catalog: Catalog) -> None:
    def step(program: str, stretch: str) -> Any:
        return next(s for s in catalog.routines[program].steps if s.stretch == stretch)

    assert step("otey-twelve", "upward-plank").variation == "crab"
    assert step("between-the-shoulder-blades", "upward-plank").variation == "hammock"
    stand_in = step("tavel-upper-back", "doorway-stretch")
    assert stand_in.instead_of == "pec-stretch-on-foam-roller"
    assert catalog.routines["loosen-up"].aim_seconds == 30
    assert catalog.routines["otey-twelve"].ordered
    assert catalog.stretches["press-up"].build_to is not None
    assert catalog.stretches["press-up"].build_to.high == 30
