"""`check`: every problem of catalog, own files, settings and log, each with file and line."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from stretch_tui.cli import compose
from stretch_tui.cli.telling import OK, PROBLEM, USAGE, print_json, say
from stretch_tui.core.content.wording import count
from stretch_tui.core.problems import Problem
from stretch_tui.storage.content.catalog_check import Checkup, kind_of_path
from stretch_tui.storage.content.catalog_files import catalog_root

if TYPE_CHECKING:
    from stretch_tui.figure import PoseBook
    from stretch_tui.storage.content.toml_reading import Document


def configure(name: str, parser: argparse.ArgumentParser) -> None:  # noqa: ARG001
    """Describe the arguments."""
    parser.add_argument(
        "paths",
        nargs="*",
        metavar="PATH",
        help="files or folders; without any the catalog, your own files, settings and log",
    )
    parser.add_argument("--json", action="store_true", help="machine-readable output")


def run(args: argparse.Namespace) -> int:
    """Check, print what was found, and say by the exit code whether anything is wrong."""
    named = [Path(path).expanduser() for path in args.paths]
    for path in named:
        if not path.exists():
            say(f"there is no {path}")
            return USAGE
    checkup = Checkup()
    read = _check(checkup, _files(named) if named else None)
    _report(checkup, read, as_json=args.json)
    return PROBLEM if checkup.problems else OK


def _files(named: list[Path]) -> list[Path]:
    """The files that are meant: themselves, and all that a folder holds but what was deleted."""
    found: dict[Path, None] = {}
    for path in named:
        if path.is_dir():
            every = sorted(path.rglob("*.toml"))
            found |= dict.fromkeys(one for one in every if one.parent.name != "deleted")
        else:
            found[path] = None
    return list(found)


def _check(checkup: Checkup, named: list[Path] | None) -> int:
    """Read everything, so that references can be followed; tell only of what was named.

    The number of files that were looked at for their own sake is returned.
    """
    paths = compose.paths()
    for path in named or ():
        if path == paths.config or path.name == "config.toml":
            _check_settings(checkup, path)
        elif path.suffix == ".json":
            _check_log(checkup, path)
        else:
            checkup.read(path, kind_of_path(path), own=not _shipped(path))
    seen = set(checkup.seen)
    told = len(checkup.problems)
    checkup.read_root(catalog_root())
    checkup.read_own(paths)
    if named is not None:
        del checkup.problems[told:]
    _link(checkup, None if named is None else seen)
    if named is None:
        _check_settings(checkup, paths.config)
        _check_log(checkup, paths.history)
    return len(checkup.seen) if named is None else len(named)


def _shipped(path: Path) -> bool:
    return str(path.resolve()).startswith(str(catalog_root()))


def _link(checkup: Checkup, only: set[str] | None) -> None:
    from stretch_tui.figure import PoseBook

    tables = {
        stem: {key: value for document in reversed(documents) for key, value in
               document.data.items()}
        for stem, documents in checkup.poses.items()
    }  # fmt: skip
    book = PoseBook.parse(tables)
    checkup.link(book.__contains__, only)
    _check_poses(checkup, book, only)
    _check_alikes(checkup, book, only)


def _check_poses(checkup: Checkup, book: PoseBook, only: set[str] | None) -> None:
    for problem in book.problems():
        table = problem.pose_id.rpartition("/")[2]
        document = _pose_document(checkup, problem.pose_id)
        if only is None or document.file in only:
            line = document.lines.get((table,), 0)
            message = f"{table}: {problem.message}"
            checkup.problems.append(Problem(document.file, line, message, problem.hint))


def _check_alikes(checkup: Checkup, book: PoseBook, only: set[str] | None) -> None:
    """Warn of held poses that nobody could tell apart without their names."""
    from stretch_tui.figure.alike import look_alikes

    held: dict[str, Document] = {}
    for document, stretch in checkup.stretches.values():
        if (pose := stretch.defining_pose()) in book:
            held.setdefault(pose, document)
    asked = [
        pose for pose, document in held.items()
        if only is None or document.file in only or _pose_document(checkup, pose).file in only
    ]  # fmt: skip
    for pose, other, share in look_alikes(book, asked, held):
        document = _pose_document(checkup, pose)
        table = pose.rpartition("/")[2]
        message = f"{table}: looks like {other}: {share:.0%} of the ink differs, 30% is the least"
        hint = "turn the camera, choose another frame, or say like = the other where it is meant"
        line = document.lines.get((table,), 0)
        checkup.warnings.append(Problem(document.file, line, message, hint))


def _pose_document(checkup: Checkup, pose_id: str) -> Document:
    """Return the file that a pose is written in."""
    stem, _, table = pose_id.rpartition("/")
    documents = checkup.poses[stem]
    return next((one for one in documents if table in one.data), documents[0])


def _check_settings(checkup: Checkup, path: Path) -> None:
    from stretch_tui.storage.config import load_settings
    from stretch_tui.ui.settings_check import wrong_choices

    checkup.problems.extend(load_settings(path, wrong_choices)[1])


def _check_log(checkup: Checkup, path: Path) -> None:
    """Look at the log without opening it: a check repairs nothing."""
    from stretch_tui.storage.log.log_strict import parse_strictly
    from stretch_tui.storage.log.snapshot import DamagedError, NewerSchemaError

    if not path.exists():
        return
    try:
        parse_strictly(path.read_bytes())
    except (OSError, DamagedError, NewerSchemaError) as error:
        hint = "stretch-tui doctor looks closer; nothing is lost by opening the app"
        checkup.problems.append(Problem(str(path), 0, str(error), hint))


def _report(checkup: Checkup, read: int, *, as_json: bool) -> None:
    rows = [*((one, False) for one in checkup.problems), *((one, True) for one in checkup.warnings)]
    rows.sort(key=lambda row: (row[1], row[0].file, row[0].line))
    if as_json:
        print_json({"problems": [
            {"file": one.file, "line": one.line, "message": one.message, "hint": one.hint,
             "warning": warning}
            for one, warning in rows
        ]})  # fmt: skip
        return
    for one, warning in rows:
        file = one.file.removeprefix(f"{Path.cwd()}/")
        place = f"{file}:{one.line}" if one.line else file
        print(f"{place}: {'warning: ' if warning else ''}{one.message}")
        if one.hint:
            print(f"    {one.hint}")
    files = count(read, "file")
    bad = count(len(checkup.problems), "problem")
    more = f", {count(len(checkup.warnings), 'warning')}" if checkup.warnings else ""
    print(f"{files} read, {bad}{more}", file=sys.stderr)
