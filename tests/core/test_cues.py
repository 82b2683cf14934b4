"""What rings: which holds are too short for it, how often it rings, and for what."""

from __future__ import annotations

import pytest
from playing import STRETCHES, routine, stretch

from stretch_tui.core.content.dose import Dose, Range
from stretch_tui.core.content.routine import Routine, Step
from stretch_tui.core.session.cues import BELLS, Cue, CueKind, cues, entry, foremost
from stretch_tui.core.session.expansion import expand
from stretch_tui.core.session.timeline import Kind, Timeline
from stretch_tui.core.settings import Settings


def hold_of(seconds: int) -> Timeline:
    """Get ready, and one hold of so many seconds."""
    one = stretch("one", Dose(hold_seconds=Range(seconds, seconds)))
    return expand(Routine("r", "R", (Step("one"),)), {"one": one}, Settings())


def kinds(line: Timeline) -> dict[CueKind, tuple[float, int]]:
    """When each cue of a whole session comes, and how often it rings."""
    found = cues(line, line.segments[0].start, line.seconds)
    return {cue.kind: (cue.at - line.segments[-1].start, cue.bells) for cue in found}


def test_a_hold_rings_at_its_start_half_way_and_at_its_end() -> None:
    assert kinds(hold_of(30)) == {
        CueKind.START: (0, 1),
        CueKind.HALFWAY: (15, 1),
        CueKind.DONE: (30, 3),
        CueKind.FINISHED: (30, 3),
    }


@pytest.mark.parametrize(("seconds", "halfway"), [(19, False), (20, True)])
def test_half_way_is_told_from_twenty_seconds_on(seconds: int, halfway: bool) -> None:
    assert (CueKind.HALFWAY in kinds(hold_of(seconds))) is halfway


@pytest.mark.parametrize(("seconds", "bells"), [(7, (0, 0)), (8, (1, 3))])
def test_a_hold_of_less_than_eight_seconds_is_silent(seconds: int, bells: tuple[int, int]) -> None:
    told = kinds(hold_of(seconds))
    assert (told[CueKind.START][1], told[CueKind.DONE][1]) == bells
    assert told[CueKind.FINISHED][1] == 3, "the end of all of it rings whatever it was"


def test_moves_and_moving_holds_are_silent_and_a_change_of_sides_is_not() -> None:
    slow = Settings(breath_seconds=10)
    line = expand(routine("rolls", "cow", "sided"), STRETCHES, slow)
    rung: dict[tuple[Kind, bool], set[int]] = {}
    for index, one in enumerate(line.segments):
        rung.setdefault((one.kind, one.moving), set()).add(entry(line, index).bells)
    assert rung[Kind.MOVE, True] == rung[Kind.HOLD, True] == {0}, "however long they are"
    assert rung[Kind.HOLD, False] == {1}
    assert rung[Kind.SWITCH, True] == {2}


def test_of_several_at_once_the_latest_that_rings_is_heard() -> None:
    first, second = Cue(CueKind.DONE, 5.0, 0), Cue(CueKind.SWITCH, 5.0, 1)
    assert foremost((first, second, Cue(CueKind.START, 5.0, 2, quiet=True))) is second
    assert foremost((first, Cue(CueKind.REST, 5.0, 1))) is first
    assert foremost((Cue(CueKind.REST, 5.0, 1),)) is None
    assert CueKind.REST not in BELLS


def test_nothing_happens_between_a_moment_and_itself_nor_backwards() -> None:
    line = hold_of(30)
    end = line.seconds
    assert cues(line, end, end) == cues(line, end, 0.0) == ()
    assert cues(Timeline((), ()), 0.0, 1.0) == ()
