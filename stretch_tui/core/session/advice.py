"""What the log suggests after a session: go gentler, rest, or what tomorrow could be."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from stretch_tui.core.amount import Amount
from stretch_tui.core.content.catalog import Catalog
from stretch_tui.core.content.routine import Routine
from stretch_tui.core.content.stretch import Region
from stretch_tui.core.log.logbook import Session, region_seconds


class Advice(StrEnum):
    """What to change when a routine keeps ending worse than it began."""

    GENTLER = "gentler"
    REST = "rest"

    @property
    def words(self) -> str:
        """The advice as it is said; it proposes, it never blames."""
        if self is Advice.GENTLER:
            return "Twice in a row this ended worse than it began: next time, try the gentle dose."
        return "Twice in a row this ended worse than it began: a day or two of rest may do more."


def worsened(session: Session) -> bool:
    """Whether both answers were given and it felt worse after than before."""
    before, after = session.feel_before, session.feel_after
    return before is not None and after is not None and after > before


def advice(sessions: Iterable[Session], routine: str, amount: Amount) -> Advice | None:
    """What to propose when the last two sessions of a routine both ended worse than they began.

    `amount` is how much of the dose was played: with nothing gentler left, it proposes a rest.
    Sessions without a routine's id, such as those made to measure, are none of one routine.
    """
    if not routine:
        return None
    of_routine = (session for session in sessions if session.routine == routine)
    last = sorted(of_routine, key=lambda session: session.started)[-2:]
    if len(last) < 2 or not all(worsened(session) for session in last):
        return None
    return Advice.REST if amount is Amount.GENTLE else Advice.GENTLER


@dataclass(frozen=True, slots=True)
class Idea:
    """A routine for the next time, and the region that it is proposed for."""

    routine: Routine
    region: Region
    untouched: bool
    """Whether the region got nothing at all in the days that were looked at."""

    @property
    def words(self) -> str:
        """The idea in a sentence, to follow the word tomorrow."""
        why = "nothing yet this week" if self.untouched else "it got least of late"
        return f"{self.routine.name}, for the {self.region.label}: {why}."


def idea(
    catalog: Catalog,
    recent: Sequence[Session],
    favorites: Collection[str] = (),
    banned: Collection[str] = (),
) -> Idea | None:
    """The routine that reaches the region which got least in the recent sessions.

    The routine played last is not proposed again, nor one with a banned stretch; a favorite wins
    over the others. None when no other routine reaches anything.
    """
    last = recent[-1].routine if recent else ""
    reached = {
        routine.id: catalog.regions_of(routine)
        for routine in catalog.routines.values()
        if routine.id != last and not any(step.stretch in banned for step in routine.steps)
    }
    seconds: Mapping[str, float] = region_seconds(recent)
    regions = [region for region in Region if any(region in found for found in reached.values())]
    if not regions:
        return None
    least = min(regions, key=lambda region: seconds.get(region.value, 0.0))
    chosen = min(
        (item for item, found in reached.items() if least in found),
        key=lambda item: (item not in favorites, reached[item].index(least)),
    )
    return Idea(catalog.routines[chosen], least, seconds.get(least.value, 0.0) == 0)
