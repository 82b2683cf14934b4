"""`list` and `show`: the catalog as text to read, or as JSON for other programs."""

from __future__ import annotations

import argparse
import gc
from collections.abc import Callable
from typing import Any

from stretch_tui.cli import compose
from stretch_tui.cli.argument_types import number
from stretch_tui.cli.listing import Listing
from stretch_tui.cli.naming import EQUIPMENT_HELP, equipment, meant
from stretch_tui.cli.paper import Paper
from stretch_tui.cli.telling import OK, USAGE, print_json, say
from stretch_tui.core.content.catalog import Query
from stretch_tui.core.content.comparing import plain
from stretch_tui.core.content.search import Found
from stretch_tui.core.content.stretch import Level, Position, Region
from stretch_tui.core.errors import StoreError
from stretch_tui.storage.content.length_cache import LengthCache
from stretch_tui.storage.paths import Paths

FILTERS = {
    "region": None,
    "position": None,
    "equipment": None,
    "no_floor": False,
    "level": None,
    "max_minutes": None,
    "search": "",
    "favorites": False,
}
"""The options of `list` that narrow it, and what they are when nobody asks."""
SEARCH_HELP = "words of a name, region, position or thing needed; names come first"


def configure(name: str, parser: argparse.ArgumentParser) -> None:
    """Describe the arguments of `list` or of `show`."""
    parser.add_argument("--json", action="store_true", help="machine-readable output")
    if name == "show":
        parser.add_argument("id", metavar="ID", help="a stretch or a routine, by id or by name")
        return
    parser.add_argument("kind", nargs="?", choices=("stretches", "routines"), help="only these")
    add = parser.add_argument
    reaches = f"for this, what is mainly for it first: {', '.join(Region)}"
    add("--region", action="append", metavar="R", choices=[*Region], help=reaches)
    placed = f"done like this: {', '.join(Position)}"
    add("--position", action="append", metavar="P", choices=[*Position], help=placed)
    add("--equipment", action="append", type=equipment, metavar="E", help=EQUIPMENT_HELP)
    add("--no-floor", action="store_true", help="without lying or sitting on the floor")
    add("--level", choices=[str(level) for level in Level], help="as demanding as this")
    add("--max-minutes", type=number(0.1, 100_000), metavar="N", help="no longer than this")
    add("--search", metavar="TEXT", default="", help=SEARCH_HELP)
    add("--favorites", action="store_true", help="favorites only")


def run(args: argparse.Namespace) -> int:
    """List the catalog, or show one thing of it."""
    gc.disable()  # over before anything is worth collecting
    try:
        return _show(args) if args.command == "show" else _list(args)
    finally:
        gc.enable()


def _list(args: argparse.Namespace) -> int:
    paths, settings = compose.paths(), compose.settings()
    loaded = compose.loaded()
    catalog = loaded.catalog
    if paths.routines.exists():
        catalog = catalog.with_own(compose.routines().all())
    lengths = LengthCache(paths.cache / "lengths.json", loaded.stamp, settings)
    listing = Listing(catalog, settings, _favorites(paths, args.favorites), lengths)
    found = listing.find(_query(args))
    if args.json:
        print_json(listing.json(found, args.kind))
    else:
        ranked = bool(args.search or args.region)
        listing.write(found, args.kind, Paper(ascii_only=args.ascii), ranked=ranked)
        if not _left(found, args.kind):
            say(f"nothing fits{_advice(listing, args)}")
    lengths.keep()
    return OK


def _left(found: Found, kind: str | None) -> int:
    lists = {"routines": found.routines, "stretches": found.stretches}
    return len(lists[kind]) if kind else found.count


def _advice(listing: Listing, args: argparse.Namespace) -> str:
    """Which filter to drop, when dropping one is enough."""
    trials = []
    for option, empty in FILTERS.items():
        if getattr(args, option) != empty:
            fewer = argparse.Namespace(**{**vars(args), option: empty})
            left = _left(listing.find(_query(fewer)), args.kind)
            trials.append((left, option.replace("_", "-")))
    left, option = max(trials, default=(0, ""))
    return f"; without --{option} {left} would" if left else ""


def _favorites(paths: Paths, needed: bool) -> tuple[str, ...]:
    """The favorites; a log that cannot be read stops only a list that is about them."""
    if not paths.backups.exists() and not any(paths.data.glob(f"{paths.history.name}*")):
        return ()  # nobody has a log yet: its readers need not be loaded
    try:
        return compose.logbook().favorites()
    except StoreError as problem:
        if needed:
            raise
        say(f"favorites are not marked: {problem}")
        return ()


def _query(args: argparse.Namespace) -> Query:
    equipment = None
    if args.equipment:
        equipment = tuple(one for one in args.equipment if one != "none")
    return Query(
        words=tuple(plain(args.search).split()),
        regions=tuple(map(Region, args.region or ())),
        positions=tuple(map(Position, args.position or ())),
        equipment=equipment,
        no_floor=args.no_floor,
        level=Level(args.level) if args.level else None,
        max_seconds=args.max_minutes * 60 if args.max_minutes else None,
        favorites_only=args.favorites,
    )


def _show(args: argparse.Namespace) -> int:
    from stretch_tui.cli import show_pages

    catalog = compose.catalog()
    item = meant(args.id, catalog)
    if item is None:
        return USAGE
    page: Callable[..., Any] = show_pages.page_json if args.json else show_pages.write_page
    content = page(catalog, item, compose.settings(), Paper(ascii_only=args.ascii))
    if args.json:
        print_json(content)
    return OK
