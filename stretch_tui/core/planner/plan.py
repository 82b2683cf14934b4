"""A routine made to measure: the best one for these minutes, this body, here; each pick explained.

What best means is said in `worth`; `packing` finds it. The total comes within 5 s of the minutes:
doses move inside what is published, and the rest between stretches gives way last. Where nothing
fits the wish, the wish is loosened a step at a time, and the plan says so.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from stretch_tui.core.content.routine import Routine, Step
from stretch_tui.core.content.stretch import Position, Region, Stretch
from stretch_tui.core.content.wording import count, exact, listed
from stretch_tui.core.editing.dose_edits import written
from stretch_tui.core.planner.loosening import length_words, loosenings, nothing_words
from stretch_tui.core.planner.shortlist import Served, shortlist
from stretch_tui.core.planner.wish import LEAST_MINUTES, MOST_MINUTES, Wish
from stretch_tui.core.planner.worth import reasons, side_due
from stretch_tui.core.session.expansion import expand
from stretch_tui.core.settings import Settings

WITHIN_SECONDS = 5
"""How far from the minutes a routine may be."""
RESTS = range(3, 16)
"""Seconds between stretches that the planner may choose when the user's own don't fit."""


@dataclass(frozen=True, slots=True)
class Pick:
    """One stretch of a plan."""

    step: Step
    position: Position
    seconds: float
    """Its own length, without rest or get-ready."""
    why: str
    """The reason it was picked, in a clause."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A routine made to measure."""

    wish: Wish
    """As it was asked."""
    routine: Routine
    picks: tuple[Pick, ...]
    seconds: float
    """The whole length."""
    reason: str = ""
    """Why it is not quite what was asked; empty when it is."""

    @property
    def gap(self) -> float:
        """Seconds away from the minutes that were asked."""
        return abs(self.seconds - 60 * self.wish.minutes)

    @property
    def fits(self) -> bool:
        """Whether the length is what was asked."""
        return self.gap <= WITHIN_SECONDS


def make_routine(stretches: Mapping[str, Stretch], settings: Settings, wish: Wish) -> Plan:
    """The best routine for the wish, the same one for the same wish; or the nearest, and why.

    Raises ValueError for minutes outside 1 to 120. A wish that nothing at all fits gives a plan
    without picks.
    """
    if not LEAST_MINUTES <= wish.minutes <= MOST_MINUTES:
        raise ValueError(f"{wish.minutes} minutes: it must be {LEAST_MINUTES} to {MOST_MINUTES}")
    nearest: Plan | None = None
    for loosened, said in loosenings(stretches, wish):
        found = _best(stretches, settings, wish, loosened, said)
        if found is None:
            continue
        if found.fits:
            return found
        if nearest is None or found.gap < nearest.gap - WITHIN_SECONDS:
            nearest = found
    if nearest is None:
        return Plan(wish, _routine(wish, (), (), None), (), 0.0, nothing_words(stretches, wish))
    said = " ".join(
        words for words in (nearest.reason, length_words(wish, nearest.seconds)) if words
    )
    return replace(nearest, reason=said)


def reroll(
    stretches: Mapping[str, Stretch], settings: Settings, plan: Plan, slot: int | None = None
) -> Plan:
    """Another plan for the same wish: the pick at `slot` replaced and refused, or all of it new.

    The other picks stay, with their doses if the time comes out; what a plan refused it does not
    offer again.
    """
    names = [pick.step.stretch for pick in plan.picks]
    if slot is None:
        wish = replace(plan.wish, seed=plan.wish.seed + 1, keep={}, shown=frozenset(names))
        return make_routine(stretches, settings, wish)
    refused = plan.wish.refused | {names[slot]}
    kept = [pick.step for number, pick in enumerate(plan.picks) if number != slot]
    firm = replace(plan.wish, keep={s.stretch: s.dose for s in kept}, refused=refused)
    soft = replace(firm, keep=dict.fromkeys(firm.keep))
    firmly = make_routine(stretches, settings, firm)
    if not firmly.reason:
        return firmly
    softly = make_routine(stretches, settings, soft)
    return firmly if softly.reason else softly


def _best(
    stretches: Mapping[str, Stretch], settings: Settings, asked: Wish, wish: Wish, said: str
) -> Plan | None:
    """The best routine under a loosened wish, or the one nearest in length; None without any."""
    short = shortlist(stretches, settings, asked, wish)
    target = 60 * asked.minutes
    rests = sorted(RESTS, key=lambda rest: abs(rest - settings.rest_seconds))
    for rest in dict.fromkeys((settings.rest_seconds, *rests)):
        served = short.best(rest, target - WITHIN_SECONDS, target + WITHIN_SECONDS)
        if served is not None:
            return _plan(stretches, settings, asked, served, rest, said)
    rest = settings.rest_seconds
    near = short.nearest(rest, target)
    served = short.best(rest, near, near) if near is not None else None
    return _plan(stretches, settings, asked, served, rest, said) if served else None


def _plan(
    stretches: Mapping[str, Stretch],
    settings: Settings,
    wish: Wish,
    served: tuple[Served, ...],
    rest: int,
    said: str,
) -> Plan:
    picks = tuple(_pick(one, wish, first=number == 0) for number, one in enumerate(served))
    own_rest = None if rest == settings.rest_seconds else rest
    steps = tuple(written(pick.step, stretches[pick.step.stretch]) for pick in picks)
    reached = {region for one in served for region in one.stretch.regions}
    routine = _routine(wish, reached, steps, own_rest)
    timeline = expand(routine, stretches, replace(settings, equipment=None))
    return Plan(wish, routine, picks, timeline.seconds, said)


def _pick(served: Served, wish: Wish, *, first: bool) -> Pick:
    stretch, serving, position, form = served
    clauses = list(reasons(stretch, serving, wish))
    if first and serving.moving:
        clauses.insert(0, "moves gently, to warm up")
    leaning = side_due(stretch, wish)
    if leaning is not None:
        clauses.insert(1, f"{leaning[0].value} side first: it got {exact(leaning[1])} less")
    step = Step(stretch.id, serving.dose, form, first_side=leaning[0] if leaning else None)
    return Pick(step, position, serving.seconds, "; ".join(clauses[:2]))


def _routine(
    wish: Wish, reached: Collection[Region], steps: tuple[Step, ...], rest: int | None
) -> Routine:
    """The steps as a routine that says in its name what it was made for, as far as it is."""
    where = " at the desk" if wish.at_desk else ""
    regions = [region.label for region in wish.regions if region in reached]
    what = f" for the {listed(regions)}" if regions else ""
    name = f"{count(wish.minutes, 'minute')}{what}{where}"
    return Routine("", name, steps, rest_seconds=rest, tags=("made to measure",), own=True)
