"""One check a catalog file: it reads, says enough, contradicts nothing and leads nowhere wrong."""

import re
from pathlib import Path

import pytest

from stretch_tui.core.amount import Amount
from stretch_tui.core.content.catalog import Catalog, needs_floor
from stretch_tui.core.content.dose import Side
from stretch_tui.core.content.dosing import dose_of
from stretch_tui.core.content.routine import Step
from stretch_tui.core.session.expansion import expand
from stretch_tui.core.session.timeline import Kind
from stretch_tui.core.settings import Settings
from stretch_tui.storage.content.catalog_check import Checkup
from stretch_tui.storage.content.catalog_files import catalog_root

ROOT = Path(str(catalog_root()))
STRETCHES = sorted(path.stem for path in (ROOT / "stretches").glob("*.toml"))
ROUTINES = sorted(path.stem for path in (ROOT / "routines").glob("*.toml"))
NUMBERS = {"three": 3, "five": 5, "six": 6, "seven": 7, "nine": 9, "ten": 10}


@pytest.mark.parametrize("stretch_id", STRETCHES)
def test_stretch_file(stretch_id: str, catalog: Catalog) -> None:
    stretch = catalog.stretches[stretch_id]
    assert 2 <= len(stretch.steps) <= 5
    assert all(len(line) <= 110 for line in stretch.steps), "a line to be spoken, not a paragraph"
    assert stretch.feel
    assert stretch.why
    assert stretch.avoid or stretch.level.value == "easy", "says which joints it loads"
    assert stretch.two_sided == bool(stretch.side_means)
    every = [*stretch.phases, *(p for v in stretch.variations for p in v.phases)]
    assert all(phase.pose.count("/") == 1 for phase in every)
    assert all(phase.cue and len(phase.cue) <= 48 for phase in every), "a cue is read at a glance"
    names = [phase.name for phase in stretch.phases]
    dosed = dose_of(Step(stretch_id), stretch).phases
    assert dosed
    assert {phase.name for phase in dosed} <= set(names)
    for variation in stretch.variations:
        if variation.phases:
            assert {phase.name for phase in variation.phases} <= set(names)


@pytest.mark.parametrize(
    ("stretch_id", "known_by"),
    [
        ("bridge", "lifted"),
        ("cat-cow", "cat"),  # nothing is held: the last that the dose plays
        ("locust", "ahead"),
        ("side-lying-windmill", "circle"),
        ("thread-the-needle", "threaded"),  # held first, then opened
    ],
)
def test_a_stretch_is_known_by_what_is_held(
    stretch_id: str, known_by: str, catalog: Catalog
) -> None:
    stretch = catalog.stretches[stretch_id]
    assert stretch.phases[stretch.defining_phase()].name == known_by


@pytest.mark.parametrize("routine_id", ROUTINES)
@pytest.mark.parametrize("amount", list(Amount))
def test_routine_file_plays(routine_id: str, amount: Amount, catalog: Catalog) -> None:
    routine = catalog.routines[routine_id]
    timeline = expand(routine, catalog.stretches, Settings(), amount=amount)
    assert not timeline.missing
    assert len(timeline.steps) == len(routine.steps)
    assert all(step.seconds > 0 for step in timeline.steps)
    for index, step in enumerate(timeline.steps):
        limit = step.dose.limit_seconds
        assert limit is None or step.seconds <= limit
        sides = {s.side for s in timeline.segments if s.step == index and s.kind is Kind.HOLD}
        if step.stretch.two_sided and sides:
            assert {Side.LEFT, Side.RIGHT} <= sides


@pytest.mark.parametrize("routine_id", ROUTINES)
def test_our_own_routines_are_as_long_as_they_say(routine_id: str, catalog: Catalog) -> None:
    routine = catalog.routines[routine_id]
    if routine.author:
        return
    said = re.search(r"(\w+) (?:quiet )?minutes", routine.about, re.IGNORECASE)
    assert said, "says how long it is"
    assert len(routine.about) > 80, "says why it is made as it is"
    wanted = NUMBERS[said[1].lower()] * 60
    seconds = expand(routine, catalog.stretches, Settings()).seconds
    assert wanted * 0.9 <= seconds <= wanted * 1.1


def test_the_desk_reset_needs_nothing(catalog: Catalog) -> None:
    reset = catalog.routines["desk-reset"]
    assert not needs_floor(reset, catalog.stretches)
    assert not any(catalog.stretches[step.stretch].needs for step in reset.steps)


def test_every_reference_leads_somewhere() -> None:
    checkup = Checkup()
    checkup.read_root(catalog_root())
    checkup.link(lambda _: True)
    assert not checkup.problems, "\n".join(map(str, checkup.problems))


def test_tips_name_known_sources(catalog: Catalog) -> None:
    assert catalog.tips
    assert {tip.source for tip in catalog.tips} <= {"", *catalog.sources}
