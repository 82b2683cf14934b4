"""A routine in the user's own editor: a broken text is offered again and never lost."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

from stretch_tui.cli import compose
from stretch_tui.core.errors import StoreError
from stretch_tui.storage.content.routine_files import TomlRoutines
from stretch_tui.storage.content.routine_toml import routine_from_toml
from stretch_tui.storage.content.toml_reading import UnreadableError, read_text
from stretch_tui.storage.durable import make_private, write_durably

OK, PROBLEM, USAGE = 0, 1, 2


def edit_text(store: TomlRoutines, routine_id: str, text: str, *, new: bool = False) -> int:
    """Edit the text until it is a routine, and save it; return the exit code.

    The text lies in the data folder while it is edited: a kill or a broken text leaves it there,
    and the next edit of that routine goes on with it.
    """
    editor = find_editor()
    if editor is None:
        print("stretch-tui: no editor found; set VISUAL or EDITOR", file=sys.stderr)
        return USAGE
    path = compose.paths().edits / f"{routine_id}.toml"
    if path.exists():
        print(f"stretch-tui: going on with your unsaved text of {routine_id}", file=sys.stderr)
    else:
        make_private(path.parent)
        write_durably(path, text.encode())
    while True:
        left = _run(editor, path)
        if left is not None:
            return _stop(path, f"{shlex.join(editor)}: {left}")
        code = _take(store, routine_id, path, "" if new else text)
        if code is not None:
            return code
        if not _again():
            return _stop(path, "not saved")


def find_editor() -> list[str] | None:
    """The user's editor with its arguments: VISUAL, EDITOR, or what is usually there."""
    for name in ("VISUAL", "EDITOR"):
        words = shlex.split(os.environ.get(name, ""))
        if words:
            return words
    return next(([one] for one in ("nano", "vim", "vi", "notepad") if shutil.which(one)), None)


def _run(editor: list[str], path: Path) -> str | None:
    """Run the editor; what went wrong in words, None when nothing did."""
    try:
        done = subprocess.run([*editor, str(path)], check=False)  # noqa: S603 - the user's own
    except OSError as error:
        return error.strerror or str(error)
    return f"left with status {done.returncode}" if done.returncode else None


def _take(store: TomlRoutines, routine_id: str, path: Path, before: str) -> int | None:
    """Save what was edited; the exit code, or None when the text is no routine yet."""
    try:
        text = read_text(path)
    except UnreadableError as error:
        print(f"stretch-tui: {error.problem}", file=sys.stderr)
        return None
    routine, problems = routine_from_toml(text, routine_id, file=path.name)
    if routine is None:
        for problem in problems:
            print(f"stretch-tui: {problem}", file=sys.stderr)
        return None
    if text == before:
        print("stretch-tui: nothing was changed", file=sys.stderr)
    else:
        try:
            store.save_text(routine_id, text)
        except StoreError as problem:
            return _stop(path, str(problem))
        print(f"stretch-tui: saved as {routine_id}", file=sys.stderr)
        _tell_unknown([step.stretch for step in routine.steps])
    path.unlink(missing_ok=True)
    return OK


def _tell_unknown(names: list[str]) -> None:
    known = compose.catalog().stretches
    missing = dict.fromkeys(name for name in names if name not in known)
    if missing:
        words = f"not known here, and left out of sessions: {', '.join(missing)}"
        print(f"stretch-tui: {words}", file=sys.stderr)


def _again() -> bool:
    """Whether to open the editor once more; never where nobody can answer."""
    if not sys.stdin.isatty():
        return False
    print("Edit again? [Y/n] ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().lower() not in ("n", "no")


def _stop(path: Path, words: str) -> int:
    """Leave the text where it is, and say so."""
    print(f"stretch-tui: {words}; your text is kept in {path}", file=sys.stderr)
    return PROBLEM
