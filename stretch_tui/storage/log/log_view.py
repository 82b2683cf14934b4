"""The log as it is looked at: everything that reading gives, without a way to write."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from typing import TYPE_CHECKING

from stretch_tui.core.log.logbook import Goal, Pause, Session
from stretch_tui.core.log.marks import Mark
from stretch_tui.core.log.merge import Log
from stretch_tui.storage.log.log_reader import LogReader
from stretch_tui.storage.paths import Paths

if TYPE_CHECKING:
    from stretch_tui.storage.log.session_rows import SessionRows


class LogView:
    """The reading half of a `core.log.logbook.Logbook` on history.json.

    Reading is lazy and cached, never waits for a writer and never writes. Methods may be called
    from any thread, and raise StoreError when the file is there and cannot be read at all.
    """

    def __init__(self, paths: Paths, on_notice: Callable[[str], None] | None = None) -> None:
        """`on_notice` hears at once whatever `notices` will hold."""
        self._reader = LogReader(paths.history, on_notice)

    def notices(self) -> tuple[str, ...]:
        """What has to be said about the file: salvaged, changed outside, read-only."""
        self._reader.load()
        return tuple(self._reader.notices)

    def long(self) -> bool:
        """Whether reading all of it takes long enough to be noticed; told without reading it."""
        return self._reader.long()

    def sessions(self) -> tuple[Session, ...]:
        """All living sessions, oldest first, edits applied."""
        return self._reader.sessions()

    def marks(self) -> Collection[Mark]:
        """What a streak needs of every living session: cheaper than the sessions themselves."""
        return self._reader.marks()

    def history(self) -> SessionRows:
        """All living sessions, oldest first, each built when it is looked at."""
        return self._reader.history()

    def between(self, first: date, last: date) -> tuple[Session, ...]:
        """The sessions of the days from first to last, oldest first."""
        return self._reader.between(first, last)

    def latest(self) -> Session | None:
        """The session that began last of those worth repeating."""
        return self._reader.latest()

    def favorites(self) -> tuple[str, ...]:
        """Ids of favorite routines and stretches, in the order in which they were added."""
        return self._reader.favorites()

    def banned(self) -> frozenset[str]:
        """Ids of stretches that are not to be suggested again."""
        return self._reader.banned()

    def seen(self) -> frozenset[str]:
        """Ids of stretches whose words the user has already had time to read."""
        return self._reader.seen()

    def goals(self) -> tuple[Goal, ...]:
        """Dated goals, oldest first."""
        return self._reader.goals()

    def config_goal(self) -> int | None:
        """The goal of this machine's config file that the log last took note of, None before."""
        return self._reader.config_goal()

    def pauses(self) -> tuple[Pause, ...]:
        """All pauses, by first day."""
        return self._reader.pauses()

    def last_change(self) -> int:
        """The place in time of the newest change that can be undone; 0 when there is none."""
        return self._reader.last_change()

    def records(self) -> Log:
        """Everything that other machines get to see."""
        from stretch_tui.storage.log.joining import exchanged  # noqa: PLC0415 - rare

        return exchanged(self._reader.load().snapshot)

    def origin(self) -> str:
        """`own`, `new`, or in what way the file is not just as we wrote it."""
        return self._reader.load().snapshot.origin

    def revision(self) -> int:
        """The number of the file's present generation."""
        return self._reader.load().snapshot.meta.revision

    def known_device(self) -> str:
        """The name of this copy of the log; empty when it has none yet."""
        return self._reader.load().snapshot.meta.device
