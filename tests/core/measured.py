"""Catalogs and wishes for tests of the planner, the balance and the builder."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import strategies as st

from stretch_tui.core.content.dose import Dose, Range, Sides
from stretch_tui.core.content.stretch import (
    EQUIPMENT,
    JOINTS,
    Level,
    Phase,
    Position,
    Region,
    Stretch,
    Variation,
)
from stretch_tui.core.planner.wish import Wish

ranges = st.tuples(st.integers(3, 40), st.integers(0, 20)).map(lambda p: Range(p[0], sum(p)))
reps = st.none() | st.tuples(st.integers(1, 4), st.integers(0, 3)).map(
    lambda p: Range(p[0], sum(p))
)
doses = st.builds(
    Dose,
    hold_seconds=ranges,
    reps=reps,
    sides=st.sampled_from(Sides),
) | st.builds(Dose, reps=st.integers(2, 8).map(lambda n: Range(n, n)), flow=st.just(True))


needs = st.sampled_from((*EQUIPMENT, "foam-roller|chair"))
variations = st.builds(
    Variation,
    id=st.sampled_from(("a", "b")),
    name=st.just("Other"),
    kind=st.just("alternative"),
    how=st.just("Otherwise."),
    phases=st.just(()) | st.just((Phase("start", "b/start"), Phase("hold", "b/hold"))),
    needs=st.none() | st.lists(st.sampled_from(EQUIPMENT), max_size=1).map(tuple),
)


@st.composite
def stretches(draw: st.DrawFn, most: int = 6) -> Mapping[str, Stretch]:
    """Up to so many stretches of every kind."""
    found = {}
    for number in range(draw(st.integers(0, most))):
        name = f"s{number}"
        positions = draw(st.lists(st.sampled_from(Position), min_size=1, max_size=2, unique=True))
        found[name] = Stretch(
            id=name,
            name=f"Stretch {number}",
            regions=tuple(
                draw(st.lists(st.sampled_from(Region), min_size=1, max_size=3, unique=True))
            ),
            position=positions[0],
            positions=tuple(positions[1:]),
            level=draw(st.sampled_from(Level)),
            steps=("Sit tall.",),
            phases=(Phase("start", "a/start"), Phase("hold", "a/hold")),
            dose=draw(doses),
            needs=tuple(draw(st.lists(needs, max_size=1))),
            variations=tuple(draw(st.lists(variations, max_size=2, unique_by=lambda v: v.id))),
            avoid=tuple(draw(st.lists(st.sampled_from(JOINTS), max_size=1))),
        )
    return found


def few(values: type | tuple[str, ...]) -> st.SearchStrategy[tuple]:
    """None or a few of the values, as a tuple."""
    return st.lists(st.sampled_from(values), max_size=2, unique=True).map(tuple)


wishes = st.builds(
    Wish,
    minutes=st.integers(1, 8),
    regions=few(Region),
    positions=st.just(()) | few(Position),
    at_desk=st.booleans(),
    no_floor=st.booleans(),
    equipment=st.none() | few(EQUIPMENT),
    avoid=few(JOINTS),
    level=st.sampled_from(Level),
    favorites=st.frozensets(st.sampled_from(("s0", "s1"))),
    banned=st.just(frozenset()) | st.just(frozenset({"s2"})),
    seed=st.integers(0, 5),
)
