"""The solver against brute force: the same objective, found by trying everything."""

from __future__ import annotations

import random
from collections.abc import Iterator

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from stretch_tui.core.content.positions import CHANGE, ORDER
from stretch_tui.core.planner.bounds import beside, bounds, tightest
from stretch_tui.core.planner.packing import best
from stretch_tui.core.planner.picking import Choice, Item, Option, Rules, points, reachable

places = st.integers(0, len(ORDER) - 1)
options = st.builds(Option, st.integers(1, 9), st.integers(-60, 900))
rules = st.builds(Rules, places, st.integers(0, 400), st.integers(0, 300))


@st.composite
def item_lists(draw: st.DrawFn) -> list[Item]:
    group, found = 0, []
    for _ in range(draw(st.integers(0, 5))):
        group += draw(st.booleans())
        found.append(
            Item(
                tuple(draw(st.lists(places, min_size=1, max_size=2, unique=True))),
                group,
                tuple(draw(st.lists(options, min_size=1, max_size=3))),
                opens_well=draw(st.booleans()),
                opens_only=draw(st.integers(0, 9)) == 0,
                forced=draw(st.integers(0, 7)) == 0,
            )
        )
    return found


def every_choice(items: list[Item], index: int = 0, so_far: tuple[Choice, ...] = ()) -> Iterator:
    if index == len(items):
        yield so_far
        return
    item = items[index]
    if not item.forced:
        yield from every_choice(items, index + 1, so_far)
    if item.opens_only and so_far:
        return
    for option in range(len(item.options)):
        for place in item.places:
            pick = Choice(index, option, place)
            yield from every_choice(items, index + 1, (*so_far, pick))


def alone(place: int, worth: int) -> Item:
    """An item of one cell, done in one place."""
    return Item((place,), 0, (Option(1, worth),))


def length(items: list[Item], choice: tuple[Choice, ...]) -> int:
    return sum(items[pick.item].options[pick.option].cells for pick in choice)


@settings(max_examples=200, deadline=None)
@given(item_lists(), rules, st.integers(1, 30), st.integers(0, 6))
@example([alone(2, 228), alone(0, 0)], Rules(1, 0, 0), 1, 0)  # one pick, which nothing outweighs
def test_the_choice_is_the_best_of_all_that_fill_the_time(
    items: list[Item], costs: Rules, low: int, more: int
) -> None:
    assert_best(items, costs, low, low + more)


def test_it_is_the_best_in_two_thousand_small_catalogs_alike_each_time() -> None:
    """Many plain cases find a wrong sign more surely than a few that are chosen cleverly."""
    dice = random.Random(7)
    for _ in range(2_000):
        group, items = 0, []
        for _ in range(dice.randint(1, 4)):
            group += dice.random() < 0.5
            here = dice.sample(range(len(ORDER)), dice.randint(1, 2))
            doses = [
                Option(dice.randint(1, 9), dice.randint(-60, 900))
                for _ in range(dice.randint(1, 2))
            ]
            well, only, must = (dice.random() < share for share in (0.5, 0.1, 0.1))
            items.append(Item(tuple(here), group, tuple(doses), well, only, must))
        costs = Rules(dice.randrange(len(ORDER)), dice.randint(0, 400), dice.randint(0, 300))
        low = dice.randint(1, 20)
        assert_best(items, costs, low, low + dice.randint(0, 6))


def assert_best(items: list[Item], costs: Rules, low: int, high: int) -> None:
    """The solver's choice is worth as much as the best of all that fill the time."""
    fitting = [c for c in every_choice(items) if c and low <= length(items, c) <= high]
    found = best(items, costs, low, high)
    if not fitting:
        assert found is None
        return
    assert found is not None
    assert low <= length(items, found) <= high
    assert points(items, costs, found) == max(points(items, costs, c) for c in fitting)
    picked = {pick.item for pick in found}
    assert all(number in picked for number, item in enumerate(items) if item.forced)


@settings(max_examples=200, deadline=None)
@given(item_lists(), rules, st.integers(1, 30), st.integers(0, 6), st.floats(-20, 200))
def test_no_choice_is_worth_more_than_its_bounds_say(
    items: list[Item], costs: Rules, low: int, more: int, price: float
) -> None:
    fitting = [c for c in every_choice(items) if c and low <= length(items, c) <= low + more]
    assume(fitting)
    top = max(points(items, costs, choice) for choice in fitting)
    tight = tightest(items, costs, low, low + more)
    any_price = round(price) / 8
    loose = bounds(items, costs, any_price, low, low + more)
    assert top <= tight.most <= loose.most + 2
    for found in (tight, loose, *beside(items, costs, tight)):
        for choice in fitting:
            for number in range(1, len(choice)):
                so_far, rest = choice[:number], choice[number:]
                before = points(items, costs, so_far)
                gained = points(items, costs, choice) - before
                last, following = so_far[-1], rest[0].item - 1
                same = items[last.item].group == items[rest[0].item].group
                follow = (found.inside if same else found.earlier)[following][last.place]
                assert gained - found.price * length(items, rest) <= follow + 1e-3


@given(item_lists())
def test_reachable_says_which_lengths_there_are(items: list[Item]) -> None:
    bits = reachable(items, 100)
    lengths = {length(items, choice) for choice in every_choice(items)}
    assert {at for at in range(101) if bits >> at & 1} == lengths


def test_a_detour_between_two_positions_is_never_cheaper_than_going_there_at_once() -> None:
    # The bounds rely on it.
    for row in CHANGE:
        for there, cost in enumerate(row):
            assert all(cost <= row[via] + CHANGE[via][there] for via in range(len(ORDER)))
