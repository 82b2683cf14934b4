"""The end of a session in line mode: what was done, and what could follow, line by line."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from playing import STRETCHES, routine

from stretch_tui.cli.line_end import end_lines, left_words
from stretch_tui.core.amount import Amount
from stretch_tui.core.content.catalog import Catalog
from stretch_tui.core.log.logbook import Ending, Part, Session
from stretch_tui.core.session.recap import Past, recap
from stretch_tui.core.settings import Settings

TODAY = date(2026, 3, 4)
PARTS = (
    Part("sided", ("neck",), left=36.0, right=36.0, complete=True),
    Part("rolls", ("shoulders", "neck"), both=71.0, complete=True),
    Part("held", ("chest",), both=8.0, complete=True),
)
SESSION = Session(
    uid="now",
    started=datetime(2026, 3, 4, 9, 30, tzinfo=UTC),
    offset_minutes=0,
    day=TODAY,
    routine="mix",
    title="A mix",
    seconds=151.0,
    parts=PARTS,
    feel_before=2,
    feel_after=4,
)
CATALOG = Catalog(
    STRETCHES, {"mix": routine("held"), "other": replace(routine("held"), id="other")}
)


def said(session: Session, *earlier: Session, show_streak: bool = True) -> list[str]:
    settings = Settings(zone="UTC", show_streak=show_streak)
    past = Past(earlier, (), (), (), (), settings)
    return end_lines(recap(session, past, CATALOG, TODAY, Amount.GENTLE), settings)


def test_every_region_and_side_then_the_streak_then_tomorrow() -> None:
    assert said(SESSION) == [
        "Done: 2 min 31 s of stretching.",
        "Neck left 0:36, right 0:36, both sides 1:11; shoulders 1:11; chest 0:08.",
        "Today counts: 1 of 3 days, until Sunday night.",
        "Tomorrow: A mix, for the shoulders: it got least of late.",
    ]


def test_a_second_session_that_ends_worse_proposes_a_rest() -> None:
    day = TODAY - timedelta(days=1)
    earlier = replace(SESSION, uid="before", day=day, started=SESSION.started - timedelta(days=1))
    assert not any("Twice in a row" in line for line in said(SESSION))
    assert any("a day or two of rest" in line for line in said(SESSION, earlier))


@pytest.mark.parametrize("ending", [Ending.FINISHED, Ending.HURT])
def test_a_hidden_streak_stays_hidden_and_pain_shows_the_red_flags(ending: Ending) -> None:
    lines = said(replace(SESSION, ending=ending), show_streak=False)
    assert not any("Today counts" in line for line in lines)
    assert any("numbness" in line for line in lines) == (ending is Ending.HURT)


def test_what_was_left_is_one_line_however_much_it_is() -> None:
    goes_on = "`stretch-tui play --resume` goes on with it"
    assert left_words(["Owl neck"]) == f"Owl neck was left half way: {goes_on}"
    assert left_words(["Owl neck", "Desk reset", "Fish"]) == (
        f"Owl neck was left half way, and 2 sessions before it: {goes_on}"
    )
