"""Where things are kept: one data folder, one config file, one cache folder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

DATA_DIR_VARIABLE = "STRETCH_TUI_DATA_DIR"


@dataclass(frozen=True, slots=True)
class Paths:
    """The folders and files of one user; nothing is created by naming them."""

    data: Path
    """History, own routines, sessions in progress, backups."""
    config: Path
    """The config file, config.toml."""
    cache: Path
    """What can be made again at any time."""

    @classmethod
    def find(cls, environ: Mapping[str, str]) -> Paths:
        """The user's own places; STRETCH_TUI_DATA_DIR keeps all three in one folder."""
        named = environ.get(DATA_DIR_VARIABLE)
        if named:
            # Resolved once: a relative folder must not move when the program changes directory.
            folder = Path(named).expanduser().absolute()
            return cls(folder, folder / "config.toml", folder / "cache")
        from platformdirs import PlatformDirs  # noqa: PLC0415 - a named folder needs none

        dirs = PlatformDirs("stretch-tui", appauthor=False)
        return cls(
            Path(dirs.user_data_dir),
            Path(dirs.user_config_dir) / "config.toml",
            Path(dirs.user_cache_dir),
        )

    @property
    def history(self) -> Path:
        """The log: sessions, favorites and dated settings."""
        return self.data / "history.json"

    @property
    def routines(self) -> Path:
        """Own routines, one TOML file each."""
        return self.data / "routines"

    @property
    def stretches(self) -> Path:
        """Own stretches, one TOML file each."""
        return self.data / "stretches"

    @property
    def poses(self) -> Path:
        """Own poses for the figure."""
        return self.data / "poses"

    @property
    def edits(self) -> Path:
        """Texts of routines that are in somebody's editor."""
        return self.data / "edits"

    @property
    def backups(self) -> Path:
        """Earlier generations of the log."""
        return self.data / "backups"
