"""Where the body is in each step: where it already was, if the stretch works there."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from stretch_tui.core.content.dose import Dose
from stretch_tui.core.content.positions import ORDER, change_cost, least_changes, places_of
from stretch_tui.core.content.stretch import Level, Position, Stretch, Variation
from stretch_tui.core.editing.ordering import path_cost

WAYS = st.lists(st.lists(st.sampled_from(ORDER), min_size=1, max_size=4, unique=True), max_size=6)
PLAIN = Stretch(
    "extension",
    "Extension",
    regions=(),
    position=Position.SUPINE,
    level=Level.EASY,
    steps=(),
    phases=(),
    dose=Dose(),
    positions=(Position.CHAIR,),
    variations=(
        Variation("chair", "Chair", "alternative", "On it.", position=Position.CHAIR),
        Variation("deeper", "Deeper", "harder", "Further."),
    ),
)


@given(WAYS)
def test_no_other_choice_changes_less(ways: list[list[Position]]) -> None:
    path = least_changes(ways)
    assert all(place in way for place, way in zip(path, ways, strict=True))
    assert path_cost(path) == _least([(0, place) for place in ways[0]] if ways else [], ways[1:])


def _least(here: list[tuple[int, Position]], ways: list[list[Position]]) -> int:
    if not ways:
        return min((cost for cost, _ in here), default=0)
    there = [(min(c + change_cost(a, b) for c, a in here), b) for b in ways[0]]
    return _least(there, ways[1:])


def test_a_form_with_a_place_of_its_own_is_done_there() -> None:
    assert places_of(PLAIN, None) == (Position.SUPINE, Position.CHAIR)
    assert places_of(PLAIN, "deeper") == (Position.SUPINE, Position.CHAIR)
    assert places_of(PLAIN, "chair") == (Position.CHAIR,)
    seated = replace(PLAIN, position=Position.CHAIR, positions=())
    assert least_changes([places_of(seated, None), places_of(PLAIN, None)]) == (
        Position.CHAIR,
        Position.CHAIR,
    )
