"""What the builder asks of the person and of the app about a routine as a whole."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from stretch_tui.core.content.routine import MOST_REST, Routine, RoutineStore
from stretch_tui.core.errors import StoreError
from stretch_tui.core.log.logbook import Logbook
from stretch_tui.ui.dialogs.asking import Question
from stretch_tui.ui.messages import Remember

MOST_TAGS, TAG_LIMIT = 20, 60


def name_questions(routine: Routine) -> list[Question]:
    """Name, words and tags, as they are."""
    return [
        ("name", routine.name, 60),
        ("what it is for", routine.about, 400),
        ("tags, with commas between", ", ".join(routine.tags), 200),
    ]


def named(routine: Routine, answer: Sequence[str]) -> Routine | None:
    """The routine with the answers to `name_questions`; None without a name."""
    name, about, tags = answer
    found = dict.fromkeys(tag.strip()[:TAG_LIMIT] for tag in tags.split(",") if tag.strip())
    return replace(routine, name=name, about=about, tags=tuple(found)[:MOST_TAGS]) if name else None


def rest_question(routine: Routine, usual: int) -> Question:
    """The rest between stretches, as it is."""
    rest = routine.rest_seconds
    asked = f"seconds, 0 to {MOST_REST}; empty for your setting, {usual} s"
    return (asked, "" if rest is None else str(rest), 5)


def rested(routine: Routine, answer: Sequence[str]) -> Routine | None:
    """The routine with that rest; None when the answer is no number of seconds."""
    words = answer[0].removesuffix("s").strip()
    if not words:
        return replace(routine, rest_seconds=None)
    if words.isdecimal() and int(words) <= MOST_REST:
        return replace(routine, rest_seconds=int(words))
    return None


def save_request(store: RoutineStore, routine: Routine, told: Callable[[Routine], str]) -> Remember:
    """Write the routine off the event loop; `told` is called there once it is on disk."""

    def write(log: Logbook) -> str:
        del log
        return told(store.save(replace(routine, own=True)))

    return Remember(write)


def delete_request(store: RoutineStore, routine: Routine) -> Remember:
    """Set the routine's file aside; undo brings it back."""

    def take_back() -> str:
        try:
            store.restore(routine.id)
        except StoreError as problem:  # trying again would not help
            return str(problem)
        return f"{routine.name} is back"

    def write(log: Logbook) -> str:
        del log
        if routine.id not in store.all():
            return f"{routine.name} was gone already"
        store.delete(routine.id)
        return f"{routine.name} is deleted; u brings it back"

    return Remember(write, take_back=take_back)
