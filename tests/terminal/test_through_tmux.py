"""Bells and notifications reach the terminal outside a real tmux, and nothing else leaks."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from line_runs import Terminal, command, environment, terminal, world

from stretch_tui.storage.log.tiny_logbook import TinyLogbook
from stretch_tui.storage.paths import Paths
from stretch_tui.ui.app import RED_FLAGS_SEEN

pytestmark = pytest.mark.skipif(shutil.which("tmux") is None, reason="needs tmux")
HOLD = """\
name = "One hold"
[[steps]]
stretch = "sphinx-pose"
dose = {hold_seconds = 8}
"""
DONE = "\x1b]9;stretch-tui: One hold: done\x1b\\"
TMUX = "set -g allow-passthrough {}\nset -g status off\n"


@contextmanager
def inside_tmux(folder: Path, passthrough: str) -> Iterator[Terminal]:
    """The player in tmux, and the terminal that tmux itself draws on."""
    routine = world(folder, HOLD)
    with (folder / "config.toml").open("a") as config:
        config.write("notify = true\nprogress = true\n")
    log = TinyLogbook(Paths.find({"STRETCH_TUI_DATA_DIR": str(folder)}))
    for one in (RED_FLAGS_SEEN, "sphinx-pose"):
        log.mark_seen(one)
    (folder / "tmux.conf").write_text(TMUX.format(passthrough))
    server = ["tmux", "-L", f"stretch-tui-{uuid4().hex}", "-f", str(folder / "tmux.conf")]
    variables = dict(environment(folder, TERM="xterm-256color", LC_ALL="C.UTF-8"))
    variables.pop("TMUX", None)
    play = command("play", "--file", routine)
    words = [str(shutil.which("tmux")), *server[1:], "new-session", *play]
    with terminal(words, variables) as outer:
        outer.resize(80, 24)
        try:
            yield outer
        finally:
            subprocess.run([*server, "kill-server"], check=False, capture_output=True)


def test_they_pass_through_where_tmux_allows_it(tmp_path: Path):
    with inside_tmux(tmp_path, "on") as outer:
        outer.until("next:", 30)
        outer.until(DONE, 30)
        outer.hear(2)
        assert "\x1b]9;4;1;" in outer.said, "progress in the tab"
        assert outer.said.rindex("\x1b]9;4;0") > outer.said.rindex("\x1b]9;4;1;"), "and cleared"
        bells = outer.said.replace(DONE, "").count("\a")
        assert bells >= 7, "one at the start, six at the end"


def test_only_bells_pass_where_it_does_not(tmp_path: Path):
    with inside_tmux(tmp_path, "off") as outer:
        outer.until("Saved.", 40)
        outer.hear(2)
        assert "\x1b]9;" not in outer.said
        assert "stretch-tui: One hold" not in outer.said, "no words where nobody asked for them"
        assert outer.said.count("\a") >= 7
