"""Finds routines and stretches: every word must match, the nearest match comes first."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from stretch_tui.core.content.catalog import Brief, Catalog, Query
from stretch_tui.core.content.comparing import words_of
from stretch_tui.core.content.filter_line import FilterLine, Term
from stretch_tui.core.content.routine import Routine
from stretch_tui.core.content.stretch import Level, Region, available

WHOLE, WORD, INSIDE, FUZZY, NONE = range(5)
"""How well a word matches: the name begins with it, a word does, it is inside, nearly, not."""
LIKE = 0.75
"""Letters two words must share to be nearly the same."""

Seconds = Callable[[str], float]
"""The length of the routine or stretch of an id, in seconds."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a filter leaves, best first, as ids."""

    routines: tuple[str, ...] = ()
    stretches: tuple[str, ...] = ()
    drop: str = ""
    """When nothing is left: the word, as it was typed, to take away."""
    left: int = 0
    """How many things are left without that word."""

    @property
    def count(self) -> int:
        """How many things are left."""
        return len(self.routines) + len(self.stretches)


def search(
    catalog: Catalog,
    line: FilterLine,
    *,
    seconds: Seconds,
    favorites: Collection[str] = (),
    uses: Mapping[str, int] | None = None,
) -> Found:
    """Everything the line leaves; if that is nothing, which word to drop.

    `seconds` is asked only when the line limits the length. `uses` says how often each id was
    played, for ties.
    """
    hints = line.hints
    found = select(catalog, line.query, hints, seconds=seconds, favorites=favorites, uses=uses)
    if found.count or not line.terms:
        return found
    trials = []
    for term in line.terms:
        query = line.without(term).query
        left = select(catalog, query, seconds=seconds, favorites=favorites, uses=uses).count
        trials.append((left, term))
    # Somebody who types a name means it: better the filter goes that hides it.
    left, term = max(
        trials, key=lambda trial: (trial[0] > 0, not _named(trial[1], catalog), trial[0])
    )
    return Found(drop=term.typed, left=left) if left else Found()


def _named(term: Term, catalog: Catalog) -> bool:
    """Whether a word begins a word in the name of anything."""
    words = term.narrow(Query()).words
    names = [brief.name for brief in catalog.briefs()]
    names += [routine.name for routine in catalog.routines.values()]
    return bool(words) and any(rank(name, (), "", words) <= WORD for name in names)


def select(
    catalog: Catalog,
    query: Query,
    hints: Collection[str] = (),
    *,
    seconds: Seconds,
    favorites: Collection[str] = (),
    uses: Mapping[str, int] | None = None,
) -> Found:
    """Everything a query leaves, best match first; without words in catalog order.

    `hints` are words that narrow otherwise; among equals, names that hold one come first.
    """
    liked, used = frozenset(favorites), uses or {}

    def ranked(rated: Iterable[tuple[int, int, str, str]]) -> tuple[str, ...]:
        kept = [one for one in rated if one[0] < NONE]
        if query.words or query.regions:
            kept.sort(key=lambda r: (r[0], r[1], r[3] not in liked, -used.get(r[3], 0), r[2]))
        return tuple(one[3] for one in kept)

    stretches = ranked(
        (rank(brief.name, brief.also, _facets(brief), query.words),
         _first(brief.name, brief.regions, query, hints), brief.name, brief.id)
        for brief in catalog.briefs()
        if query.keeps(brief, lambda one: seconds(one.id), brief.id in liked)
    )  # fmt: skip
    routines = ranked(
        (rank(routine.name, routine.tags, _about(routine, catalog), query.words),
         _first(routine.name, catalog.regions_of(routine), query, hints), routine.name, routine.id)
        for routine in catalog.routines.values()
        if keeps_routine(catalog, query, routine, seconds, routine.id in liked)
    )  # fmt: skip
    return Found(routines, stretches)


def keeps_routine(
    catalog: Catalog, query: Query, routine: Routine, seconds: Seconds, favorite: bool
) -> bool:
    """Whether a routine stays: every step must be possible, one step must reach the region."""
    if query.favorites_only and not favorite:
        return False
    steps = _played(catalog, routine, query.equipment)
    return (
        (not query.regions or any(r in brief.regions for brief in steps for r in query.regions))
        and (not query.positions or all(_placed(brief, query) for brief in steps))
        and all(available(brief.needs, query.equipment) for brief in steps)
        and not (query.no_floor and any(brief.floor for brief in steps))
        and (query.level is None or _level(steps) is query.level)
        and (query.max_seconds is None or seconds(routine.id) <= query.max_seconds)
    )


def _played(catalog: Catalog, routine: Routine, equipment: tuple[str, ...] | None) -> list[Brief]:
    """The known stretches of a routine; of one and its stand-in, the one that can be done."""
    stand_ins = {step.instead_of: step.stretch for step in routine.steps if step.instead_of}
    found = []
    for step in routine.steps:
        brief = catalog.brief(step.stretch)
        other = catalog.brief(step.instead_of or stand_ins.get(step.stretch, ""))
        if brief is None:
            continue
        if other is not None and not available(brief.needs, equipment):
            continue
        found.append(brief)
    return found


def rank(name: str, also: tuple[str, ...], facets: str, words: tuple[str, ...]) -> int:
    """How well all words match: the worst of them, or WHOLE when together they begin the name."""
    if not words:
        return WHOLE
    whole = words_of(name)
    if " ".join(whole).startswith(" ".join(words)):
        return WHOLE
    names = whole + tuple(word for other in also for word in words_of(other))
    return max(_match(word, names, words_of(facets)) for word in words)


def _match(word: str, names: tuple[str, ...], facets: tuple[str, ...]) -> int:
    if any(name.startswith(word) for name in names):
        return WORD
    if any(word in name for name in names) or any(one.startswith(word) for one in facets):
        return INSIDE
    return FUZZY if any(_nearly(word, name) for name in names) else NONE


def _nearly(word: str, name: str) -> bool:
    """Whether the word is the name's word with letters left out, or with a slip of the finger."""
    if len(word) < 3 or word[0] != name[0]:
        return False
    letters = iter(name)
    if all(letter in letters for letter in word):
        return True
    from difflib import SequenceMatcher  # noqa: PLC0415 - only words that nothing matches

    close = len(word) > 3 and abs(len(word) - len(name)) < 3
    return close and SequenceMatcher(None, word, name, autojunk=False).ratio() >= LIKE


def _facets(brief: Brief) -> str:
    """What a stretch may be found by besides its names."""
    return " ".join((
        brief.id, *brief.regions, *brief.positions, *brief.needs, *brief.optional
    ))  # fmt: skip


def _about(routine: Routine, catalog: Catalog) -> str:
    regions = " ".join(region.label for region in catalog.regions_of(routine))
    return f"{routine.id} {routine.author} {routine.about} {regions}"


def _first(name: str, regions: tuple[Region, ...], query: Query, hints: Collection[str]) -> int:
    """How early the first wanted region comes; first of all where the name says it."""
    if any(word.startswith(hint) for word in words_of(name) for hint in hints):
        return -1
    places = [place for place, region in enumerate(regions) if region in query.regions]
    return min(places, default=0)


def _placed(brief: Brief, query: Query) -> bool:
    return any(position in brief.positions for position in query.positions)


def _level(steps: list[Brief]) -> Level:
    """A routine is as demanding as its most demanding stretch."""
    order = list(Level)
    return max((brief.level for brief in steps), key=order.index, default=Level.EASY)
