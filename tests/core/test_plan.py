"""Routines made to measure: what they promise, on generated catalogs and in stories."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import product
from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from measured import stretches, wishes

from stretch_tui.core.amount import Amount
from stretch_tui.core.content.dose import Dose, Range, Side, Sides
from stretch_tui.core.content.positions import ORDER
from stretch_tui.core.content.stretch import (
    Level,
    Phase,
    Position,
    Region,
    Stretch,
    Variation,
    available,
)
from stretch_tui.core.content.wording import exact
from stretch_tui.core.log.logbook import Part, Session
from stretch_tui.core.planner.picking import Choice, Item, points
from stretch_tui.core.planner.plan import WITHIN_SECONDS, make_routine, reroll
from stretch_tui.core.planner.servings import servings
from stretch_tui.core.planner.shortlist import shortlist
from stretch_tui.core.planner.wish import Wish, got_lately
from stretch_tui.core.session.expansion import expand
from stretch_tui.core.settings import Settings

PLAIN = Settings()
amounts = st.sampled_from(Amount).map(lambda amount: Settings(dose=amount, breath_seconds=5.5))


def stretch(name: str, region: Region, position: Position, **more: object) -> Stretch:
    plain = Stretch(
        id=name,
        name=name.title(),
        regions=(region,),
        position=position,
        level=Level.EASY,
        steps=("Breathe.",),
        phases=(Phase("start", "a/start"), Phase("hold", "a/hold")),
        dose=Dose(hold_seconds=Range(20, 30), sides=Sides.EACH),
    )
    return replace(plain, **more)  # type: ignore[arg-type]


def catalog(*found: Stretch) -> dict[str, Stretch]:
    return {one.id: one for one in found}


DESK = catalog(
    stretch("roll", Region.SHOULDERS, Position.CHAIR, dose=Dose(reps=Range(5, 5))),
    stretch("owl", Region.NECK, Position.CHAIR),
    stretch("bend", Region.NECK, Position.CHAIR),
    stretch("hug", Region.UPPER_BACK, Position.CHAIR, dose=Dose(hold_seconds=Range(15, 45))),
    stretch("door", Region.CHEST, Position.STANDING, needs=("doorway",)),
    stretch("cobra", Region.UPPER_BACK, Position.PRONE),
    stretch("child", Region.LATS, Position.KNEELING, avoid=("knees",)),
)


@hypothesis_settings(max_examples=80, deadline=None)
@given(stretches(), wishes, amounts)
def test_a_plan_keeps_its_promises(
    known: Mapping[str, Stretch], wish: Wish, settings: Settings
) -> None:
    plan = make_routine(known, settings, wish)
    timeline = expand(plan.routine, known, settings)
    assert timeline.seconds == plan.seconds
    assert sum(pick.seconds for pick in plan.picks) == sum(s.seconds for s in timeline.steps)
    assert plan.fits or plan.reason
    names = [pick.step.stretch for pick in plan.picks]
    assert len(set(names)) == len(names)
    for number, pick in enumerate(plan.picks):
        one = known[pick.step.stretch]
        assert one.id not in wish.banned
        assert not set(one.avoid) & set(wish.avoid)
        assert list(Level).index(one.level) <= list(Level).index(wish.level)
        form = one.variation(pick.step.variation)
        needs = one.needs if form is None or form.needs is None else form.needs
        assert available(needs, wish.hand)
        assert pick.position in (one.position, *one.positions)
        assert not (wish.at_desk or wish.no_floor) or not pick.position.floor
        assert pick.why
        assert pick.step.dose is not None
        assert pick.step.dose.sides is one.dose.sides
        assert pick.step.dose in [served.dose for served in servings(one, settings)]
        if wish.regions and not plan.reason:
            assert wish.asks_for(one) or number == 0
        if wish.positions and not plan.reason:
            assert pick.position in wish.positions
    assert make_routine(known, settings, wish) == plan


@hypothesis_settings(max_examples=60, deadline=None)
@given(stretches(most=4), wishes, st.integers(3, 15), st.randoms(use_true_random=False))
def test_no_other_routine_of_that_length_is_worth_more(
    known: Mapping[str, Stretch], wish: Wish, rest: int, random: Random
) -> None:
    short = shortlist(known, PLAIN, wish, replace(wish, positions=()))
    items = short._items(rest)
    every = [choice for choice in _choices(items) if choice]
    assume(every)

    def seconds(choice: tuple[Choice, ...]) -> float:
        work = sum(short.entries[c.item].servings[c.option].seconds for c in choice)
        return PLAIN.get_ready_seconds + work + rest * (len(choice) - 1)

    middle = seconds(random.choice(every))
    low, high = middle - WITHIN_SECONDS, middle + WITHIN_SECONDS
    fitting = [choice for choice in every if low <= seconds(choice) <= high]
    served = short.best(rest, low, high)
    assert served is not None
    names = [entry.stretch.id for entry in short.entries]
    mine = []
    for one in served:
        item = names.index(one.stretch.id)
        option = short.entries[item].servings.index(one.serving)
        mine.append(Choice(item, option, ORDER.index(one.position)))
    best = max(points(items, short.rules, choice) for choice in fitting)
    assert low <= seconds(tuple(mine)) <= high
    assert points(items, short.rules, mine) == best


def _choices(items: tuple[Item, ...]) -> Iterator[tuple[Choice, ...]]:
    ways = [
        [None, *((option, place) for option in range(len(i.options)) for place in i.places)]
        for i in items
    ]
    for chosen in product(*ways):
        choice = tuple(Choice(n, *way) for n, way in enumerate(chosen) if way is not None)
        if not any(items[c.item].opens_only for c in choice[1:]):
            yield choice


@pytest.mark.parametrize("minutes", range(2, 8))
def test_the_minutes_are_met_at_a_desk_without_loosening_anything(minutes: int) -> None:
    plan = make_routine(DESK, PLAIN, Wish(minutes, at_desk=True))
    assert plan.fits
    assert plan.reason == ""


def test_more_minutes_than_there_are_stretches_get_all_there_is() -> None:
    plan = make_routine(DESK, PLAIN, Wish(30, at_desk=True))
    assert {pick.step.stretch for pick in plan.picks} == {"roll", "owl", "bend", "hug"}
    assert plan.reason == f"All that fits takes {exact(plan.seconds)}, not 30 minutes."


def test_gentle_movement_comes_first_and_says_so() -> None:
    plan = make_routine(DESK, PLAIN, Wish(4, at_desk=True))
    assert plan.picks[0].step.stretch == "roll"
    assert plan.picks[0].why.startswith("moves gently, to warm up")


def test_the_floor_at_a_desk_gives_the_nearest_and_the_reason() -> None:
    wish = Wish(2, positions=(Position.PRONE, Position.SUPINE), at_desk=True)
    plan = make_routine(DESK, PLAIN, wish)
    assert plan.fits
    assert plan.reason == (
        "Nothing can be done face down or on the back at a desk; other positions are used."
    )


def test_a_region_that_cannot_fill_the_time_is_filled_up_and_says_so() -> None:
    plan = make_routine(DESK, PLAIN, Wish(7, regions=(Region.NECK,)))
    assert plan.fits
    names = {pick.step.stretch for pick in plan.picks}
    assert {"owl", "bend"} <= names
    assert plan.reason == (
        "What there is for the neck does not fill 7 minutes; other regions are stretched."
    )


def test_knees_are_spared_even_when_nothing_is_left() -> None:
    only = catalog(DESK["child"])
    plan = make_routine(only, PLAIN, Wish(3, avoid=("knees",)))
    assert plan.picks == ()
    assert plan.reason == "No stretch can be done while sparing the knees."


def test_what_is_not_there_is_not_in_the_name() -> None:
    plan = make_routine(DESK, PLAIN, Wish(3, regions=(Region.LATS, Region.NECK), at_desk=True))
    assert plan.routine.name == "3 minutes for the neck at the desk"
    nothing = make_routine(DESK, PLAIN, Wish(2, regions=(Region.LATS,), at_desk=True))
    assert nothing.routine.name == "2 minutes at the desk"
    assert nothing.reason == (
        "Nothing for the lats can be done at a desk; other regions are stretched."
    )
    hips = make_routine(DESK, PLAIN, Wish(2, regions=(Region.HIPS,)))
    assert hips.reason == "There is no stretch for the hips; other regions are stretched."


def test_only_the_conditions_that_stand_in_the_way_are_named() -> None:
    wish = Wish(3, regions=(Region.LATS,), avoid=("knees",), no_floor=True, level=Level.EASY)
    assert make_routine(DESK, PLAIN, wish).reason == (
        "Nothing for the lats can be done off the floor and while sparing the knees; "
        "other regions are stretched."
    )
    hard = catalog(stretch("plank", Region.CORE, Position.PRONE, level=Level.ADVANCED))
    assert make_routine(hard, PLAIN, Wish(1)).reason == "No stretch can be done at level medium."


def test_what_was_asked_for_stays_when_it_does_not_fill_the_time() -> None:
    known = catalog(
        *(stretch(f"chair{n}", Region.NECK, Position.CHAIR) for n in range(9)),
        *(stretch(f"back{n}", Region.NECK, Position.SUPINE) for n in range(3)),
    )
    wish = Wish(9, positions=(Position.SUPINE,))
    plan = make_routine(known, PLAIN, wish)
    assert {"back0", "back1", "back2"} <= {pick.step.stretch for pick in plan.picks}
    assert plan.reason == (
        "What can be done on the back does not fill 9 minutes; other positions are used."
    )
    hips = {f"hip{n}": stretch(f"hip{n}", Region.HIPS, Position.CHAIR) for n in range(4)}
    few = {**hips, "back0": known["back0"]}
    both = make_routine(few, PLAIN, replace(wish, regions=(Region.NECK,)))
    assert both.picks[-1].step.stretch == "back0"
    assert both.reason == (
        "What can be done for the neck on the back does not fill 9 minutes; "
        "other regions and positions are used."
    )


def test_a_reason_names_only_the_regions_that_the_stretch_reaches() -> None:
    plan = make_routine(DESK, PLAIN, Wish(4, regions=(Region.NECK, Region.UPPER_BACK)))
    told = {pick.step.stretch: pick.why for pick in plan.picks}
    assert told["owl"].startswith("for the neck, as asked")
    assert told["hug"].startswith("for the upper back, as asked")


def session(*parts: Part) -> Session:
    now = datetime(2026, 3, 4, 9, tzinfo=UTC)
    return Session("u", now, 0, date(2026, 3, 4), "r", "R", 60, parts=parts)


def test_what_got_least_this_week_comes_first_into_the_routine() -> None:
    done = session(Part("owl", ("neck",), left=300, right=300))
    got = got_lately([done], date(2026, 3, 6))
    both = catalog(
        stretch("bend", Region.NECK, Position.CHAIR), stretch("wing", Region.CHEST, Position.CHAIR)
    )
    plan = make_routine(both, PLAIN, Wish(1, got=got))
    assert [pick.step.stretch for pick in plan.picks] == ["wing"]
    assert plan.picks[0].why == "the chest had nothing yet; not done yet"


def test_a_reason_claims_no_more_time_than_the_log_spans() -> None:
    wing = catalog(stretch("wing", Region.CHEST, Position.CHAIR))
    done = session(Part("owl", ("neck",), left=300, right=300))
    for today, told in (
        (date(2026, 3, 4), "the chest had nothing yet; not done yet"),
        (date(2026, 3, 10), "the chest had nothing yet; not done yet"),
        (date(2026, 3, 11), "for the chest"),  # nothing at all in seven days
    ):
        plan = make_routine(wing, PLAIN, Wish(1, got=got_lately([done], today)))
        assert plan.picks[0].why.startswith(told)
    later = replace(done, uid="v", day=date(2026, 3, 11))
    plan = make_routine(wing, PLAIN, Wish(1, got=got_lately([done, later], date(2026, 3, 12))))
    assert plan.picks[0].why == "the chest had nothing yet this week; not done for a week"


def test_the_side_that_got_less_begins() -> None:
    done = session(Part("owl", ("neck",), left=120, right=20))
    wish = Wish(1, regions=(Region.NECK,), got=got_lately([done], date(2026, 3, 6)))
    plan = make_routine(catalog(DESK["owl"]), PLAIN, wish)
    assert plan.picks[0].step.first_side is Side.RIGHT
    assert "right side first: it got 1 min 40 s less" in plan.picks[0].why


def test_a_favorite_wins_between_equals_and_says_so() -> None:
    twins = catalog(*(stretch(f"t{n}", Region.NECK, Position.CHAIR) for n in range(6)))
    for name in twins:
        plan = make_routine(twins, PLAIN, Wish(1, favorites=frozenset({name}), seed=4))
        favorite = [pick for pick in plan.picks if pick.step.stretch == name]
        if favorite:
            assert "a favorite of yours" in favorite[0].why
    chosen = [
        make_routine(twins, PLAIN, Wish(1, favorites=frozenset({name}))).picks[0].step.stretch
        for name in twins
    ]
    assert len(set(chosen)) > 1


def test_rerolling_a_slot_keeps_the_others_and_never_offers_it_again() -> None:
    plan = make_routine(DESK, PLAIN, Wish(4))
    turned_down = plan.picks[1].step.stretch
    again = reroll(DESK, PLAIN, plan, 1)
    kept = {pick.step.stretch for pick in plan.picks} - {turned_down}
    names = {pick.step.stretch for pick in again.picks}
    assert kept <= names
    assert turned_down not in names
    assert again.fits
    third = reroll(DESK, PLAIN, again, 0)
    assert turned_down not in {pick.step.stretch for pick in third.picks}


def test_rerolling_everything_brings_others_forward() -> None:
    many = catalog(*(stretch(f"t{n}", Region.NECK, Position.CHAIR) for n in range(12)))
    plan = make_routine(many, PLAIN, Wish(3))
    again = reroll(many, PLAIN, plan)
    names = [{pick.step.stretch for pick in one.picks} for one in (plan, again)]
    assert not names[0] & names[1]
    assert again.fits


def test_a_stretch_over_this_or_that_is_done_in_the_form_for_what_is_at_hand() -> None:
    either = stretch(
        "bend",
        Region.UPPER_BACK,
        Position.SUPINE,
        positions=(Position.CHAIR,),
        needs=("foam-roller|chair",),
        variations=(
            Variation("roller", "Roller", "alternative", "Lie.", needs=("foam-roller",)),
            Variation("chair", "Chair", "alternative", "Sit.", needs=("chair",)),
            Variation("long", "Arms long", "harder", "Reach."),
        ),
    )
    for wish, position, form in (
        (Wish(1, at_desk=True), Position.CHAIR, "chair"),
        (Wish(1, equipment=("foam-roller",)), Position.SUPINE, "roller"),
        (Wish(1, equipment=("chair",)), Position.CHAIR, "chair"),
    ):
        pick = make_routine({"bend": either}, PLAIN, wish).picks[0]
        assert (pick.position, pick.step.variation) == (position, form)
    nothing = make_routine({"bend": either}, PLAIN, Wish(1, equipment=()))
    assert nothing.picks == ()


def test_own_stretches_are_offered_like_any_other() -> None:
    mine = stretch("mine", Region.HIPS, Position.CHAIR, own=True)
    plan = make_routine({**DESK, "mine": mine}, PLAIN, Wish(1, regions=(Region.HIPS,)))
    assert [pick.step.stretch for pick in plan.picks if pick.step.stretch == "mine"]


@pytest.mark.parametrize("minutes", [0, 121])
def test_minutes_out_of_reason_are_refused(minutes: int) -> None:
    with pytest.raises(ValueError, match="1 to 120"):
        make_routine(DESK, PLAIN, Wish(minutes))
