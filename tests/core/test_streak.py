"""The streak in stories: the rules one by one, and the bugs that others shipped."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from log_world import ShortLog, full_stretch, played_at, session, standing, weeks_of

from stretch_tui.core.log.days import day_of
from stretch_tui.core.log.explain import explain
from stretch_tui.core.log.goal_changes import ALWAYS, goal_records, keep_config_goal
from stretch_tui.core.log.goals import goal_in_week
from stretch_tui.core.log.logbook import Ending, Goal, Pause
from stretch_tui.core.log.streak import WeekState
from stretch_tui.core.log.streak_words import (
    header,
    step_words,
    tokens_words,
    week_words,
    weeks_words,
)
from stretch_tui.core.settings import Settings

MONDAY = date(2026, 1, 5)
BERLIN = Settings(zone="Europe/Berlin")


def in_weeks(weeks: int, days: int = 0) -> date:
    return MONDAY + timedelta(days=7 * weeks + days)


# -- bugs that others shipped ------------------------------------------------------------------


def test_the_streak_is_not_zero_each_morning():
    log = weeks_of(MONDAY, 7, 7)
    morning = standing(log, in_weeks(2))
    assert (morning.weeks, morning.days) == (2, 14)


def test_a_week_under_its_quota_is_not_broken_while_it_lasts():
    log = weeks_of(MONDAY, 3, 3, 1)
    for day in range(7):
        found = standing(log, in_weeks(2, day))
        assert (found.weeks, found.week.state) == (2, WeekState.OPEN)


def test_days_are_calendar_days_and_not_24_hours():
    """Late one evening, early the next morning, is two days in a row."""
    late = played_at(datetime(2026, 1, 5, 23, 50, tzinfo=UTC), Settings(zone="UTC"))
    early = played_at(datetime(2026, 1, 6, 6, 0, tzinfo=UTC), Settings(zone="UTC"))
    after_47_hours = played_at(datetime(2026, 1, 7, 22, 59, tzinfo=UTC), Settings(zone="UTC"))
    assert standing([late, early, after_47_hours], date(2026, 1, 7)).days == 3


ZONES = [
    ("America/New_York", date(2026, 3, 8), date(2026, 11, 1)),
    ("Europe/Berlin", date(2026, 3, 29), date(2026, 10, 25)),
    ("Australia/Lord_Howe", date(2026, 10, 4), date(2026, 4, 5)),
    ("Pacific/Auckland", date(2026, 9, 27), date(2026, 4, 5)),
    ("America/Havana", date(2026, 3, 8), date(2026, 11, 1)),
]


@pytest.mark.parametrize(("zone", "spring", "autumn"), ZONES, ids=[zone for zone, *_ in ZONES])
@pytest.mark.parametrize("hour", [0, 3, 4])
def test_neither_change_of_the_clocks_misses_or_doubles_a_day(zone, spring, autumn, hour):
    settings = Settings(zone=zone, day_start_hour=hour)
    here = ZoneInfo(zone)
    for change in (spring, autumn):
        assert change.weekday() == 6
        for at in ((23, 30), (7, 0), (hour, 0)):
            log = [
                played_at(datetime(day.year, day.month, day.day, *at, tzinfo=here), settings)
                for day in (change + timedelta(days=number) for number in range(-2, 3))
            ]
            assert [one.day for one in log] == [
                change + timedelta(days=number) for number in range(-2, 3)
            ]
            assert standing(log, log[-1].day, settings=settings).days == 5


def test_travel_does_not_kill_it():
    """Berlin to Tokyo to New York, one session a day on the wall there."""
    stops = [
        ("Europe/Berlin", 5, 21),
        ("Asia/Tokyo", 6, 22),
        ("Asia/Tokyo", 7, 6),
        ("America/New_York", 8, 23),
        ("America/New_York", 9, 1),
        ("Europe/Berlin", 9, 12),
    ]
    log = [
        played_at(datetime(2026, 1, day, hour, tzinfo=ZoneInfo(zone)), Settings(zone=zone))
        for zone, day, hour in stops
    ]
    assert standing(log, date(2026, 1, 9), settings=BERLIN).days == 5


def test_crossing_the_date_line_skips_no_day_that_could_be_lived():
    """Los Angeles to Auckland: the 6th is lost on the way, and nobody could stretch on it."""
    before = played_at(
        datetime(2026, 1, 5, 19, tzinfo=ZoneInfo("America/Los_Angeles")),
        Settings(zone="America/Los_Angeles"),
    )
    after = played_at(
        datetime(2026, 1, 7, 8, tzinfo=ZoneInfo("Pacific/Auckland")),
        Settings(zone="Pacific/Auckland"),
    )
    assert (before.day, after.day) == (date(2026, 1, 5), date(2026, 1, 7))
    assert standing([before, after], date(2026, 1, 7)).days == 2
    half_around = replace(after, offset_minutes=before.offset_minutes + 12 * 60)
    assert standing([before, half_around], date(2026, 1, 7)).days == 2, "half around is enough"
    not_quite = replace(after, offset_minutes=before.offset_minutes + 12 * 60 - 1)
    assert standing([before, not_quite], date(2026, 1, 7)).days == 1
    at_home = replace(after, offset_minutes=before.offset_minutes)
    assert standing([before, at_home], date(2026, 1, 7)).days == 1, "at home it is a missed day"


def test_a_flight_that_stays_on_one_side_of_the_date_line_skips_no_day():
    cairo = session(date(2026, 1, 5), offset_minutes=120)
    auckland = session(date(2026, 1, 7), offset_minutes=780)
    assert standing([cairo, auckland], date(2026, 1, 7)).days == 1


def test_flying_back_over_the_date_line_leaves_tomorrows_session_for_tomorrow():
    auckland = session(date(2026, 1, 8), offset_minutes=780)
    home = standing([session(date(2026, 1, 7)), auckland], date(2026, 1, 7))
    assert (home.days, home.week.done, home.later_sessions) == (1, 1, 1)
    assert standing([session(date(2026, 1, 7)), auckland], date(2026, 1, 8)).days == 2


def test_the_persons_zone_counts_and_not_the_servers():
    """At 16:00 UTC it is already the 6th in Auckland."""
    instant = datetime(2026, 1, 5, 16, 0, tzinfo=UTC)
    assert day_of(instant, Settings(zone="Pacific/Auckland")) == date(2026, 1, 6)
    assert day_of(instant, Settings(zone="UTC")) == date(2026, 1, 5)


def test_half_past_midnight_is_still_the_evening():
    night = datetime(2026, 1, 6, 0, 30, tzinfo=ZoneInfo("Europe/Berlin"))
    assert day_of(night, BERLIN) == date(2026, 1, 5)
    assert day_of(night, replace(BERLIN, day_start_hour=0)) == date(2026, 1, 6)


def test_weeks_run_from_monday_to_sunday_and_do_not_roll():
    """Three days in any seven are not a kept week."""
    across = [session(in_weeks(0, day)) for day in (5, 6, 7)]
    found = standing(across, in_weeks(1))
    assert [week.done for week in found.history] == [2, 1]
    assert found.weeks == 0


def test_a_session_entered_afterwards_mends_the_streak():
    """wger: back-dated sessions ignored by a counter that only goes forward."""
    log = weeks_of(MONDAY, 3, 2, 3)
    assert standing(log, in_weeks(3)).weeks == 1
    mended = [*log, replace(session(in_weeks(1, 5)), edited=True)]
    assert standing(mended, in_weeks(3)).weeks == 3


# -- what counts -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("seconds", "parts", "ending", "counts"),
    [
        (119.0, (), Ending.FINISHED, False),
        (120.0, (), Ending.ENDED, True),
        (40.0, (full_stretch(),), Ending.ENDED, True),
        (40.0, (replace(full_stretch(), complete=False),), Ending.ENDED, False),
        (5.0, (), Ending.HURT, True),
    ],
)
def test_a_day_counts_from_one_full_stretch_or_two_minutes(seconds, parts, ending, counts):
    one = session(MONDAY, seconds, parts=parts, ending=ending)
    assert standing([one], MONDAY).today_counts is counts


def test_short_sessions_of_a_day_add_up():
    log = [session(MONDAY, 50.0), session(MONDAY, 50.0), session(MONDAY, 20.0)]
    found = standing(log, MONDAY)
    assert found.today_counts
    assert found.today_seconds == 120
    assert found.week.done == 1


def test_a_duplicate_counts_once():
    one = session(MONDAY, 70.0)
    found = standing([one, one], MONDAY)
    assert found.today_seconds == 70
    assert not found.today_counts


def test_a_clock_set_back_loses_nothing_and_what_is_dated_later_waits():
    log = weeks_of(MONDAY, 3, 3)
    wrong = session(date(2031, 5, 5))
    found = standing([*log, wrong], in_weeks(2))
    assert (found.weeks, found.later_sessions) == (2, 1)
    assert any("dated later than this day" in one.why for one in explain(found, (), Settings()))
    a_year_back = standing(log, MONDAY - timedelta(days=365))
    assert (a_year_back.weeks, a_year_back.best_weeks) == (0, 2), "the best is never lost"


def test_a_row_from_the_end_of_time_is_harmless():
    found = standing([session(date(9999, 12, 31)), session(date(1, 1, 1))], MONDAY)
    assert (found.weeks, found.days) == (0, 0)
    assert standing([session(date(1, 1, 1))], MONDAY).best_days == 1


# -- calendars ---------------------------------------------------------------------------------


def test_a_leap_day_is_a_day_like_any_other():
    log = [session(date(2024, 2, 27) + timedelta(days=number)) for number in range(5)]
    assert [one.day.day for one in log] == [27, 28, 29, 1, 2]
    assert standing(log, date(2024, 3, 2)).days == 5


def test_the_last_day_of_a_leap_year_can_be_missed():
    log = [session(date(2024, 12, 30)), session(date(2025, 1, 1))]
    assert standing(log, date(2025, 1, 1)).days == 1
    assert standing([*log, session(date(2024, 12, 31))], date(2025, 1, 1)).days == 3


def test_new_years_day_is_in_the_week_that_the_old_year_began():
    log = [session(date(2026, 12, day)) for day in (28, 30, 31)]
    found = standing(log, date(2027, 1, 1))
    assert found.week.sunday == date(2027, 1, 3)
    assert (found.week.monday, found.week.done, found.weeks) == (date(2026, 12, 28), 3, 1)
    assert [day.day for day, _ in found.week_days] == [28, 30, 31]


def test_week_53_and_the_turn_of_the_year_are_one_week_each():
    log = weeks_of(date(2026, 12, 21), 3, 0, 3)
    log += [session(date(2026, 12, 30)), session(date(2027, 1, 1)), session(date(2027, 1, 3))]
    found = standing(log, date(2027, 1, 11))
    assert [(week.monday.isocalendar().week, week.done) for week in found.history[:3]] == [
        (52, 3),
        (53, 3),
        (1, 3),
    ]
    assert found.weeks == 3


# -- rest tokens -------------------------------------------------------------------------------


def test_four_kept_weeks_make_a_token_and_a_token_saves_one_week():
    log = weeks_of(MONDAY, 3, 3, 3, 3, 0, 3)
    found = standing(log, in_weeks(6))
    assert [week.state.value for week in found.history] == [
        "met", "met", "met", "met", "saved", "met", "open",
    ]  # fmt: skip
    assert found.weeks == 5, "a saved week never adds"
    assert found.tokens == 0


def test_there_are_two_tokens_at_most_and_a_third_missed_week_ends_it():
    log = weeks_of(MONDAY, *[3] * 20, 0, 0, 0)
    assert standing(log, in_weeks(20)).tokens == 2
    assert standing(log, in_weeks(22)).weeks == 20
    assert standing(log, in_weeks(23)).weeks == 0
    assert standing(log, in_weeks(23)).best_weeks == 20


def test_a_token_is_not_spent_on_a_week_that_is_not_over():
    log = weeks_of(MONDAY, 3, 3, 3, 3, 0)
    assert standing(log, in_weeks(4, 6)).tokens == 1
    assert standing(log, in_weeks(5)).tokens == 0


def test_the_next_token_is_told_in_words():
    assert tokens_words(standing([], MONDAY)) == "a rest token after 4 more weeks"
    one = standing(weeks_of(MONDAY, 3, 3, 3, 3, 3), in_weeks(5))
    assert tokens_words(one) == "1 rest token, one more after 3 more weeks"
    two = standing(weeks_of(MONDAY, *[3] * 9), in_weeks(9))
    assert tokens_words(two) == "2 rest tokens: each saves a week you miss"


# -- pauses ------------------------------------------------------------------------------------


def test_a_pause_neither_adds_nor_breaks_and_may_be_entered_afterwards():
    log = weeks_of(MONDAY, 3, 0, 0, 3)
    assert standing(log, in_weeks(4)).weeks == 1
    flu = Pause("p", in_weeks(1), in_weeks(2, 6), "flu")
    found = standing(log, in_weeks(4), pauses=(flu,))
    assert found.weeks == 2
    assert [week.state.value for week in found.history] == [
        "met",
        "paused",
        "paused",
        "met",
        "open",
    ]
    assert any("flu" in reason.why for reason in explain(found, (flu,), Settings()))


def test_a_pause_of_part_of_a_week_asks_for_part_of_the_goal():
    pause = Pause("p", in_weeks(1, 3), in_weeks(1, 6))
    log = weeks_of(MONDAY, 3, 1)
    found = standing(log, in_weeks(2), pauses=(pause,))
    assert (found.history[1].asked, found.weeks) == (1, 2)


def test_the_day_run_goes_on_after_paused_days():
    log = [session(in_weeks(0, 0)), session(in_weeks(0, 4))]
    pause = Pause("p", in_weeks(0, 1), in_weeks(0, 3))
    assert standing(log, in_weeks(0, 4), pauses=(pause,)).days == 2
    assert standing(log[:1], in_weeks(0, 3), pauses=(pause,)).days == 1


def test_a_pause_written_backwards_is_read_forwards():
    log = weeks_of(MONDAY, 3, 0, 3)
    pause = Pause("p", in_weeks(1, 6), in_weeks(1))
    assert standing(log, in_weeks(3), pauses=(pause,)).weeks == 2


# -- goals -------------------------------------------------------------------------------------


def test_a_higher_goal_in_a_kept_week_holds_from_the_next():
    log = weeks_of(MONDAY, 3, 3)
    now = standing(log, in_weeks(1, 4))
    written = goal_records(5, now, (), Settings())
    assert written == (Goal(ALWAYS, 3), Goal(in_weeks(2), 5))
    assert goal_records(3, now, (), Settings())[-1] == Goal(in_weeks(1), 3), "it is met as it is"
    open_week = standing(weeks_of(MONDAY, 3, 1), in_weeks(1, 4))
    assert goal_records(5, open_week, (), Settings())[-1] == Goal(in_weeks(1), 5)


def test_an_edited_config_file_asks_from_this_week_on():
    log = weeks_of(MONDAY, 3, 3, 1)
    book, today = ShortLog(log), in_weeks(2, 1)
    assert keep_config_goal(book, Settings(goal_days=3), in_weeks(0))
    assert not keep_config_goal(book, Settings(goal_days=3), today), "nothing new to write"
    assert keep_config_goal(book, Settings(goal_days=5), today)
    assert book.goals() == (Goal(ALWAYS, 3), Goal(in_weeks(2), 5))
    assert standing(log, today, book.goals(), settings=Settings(goal_days=5)).weeks == 2


def test_a_goal_from_another_machine_is_not_overruled_by_the_file_here():
    book = ShortLog(weeks_of(MONDAY, 4))
    book.dated = {ALWAYS: Goal(ALWAYS, 4)}
    assert keep_config_goal(book, Settings(goal_days=3), in_weeks(1))
    assert (book.goals(), book.known) == ((Goal(ALWAYS, 4),), 3)


def test_of_goals_changed_within_a_week_the_kindest_holds_until_its_end():
    harder = (Goal(MONDAY, 2), Goal(in_weeks(0, 6), 5))
    assert [goal_in_week(in_weeks(week), harder, 3) for week in (-1, 0, 1)] == [3, 2, 5]
    kinder = (Goal(MONDAY, 5), Goal(in_weeks(0, 6), 2))
    assert [goal_in_week(in_weeks(week), kinder, 3) for week in (-1, 0, 1)] == [3, 2, 2]
    next_week = (Goal(MONDAY, 5), Goal(in_weeks(1), 2))
    assert goal_in_week(MONDAY, next_week, 3) == 5


def test_a_goal_changed_twice_replaces_what_was_to_come():
    log = weeks_of(MONDAY, 3, 3)
    known = (Goal(MONDAY, 3), Goal(in_weeks(2), 5))
    written = goal_records(2, standing(log, in_weeks(1, 4), known), known, Settings())
    assert written == (Goal(in_weeks(1), 2), Goal(in_weeks(2), 2)), "each week is asked once"
    again = goal_records(6, standing(log, in_weeks(1, 4), known), known, Settings())
    assert again == (Goal(in_weeks(2), 6),), "one that begins that week is replaced"
    merged = tuple({goal.since: goal for goal in (*known, *written)}.values())
    assert goal_in_week(in_weeks(2), merged, 3) == 2
    assert goal_in_week(MONDAY, merged, 3) == 3


# -- due ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("done", "weekday", "due"),
    [
        (0, 3, False),  # Thursday, four days left
        (0, 4, True),  # Friday: all of the last three
        (0, 5, False),  # Saturday: out of reach, so nobody is called
        (2, 5, False),
        (2, 6, True),  # Sunday, one to go
        (3, 6, False),
        (1, 5, True),
    ],
)
def test_due_says_when_skipping_today_loses_the_week(done, weekday, due):
    assert standing(weeks_of(MONDAY, done), in_weeks(0, weekday)).due is due


def test_nothing_is_due_once_today_counts_or_is_paused():
    log = [*weeks_of(MONDAY, 1), session(in_weeks(0, 5))]
    assert not standing(log, in_weeks(0, 5)).due
    pause = Pause("p", in_weeks(0, 5), in_weeks(0, 5))
    assert not standing(weeks_of(MONDAY, 1), in_weeks(0, 5), pauses=(pause,)).due
    every_day = (Goal(MONDAY, 7),)
    lost = standing(weeks_of(MONDAY, 4), in_weeks(0, 5), every_day, (pause,))
    assert (lost.week.asked, lost.due) == (6, False), "a paused day can't mend what Friday lost"


# -- words -------------------------------------------------------------------------------------


def test_the_week_in_words():
    assert week_words(standing([], MONDAY)) == "0 of 3 days, until Sunday night"
    assert week_words(standing(weeks_of(MONDAY, 2), in_weeks(0, 6))) == "2 of 3 days, until tonight"
    assert week_words(standing(weeks_of(MONDAY, 3), in_weeks(0, 3))) == (
        "3 of 3 days, this week is kept"
    )
    assert week_words(standing(weeks_of(MONDAY, 5), in_weeks(0, 5))) == "5 days, this week is kept"
    pause = Pause("p", MONDAY, in_weeks(0, 6))
    assert week_words(standing([], MONDAY, pauses=(pause,))) == ("paused, nothing to do")


def test_the_header_is_short_and_hides_streaks_when_asked():
    found = standing(weeks_of(MONDAY, 3, 2), in_weeks(1, 4))
    assert header(found, Settings()) == ("this week ●●○", "1-week streak", "10 min")
    assert header(found, Settings(show_streak=False)) == ("this week 2 days", "10 min")
    assert weeks_words(0) == "no streak yet"


def test_the_end_of_a_session_says_what_it_changed():
    today = in_weeks(0, 2)
    before = standing(weeks_of(MONDAY, 2), today)
    after = standing(weeks_of(MONDAY, 3), today)
    assert step_words(before, after) == "This week is kept: 1-week streak."
    short = standing([*weeks_of(MONDAY, 2), session(today, 30.0)], today)
    assert step_words(before, short).startswith("Saved. One full stretch")


def test_the_explanation_holds_the_rows_that_make_the_number():
    log = weeks_of(MONDAY, 1, 0, 3, 3, 3, 3, 0, 2)
    found = standing(log, in_weeks(7, 4))
    rows = [one for one in explain(found, (), Settings()) if one.kind == "week"]
    assert [(row.state, row.streak, row.why) for row in rows] == [
        ("open", 4, "2 of 3 days so far, until Sunday night"),
        ("saved", 4, "0 of 3 days: a rest token saved it"),
        ("met", 4, "3 of 3 days: kept, and a rest token earned"),
        ("met", 3, "3 of 3 days: kept"),
        ("met", 2, "3 of 3 days: kept"),
        ("met", 1, "3 of 3 days: kept"),
        ("missed", 0, "0 of 3 days: missed, so a new streak starts after it"),
    ]
