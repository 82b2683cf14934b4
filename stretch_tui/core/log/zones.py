"""Where the user lives, as far as days are concerned: zones by city, and whether to ask."""

from __future__ import annotations

from datetime import datetime, timedelta
from difflib import get_close_matches
from zoneinfo import available_timezones

from stretch_tui.core.log.days import DAY_NAMES, local, zone_named
from stretch_tui.core.settings import Settings

AREAS = (
    "Africa",
    "America",
    "Antarctica",
    "Arctic",
    "Asia",
    "Atlantic",
    "Australia",
    "Europe",
    "Indian",
    "Pacific",
)
"""Beginnings of the names that stand for places; the others are abbreviations and aliases."""
UTC_NAME = "UTC"
HALF_A_YEAR = timedelta(days=183)
NO_ZONES = "This machine has no list of time zones: the package tzdata brings one."


def on_utc_unasked(now: datetime, settings: Settings) -> bool:
    """Whether days are counted in UTC only because nobody has said where the user lives.

    Servers often run on UTC, and ssh forwards no zone. A place that is on UTC for half of the
    year, like London, has a zone.
    """
    if zone_named(settings.zone) is not None:
        return False
    ahead = [local(at, settings).utcoffset() for at in (now, now + HALF_A_YEAR)]
    return not any(ahead)


def counted_words(now: datetime, settings: Settings) -> str:
    """By which clock days are counted: `Days are counted in Europe/Berlin: it is Tue 10:30`."""
    wall = local(now, settings)
    where = settings.zone or f"this machine's time zone, {wall.tzname()}"
    return f"Days are counted in {where}: it is {DAY_NAMES[wall.weekday()]} {wall:%H:%M}"


def zone_names() -> tuple[str, ...]:
    """The zones this machine knows, UTC first, then by city; empty where it has no list."""
    places = [name for name in available_timezones() if name.partition("/")[0] in AREAS]
    return (UTC_NAME, *sorted(places, key=zone_words)) if places else ()


def zone_words(name: str) -> str:
    """A zone with its city in front: `New York, America`."""
    area, _, city = name.replace("_", " ").partition("/")
    return f"{city}, {area}" if city else name


def zone_called(text: str) -> str:
    """The zone that is meant by a name or a city, in any spelling of case, space and underscore.

    Raises ValueError with words for a person.
    """
    names = zone_names()
    if not names:
        raise ValueError(NO_ZONES)
    wanted = _plain(text)
    known = {_plain(name): name for name in names}
    cities = {_plain(name.rpartition("/")[2]): name for name in reversed(names)}
    found = known.get(wanted) or cities.get(wanted)
    if found is not None:
        return found
    near = get_close_matches(wanted, [*cities, *known], 1)
    hint = (
        f"did you mean {(cities | known)[near[0]]}?"
        if near
        else "say a city, or a name like Europe/Berlin"
    )
    raise ValueError(f"there is no time zone {text.strip()[:40]!r}; {hint}")


def _plain(text: str) -> str:
    return text.strip().casefold().replace("_", " ").replace("-", " ")
