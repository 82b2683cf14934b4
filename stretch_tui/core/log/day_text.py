"""Days as people type them: in a shell, in a form."""

from __future__ import annotations

from datetime import date, timedelta

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MOST_YEARS = 100


def parse_day(text: str, today: date) -> date:
    """The day meant by `2026-03-01`, `today`, `yesterday`, or a weekday, which is the last one.

    Raises ValueError with words for a person.
    """
    word = text.strip().lower()
    if word in ("yesterday", "today", "tomorrow"):
        return today + timedelta(days=("yesterday", "today", "tomorrow").index(word) - 1)
    matches = [number for number, name in enumerate(WEEKDAYS) if name.startswith(word)]
    if len(word) >= 3 and len(matches) == 1:
        return today - timedelta(days=(today.weekday() - matches[0]) % 7)
    try:
        day = date.fromisoformat(word)
    except ValueError:
        shown = text.strip()[:30]
        raise ValueError(
            f"{shown!r} is not a day: write 2026-03-01, today, yesterday or Monday"
        ) from None
    if abs(day.year - today.year) > MOST_YEARS:
        raise ValueError(f"{word!r} is more than a hundred years away")
    return day


def parse_range(text: str, today: date) -> tuple[date, date]:
    """The first and the last day of FROM..TO; a single day is a range of its own.

    Raises ValueError with words for a person.
    """
    begin, dots, end = text.partition("..")
    first = parse_day(begin, today)
    last = parse_day(end, today) if dots else first
    if last < first:
        raise ValueError(f"{text.strip()[:40]!r} ends before it begins")
    return first, last
