"""Leaving in good order when a signal says so, however stuck the screen is.

Textual handles no SIGHUP and no SIGTERM: it dies at once and leaves the terminal in mouse and
alternate-screen mode; and while the output is stalled its event loop, and with it every handler
that Python runs on the main thread, never gets a turn. So a thread waits on the signals' wake-up
pipe. It saves first, then asks the app to leave, and after two seconds leaves by itself.
"""

from __future__ import annotations

import os
import select
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Any, ClassVar

try:
    import termios
except ImportError:  # Windows
    termios = None  # type: ignore[assignment]

HANDLED = ("SIGHUP", "SIGTERM", "SIGINT", "SIGQUIT")
PATIENCE_SECONDS = 2.0
"""How long the app may take to leave by itself."""
STALL_SECONDS = 5.0
"""Output that moves no further for so long is a dead link, or ctrl+S."""
RESTORE = (
    "\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?1015l\x1b[?1016l"  # mouse
    "\x1b[?2004l\x1b[?1004l\x1b[?2048l\x1b[?2026l\x1b[?5l"  # paste, focus, sizes, frames, flash
    "\x1b[<u\x1b[?7h\x1b[?25h\x1b[0m"  # keyboard protocol, wrap, cursor, colors
    "\x1b]9;4;0\x07"  # progress in the tab
    "\x1b[?1049l"  # back from the alternate screen
)
"""What undoes everything a full-screen program may have done to a terminal."""


class Guard:
    """Waits for signals on a thread of its own; see the module."""

    installed: ClassVar[Guard | None] = None
    """The one of this process, while an app runs."""

    def __init__(
        self,
        *,
        save: Callable[[], None],
        leave: Callable[[int], None],
        stalled_seconds: Callable[[], float] | None = None,
        patience_seconds: float = PATIENCE_SECONDS,
        attributes: list[Any] | None = None,
    ) -> None:
        self._save = save
        self._leave = leave
        self._stalled_seconds = stalled_seconds
        self._on_stall: Callable[[float], None] | None = None
        self._patience = patience_seconds
        self._stalled = False
        self._gone = threading.Event()
        self._leaving = threading.Lock()
        self._read, self._write = os.pipe()
        self._before: dict[int, object] = {}
        self._attributes = attributes or _attributes()
        self.signal = 0
        """The signal that ends the program, 0 when none came."""

    def install(self) -> None:
        """Begin to wait; call it on the main thread, before the app runs."""
        os.set_blocking(self._write, False)
        for name in HANDLED:
            number = getattr(signal, name, None)
            # Whoever started us with a signal ignored (nohup) means it.
            if number is not None and signal.getsignal(number) != signal.SIG_IGN:
                self._before[number] = signal.signal(number, self._noted)
        Guard.installed = self
        signal.set_wakeup_fd(self._write, warn_on_full_buffer=False)
        threading.Thread(target=self._wait, name="signals", daemon=True).start()

    def remove(self) -> None:
        """The app has left by itself: give the signals back."""
        self._gone.set()
        Guard.installed = None
        signal.set_wakeup_fd(-1)
        for number, handler in self._before.items():
            signal.signal(number, handler)  # type: ignore[arg-type]
        self._wake()

    def watch_output(self, on_stall: Callable[[float], None] | None) -> None:
        """Tell, on the guard's thread, when output has stood still for so many seconds.

        None stops watching: without a session nothing wakes up for it.
        """
        self._on_stall = on_stall
        self._wake()

    def leave(self, number: int) -> None:
        """Save, ask the app to leave, and see to it that it does; on any thread, once."""
        if not self._leaving.acquire(blocking=False):
            return
        self.signal = number
        threading.Thread(target=self._see_off, args=(number,), daemon=True).start()
        with suppress(Exception):  # a boundary: whatever fails here, the program has to end
            self._save()
        with suppress(Exception):
            self._leave(128 + number)

    def _noted(self, number: int, _frame: FrameType | None) -> None:
        """On the main thread, when it gets there; the wake-up pipe is what ends the program."""
        self.signal = number

    def _see_off(self, number: int) -> None:
        if not self._gone.wait(self._patience):
            restore_terminal(self._attributes)
            os._exit(128 + number)

    def _wake(self) -> None:
        with suppress(OSError):
            os.write(self._write, b"\0")

    def _wait(self) -> None:
        while not self._gone.is_set():
            pause = None if self._on_stall is None else 1.0
            ready, _, _ = select.select([self._read], [], [], pause)
            if ready:
                for number in os.read(self._read, 64):
                    if number in self._before:
                        self.leave(number)
            self._look_at_output()

    def _look_at_output(self) -> None:
        """Tell once for each stall, with how long it lasts already."""
        on_stall = self._on_stall
        if self._stalled_seconds is None or on_stall is None:
            return
        seconds = self._stalled_seconds()
        if seconds >= STALL_SECONDS and not self._stalled:
            on_stall(seconds)
        self._stalled = seconds >= STALL_SECONDS


@contextmanager
def guarded(
    save: Callable[[], None],
    leave: Callable[[int], None],
    *,
    stalled_seconds: Callable[[], float] | None = None,
    attributes: list[Any] | None = None,
) -> Iterator[Guard]:
    """Run the app inside this.

    `save` makes the session in progress durable (`RunStore.flush`); `leave` asks the app to exit
    with a code, from another thread; `stalled_seconds` tells for how long output stands still;
    `attributes` are the terminal's settings to go back to, if not those of now.
    """
    guard = Guard(save=save, leave=leave, stalled_seconds=stalled_seconds, attributes=attributes)
    guard.install()
    try:
        yield guard
    finally:
        guard.remove()


def ending() -> bool:
    """Whether a signal has come that ends the program."""
    return Guard.installed is not None and Guard.installed.signal != 0


def terminal_gone() -> bool:
    """End the program as a hang-up does; False when nobody guards it."""
    if Guard.installed is None:
        return False
    Guard.installed.leave(getattr(signal, "SIGHUP", 1))
    return True


def restore_terminal(attributes: list[Any] | None = None) -> None:
    """Bring the terminal back as far as it still listens; never blocks for long."""
    writing = threading.Thread(target=_write_restore, daemon=True)
    writing.start()
    writing.join(0.3)
    if attributes is not None:
        with suppress(termios.error, ValueError):
            termios.tcsetattr(0, termios.TCSANOW, attributes)


def _write_restore() -> None:
    with suppress(OSError):
        if os.isatty(2):
            os.write(2, RESTORE.encode())


def _attributes() -> list[Any] | None:
    """The terminal's settings before the app changes them; None without one."""
    if termios is None:
        return None
    try:
        return list(termios.tcgetattr(0))
    except (termios.error, ValueError):
        return None
