"""What is meant by a word on the command line: an id, or a name as it reads."""

from __future__ import annotations

import argparse
from collections.abc import Iterable

from stretch_tui.cli.parsing import nearest
from stretch_tui.cli.telling import say
from stretch_tui.core.content.catalog import Catalog, Query
from stretch_tui.core.content.comparing import plain
from stretch_tui.core.content.search import select
from stretch_tui.core.content.stretch import EQUIPMENT
from stretch_tui.core.problems import did_you_mean
from stretch_tui.core.text import NAME_LIMIT, clean_text

EITHER, ROUTINE, STRETCH = "stretch or routine", "routine", "stretch"
"""What can be meant."""
EQUIPMENT_HELP = f"only what can be done with E, again for more: {', '.join(EQUIPMENT)}, none"


def meant(text: str, catalog: Catalog, what: str = EITHER) -> str | None:
    """The id of what is meant; None once it is said that there is no such thing."""
    found = lookup(text, catalog, what)
    if found is None:
        shown = clean_text(text, NAME_LIMIT)
        where = {ROUTINE: " routines", STRETCH: " stretches"}.get(what, "")
        hint = _nearest(shown, catalog, what) or f"see: stretch-tui list{where}"
        say(f"there is no {what} called {shown!r}; {hint}")
    return found


def lookup(text: str, catalog: Catalog, what: str = EITHER) -> str | None:
    """The id that was meant, itself or by its name; a routine comes before a stretch."""
    named = dict(_named(catalog, what))
    if text in named:
        return text
    wanted = plain(text)
    by_words = {plain(item): item for item in reversed(named)}
    by_words |= {plain(named[item]): item for item in reversed(named)}
    return by_words.get(wanted) if wanted else None


def _named(catalog: Catalog, what: str) -> Iterable[tuple[str, str]]:
    """Ids and names of all that can be meant."""
    if what != STRETCH:
        yield from ((routine.id, routine.name) for routine in catalog.routines.values())
    if what != ROUTINE:
        yield from ((brief.id, brief.name) for brief in catalog.briefs())


def _nearest(text: str, catalog: Catalog, what: str) -> str:
    """A hint to what was perhaps meant: by its letters, else by its words."""
    if hint := did_you_mean(text.casefold(), (item for item, _ in _named(catalog, what))):
        return hint
    words = Query(words=tuple(plain(text).split()))
    if not words.words:
        return ""
    found = select(catalog, words, seconds=lambda _: 0)
    near = [] if what == ROUTINE else [*found.stretches]
    near += [] if what == STRETCH else [*found.routines]
    return f"did you mean {near[0]!r}?" if near else ""


def equipment(text: str) -> str:
    """Something to stretch with, by a name that the catalog uses, or `none`."""
    known = (*EQUIPMENT, "none")
    if text in known:
        return text
    hint = nearest(text, known) or f"; one of {', '.join(known)}"
    raise argparse.ArgumentTypeError(f"there is no {text!r}{hint}")
