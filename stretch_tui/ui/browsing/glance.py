"""What the first screen says of the log and of an interrupted session."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from stretch_tui.core.session.checkpoint import Checkpoint


@dataclass(frozen=True, slots=True)
class LeftSession:
    """A session that was interrupted, and what to say of it."""

    checkpoint: Checkpoint
    name: str
    tail: str
    """How much of it is left."""
    lines: tuple[str, ...]
    """Where and when it was left, in sentences."""


@dataclass(frozen=True, slots=True)
class Glance:
    """The log and the interrupted session, as far as the first screen shows them."""

    favorites: tuple[str, ...] = ()
    last: str = ""
    """The id of what was played last."""
    week: tuple[str, ...] = ()
    """This week and the streak in words, most important first; empty on the first day."""
    left: LeftSession | None = None
    problem: str = ""
    """Why the log could not be read."""
    as_of: Sequence[str] = field(default=(), compare=False)
    """The state of the files before they were read."""
