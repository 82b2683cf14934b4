"""`routine new|edit|copy|delete|restore|check|export|import|sheet`: own routines as files."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from stretch_tui.cli import compose
from stretch_tui.cli.naming import ROUTINE, STRETCH, meant
from stretch_tui.cli.naming_twice import same_name, taken
from stretch_tui.cli.parsing import nearest
from stretch_tui.cli.telling import OK, PROBLEM, USAGE, say
from stretch_tui.core.content.routine import Routine, Step
from stretch_tui.core.errors import StoreError

EXAMPLES = """\
examples:
  stretch-tui routine new "Before stand-up" shoulder-roll owl-neck eagle-arms
  stretch-tui routine new "Before stand-up"     opens $VISUAL or $EDITOR on a first draft
  stretch-tui routine copy desk-reset "My reset"
  stretch-tui routine edit my-reset
  stretch-tui routine sheet my-reset --markdown > my-reset.md
  stretch-tui routine export my-reset friend.toml
  stretch-tui routine import friend.toml
"""

TEMPLATE = """\
name = {name}
# about = "What it is for."
# tags = ["desk"]
# per_week = [3, 5]         # days
# per_day = 2
# stop_rule = "Stop if the arm tingles."
# rest_seconds = 6          # between stretches; left out: your setting

[[steps]]
stretch = "shoulder-roll"   # `stretch-tui list stretches` names them all

[[steps]]
stretch = "owl-neck"
# dose = {{hold_seconds = 20, rounds = 2}}   # left out: what is published
# note = "chin level"
"""


def configure(name: str, parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    assert name == "routine"
    parser.epilog = EXAMPLES
    acts = parser.add_subparsers(dest="act", metavar="ACTION", required=True)
    new = acts.add_parser("new", help="a new routine, from stretches or in your editor")
    new.add_argument("name", metavar="NAME")
    new.add_argument(
        "stretches", metavar="STRETCH", nargs="*", default=[], help="in order; see `list`"
    )
    for act, words in (
        ("edit", "open its file in $VISUAL or $EDITOR"),
        ("delete", "set it aside; restore brings it back"),
        ("restore", "bring the last deleted one of that id back"),
    ):
        acts.add_parser(act, help=words).add_argument("id", metavar="ID")
    copy = acts.add_parser("copy", help="make one of your own from any routine")
    copy.add_argument("id", metavar="ID")
    copy.add_argument("name", metavar="NAME", nargs="?")
    check = acts.add_parser("check", help="find problems in your own routines")
    check.add_argument("ids", metavar="ID|FILE", nargs="*", default=[])
    check.add_argument("--json", action="store_true", help="machine-readable output")
    export = acts.add_parser("export", help="write its file, to share it")
    export.add_argument("id", metavar="ID")
    export.add_argument("file", metavar="FILE", nargs="?", default="-", help="- for stdout")
    bring = acts.add_parser("import", help="take in a routine somebody shared")
    bring.add_argument("file", metavar="FILE", help="- for stdin")
    page = acts.add_parser("sheet", help="one page to print or to hand over")
    page.add_argument("id", metavar="ID")
    page.add_argument("--markdown", action="store_true", help="as Markdown")


def run(args: argparse.Namespace) -> int:
    """Do what was asked."""
    acts: dict[str, Callable[[argparse.Namespace], int]] = {
        "new": _new,
        "edit": _edit,
        "copy": _copy,
        "delete": _delete,
        "restore": _restore,
        "check": _check,
        "export": _export,
        "import": _import,
        "sheet": _sheet,
    }
    return acts[args.act](args)


def _find(text: str) -> Routine | None:
    """The routine that is meant; None once it is said that there is none."""
    catalog = compose.catalog()
    found = meant(text, catalog)
    return catalog.routine_for(found) if found is not None else None


def _own(text: str, doing: str) -> str | None:
    """The id of the user's own routine that is meant; None once it is said why it is none.

    A file that cannot be read is meant by its id.
    """
    store = compose.routines()
    if store.has(text):
        return text
    catalog = compose.catalog()
    found = meant(text, catalog, ROUTINE)
    if found is None or catalog.routines[found].own:
        return found
    say(f"{found} came with the program and can't be {doing}; to have one of your own: "
        f"stretch-tui routine copy {found}")  # fmt: skip
    return None


def _new(args: argparse.Namespace) -> int:
    from stretch_tui.cli.editing import edit_text

    store = compose.routines()
    if taken(args.name):
        return PROBLEM
    if not args.stretches:
        import json

        # A JSON string is a TOML string too.
        text = TEMPLATE.format(name=json.dumps(args.name, ensure_ascii=False))
        return edit_text(store, store.new_id(args.name), text, new=True)
    catalog = compose.catalog()
    found = [meant(one, catalog, STRETCH) for one in args.stretches]
    if None in found:
        return USAGE
    steps = tuple(Step(one) for one in found if one is not None)
    return _saved(store.save(Routine("", args.name, steps, own=True)))


def _saved(routine: Routine) -> int:
    say(f"saved as {routine.id}")
    print(routine.id)
    return OK


def _edit(args: argparse.Namespace) -> int:
    from stretch_tui.cli.editing import edit_text, kept_text

    store = compose.routines()
    if kept_text(args.id) and not store.has(args.id):
        return edit_text(store, args.id, "", new=True)
    found = _own(args.id, "edited")
    return USAGE if found is None else edit_text(store, found, store.text(found))


def _copy(args: argparse.Namespace) -> int:
    found = _find(args.id)
    if found is None:
        return USAGE
    name = args.name or f"{found.name[:50]} (mine)"
    if taken(name):
        return PROBLEM
    return _saved(compose.routines().save(replace(found, id="", name=name, own=True)))


def _delete(args: argparse.Namespace) -> int:
    found = _own(args.id, "deleted")
    if found is None:
        return USAGE
    compose.routines().delete(found)
    say(f"deleted; to bring it back: stretch-tui routine restore {found}")
    return OK


def _restore(args: argparse.Namespace) -> int:
    store = compose.routines()
    deleted = store.deleted()
    if args.id not in deleted:
        say(f"there is no deleted routine {args.id!r}{nearest(args.id, deleted)}")
        return USAGE
    store.restore(args.id)
    say(f"{args.id} is back")
    return OK


def _check(args: argparse.Namespace) -> int:
    from stretch_tui.cli import check_command

    folder = compose.paths().routines
    named = [_file(one) for one in args.ids]
    if None in named:
        return USAGE
    args.paths = named or ([str(folder)] if folder.exists() else [])
    if not args.paths:
        say("you have no routines of your own yet")
        return OK
    return check_command.run(args)


def _file(one: str) -> str | None:
    """The file that is meant: itself, or that of an own routine; None once it is said why none."""
    if Path(one).expanduser().exists() or "." in one or "/" in one:
        return one
    found = _own(one, "checked here")
    return None if found is None else str(compose.routines().path(found))


def _export(args: argparse.Namespace) -> int:
    found = _find(args.id)
    if found is None:
        return USAGE
    if found.own:
        text = compose.routines().text(found.id)
    else:
        from stretch_tui.storage.content.routine_text import routine_to_toml

        text = routine_to_toml(found)
    if args.file == "-":
        sys.stdout.write(text)
        return OK
    target = Path(args.file).expanduser()
    try:
        with target.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        say(f"{target} is there already: choose another name")
        return PROBLEM
    except OSError as error:
        raise StoreError(f"{target} can't be written: {error.strerror}") from error
    say(f"{found.name} written to {target}")
    return OK


def _import(args: argparse.Namespace) -> int:
    from stretch_tui.cli.editing import tell_unknown
    from stretch_tui.storage.content.routine_toml import routine_from_toml
    from stretch_tui.storage.content.toml_reading import (
        MAX_BYTES,
        UnreadableError,
        decode,
        read_text,
    )

    try:
        if args.file == "-":
            text = decode(sys.stdin.buffer.read(MAX_BYTES + 1), "stdin")
        else:
            text = read_text(Path(args.file).expanduser())
    except UnreadableError as error:
        raise StoreError(str(error.problem)) from error
    routine, problems = routine_from_toml(text, "imported", file=args.file)
    if routine is None:
        for problem in problems:
            say(str(problem))
        say("nothing was imported")
        return PROBLEM
    store = compose.routines()
    twin = same_name(routine.name)
    saved = store.save_text(store.new_id(routine.name), text)
    if twin is not None:
        say(f"you now have two called {twin.name}: {twin.id} and {saved.id}")
    tell_unknown([step.stretch for step in saved.steps])
    return _saved(saved)


def _sheet(args: argparse.Namespace) -> int:
    from stretch_tui.cli.paper import Paper
    from stretch_tui.cli.sheet import markdown, sheet, write_text

    found = _find(args.id)
    if found is None:
        return USAGE
    blocks = sheet(found, compose.catalog().stretches, compose.settings())
    if args.markdown:
        sys.stdout.write(markdown(blocks))
    else:
        write_text(blocks, Paper(ascii_only=args.ascii))
    return OK
