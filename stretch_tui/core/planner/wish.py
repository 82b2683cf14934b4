"""What a person wishes of a routine made to measure, and what the body already got."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from stretch_tui.core.content.dose import Dose
from stretch_tui.core.content.positions import positions_of
from stretch_tui.core.content.stretch import Level, Position, Region, Stretch, available
from stretch_tui.core.log.logbook import Logbook, Session
from stretch_tui.core.log.stats import Share, between, by_region, by_stretch

LEAST_MINUTES, MOST_MINUTES = 1, 120
AT_DESK = ("chair", "wall", "t-shirt", "towel")
"""What is at hand at a desk when nobody says more."""
AT_HOME = (*AT_DESK, "doorway", "corner", "pillow", "blanket")
"""What is at hand anywhere indoors when nobody says more: no foam roller."""
_LEVELS = tuple(Level)
_SEVEN_DAYS = timedelta(days=6)


@dataclass(frozen=True, slots=True)
class Got:
    """What the body got of late."""

    regions: Mapping[str, Share] = field(default_factory=dict)
    """In the last seven days."""
    week: Mapping[str, Share] = field(default_factory=dict)
    """Each stretch in the last seven days."""
    today: Mapping[str, Share] = field(default_factory=dict)
    """Each stretch today."""
    first_week: bool = False
    """Whether the log holds nothing older than that."""


def got_lately(sessions: Sequence[Session], today: date) -> Got:
    """What the last seven days and today brought; a day from the future counts for nothing."""
    week = between(sessions, today - _SEVEN_DAYS, today)
    begun = all(session.day >= today - _SEVEN_DAYS for session in sessions)
    stretches, now = by_stretch(week), by_stretch(between(week, today, today))
    return Got(by_region(week), stretches, now, first_week=begun)


@dataclass(frozen=True, slots=True)
class Wish:
    """A routine of so many minutes, for this body, here and now."""

    minutes: int
    regions: tuple[Region, ...] = ()
    """Only stretches for any of these; empty for the whole upper body."""
    positions: tuple[Position, ...] = ()
    """Only in these; empty for any."""
    at_desk: bool = False
    """Seated or standing, with what is at hand there."""
    no_floor: bool = False
    equipment: tuple[str, ...] | None = None
    """What is at hand; None means unknown, and then what there is indoors."""
    avoid: tuple[str, ...] = ()
    """Joints to spare."""
    level: Level = Level.MEDIUM
    """The most demanding level."""
    favorites: frozenset[str] = frozenset()
    banned: frozenset[str] = frozenset()
    """Stretches never to be suggested."""
    got: Got = field(default_factory=Got)
    seed: int = 0
    """Decides between what is as good as even."""
    keep: Mapping[str, Dose | None] = field(default_factory=dict)
    """Stretches that must be in, with their dose where that must stay as well."""
    refused: frozenset[str] = frozenset()
    """Stretches that this routine is not to have: each was rerolled away."""
    shown: frozenset[str] = frozenset()
    """Stretches of the routine before, which others are preferred to."""

    def places(self, stretch: Stretch) -> tuple[Position, ...]:
        """The positions in which the stretch fits the wish, whatever its regions; none: not at all.

        What is banned, spared, too demanding or lacks its equipment never fits.
        """
        if (
            stretch.id in self.banned
            or stretch.id in self.refused
            or any(joint in self.avoid for joint in stretch.avoid)
            or _LEVELS.index(stretch.level) > _LEVELS.index(self.level)
        ):
            return ()
        return tuple(p for p in positions_of(stretch) if self._allows(p) and self.forms(stretch, p))

    def forms(self, stretch: Stretch, position: Position) -> tuple[str | None, ...]:
        """In which form it can be done there with what is at hand; empty: in none.

        None is the plain form. Where equipment is this or that (`foam-roller|chair`), each form
        says which it is for, and the one for the chair is the seated one.
        """
        either = any("|" in need for need in stretch.needs)
        named = [one for one in stretch.variations if one.needs is not None]
        if available(stretch.needs, self.hand) and not (either and named):
            return (None,)
        seated = position is Position.CHAIR
        return tuple(
            one.id
            for one in named
            if available(one.needs or (), self.hand)
            and not (either and ("chair" in (one.needs or ())) is not seated)
        )

    @property
    def hand(self) -> tuple[str, ...]:
        """The equipment at hand; where it is unknown, what there is indoors or at a desk."""
        if self.equipment is None:
            return AT_DESK if self.at_desk else AT_HOME
        return ("chair", *self.equipment) if self.at_desk else self.equipment

    def _allows(self, position: Position) -> bool:
        upright = position in (Position.CHAIR, Position.STANDING)
        return (
            (not self.at_desk or upright)
            and (not self.no_floor or not position.floor)
            and (not self.positions or position in self.positions)
        )

    def asks_for(self, stretch: Stretch) -> bool:
        """Whether the stretch is for a region that was asked for; all are when none was."""
        return not self.regions or any(region in stretch.regions for region in self.regions)


def informed(wish: Wish, log: Logbook, today: date) -> Wish:
    """The wish with what the log knows: favorites, what is never to be seen, what was done."""
    return replace(
        wish,
        favorites=frozenset(log.favorites()),
        banned=log.banned(),
        got=got_lately(log.sessions(), today),
    )
