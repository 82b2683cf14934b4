"""What gives way when nothing fits a wish, and how the person is told why."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, combinations
from typing import Any

from stretch_tui.core.content.stretch import Level, Stretch
from stretch_tui.core.content.wording import count, exact, listed
from stretch_tui.core.planner.wish import Wish

Known = Mapping[str, Stretch]


def loosenings(stretches: Known, wish: Wish) -> Iterator[tuple[Wish, str]]:
    """The wish as it is, then with less and less asked, each with what is to be said about it."""
    yield wish, ""
    if wish.positions:
        what = f"What can be done {_positions(wish)}"
        said = _said(stretches, wish, what, "other positions are used")
        yield replace(wish, positions=()), said
    if wish.regions:
        what = f"What there is{_for_regions(wish)}"
        said = _said(stretches, wish, what, "other regions are stretched")
        yield replace(wish, regions=()), said
    if wish.positions and wish.regions:
        what = f"What can be done{_for_regions(wish)} {_positions(wish)}"
        said = _said(stretches, wish, what, "other regions and positions are used")
        yield replace(wish, regions=(), positions=()), said


def _said(stretches: Known, wish: Wish, what: str, instead: str) -> str:
    """Why the wish is loosened, and what is done about it."""
    if not any(wish.asks_for(stretch) for stretch in stretches.values()):
        why = f"There is no stretch{_for_regions(wish)}"
    elif not _fit(stretches, wish):
        why = f"Nothing{_for_regions(wish)} can be done {_hurdles(stretches, wish)}"
    else:
        why = f"{what} does not fill {_minutes(wish)}"
    return f"{why}; {instead}."


def length_words(wish: Wish, seconds: float) -> str:
    """Why the length is not what was asked."""
    if seconds < 60 * wish.minutes:
        return f"All that fits takes {exact(seconds)}, not {_minutes(wish)}."
    return f"The shortest that fits takes {exact(seconds)}, not {_minutes(wish)}."


def nothing_words(stretches: Known, wish: Wish) -> str:
    """What stands in the way when no stretch fits at all."""
    if not stretches:
        return "There are no stretches to pick from."
    return f"No stretch can be done {_hurdles(stretches, replace(wish, regions=()))}."


def _fit(stretches: Known, wish: Wish) -> bool:
    """Whether anything fits the wish, regions and all."""
    return any(wish.asks_for(one) and wish.places(one) for one in stretches.values())


def _minutes(wish: Wish) -> str:
    return count(wish.minutes, "minute")


def _positions(wish: Wish) -> str:
    return listed((position.label for position in wish.positions), "or")


def _for_regions(wish: Wish) -> str:
    words = listed((region.label for region in wish.regions), "or")
    return f" for the {words}" if words else ""


def _hurdles(stretches: Known, wish: Wish) -> str:
    """The conditions that have to give way so that something would fit; as few as can be."""
    conditions = dict(_conditions(stretches, wish))
    for size in range(1, len(conditions) + 1):
        ways = [
            names
            for names in combinations(conditions, size)
            if _fit(stretches, _without(wish, [conditions[name] for name in names]))
        ]
        if ways:
            conditions = {name: conditions[name] for name in conditions if name in chain(*ways)}
            break
    where = [_positions(wish)] if _positions(wish) in conditions else []
    others = [name for name in conditions if name not in where]
    return " ".join([*where, listed(others)]).strip()


def _without(wish: Wish, dropped: Sequence[Mapping[str, Any]]) -> Wish:
    return replace(wish, **dict(ChainMap(*(dict(fields) for fields in dropped))))


def _conditions(stretches: Known, wish: Wish) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Each condition of the wish in words, with the fields of a wish that does without it."""
    if wish.positions:
        yield _positions(wish), {"positions": ()}
    if wish.at_desk:
        yield "at a desk", {"at_desk": False, "no_floor": False}
    elif wish.no_floor:
        yield "off the floor", {"no_floor": False}
    if wish.avoid:
        yield f"while sparing the {listed(wish.avoid)}", {"avoid": ()}
    needs = {
        one for stretch in stretches.values() for need in stretch.needs for one in need.split("|")
    }
    yield "with what is at hand", {"equipment": tuple(needs)}
    if wish.level is not Level.ADVANCED:
        yield f"at level {wish.level}", {"level": Level.ADVANCED}
    if wish.banned:
        yield "without the stretches you never want suggested", {"banned": frozenset()}
    if wish.refused:
        yield "without the stretches you turned down", {"refused": frozenset()}
