"""What is remembered: sessions as facts, favorites, dated settings; and the log's protocol."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from stretch_tui.core.log.marks import Mark


class Source(StrEnum):
    """How a session came into the log."""

    PLAYED = "played"
    LOGGED = "logged"
    IMPORTED = "imported"


LOOK_SECONDS = 15.0
"""A session of fewer seconds was begun to see what it is."""


class Ending(StrEnum):
    """How a session ended."""

    FINISHED = "finished"
    ENDED = "ended"
    """Ended early by the user, or by a terminal that went away."""
    HURT = "hurt"


@dataclass(frozen=True, slots=True)
class Part:
    """Seconds one stretch got in a session, per side; frozen with its regions when written."""

    stretch: str
    regions: tuple[str, ...]
    left: float = 0.0
    right: float = 0.0
    both: float = 0.0
    """Seconds of a stretch without sides, or of a phase that belongs to neither side."""
    complete: bool = False
    """Whether the whole dose was done."""

    @property
    def seconds(self) -> float:
        """All seconds of the stretch, sides added."""
        return self.left + self.right + self.both


@dataclass(frozen=True, slots=True)
class Session:
    """One session: an immutable fact; edits and deletions are later records."""

    uid: str
    started: datetime
    """The UTC instant at which it began, aware."""
    offset_minutes: int
    """The zone's offset from UTC at that instant."""
    day: date
    """The local day it belongs to, frozen when it was written."""
    routine: str
    """The id of the routine or of the single stretch; empty for time logged by hand."""
    title: str
    """Its name when it was played."""
    seconds: float
    """Credited seconds of stretching: holds and movement, no pauses, no rests."""
    source: Source = Source.PLAYED
    ending: Ending = Ending.FINISHED
    parts: tuple[Part, ...] = ()
    feel_before: int | None = None
    """0 nothing, 9 worst; None when skipped."""
    feel_after: int | None = None
    note: str = ""
    first_side: str | None = None
    """Which side began, so that the next session alternates."""
    edited: bool = False
    """Whether it was changed or entered afterwards."""

    @property
    def completed(self) -> bool:
        """Whether it was played to its end."""
        return self.ending is Ending.FINISHED

    @property
    def worth_repeating(self) -> bool:
        """Whether to offer it again: it did not hurt, and was more than looked into."""
        done = self.seconds >= LOOK_SECONDS or any(part.complete for part in self.parts)
        return bool(self.routine) and self.ending is not Ending.HURT and done


def region_seconds(sessions: Iterable[Session]) -> Mapping[str, float]:
    """Seconds per region; a stretch counts in full for each of its regions: never add them up."""
    total: defaultdict[str, float] = defaultdict(float)
    for session in sessions:
        for part in session.parts:
            for region in part.regions:
                total[region] += part.seconds
    return dict(total)


def side_seconds(sessions: Iterable[Session]) -> Mapping[str, float]:
    """Seconds per side, `left` and `right`, of the stretches that have sides."""
    parts = [part for session in sessions for part in session.parts]
    return {"left": sum(p.left for p in parts), "right": sum(p.right for p in parts)}


@dataclass(frozen=True, slots=True)
class Goal:
    """A weekly goal from a day on; a change never rewrites past weeks."""

    since: date
    days: int


@dataclass(frozen=True, slots=True)
class Pause:
    """Days that do not count, first to last, both included: travel, illness."""

    uid: str
    first: date
    last: date
    reason: str = ""


class Logbook(Protocol):
    """Everything remembered, as the app sees it; every write is durable when it returns.

    Writes raise `errors.StoreError` when nothing could be saved.
    """

    def listen(self, tell: Callable[[str], None]) -> None:
        """From now on `tell` hears, on the thread that writes, whom a change has to wait for."""

    def notices(self) -> tuple[str, ...]:
        """What has to be said about how the log was found: salvaged, changed outside, unsafe."""

    def long(self) -> bool:
        """Whether reading all of it takes long enough to be noticed; told without reading it."""

    def sessions(self) -> tuple[Session, ...]:
        """All living sessions, oldest first, edits applied."""

    def history(self) -> Sequence[Session]:
        """The same, each built when it is looked at: for lists of which a part is in sight."""

    def between(self, first: date, last: date) -> tuple[Session, ...]:
        """The sessions of the days from first to last, oldest first."""

    def marks(self) -> Collection[Mark]:
        """What a streak needs of every living session: cheaper than the sessions themselves."""

    def latest(self) -> Session | None:
        """The session that began last of those worth repeating."""

    def add(self, session: Session) -> None:
        """Keep a session; a second time with the same uid changes nothing."""

    def edit(self, session: Session) -> None:
        """Replace what is shown of the session with this uid by a later record.

        It is marked as edited, unless all that is new is how it feels. Raises RefusedError when
        there is no such session, or when it was deleted meanwhile.
        """

    def delete(self, uid: str) -> None:
        """Take the session out of sight by a later record."""

    def favorites(self) -> tuple[str, ...]:
        """Ids of favorite routines and stretches, in the order in which they were added."""

    def set_favorite(self, item: str, favorite: bool) -> None:
        """Make the routine or stretch a favorite, or no longer one."""

    def banned(self) -> frozenset[str]:
        """Ids of stretches that are not to be suggested again."""

    def set_banned(self, stretch: str, banned: bool) -> None:
        """Never suggest the stretch again, or allow it again."""

    def seen(self) -> frozenset[str]:
        """Ids of stretches whose words the user has already had time to read."""

    def mark_seen(self, stretch: str) -> None:
        """Remember that the words of the stretch are known."""

    def goals(self) -> tuple[Goal, ...]:
        """Dated goals, oldest first."""

    def set_goals(self, goals: Sequence[Goal]) -> None:
        """Change the weekly goal by dated goals: one change, and one undo of it."""

    def config_goal(self) -> int | None:
        """The goal of this machine's config file that the log last took note of, None before."""

    def take_config_goal(self, days: int, goals: Sequence[Goal]) -> None:
        """Take note of the config file's goal, with the dated goals that follow from it.

        No undo takes it back: the file says it, not a command.
        """

    def pauses(self) -> tuple[Pause, ...]:
        """All pauses, by first day."""

    def add_pause(self, pause: Pause) -> None:
        """Keep a pause."""

    def remove_pause(self, uid: str) -> None:
        """Forget a pause."""

    def last_change(self) -> int:
        """A number that is higher after every change that can be undone; 0 when there is none."""

    def undo(self) -> str | None:
        """Undo the last edit, deletion or change; say in words what was undone, None if nothing."""
