"""A stretch of the first screen joins a routine: one of the user's own, the draft, or a new one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from textual.app import App

from stretch_tui.core.content.routine import Routine, RoutineStore, Step
from stretch_tui.core.errors import StoreError
from stretch_tui.core.log.logbook import Logbook
from stretch_tui.ui import messages
from stretch_tui.ui.dialogs.choosing import Choose
from stretch_tui.ui.marks import Marks

NEW = "New routine"


def add_to_routine(app: App[Any], store: RoutineStore, marks: Marks, step: Step) -> None:
    """Ask which routine the step is to join; where there is only one way, take it at once."""
    places: list[tuple[str, Callable[[], object]]] = []
    draft = _left(store)
    if draft is not None:
        name = f"{draft.name or NEW} (not saved)"
        places.append((name, partial(app.post_message, messages.EditRoutine(add=step))))
    places += [
        (own.name, partial(app.post_message, _extend(store, own, step)))
        for own in store.all().values()
    ]
    fresh = Routine("", NEW, (step,), own=True)
    places.append(("A new routine", partial(app.post_message, messages.EditRoutine(fresh))))
    if len(places) == 1:
        places[0][1]()
        return

    def chosen(number: int | None) -> None:
        if number is not None:
            places[number][1]()

    app.push_screen(Choose(marks, "Add to", [name for name, _ in places]), chosen)


def _left(store: RoutineStore) -> Routine | None:
    """The draft that the builder would go on with."""
    try:
        draft = store.draft()
    except StoreError:
        return None
    store.release_draft()
    return draft


def _extend(store: RoutineStore, routine: Routine, step: Step) -> messages.Remember:
    """Put the step at the end of an own routine; undo takes it out again."""

    def take_back() -> str:
        store.save(routine)
        return f"{routine.name} is as before"

    def write(log: Logbook) -> str:
        del log
        store.save(replace(routine, steps=(*routine.steps, step)))
        return f"Added to {routine.name}"

    return messages.Remember(write, take_back=take_back)
