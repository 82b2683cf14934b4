"""What the body got, in weeks, regions, sides, feelings and the picture of a year."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from log_world import ShortLog, days, session, sessions

from stretch_tui.core.log import stats
from stretch_tui.core.log.logbook import Part, Pause, Source, region_seconds
from stretch_tui.core.log.streak import paused_days
from stretch_tui.core.log.survey import survey
from stretch_tui.core.log.tally import mark, tally, tally_of
from stretch_tui.core.session.log_entry import changed, entered
from stretch_tui.core.settings import Settings

MONDAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 4, 9, 30, tzinfo=UTC)
SETTINGS = Settings(zone="UTC")
few = hypothesis_settings(max_examples=60, deadline=None)


def part(left: float, right: float, both: float = 0.0, *regions: str) -> Part:
    return Part("owl-neck", regions or ("neck",), left, right, both)


def test_a_stretch_counts_in_full_for_each_of_its_regions_and_side():
    one = session(MONDAY, parts=(part(30, 20, 0, "neck", "upper-traps"), part(0, 0, 40, "chest")))
    shares = stats.by_region([one])
    assert (shares["neck"].left, shares["neck"].right) == (30, 20)
    assert shares["upper-traps"].seconds == 50
    assert shares["chest"].both == 40
    assert shares["hips"].seconds == 0, "every region is there, also when it got nothing"


@few
@given(st.lists(sessions(), max_size=20))
def test_shares_add_up_to_the_seconds_of_the_logs_own_sum(log):
    shares = {name: share.seconds for name, share in stats.by_region(log).items() if share.seconds}
    assert shares == pytest.approx(dict(region_seconds(log)))


@pytest.mark.parametrize(
    ("left", "right", "lean"),
    [(60, 60, 0), (60, 40, 0), (120, 60, 60), (60, 120, -60), (600, 560, 0), (600, 300, 300)],
)
def test_a_lean_shows_only_when_it_is_worth_a_word(left, right, lean):
    assert stats.Share(left, right).lean == lean


@few
@given(st.lists(sessions(), max_size=30))
def test_every_second_is_in_exactly_one_week(log):
    found = tally(mark(one) for one in log)
    weeks = stats.weeks(found, min(found, default=MONDAY), max(found, default=MONDAY))
    assert sum(week.seconds for week in weeks) == pytest.approx(sum(one.seconds for one in log))
    assert sum(week.days for week in weeks) == sum(total.counts for total in found.values())


def test_feel_is_averaged_by_week_and_needs_both_ends():
    log = [
        session(MONDAY, feel_before=6, feel_after=2),
        session(MONDAY + timedelta(days=1), feel_before=4, feel_after=4),
        session(MONDAY + timedelta(days=2), feel_before=9),
        session(MONDAY - timedelta(days=7), feel_before=8, feel_after=5),
    ]
    feels = stats.feel_by_week(log, MONDAY + timedelta(days=6), 2)
    assert [(one.first, one.before, one.after, one.sessions) for one in feels] == [
        (MONDAY - timedelta(days=7), 8, 5, 1),
        (MONDAY, 5, 3, 2),
    ]
    assert stats.feel_over(feels).before == 6
    assert stats.feel_over(()) is None


def test_a_year_shows_each_kind_of_day():
    log = [session(MONDAY), session(MONDAY + timedelta(days=1), 20.0)]
    paused = paused_days([Pause("p", MONDAY - timedelta(days=3), MONDAY)], date(2025, 1, 1), MONDAY)
    mondays = (MONDAY - timedelta(days=7), MONDAY)
    year = stats.year_of_days(tally(map(mark, log)), paused, MONDAY + timedelta(days=1), mondays)
    assert [[one.value for one in week] for week in year] == [
        ["empty"] * 4 + ["paused"] * 3,
        ["counts", "short"] + ["empty"] * 5,
    ]
    before = stats.year_of_days(tally(map(mark, log)), paused, MONDAY, mondays)
    assert before[1][1].value == "empty", "what is dated later has not happened yet"


def test_the_picture_ends_with_this_week_and_grows_in_its_first_year():
    log = [session(MONDAY + timedelta(days=3))]
    days = {weeks: MONDAY + timedelta(days=7 * weeks + 4) for weeks in (0, 20, 52, 53, 200)}
    found = {weeks: survey(ShortLog(log), SETTINGS, day) for weeks, day in days.items()}
    assert {weeks: len(one.mondays) for weeks, one in found.items()} == {
        0: 12, 20: 21, 52: 53, 53: 53, 200: 53,
    }  # fmt: skip
    for weeks, one in found.items():
        assert len(one.year) == len(one.mondays)
        assert one.mondays[-1] == MONDAY + timedelta(days=7 * weeks)
        assert {(b - a).days for a, b in pairwise(one.mondays)} == {7}
    assert [len(one.weeks) for one in found.values()] == [1, 12, 12, 12, 12]


@few
@given(st.lists(sessions(), max_size=25), days)
def test_a_survey_agrees_with_itself(log, today):
    found = survey(ShortLog(log), SETTINGS, today)
    assert found.weeks[-1].days == found.streak.week.done
    assert found.weeks[-1].seconds == pytest.approx(found.streak.week_seconds)
    week = found.year[found.mondays.index(found.streak.week.monday)]
    marks = [one for one in week if one is stats.DayMark.COUNTS]
    assert len(marks) == found.streak.week.done


def test_the_sum_of_a_log_is_remembered_only_for_that_very_log():
    log = (session(MONDAY),)
    assert tally_of(log) is tally_of(log)
    assert tally_of((*log, session(MONDAY)))[MONDAY].sessions == 2
    assert tally_of(log)[MONDAY].sessions == 1
    assert tally_of((*log, log[0]))[MONDAY].sessions == 1, "the same one twice is one"
    assert tally_of(iter(log))[MONDAY].sessions == 1


# -- sessions entered and corrected ------------------------------------------------------------


def test_a_session_entered_afterwards_is_marked_and_lies_on_its_day():
    one = entered("u", MONDAY, NOW, SETTINGS, seconds=600, note="  at the\x1b[31m gym ")
    assert (one.day, one.source, one.edited, one.title) == (
        MONDAY, Source.LOGGED, True, "Stretching",
    )  # fmt: skip
    assert "\x1b" not in one.note
    assert one.started < NOW


def test_a_correction_scales_what_the_stretches_got_and_moves_the_day():
    one = session(MONDAY, 60.0, parts=(Part("owl-neck", ("neck",), 30, 30, complete=True),))
    new = changed(
        one,
        NOW,
        SETTINGS,
        day=MONDAY - timedelta(days=1),
        seconds=30,
        feel=(5, None),
        note="",
    )
    assert (new.parts[0].left, new.parts[0].complete) == (15, False)
    assert (new.day, new.edited, new.uid) == (MONDAY - timedelta(days=1), True, one.uid)
    same = changed(one, NOW, SETTINGS, day=one.day, seconds=60, feel=(None, None), note="")
    assert same.started == one.started
