"""Where keys lead in a session: to the other side, the next stretch, back again, and out."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playing import STRETCHES, Clock, checkpoint, planned, play, play_out, run, started
from playing import timeline as of

from stretch_tui.core.content.dose import Side
from stretch_tui.core.session.ledger import Ledger
from stretch_tui.core.session.player import Player
from stretch_tui.core.session.scene import scene
from stretch_tui.core.session.states import Halt, Progress, Skip, State
from stretch_tui.core.session.timeline import Kind


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_next_never_leaves_one_side_without_the_other(clock: Clock) -> None:
    player = started(of("held", "sided"), clock, from_step=1)
    player.go_on()
    play(player, clock, 3)
    player.next()
    assert (player.segment.kind, player.segment.side) == (Kind.SWITCH, Side.RIGHT)
    assert player.state is State.RUNNING
    player.previous()
    assert (player.segment.kind, player.segment.side) == (Kind.REST, Side.LEFT)
    assert player.step.stretch.id == "sided"
    player.go_on()
    player.next()
    player.next()
    assert player.over


@given(st.lists(st.sampled_from(sorted(STRETCHES)), min_size=1, max_size=3), st.floats(0, 0.999))
def test_where_next_leads_is_what_the_line_below_says(names: list[str], part: float) -> None:
    line = of(*names)
    clock, position = Clock(), part * line.seconds
    player = Player(line, clock, progress=Progress(Ledger.empty(line), position))
    told = scene(line, position)
    before = player.segment
    player.next()
    if told.next_lead == "then":
        return
    if player.over:
        assert told.next == ""
    elif player.segment.step == before.step:
        assert told.next == f"the {player.segment.side} side"
    else:
        assert told.next.startswith(player.step.stretch.name)


def test_a_whole_stretch_is_left_by_skipping_it(clock: Clock) -> None:
    player = started(of("sided", "held"), clock)
    player.go_on()
    player.skip(Skip.NOT_NOW)
    assert player.step.stretch.id == "held"


@pytest.mark.parametrize("key", [Player.hurt, Player.end, Player.skip])
def test_an_end_before_its_time_can_be_taken_back_and_nothing_is_lost(
    clock: Clock, key: Callable[[Player], None]
) -> None:
    player = started(of("sided"), clock)
    play(player, clock, 15)
    key(player)
    left, done = player.left_seconds, player.ledger.seconds
    clock.at += 500
    player.tick()
    player.reopen()
    assert (player.state, player.halt) == (State.PAUSED, Halt.REOPENED)
    assert (player.left_seconds, player.ledger.seconds) == (left, done)
    player.resume()
    play_out(player, clock)
    assert player.ledger.seconds == planned(player.timeline)


def test_what_was_played_to_its_end_stays_over(clock: Clock) -> None:
    player = started(of("held"), clock)
    play_out(player, clock)
    player.reopen()
    assert player.state is State.FINISHED


def test_why_a_session_was_paused_is_no_longer_said_elsewhere(clock: Clock) -> None:
    of_run = run("held", "sided")
    player = started(of_run.timeline, clock)
    again = checkpoint(of_run, player).player(clock)
    assert again.halt is Halt.LEFT
    again.skip(Skip.ALREADY_DONE)
    assert (again.state, again.halt) == (State.PAUSED, Halt.ASKED)


@pytest.mark.parametrize("paused", [False, True])
def test_who_comes_back_is_told_for_how_long_they_were_away(clock: Clock, paused: bool) -> None:
    of_run = run("held")
    player = started(of_run.timeline, clock)
    play(player, clock, 9)
    if paused:
        player.pause()
    assert checkpoint(of_run, player).player(clock).halt is Halt.LEFT
