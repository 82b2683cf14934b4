"""A routine in the user's own editor: a broken text is offered again and never lost."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

from stretch_tui.cli import compose
from stretch_tui.cli.telling import OK, PROBLEM, USAGE, say
from stretch_tui.core.errors import StoreError
from stretch_tui.storage.content.routine_files import TomlRoutines
from stretch_tui.storage.content.routine_toml import routine_from_toml
from stretch_tui.storage.content.toml_reading import UnreadableError, read_text
from stretch_tui.storage.durable import make_private, write_durably


def kept_text(routine_id: str) -> Path | None:
    """The text of that routine that was not saved; None when there is none."""
    path = _place(routine_id)
    return path if path.name == f"{routine_id}.toml" and path.exists() else None


def edit_text(store: TomlRoutines, routine_id: str, text: str, *, new: bool = False) -> int:
    """Edit the text until it is a routine, and save it; return the exit code.

    The text lies in the data folder while it is edited: a kill or a broken text leaves it there,
    and the next edit of that routine goes on with it.
    """
    editor = find_editor()
    if editor is None:
        say("no editor found: set VISUAL or EDITOR")
        return USAGE
    path = _place(routine_id)
    if path.exists():
        say(f"going on with your unsaved text of {routine_id}")
    else:
        make_private(path.parent)
        write_durably(path, text.encode())
    while True:
        left = _run(editor, path)
        if left is not None:
            return _keep(path, f"{shlex.join(editor)}: {left}")
        code = _take(store, routine_id, path, text, new=new)
        if code is not None:
            return code
        answer = _asked()
        if answer == "throw away":
            path.unlink(missing_ok=True)
            say("thrown away; nothing was saved")
            return PROBLEM
        if answer == "keep":
            return _keep(path, "not saved")


def find_editor() -> list[str] | None:
    """The user's editor with its arguments: VISUAL, EDITOR, or what is usually there."""
    for name in ("VISUAL", "EDITOR"):
        words = shlex.split(os.environ.get(name, ""))
        if words:
            return words
    return next(([one] for one in ("nano", "vim", "vi", "notepad") if shutil.which(one)), None)


def _place(routine_id: str) -> Path:
    """Where the text of a routine lies while it is edited."""
    return compose.paths().edits / f"{Path(routine_id).name}.toml"


def _run(editor: list[str], path: Path) -> str | None:
    """Run the editor; what went wrong in words, None when nothing did."""
    try:
        done = subprocess.run([*editor, str(path)], check=False)  # noqa: S603 - the user's own
    except OSError as error:
        return error.strerror or str(error)
    return f"left with status {done.returncode}" if done.returncode else None


def _take(
    store: TomlRoutines, routine_id: str, path: Path, before: str, *, new: bool
) -> int | None:
    """Save what was edited; the exit code, or None when the text is no routine yet."""
    try:
        text = read_text(path)
    except UnreadableError as error:
        say(str(error.problem))
        return None
    if text == before:
        path.unlink(missing_ok=True)
        say("nothing was changed" + (", so nothing was saved" if new else ""))
        return PROBLEM if new else OK
    routine, problems = routine_from_toml(text, routine_id, file=path.name)
    if routine is None:
        for problem in problems:
            say(str(problem))
        return None
    try:
        store.save_text(routine_id, text)
    except StoreError as problem:
        return _keep(path, str(problem))
    path.unlink(missing_ok=True)
    say(f"saved as {routine_id}")
    tell_unknown([step.stretch for step in routine.steps])
    return OK


def tell_unknown(names: list[str]) -> None:
    """Say which stretches of a routine are not known here."""
    known = compose.catalog().stretches
    missing = dict.fromkeys(name for name in names if name not in known)
    if missing:
        say(f"not known here, and left out of sessions: {', '.join(missing)}")


def _asked() -> str:
    """What to do with a text that is no routine: edit, keep or throw away.

    Where nobody can answer it is kept.
    """
    if not sys.stdin.isatty():
        return "keep"
    print("Edit again (enter), keep it for later (k), throw it away (t)? ",
          end="", file=sys.stderr, flush=True)  # fmt: skip
    answer = sys.stdin.readline()
    if not answer:
        return "keep"
    return {"k": "keep", "t": "throw away"}.get(answer.strip().lower()[:1], "edit")


def _keep(path: Path, words: str) -> int:
    """Leave the text where it is; say where, how to go on, and how to be rid of it."""
    say(f"{words}; your text is kept in {path}")
    say(f"to go on with it: stretch-tui routine edit {path.stem}; to be rid of it, delete the file")
    return PROBLEM
