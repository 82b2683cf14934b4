"""The machine's clocks, as they are handed to everything that needs the time."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable


def boot_clock() -> Callable[[], float] | None:
    """Seconds that go on while the machine sleeps; None where no such clock is known."""
    clock = getattr(time, "CLOCK_BOOTTIME", None)
    if clock is None and sys.platform == "darwin":
        clock = time.CLOCK_MONOTONIC  # on macOS this one goes on, time.monotonic() does not
    return None if clock is None else lambda: time.clock_gettime(clock)
