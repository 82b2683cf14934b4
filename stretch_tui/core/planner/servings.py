"""The doses in which a stretch can be served, each inside what is published, with its seconds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from stretch_tui.core.amount import Amount
from stretch_tui.core.content.dose import Dose, DosePhase, Range
from stretch_tui.core.content.stretch import Level, Phase, Position, Stretch
from stretch_tui.core.log.stats import STRETCH_SECONDS
from stretch_tui.core.session.expansion import work_of
from stretch_tui.core.session.timeline import Kind
from stretch_tui.core.settings import Settings

_Pace = tuple[float, int, int]


@dataclass(frozen=True, slots=True)
class Serving:
    """One dose of a stretch with every range made one figure, so that its length is fixed."""

    dose: Dose
    seconds: float
    """With side switches, without rest or get-ready."""
    credited: float
    """Seconds of holds and movement, both sides added."""
    moving: bool
    """Whether nothing in it is held still."""
    off: int = 0
    """Steps away from the amount that the user set; an added round is one."""

    @property
    def side_seconds(self) -> float:
        """Credited seconds a side; all of them where there are no sides."""
        return self.credited / 2 if self.dose.two_sided else self.credited


def servings(stretch: Stretch, settings: Settings, form: str | None = None) -> tuple[Serving, ...]:
    """Every dose worth choosing from, each of another length; the nearest to the setting first.

    The published ranges at each of their ends and between, and a second round of a single hold
    where two come to no more than a stretch asks for in all.
    """
    return _served(stretch.dose, stretch.phases_of(form), _pace(settings), settings.dose)


@lru_cache(maxsize=4096)
def _served(
    published: Dose, phases: tuple[Phase, ...], pace: _Pace, mine: Amount
) -> tuple[Serving, ...]:
    amounts = list(Amount)
    found: dict[float, Serving] = {}
    for amount in sorted(amounts, key=lambda one: abs(amounts.index(one) - amounts.index(mine))):
        dose = pinned(published, amount)
        off = abs(amounts.index(amount) - amounts.index(mine))
        for more, extra in ((dose, 0), (_second_round(dose), 1)):
            if more is None:
                continue
            one = _measured(more, phases, pace)
            if extra and one.side_seconds > STRETCH_SECONDS + 6:
                continue
            found.setdefault(one.seconds, replace(one, off=off + extra))
    return tuple(found.values())


def serve(stretch: Stretch, dose: Dose, settings: Settings, form: str | None = None) -> Serving:
    """One dose of the stretch in one of its forms, measured."""
    return _measured(dose, stretch.phases_of(form), _pace(settings))


def pinned(dose: Dose, amount: Amount) -> Dose:
    """The dose with each range made the figure that is played at that amount."""

    def pin(value: Range | None) -> Range | None:
        return None if value is None else Range(value.at(amount), value.at(amount))

    def pin_phase(phase: DosePhase) -> DosePhase:
        return replace(phase, hold_seconds=pin(phase.hold_seconds), breaths=pin(phase.breaths))

    return replace(
        dose,
        hold_seconds=pin(dose.hold_seconds),
        breaths=pin(dose.breaths),
        phase_hold_seconds=pin(dose.phase_hold_seconds),
        reps=pin(dose.reps),
        rounds=pin(dose.rounds),
        phases=tuple(pin_phase(phase) for phase in dose.phases),
    )


def _second_round(dose: Dose) -> Dose | None:
    """The dose done twice, marked as ours; None where the source counts for itself."""
    if dose.reps is not None or dose.rounds is not None or dose.limit_seconds is not None:
        return None
    return replace(dose, rounds=Range(2, 2), ours=(*dose.ours, "rounds"))


def _pace(settings: Settings) -> _Pace:
    """All settings that a stretch's own length depends on."""
    return (settings.breath_seconds, settings.switch_seconds, settings.move_seconds)


@lru_cache(maxsize=4096)
def _measured(dose: Dose, phases: tuple[Phase, ...], pace: _Pace) -> Serving:
    """The length of a dose; remembered, for laying it out in time costs more than all the rest."""
    breath, switch, move = pace
    settings = Settings(breath_seconds=breath, switch_seconds=switch, move_seconds=move)
    any_stretch = Stretch("", "", (), Position.STANDING, Level.EASY, (), phases, dose)
    segments = work_of(any_stretch, settings, dose)
    work = [segment for segment in segments if segment.credited]
    return Serving(
        dose,
        sum(segment.seconds for segment in segments),
        sum(segment.seconds for segment in work),
        all(segment.moving or segment.kind is Kind.MOVE for segment in work),
    )
