"""The routine on the builder's bench: its versions, what is worked out from it, what is saved."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import replace

from stretch_tui.core.content.catalog import Catalog
from stretch_tui.core.content.routine import MOST_STEPS, Routine, Step
from stretch_tui.core.content.stretch import Stretch
from stretch_tui.core.editing import drafting
from stretch_tui.core.editing.drafting import Draft, Version
from stretch_tui.core.editing.ordering import reordered
from stretch_tui.core.errors import StoreError
from stretch_tui.ui.building.built import Built
from stretch_tui.ui.building.draft_keeper import DraftKeeper
from stretch_tui.ui.services import Services

KEPT = 8
"""Of how many versions what was worked out is kept."""


class Workbench:
    """Every edit goes through here: it can be undone, and the draft is kept on disk."""

    def __init__(self, services: Services, tell: Callable[[str], None]) -> None:
        """`tell` is called on another thread with why a draft could not be kept."""
        self._services = services
        self._store = services.routines
        self.keeper = DraftKeeper(self._store, tell)
        self.catalog: Catalog = services.catalog
        self.saved = Routine("", "", (), own=True)
        """The routine as it is on disk."""
        self._draft = Draft(Version(self.saved))
        self._built: deque[Built] = deque(maxlen=KEPT)

    def reload(self) -> None:
        """Take the catalog as it is now, own routines included."""
        self.catalog = self._services.catalog
        self._built.clear()

    def open(self, asked: Routine | None) -> str:
        """Begin with this routine, or with a draft that was left; a shipped one becomes a copy.

        A draft of something else stays where it is. Returns what to say.
        """
        if asked is not None and not asked.own:
            asked = replace(asked, id="", name=f"{asked.name[:50]} (mine)", own=True)
        draft, words = None, ""
        if asked is None or asked.id:
            try:
                draft = self._store.draft(asked.id if asked is not None else None)
            except StoreError as problem:
                words = str(problem)
        if draft is not None:
            asked, words = draft, "Going on with what was not saved yet."
        if asked is not None:
            self.saved = self._store.all().get(asked.id, self.saved) if asked.id else self.saved
            self._draft = Draft(Version(asked))
            if asked.steps and not asked.id:
                self._keep()
        return words

    @property
    def routine(self) -> Routine:
        """The routine as it is."""
        return self._draft.routine

    @property
    def at(self) -> int:
        """The index of the step under the cursor."""
        return self._draft.at

    @property
    def step(self) -> Step | None:
        """The step under the cursor."""
        steps = self.routine.steps
        return steps[self.at] if steps else None

    @property
    def known(self) -> tuple[Step, Stretch] | None:
        """The step under the cursor with its stretch; None without one that is known here."""
        step = self.step
        stretch = self.catalog.stretches.get(step.stretch) if step is not None else None
        return (step, stretch) if step is not None and stretch is not None else None

    @property
    def changed(self) -> bool:
        """Whether anything is not saved."""
        return self.routine != self.saved

    @property
    def built(self) -> Built:
        """What is worked out from the routine; once a version, so that undo finds it ready."""
        routine = self.routine
        for one in self._built:
            if one.routine is routine:
                return one
        built = Built.of(routine, self.catalog.stretches, self._services.settings)
        self._built.appendleft(built)
        return built

    # -- edits -----------------------------------------------------------------------------

    def edit(self, routine: Routine, at: int | None = None, mark: str = "") -> None:
        """Take over an edited routine, with the cursor on a step of it."""
        self._become(self._draft.edited(routine, self.at if at is None else at, mark))

    def go(self, at: int) -> None:
        """Put the cursor on a step."""
        self._draft = self._draft.edited(self.routine, at)

    def add(self, routine: Routine) -> bool:
        """Put all steps of a routine behind the cursor; False when there is no room for them."""
        if len(self.routine.steps) + len(routine.steps) > MOST_STEPS:
            return False
        at = self.at + 1 if self.routine.steps else 0
        added = drafting.inserted(self.routine, at, *routine.steps)
        self.edit(added, at + len(routine.steps) - 1)
        return True

    def append(self, step: Step) -> None:
        """Put a step at the end, as far as there is room."""
        steps = self.routine.steps
        if len(steps) < MOST_STEPS:
            self.edit(drafting.inserted(self.routine, len(steps), step), len(steps))

    def change_step(self, step: Step, mark: str = "") -> None:
        """Put another step in the place of the one under the cursor."""
        self.edit(drafting.with_step(self.routine, self.at, step), self.at, mark)

    def remove(self) -> None:
        """Take the step under the cursor out."""
        if self.step is not None:
            self.edit(drafting.removed(self.routine, self.at))

    def duplicate(self) -> None:
        """Do the step under the cursor twice."""
        if self.step is not None and len(self.routine.steps) < MOST_STEPS:
            self.edit(drafting.duplicated(self.routine, self.at), self.at + 1)

    def move(self, index: int, to: int) -> None:
        """Move a step, as far as there are places."""
        if 0 <= to < len(self.routine.steps):
            self.edit(drafting.moved(self.routine, index, to), to)

    def order(self) -> bool:
        """Order the steps so that the body gets up and down least; False when they are already."""
        ordered = reordered(self.routine, self.catalog.stretches)
        if ordered == self.routine:
            return False
        step = self.step
        self.edit(ordered, next((i for i, one in enumerate(ordered.steps) if one is step), 0))
        return True

    def undo(self) -> bool:
        """Undo the last edit; False when there is none."""
        return self._step_through(self._draft.undone())

    def redo(self) -> bool:
        """Make the edit again that was undone last; False when there is none."""
        return self._step_through(self._draft.redone())

    def keep_saved(self, saved: Routine) -> None:
        """It is on disk: what was edited since is all that is not saved."""
        self.saved = saved
        self._draft = self._draft.saved_as(saved)
        self.reload()
        if not self.changed:
            self.keeper.discard()

    def _step_through(self, draft: Draft) -> bool:
        moved = draft is not self._draft
        self._become(draft)
        return moved

    def _become(self, draft: Draft) -> None:
        before, self._draft = self.routine, draft
        if self.routine != before:
            self._keep()

    def _keep(self) -> None:
        if self.changed:
            self.keeper.keep(self.routine)
        else:
            self.keeper.discard()
