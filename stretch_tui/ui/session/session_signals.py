"""When to ring, flash and notify: cues in, signals out, timed by the screen's one timer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from stretch_tui.core.session.cues import Cue, CueKind, foremost
from stretch_tui.ui.terminal.terminal_cues import BELL_GAP_SECONDS, TerminalCues

_SLOW = 3 * BELL_GAP_SECONDS
PATTERNS: dict[CueKind, Sequence[float]] = {
    CueKind.START: (0.0,),
    CueKind.HALFWAY: (0.0, _SLOW),
    CueKind.SWITCH: (0.0, BELL_GAP_SECONDS),
    CueKind.DONE: (0.0, BELL_GAP_SECONDS, 2 * BELL_GAP_SECONDS),
    CueKind.FINISHED: tuple(
        number * BELL_GAP_SECONDS + (number > 2) * _SLOW for number in range(6)
    ),
}
"""Seconds after a cue at which the bell rings: one, two slow, two quick, three, twice three."""
FLASH_SECONDS = 0.4


class SessionSignals:
    """Turns what has happened into bells, a flash and a notification."""

    def __init__(self, terminal: TerminalCues, *, flash: bool) -> None:
        self._terminal = terminal
        self._flash = flash
        self._bells: list[float] = []
        self._flash_ends: float | None = None

    @property
    def flashing(self) -> bool:
        """Whether the screen is to be drawn in its flash colors now."""
        return self._flash_ends is not None

    def take(self, happened: Iterable[Cue], now: float) -> CueKind | None:
        """Begin the signals of the one cue that matters most; say which."""
        cue = foremost(happened)
        if cue is None or cue.kind not in PATTERNS:
            return None
        self._bells = [now + offset for offset in PATTERNS[cue.kind]]
        if self._flash:
            self._flash_ends = now + FLASH_SECONDS
            self._terminal.flash(on=True)
        return cue.kind

    def run(self, now: float) -> None:
        """Ring what is due, and end a flash that has lasted."""
        due = [at for at in self._bells if at <= now]
        if due:
            self._bells = self._bells[len(due) :]
            self._terminal.bell()
        if self._flash_ends is not None and self._flash_ends <= now:
            self._flash_ends = None
            self._terminal.flash(on=False)

    def next_in(self, now: float) -> float | None:
        """Seconds until something is due; None when nothing is."""
        due = [*self._bells[:1], *([] if self._flash_ends is None else [self._flash_ends])]
        return max(0.0, min(due) - now) if due else None

    def hush(self) -> None:
        """Drop what is still to ring."""
        self._bells = []
