"""Laws of the streak, for any log, goals, pauses, zones and clocks."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from log_world import ShortLog, days, goals, habits, pauses, played_at, sessions, standing

from stretch_tui.core.log.days import WEEK, day_of, monday_of
from stretch_tui.core.log.explain import explain
from stretch_tui.core.log.goal_changes import goal_records, keep_config_goal
from stretch_tui.core.log.logbook import Ending, Goal
from stretch_tui.core.log.streak import MOST_TOKENS, WeekState
from stretch_tui.core.log.tally import mark, tally
from stretch_tui.core.settings import Settings

SETTINGS = Settings(zone="UTC")
ZONES = (
    "UTC",
    "America/New_York",
    "Europe/Berlin",
    "Australia/Lord_Howe",
    "Pacific/Auckland",
    "Pacific/Kiritimati",
    "Pacific/Pago_Pago",
    "Asia/Kolkata",
    "America/St_Johns",
)
instants = st.integers(0, 20 * 366 * 24 * 60).map(
    lambda minutes: datetime(2011, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
logs = st.one_of(habits(), st.lists(sessions(), max_size=30))
few = hypothesis_settings(max_examples=50, deadline=None)


def past(streak):
    """What became of the weeks that are over."""
    return [week for week in streak.history if week.monday < monday_of(streak.at)]


@few
@given(logs, sessions(), days, goals, st.lists(pauses(), max_size=2))
def test_an_added_session_never_shortens_anything(log, more, today, goal_list, pause_list):
    before = standing(log, today, goal_list, tuple(pause_list))
    after = standing([*log, more], today, goal_list, tuple(pause_list))
    assert after.weeks >= before.weeks
    assert after.days >= before.days
    assert after.best_weeks >= before.best_weeks
    assert after.best_days >= before.best_days
    assert after.week.credit >= before.week.credit
    assert after.week_seconds >= before.week_seconds


@few
@given(logs, days, goals, st.lists(pauses(), max_size=2), pauses())
def test_an_added_pause_never_shortens_the_streak(log, today, goal_list, pause_list, more):
    before = standing(log, today, goal_list, tuple(pause_list))
    after = standing(log, today, goal_list, (*pause_list, more))
    assert after.weeks >= before.weeks
    assert after.days >= before.days
    assert after.best_weeks >= before.best_weeks


@few
@given(logs, days, goals, st.integers(1, 7))
def test_changing_the_goal_today_never_rewrites_a_past_week(log, today, goal_list, wanted):
    known = tuple(goal for goal in goal_list if goal.since <= today)
    before = standing(log, today, known)
    plain = standing(log, today, (*known, Goal(today, wanted)))
    assert past(plain) == past(before)
    written = goal_records(wanted, before, known, SETTINGS)
    after = standing(log, today, tuple(sorted((*known, *written), key=lambda goal: goal.since)))
    assert past(after) == past(before)
    assert after.weeks >= before.weeks, "a new goal takes back no week that was kept"
    later = standing(log, today + 2 * WEEK, (*known, *written))
    assert later.week.goal == wanted


@few
@given(
    logs,
    days,
    st.lists(st.tuples(st.integers(0, 20), st.integers(1, 7)), min_size=1, max_size=4),
    sessions(),
)
def test_editing_the_goal_in_the_config_file_never_rewrites_a_past_week(log, today, edits, late):
    book, goal_days = ShortLog(log), 3
    keep_config_goal(book, Settings(goal_days=goal_days), today)
    for later, edited in edits:
        today += timedelta(days=later)
        before = standing(log, today, book.goals(), settings=Settings(goal_days=goal_days))
        goal_days = edited
        keep_config_goal(book, Settings(goal_days=goal_days), today)
        after = standing(log, today, book.goals(), settings=Settings(goal_days=goal_days))
        assert past(after) == past(before)
        assert after.weeks >= before.weeks, "a new goal takes back no week that was kept"
        next_week = standing(
            log, today + WEEK, book.goals(), settings=Settings(goal_days=goal_days)
        )
        assert next_week.week.goal == goal_days
    if log:
        first = [replace(late, day=min(one.day for one in log) - WEEK), *log]
        in_other_files = {
            standing(first, today, book.goals(), settings=Settings(goal_days=other)).history
            for other in range(1, 8)
        }
        assert len(in_other_files) == 1, "nor one that was entered before the first session"


@few
@given(logs, days, goals, st.randoms())
def test_merging_in_any_order_and_any_number_of_times_gives_the_same(log, today, goal_list, dice):
    shuffled = [*log, *log[: len(log) // 2]]
    dice.shuffle(shuffled)
    assert standing(shuffled, today, goal_list) == standing(log, today, goal_list)


@few
@given(logs, days, st.sampled_from(ZONES), st.integers(0, 12))
def test_shifting_the_zone_or_the_hour_never_rewrites_old_days(log, today, zone, hour):
    moved = Settings(zone=zone, day_start_hour=hour)
    assert standing(log, today, settings=moved) == standing(log, today)


@few
@given(logs, days)
def test_a_day_not_yet_over_breaks_nothing(log, today):
    done = [one for one in log if one.day < today]
    evening = standing(done, today - timedelta(days=1))
    morning = standing(done, today)
    yesterday_counted = evening.today_counts
    if yesterday_counted:
        assert morning.days == evening.days
    if today.weekday():
        assert morning.weeks == evening.weeks


@few
@given(logs, days, sessions())
def test_what_is_dated_later_changes_nothing_today(log, today, more):
    later = replace(more, day=today + timedelta(days=1))
    before, after = standing(log, today), standing([*log, later], today)
    assert (after.weeks, after.days, after.history) == (before.weeks, before.days, before.history)
    assert after.later_sessions == before.later_sessions + 1


@few
@given(logs, days, goals, st.lists(pauses(), max_size=2))
def test_the_numbers_fit_each_other_and_every_week_has_its_reason(
    log, today, goal_list, pause_list
):
    found = standing(log, today, goal_list, tuple(pause_list))
    assert 0 <= found.tokens <= MOST_TOKENS
    assert found.best_weeks >= found.weeks
    assert found.best_days >= found.days
    assert found.history[-1].monday == monday_of(today)
    mondays = [week.monday for week in found.history]
    assert mondays == sorted(set(mondays))
    for week in found.history[:-1]:
        assert week.state is not WeekState.OPEN
        assert 0 <= week.done <= 7
        assert week.asked <= week.goal
    reasons = explain(found, tuple(pause_list), SETTINGS)
    assert all(reason.why for reason in reasons)
    kept = [one for one in reasons if one.kind == "week" and one.state == "met"]
    assert len(kept) >= found.weeks


@few
@given(logs, days, days)
def test_a_session_stopped_because_it_hurt_keeps_its_day(log, today, day):
    hurt = replace(played_at(datetime(2024, 1, 1, tzinfo=UTC), SETTINGS, 5.0), day=day)
    hurt = replace(hurt, ending=Ending.HURT, uid="hurt")
    assert tally([mark(hurt)])[day].counts
    assert standing([*log, hurt], today).weeks >= standing(log, today).weeks


@few
@given(
    instants,
    st.sampled_from(ZONES),
    st.integers(0, 12),
)
def test_a_day_is_the_walls_date_or_the_one_before(instant, zone, hour):
    settings = Settings(zone=zone, day_start_hour=hour)
    wall = instant.astimezone(ZoneInfo(zone))
    day = day_of(instant, settings)
    assert day in (wall.date(), wall.date() - timedelta(days=1))
    assert (day == wall.date()) == (wall.hour >= hour)


@few
@given(
    instants,
    st.sampled_from(ZONES),
)
def test_one_session_a_day_is_one_long_run_whatever_the_clocks_do(instant, zone):
    settings = Settings(zone=zone)
    here = ZoneInfo(zone)
    wall = instant.astimezone(here)
    log = []
    for number in range(30):
        day = wall.date() + timedelta(days=number)
        evening = datetime(day.year, day.month, day.day, 21, 15, tzinfo=here)
        log.append(played_at(evening, settings))
    assert standing(log, log[-1].day, settings=settings).days == 30


def test_only_the_hop_that_skips_a_day_is_forgiven():
    west = [date(2024, 1, number) for number in range(1, 31, 2)]
    log = []
    for number, day in enumerate(west):
        one = played_at(datetime(day.year, day.month, day.day, 12, tzinfo=UTC), SETTINGS)
        log.append(replace(one, offset_minutes=-480 if number % 2 == 0 else 780))
    assert standing(log, west[-1]).best_days == 2
