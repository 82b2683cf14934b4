"""The figures of a dose, one by one, for a person who changes them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from stretch_tui.core.content.dose import LIMITS, Dose, DosePhase, Range
from stretch_tui.core.content.dosing import dose_of
from stretch_tui.core.content.routine import Step
from stretch_tui.core.content.stretch import Stretch

LABELS = {
    "hold_seconds": "hold",
    "breaths": "breaths",
    "phase_hold_seconds": "each hold",
    "reps": "repetitions",
    "rounds": "rounds",
}
USUAL_HOLD = Range(10, 60)
"""Seconds that holds last for most adults (ACSM, Stretching and Flexibility Guidelines Update)."""
STEPS = {"hold_seconds": 5, "phase_hold_seconds": 1}
"""By how much a key changes a figure; by 1 where nothing is said."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a dose that can be changed."""

    field: str
    label: str
    value: Range | None
    """None where the dose has no such figure, which plays as once."""
    published: Range | None
    """The stretch's own; None where its source says nothing."""
    phase: str = ""
    """The phase it belongs to; empty for the whole dose."""

    @property
    def unit(self) -> str:
        """What is counted: ` s` behind seconds, nothing behind a count."""
        return " s" if self.field.endswith("seconds") else ""

    @property
    def over(self) -> bool:
        """Whether it is more than published; a hold without a source, more than most last."""
        most = self.published or (USUAL_HOLD if self.unit else None)
        return self.value is not None and most is not None and self.value.high > most.high

    @property
    def brief(self) -> bool:
        """Whether it is a hold too short to be one, where the source has it longer."""
        if not self.unit or self.value is None or self.value.low >= USUAL_HOLD.low:
            return False
        return self.published is None or self.published.low >= USUAL_HOLD.low

    @property
    def less(self) -> bool:
        """Whether it is less than published: a short dose, which is a fact and no fault."""
        played = self.value or Range(1, 1)
        return self.published is not None and played.low < self.published.low

    @property
    def odd(self) -> bool:
        """Whether it is worth a warning."""
        return self.over or self.brief

    @property
    def words(self) -> str:
        """The figure with its unit: `30 s`, `once`."""
        return f"{self.value}{self.unit}" if self.value is not None else "once"

    @property
    def full_words(self) -> str:
        """The figure with what is counted: `hold 30 s`, `1 round`, `3 repetitions`."""
        if self.unit or self.value is None:
            return f"{self.label} {self.words}"
        one = str(self.value) == "1"
        return f"{self.value} {self.label.removesuffix('s') if one else self.label}"

    @property
    def published_words(self) -> str:
        """What is published: `20-30 s`, empty where nothing is."""
        return f"{self.published}{self.unit}" if self.published is not None else ""


def figures(dose: Dose, stretch: Stretch) -> tuple[Figure, ...]:
    """Every figure of the dose that can be changed, published ones beside them."""
    known = stretch.dose
    found = []
    for field, label in LABELS.items():
        value: Range | None = getattr(dose, field)
        published: Range | None = getattr(known, field)
        if field == "hold_seconds" and published is not None and stretch.build_to is not None:
            published = Range(published.low, max(published.high, stretch.build_to.high))
        if (value or published) is not None or field in ("reps", "rounds"):
            found.append(Figure(field, label, value, published))
    originals = {phase.name: phase for phase in known.phases}
    for phase in dose.phases:
        for field in ("hold_seconds", "breaths"):
            value = getattr(phase, field)
            original = originals.get(phase.name)
            published = getattr(original, field) if original is not None else None
            if value is not None:
                label = f"{phase.name.replace('-', ' ')} {LABELS[field]}"
                found.append(Figure(field, label, value, published, phase.name))
    return tuple(found)


def changed(dose: Dose, figure: Figure, value: int) -> Dose:
    """The dose with that figure exact, kept inside what a file may hold."""
    low, high = LIMITS[figure.field]
    exact = max(low, min(value, high))
    return _put(dose, figure, Range(exact, exact))


def nudged(dose: Dose, figure: Figure, by: int) -> Dose:
    """The dose with that figure some steps up or down; a range becomes exact at its end."""
    step = STEPS.get(figure.field, 1)
    if figure.value is None:
        return changed(dose, figure, 1 + by * step) if by > 0 else dose
    start = figure.value.high if by > 0 else figure.value.low
    if figure.value.low == figure.value.high:
        start = start // step * step if by > 0 else -(-start // step) * step
        return changed(dose, figure, start + by * step)
    return changed(dose, figure, start)


def cleared(dose: Dose, figure: Figure) -> Dose:
    """The dose with that figure as it is published, or without it where nothing is."""
    return _put(dose, figure, figure.published)


def _put(dose: Dose, figure: Figure, value: Range | None) -> Dose:
    if not figure.phase:
        return replace(dose, **{figure.field: value})  # type: ignore[arg-type]
    phases = tuple(
        _put_phase(phase, figure, value) if phase.name == figure.phase else phase
        for phase in dose.phases
    )
    return replace(dose, phases=phases)


def _put_phase(phase: DosePhase, figure: Figure, value: Range | None) -> DosePhase:
    if figure.field == "breaths":
        return replace(phase, breaths=value)
    return replace(phase, hold_seconds=value)


def written(step: Step, stretch: Stretch) -> Step:
    """The step with the shortest dose that means the same: what its stretch says is left out."""
    if step.dose is None:
        return step
    full = dose_of(step, stretch)
    for dose in (None, replace(full, phases=())):
        short = replace(step, dose=dose)
        if dose_of(short, stretch) == full:
            return short
    return replace(step, dose=full)
