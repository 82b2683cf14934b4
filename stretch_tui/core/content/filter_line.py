"""The filter line: words a person types, and what they are understood to mean."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from stretch_tui.core.content.catalog import Query
from stretch_tui.core.content.comparing import plain
from stretch_tui.core.content.stretch import Level, Position, Region

LONGEST = 200
"""Characters of the line that are looked at."""

REGION_WORDS: Mapping[str, tuple[Region, ...]] = {
    **{region.value: (region,) for region in Region},
    "shoulder": (Region.SHOULDERS,),
    "traps": (Region.UPPER_TRAPS,),
    "trapezius": (Region.UPPER_TRAPS,),
    "back": (Region.UPPER_BACK, Region.MIDDLE_BACK, Region.LOWER_BACK),
    "mid-back": (Region.MIDDLE_BACK,),
    "thoracic": (Region.UPPER_BACK, Region.MIDDLE_BACK),
    "pecs": (Region.CHEST,),
    "lat": (Region.LATS,),
    "abs": (Region.CORE,),
    "hip": (Region.HIPS,),
}
POSITION_WORDS: Mapping[str, tuple[Position, ...]] = {
    **{position.value: (position,) for position in Position},
    "seated": (Position.CHAIR, Position.FLOOR_SEATED),
    "sitting": (Position.CHAIR, Position.FLOOR_SEATED),
    "standing-up": (Position.STANDING,),
    "all-fours": (Position.HANDS_AND_KNEES,),
    "face-down": (Position.PRONE,),
    "on-the-back": (Position.SUPINE,),
    "lying": (Position.PRONE, Position.SUPINE, Position.SIDE_LYING),
}
LEVEL_WORDS: Mapping[str, Level] = {
    "easy": Level.EASY,
    "medium": Level.MEDIUM,
    "advanced": Level.ADVANCED,
    "hard": Level.ADVANCED,
}
NO_FLOOR = ("no-floor", "nofloor", "-floor", "!floor")
NO_EQUIPMENT = ("no-equipment", "no-gear", "nothing", "nothing-needed")
FAVORITES = ("★", "*", "fav", "favs", "favorite", "favorites")
MINUTES = re.compile(r"(?:<=?\s*)?(\d{1,3})\s*(s|sec|seconds?|m|min|mins|minutes?)|<=?(\d{1,3})")
PAIRS = re.compile(
    r"\b(no|nothing|upper|middle|lower|mid|all|face|side|foam)[ ]+"
    r"(floor|equipment|gear|needed|back|traps|fours|down|lying|roller)\b",
    re.IGNORECASE,
)
"""Words that belong together and may be typed with a space."""
MOST = re.compile(r"\b(?:under|below|within|up to|at most|less than|max)\s+(?=\d)", re.IGNORECASE)
"""What people say for the most that something may take."""


@dataclass(frozen=True, slots=True)
class Term:
    """One word of the line."""

    typed: str
    meaning: str
    """What it was taken for, in words."""
    narrow: Callable[[Query], Query]
    """The query with this term added."""
    free: bool = False
    """Whether it is searched for as text instead of narrowing."""


@dataclass(frozen=True, slots=True)
class FilterLine:
    """What a line was understood to mean."""

    terms: tuple[Term, ...] = ()

    @property
    def query(self) -> Query:
        """All terms together."""
        query = Query()
        for term in self.terms:
            query = term.narrow(query)
        return query

    @property
    def understood(self) -> str:
        """The meaning in words, for a line under the input: `neck · no floor · up to 10 min`."""
        return " · ".join(dict.fromkeys(term.meaning for term in self.terms))

    @property
    def hints(self) -> tuple[str, ...]:
        """Words that narrow by region: among what is left, names that hold them come first."""
        regions = (plain(term.typed) for term in self.terms if term.narrow(Query()).regions)
        return tuple(regions)

    def without(self, term: Term) -> FilterLine:
        """The line with one term dropped."""
        return FilterLine(tuple(other for other in self.terms if other is not term))

    def __str__(self) -> str:
        return " ".join(term.typed for term in self.terms)


def parse(line: str) -> FilterLine:
    """Understand a filter line; a word that is no filter is searched for as text."""
    joined = PAIRS.sub(lambda pair: f"{pair[1]}-{pair[2]}", line[:LONGEST])
    joined = MOST.sub("<", joined)
    joined = re.sub(r"(<=?)\s+(?=\d)|(?<=\d)\s+(?=(?:min|minutes?|s|sec)\b)", r"\1", joined)
    return FilterLine(tuple(_term(word) for word in joined.split()))


def _term(typed: str) -> Term:
    word = typed.casefold()
    if word in REGION_WORDS:
        return _regions(typed, REGION_WORDS[word])
    if word in POSITION_WORDS:
        return _positions(typed, POSITION_WORDS[word])
    if word in LEVEL_WORDS:
        level = LEVEL_WORDS[word]
        return Term(typed, level.value, lambda query: replace(query, level=level))
    if (found := MINUTES.fullmatch(word)) is not None:
        return _longest(typed, found)
    return _flag(typed, word) or Term(
        typed,
        f"“{typed}”",
        lambda query: replace(query, words=(*query.words, *plain(typed).split())),
        free=True,
    )


def _flag(typed: str, word: str) -> Term | None:
    if word in NO_FLOOR:
        return Term(typed, "no floor", lambda query: replace(query, no_floor=True))
    if word in NO_EQUIPMENT:
        return Term(typed, "nothing needed", lambda query: replace(query, equipment=()))
    if word in FAVORITES:
        return Term(typed, "favorites", lambda query: replace(query, favorites_only=True))
    return None


def _regions(typed: str, regions: tuple[Region, ...]) -> Term:
    def narrow(query: Query) -> Query:
        return replace(query, regions=tuple(dict.fromkeys(query.regions + regions)))

    meaning = " or ".join(region.label for region in regions)
    return Term(typed, "back" if len(regions) == 3 else meaning, narrow)


def _positions(typed: str, positions: tuple[Position, ...]) -> Term:
    def narrow(query: Query) -> Query:
        return replace(query, positions=tuple(dict.fromkeys(query.positions + positions)))

    labels = {position: position.label for position in positions}
    meaning = " or ".join(dict.fromkeys(labels.values()))
    return Term(typed, "on a chair" if typed.casefold() == "chair" else meaning, narrow)


def _longest(typed: str, found: re.Match[str]) -> Term:
    number, unit = int(found[1] or found[3]), found[2] or "m"
    seconds = number if unit.startswith("s") else number * 60
    words = f"up to {number} {'s' if unit.startswith('s') else 'min'}"
    return Term(typed, words, lambda query: replace(query, max_seconds=float(seconds)))
