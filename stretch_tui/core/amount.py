"""Which end of a published range is played: a word of its own, so that settings load lightly."""

from __future__ import annotations

from enum import StrEnum


class Amount(StrEnum):
    """Which end of a published range is played."""

    GENTLE = "gentle"
    STEADY = "steady"
    FULL = "full"
