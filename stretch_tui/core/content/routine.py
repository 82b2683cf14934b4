"""A routine: stretches in order, each with its dose; an edit returns a new routine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from stretch_tui.core.content.dose import Dose, Side

MOST_STEPS = 200
"""As many as a routine may have, in a file and in the builder."""
MOST_REST = 600
"""Seconds of rest between stretches that a routine may ask for."""


@dataclass(frozen=True, slots=True)
class Step:
    """One stretch in a routine, with how much of it."""

    stretch: str
    """The id of the stretch; it may be unknown on this machine."""
    dose: Dose | None = None
    """None means the stretch's own default dose."""
    variation: str | None = None
    """The id of the stretch's variation, or None for its plain form."""
    note: str = ""
    instead_of: str | None = None
    """The stretch that this step replaces when its equipment is missing."""
    first_side: Side | None = None
    """Which side begins; None lets the session alternate."""


@dataclass(frozen=True, slots=True)
class Routine:
    """An ordered list of steps under a name."""

    id: str
    name: str
    steps: tuple[Step, ...]
    about: str = ""
    """What it is for, in a sentence or two."""
    author: str = ""
    """The author of a published program; empty for our own and the user's."""
    tags: tuple[str, ...] = ()
    rest_seconds: int | None = None
    """Rest between stretches; None takes the setting."""
    stop_rule: str = ""
    """When to stop, in a sentence; shown before the first step."""
    per_week: tuple[int, int] | None = None
    """How many days a week it is meant for, low and high."""
    per_day: int | None = None
    """How often on such a day, where somebody says so."""
    aim_seconds: int | None = None
    """What each step should reach at least, where a program says so."""
    ordered: bool = False
    """Whether the source asks for this order."""
    own: bool = False
    """Whether it is the user's own file."""


class RoutineStore(Protocol):
    """The user's own routines, one TOML file each."""

    def all(self) -> Mapping[str, Routine]:
        """Every own routine that could be read, by id."""

    def save(self, routine: Routine) -> Routine:
        """Write it, keeping the comments of an existing file; return it with the id it got.

        Raises StoreError when the folder cannot be written.
        """

    def delete(self, routine_id: str) -> None:
        """Set the file aside so that `restore` can bring it back."""

    def restore(self, routine_id: str) -> None:
        """Bring back the newest deleted file of that id."""

    def save_draft(self, routine: Routine) -> None:
        """Keep the routine being built, so that a kill loses nothing."""

    def draft(self, of: str | None = None) -> Routine | None:
        """The newest draft that no window builds on, which this one then does; or None.

        With an id, only a draft of that routine.
        """

    def discard_draft(self) -> None:
        """Forget this window's draft once it is saved or thrown away."""

    def release_draft(self) -> None:
        """Leave this window's draft to whoever opens a builder next."""
