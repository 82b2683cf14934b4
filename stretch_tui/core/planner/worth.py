"""What a pick is worth, and why: the whole objective of a routine made to measure, in one place.

A routine is worth the sum of its picks, less what it costs to go from one to the next (`RULES`).
A second of a stretch that is due is worth 10 points; everything else is weighed against that.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import zip_longest
from typing import NamedTuple
from zlib import crc32

from stretch_tui.core.content.dose import Side
from stretch_tui.core.content.stretch import Region, Stretch
from stretch_tui.core.content.wording import exact, listed
from stretch_tui.core.log.stats import REGION_WEEK_SECONDS, STRETCH_SECONDS, Share
from stretch_tui.core.planner.servings import Serving
from stretch_tui.core.planner.wish import Wish

SECOND = 4
"""Points a useful second of any stretch."""
DUE_SECOND = 6
"""Points a useful second besides, of a region that got nothing this week."""
ASKED_SECOND = 8
"""Points a useful second besides, of a region and in a position that was asked for."""
PICK = 150
"""Points of one more stretch, for the sake of variety; a short one brings less."""
FAVORITE = 150
UNTRIED = 60
"""Of a stretch that the week has not seen, once the week has seen any."""
PROP = -60
"""For each thing that has to be fetched."""
STEP_OFF = -60
"""For each step away from the amount that the user set."""
SHOWN = -400
"""For being in the routine that was just turned down."""
CHANCE = 180
"""The most that the seed adds."""
AGAIN = 220
"""The cost of two stretches of one region in a row."""
COLD_START = 300
"""The cost of beginning with something that is held."""
_TOLD = 3
"""Regions that a reason names at most."""


class Term(NamedTuple):
    """A part of what a pick is worth."""

    points: float
    why: str = ""
    """The clause that explains it; empty when it is not worth a word."""


@dataclass(frozen=True, slots=True)
class Appeal:
    """What a stretch is worth under a wish, whatever its dose."""

    fixed: tuple[Term, ...]
    due: float
    """0 when its regions got all they need this week, 1 when they got nothing."""
    due_region: Region
    reached: tuple[Region, ...]
    """Its regions, the main one first."""
    asked: float
    """How much of what was asked for it meets: region, position, or both."""
    today: float
    """Seconds a side that it got today."""

    def points(self, serving: Serving) -> int:
        """What it is worth in that dose: the sum of its terms."""
        return round(sum(term.points for term in self.fixed) + sum(self._parts(serving)))

    def terms(self, serving: Serving, wish: Wish) -> tuple[Term, ...]:
        """All that makes up its worth in that dose, in words."""
        met = [region.label for region in wish.regions if region in self.reached]
        asked = f"for the {listed(met)}, as asked" if met else ""
        due = "" if asked and not wish.got.week else self._due_words(wish)
        words = (due, asked)
        pairs = zip_longest(self._parts(serving), words, fillvalue="")
        return (*self.fixed, *(Term(float(part), why) for part, why in pairs))

    def _parts(self, serving: Serving) -> tuple[float, ...]:
        """What depends on the dose: due and asked first, then what goes without saying."""
        useful = _useful(serving, self.today)
        return (
            useful * DUE_SECOND * self.due,
            useful * ASKED_SECOND * self.asked,
            useful * SECOND,
            min(PICK, 5 * useful),
            STEP_OFF * serving.off,
        )

    def _due_words(self, wish: Wish) -> str:
        if not wish.got.week:
            return f"for the {listed(region.label for region in self.reached[:_TOLD])}"
        label = self.due_region.label
        seconds = _done(wish.got.regions.get(self.due_region.value, Share()))
        if seconds:
            return f"the {label} had {exact(seconds)} in seven days"
        return f"the {label} had nothing yet" + ("" if wish.got.first_week else " this week")


def appeal(stretch: Stretch, wish: Wish) -> Appeal:
    """What the stretch is worth under the wish."""
    due, region = max(
        ((_due(wish, region), region) for region in stretch.regions), key=lambda pair: pair[0]
    )
    today = wish.got.today.get(stretch.id, Share())
    return Appeal(
        tuple(_fixed(stretch, wish)),
        due,
        region,
        stretch.regions,
        _asked(stretch, wish),
        today.both + min(today.left, today.right),
    )


def reasons(stretch: Stretch, serving: Serving, wish: Wish) -> tuple[str, ...]:
    """The clauses that speak for the pick, the strongest first, last what it is good for."""
    terms = appeal(stretch, wish).terms(serving, wish)
    told = sorted((t for t in terms if t.why and t.points > 0), key=lambda t: -t.points)
    good = stretch.why.rstrip(".")
    return (*(term.why for term in told), *([f"{good[:1].lower()}{good[1:]}"] if good else []))


def side_due(stretch: Stretch, wish: Wish) -> tuple[Side, float] | None:
    """The side that got less of late and by how many seconds, None when they are even."""
    if not stretch.two_sided:
        return None
    shares = [wish.got.week.get(stretch.id, Share())]
    shares += [wish.got.regions.get(region.value, Share()) for region in stretch.regions]
    lean = next((share.lean for share in shares if share.lean), 0.0)
    return (Side.RIGHT if lean > 0 else Side.LEFT, abs(lean)) if lean else None


def _fixed(stretch: Stretch, wish: Wish) -> Iterable[Term]:
    yield Term(crc32(f"{wish.seed}/{stretch.id}".encode()) % (CHANCE + 1))
    if stretch.id in wish.favorites:
        yield Term(FAVORITE, "a favorite of yours")
    if wish.got.week and stretch.id not in wish.got.week:
        yield Term(UNTRIED, "not done yet" if wish.got.first_week else "not done for a week")
    yield Term(PROP * sum("chair" not in need for need in stretch.needs))
    if stretch.id in wish.shown:
        yield Term(SHOWN)


def _asked(stretch: Stretch, wish: Wish) -> float:
    met = [wish.asks_for(stretch)] if wish.regions else []
    met += [bool(wish.places(stretch))] if wish.positions else []
    return sum(met) / len(met) if met else 0.0


def _useful(serving: Serving, today: float) -> float:
    """Seconds that count: in full up to a minute a side and day, a quarter of the next minute."""
    sides = 2 if serving.dose.two_sided else 1
    room = max(0.0, STRETCH_SECONDS - today)
    full = min(serving.side_seconds, room)
    more = min(serving.side_seconds - full, STRETCH_SECONDS)
    return sides * (full + more / 4)


def _due(wish: Wish, region: Region) -> float:
    done = _done(wish.got.regions.get(region.value, Share()))
    return max(0.0, 1 - done / REGION_WEEK_SECONDS)


def _done(share: Share) -> float:
    """Seconds that both sides got: the side that got less counts twice."""
    return share.both + 2 * min(share.left, share.right)
