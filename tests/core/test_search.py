"""The filter line is understood in words, and the nearest match comes first."""

import pytest

from stretch_tui.core.content.catalog import Catalog
from stretch_tui.core.content.comparing import plain
from stretch_tui.core.content.dose import Dose, Range
from stretch_tui.core.content.filter_line import parse
from stretch_tui.core.content.routine import Routine, Step
from stretch_tui.core.content.search import FUZZY, INSIDE, NONE, WHOLE, WORD, Found, rank, search
from stretch_tui.core.content.stretch import Level, Phase, Position, Region, Stretch


def stretch(
    name: str,
    *regions: Region,
    position: Position = Position.CHAIR,
    needs: tuple[str, ...] = (),
    level: Level = Level.EASY,
) -> Stretch:
    return Stretch(
        id=plain(name).replace(" ", "-"),
        name=name,
        regions=regions or (Region.NECK,),
        position=position,
        level=level,
        steps=("Do it.",),
        phases=(Phase("hold", ""),),
        dose=Dose(hold_seconds=Range(30, 30)),
        needs=needs,
    )


def catalog(*stretches: Stretch, routines: tuple[Routine, ...] = ()) -> Catalog:
    return Catalog({one.id: one for one in stretches}, {one.id: one for one in routines})


ALL = catalog(
    stretch("Owl neck"),
    stretch("Eagle arms", Region.UPPER_BACK, Region.NECK),
    stretch("Neck bend"),
    stretch("Cobra", Region.MIDDLE_BACK, position=Position.PRONE, level=Level.ADVANCED),
    stretch("Roller lean", Region.UPPER_BACK, position=Position.SUPINE, needs=("foam-roller",)),
    routines=(
        Routine("desk", "Desk reset", (Step("owl-neck"), Step("eagle-arms"))),
        Routine("floor", "Floor five", (Step("cobra"), Step("owl-neck"))),
    ),
)
SECONDS = {"owl-neck": 60, "eagle-arms": 130, "desk": 170, "floor": 400}


def find(line: str, within: Catalog = ALL, **more: object) -> Found:
    return search(within, parse(line), seconds=lambda one: SECONDS.get(one, 30), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("line", "understood"),
    [
        ("neck", "neck"),
        ("no-floor", "no floor"),
        ("no floor", "no floor"),
        ("chair", "on a chair"),
        ("<10min", "up to 10 min"),
        ("< 10 min", "up to 10 min"),
        ("90s", "up to 90 s"),
        ("under 5 minutes", "up to 5 min"),
        ("neck up to 90 s", "neck · up to 90 s"),
        ("easy", "easy"),
        ("★", "favorites"),
        ("fav", "favorites"),
        ("NECK upper back", "neck · upper back"),
        ("nothing needed", "nothing needed"),
        ("eagl", "“eagl”"),
        ("neck no-floor <5 owl", "neck · no floor · up to 5 min · “owl”"),
        ("", ""),
    ],
)
def test_what_it_understood(line: str, understood: str) -> None:
    assert parse(line).understood == understood


def test_words_narrow_stretches_and_routines_alike() -> None:
    assert find("no-floor").routines == ("desk",)
    assert find("prone").stretches == ("cobra",)
    assert find("<2min").stretches == ("owl-neck", "neck-bend", "cobra", "roller-lean")
    assert find("<3min").routines == ("desk",)
    assert find("advanced").routines == ("floor",)
    assert find("upper").routines == ("desk",), "a word of a region it reaches"
    assert find("nothing").stretches == ("owl-neck", "eagle-arms", "neck-bend", "cobra")
    assert find("fav", favorites=("cobra", "desk")) == Found(("desk",), ("cobra",))


def test_an_empty_line_leaves_everything_in_catalog_order() -> None:
    assert find("") == Found(("desk", "floor"), tuple(ALL.stretches))


def test_a_region_is_found_first_where_the_name_says_it_and_where_it_is_the_main_one() -> None:
    assert find("neck").stretches == ("neck-bend", "owl-neck", "eagle-arms")


def test_all_words_must_match() -> None:
    assert find("eagle arms").stretches == ("eagle-arms",)
    assert find("eagle neck").stretches == ("eagle-arms",)
    assert find("owl arms").stretches == ()


def test_the_nearer_match_comes_first() -> None:
    words = catalog(stretch("Relaxed"), stretch("Late axe"), stretch("Axe late"), stretch("Apex e"))
    assert find("axe", words).stretches == ("axe-late", "late-axe", "relaxed")
    names = {"Axe late": WHOLE, "Late axe": WORD, "Relaxed": INSIDE, "Annexe": FUZZY, "Bow": NONE}
    assert {name: rank(name, (), "", ("axe",)) for name in names} == names


def test_ties_go_by_favorite_then_use_then_name() -> None:
    same = catalog(*(stretch(f"{letter} bend") for letter in "DCBA"))
    found = find("bend", same, favorites=("c-bend",), uses={"d-bend": 2})
    assert found.stretches == ("c-bend", "d-bend", "a-bend", "b-bend")


@pytest.mark.parametrize("slip", ["egle", "eagel", "eglae", "EAGLE", "éagle"])
def test_slips_of_the_finger_are_forgiven(slip: str) -> None:
    assert find(slip).stretches == ("eagle-arms",)


@pytest.mark.parametrize(
    ("line", "drop"),
    [
        ("neck prone zzz", ""),
        ("cobra chair", "chair"),
        ("neck zzz", "zzz"),
        ("foam neck", "foam"),
        ("lean prone", "prone"),
    ],
)
def test_an_empty_result_names_the_filter_to_drop(line: str, drop: str) -> None:
    found = find(line)
    assert not found.count
    assert found.drop == drop
    assert bool(found.left) == bool(drop)


def test_a_program_with_a_stand_in_is_possible_with_either() -> None:
    door = stretch("Door lean", needs=("doorway",))
    routine = Routine(
        "r", "Either", (Step("roller-lean"), Step("door-lean", instead_of="roller-lean"))
    )
    within = catalog(ALL.stretches["roller-lean"], door, routines=(routine,))
    assert find("either", within).routines == ("r",)


@pytest.mark.parametrize("line", ["[/]", "\\", "(((", "*" * 500, "\x1b[31m", "a" * 10_000, "½ ㎜"])
def test_any_line_is_harmless(line: str) -> None:
    assert find(line).count >= 0
