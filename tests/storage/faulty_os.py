"""An `os` that counts the calls of the store, fails one of them, or ends the world at it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

SEAMS = ("durable", "log.lock", "log.log_writer", "log.backups")
WATCHED = (
    "open",
    "write",
    "fsync",
    "close",
    "link",
    "replace",
    "unlink",
    "fstat",
    "stat",
    "read",
    "listdir",
    "pwrite",
    "dup",
)


class KilledError(BaseException):
    """The process is gone: no handler of ours may do anything after this."""


class FaultyOs:
    """Stands in for the module `os`; what is not watched is the real thing."""

    def __init__(self) -> None:
        self.calls: list[str] = []
        self.fail_at: int | None = None
        self.error: OSError | None = None
        self.kill_at: int | None = None
        self.after = False
        self._open: set[int] = set()
        self._dead = False

    def __getattr__(self, name: str) -> Any:
        real = getattr(os, name)
        return self._watch(name, real) if name in WATCHED else real

    def _watch(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **options: Any) -> Any:
            if self._dead:
                raise KilledError
            number = len(self.calls)
            self.calls.append(name)
            if number == self.kill_at and not self.after:
                self._die()
            if number == self.fail_at and self.error is not None:
                if name == "close":
                    real(*args)  # a close that fails has closed all the same
                    self._open.discard(args[0])
                raise self.error
            result = real(*args, **options)
            if name == "open":
                self._open.add(result)
            if name == "close":
                self._open.discard(args[0])
            if number == self.kill_at:
                self._die()
            return result

        return call

    def _die(self) -> None:
        self._dead = True
        for handle in self._open:
            os.close(handle)  # as the kernel does, which frees the locks
        self._open.clear()
        raise KilledError


@contextmanager
def faults() -> Iterator[FaultyOs]:
    """Put a faulty `os` under the store."""
    faulty = FaultyOs()
    with pytest.MonkeyPatch.context() as patch:
        for name in SEAMS:
            patch.setattr(f"stretch_tui.storage.{name}.os", faulty)
        yield faulty
