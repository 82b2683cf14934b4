"""How long everything takes, kept between commands: a list need not lay out the whole catalog."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from stretch_tui.core.settings import Settings
from stretch_tui.storage.content.catalog_index import write_whole


class LengthCache:
    """Seconds by id, valid for one state of the catalog files and one set of settings."""

    def __init__(self, path: Path, catalog_stamp: str, settings: Settings) -> None:
        """Read what is known; `catalog_stamp` changes with any file of the catalog."""
        self._path = path
        self._key = f"{catalog_stamp} {_relevant(settings)}"
        self._known = self._read()
        self._changed = False

    def _read(self) -> dict[str, float]:
        try:
            found = json.loads(self._path.read_bytes())
            if found["key"] != self._key:
                return {}
            return {str(item): float(seconds) for item, seconds in found["seconds"].items()}
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return {}

    def of(self, item: str, measure: Callable[[str], float]) -> float:
        """The seconds of an id, measured once."""
        if item not in self._known:
            self._known[item] = measure(item)
            self._changed = True
        return self._known[item]

    def keep(self) -> None:
        """Write what is new; a cache that cannot be written is no problem."""
        if self._changed:
            content = {"key": self._key, "seconds": self._known}
            write_whole(self._path, json.dumps(content).encode())


def _relevant(settings: Settings) -> str:
    """The settings that lengths depend on."""
    return repr((
        settings.dose.value,
        settings.breath_seconds,
        settings.get_ready_seconds,
        settings.rest_seconds,
        settings.switch_seconds,
        settings.move_seconds,
        settings.equipment,
    ))  # fmt: skip
