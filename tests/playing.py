"""Stretches of every kind, a clock that tests turn by hand, and ways to play with them."""

from __future__ import annotations

from datetime import UTC, datetime

from stretch_tui.core.amount import Amount
from stretch_tui.core.content.dose import Dose, DosePhase, Range, Side, Sides
from stretch_tui.core.content.routine import Routine, Step
from stretch_tui.core.content.stretch import Level, Phase, Position, Region, Stretch
from stretch_tui.core.session.checkpoint import Checkpoint, Run
from stretch_tui.core.session.expansion import expand
from stretch_tui.core.session.opening import open_run
from stretch_tui.core.session.player import Player
from stretch_tui.core.session.states import State
from stretch_tui.core.session.timeline import Timeline
from stretch_tui.core.settings import Settings

NOW = datetime(2026, 3, 4, 9, 30, tzinfo=UTC)


class Clock:
    """A clock that stands until it is told to go on."""

    def __init__(self, at: float = 1000.0) -> None:
        self.at = at

    def __call__(self) -> float:
        return self.at


def stretch(stretch_id: str, dose: Dose, *phases: str) -> Stretch:
    names = phases or ("hold",)
    return Stretch(
        id=stretch_id,
        name=stretch_id.capitalize(),
        regions=(Region.NECK, Region.SHOULDERS),
        position=Position.CHAIR,
        level=Level.EASY,
        steps=("Sit tall.", "Breathe out."),
        phases=tuple(Phase(name, f"{stretch_id}/{name}", f"Go {name}") for name in names),
        dose=dose,
    )


STRETCHES = {
    one.id: one
    for one in (
        stretch("held", Dose(hold_seconds=Range(30, 30))),
        stretch("sided", Dose(hold_seconds=Range(20, 30), sides=Sides.EACH)),
        stretch("pairs", Dose(hold_seconds=Range(5, 5), reps=Range(3, 3), sides=Sides.ALTERNATE)),
        stretch("rolls", Dose(reps=Range(5, 5), rounds=Range(2, 2)), "back", "forward"),
        stretch(
            "circles",
            Dose(reps=Range(3, 3), phases=(DosePhase("back"), DosePhase("forward", block=1))),
            "back",
            "forward",
        ),
        stretch("breathing", Dose(breaths=Range(3, 5), sides=Sides.EACH), "in", "out"),
        stretch(
            "cow",
            Dose(
                reps=Range(4, 4),
                flow=True,
                phases=(
                    DosePhase("cow", held=True, breaths=Range(1, 1)),
                    DosePhase("cat", held=True, breaths=Range(1, 1)),
                ),
            ),
            "cow",
            "cat",
        ),
    )
}


def routine(*names: str, rest_seconds: int | None = None) -> Routine:
    return Routine("mix", "A mix", tuple(Step(name) for name in names), rest_seconds=rest_seconds)


def timeline(*names: str, first_side: Side = Side.LEFT, **more: object) -> Timeline:
    return expand(routine(*names), STRETCHES, Settings(**more), first_side=first_side)  # type: ignore[arg-type]


def run(*names: str, uid: str = "u1", amount: Amount | None = None) -> Run:
    return open_run(routine(*names), STRETCHES, Settings(), (), uid=uid, now=NOW, amount=amount)


def started(line: Timeline, clock: Clock, **more: object) -> Player:
    player = Player(line, clock, **more)  # type: ignore[arg-type]
    player.start()
    return player


def play(player: Player, clock: Clock, seconds: float, step: float = 0.5) -> None:
    """Let time pass, looking at the clock as a screen does."""
    end = clock.at + seconds
    while clock.at < end - 1e-9:
        clock.at = min(clock.at + step, end)
        player.tick()


def play_out(player: Player, clock: Clock, step: float = 0.5) -> None:
    """Play to the end, reading whatever has to be read."""
    while not player.over:
        if player.state is not State.RUNNING:
            player.resume()
        clock.at += step
        player.tick()


def checkpoint(of: Run, player: Player) -> Checkpoint:
    return Checkpoint(of, player.progress(), NOW)


def planned(line: Timeline) -> float:
    """Seconds that a session without a skip is credited."""
    return sum(segment.seconds for segment in line.segments if segment.credited)
