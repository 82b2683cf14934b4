"""What the end of a session shows: what each region and side got, the streak, what could follow."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from stretch_tui.core.amount import Amount
from stretch_tui.core.content.catalog import Catalog
from stretch_tui.core.log.logbook import Goal, Pause, Session
from stretch_tui.core.log.stats import Share, by_region
from stretch_tui.core.log.streak import Streak, streak
from stretch_tui.core.session.advice import Advice, Idea, advice, idea
from stretch_tui.core.settings import Settings


@dataclass(frozen=True, slots=True)
class Past:
    """What the log and the settings said before this session, for the figures beside it."""

    sessions: tuple[Session, ...]
    goals: Sequence[Goal]
    pauses: Sequence[Pause]
    favorites: Collection[str]
    banned: Collection[str]
    settings: Settings


@dataclass(frozen=True, slots=True)
class Recap:
    """A session just over, and where it leaves the person."""

    session: Session
    regions: Mapping[str, Share]
    """What each got, by its name, most first."""
    before: Streak
    """The streak as it was without this session."""
    after: Streak
    idea: Idea | None
    advice: Advice | None

    @property
    def week_kept_now(self) -> bool:
        """Whether this session is the one that met the week's goal."""
        return self.after.weeks > self.before.weeks


def regions_got(session: Session) -> Mapping[str, Share]:
    """What each region got, by its name, most first."""
    got = [(name, share) for name, share in by_region((session,)).items() if share.seconds]
    return dict(sorted(got, key=lambda one: -one[1].seconds))


def recap(session: Session, past: Past, catalog: Catalog, today: date, amount: Amount) -> Recap:
    """Everything the end of a session shows, from the log as it is with and without it."""
    others = tuple(one for one in past.sessions if one.uid != session.uid)
    everything = (*others, session)
    before, after = (
        streak(these, past.goals, past.pauses, past.settings, today)
        for these in (others, everything)
    )
    week_ago = today - timedelta(days=7)
    recent = [one for one in everything if week_ago < one.day <= today]
    return Recap(
        session=session,
        regions=regions_got(session),
        before=before,
        after=after,
        idea=idea(catalog, recent, past.favorites, past.banned),
        advice=advice(everything, session.routine, amount),
    )
