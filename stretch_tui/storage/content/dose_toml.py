"""A dose as TOML: in a stretch's file, or for one step of a routine.

hold_seconds = 30               # or [20, 30]
breaths = [3, 5]
reps = 10
sides = "each"                  # both, each, alternate
phases = [{name = "start"}, {name = "reach", held = true}]
ours = ["reps"]                 # figures that the source leaves open
"""

from __future__ import annotations

from stretch_tui.core.content.dose import LIMITS, Dose, DosePhase, Sides
from stretch_tui.storage.content.fields import NAME, Fields

HOLD, BREATHS = LIMITS["hold_seconds"], LIMITS["breaths"]

OURS = (
    "hold_seconds",
    "breaths",
    "phase_hold_seconds",
    "reps",
    "rounds",
    "sides",
    "limit_seconds",
    "bend_hold",
    "breathing",
    "position",
    "return",
    "variations",
)
"""What a dose may mark as ours: its fields, and what sources leave open beside them."""


def read_dose(fields: Fields) -> Dose:
    """The dose in a table; wrong figures are reported and left out."""
    dose = Dose(
        hold_seconds=fields.range("hold_seconds", *HOLD),
        breaths=fields.range("breaths", *BREATHS),
        phase_hold_seconds=fields.range("phase_hold_seconds", *HOLD),
        reps=fields.range("reps", *LIMITS["reps"]),
        rounds=fields.range("rounds", *LIMITS["rounds"]),
        sides=fields.choice("sides", Sides) or Sides.BOTH,
        limit_seconds=fields.number("limit_seconds", 10, 3600),
        flow=fields.flag("flow"),
        phases=tuple(_phase(phase) for phase in fields.tables("phases", most=20)),
        ours=fields.words("ours", OURS),
    )
    fields.close("the dose")
    _consistent(fields, dose)
    return dose


def _phase(fields: Fields) -> DosePhase:
    hold = fields.range("hold_seconds", *HOLD)
    breaths = fields.range("breaths", *BREATHS)
    if fields.has("hold_seconds") and fields.has("breaths"):
        fields.say("breaths", "a phase is held for seconds or for breaths, not for both")
    held = fields.flag("held") or hold is not None or breaths is not None
    phase = DosePhase(
        name=fields.text("name", limit=NAME, required=True),
        held=held,
        hold_seconds=hold,
        breaths=None if hold is not None else breaths,
        once=fields.flag("once"),
        block=fields.number("block", 0, 9) or 0,
    )
    fields.close("a phase of the dose")
    return phase


def _consistent(fields: Fields, dose: Dose) -> None:
    """Report what cannot be played as it is written."""
    for phase in dose.phases:
        timed = dose.hold_of(phase) is not None or dose.breaths_of(phase) is not None
        if phase.held and not timed:
            hint = "give it hold_seconds or breaths, or remove held"
            fields.say("phases", f"{phase.name!r} is held, but not said for how long", hint)
    if dose.phases and all(phase.once for phase in dose.phases):
        fields.say("phases", "every phase is played once only", "one has to repeat")
    limit, hold = dose.limit_seconds, dose.hold_seconds
    if limit is not None and hold is not None and hold.high > limit:
        fields.say("limit_seconds", f"one hold of {hold.high} s is longer than the limit")
