"""Shows the first screen as it was left, long before the program that draws it is loaded.

Loading takes most of a start. The picture stands meanwhile, keys are taken and not echoed; then
the app takes the terminal over without clearing it. If it never comes to that, the terminal is
given back as it was.
"""

from __future__ import annotations

import os
import signal
import sys

from stretch_tui.storage import first_frame

TYPE_CHECKING = False  # the module of that name takes longer to load than all of this
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from types import FrameType
    from typing import Any

    from stretch_tui.storage.first_frame import Frame, Piece

IN, OUT, DRAWN_ON = 0, 1, 2
HARMLESS = ("--ascii", "--no-mouse")
"""Arguments with which the app still opens on its first screen."""
ENDING = ("SIGHUP", "SIGTERM", "SIGINT", "SIGQUIT")
ENTER, LEAVE = "\x1b[?1049h\x1b[?25l", "\x1b[0m\x1b[?25h\x1b[?1049l"


class Opening:
    """The picture on the terminal until the app takes it over."""

    def __init__(self) -> None:
        self.attributes: list[Any] | None = None
        """How the terminal was set before; None when nothing was shown."""
        self._frame: Frame | None = None
        self._resized = False
        self._held = False

    def show(self, words: Sequence[str], environ: Mapping[str, str]) -> None:
        """Show the frame that is kept, if the app would come to show the very same."""
        if not set(words) <= set(HARMLESS) or not _has_terminal(environ):
            return
        frame = first_frame.read(first_frame.cache_folder(environ))
        look = first_frame.look_of(environ, plain="--ascii" in words)
        columns, rows = os.get_terminal_size(OUT)
        if frame is None or not frame.holds(look, (columns, rows)):
            return
        import termios

        self._watch()
        try:
            self.attributes = termios.tcgetattr(IN)
            self._held = True
            termios.tcsetattr(IN, termios.TCSANOW, _keys_only(self.attributes, environ))
            _write(_picture(frame))
            self._frame = frame
        except (OSError, termios.error):
            self.leave()

    def take_over(self) -> tuple[tuple[int, int], Sequence[Piece]]:
        """Leave the terminal to the app: its size, and what can be relied on to be shown."""
        self._held = False
        if self._frame is None or self._resized:
            return (0, 0), ()
        return self._frame.size, self._frame.pieces

    def leave(self) -> None:
        """Give the terminal back as it was, unless the app has it."""
        if not self._held:
            return
        import termios

        self._held = False
        try:
            _write(LEAVE)
            termios.tcsetattr(IN, termios.TCSANOW, self.attributes or [])
        except (OSError, termios.error):
            pass  # the terminal has gone

    def _watch(self) -> None:
        """Let a signal end the program by way of `leave`, and notice a resize."""

        def end(number: int, _: FrameType | None) -> None:
            raise SystemExit(128 + number)

        def resized(_number: int, _: FrameType | None) -> None:
            self._resized = True

        for number in (getattr(signal, name) for name in ENDING):
            # Whoever started us with a signal ignored (nohup) means it.
            if signal.getsignal(number) != signal.SIG_IGN:
                signal.signal(number, end)
        signal.signal(signal.SIGWINCH, resized)


def _has_terminal(environ: Mapping[str, str]) -> bool:
    """Whether the app could open, and the terminal is ours to draw on now."""
    if sys.platform == "win32" or environ.get("TERM", "dumb") in ("", "dumb"):
        return False
    try:
        return all(map(os.isatty, (IN, OUT, DRAWN_ON))) and os.tcgetpgrp(IN) == os.getpgrp()
    except OSError:
        return False


def _keys_only(attributes: Sequence[Any], environ: Mapping[str, str]) -> list[Any]:
    """The same settings, but every key arrives as it is and shows nowhere: as Textual has them."""
    import termios

    signs = 0 if environ.get("TEXTUAL_ALLOW_SIGNALS") else termios.ISIG
    read, written, line, own, *speeds, controls = attributes
    read &= ~(termios.IXON | termios.IXOFF | termios.ICRNL | termios.INLCR | termios.IGNCR)
    own &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN | signs)
    controls = list(controls)
    controls[termios.VMIN] = 1
    return [read, written, line, own, *speeds, controls]


def _picture(frame: Frame) -> str:
    """The frame as a terminal takes it, beginning with an empty screen in its background."""
    parts = [ENTER, f"\x1b[0;{frame.back}m\x1b[2J"]
    at, now = (-1, 0), ("", "", frame.back)
    for y, x, codes, text in frame.pieces:
        if (y, x) != at:
            parts.append(f"\x1b[{y + 1};{x + 1}H")
        if codes != now:
            parts.append(f"\x1b[{_change(now, codes)}m")
        parts.append(text)
        # Terminals disagree on the width of what is no ASCII.
        at, now = (y, x + len(text)) if text.isascii() else (-1, 0), codes
    return "".join(parts)


def _change(before: tuple[str, ...], after: tuple[str, ...]) -> str:
    """What to say for one style to become another; what is to go goes by saying all anew."""
    pairs = list(zip(before, after, strict=True))
    if before[0] != after[0] or any(old and not new for old, new in pairs):
        return ";".join(("0", *filter(None, after)))
    return ";".join(new for old, new in pairs if new != old)


def _write(text: str) -> None:
    data = text.encode()
    while data:
        data = data[os.write(DRAWN_ON, data) :]
