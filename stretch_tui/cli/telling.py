"""What every command answers with: an exit code, words on stderr, and on stdout data alone."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping

OK, PROBLEM, USAGE, INTERRUPTED = 0, 1, 2, 130
"""It went well; a problem was found; it was asked wrongly, or there is no terminal; ctrl+C."""
SCHEMA = 1


def say(words: str) -> None:
    """Say it in one line that tells who speaks."""
    print(f"stretch-tui: {words}", file=sys.stderr)


def print_json(content: Mapping[str, object]) -> None:
    """Print one object with its schema, in ASCII: no locale can spoil a name in it."""
    print(json.dumps({"schema": SCHEMA, **content}))
