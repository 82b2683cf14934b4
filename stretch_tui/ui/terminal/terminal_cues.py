"""Bells, notifications and progress sent through the terminal, so that they reach the person."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum

from stretch_tui.core.text import clean_text

BELL = "\a"
BELL_GAP_SECONDS = 0.22
"""Terminals swallow bells that follow each other faster."""
_FLASH_ON, _FLASH_OFF = "\x1b[?5h", "\x1b[?5l"
_PROGRESS_CLEAR = "\x1b]9;4;0\x1b\\"
_URXVT_STYLE = ("rxvt", "foot", "vte")
"""Terminals whose notification is OSC 777; the others take OSC 9."""


class Carrier(Enum):
    """What stands between the program and the terminal."""

    NONE = "none"
    TMUX = "tmux"
    SCREEN = "screen"
    MOSH = "mosh"
    """Passes bells and nothing else of this."""


@dataclass(frozen=True, slots=True)
class Reach:
    """How escape sequences get to the terminal that the person looks at."""

    carrier: Carrier = Carrier.NONE
    urxvt: bool = False
    """Whether notifications are written as OSC 777."""

    @classmethod
    def of(cls, environ: Mapping[str, str]) -> Reach:
        """Read it from the environment."""
        term = environ.get("TERM", "")
        urxvt = term.startswith(_URXVT_STYLE) or bool(environ.get("VTE_VERSION"))
        return cls(_carrier(environ, term), urxvt)

    def wrap(self, sequence: str) -> str:
        """The sequence as it has to be written to arrive; empty when it can't."""
        match self.carrier:
            case Carrier.TMUX:
                return "\x1bPtmux;" + sequence.replace("\x1b", "\x1b\x1b") + "\x1b\\"
            case Carrier.SCREEN:
                # The inner end would close screen's own string: BEL ends an OSC as well.
                return "\x1bP" + sequence.replace("\x1b\\", BELL) + "\x1b\\"
            case Carrier.MOSH:
                return ""
            case Carrier.NONE:
                return sequence


def _carrier(environ: Mapping[str, str], term: str) -> Carrier:
    """The innermost carrier; mosh names itself only by what it forbids ncurses."""
    if environ.get("TMUX"):
        return Carrier.TMUX
    if environ.get("STY") or term.startswith("screen"):
        return Carrier.SCREEN
    mosh = environ.get("MOSH_IP") or environ.get("MOSH_SERVER_PID")
    if mosh or environ.get("NCURSES_NO_UTF8_ACS") == "1":
        return Carrier.MOSH
    return Carrier.NONE


class TerminalCues:
    """Writes signals for eyes that cannot look; each kind can be switched off."""

    def __init__(
        self,
        write: Callable[[str], None],
        reach: Reach,
        *,
        sound: bool = True,
        notify: bool = False,
        progress: bool = False,
        flash: bool = False,
    ) -> None:
        """`write` puts text into the terminal's stream, in order with what is drawn."""
        self._write = write
        self._reach = reach
        self._notify = notify
        self._progress = progress
        self._flashes = flash
        self._shown: int | None = None
        self._flashed = False
        self.sound = sound

    def bell(self) -> None:
        """Ring once, unless muted."""
        if self.sound:
            self._write(BELL)

    def notify(self, title: str, body: str) -> None:
        """Show a desktop notification, where the terminal can and the setting allows."""
        if not self._notify:
            return
        head, text = (clean_text(part, 80).replace(";", ",") for part in (title, body))
        sequence = f"777;notify;{head};{text}" if self._reach.urxvt else f"9;{head}: {text}"
        self._send(f"\x1b]{sequence}\x1b\\")

    def progress(self, fraction: float, *, paused: bool = False) -> None:
        """Show how far the session is in the terminal's tab or taskbar, if the setting allows."""
        percent = round(100 * min(1.0, max(0.0, fraction)))
        state = percent + (1000 if paused else 0)
        if self._progress and state != self._shown:
            self._shown = state
            self._send(f"\x1b]9;4;{4 if paused else 1};{percent}\x1b\\")

    def flash(self, on: bool) -> None:
        """Reverse the whole terminal, or set it right again: ten bytes, for slow lines."""
        direct = self._reach.carrier is Carrier.NONE
        if on != self._flashed and direct and self._flashes:
            self._flashed = on
            self._write(_FLASH_ON if on else _FLASH_OFF)

    def clear(self) -> None:
        """Leave nothing behind: no progress, no reversed screen."""
        self.flash(on=False)
        if self._shown is not None:
            self._shown = None
            self._send(_PROGRESS_CLEAR)

    def _send(self, sequence: str) -> None:
        wrapped = self._reach.wrap(sequence)
        if wrapped:
            self._write(wrapped)
