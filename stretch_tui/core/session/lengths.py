"""How long routines and stretches take under some settings, each worked out once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from stretch_tui.core.content.catalog import Catalog
from stretch_tui.core.content.wording import duration
from stretch_tui.core.settings import Settings


class KnownLengths(Protocol):
    """Remembers between starts how long routines and stretches take, as `expand` measured it."""

    def of(self, item: str, measure: Callable[[str], float]) -> float:
        """The seconds of an id, measured when they are not known."""

    def keep(self) -> None:
        """Remember what was measured."""


class Lengths:
    """Seconds of routines and stretches under the present settings, each worked out once."""

    def __init__(
        self, catalog: Catalog, settings: Settings, known: KnownLengths | None = None
    ) -> None:
        """`known` holds those of the shipped catalog from one start to the next."""
        self._catalog = catalog
        self._settings = settings
        self._known = known
        self._worked_out: dict[str, float] = {}

    def of(self, item_id: str) -> float:
        """Seconds of the routine or stretch of that id; 0 when nobody knows it."""
        if item_id not in self._worked_out:
            routine = self._catalog.routines.get(item_id)
            if self._known is None or (routine is not None and routine.own):
                self._worked_out[item_id] = self._measure(item_id)
            else:
                self._worked_out[item_id] = self._known.of(item_id, self._measure)
        return self._worked_out[item_id]

    def words(self, item_id: str) -> str:
        """The same in words, for the right edge of a list."""
        seconds = self.of(item_id)
        return duration(seconds) if seconds else ""

    def _measure(self, item_id: str) -> float:
        from stretch_tui.core.session.expansion import (  # noqa: PLC0415 - most are known
            expand,
            stretch_seconds,
        )

        if (routine := self._catalog.routines.get(item_id)) is not None:
            return expand(routine, self._catalog.stretches, self._settings).seconds
        stretch = self._catalog.stretches.get(item_id)
        return stretch_seconds(stretch, self._settings) if stretch is not None else 0.0
