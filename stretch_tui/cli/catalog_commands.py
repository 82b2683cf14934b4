"""`list` and `show`: the catalog as text to read, or as JSON for other programs."""

from __future__ import annotations

import argparse
import gc
import sys
from collections.abc import Callable
from typing import Any

from stretch_tui.cli import compose
from stretch_tui.cli.paper import Paper
from stretch_tui.cli.shapes import print_json, seconds_json
from stretch_tui.core.content.catalog import Brief, Catalog, Query
from stretch_tui.core.content.comparing import plain
from stretch_tui.core.content.routine import Routine
from stretch_tui.core.content.search import Found, select
from stretch_tui.core.content.stretch import EQUIPMENT, Level, Position, Region
from stretch_tui.core.content.wording import duration
from stretch_tui.core.errors import StoreError
from stretch_tui.core.problems import did_you_mean
from stretch_tui.core.settings import Settings
from stretch_tui.storage.content.length_cache import LengthCache
from stretch_tui.storage.paths import Paths

OK, USAGE = 0, 2

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

Row = tuple[str, str, bool, str]
"""Id, length, whether it needs the floor, and words."""


def configure(name: str, parser: argparse.ArgumentParser) -> None:
    """Describe the arguments of `list` or of `show`."""
    parser.add_argument("--json", action="store_true", help="machine-readable output")
    if name == "show":
        parser.add_argument("id", metavar="ID", help="a stretch or a routine, by id or by name")
        return
    parser.add_argument("kind", nargs="?", choices=("stretches", "routines"), help="only these")
    add = parser.add_argument
    add("--region", action="append", choices=[str(r) for r in Region], help="reaches this")
    add("--position", action="append", choices=[str(p) for p in Position], help="done like this")
    add("--equipment", action="append", metavar="E", help="only what can be done with E: "
        + ", ".join(EQUIPMENT) + "; none for nothing")  # fmt: skip
    add("--no-floor", action="store_true", help="without lying or sitting on the floor")
    add("--level", choices=[str(level) for level in Level], help="as demanding as this")
    add("--max-minutes", type=_minutes, metavar="N", help="no longer than this")
    add("--search", metavar="TEXT", default="", help="words of the name, nearest match first")
    add("--favorites", action="store_true", help="favorites only")


def _minutes(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1
    if not 0 < value < 1e6:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of minutes")
    return value


def run(args: argparse.Namespace) -> int:
    """List the catalog, or show one thing of it."""
    gc.disable()  # over before anything is worth collecting
    try:
        return _show(args) if args.command == "show" else _list(args)
    finally:
        gc.enable()


def _list(args: argparse.Namespace) -> int:
    for one in args.equipment or ():
        if one not in (*EQUIPMENT, "none"):
            hint = did_you_mean(one, EQUIPMENT) or f"one of {', '.join(EQUIPMENT)}, none"
            print(f"stretch-tui list: no equipment is called {one!r}; {hint}", file=sys.stderr)
            return USAGE
    paths, settings = compose.paths(), compose.settings()
    loaded = compose.loaded()
    catalog = loaded.catalog
    if paths.routines.exists():
        catalog = catalog.with_own(compose.routines().all())
    lengths = LengthCache(paths.cache / "lengths.json", loaded.stamp, settings)
    listing = _Listing(catalog, settings, _favorites(paths, args.favorites), lengths)
    found = listing.find(_query(args))
    if args.json:
        print_json(listing.json(found, args.kind))
    else:
        listing.write(found, args.kind, Paper(ascii_only=args.ascii))
        if not _left(found, args.kind):
            print(f"stretch-tui: nothing is left{_advice(listing, args)}", file=sys.stderr)
    lengths.keep()
    return OK


def _left(found: Found, kind: str | None) -> int:
    lists = {"routines": found.routines, "stretches": found.stretches}
    return len(lists[kind]) if kind else found.count


def _advice(listing: _Listing, args: argparse.Namespace) -> str:
    """Which filter to drop, when dropping one is enough."""
    trials = []
    for option, empty in FILTERS.items():
        if getattr(args, option) != empty:
            fewer = argparse.Namespace(**{**vars(args), option: empty})
            left = _left(listing.find(_query(fewer)), args.kind)
            trials.append((left, option.replace("_", "-")))
    left, option = max(trials, default=(0, ""))
    return f"; without --{option} there would be {left}" if left else ""


def _favorites(paths: Paths, needed: bool) -> tuple[str, ...]:
    """The favorites; a log that cannot be read stops only a list that is about them."""
    if not paths.backups.exists() and not any(paths.data.glob(f"{paths.history.name}*")):
        return ()  # nobody has a log yet: its readers need not be loaded
    try:
        return compose.logbook().favorites()
    except StoreError as problem:
        if needed:
            raise
        print(f"stretch-tui: favorites are not marked: {problem}", file=sys.stderr)
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


class _Listing:
    """The catalog as lists."""

    def __init__(
        self,
        catalog: Catalog,
        settings: Settings,
        favorites: tuple[str, ...],
        lengths: LengthCache,
    ) -> None:
        self._lengths = lengths
        self._catalog = catalog
        self._settings = settings
        self._favorites = favorites

    def find(self, query: Query) -> Found:
        """What the query leaves."""
        return select(self._catalog, query, seconds=self._seconds, favorites=self._favorites)

    def _seconds(self, item: str) -> float:
        routine = self._catalog.routines.get(item)
        own = routine is not None and routine.own
        return self._measure(item) if own else self._lengths.of(item, self._measure)

    def _measure(self, item: str) -> float:
        from stretch_tui.core.session.expansion import expand, stretch_seconds

        routine = self._catalog.routines.get(item)
        if routine is not None:
            return expand(routine, self._catalog.stretches, self._settings).seconds
        return stretch_seconds(self._catalog.stretches[item], self._settings)

    def json(self, found: Found, kind: str | None) -> dict[str, Any]:
        """The lists as the contract has them."""
        content: dict[str, Any] = {}
        if kind != "routines":
            content["stretches"] = [self._stretch(brief) for brief in self._briefs(found)]
        if kind != "stretches":
            content["routines"] = [self._routine(routine) for routine in self._routines(found)]
        return content

    def _briefs(self, found: Found) -> list[Brief]:
        known = {brief.id: brief for brief in self._catalog.briefs()}
        return [known[item] for item in found.stretches]

    def _routines(self, found: Found) -> list[Routine]:
        return [self._catalog.routines[item] for item in found.routines]

    def _home_first(self, found: Found) -> list[Routine]:
        """The user's own, then ours, then the published programs; else as found."""
        return sorted(self._routines(found), key=lambda one: (not one.own, bool(one.author)))

    def _stretch(self, brief: Brief) -> dict[str, Any]:
        return {
            "id": brief.id,
            "name": brief.name,
            "regions": [str(region) for region in brief.regions],
            "position": str(brief.positions[0]),
            "positions": [str(position) for position in brief.positions],
            "needs": list(brief.needs),
            "floor": brief.floor,
            "level": str(brief.level),
            "seconds": seconds_json(self._seconds(brief.id)),
            "favorite": brief.id in self._favorites,
            "own": brief.own,
        }

    def _routine(self, routine: Routine) -> dict[str, Any]:
        return {
            "id": routine.id,
            "name": routine.name,
            "author": routine.author,
            "seconds": seconds_json(self._seconds(routine.id)),
            "stretches": len(routine.steps),
            "floor": self._floor(routine),
            "own": routine.own,
            "favorite": routine.id in self._favorites,
        }

    def _floor(self, routine: Routine) -> bool:
        briefs = (self._catalog.brief(step.stretch) for step in routine.steps)
        return any(brief.floor for brief in briefs if brief is not None)

    def write(self, found: Found, kind: str | None, paper: Paper) -> None:
        """The lists as text, routines first."""
        rows = [self._routine_row(one) for one in self._home_first(found)]
        if kind != "stretches":
            self._section("Routines" if kind is None else "", rows, paper)
        if kind is None and rows and found.stretches:
            paper.say()
        if kind != "routines":
            shown = [self._stretch_row(brief) for brief in self._briefs(found)]
            self._section("Stretches" if kind is None else "", shown, paper)

    def _section(self, title: str, rows: list[Row], paper: Paper) -> None:
        if not rows:
            return
        if title:
            paper.title(title)
        widest = max(len(row[0]) for row in rows)
        longest = max(len(row[1]) for row in rows)
        marked = any(row[2] for row in rows) and (not paper.terminal or paper.columns >= 72)
        for item, length, floor, rest in rows:
            mark = "★" if item in self._favorites else " "
            head = f"{mark} {item:<{widest}}  {length:>{longest}}"
            if marked:
                head += f"  {'floor' if floor else '':<5}"
            room = paper.columns - len(head) - 2
            tail = paper.fit(rest, room) if room > 8 or not paper.terminal else ""
            paper.say(f"{head}  {tail}".rstrip())

    def _routine_row(self, routine: Routine) -> Row:
        length = duration(self._seconds(routine.id))
        return routine.id, length, self._floor(routine), routine.name

    def _stretch_row(self, brief: Brief) -> Row:
        regions = ", ".join(region.label for region in brief.regions)
        return brief.id, duration(self._seconds(brief.id)), brief.floor, regions


def _show(args: argparse.Namespace) -> int:
    from stretch_tui.cli import show_pages

    catalog = compose.catalog()
    item = _lookup(args.id, catalog)
    if item is None:
        hint = _nearest(args.id, catalog) or "see: stretch-tui list"
        print(f"stretch-tui show: nothing is called {args.id!r}; {hint}", file=sys.stderr)
        return USAGE
    page: Callable[..., Any] = show_pages.page_json if args.json else show_pages.write_page
    content = page(catalog, item, compose.settings(), Paper(ascii_only=args.ascii))
    if args.json:
        print_json(content)
    return OK


def _nearest(text: str, catalog: Catalog) -> str:
    """A hint to what was perhaps meant: by its letters, else by its words."""
    known = [*catalog.routines, *(brief.id for brief in catalog.briefs())]
    if hint := did_you_mean(text.casefold(), known):
        return hint
    words = Query(words=tuple(plain(text).split()))
    found = select(catalog, words, seconds=lambda _: 0) if words.words else Found()
    near = (*found.stretches, *found.routines)
    return f"did you mean {near[0]!r}?" if near else ""


def _lookup(text: str, catalog: Catalog) -> str | None:
    """The id that was meant: itself, or a name as it reads."""
    if text in catalog.routines or catalog.brief(text) is not None:
        return text
    wanted = plain(text)
    named = {plain(brief.name): brief.id for brief in catalog.briefs()}
    named |= {plain(routine.name): routine.id for routine in catalog.routines.values()}
    named |= {plain(item): item for item in named.values()}
    return named.get(wanted) if wanted else None
