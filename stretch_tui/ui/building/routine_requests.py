"""What is asked of the app about a routine's file: to be written, to be set aside."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from stretch_tui.core.content.routine import Routine, RoutineStore
from stretch_tui.core.log.logbook import Logbook
from stretch_tui.ui.messages import Remember


def save_request(store: RoutineStore, routine: Routine, told: Callable[[Routine], str]) -> Remember:
    """Write the routine off the event loop; `told` is called there once it is on disk.

    Undo brings back what was there before, or sets a new one aside.
    """
    was: list[Routine | None] = []
    now: list[Routine] = []

    def write(log: Logbook) -> str:
        del log
        before = store.all().get(routine.id)
        now.append(store.save(replace(routine, own=True)))
        was.append(before)
        return told(now[-1])

    def take_back() -> str:
        if was[-1] is not None:
            store.save(was[-1])
        else:
            store.delete(now[-1].id)
        return f"Undid saving {now[-1].name}"

    about = f"the routine {routine.name}"
    return Remember(write, take_back=take_back, about=about)


def delete_request(store: RoutineStore, routine: Routine) -> Remember:
    """Set the routine's file aside; undo brings it back."""

    def take_back() -> str:
        store.restore(routine.id)
        return f"{routine.name} is back"

    def write(log: Logbook) -> str:
        del log
        if routine.id not in store.all():
            return f"{routine.name} was gone already"
        store.delete(routine.id)
        return f"{routine.name} is deleted; u brings it back"

    return Remember(write, take_back=take_back)
