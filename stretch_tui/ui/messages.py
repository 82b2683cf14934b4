"""Requests that travel up to the app: what a person asked for, not how it is done."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from stretch_tui.core.content.routine import Routine, Step
    from stretch_tui.core.log.logbook import Logbook
    from stretch_tui.core.session.checkpoint import Checkpoint
    from stretch_tui.core.settings import Settings
    from stretch_tui.ui.services import Services

    Said = Callable[[Settings], str]


class PlayRoutine(Message):
    """Play the routine, from a step on."""

    def __init__(self, routine: Routine, *, from_step: int = 0) -> None:
        super().__init__()
        self.routine = routine
        self.from_step = from_step


class EditRoutine(Message):
    """Open the builder on the routine, or on the draft that was left, and add a step to it."""

    def __init__(self, routine: Routine | None = None, *, add: Step | None = None) -> None:
        super().__init__()
        self.routine = routine
        self.add = add


class RenameRoutine(Message):
    """Ask for another name of one of the user's own routines."""

    def __init__(self, routine: Routine) -> None:
        super().__init__()
        self.routine = routine


class DeleteRoutine(Message):
    """Ask whether one of the user's own routines is to be deleted; undo brings it back."""

    def __init__(self, routine: Routine) -> None:
        super().__init__()
        self.routine = routine


class MakeRoutine(Message):
    """Make a routine to measure: ask for the minutes, then offer the result."""


class ShowProgress(Message):
    """Open history, streak and what the body got."""


class Remember(Message):
    """Change the log: the app alone writes, off the event loop, and says when it is saved."""

    def __init__(
        self,
        write: Callable[[Logbook], object],
        said: str = "",
        *,
        take_back: Callable[[], str] | None = None,
        about: str = "",
    ) -> None:
        super().__init__()
        self.write = write
        """Called with the log on the writer's thread; may return words that say what was done, and
        raises StoreError when it cannot save."""
        self.said = said
        """What the toast says once it is durable; empty for silence."""
        self.take_back = take_back
        """How undo takes back what the log itself does not know of, such as a routine's file."""
        self.about = about
        """What the change is, as it is called when it could not be saved."""


class LogChanged(Message):
    """The log has changed on disk: screens show the new figures. Sent by the app to its screens."""


class KeepSetting(Message):
    """Go on with another value of a setting, and keep it in the config file."""

    def __init__(self, name: str, value: object, said: Said | None = None) -> None:
        super().__init__()
        self.name = name
        """As in `Settings` and in the file."""
        self.value = value
        self.said = said
        """What to say of settings that have it; without it nothing is said, and undo passes it by:
        so it is with what is merely looked at otherwise."""


class SettingsChanged(Message):
    """Settings have changed: screens go on with these services. Sent by the app to its screens."""

    def __init__(self, services: Services) -> None:
        super().__init__()
        self.services = services


class ResumeSession(Message):
    """Go on with a session that was interrupted."""

    def __init__(self, checkpoint: Checkpoint) -> None:
        super().__init__()
        self.checkpoint = checkpoint


class EndSession(Message):
    """End a session that was interrupted: what was done of it goes into the log."""

    def __init__(self, checkpoint: Checkpoint) -> None:
        super().__init__()
        self.checkpoint = checkpoint


class AddToRoutine(Message):
    """Add the stretch to one of the user's routines, or to a new one."""

    def __init__(self, stretch: str) -> None:
        super().__init__()
        self.stretch = stretch
