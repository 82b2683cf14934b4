"""What becomes of a session that is over: logged, looked back on, and asked about."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from stretch_tui.core.content.stretch import Stretch
from stretch_tui.core.log.days import day_of
from stretch_tui.core.log.logbook import Ending, Logbook, Session
from stretch_tui.core.session.checkpoint import worth_keeping
from stretch_tui.core.session.motion import poses_of
from stretch_tui.core.session.recap import Past, Recap, recap
from stretch_tui.core.session.standing import hurting
from stretch_tui.ui.marks import Marks
from stretch_tui.ui.services import Services
from stretch_tui.ui.session.finish_lines import (
    ending_word,
    feel_lines,
    finish_lines,
    hurt_lines,
    summary_lines,
)
from stretch_tui.ui.session.live_run import LiveRun
from stretch_tui.ui.widgets.done_figures import Done
from stretch_tui.ui.widgets.drawn import Line
from stretch_tui.ui.widgets.finish_pane import Ended


class SessionEnd:
    """The record of a session just over, and the figures that are shown beside it."""

    def __init__(self, services: Services, live: LiveRun, session: Session) -> None:
        self._services = services
        self._live = live
        self._recap: Recap | None = None
        self.session = session
        self.saved = False
        """Whether the log has it, durably."""
        self.open = session.ending is Ending.HURT
        """Whether it can still be taken back: then the log has to wait for it."""
        self.hurt: Stretch = hurting(live.player).stretch
        """What was being done when it came to its end."""
        self.left_out = False
        """Whether that is not to be suggested from now on."""
        self._dropped = False

    @property
    def worth_keeping(self) -> bool:
        """Whether anything was done."""
        return worth_keeping(self.session)

    @property
    def worth_showing(self) -> bool:
        """Whether there is something to say: also when it hurt before anything was done."""
        return self.worth_keeping or self.session.ending is Ending.HURT

    def write(self, log: Logbook) -> None:
        """Put it into the log; raises StoreError. May be called again until it succeeds."""
        if self.worth_keeping:
            self._live.hand_over(self.session)(log)
            self.saved = True
        else:
            self._live.forget()

    def settle(self) -> None:
        """It is over for good: nothing is taken back from here on."""
        self.open = False

    def drop(self) -> None:
        """The session goes on: this was not its end."""
        self._dropped = True

    def answer(self, feel_after: int | None) -> Callable[[Logbook], None]:
        """Note how it feels now, None for no answer; what is returned puts it into the log."""
        answered = self.session = replace(self.session, feel_after=feel_after)
        if self._recap is not None:
            self._recap = self._recapped()
        return self._keep_answer if self.open else lambda log: log.edit(answered)

    def _keep_answer(self, _: Logbook) -> None:
        """What the log does not have yet is answered where it is kept meanwhile."""
        if self.open and not self._dropped:
            self._services.runs.finish(self.session)

    def look_back(self) -> None:
        """Work the figures out from the log; it may have to be read: off the event loop."""
        self._recap = self._recapped()

    def ended(self, marks: Marks, keys: Mapping[str, str]) -> Ended:
        """Everything to show, `keys` by binding id; what was looked back on once that is done."""
        return Ended(
            word=ending_word(self.session),
            feel=lambda _, height: self._feel(marks, height),
            summary=lambda width, _: summary_lines(self.session, self._saved(), width, marks),
            lines=lambda width, _: self._lines(marks, keys, width),
            done=() if self.session.ending is Ending.HURT else self._done(),
        )

    def _lines(self, marks: Marks, keys: Mapping[str, str], width: int) -> list[Line]:
        if self.session.ending is Ending.HURT:
            out = f" {self.hurt.name} is suggested no more." if self.left_out else ""
            return hurt_lines(self.session.note, out, self._offers(keys), marks, width)
        if self._recap is None:
            return []
        return finish_lines(self._recap, self._services.settings, marks, width)

    def _offers(self, keys: Mapping[str, str]) -> list[tuple[str, str]]:
        """The keys that answer here, with what they do."""
        name = self.hurt.name
        out = f"suggest {name} again" if self.left_out else f"suggest {name} no more"
        said = {"player.reopen": "go on where you were", "player.leave-out": out}
        return [(keys[one], words) for one, words in said.items() if one in keys]

    def _feel(self, marks: Marks, height: int) -> list[Line]:
        return feel_lines(self.session, marks, height) if self.worth_keeping else []

    def _saved(self) -> str:
        if not self.worth_keeping or self.saved:
            return "Saved." if self.saved else ""
        if self._live.problem:
            return "Not saved yet."
        return "Kept." if self.open else "Saving."

    def _done(self) -> tuple[Done, ...]:
        """The stretches that got something, in the form in which they were played."""
        steps = {step.stretch.id: step for step in self._live.run.timeline.steps}
        return tuple(
            Done(steps[part.stretch].stretch.name, poses_of(steps[part.stretch]), part.seconds)
            for part in self.session.parts
            if part.seconds > 0
        )

    def _recapped(self) -> Recap:
        given, log = self._services, self._services.logbook
        past = Past(
            log.sessions(), log.goals(), log.pauses(), log.favorites(), log.banned(), given.settings
        )
        today = day_of(given.now(), given.settings)
        return recap(self.session, past, given.catalog, today, self._live.run.amount)
