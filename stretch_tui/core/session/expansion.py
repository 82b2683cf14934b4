"""A routine expanded into a timeline: each dose over its phases, sides, repetitions and rounds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from stretch_tui.core.amount import Amount
from stretch_tui.core.content.dose import Dose, DosePhase, Side, Sides
from stretch_tui.core.content.dosing import dose_of
from stretch_tui.core.content.routine import Routine, Step
from stretch_tui.core.content.stretch import Phase, Stretch, available
from stretch_tui.core.session.timeline import Kind, PlayedStep, Segment, Timeline
from stretch_tui.core.settings import Settings


class LaidOut(NamedTuple):
    """One dose laid out, not yet at any place in a timeline, with its sums."""

    opening: Segment
    """The pose to get ready in."""
    work: tuple[Segment, ...]
    seconds: float
    stretching: Mapping[Side | None, float]
    """Seconds that count as stretching, by side; None is both at once."""

    @classmethod
    def of(cls, work: Sequence[Segment]) -> LaidOut:
        """Sum up; a plain first move is done while getting ready."""
        first = work[0]
        absorbed = first.kind is Kind.MOVE and not first.through and len(work) > 1
        opening = replace(first, breaths=None, moving=False, through=())
        rest = tuple(work[1:] if absorbed else work)
        stretching: dict[Side | None, float] = {}
        for segment in rest:
            if segment.credited:
                sofar = stretching.get(segment.side, 0.0)
                stretching[segment.side] = sofar + segment.seconds
        return cls(opening, rest, sum(segment.seconds for segment in rest), stretching)


class Part(NamedTuple):
    """A step laid out on its own: enough for every sum, at a fraction of a timeline's cost."""

    step: Step
    stretch: Stretch
    dose: Dose
    lead: float
    """Seconds to get ready, or to rest, before it."""
    laid: LaidOut


def parts(
    routine: Routine,
    stretches: Mapping[str, Stretch],
    settings: Settings,
    *,
    first_side: Side = Side.LEFT,
    amount: Amount | None = None,
) -> tuple[Part, ...]:
    """The steps of a routine that are known and fit the equipment, each laid out; see `expand`."""
    chosen = amount or settings.dose
    rest = settings.rest_seconds if routine.rest_seconds is None else routine.rest_seconds
    found: list[Part] = []
    for step in routine.steps:
        stretch = stretches.get(step.stretch)
        if stretch is not None and _fits(step, routine, stretches, settings):
            dose = dose_of(step, stretch)
            laid = _work(step, stretch, dose, settings, chosen, step.first_side or first_side)
            lead = rest if found else settings.get_ready_seconds
            found.append(Part(step, stretch, dose, float(lead), laid))
    return tuple(found)


def total_seconds(laid_out: Iterable[Part]) -> float:
    """How long a routine takes, rests and the first get-ready included."""
    return sum(part.lead + part.laid.seconds for part in laid_out)


def expand(
    routine: Routine,
    stretches: Mapping[str, Stretch],
    settings: Settings,
    *,
    first_side: Side = Side.LEFT,
    amount: Amount | None = None,
) -> Timeline:
    """Lay a routine out in time; steps with an unknown stretch are left out, named in `missing`.

    `first_side` begins every two-sided step that does not name its own; `amount` overrides the
    setting for this session.
    """
    laid_out = parts(routine, stretches, settings, first_side=first_side, amount=amount)
    segments: list[Segment] = []
    steps: list[PlayedStep] = []
    at = 0.0
    for index, (step, stretch, dose, lead, laid) in enumerate(laid_out):
        kind = Kind.READY if index == 0 else Kind.REST
        lead_in = [replace(laid.opening, kind=kind, seconds=lead)] if lead else []
        for segment in (*lead_in, *laid.work):
            segments.append(segment.placed(index, at))
            at += segment.seconds
        told = (step.variation, step.note, step.instead_of)
        steps.append(PlayedStep(stretch, dose, *told, laid.seconds))
    wanted = (step for step in routine.steps if step.stretch not in stretches)
    missing = tuple(s.stretch for s in wanted if _fits(s, routine, stretches, settings))
    return Timeline(tuple(segments), tuple(steps), missing)


def stretch_seconds(
    stretch: Stretch, settings: Settings, dose: Dose | None = None, variation: str | None = None
) -> float:
    """The seconds of one stretch on its own, without get-ready."""
    return _alone(stretch, settings, dose, variation).seconds


def work_of(
    stretch: Stretch, settings: Settings, dose: Dose | None = None, variation: str | None = None
) -> tuple[Segment, ...]:
    """The segments of one stretch on its own, without get-ready; their starts are not set."""
    return _alone(stretch, settings, dose, variation).work


def _alone(
    stretch: Stretch, settings: Settings, dose: Dose | None, variation: str | None
) -> LaidOut:
    step = Step(stretch.id, dose=dose, variation=variation)
    full = dose_of(step, stretch)
    return _work(step, stretch, full, settings, settings.dose, Side.LEFT)


def _fits(
    step: Step, routine: Routine, stretches: Mapping[str, Stretch], settings: Settings
) -> bool:
    """Whether a step is played with the equipment at hand: it, or the one that stands in for it."""
    equipment = settings.equipment
    if equipment is None:
        return True
    if step.instead_of is not None:
        replaced = stretches.get(step.instead_of)
        return replaced is None or not available(replaced.needs, equipment)
    stretch = stretches.get(step.stretch)
    stand_ins = [other for other in routine.steps if other.instead_of == step.stretch]
    return not stand_ins or stretch is None or available(stretch.needs, equipment)


class _Pace(NamedTuple):
    """The settings that the length of a stretch depends on."""

    breath_seconds: float
    switch_seconds: int
    move_seconds: int


def _work(
    step: Step,
    stretch: Stretch,
    dose: Dose,
    settings: Settings,
    amount: Amount,
    first_side: Side,
) -> LaidOut:
    pace = _Pace(settings.breath_seconds, settings.switch_seconds, settings.move_seconds)
    return _laid_out(dose, stretch.phases_of(step.variation), pace, amount, first_side)


@lru_cache(maxsize=512)
def _laid_out(
    dose: Dose, phases: tuple[Phase, ...], pace: _Pace, amount: Amount, first_side: Side
) -> LaidOut:
    """One dose laid out; remembered, for an edit of a long routine changes one step of many."""
    named = {phase.name: phase for phase in phases}
    reps, rounds = dose.count("reps", amount), dose.count("rounds", amount)
    limit = float("inf") if dose.limit_seconds is None else dose.limit_seconds
    while True:
        builder = _Builder(dose, named, pace, amount, rounds, reps)
        laid = LaidOut.of(builder.build(first_side))
        if laid.seconds <= limit or (reps == 1 and rounds == 1):
            return laid
        reps, rounds = (reps - 1, rounds) if reps > 1 else (reps, rounds - 1)


class _Builder:
    """Collects the segments of one step."""

    def __init__(
        self,
        dose: Dose,
        phases: Mapping[str, Phase],
        pace: _Pace,
        amount: Amount,
        rounds: int,
        reps: int,
    ) -> None:
        self._dose = dose
        self._phases = phases
        self._pace = pace
        self._amount = amount
        self._rounds = rounds
        self._reps = reps
        self._segments: list[Segment] = []
        self._last_side: Side | None = None

    def build(self, first_side: Side) -> list[Segment]:
        """All segments of the step, in order, starts not yet set."""
        sides = (first_side, first_side.other)
        for number in range(1, self._rounds + 1):
            for phase in (p for p in self._dose.phases if p.once):
                self._play(phase, None, 1, 1, number)
            match self._dose.sides:
                case Sides.BOTH:
                    self._side(None, number)
                case Sides.EACH:
                    for side in sides:
                        self._side(side, number)
                case Sides.ALTERNATE:
                    self._pairs(sides, number)
        return self._segments

    def _side(self, side: Side | None, number: int) -> None:
        for block in self._blocks():
            for rep in range(1, self._reps + 1):
                for phase in block:
                    self._play(phase, side, rep, self._reps, number)

    def _pairs(self, sides: tuple[Side, Side], number: int) -> None:
        for block in self._blocks():
            for rep in range(1, self._reps + 1):
                for side in sides:
                    for phase in block:
                        self._play(phase, side, rep, self._reps, number)

    def _blocks(self) -> Iterator[list[DosePhase]]:
        phases = [phase for phase in self._dose.phases if not phase.once]
        for number in sorted({phase.block for phase in phases}):
            yield [phase for phase in phases if phase.block == number]

    def _play(self, dosed: DosePhase, side: Side | None, rep: int, reps: int, number: int) -> None:
        """Get into the phase, by a switch or a move where the body has to, and hold it."""
        phase = self._phases[dosed.name]
        for kind, seconds, moving, counted in self._parts_of(dosed, side):
            segment = Segment(
                kind,
                0,
                phase.name,
                phase.pose,
                seconds,
                side=side,
                rep=rep,
                reps=reps,
                round=number,
                rounds=self._rounds,
                breaths=counted,
                through=phase.through if moving else (),
                moving=moving,
            )
            self._segments.append(segment)
        self._last_side = side or self._last_side

    def _parts_of(
        self, dosed: DosePhase, side: Side | None
    ) -> list[tuple[Kind, float, bool, int | None]]:
        """Of each part its kind, its seconds, whether the body moves, and the breaths counted."""
        dose = self._dose
        held = dose.seconds_of(dosed, self._amount, self._pace.breath_seconds)
        parts: list[tuple[Kind, float, bool, int | None]] = []
        opening = not self._segments and held > 0  # the get-ready before it is already posed
        if self._switches_to(side):
            parts.append((Kind.SWITCH, float(self._pace.switch_seconds), True, None))
        elif not (opening or (dose.flow and held)):
            parts.append((Kind.MOVE, float(self._pace.move_seconds), True, None))
        if held:
            breaths = dose.breaths_of(dosed)
            counted = breaths.at(self._amount) if breaths is not None else None
            parts.append((Kind.HOLD, held, dose.flow, counted))
        return parts

    def _switches_to(self, side: Side | None) -> bool:
        """Whether the body changes to this side, done after the other to its end."""
        before = self._last_side
        return side is not None and before not in (None, side) and self._dose.sides is Sides.EACH
