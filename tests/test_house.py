"""The house stands: headless rooms never load textual, and every command loads only its own."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "stretch_tui"
HEADLESS = sorted(
    ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts)
    for room in ("core", "figure", "storage", "cli")
    for path in (PACKAGE / room).rglob("*.py")
    if path.stem not in ("__init__", "__main__")
)
LOADED = "import json, sys; print(json.dumps(sorted(sys.modules)))"


def loaded_after(code: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\n{LOADED}"], capture_output=True, text=True, check=True
    )
    return set(json.loads(done.stdout.splitlines()[-1]))


def test_no_headless_module_loads_textual() -> None:
    # One process for all: any of them loading textual would be seen, at a fiftieth of the time.
    loaded = loaded_after("\n".join(f"import {name}" for name in HEADLESS))
    assert not {"textual", "rich"} & loaded


def test_core_and_figure_are_standard_library_only() -> None:
    pure = [name for name in HEADLESS if name.split(".")[1] in ("core", "figure")]
    roots = {
        name.partition(".")[0] for name in loaded_after("\n".join(f"import {n}" for n in pure))
    }
    assert not {"tinydb", "platformdirs", "tomlkit", "textual", "rich"} & roots


SLOW = {"argparse", "dataclasses", "inspect", "json", "pathlib", "re", "subprocess", "typing"}


def test_the_first_picture_waits_for_next_to_nothing() -> None:
    """Each of these takes a good part of the time that a start of Python takes."""
    before = loaded_after("")
    assert not SLOW & (loaded_after("import stretch_tui.cli.entry") - before)


@pytest.mark.parametrize("forbidden", ["tomlkit", "tinydb"])
def test_the_parser_loads_no_library(forbidden: str) -> None:
    code = "from stretch_tui.cli.main import build_parser\nbuild_parser('status')"
    assert forbidden not in {name.partition(".")[0] for name in loaded_after(code)}


ELSEWHERE = """
import os, sys
for name in ("fcntl", "termios", "tty", "pwd", "resource"):
    sys.modules[name] = None
for name in ("O_CLOEXEC", "O_NOFOLLOW", "O_NONBLOCK", "geteuid", "pwrite"):
    if hasattr(os, name):
        delattr(os, name)
"""


def test_the_log_is_kept_where_there_is_nothing_of_unix(tmp_path: Path) -> None:
    code = "\n".join([
        ELSEWHERE,
        *(f"import {name}" for name in HEADLESS),
        "from stretch_tui.cli.main import main",
        f"more = ['--data-dir', {str(tmp_path)!r}]",
        "assert main([*more, 'log', '--minutes', '5']) == main([*more, 'undo']) == 0",
    ])  # fmt: skip
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "Undid the entry" in done.stdout
    assert "keep one window open at a time" in done.stderr
