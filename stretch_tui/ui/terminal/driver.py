"""Textual's driver, woken by what happens instead of ten times a second.

Esc is answered as soon as its time is over, leaving takes no time, a program at rest uses none,
a byte that is no UTF-8 is replaced instead of ending the program, a terminal that has gone ends it
instead of spinning, and of two sizes in quick succession the later holds.
"""

from __future__ import annotations

import os
import selectors
import signal
import sys
import time
from codecs import getincrementaldecoder
from contextlib import suppress
from typing import Any

from textual._parser import ParseError
from textual._time import get_time
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver
from textual.events import Resize
from textual.geometry import Size
from textual.message import Message

from stretch_tui.ui.terminal import signals
from stretch_tui.ui.terminal.watched_output import WatchedOutput

READ_BYTES = 4096
ENTER = "\x1b[?1049h"


class StretchDriver(LinuxDriver):
    """Waits on the terminal and on a pipe that wakes it up; see the module."""

    _wake_read = -1
    _wake_write = -1
    _leaving = False
    _entered = False
    resized = False
    """Whether the terminal has ever got another size; told at once, before the app hears of it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._watched = WatchedOutput(sys.__stderr__ or sys.stderr, time.monotonic)
        self._file: Any = self._watched

    def stalled_seconds(self) -> float:
        """For how long the terminal has taken no output; 0 while it does."""
        return self._watched.stalled_seconds()

    def start_application_mode(self) -> None:
        """Begin to read, with a new pipe; also after a suspension."""
        self._leaving = False
        self._wake_read, self._wake_write = os.pipe()
        os.set_blocking(self._wake_write, False)
        app: Any = self._app
        self._entered = app.opening is not None
        super().start_application_mode()  # type: ignore[no-untyped-call]
        signal.signal(signal.SIGWINCH, self._resized)
        if app.opening is not None:
            self._entered = False
            self.attrs_before = app.opening.attributes
            app.take_over()

    def write(self, data: str) -> None:
        """Write to the terminal; a screen it shows already is not entered again: some clear it."""
        if not (self._entered and data == ENTER):
            super().write(data)

    def _resized(self, *_: object) -> None:
        """Ask for the size when the loop gets there, not here.

        Textual's own handler asks at once. A second signal that interrupts it overtakes it, and
        the app is left with the size before the last for as long as nobody resizes again.
        """
        self.resized = True
        if not self._in_band_window_resize:
            self._loop.call_soon_threadsafe(self._tell_size)

    def process_message(self, message: Message) -> None:
        """Hand a message of the terminal on; some tell their size by one."""
        self.resized = self.resized or isinstance(message, Resize)
        super().process_message(message)

    def _tell_size(self) -> None:
        size = Size(*self._get_terminal_size())
        self._app.post_message(Resize(size, size))

    def _sigcont_application(self, *_: Any) -> None:
        """Draw again after a stop; the CONT that comes with a hang-up is none.

        A process that was stopped by force, without Ctrl+Z, finds the terminal in the shell's
        hands: it has to be left properly before it is taken again.
        """
        if not self._auto_restart or signals.ending():
            return
        if not self._must_signal_resume:
            self.suspend_application_mode()
            self._must_signal_resume = True
        self.resume_application_mode()

    def disable_input(self) -> None:
        """Wake the reading thread up, so that it ends at once."""
        self._leaving = True
        if self._wake_write >= 0:
            with suppress(OSError):
                os.write(self._wake_write, b"x")
        super().disable_input()
        self._close_pipe()

    def _close_pipe(self) -> None:
        for descriptor in (self._wake_read, self._wake_write):
            if descriptor >= 0:
                with suppress(OSError):
                    os.close(descriptor)
        self._wake_read = self._wake_write = -1

    def run_input_thread(self) -> None:
        """Read keys until told to leave, or until the terminal is gone."""
        parser = XTermParser(self._debug)
        decode = getincrementaldecoder("utf-8")(errors="replace").decode
        with selectors.DefaultSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            selector.register(self._wake_read, selectors.EVENT_READ)
            while not self._leaving:
                ready = {key.fd for key, _ in selector.select(_seconds_left(parser))}
                if self._leaving:
                    break
                if self.fileno in ready:
                    data = self._read()
                    if not data:
                        self._hang_up()
                        break
                    for message in parser.feed(decode(data)):
                        self.process_message(message)
                for message in parser.tick():
                    self.process_message(message)
        with suppress(EOFError, ParseError):
            for _ in parser.feed(""):
                pass

    def _read(self) -> bytes:
        """What the terminal has sent; empty when it is gone."""
        try:
            return os.read(self.fileno, READ_BYTES)
        except OSError:
            return b""

    def _hang_up(self) -> None:
        """End the app as a hang-up does: nobody can press a key any more."""
        if not self._leaving and not signals.terminal_gone():
            code = 128 + signal.SIGHUP
            self._loop.call_soon_threadsafe(lambda: self._app.exit(return_code=code))


def _seconds_left(parser: XTermParser) -> float | None:
    """How long to wait for the rest of an escape sequence; None waits for the next key."""
    until = parser._timeout_time  # noqa: SLF001 - the parser is polled, it offers no other way
    return None if until is None else max(0.0, until - get_time())
