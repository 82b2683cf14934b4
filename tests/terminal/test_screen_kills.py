"""The full-screen player killed at any moment: the next start stands where the screen stood."""

from __future__ import annotations

import os
import random
import re
import signal
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from line_runs import SHORT, command, environment, sessions, terminal
from seen import Seen
from test_player_screen import player

KILLS = 20
AT_ONCE = 3
LATE_SECONDS = 2
"""A heartbeat comes once a second, and what is left is shown in whole seconds."""


def stands(seen: Seen) -> tuple[str, int] | None:
    """The stretch and the seconds left of the session, as the screen shows them."""
    found = re.search(r"of 2 · (\d+):(\d\d) left", seen.rows[0])
    name = re.search(r"Owl neck|Sphinx pose", "\n".join(seen.rows[2:4]))
    return (name[0], 60 * int(found[1]) + int(found[2])) if found and name else None


def killed(folder: Path, moment: float) -> str:
    """Kill one session at its moment, and hold what is left against what was shown."""
    with player(folder, SHORT) as seen:
        seen.wait_for("get ready")
        seen.terminal.hear(moment)
        before = stands(seen)
        os.kill(seen.terminal.pid, signal.SIGKILL)
        seen.terminal.wait()
    if before is None:
        assert len(sessions(folder)) <= 1
        return "at its end"
    variables = environment(folder, TERM="xterm-256color", LANG="C.UTF-8", LC_ALL="C.UTF-8")
    with terminal(command("play", "--resume"), variables) as opened:
        seen = Seen(opened)
        seen.wait_for("Here is where you left, ")
        after = stands(seen)
        assert after is not None
        assert -1 <= after[1] - before[1] <= LATE_SECONDS, (before, after)
        same = after[0] == before[0]
        assert same or before[1] - 8 <= LATE_SECONDS, "only next to a change of stretches"
        opened.type("q")
        seen.wait_for("End the session here?")
        opened.type("y")
        seen.wait_until(lambda rows: not any("End the session" in row for row in rows), "the end")
        opened.hear(0.5)
    assert list(folder.glob("run-*")) == []
    assert len(sessions(folder)) <= 1
    return "taken up"


@pytest.mark.long
def test_twenty_kills_of_the_screen(tmp_path: Path) -> None:
    chance = random.Random()
    with ThreadPoolExecutor(AT_ONCE) as several:
        moments = [chance.uniform(0, 15) for _ in range(KILLS)]
        folders = [tmp_path / str(number) for number in range(KILLS)]
        found = Counter(several.map(killed, folders, moments))
    print(dict(found))
    assert found["taken up"] >= KILLS // 2
