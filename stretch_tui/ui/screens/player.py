"""A session full screen: what to do now, how long still, which side, and what comes next."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType

from stretch_tui.core.session.states import Skip, State
from stretch_tui.core.session.ways import onward
from stretch_tui.ui.dialogs.questions import Confirm
from stretch_tui.ui.dialogs.skip_dialog import SkipDialog
from stretch_tui.ui.messages import KeepSetting, Remember
from stretch_tui.ui.session.ending_screen import EndingScreen
from stretch_tui.ui.session.pace import ticking
from stretch_tui.ui.session.player_keys import AT_THE_END, KEYS, WHEN_IT_HURT
from stretch_tui.ui.session.session_end import SessionEnd
from stretch_tui.ui.widgets.finish_pane import FinishPane
from stretch_tui.ui.widgets.reading_pane import ReadingPane

END_QUESTION = "End the session here? What you did counts."
FLIPPED = "Flipped: your right is drawn at the left"
LEAVE_QUESTION = "Quit in the middle of a session? The next start offers to go on with it."


class PlayerScreen(EndingScreen):
    """Plays a routine, or goes on with a session that was left."""

    CSS_PATH = "player.tcss"
    BINDINGS: ClassVar[list[BindingType]] = KEYS

    @property
    def leaving_question(self) -> str:
        """What to ask before the app is left from here; empty once the session is over."""
        under_way = self._live is not None and self._end is None
        return LEAVE_QUESTION if under_way else ""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Leave only the keys that make sense now."""
        end = self._end
        if end is not None:
            if action == "take_back":
                return end.session.feel_after is not None or not end.open
            return action in (*AT_THE_END, *(WHEN_IT_HURT if end.open else ()))
        if action in ("leave", *WHEN_IT_HURT):
            return False
        if action == "scroll_words":
            return self.has_class("-reading")
        return True

    async def action_pause(self) -> None:
        """Pause, or go on."""
        if self._live is not None:
            self._peeking = False
            await self._do(self._live.player.toggle)

    async def action_go_on(self) -> None:
        """Go on: the words are read, or begin without waiting for the get-ready."""
        if self._live is not None:
            self._peeking = False
            await self._do(self._live.player.resume)

    async def action_next_step(self) -> None:
        """To the other side when that is still to come, else to the next stretch; never out."""
        if self._live is None:
            return
        if onward(self._live.player.timeline, self._live.player.index) is None:
            await self.action_end()
        else:
            await self._do(self._live.player.next)

    async def action_previous_step(self) -> None:
        """Back to the first side, or to the stretch before."""
        if self._live is not None:
            await self._do(self._live.player.previous)

    async def action_restart_hold(self) -> None:
        """This hold again from its start."""
        if self._live is not None:
            await self._do(self._live.player.restart)

    async def action_adjust(self, seconds: int) -> None:
        """Make this hold longer or shorter."""
        if self._live is not None:
            player = self._live.player
            await self._do(lambda: player.adjust(seconds))
            self._view.divide(player)

    async def action_read(self) -> None:
        """Freeze the clock and show the words, or go on."""
        if self._live is None:
            return
        player = self._live.player
        if player.state is State.PAUSED:
            self._peeking = not self._peeking
            await self.look()
        else:
            await self._do(player.go_on if player.state is State.READING else player.freeze)

    async def action_hurts(self) -> None:
        """Stop at once."""
        if self._live is not None:
            self._signals.hush()
            await self._do(self._live.player.hurt)

    async def action_skip(self) -> None:
        """Ask what skipping means."""
        if self._live is None:
            return
        player = self._live.player
        ran = await self._halt_for_question()
        stretch = player.step.stretch

        async def answered(meaning: Skip | None) -> None:
            if meaning is Skip.NEVER:
                said = f"{stretch.name} will not be suggested again."
                about = f"leaving {stretch.name} out"
                ban = Remember(lambda log: log.set_banned(stretch.id, True), said, about=about)
                self.post_message(ban)
            if ran:
                await self._do(player.resume)
            if meaning is not None:
                await self._do(lambda: player.skip(meaning))

        self.app.push_screen(SkipDialog(self._marks, stretch.name), answered)

    async def action_end(self) -> None:
        """Ask whether to end here."""
        if self._live is None:
            self.dismiss()
            return
        player = self._live.player
        if player.over:
            return
        ran = await self._halt_for_question()

        async def answered(yes: bool | None) -> None:
            if yes:
                await self._do(player.end)
            elif ran:
                await self._do(player.resume)

        question = Confirm(self._marks, END_QUESTION, yes="end here", no="go on")
        self.app.push_screen(question, answered)

    async def _halt_for_question(self) -> bool:
        """Pause while a question stands; whether the clock had been running."""
        assert self._live is not None
        ran = ticking(self._live.player)
        await self._do(self._live.player.pause)
        return ran

    def action_mute(self) -> None:
        """Switch the bells off or on."""
        self._terminal.sound = not self._terminal.sound
        self._signals.hush()
        self.notify(f"Sound {'on' if self._terminal.sound else 'off'}", timeout=2)

    def action_style(self) -> None:
        """Draw the figure in the next style, here and wherever one is drawn later."""
        self.post_message(KeepSetting("figure_style", self._view.figure.next_style()))

    def action_turn(self, steps: int) -> None:
        """Turn the figure."""
        self._view.figure.turn(steps)
        self._view.tell_view()

    def action_tilt(self, steps: int) -> None:
        """See the figure from further above or below."""
        self._view.figure.tilt(steps)
        self._view.tell_view()

    def action_mirror(self) -> None:
        """Flip the figure, its left for its right, or back."""
        self._view.figure.flip()
        self._view.tell_view()
        flipped = self._view.figure.flipped
        self.notify(FLIPPED if flipped else "The figure is as it was", timeout=3)

    def action_scroll_words(self, lines: int) -> None:
        """Scroll the words to read, or those at the end."""
        if self._end is not None:
            self.query_one(FinishPane).scroll_lines(lines)
        else:
            self.query_one(ReadingPane).scroll_lines(lines)

    async def action_feel(self, value: int) -> None:
        """Note how it feels, before the first stretch or after the last."""
        live = self._live
        if live is None:
            return
        if self._end is not None:
            self._answer(self._end, value)
        elif not self._feel_closed:
            live.feel_before = value
            await self.look()
        else:
            self.notify("How sore you are is asked again at the end", timeout=3)

    def _answer(self, end: SessionEnd, value: int | None) -> None:
        self.post_message(Remember(end.answer(value), about="how sore you are"))
        self.refresh_bindings()
        self._show_end()

    async def action_take_back(self) -> None:
        """Take back how it feels, the one change made here; what is older is undone elsewhere."""
        live, end = self._live, self._end
        if end is not None and end.session.feel_after is not None:
            self._answer(end, None)
        elif live is not None and end is None and live.feel_before is not None:
            live.feel_before = None
            await self.look()
        else:
            self.notify("Nothing to undo in this session", timeout=2)
