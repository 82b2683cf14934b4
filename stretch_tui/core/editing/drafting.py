"""Edits of a routine: each returns a new routine, so that undo is a list of the old ones."""

from __future__ import annotations

from dataclasses import dataclass, replace

from stretch_tui.core.content.routine import Routine, Step


def inserted(routine: Routine, index: int, *steps: Step) -> Routine:
    """The routine with the steps put in before the index."""
    return _with(routine, (*routine.steps[:index], *steps, *routine.steps[index:]))


def removed(routine: Routine, index: int) -> Routine:
    """The routine without the step."""
    return _with(routine, (*routine.steps[:index], *routine.steps[index + 1 :]))


def duplicated(routine: Routine, index: int) -> Routine:
    """The routine with the step a second time, right behind itself."""
    return inserted(routine, index + 1, routine.steps[index])


def moved(routine: Routine, index: int, to: int) -> Routine:
    """The routine with the step taken out and put in again where it then has the index `to`."""
    step = routine.steps[index]
    return inserted(removed(routine, index), to, step)


def with_step(routine: Routine, index: int, step: Step) -> Routine:
    """The routine with another step in that place."""
    return inserted(removed(routine, index), index, step)


def _with(routine: Routine, steps: tuple[Step, ...]) -> Routine:
    return replace(routine, steps=steps)


@dataclass(frozen=True, slots=True)
class Version:
    """A routine as it was at one time, with the step under the cursor."""

    routine: Routine
    at: int = 0
    mark: str = ""
    """What the edit that led here belongs to; edits of one mark in a row are undone as one."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A routine being built, with every version before it and every one undone."""

    present: Version
    past: tuple[Version, ...] = ()
    future: tuple[Version, ...] = ()
    """What was undone, next first."""

    @property
    def routine(self) -> Routine:
        """The routine as it is."""
        return self.present.routine

    @property
    def at(self) -> int:
        """The step under the cursor."""
        return self.present.at

    def edited(self, routine: Routine, at: int, mark: str = "") -> Draft:
        """The draft after an edit; what is no edit only moves the cursor."""
        version = Version(routine, max(0, min(at, len(routine.steps) - 1)), mark)
        if routine == self.routine:
            return replace(self, present=replace(version, mark=self.present.mark))
        if mark and mark == self.present.mark and self.past:
            return replace(self, present=version, future=())
        return Draft(version, (*self.past, self.present))

    def undone(self) -> Draft:
        """The draft before the last edit; itself when there is none."""
        if not self.past:
            return self
        return Draft(self.past[-1], self.past[:-1], (self.present, *self.future))

    def redone(self) -> Draft:
        """The draft with the last undone edit made again; itself when there is none."""
        if not self.future:
            return self
        return Draft(self.future[0], (*self.past, self.present), self.future[1:])

    def saved_as(self, saved: Routine) -> Draft:
        """The draft once it has an id on disk: every version is now one of that routine."""

        def owned(version: Version) -> Version:
            routine = replace(version.routine, id=saved.id, own=True)
            return replace(version, routine=routine, mark="")

        return Draft(
            owned(self.present),
            tuple(map(owned, self.past)),
            tuple(map(owned, self.future)),
        )
