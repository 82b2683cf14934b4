"""A value that is made when it is first asked for, and once only, whichever threads ask."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Once(Generic[T]):
    """Makes a value when it is first called; who calls meanwhile waits and gets the same one.

    `functools.cached_property` and `cache` make it anew for every thread that comes meanwhile.
    """

    def __init__(self, make: Callable[[], T]) -> None:
        self._make = make
        self._mutex = threading.Lock()
        self._made: list[T] = []

    def __call__(self) -> T:
        """The value; what the making of it raises is raised, and the next call tries again."""
        if not self._made:
            with self._mutex:
                if not self._made:
                    self._made.append(self._make())
        return self._made[0]

    @property
    def made(self) -> bool:
        """Whether there is a value yet."""
        return bool(self._made)
