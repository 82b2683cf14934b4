"""Which day an instant belongs to: calendar days that begin at an hour, in a named zone.

Days are compared as dates and counted by dates; nothing here ever divides seconds by the length
of a day, because days of 23 and 25 hours exist.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # a shell prompt asks for the day: nothing is imported that it can do without
    from stretch_tui.core.settings import Settings

WEEK = timedelta(days=7)
ONE_DAY = timedelta(days=1)
DAY_NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTH_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@lru_cache(maxsize=8)
def zone_named(name: str) -> tzinfo | None:
    """The IANA zone of that name; None, which means the machine's, when empty or unknown here."""
    if not name:
        return None
    from zoneinfo import ZoneInfo  # noqa: PLC0415 - costs a prompt that needs none

    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # unknown, no path at all, or a folder's name
        return None


def local(instant: datetime, settings: Settings) -> datetime:
    """The aware instant on the user's wall clock."""
    return instant.astimezone(zone_named(settings.zone))


def day_of(instant: datetime, settings: Settings) -> date:
    """The day the aware instant belongs to: before the day's first hour it is still yesterday.

    Computed on the wall clock, so that both changes of the clocks leave it alone.
    """
    wall = local(instant, settings)
    day = wall.date()
    return day - ONE_DAY if wall.hour < settings.day_start_hour else day


def today(now: datetime, settings: Settings) -> date:
    """The day that the aware instant `now` is in; a word that reads better than `day_of(now)`."""
    return day_of(now, settings)


def offset_minutes(instant: datetime, settings: Settings) -> int:
    """Minutes that the user's clock is ahead of UTC at the aware instant."""
    ahead = local(instant, settings).utcoffset() or timedelta()
    return round(ahead.total_seconds() / 60)


def instant_on(day: date, now: datetime, settings: Settings) -> datetime:
    """An instant in UTC that belongs to the day, for time entered afterwards.

    Now itself when the day is still on; noon of a past day, which no change of clocks touches.
    """
    if day_of(now, settings) == day:
        return now
    zone = zone_named(settings.zone)
    noon = datetime(day.year, day.month, day.day, max(12, settings.day_start_hour))  # noqa: DTZ001
    aware = noon.replace(tzinfo=zone) if zone is not None else noon.astimezone()
    return aware.astimezone(UTC)


def monday_of(day: date) -> date:
    """The Monday that begins the day's week."""
    return day - timedelta(days=day.weekday())


def week_name(day: date) -> str:
    """The ISO name of the day's week: `2026-W53`, which can be of another year than the day."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def short_day(day: date, today: date | None = None) -> str:
    """A day in words: `Tue 3 Mar`, with the year when it is not this one."""
    words = f"{DAY_NAMES[day.weekday()]} {day.day} {MONTH_NAMES[day.month - 1]}"
    return words if today is None or day.year == today.year else f"{words} {day.year}"


def span(first: date, last: date, today: date | None = None) -> str:
    """A range of days in words: `2-8 Mar`, `30 Mar - 5 Apr`."""
    month = MONTH_NAMES[last.month - 1]
    year = "" if today is None or last.year == today.year else f" {last.year}"
    if (first.year, first.month) == (last.year, last.month):
        days = str(last.day) if first == last else f"{first.day}-{last.day}"
        return f"{days} {month}{year}"
    start = f"{first.day} {MONTH_NAMES[first.month - 1]}"
    start += f" {first.year}" if year and first.year != last.year else ""
    return f"{start} - {last.day} {month}{year}"
