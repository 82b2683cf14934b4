"""Where the log is looked into and changed: opens the panes, and asks the app to write."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from textual.screen import Screen

from stretch_tui.core.content.routine import Routine, Step
from stretch_tui.core.log.days import short_day, today
from stretch_tui.core.log.explain import explain
from stretch_tui.core.log.goal_changes import goal_records
from stretch_tui.core.log.logbook import Logbook, Pause, Session
from stretch_tui.core.log.streak_words import goal_words
from stretch_tui.core.log.survey import Survey
from stretch_tui.ui import messages
from stretch_tui.ui.history.log_dialogs import Explanation, GoalDialog, PausesDialog, SessionPage
from stretch_tui.ui.history.log_forms import edit_form, entry_form, pause_form
from stretch_tui.ui.marks import marks
from stretch_tui.ui.services import Services


class LogDesk:
    """Everything that can be done about sessions, pauses and the goal from a screen."""

    def __init__(self, screen: Screen[None], services: Services, names: Mapping[str, str]) -> None:
        """`names` are what stretches are called, by id."""
        self._screen = screen
        self._services = services
        self._names = names
        self._marks = marks(services.settings.ascii)

    @property
    def _today(self) -> date:
        return today(self._services.now(), self._services.settings)

    def explain(self, found: Survey) -> None:
        """Show the rows that make the streak."""
        reasons = explain(found.streak, found.pauses, self._services.settings)
        self._screen.app.push_screen(Explanation(self._marks, reasons, found.today))

    def open(self, session: Session) -> None:
        """Show all that is known of a session, and do what its keys ask."""
        acts = {"replay": self.replay, "edit": self.edit, "delete": self.delete}

        def answered(answer: str | None) -> None:
            if answer:
                acts[answer](session)

        page = SessionPage(self._marks, session, self._names, self._today)
        self._screen.app.push_screen(page, answered)

    def replay(self, session: Session) -> None:
        """Play the routine of a session again, or the stretches that it held."""
        catalog = self._services.catalog
        routine = catalog.routine_for(session.routine)
        if routine is None:  # made to measure, or gone since: its stretches are still known
            known = [part.stretch for part in session.parts if part.stretch in catalog.stretches]
            if not known:
                self._screen.notify("Only its minutes are known: there is nothing to play.")
                return
            routine = Routine("", session.title, tuple(map(Step, known)))
        self._screen.post_message(messages.PlayRoutine(routine))

    def enter(self) -> None:
        """Ask for a session that was done elsewhere."""
        given = self._services
        form = entry_form(self._marks, given.catalog, given.settings, given.now(), self._today)

        def entered(session: Session | None) -> None:
            if session is not None:
                said = f"Entered: {session.title}, {short_day(session.day, self._today)}"
                self._remember(lambda log: log.add(session), said)

        self._screen.app.push_screen(form, entered)

    def edit(self, session: Session) -> None:
        """Ask how a session should have been written."""
        given = self._services
        form = edit_form(self._marks, session, given.settings, given.now(), self._today)

        def changed(new: Session | None) -> None:
            if new is not None and replace(new, edited=session.edited) != session:
                self._remember(lambda log: log.edit(new), f"Corrected: {new.title}")

        self._screen.app.push_screen(form, changed)

    def delete(self, session: Session) -> None:
        """Take a session out of sight; it can be undone."""
        said = f"Deleted: {session.title}, {short_day(session.day, self._today)}. u brings it back"
        self._remember(lambda log: log.delete(session.uid), said)

    def change_goal(self, found: Survey) -> None:
        """Ask for another goal; what is written bears a date."""

        def chosen(days: int | None) -> None:
            if days is None:
                return
            records = goal_records(days, found.streak, found.goals, self._services.settings)
            since = next(one.since for one in records if one.since >= found.streak.week.monday)
            said = f"Goal: {goal_words(days, since, found.today)}"
            self._remember(lambda log: log.set_goals(records), said)

        self._screen.app.push_screen(GoalDialog(self._marks, found.streak.week.goal), chosen)

    def pauses(self, found: Survey) -> None:
        """Show the pauses; add one, or take one out."""

        def answered(answer: Pause | str | None) -> None:
            if answer == "add":
                self._screen.app.push_screen(pause_form(self._marks, self._today), self._paused)
            elif isinstance(answer, Pause):
                uid = answer.uid
                said = "The pause is removed. u brings it back"
                self._remember(lambda log: log.remove_pause(uid), said)

        dialog = PausesDialog(self._marks, found.pauses, found.today)
        self._screen.app.push_screen(dialog, answered)

    def _paused(self, pause: Pause | None) -> None:
        if pause is not None:
            said = "Paused: those days ask nothing and break nothing"
            self._remember(lambda log: log.add_pause(pause), said)

    def _remember(self, write: Callable[[Logbook], None], said: str) -> None:
        self._screen.post_message(messages.Remember(write, said))
