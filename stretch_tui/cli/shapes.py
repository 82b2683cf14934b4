"""The JSON shapes that several commands share; a contract with other programs."""

from __future__ import annotations

from typing import Any

from stretch_tui.core.content.dose import Dose, DosePhase, Range


def dose_json(dose: Dose) -> dict[str, Any]:
    """A dose: on top as published, in its phases as it is played; null is passed through."""
    return {
        "hold_seconds": _range(dose.hold_seconds),
        "breaths": _range(dose.breaths),
        "phase_hold_seconds": _range(dose.phase_hold_seconds),
        "reps": _range(dose.reps),
        "rounds": _range(dose.rounds),
        "sides": dose.sides.value,
        "limit_seconds": dose.limit_seconds,
        "flow": dose.flow,
        "ours": list(dose.ours),
        "phases": [_phase(dose, phase) for phase in dose.phases],
    }


def seconds_json(seconds: float) -> float:
    """Seconds to a tenth, as a whole number where they are one."""
    tenth = round(seconds, 1)
    return int(tenth) if tenth == int(tenth) else tenth


def _phase(dose: Dose, phase: DosePhase) -> dict[str, Any]:
    return {
        "name": phase.name,
        "hold_seconds": _range(dose.hold_of(phase)),
        "breaths": _range(dose.breaths_of(phase)),
        "once": phase.once,
        "block": phase.block,
    }


def _range(value: Range | None) -> list[int] | None:
    return None if value is None else [value.low, value.high]
