"""The states of a session, why it stands still, what skipping means, and what is kept of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from stretch_tui.core.session.ledger import Ledger


class State(StrEnum):
    """Where the session stands; the clock runs in RUNNING alone."""

    NEW = "new"
    """Not started."""
    RUNNING = "running"
    WAITING = "waiting"
    """For words that are new to the person to be read; `go_on` starts the clock."""
    READING = "reading"
    """Frozen by the person to read; `go_on` starts the clock."""
    PAUSED = "paused"
    FINISHED = "finished"
    """Played to its end."""
    ENDED = "ended"
    """Ended early."""
    HURT = "hurt"
    """Ended because it hurt."""


OVER = frozenset({State.FINISHED, State.ENDED, State.HURT})


class Halt(StrEnum):
    """Why a session is paused."""

    ASKED = "asked"
    AWAY = "away"
    """The program stood still: stopped, or the machine was busy or asleep."""
    OUTPUT = "output"
    """The terminal took no output."""
    SUSPENDED = "suspended"
    """Ctrl+Z."""
    LEFT = "left"
    """The program had gone, and the session was taken up again."""
    REOPENED = "reopened"
    """It was over, and that was taken back."""


class Skip(StrEnum):
    """What skipping a stretch means."""

    NOT_NOW = "not now"
    ALREADY_DONE = "already did it"
    """Credits nothing, but marks it complete."""
    NEVER = "don't suggest again"


@dataclass(frozen=True, slots=True)
class Progress:
    """All that changes while a session is played; with its timeline it rebuilds the player."""

    ledger: Ledger
    position: float = 0.0
    """Seconds from the beginning of the (retimed) timeline."""
    state: State = State.NEW
    retimed: tuple[tuple[int, float], ...] = ()
    """Segments whose length the person changed, with their seconds now."""
    read: frozenset[str] = frozenset()
    """Stretches whose words were read in this session."""
    bans: tuple[str, ...] = ()
    """Stretches not to be suggested again."""
