"""What can be typed about a routine: its name, what it is for, its rest, a note on a step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from stretch_tui.core.content.routine import MOST_REST, Routine
from stretch_tui.core.text import NOTE_LIMIT, clean_text
from stretch_tui.ui.dialogs.form import Field, Form
from stretch_tui.ui.marks import Marks

MOST_TAGS, TAG_LIMIT = 20, 60
NAME_LIMIT, ABOUT_LIMIT, TAGS_LIMIT = 60, 400, 200

Typed = Mapping[str, str]


def about_form(marks: Marks, routine: Routine) -> Form[Routine]:
    """Name, words and tags of a routine."""

    def read(typed: Typed) -> Routine:
        tags = clean_text(typed["tags"], TAGS_LIMIT).split(",")
        found = dict.fromkeys(tag.strip()[:TAG_LIMIT] for tag in tags if tag.strip())
        about = clean_text(typed["about"], ABOUT_LIMIT)
        return replace(routine, name=_name(typed), about=about, tags=tuple(found)[:MOST_TAGS])

    fields = (
        Field("name", "Name", routine.name, limit=NAME_LIMIT),
        Field("about", "What for", routine.about, limit=ABOUT_LIMIT),
        Field("tags", "Tags", ", ".join(routine.tags), "desk, morning", limit=TAGS_LIMIT),
    )
    return Form(marks, "Name, words, tags", fields, read)


def name_form(marks: Marks, title: str, name: str) -> Form[str]:
    """A name alone."""
    return Form(marks, title, (Field("name", "Name", name, limit=NAME_LIMIT),), _name)


def rest_form(marks: Marks, routine: Routine, usual: int) -> Form[Routine]:
    """The rest between stretches; `usual` is what the settings say."""

    def read(typed: Typed) -> Routine:
        words = typed["rest"].removesuffix("s").strip()
        if not words:
            return replace(routine, rest_seconds=None)
        if words.isdecimal() and int(words) <= MOST_REST:
            return replace(routine, rest_seconds=int(words))
        raise ValueError(f"The rest is a number from 0 to {MOST_REST}.")

    rest = "" if routine.rest_seconds is None else str(routine.rest_seconds)
    hint = f"0 to {MOST_REST}; empty: your setting, {usual}"
    return Form(marks, "Rest between stretches", (Field("rest", "Seconds", rest, hint, 5),), read)


def note_form(marks: Marks, note: str) -> Form[str]:
    """The note on a step."""
    fields = (Field("note", "Note", note, "shown while it is played", NOTE_LIMIT),)
    return Form(
        marks, "Note on the step", fields, lambda typed: clean_text(typed["note"], NOTE_LIMIT)
    )


def _name(typed: Typed) -> str:
    name = clean_text(typed["name"], NAME_LIMIT)
    if not name:
        raise ValueError("It needs a name.")
    return name
