"""Where the user lives: zones by city, and when there is something to ask."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest

from stretch_tui.core.log import zones
from stretch_tui.core.log.zones import counted_words, on_utc_unasked, zone_called, zone_words
from stretch_tui.core.settings import Settings

WINTER = datetime(2026, 1, 5, 20, 0, tzinfo=UTC)


@pytest.fixture
def machine(monkeypatch):
    """Sets the zone of the machine for as long as the test lasts."""

    def set_zone(name: str) -> None:
        monkeypatch.setenv("TZ", name)
        time.tzset()

    yield set_zone
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(
    ("machine_zone", "setting", "asks"),
    [
        ("UTC", "", True),
        ("UTC", "UTC", False),
        ("UTC", "Europe/Berlin", False),
        ("UTC", "Nowhere/Atall", True),
        ("Europe/London", "", False),
        ("Asia/Kolkata", "", False),
    ],
)
def test_only_who_has_not_said_anything_on_utc_is_asked(machine, machine_zone, setting, asks):
    machine(machine_zone)
    assert on_utc_unasked(WINTER, Settings(zone=setting)) is asks


def test_the_clock_that_days_are_counted_by_is_told(machine):
    machine("UTC")
    assert counted_words(WINTER, Settings(zone="Asia/Tokyo")) == (
        "Days are counted in Asia/Tokyo: it is Tue 05:00"
    )
    assert counted_words(WINTER, Settings()) == (
        "Days are counted in this machine's time zone, UTC: it is Mon 20:00"
    )


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Berlin", "Europe/Berlin"),
        ("new york", "America/New_York"),
        ("EUROPE/BERLIN", "Europe/Berlin"),
        ("Buenos_Aires", "America/Argentina/Buenos_Aires"),
        (" utc ", "UTC"),
    ],
)
def test_zones_are_found_by_city(text, name):
    assert zone_called(text) == name


def test_what_is_no_zone_is_said_in_words(monkeypatch):
    with pytest.raises(ValueError, match="did you mean Europe/Berlin"):
        zone_called("Berln")
    with pytest.raises(ValueError, match="say a city"):
        zone_called("\N{SNOWMAN}" * 80)
    monkeypatch.setattr(zones, "available_timezones", set)
    with pytest.raises(ValueError, match="tzdata"):
        zone_called("Berlin")


def test_the_city_comes_first():
    names = zones.zone_names()
    assert names[0] == "UTC"
    assert len(names) > 300
    assert not [name for name in names if name.startswith(("Etc/", "US/", "posix"))]
    assert zone_words("America/New_York") == "New York, America"
    assert [zone_words(name) for name in names[1:]] == sorted(map(zone_words, names[1:]))
