"""Figures as people say them: whole minutes, and fives in the middle of a wide range."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stretch_tui.core.amount import Amount
from stretch_tui.core.content.dose import Dose, DosePhase, Range, Sides
from stretch_tui.core.content.wording import dose_short, dose_words, needs_words
from stretch_tui.core.settings import Settings


def test_equipment_is_called_what_it_is_called() -> None:
    assert needs_words(["towel|t-shirt", "foam-roller"]) == "towel or t-shirt and foam roller"
    assert needs_words([]) == "nothing needed"


@given(st.integers(1, 300), st.integers(0, 300))
def test_every_amount_lies_inside_the_range_and_in_its_order(low: int, more: int) -> None:
    published = Range(low, low + more)
    gentle, steady, full = (published.at(amount) for amount in Amount)
    assert (gentle, full) == (published.low, published.high)
    assert gentle <= steady <= full
    middle = (published.low + published.high) / 2
    if more >= 10:
        assert steady % 5 == 0
        assert abs(steady - middle) <= 2.5
    else:
        assert abs(steady - middle) <= 0.5


@pytest.mark.parametrize(
    ("hold", "short", "words"),
    [
        (Range(30, 30), "30 s a side", "Hold 30 s on each side."),
        (Range(60, 60), "60 s a side", "Hold 60 s on each side."),
        (Range(120, 120), "2 min a side", "Hold 2 min on each side."),
        (Range(90, 90), "90 s a side", "Hold 90 s on each side."),
        (Range(15, 30), "25 s a side", "Hold 15-30 s on each side."),
        (Range(60, 120), "90 s a side", "Hold 60-120 s on each side."),
    ],
)
def test_holds_are_said_in_whole_minutes_where_they_are_some(
    hold: Range, short: str, words: str
) -> None:
    dose = Dose(hold_seconds=hold, sides=Sides.EACH)
    assert dose_short(dose, Settings(dose=Amount.STEADY)) == short
    assert dose_words(dose) == words


@pytest.mark.parametrize(("rounds", "short"), [(1, "5 each way"), (2, "5 each way × 2")])
def test_what_is_counted_once_each_way_is_not_said_to_be_half_of_it(
    rounds: int, short: str
) -> None:
    phases = (DosePhase("backward"), DosePhase("forward", block=1))
    dose = Dose(reps=Range(5, 5), rounds=Range(rounds, rounds), phases=phases)
    assert dose_short(dose, Settings()) == short
