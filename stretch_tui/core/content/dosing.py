"""The dose that a step really has: what it says itself, and what it leaves to its stretch."""

from __future__ import annotations

from dataclasses import replace

from stretch_tui.core.content.dose import Dose, DosePhase, Sides
from stretch_tui.core.content.routine import Step
from stretch_tui.core.content.stretch import Stretch

HOLDS = ("hold_seconds", "breaths", "phase_hold_seconds")


def dose_of(step: Step, stretch: Stretch) -> Dose:
    """The dose of a step with every phase named; what a short dose leaves open is the stretch's.

    `{reps = 3}` on a stretch held for 30 s is three holds of 30 s, and a stretch with two sides is
    done on both of them even where the step forgets to say so.
    """
    names = tuple(phase.name for phase in stretch.phases_of(step.variation))
    dose = stretch.dose if step.dose is None else _sided(step.dose, stretch.dose)
    if dose.phases and _known(dose, names):
        return dose
    own = stretch.dose
    if step.dose is None or not own.phases or not _known(own, names):
        dose = dose if step.dose is None else _held(dose, own)
        return replace(dose, phases=default_phases(names, dose))
    if _names_holds(dose):
        return replace(dose, phases=_adapted(own.phases))
    return replace(_held(dose, own), phases=own.phases)


def default_phases(names: tuple[str, ...], dose: Dose) -> tuple[DosePhase, ...]:
    """The phases of a dose that names none: the last is held, or all where one figure fits all."""
    last = len(names) - 1
    counted = dose.hold_seconds is not None or dose.breaths is not None
    every = dose.phase_hold_seconds is not None
    return tuple(
        DosePhase(name, held=every or (counted and index == last))
        for index, name in enumerate(names)
    )


def _known(dose: Dose, names: tuple[str, ...]) -> bool:
    return all(phase.name in names for phase in dose.phases)


def _names_holds(dose: Dose) -> bool:
    return any(getattr(dose, name) is not None for name in HOLDS)


def _sided(dose: Dose, own: Dose) -> Dose:
    """A two-sided stretch stays two-sided."""
    return replace(dose, sides=own.sides) if dose.sides is Sides.BOTH and own.two_sided else dose


def _held(dose: Dose, own: Dose) -> Dose:
    """The dose with the stretch's hold where it names none."""
    if _names_holds(dose):
        return dose
    ours = tuple(name for name in own.ours if name in HOLDS and name not in dose.ours)
    return replace(
        dose,
        hold_seconds=own.hold_seconds,
        breaths=own.breaths,
        phase_hold_seconds=own.phase_hold_seconds,
        flow=dose.flow or own.flow,
        ours=dose.ours + ours,
    )


def _adapted(phases: tuple[DosePhase, ...]) -> tuple[DosePhase, ...]:
    """The stretch's phases under another hold: their own figures go if nothing would obey it."""
    if any(p.held and p.hold_seconds is None and p.breaths is None for p in phases):
        return phases
    return tuple(replace(phase, hold_seconds=None, breaths=None) for phase in phases)
