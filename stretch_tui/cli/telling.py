"""What is said to the person at the terminal: on stderr, so that stdout stays data."""

from __future__ import annotations

import sys


def say(words: str) -> None:
    """Say it in one line that tells who speaks."""
    print(f"stretch-tui: {words}", file=sys.stderr)
