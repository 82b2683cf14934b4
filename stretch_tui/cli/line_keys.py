"""Single letters and Enter from stdin, whatever stdin is: a terminal, a pipe, nothing at all."""

from __future__ import annotations

import os
import selectors
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

try:
    import termios
    import tty
except ImportError:  # Windows: letters come with Enter
    termios = None  # type: ignore[assignment]

SWALLOW_SECONDS = 0.4
"""Enter this soon after a letter belongs to it, and in a pipe always: people type `n`, Enter."""


class Keys:
    """The keys that arrive on a file descriptor, one at a time."""

    def __init__(self, descriptor: int | None) -> None:
        self._descriptor = descriptor
        self._waiting = ""
        self._enter_until = float("-inf")
        self.terminal = descriptor is not None and _in_foreground(descriptor)
        """Whether a person sits there: only then is anything asked."""

    @property
    def open(self) -> bool:
        """Whether a key can still come."""
        return self._descriptor is not None

    def wait(self, seconds: float | None) -> str | None:
        """The next key, Enter as a newline; None when none comes in time, or none can.

        Waiting without a limit is for the answer to a question: Enter is one then.
        """
        if seconds is None and self.terminal:
            self._enter_until = float("-inf")
        if not self._waiting:
            self._fill(seconds)
        if not self._waiting:
            return None
        key, self._waiting = self._waiting[0], self._waiting[1:]
        if key in "\r\n":
            belongs = time.monotonic() < self._enter_until
            self._enter_until = float("-inf")
            return None if belongs else "\n"
        if not self.terminal:
            self._enter_until = float("inf")
        elif key != " ":
            self._enter_until = time.monotonic() + SWALLOW_SECONDS
        return key

    def _fill(self, seconds: float | None) -> None:
        if self._descriptor is None:
            time.sleep(seconds or 0.0)
            return
        try:
            with selectors.DefaultSelector() as selector:
                selector.register(self._descriptor, selectors.EVENT_READ)
                ready = selector.select(seconds)
        except OSError:  # a regular file: always ready
            ready = [()]  # type: ignore[list-item]
        if ready:
            with suppress(OSError):
                data = os.read(self._descriptor, 1024)
                self._waiting = data.decode("utf-8", "replace").lower()
                if data:
                    return
            self._descriptor = None


@contextmanager
def keys_of(stream: object = None) -> Iterator[Keys]:
    """The keys of stdin, letter by letter where it is a terminal; its settings come back after."""
    stream = sys.stdin if stream is None else stream
    descriptor = _descriptor(stream)
    keys = Keys(descriptor)
    if descriptor is None or not keys.terminal or termios is None:
        yield keys
        return
    before = termios.tcgetattr(descriptor)
    tty.setcbreak(descriptor, termios.TCSANOW)
    try:
        yield keys
    finally:
        with suppress(termios.error):
            termios.tcsetattr(descriptor, termios.TCSANOW, before)


def _descriptor(stream: object) -> int | None:
    """The descriptor of an open stream; None when there is none to read from."""
    try:
        descriptor: int = stream.fileno()  # type: ignore[attr-defined]
        if os.isatty(descriptor) and not _in_foreground(descriptor):
            return None  # reading would stop a background job
        os.fstat(descriptor)
    except (AttributeError, OSError, ValueError):
        return None
    return descriptor


def _in_foreground(descriptor: int) -> bool:
    try:
        return os.isatty(descriptor) and os.tcgetpgrp(descriptor) == os.getpgrp()
    except (AttributeError, OSError):
        return False
