"""A clock that leaves out the time one was away."""

from __future__ import annotations

from collections.abc import Callable

from stretch_tui.core.session.away import Gap, judge


class Watch:
    """Seconds on an injected clock, gaps judged at every look.

    `boot` is the same clock with the time the machine slept, where there is one. A clock that
    goes back, which none should, stands still instead.
    """

    def __init__(
        self,
        clock: Callable[[], float],
        boot: Callable[[], float] | None = None,
        tick_seconds: float = 1.0,
    ) -> None:
        self._clock = clock
        self._boot = boot
        self._tick_seconds = tick_seconds
        self._left_out = 0.0
        self._slept = self._sleep()
        self.now = clock()
        """The reading of the last look, without the time that was left out."""
        self.away_seconds = 0.0
        """How long the last gap that does not count was."""

    def look(self, running: bool) -> Gap:
        """Read the clock; while `running`, a gap that does not count leaves `now` where it was."""
        reading, sleep = self._clock() - self._left_out, self._sleep()
        gap, slept, self._slept = reading - self.now, sleep - self._slept, sleep
        verdict = judge(gap, slept, self._tick_seconds) if running else Gap.COUNTS
        if gap < 0 or verdict is not Gap.COUNTS:
            self._left_out += gap
        else:
            self.now = reading
        if verdict is not Gap.COUNTS:
            self.away_seconds = max(gap, 0.0) + max(slept, 0.0)
        return verdict

    def _sleep(self) -> float:
        return 0.0 if self._boot is None else self._boot() - self._clock()
