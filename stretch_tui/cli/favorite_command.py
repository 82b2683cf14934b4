"""`favorite add|remove|list ID`: what stands on top of the list and starts with a number key."""

from __future__ import annotations

import argparse
import json
import sys
from difflib import get_close_matches

from stretch_tui.cli import compose


def configure(name: str, parser: argparse.ArgumentParser) -> None:
    """Describe the command's arguments."""
    del name
    parser.add_argument("what", choices=("add", "remove", "list"))
    parser.add_argument("id", nargs="*", help="routines or stretches")
    parser.add_argument("--json", action="store_true", help="machine-readable output")


def run(args: argparse.Namespace) -> int:
    """Change or list the favorites."""
    log = compose.logbook()
    if args.what == "list":
        return _list(args, log.favorites())
    if not args.id:
        print(f"stretch-tui favorite {args.what}: name a routine or a stretch", file=sys.stderr)
        return 2
    catalog = compose.catalog()
    known = [*catalog.routines, *catalog.stretches, *log.favorites()]
    for item in args.id:
        if item not in known:
            near = get_close_matches(item, known, 1)
            hint = f"; did you mean {near[0]!r}?" if near else "; see: stretch-tui list"
            print(f"stretch-tui: nothing is called {item!r}{hint}", file=sys.stderr)
            return 2
    for item in args.id:
        log.set_favorite(item, args.what == "add")
    if args.json:
        return _list(args, log.favorites())
    return 0


def _list(args: argparse.Namespace, favorites: tuple[str, ...]) -> int:
    if args.json:
        print(json.dumps({"schema": 1, "favorites": list(favorites)}))
    else:
        for item in favorites:
            print(item)
    return 0
