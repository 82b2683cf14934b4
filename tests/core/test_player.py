"""A session: what each key does, told as stories on a clock that the test turns by hand."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from playing import NOW, STRETCHES, Clock, checkpoint, planned, play, play_out, run, started
from playing import timeline as of

from stretch_tui.core.content.dose import Side
from stretch_tui.core.log.logbook import Ending, Session
from stretch_tui.core.session.away import Gap, judge
from stretch_tui.core.session.cues import CueKind
from stretch_tui.core.session.opening import first_side
from stretch_tui.core.session.player import Player
from stretch_tui.core.session.standing import shown
from stretch_tui.core.session.states import Halt, Skip, State
from stretch_tui.core.session.timeline import Kind, Timeline


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_a_stretch_with_sides_is_two_full_halves_and_a_timed_switch(clock: Clock) -> None:
    player = started(of("sided"), clock)
    heard = [(cue.kind, cue.at) for cue in player.tick()]
    while not player.over:
        clock.at += 0.25
        heard += [(cue.kind, cue.at) for cue in player.tick()]
    wanted = (CueKind.READY, CueKind.START, CueKind.SWITCH, CueKind.DONE, CueKind.FINISHED)
    assert [pair for pair in heard if pair[0] in wanted] == [
        (CueKind.READY, 0.0),
        (CueKind.START, 5.0),
        (CueKind.DONE, 25.0),
        (CueKind.SWITCH, 25.0),
        (CueKind.START, 30.0),
        (CueKind.DONE, 50.0),
        (CueKind.FINISHED, 50.0),
    ]
    (credit,) = player.ledger.credits
    assert (credit.left, credit.right, credit.both) == (20.0, 20.0, 0.0)
    assert player.state is State.FINISHED


def test_pause_stops_the_clock_and_resume_takes_it_up_at_the_same_second(clock: Clock) -> None:
    player = started(of("held"), clock)
    play(player, clock, 12)
    player.toggle()
    clock.at += 3600
    player.tick()
    assert (player.state, player.left_seconds) == (State.PAUSED, 23.0)
    player.toggle()
    play(player, clock, 3)
    assert (player.state, player.left_seconds, player.ledger.seconds) == (State.RUNNING, 20.0, 10.0)


def test_a_key_between_two_ticks_counts_from_its_own_moment(clock: Clock) -> None:
    player = started(of("held"), clock)
    play(player, clock, 6)
    clock.at += 0.7
    player.pause()
    assert player.position == pytest.approx(6.7)


def test_next_leads_into_the_next_stretch_and_previous_into_the_one_before(clock: Clock) -> None:
    player = started(of("held", "sided", "rolls"), clock)
    play(player, clock, 8)
    player.next()
    assert (player.step.stretch.id, player.segment.kind, player.into_seconds) == (
        "sided",
        Kind.REST,
        0.0,
    )
    player.next()
    assert player.step.stretch.id == "rolls"
    player.previous()
    assert player.step.stretch.id == "sided"
    player.previous()
    player.previous()
    assert (player.step.stretch.id, player.position) == ("held", 0.0)


@pytest.mark.parametrize("at", [1000.0, 1001.55687978564908, 123456.789012345])
def test_where_a_jump_lands_a_second_key_at_once_finds_it(at: float) -> None:
    player = started(of("held", "sided", "rolls", "cow"), Clock(at))
    for _ in range(3):
        player.skip(Skip.ALREADY_DONE)
    assert player.step.stretch.id == "cow"
    assert player.ledger.marked == {0, 1, 2}


def test_next_in_the_last_stretch_ends_the_session(clock: Clock) -> None:
    player = started(of("held", "sided"), clock)
    play(player, clock, 36)
    assert player.ledger.complete(player.timeline, 0)
    player.next()
    assert player.state is State.FINISHED
    skipper = started(of("held"), clock)
    skipper.next()
    assert skipper.state is State.ENDED, "who did nothing has not finished anything"


def test_go_on_while_getting_ready_begins_at_once(clock: Clock) -> None:
    player = started(of("held"), clock)
    player.go_on()
    assert (player.segment.kind, player.left_seconds) == (Kind.HOLD, 30.0)
    player.go_on()
    assert player.left_seconds == 30.0, "a hold is not left by it"


def test_restart_goes_to_the_start_of_the_hold(clock: Clock) -> None:
    player = started(of("sided"), clock)
    play(player, clock, 40)
    player.restart()
    assert (player.segment.side, player.left_seconds) == (Side.RIGHT, 20.0)
    play(player, clock, 20)
    (credit,) = player.ledger.credits
    assert (credit.left, credit.right) == (20.0, 30.0), "what was done twice counts twice"


def test_restart_among_short_moves_goes_to_the_start_of_the_round(clock: Clock) -> None:
    player = started(of("rolls"), clock)
    play(player, clock, player.timeline.segments[7].start + 1)
    player.restart()
    assert player.segment.rep == 1


@pytest.mark.parametrize(
    ("after", "change", "length"),
    [(10, 5, 35), (10, -5, 25), (10, -60, 5.001), (30, -30, 25.001), (10, 9999, 600)],
)
def test_plus_and_minus_change_the_hold_and_the_total(
    clock: Clock, after: float, change: float, length: float
) -> None:
    player = started(of("held", "sided"), clock)
    total = player.timeline.seconds
    play(player, clock, after)
    player.adjust(change)
    assert player.segment.seconds == pytest.approx(length, abs=1e-6)
    assert player.timeline.seconds == pytest.approx(total + length - 30)
    assert player.timeline.steps[0].seconds == pytest.approx(length)
    assert player.position == after
    segments = player.timeline.segments
    assert all(one.end == two.start for one, two in pairwise(segments))


def test_a_longer_hold_is_not_halfway_twice(clock: Clock) -> None:
    player = started(of("held"), clock)
    heard = []
    for _ in range(45):
        clock.at += 1
        heard += [cue.kind for cue in player.tick()]
        if player.position == 21:
            player.adjust(5)
    assert heard.count(CueKind.HALFWAY) == 1


def test_more_seconds_are_more_breaths(clock: Clock) -> None:
    player = started(of("breathing"), clock)
    while player.segment.kind is not Kind.HOLD:
        play(player, clock, 1)
    assert player.segment.breaths == 3
    player.adjust(6)
    assert player.segment.breaths == 4


def test_the_clock_waits_for_words_that_are_new_off_the_total(clock: Clock) -> None:
    player = started(of("held", "sided"), clock, seen={"held"})
    assert player.state is State.RUNNING, "known words are not waited for"
    play(player, clock, 40)
    assert (player.state, player.position, player.step.stretch.id) == (State.WAITING, 35.0, "sided")
    clock.at += 600
    player.tick()
    assert player.total_left_seconds == player.timeline.seconds - 35
    player.go_on()
    play(player, clock, 6)
    assert (player.segment.kind, player.read) == (Kind.HOLD, frozenset({"sided"}))
    player.previous()
    player.next()
    assert player.state is State.RUNNING, "what was read once is not new any more"


def test_the_first_stretch_waits_too_and_without_rests_there_is_still_a_wait(clock: Clock) -> None:
    line = of("held", "sided", rest_seconds=0)
    player = started(line, clock, seen=frozenset())
    assert player.state is State.WAITING
    player.toggle()
    play(player, clock, 36)
    assert (player.state, player.position) == (State.WAITING, 35.0)


def test_jumping_to_new_words_while_paused_waits_when_it_goes_on(clock: Clock) -> None:
    player = started(of("held", "sided"), clock, seen={"held"})
    player.pause()
    player.next()
    assert player.state is State.PAUSED
    player.resume()
    assert player.state is State.WAITING


def test_freezing_to_read_keeps_the_clock_off_the_total(clock: Clock) -> None:
    player = started(of("held"), clock)
    play(player, clock, 10)
    player.freeze()
    clock.at += 50
    player.tick()
    assert (player.state, player.position) == (State.READING, 10.0)
    player.go_on()
    play(player, clock, 1)
    assert player.position == 11.0


def test_skipping_has_three_meanings(clock: Clock) -> None:
    player = started(of("held", "sided", "rolls", "cow"), clock)
    player.skip(Skip.NOT_NOW)
    player.skip(Skip.ALREADY_DONE)
    player.skip(Skip.NEVER)
    assert player.step.stretch.id == "cow"
    assert player.bans == ("rolls",)
    assert player.ledger.seconds == 0
    (part,) = player.ledger.parts(player.timeline)
    assert (part.stretch, part.complete, part.seconds) == ("sided", True, 0.0)


@pytest.mark.parametrize(
    ("key", "ending"), [(Player.hurt, Ending.HURT), (Player.end, Ending.ENDED)]
)
def test_ending_keeps_what_was_done(clock: Clock, key: object, ending: Ending) -> None:
    of_run = run("sided", "held")
    player = started(of_run.timeline, clock)
    play(player, clock, 40)
    key(player)  # type: ignore[operator]
    assert player.state.value == ending.value
    session = replace(checkpoint(of_run, player), feel_before=4).session(feel_after=2)
    assert (session.ending, session.seconds, session.completed) == (ending, 30.0, False)
    (part,) = session.parts
    assert (part.left, part.right, part.complete) == (20.0, 10.0, False)
    assert part.regions == ("neck", "shoulders")
    assert (session.feel_before, session.feel_after, session.first_side) == (4, 2, "left")
    clock.at += 100
    assert player.tick() == ()
    player.resume()
    player.next()
    assert player.ledger.seconds == 30.0, "what is over stays over"


def test_only_an_end_before_its_time_can_be_taken_back(clock: Clock) -> None:
    player = started(of("held"), clock)
    play(player, clock, 10)
    player.reopen()
    assert player.state is State.RUNNING, "nothing has ended"
    player.hurt()
    player.reopen()
    assert (player.state, player.halt, player.position) == (State.PAUSED, Halt.REOPENED, 10.0)
    player.resume()
    play_out(player, clock)
    player.reopen()
    assert player.state is State.FINISHED, "there is nothing left to go on with"


def test_what_was_done_before_the_rest_of_it_was_done_elsewhere_is_kept(clock: Clock) -> None:
    player = started(of("held", "sided"), clock)
    play(player, clock, 15)
    player.skip(Skip.ALREADY_DONE)
    assert player.ledger.seconds == 10.0
    (part,) = player.ledger.parts(player.timeline)
    assert (part.stretch, part.complete, part.seconds) == ("held", True, 10.0)


def test_a_stretch_that_comes_twice_is_one_part(clock: Clock) -> None:
    of_run = run("held", "sided", "held")
    player = started(of_run.timeline, clock)
    play_out(player, clock)
    session = checkpoint(of_run, player).session()
    assert [(part.stretch, part.seconds, part.complete) for part in session.parts] == [
        ("held", 60.0, True),
        ("sided", 40.0, True),
    ]
    assert (session.ending, session.seconds) == (Ending.FINISHED, planned(of_run.timeline))


def test_who_begins_alternates_from_session_to_session() -> None:
    def past(routine: str, side: str | None) -> Session:
        return Session("u", NOW, 0, NOW.date(), routine, routine, 60.0, first_side=side)

    assert first_side((), "mix") is Side.LEFT
    assert first_side((past("mix", "left"),), "mix") is Side.RIGHT
    assert first_side((past("mix", "left"), past("mix", "right")), "mix") is Side.LEFT
    assert first_side((past("mix", "left"), past("other", "right")), "mix") is Side.RIGHT
    assert first_side((past("mix", "left"), past("mix", None)), "mix") is Side.RIGHT
    assert of("sided", first_side=Side.RIGHT).segments[0].side is Side.RIGHT


def test_nothing_to_play_is_refused(clock: Clock) -> None:
    with pytest.raises(ValueError, match="nothing to play"):
        Player(Timeline((), ()), clock)


@pytest.mark.parametrize(
    ("gap", "slept", "tick", "verdict"),
    [
        (1.0, 0, 1.0, Gap.COUNTS),
        (3.0, 0, 1.0, Gap.COUNTS),
        (2.5, 0, 0.25, Gap.COUNTS),
        (2.6, 0, 0.25, Gap.DROPPED),
        (4.9, 0, 1.0, Gap.DROPPED),
        (5.1, 0, 1.0, Gap.PAUSES),
        (0.2, 8 * 3600, 1.0, Gap.PAUSES),
        (-3.0, 0, 1.0, Gap.COUNTS),
    ],
)
def test_what_becomes_of_a_gap(gap: float, slept: float, tick: float, verdict: Gap) -> None:
    assert judge(gap, slept, tick) is verdict


def test_a_stopped_process_pauses_at_the_moment_it_stopped(clock: Clock) -> None:
    player = started(of("held"), clock)
    play(player, clock, 10)
    clock.at += 47
    assert player.tick() == ()
    assert (player.state, player.halt, player.position) == (State.PAUSED, Halt.AWAY, 10.0)
    assert player.away_seconds == 47
    player.resume()
    play(player, clock, 5)
    assert player.position == 15.0


def test_a_sleeping_machine_pauses_even_when_the_monotonic_clock_slept_too(clock: Clock) -> None:
    boot = Clock(5000.0)
    player = started(of("held"), clock, boot=boot)
    for _ in range(10):
        clock.at += 1
        boot.at += 1
        player.tick()
    clock.at += 0.5
    boot.at += 3600
    player.tick()
    assert (player.state, player.halt, player.position) == (State.PAUSED, Halt.AWAY, 10.0)
    assert player.away_seconds == pytest.approx(3600)


def test_a_short_absence_is_left_out_and_the_session_goes_on(clock: Clock) -> None:
    player = started(of("held"), clock)
    play(player, clock, 10)
    clock.at += 4.5
    player.tick()
    assert (player.state, player.position) == (State.RUNNING, 10.0)
    play(player, clock, 5)
    assert (player.state, player.position) == (State.RUNNING, 15.0), "nothing of it comes back"
    clock.at += 4.5
    player.tick()
    play(player, clock, 1)
    assert (player.state, player.position) == (State.RUNNING, 16.0), "nor of a second one"


def test_a_pause_told_late_takes_back_what_passed_since(clock: Clock) -> None:
    player = started(of("held"), clock)
    play(player, clock, 20)
    player.pause(Halt.OUTPUT, ago_seconds=5)
    assert (player.position, player.ledger.seconds) == (15.0, 10.0)


def test_a_session_rebuilt_from_its_checkpoint_stands_paused_where_it_was(clock: Clock) -> None:
    of_run = run("sided", "held")
    player = started(of_run.timeline, clock)
    play(player, clock, 33)
    player.adjust(5)
    kept = checkpoint(of_run, player)
    again = kept.player(Clock(77.0))
    assert (again.state, again.halt) == (State.PAUSED, Halt.LEFT)
    assert (again.segment, again.left_seconds) == (player.segment, player.left_seconds)
    assert again.ledger == player.ledger
    standing = kept.standing()
    assert (standing.step.stretch.id, standing.left_seconds) == ("sided", player.left_seconds)


def test_a_checkpoint_from_before_the_start_starts(clock: Clock) -> None:
    of_run = run("held")
    kept = checkpoint(of_run, Player(of_run.timeline, clock))
    again = kept.player(clock)
    again.resume()
    assert again.state is State.RUNNING


def test_from_a_later_step_on(clock: Clock) -> None:
    player = Player(of("held", "sided"), clock, from_step=1)
    player.start()
    assert (player.step.stretch.id, player.segment.kind) == ("sided", Kind.REST)


def test_every_kind_of_stretch_is_played_to_its_end(clock: Clock) -> None:
    line = of(*STRETCHES)
    player = started(line, clock)
    begun = clock.at
    play_out(player, clock, step=0.25)
    assert player.ledger.seconds == pytest.approx(planned(line), abs=1e-6)
    assert clock.at - begun == pytest.approx(line.seconds, abs=0.25)
    assert all(player.ledger.complete(line, step) for step in range(len(line.steps)))


def test_a_countdown_is_rounded_up_and_does_not_jump_when_a_tick_comes_early() -> None:
    assert [shown(s) for s in (30.0, 29.6, 29.02, 0.4, 0.01, -1.0)] == [30, 30, 29, 1, 0, 0]
