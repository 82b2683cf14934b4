"""What becomes of one of the user's own routines as a whole: another name, or none any more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from textual.app import App

from stretch_tui.core.content.routine import Routine, RoutineStore
from stretch_tui.ui.building.routine_forms import name_form
from stretch_tui.ui.building.routine_requests import delete_request, save_request
from stretch_tui.ui.dialogs.questions import Confirm
from stretch_tui.ui.marks import Marks


def rename(app: App[Any], store: RoutineStore, marks: Marks, routine: Routine) -> None:
    """Ask for another name; its id, its steps and its place in the log stay."""

    def named(name: str | None) -> None:
        if name is not None and name != routine.name:
            wanted = replace(routine, name=name)
            app.post_message(save_request(store, wanted, lambda new: f"It is called {new.name}"))

    app.push_screen(name_form(marks, "Rename the routine", routine.name), named)


def delete(
    app: App[Any],
    store: RoutineStore,
    marks: Marks,
    routine: Routine,
    before: Callable[[], object] = lambda: None,
) -> None:
    """Ask whether it is meant, and set the routine's file aside; `before` that comes the call."""

    def answered(yes: bool | None) -> None:
        if yes:
            before()
            app.post_message(delete_request(store, routine))

    question = f"Delete {routine.name}? It can be brought back."
    app.push_screen(Confirm(marks, question, yes="delete", no="keep"), answered)
