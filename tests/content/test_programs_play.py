"""Every routine of the catalog, the six published programs first, played from start to end."""

from __future__ import annotations

import pytest
from playing import NOW, Clock, play_out, started

from stretch_tui.core.amount import Amount
from stretch_tui.core.session.checkpoint import Checkpoint
from stretch_tui.core.session.opening import open_run
from stretch_tui.core.settings import Settings
from stretch_tui.storage.content.catalog_files import load_catalog

CATALOG = load_catalog().catalog
PROGRAMS = tuple(CATALOG.sources)


def test_the_six_programs_are_routines() -> None:
    assert len(PROGRAMS) == 6
    assert set(PROGRAMS) <= set(CATALOG.routines)


@pytest.mark.parametrize("amount", list(Amount))
@pytest.mark.parametrize("routine_id", sorted(CATALOG.routines))
def test_it_is_played_to_its_end_and_all_of_it_is_credited(routine_id: str, amount: Amount) -> None:
    routine = CATALOG.routines[routine_id]
    of = open_run(routine, CATALOG.stretches, Settings(), (), uid="u1", now=NOW, amount=amount)
    assert of.timeline.missing == ()
    clock = Clock()
    player = started(of.timeline, clock, breath_seconds=of.breath_seconds)
    play_out(player, clock, step=1.0)
    session = Checkpoint(of, player.progress(), NOW).session()
    planned = sum(segment.seconds for segment in of.timeline.segments if segment.credited)
    assert session.seconds == pytest.approx(planned, abs=0.01)
    assert session.completed
    assert all(part.complete for part in session.parts)
    assert {part.stretch for part in session.parts} == {
        step.stretch.id for step in of.timeline.steps
    }
    for part in session.parts:
        if CATALOG.stretches[part.stretch].two_sided and not part.both:
            # The very first move is done while getting ready, so one side may lack that one.
            assert abs(part.left - part.right) <= Settings().move_seconds, part.stretch
