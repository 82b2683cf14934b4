"""Everything in and out: `export`, `import`, `sync`, `undo` and `forget`."""

from __future__ import annotations

import argparse
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from stretch_tui.cli import compose
from stretch_tui.cli.telling import OK, PROBLEM, USAGE, say
from stretch_tui.core.errors import StoreError

if TYPE_CHECKING:
    from stretch_tui.core.content.routine import Routine
    from stretch_tui.storage.log.tiny_logbook import TinyLogbook
    from stretch_tui.storage.transfer.exchange import Bundle


def configure(name: str, parser: argparse.ArgumentParser) -> None:
    """Describe the arguments of one of the commands."""
    match name:
        case "export":
            parser.add_argument("file", nargs="?", default="-", help="where to; - is stdout")
            parser.add_argument("--format", choices=("json", "csv"), help="json holds everything")
            parser.add_argument("--force", action="store_true", help="overwrite the file")
        case "import":
            parser.add_argument("file", help="an export, or a backup of the log; - is stdin")
            how = parser.add_mutually_exclusive_group()
            how.add_argument("--merge", action="store_true", help="join it with what is here")
            parser.add_argument(
                "--dry-run", action="store_true", help="only say what it would bring"
            )
        case "sync":
            parser.add_argument("target", help="[USER@]HOST, or a FOLDER (with a / in it)")
            parser.add_argument("--dry-run", action="store_true", help="only say what would change")
            parser.add_argument("--remote", metavar="COMMAND", default="", help=_REMOTE_HELP)
            parser.add_argument("--ssh", metavar="COMMAND", default="ssh", help="the ssh to use")
        case "forget":
            parser.add_argument("--everything", action="store_true", required=True, help=_ALL_HELP)
            parser.add_argument("--yes", action="store_true", help="without asking")


_REMOTE_HELP = "how the other machine starts stretch-tui (default: stretch-tui)"
_ALL_HELP = "log, backups, own routines, sessions in progress"


def run(args: argparse.Namespace) -> int:
    """Run the command that was asked for."""
    match args.command:
        case "export":
            return _export(args)
        case "import":
            return _import(args)
        case "sync":
            return _sync(args)
        case "undo":
            return _undo()
        case _:
            return _forget(args)


def _log() -> TinyLogbook:
    """The log, read at once, so that what is wrong with it is said first."""
    log = compose.logbook()
    log.notices()
    return log


def _undo() -> int:
    """Take the log's last change back, and say which change of a routine it does not reach."""
    log, later = _log(), _saved_later()
    print(log.undo() or "There is nothing to undo.")
    if later is not None:
        say(
            f"Routines are files, which undo leaves alone: {later.name} was saved after that. "
            f"`stretch-tui routine edit {later.id}` or `delete` changes it."
        )
    return OK


def _saved_later() -> Routine | None:
    """The own routine that was saved last, if that was after the last change of the log."""
    store, history = compose.routines(), compose.paths().history
    newest = max(store.all().values(), key=lambda one: _saved(store.path(one.id)), default=None)
    if newest is None or _saved(store.path(newest.id)) <= _saved(history):
        return None
    return newest


def _saved(path: Path) -> int:
    """When a file was written, in nanoseconds; 0 for one that is not there."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


def _sessions(log: TinyLogbook) -> str:
    count = len(log.sessions())
    return f"{count:,} session" + ("" if count == 1 else "s")


def _export(args: argparse.Namespace) -> int:
    as_csv = args.format == "csv" or (args.format is None and args.file.lower().endswith(".csv"))
    log = _log()
    if as_csv:
        from stretch_tui.storage.transfer.csv_export import to_csv

        data, holds = to_csv(log.sessions()).encode(), _sessions(log)
    else:
        from stretch_tui.storage.transfer.sync import contents, export

        where = compose.paths()
        data, holds = export(log, where), contents(log, where)
    if args.file == "-":
        sys.stdout.buffer.write(data)
        return OK
    path = Path(args.file)
    if not _may_write(path, force=args.force):
        return PROBLEM
    from stretch_tui.storage.durable import write_durably
    from stretch_tui.storage.faults import not_saved

    try:
        write_durably(path, data)
    except OSError as error:
        raise not_saved(path.absolute().parent, error) from error
    say(f"{holds} written to {path}")
    return OK


def _may_write(path: Path, *, force: bool) -> bool:
    """Whether the file is free, or may be overwritten."""
    if path.is_symlink() or (path.exists() and not path.is_file()):
        say(f"{path} is not a plain file: choose another name")
        return False
    if not path.exists() or force:
        return True
    if sys.stdin.isatty() and sys.stderr.isatty():
        return _asked(f"{path} is there already. Overwrite it? [y/N] ") in ("y", "yes")
    say(f"{path} is there already: choose another name, or add --force")
    return False


def _asked(question: str) -> str:
    print(question, end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().lower()


def _import(args: argparse.Namespace) -> int:
    from stretch_tui.storage.transfer.sync import take

    bundle = _bundle(args.file)
    log, where = _log(), compose.paths()
    name = "standard input" if args.file == "-" else Path(args.file).name
    brings = take(bundle, log, where, dry_run=True)
    if args.dry_run:
        print(f"Would bring {brings}.")
        return OK
    if any(log.records()) and any(brings.log) and not args.merge:
        here = f"there is a log of {_sessions(log)} here already, and {name} brings {brings}"
        raise StoreError(f"{here}: add --merge to join the two (nothing gets lost)")
    print(f"Brought {take(bundle, log, where, said=f'the import of {name}')}.")
    return OK


def _bundle(file: str) -> Bundle:
    if file == "-":
        from stretch_tui.storage.transfer.exchange import load

        return load(sys.stdin.buffer, "standard input")
    from stretch_tui.storage.transfer.sync import read_bundle

    return read_bundle(Path(file))


def _sync(args: argparse.Namespace) -> int:
    if "/" in args.target or args.target in (".", ".."):
        return _sync_folder(Path(args.target).expanduser(), dry_run=args.dry_run)
    from stretch_tui.storage.transfer.sync import Remote, sync_host

    try:
        ssh = shlex.split(args.ssh) or ["ssh"]
        remote = Remote(args.target, ssh=ssh, program=args.remote)
    except ValueError as error:
        say(str(error))
        return USAGE
    try:
        done = sync_host(_log(), compose.paths(), remote, dry_run=args.dry_run)
    except StoreError as error:
        hint = f" (for the folder, say ./{args.target})" if Path(args.target).is_dir() else ""
        raise StoreError(f"{error}{hint}") from error
    print(f"Here: {'would bring' if args.dry_run else 'brought'} {done.came}.")
    print(f"{args.target}: {done.went.strip()}")
    return OK


def _sync_folder(folder: Path, *, dry_run: bool) -> int:
    from stretch_tui.storage.transfer.sync import sync_folder

    done = sync_folder(_log(), compose.paths(), folder, dry_run=dry_run)
    for problem in done.problems:
        say(problem)
    files = f"{len(done.read)} other file{'' if len(done.read) == 1 else 's'}"
    print(f"{'Would bring' if dry_run else 'Brought'} {done.taken} from {files} in {folder}.")
    verb = "would be" if dry_run else "was"
    print(f"Our own file there {verb} {'updated' if done.written else 'up to date'}.")
    return PROBLEM if done.problems else OK


def _forget(args: argparse.Namespace) -> int:
    from stretch_tui.storage.forgetting import forget, what_there_is

    where = compose.paths()
    doomed = what_there_is(where)
    if not doomed:
        print(f"There is nothing to forget in {where.data}.")
        return OK
    if not args.yes:
        try:
            count = _sessions(compose.logbook())
        except StoreError:
            count = "a log that can't be read"
        files = f"{len(doomed)} file{'' if len(doomed) == 1 else 's'}"
        say(f"{count}, {files} in {where.data}, will be gone for good, backups too.")
        say("`stretch-tui export FILE` keeps a copy.")
        if not sys.stdin.isatty() or _asked("Type forget to delete them: ") != "forget":
            say("nothing was deleted")
            return PROBLEM
    forget(where)
    print(f"Everything is forgotten. Your settings stay in {where.config}.")
    return OK
