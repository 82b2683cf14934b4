"""A terminal's output that knows for how long it has not moved."""

from __future__ import annotations

from collections.abc import Callable
from typing import IO


class WatchedOutput:
    """Passes everything on to a file, and notes since when it waits for it."""

    def __init__(self, file: IO[str], clock: Callable[[], float]) -> None:
        self._file = file
        self._clock = clock
        self._since: float | None = None

    def stalled_seconds(self) -> float:
        """How long the write in progress has been waiting; 0 when there is none."""
        since = self._since
        return 0.0 if since is None else self._clock() - since

    def write(self, text: str) -> int:
        """Write, noting how long it takes."""
        self._since = self._clock()
        written = self._file.write(text)
        self._since = None
        return written

    def flush(self) -> None:
        """Flush, noting how long it takes."""
        self._since = self._clock()
        self._file.flush()
        self._since = None

    def fileno(self) -> int:
        """The file's descriptor."""
        return self._file.fileno()

    def isatty(self) -> bool:
        """Whether the file is a terminal."""
        return self._file.isatty()
