"""`favorite add|remove|list ID`: what stands on top of the list and starts with a number key."""

from __future__ import annotations

import argparse

from stretch_tui.cli import compose
from stretch_tui.cli.naming import meant
from stretch_tui.cli.telling import OK, USAGE, print_json, say


def configure(name: str, parser: argparse.ArgumentParser) -> None:
    """Describe the command's arguments."""
    del name
    parser.add_argument("what", choices=("add", "remove", "list"))
    parser.add_argument("id", nargs="*", default=[], help="routines or stretches")
    parser.add_argument("--json", action="store_true", help="machine-readable output")


def run(args: argparse.Namespace) -> int:
    """Change or list the favorites."""
    log = compose.logbook()
    if args.what == "list":
        return _list(args, log.favorites())
    if not args.id:
        say(f"name a routine or a stretch: stretch-tui favorite {args.what} desk-reset")
        return USAGE
    catalog, favorites = compose.catalog(), log.favorites()
    items = [one if one in favorites else meant(one, catalog) for one in args.id]
    if None in items:
        return USAGE
    for item in filter(None, items):
        log.set_favorite(item, args.what == "add")
        say(_done(item, adding=args.what == "add", before=item in favorites))
    return _list(args, log.favorites()) if args.json else OK


def _done(item: str, *, adding: bool, before: bool) -> str:
    """What has become of it, in words."""
    if adding:
        return f"{item} was a favorite already" if before else f"{item} is a favorite now"
    return f"{item} is no longer a favorite" if before else f"{item} was not a favorite"


def _list(args: argparse.Namespace, favorites: tuple[str, ...]) -> int:
    if args.json:
        print_json({"favorites": list(favorites)})
    else:
        for item in favorites:
            print(item)
        if not favorites:
            say("no favorites yet; to add one: stretch-tui favorite add desk-reset")
    return OK
