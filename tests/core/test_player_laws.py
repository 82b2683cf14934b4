"""Laws of a session, for any routine, any keys, any stalls."""

from __future__ import annotations

import random
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playing import STRETCHES, Clock, planned, play, play_out, started, timeline

from stretch_tui.core.session.away import PAUSE_SECONDS
from stretch_tui.core.session.cues import breath_number, cues
from stretch_tui.core.session.ledger import Ledger
from stretch_tui.core.session.player import Player
from stretch_tui.core.session.states import Halt, Progress, Skip, State
from stretch_tui.core.session.timeline import Timeline

LINES = st.lists(st.sampled_from(sorted(STRETCHES)), min_size=1, max_size=4).map(
    lambda names: timeline(*names)
)
KEYS: dict[str, Callable[[Player], None]] = {
    "pause": lambda player: player.pause(),
    "resume": lambda player: player.resume(),
    "toggle": lambda player: player.toggle(),
    "next": lambda player: player.next(),
    "previous": lambda player: player.previous(),
    "restart": lambda player: player.restart(),
    "plus": lambda player: player.adjust(5),
    "minus": lambda player: player.adjust(-5),
    "freeze": lambda player: player.freeze(),
    "go on": lambda player: player.go_on(),
    "done": lambda player: player.skip(Skip.ALREADY_DONE),
    "never": lambda player: player.skip(Skip.NEVER),
    "stalled": lambda player: player.pause(Halt.OUTPUT, 5),
    "hurt": lambda player: player.hurt(),
    "end": lambda player: player.end(),
    "reopen": lambda player: player.reopen(),
    "tick": lambda player: None,
}
GAPS = st.one_of(st.floats(0, 2), st.floats(2, 10), st.sampled_from([0.0, 1.0, 60.0, 3600.0, -5.0]))
MOVES = st.lists(st.tuples(GAPS, st.sampled_from(sorted(KEYS))), max_size=40)
FEW = settings(max_examples=60, deadline=None)


@FEW
@given(LINES, MOVES, st.booleans())
def test_nothing_is_credited_that_was_not_lived_through(
    line: Timeline, moves: list[tuple[float, str]], new: bool
) -> None:
    clock = Clock()
    player = started(line, clock, seen=frozenset() if new else None)
    lived, before = 0.0, 0.0
    for gap, key in moves:
        clock.at += gap
        lived += max(gap, 0.0)
        player.tick()
        KEYS[key](player)
        player.tick()
        credited = player.ledger.seconds
        # The one thing that takes time back is a pause that is told late.
        assert credited >= before - (5 if key == "stalled" else 0) - 1e-6
        assert credited <= lived + 1e-6
        assert 0 <= player.position <= player.timeline.seconds
        before = credited
    for credit in player.ledger.credits:
        assert credit.left + credit.right + credit.both == pytest.approx(credit.seconds)
        assert min(credit.left, credit.right, credit.both) >= 0
    for one, two in pairwise(player.timeline.segments):
        assert one.end == two.start


@pytest.mark.parametrize("key", sorted(KEYS.keys() - {"reopen", "tick"}))
@given(line=LINES, before=st.sampled_from(sorted(KEYS)), wait=st.floats(0.25, 40))
@settings(max_examples=25, deadline=None)
def test_a_key_counts_from_its_own_moment_and_not_from_the_last_look(
    key: str, line: Timeline, before: str, wait: float
) -> None:
    seen = []
    for looks in (True, False):
        clock = Clock()
        player = started(line, clock)
        play(player, clock, wait)
        KEYS[before](player)
        clock.at += 1.5
        if looks:
            player.tick()
        KEYS[key](player)
        stood = (player.state, player.position, player.timeline.seconds, player.ledger)
        clock.at += 1
        player.tick()
        seen.append((*stood, player.state, player.position, player.ledger))
    assert seen[0] == seen[1]


@FEW
@given(LINES, st.lists(st.floats(0.05, 2.0), min_size=1, max_size=30))
def test_without_a_skip_the_total_is_the_timeline(line: Timeline, steps: list[float]) -> None:
    clock = Clock()
    player = started(line, clock)
    begun, turn = clock.at, 0
    while not player.over:
        left = player.total_left_seconds
        clock.at += min(steps[turn % len(steps)], left)
        player.tick()
        turn += 1
    assert clock.at - begun == pytest.approx(line.seconds, abs=1e-6)
    assert player.ledger.seconds == pytest.approx(planned(line), abs=1e-6)
    assert all(player.ledger.complete(line, step) for step in range(len(line.steps)))


@FEW
@given(LINES, MOVES, st.integers(0, 40), st.floats(0, 1e6))
def test_a_session_taken_up_again_is_as_if_never_interrupted(
    line: Timeline, moves: list[tuple[float, str]], cut: int, elsewhere: float
) -> None:
    clock, other = Clock(), Clock(elsewhere)
    whole, part = started(line, clock), started(line, other)
    for number, (gap, key) in enumerate(moves):
        if number == cut:
            running, reading = part.state is State.RUNNING, part.state is State.READING
            other = Clock(elsewhere + 12345)
            part = Player(line, other, progress=part.progress())
            if running or reading:
                part.resume()
            if reading:
                part.freeze()
        clock.at += gap
        other.at += gap
        for player in (whole, part):
            player.tick()
            KEYS[key](player)
    assert part.state is whole.state
    assert part.position == pytest.approx(whole.position, abs=1e-5)
    assert part.ledger.done == whole.ledger.done
    assert part.ledger.marked == whole.ledger.marked
    for mine, theirs in zip(part.ledger.credits, whole.ledger.credits, strict=True):
        assert mine.seconds == pytest.approx(theirs.seconds, abs=1e-5)
    assert [s.seconds for s in part.timeline.segments] == pytest.approx(
        [s.seconds for s in whole.timeline.segments], abs=1e-5
    )


@FEW
@given(LINES, st.floats(0, 1), st.floats(0, 1), st.floats(0, 1))
def test_cues_are_the_same_however_the_time_is_cut(
    line: Timeline, a: float, b: float, c: float
) -> None:
    first, middle, last = sorted(part * line.seconds for part in (a, b, c))
    assert cues(line, first, last) == (
        *cues(line, first, middle),
        *cues(line, middle, last),
    )


@FEW
@given(LINES, st.lists(st.floats(0, 1), max_size=6))
def test_a_ledger_is_the_same_however_the_time_is_cut(line: Timeline, cuts: list[float]) -> None:
    marks = sorted({0.0, line.seconds, *(cut * line.seconds for cut in cuts)})
    whole = Ledger.empty(line).plus(line, 0.0, line.seconds)
    pieces = Ledger.empty(line)
    for one, two in pairwise(marks):
        pieces = pieces.plus(line, one, two)
    assert pieces.done == whole.done
    for mine, theirs in zip(pieces.credits, whole.credits, strict=True):
        assert mine.seconds == pytest.approx(theirs.seconds)


@given(st.integers(0, 50), st.floats(0.01, 0.99), st.floats(4, 12))
def test_breaths_are_counted_from_one(whole: int, part: float, breath: float) -> None:
    assert breath_number((whole + part) * breath, breath) == whole + 1


def test_an_hour_with_stalls_of_up_to_two_seconds_is_exact_to_ten_milliseconds() -> None:
    """The clock is looked at once a second, and late at random, as on a slow line."""
    chance = random.Random(7)
    line = timeline(*["sided", "rolls", "cow", "held", "breathing", "pairs"] * 12)
    assert line.seconds > 3600
    clock = Clock()
    player = started(line, clock)
    begun = clock.at
    while clock.at - begun < 3600:
        late = chance.choice([0.0, 0.0, chance.uniform(0, 2)])
        clock.at = min(clock.at + 1 + late, begun + 3600)
        player.tick()
    assert player.state is State.RUNNING
    assert player.position == pytest.approx(3600, abs=0.01)
    exact = Ledger.empty(line).plus(line, 0, 3600).seconds
    assert player.ledger.seconds == pytest.approx(exact, abs=0.01)


def test_an_hour_with_absences_counts_none_of_them() -> None:
    chance = random.Random(11)
    line = timeline(*["sided", "held", "breathing"] * 16)
    clock = Clock()
    player = started(line, clock)
    here = away = 0.0
    while not player.over:
        if chance.random() < 0.02:
            absence = chance.uniform(PAUSE_SECONDS + 0.01, 4000)
            away += absence
            clock.at += absence
            player.tick()
            assert (player.state, player.halt) == (State.PAUSED, Halt.AWAY)
            player.resume()
        step = min(1.0, player.total_left_seconds)
        here += step
        clock.at += step
        player.tick()
    assert away > 10_000
    assert here == pytest.approx(line.seconds, abs=0.01)
    assert player.ledger.seconds == pytest.approx(planned(line), abs=0.01)


def test_progress_of_a_player_that_was_never_started_is_a_start() -> None:
    line = timeline("held")
    player = Player(line, Clock(), progress=Progress(Ledger.empty(line)))
    player.resume()
    clock = Clock()
    player = Player(line, clock, progress=player.progress())
    play_out(player, clock)
    assert player.ledger.seconds == planned(line)
