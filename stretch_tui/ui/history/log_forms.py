"""What can be typed about the log: a session done elsewhere, a correction, a pause."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from difflib import get_close_matches
from uuid import uuid4

from stretch_tui.core.content.catalog import Catalog
from stretch_tui.core.content.routine import Routine
from stretch_tui.core.log.day_text import parse_day
from stretch_tui.core.log.logbook import Pause, Session
from stretch_tui.core.session.expansion import expand
from stretch_tui.core.session.log_entry import MOST_MINUTES, changed, entered
from stretch_tui.core.settings import Settings
from stretch_tui.core.text import NAME_LIMIT, clean_text
from stretch_tui.ui.dialogs.form import Field, Form
from stretch_tui.ui.marks import Marks

Typed = Mapping[str, str]
FEEL_HINT = "0 not sore, 9 very sore; empty to skip"
MINUTES_HINT = "of stretching, rests aside: 6 or 2:30"


def entry_form(
    marks: Marks,
    catalog: Catalog,
    settings: Settings,
    now: datetime,
    today: date,
) -> Form[Session]:
    """A form for a session that was done without the app."""

    def read(typed: Typed) -> Session:
        return _read_entry(typed, catalog, settings, now, today)

    fields = (
        Field("what", "What", hint="a routine or a stretch; empty for minutes alone"),
        Field("minutes", "Minutes", hint="of stretching; empty: all the routine has"),
        Field("day", "Day", hint="today; or yesterday, Monday, 2026-03-01"),
        Field("before", "Felt before", hint=FEEL_HINT),
        Field("after", "Felt after", hint=FEEL_HINT),
        Field("note", "Note"),
    )
    about = "It counts like any other, and is marked as entered afterwards."
    return Form(marks, "A session done elsewhere", fields, read, about=about)


def _read_entry(
    typed: Typed, catalog: Catalog, settings: Settings, now: datetime, today: date
) -> Session:
    day = _past_day(typed["day"] or "today", today)
    routine = _routine(typed["what"], catalog)
    minutes = _minutes(typed["minutes"]) if typed["minutes"] else None
    if routine is None and minutes is None:
        raise ValueError("Say what was done, or how many minutes it took.")
    timeline = expand(routine, catalog.stretches, settings) if routine is not None else None
    return entered(
        uuid4().hex,
        day,
        now,
        settings,
        routine=routine.id if routine is not None else "",
        title=routine.name if routine is not None else "",
        timeline=timeline,
        seconds=None if minutes is None else minutes * 60,
        feel=(_feel(typed["before"]), _feel(typed["after"])),
        note=typed["note"],
    )


def edit_form(
    marks: Marks, session: Session, settings: Settings, now: datetime, today: date
) -> Form[Session]:
    """A form that corrects a session; the streak is worked out anew."""

    def read(typed: Typed) -> Session:
        minutes = _minutes(typed["minutes"])
        same = typed["minutes"] == _minutes_text(session.seconds)
        return changed(
            session,
            now,
            settings,
            day=_past_day(typed["day"], max(today, session.day), today),
            seconds=session.seconds if same else minutes * 60,
            feel=(_feel(typed["before"]), _feel(typed["after"])),
            note=typed["note"],
        )

    fields = (
        Field("minutes", "Minutes", _minutes_text(session.seconds), MINUTES_HINT),
        Field("day", "Day", session.day.isoformat(), "2026-03-01, yesterday, Monday"),
        Field("before", "Felt before", _feel_text(session.feel_before), FEEL_HINT),
        Field("after", "Felt after", _feel_text(session.feel_after), FEEL_HINT),
        Field("note", "Note", session.note),
    )
    return Form(
        marks, f"Correct {session.title}", fields, read, about="Marked as edited; u undoes."
    )


def pause_form(marks: Marks, today: date) -> Form[Pause]:
    """A form for a pause, which may lie in the past."""

    def read(typed: Typed) -> Pause:
        first = parse_day(typed["first"] or "today", today)
        last = parse_day(typed["last"], today) if typed["last"] else first
        if last < first:
            raise ValueError("The last day is before the first.")
        return Pause(uuid4().hex, first, last, clean_text(typed["reason"], NAME_LIMIT))

    fields = (
        Field("first", "First day", hint="today; or yesterday, Monday, 2026-03-01"),
        Field("last", "Last day", hint="empty: that day alone"),
        Field("reason", "Reason", hint="travel, a cold; may stay empty"),
    )
    about = "Paused days ask nothing and break nothing. A pause may be entered afterwards."
    return Form(marks, "A pause", fields, read, about=about)


def _routine(text: str, catalog: Catalog) -> Routine | None:
    """The routine or stretch that is meant, by id or by name; None for an empty text."""
    if not text:
        return None
    names = {one.name.lower(): item for item, one in catalog.stretches.items()}
    names |= {one.name.lower(): item for item, one in catalog.routines.items()}
    item = names.get(text.lower(), text.lower().replace(" ", "-"))
    found = catalog.routine_for(item) or catalog.routine_for(text)
    if found is not None:
        return found
    near = get_close_matches(text.lower(), names, 1)
    hint = f"Did you mean {near[0]}?" if near else "Leave it empty and say the minutes."
    raise ValueError(f"Nothing is called {clean_text(text, 40)!r}. {hint}")


def _past_day(text: str, latest: date, today: date | None = None) -> date:
    day = parse_day(text, today or latest)
    if day > latest:
        raise ValueError(f"{day} has not come yet.")
    return day


def _minutes(text: str) -> float:
    whole, colon, seconds = text.partition(":")
    try:
        minutes = float(whole.replace(",", "."))
        if colon:
            minutes += (
                int(seconds) / 60 if len(seconds) == 2 and int(seconds) < 60 else float("nan")
            )
    except ValueError:
        minutes = 0.0
    if not 0 < minutes <= MOST_MINUTES:
        raise ValueError("Minutes are 6, 2.5 or 2:30: from 0:01 to 1440.")
    return minutes


def _minutes_text(seconds: float) -> str:
    """Minutes as they stand in the form: `6`, `2:23`."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02}" if rest else f"{minutes}"


def _feel(text: str) -> int | None:
    if text and text not in tuple("0123456789"):
        raise ValueError("How it felt is a number from 0 (not sore) to 9 (very sore), or empty.")
    return int(text) if text else None


def _feel_text(value: int | None) -> str:
    return "" if value is None else str(value)
