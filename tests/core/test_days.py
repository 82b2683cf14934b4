"""Days: where they begin, in which zone, what they are called."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from stretch_tui.core.log.day_text import parse_day, parse_range
from stretch_tui.core.log.days import (
    WEEK,
    day_of,
    instant_on,
    monday_of,
    offset_minutes,
    short_day,
    span,
    week_name,
    zone_named,
)
from stretch_tui.core.settings import Settings


def test_the_machines_zone_is_taken_when_none_is_named(monkeypatch):
    import time

    instant = datetime(2026, 1, 5, 20, 0, tzinfo=UTC)
    for zone, day in (("Pacific/Auckland", 6), ("UTC", 5)):
        monkeypatch.setenv("TZ", zone)
        time.tzset()
        assert day_of(instant, Settings()) == date(2026, 1, day)
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize("name", ["", "Nowhere/Atall", "../../etc/passwd", "Europe", "\0"])
def test_a_zone_that_is_not_there_is_the_machines(name):
    assert zone_named(name) is None


def test_offsets_are_those_of_the_instant_and_not_of_the_season():
    berlin = Settings(zone="Europe/Berlin")
    assert offset_minutes(datetime(2026, 1, 5, tzinfo=UTC), berlin) == 60
    assert offset_minutes(datetime(2026, 7, 5, tzinfo=UTC), berlin) == 120
    assert offset_minutes(datetime(2026, 7, 5, tzinfo=UTC), Settings(zone="Asia/Kolkata")) == 330


@pytest.mark.parametrize("zone", ["UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kolkata"])
def test_time_entered_afterwards_lies_on_its_day(zone):
    settings = Settings(zone=zone, day_start_hour=5)
    now = datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    today = day_of(now, settings)
    assert instant_on(today, now, settings) == now
    for back in range(1, 400):
        day = today - timedelta(days=back)
        assert day_of(instant_on(day, now, settings), settings) == day


@pytest.mark.parametrize(("hour", "day"), [(0, 4), (3, 4), (4, 5), (23, 5)])
def test_a_day_begins_at_its_hour_and_until_then_it_is_yesterday(hour: int, day: int):
    instant = datetime(2026, 1, 5, hour, tzinfo=UTC)
    assert day_of(instant, Settings(zone="UTC", day_start_hour=4)) == date(2026, 1, day)


def test_a_week_begins_on_its_monday():
    for number in range(7):
        assert monday_of(date(2026, 3, 2) + timedelta(days=number)) == date(2026, 3, 2)
    assert date(2026, 3, 2) + WEEK == date(2026, 3, 9)


def test_the_names_of_weeks_at_the_turn_of_the_year():
    assert week_name(date(2027, 1, 1)) == "2026-W53"
    assert week_name(date(2024, 12, 30)) == "2025-W01"


def test_days_and_ranges_in_words():
    today = date(2026, 3, 4)
    assert short_day(date(2026, 3, 3), today) == "Tue 3 Mar"
    assert short_day(date(2025, 3, 3), today) == "Mon 3 Mar 2025"
    assert span(date(2026, 3, 2), date(2026, 3, 8), today) == "2-8 Mar"
    assert span(date(2026, 3, 2), date(2026, 3, 2), today) == "2 Mar"
    assert span(date(2026, 3, 30), date(2026, 4, 5), today) == "30 Mar - 5 Apr"
    assert span(date(2024, 12, 30), date(2025, 1, 5), today) == "30 Dec 2024 - 5 Jan 2025"
    assert span(date(2025, 3, 30), date(2025, 4, 5), today) == "30 Mar - 5 Apr 2025"
    assert span(date(2025, 12, 30), date(2026, 1, 5)) == "30 Dec - 5 Jan"


WEDNESDAY = date(2026, 3, 4)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("today", WEDNESDAY),
        (" Yesterday ", date(2026, 3, 3)),
        ("Monday", date(2026, 3, 2)),
        ("wed", WEDNESDAY),
        ("thu", date(2026, 2, 26)),
        ("2026-01-31", date(2026, 1, 31)),
    ],
)
def test_days_as_people_type_them(text, day):
    assert parse_day(text, WEDNESDAY) == day


@pytest.mark.parametrize("text", ["", "t", "soon", "2026-02-30", "31.1.2026", "1700-01-01"])
def test_what_is_no_day_is_said_in_words(text):
    with pytest.raises(ValueError, match=r"is not a day|hundred years"):
        parse_day(text, WEDNESDAY)


def test_ranges():
    assert parse_range("mon..today", WEDNESDAY) == (date(2026, 3, 2), WEDNESDAY)
    assert parse_range("today", WEDNESDAY) == (WEDNESDAY, WEDNESDAY)
    with pytest.raises(ValueError, match="ends before it begins"):
        parse_range("today..mon", WEDNESDAY)
