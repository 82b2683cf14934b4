"""Threads that ask for a late value at the same moment."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from stretch_tui.core.once import Once


def test_threads_that_ask_at_once_get_the_same_value() -> None:
    begun, made = threading.Barrier(4), []

    def make() -> object:
        made.append(object())
        time.sleep(0.05)  # long enough for every other thread to ask too
        return made[-1]

    value = Once(make)

    def ask(_: int) -> object:
        begun.wait()
        return value()

    assert not value.made
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(ask, range(4)))
    assert value.made
    assert len(made) == 1
    assert found == [made[0]] * 4


def test_a_value_that_could_not_be_made_is_tried_again() -> None:
    answers = iter([OSError("no"), None])

    def make() -> str:
        problem = next(answers)
        if problem is not None:
            raise problem
        return "made"

    value = Once(make)
    with pytest.raises(OSError, match="no"):
        value()
    assert not value.made
    assert (value(), value()) == ("made", "made")
