"""How a session opens: which side begins, and everything about it that is fixed from then on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from stretch_tui.core.amount import Amount
from stretch_tui.core.content.dose import Side
from stretch_tui.core.content.routine import Routine
from stretch_tui.core.content.stretch import Stretch
from stretch_tui.core.log.days import day_of, offset_minutes
from stretch_tui.core.log.logbook import Session
from stretch_tui.core.session.checkpoint import Run
from stretch_tui.core.session.expansion import expand
from stretch_tui.core.settings import Settings


def first_side(sessions: Sequence[Session], routine: str) -> Side:
    """Who begins: the other side than in the last session of the routine; left at first.

    `sessions` are oldest first, as the log gives them.
    """
    for session in reversed(sessions):
        if session.routine == routine and session.first_side in (Side.LEFT, Side.RIGHT):
            return Side(session.first_side).other
    return Side.LEFT


def open_run(
    routine: Routine,
    stretches: Mapping[str, Stretch],
    settings: Settings,
    sessions: Sequence[Session],
    *,
    uid: str,
    now: datetime,
    amount: Amount | None = None,
) -> Run:
    """A session about to begin at the aware instant `now`; its day and offset are frozen here.

    The timeline is empty when no stretch of the routine is known.
    """
    side = first_side(sessions, routine.id)
    return Run(
        uid=uid,
        routine=routine,
        timeline=expand(routine, stretches, settings, first_side=side, amount=amount),
        amount=amount or settings.dose,
        first_side=side,
        breath_seconds=settings.breath_seconds,
        started=now,
        offset_minutes=offset_minutes(now, settings),
        day=day_of(now, settings),
    )
