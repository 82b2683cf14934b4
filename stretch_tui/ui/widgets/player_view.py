"""Everything the player shows: figure and digits, words to read, or the end of the session."""

from __future__ import annotations

from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import Container, Horizontal, Vertical

from stretch_tui.core.motion import moment, poses_of
from stretch_tui.core.player import Halt, Player, State
from stretch_tui.core.scene import Scene, run_of, scene
from stretch_tui.core.timeline import Kind
from stretch_tui.core.wording import duration
from stretch_tui.figure import Style
from stretch_tui.ui.services import Services
from stretch_tui.ui.session_lines import (
    FEEL_ASK,
    cue_lines,
    mini_lines,
    next_line,
    reading_lines,
)
from stretch_tui.ui.theme import Marks
from stretch_tui.ui.widgets.drawn import Drawn, Line, fit, wrap
from stretch_tui.ui.widgets.figure_pane import FigurePane
from stretch_tui.ui.widgets.fill_bar import FillBar
from stretch_tui.ui.widgets.finish_pane import FinishPane
from stretch_tui.ui.widgets.player_panel import PlayerPanel
from stretch_tui.ui.widgets.reading_pane import ReadingPane

WAIT_WORDS = "New to you. The clock waits while you read; it isn't counted."
FREEZE_WORDS = "The clock stands still while you read."
HALT_WORDS = {
    Halt.ASKED: "Rest as long as you like.",
    Halt.AWAY: "You were away for {away}: that time doesn't count.",
    Halt.OUTPUT: "The terminal took no output: that time doesn't count.",
    Halt.SUSPENDED: "Back again. Nothing was counted meanwhile.",
    Halt.LEFT: "Here is where you left.",
}


@dataclass(frozen=True, slots=True)
class Sight:
    """What the screen knows beside the player."""

    title: str
    go_on: str
    """The key that goes on, in words."""
    reading: bool = False
    feel_asked: bool = False
    feel_before: int | None = None
    problem: str = ""


class PlayerView(Container):
    """Lays out a session; it is told what to show and decides nothing."""

    def __init__(self, services: Services, marks: Marks) -> None:
        super().__init__(id="view")
        self._services = services
        self._marks = marks
        self._drawn_step: int | None = None
        self._poses: tuple[str, ...] = ()
        self._mirrored = False

    def compose(self) -> ComposeResult:
        """Title and bar, figure and digits, cue and what comes next."""
        signs, plain = self._marks, self._services.settings.ascii
        with Horizontal(id="top"):
            yield Drawn(signs, id="title")
            yield Drawn(signs, id="place")
        yield FillBar(signs, thin=True, id="session")
        with Horizontal(id="stage"):
            with Vertical(id="body"):
                yield Drawn(signs, id="name")
                yield FigurePane(
                    self._services.figures,
                    signs,
                    self._services.monotonic,
                    style=Style(self._services.settings.figure_style),
                    id="figure",
                )
            yield PlayerPanel(signs, ascii_only=plain, id="panel")
            yield ReadingPane(signs, id="reading")
        yield FinishPane(signs, ascii_only=plain, id="finish")
        yield Drawn(signs, id="cue")
        yield Drawn(signs, id="next")
        yield Drawn(signs, id="mini")

    @property
    def figure(self) -> FigurePane:
        """The pane with the figure."""
        return self.query_one("#figure", FigurePane)

    @property
    def breath_cells(self) -> int:
        """How finely the breath is shown."""
        return max(1, self.query_one("#panel", PlayerPanel).breath_cells)

    def divide(self, player: Player) -> None:
        """Mark in the session's bar where stretches begin."""
        timeline = player.timeline
        starts = (timeline.segments[timeline.first_of(n)].start for n in range(len(timeline.steps)))
        self.query_one("#session", FillBar).divide(
            tuple(start / timeline.seconds for start in starts if start > 0)
        )

    def show(self, player: Player, sight: Sight) -> None:
        """Show where the session stands."""
        now = scene(player.timeline, player.position, player.breath_seconds)
        word = "PAUSED" if player.state is State.PAUSED else now.word
        self._top(player, now, sight)
        if self.query_one("#mini").display:
            size = self.query_one("#mini").size
            lines = mini_lines(now, word, size.width, size.height, self._marks)
            self.query_one("#mini", Drawn).draw(lines)
            return
        self._figure(player)
        if sight.reading:
            self._words(player, sight)
        else:
            begin, end = run_of(player.timeline, player.index)
            done = (player.position - begin) / (end - begin) if end > begin else 1.0
            panel = self.query_one("#panel", PlayerPanel)
            panel.show(now, word, done, breath_phase(player))
        self._foot(player, now, sight)

    def _top(self, player: Player, now: Scene, sight: Sight) -> None:
        title = self.query_one("#title", Drawn)
        words = sight.title if self.query_one("#body").display else now.name
        title.draw([((fit(words, title.size.width, self._marks), "quiet"),)])
        dot = self._marks.dot
        place = self.query_one("#place", Drawn)
        words = f"{now.place} {dot} {now.left} left"
        place.draw([((f"{words:>{place.size.width}}", ""),)])
        self.query_one("#session", FillBar).show(player.position / player.timeline.seconds)
        lead = "get ready: " if player.leading_in else ""
        where = player.step.stretch.position.label
        self.query_one("#name", Drawn).draw(
            [((lead, "quiet"), (now.name, "strong"), (f"  {where}", "quiet"))]
        )

    def _figure(self, player: Player) -> None:
        """Draw the figure where the body should be."""
        at = moment(player.timeline, player.position)
        if player.segment.step != self._drawn_step:
            self._drawn_step = player.segment.step
            self._poses = poses_of(player.step)
            self._mirrored = at.mirrored
            self.figure.show(self._poses, mirrored=at.mirrored, at=self._poses.index(at.before))
        elif at.mirrored != self._mirrored:
            self._mirrored = at.mirrored
            self.figure.mirror(at.mirrored)
        self.figure.pose(self._poses.index(at.before), self._poses.index(at.after), at.part)

    def _words(self, player: Player, sight: Sight) -> None:
        pane = self.query_one("#reading", ReadingPane)
        width = max(20, pane.size.width - 2)
        new = player.state is State.WAITING
        why = wrap(WAIT_WORDS if new else FREEZE_WORDS, width)
        head: list[Line] = [((sight.go_on, "accent"), (" goes on", "strong"))]
        head += [((row, "quiet"),) for row in why]
        pane.show(head, reading_lines(player.step, width))

    def _foot(self, player: Player, now: Scene, sight: Sight) -> None:
        cue, following = self.query_one("#cue", Drawn), self.query_one("#next", Drawn)
        words = now.cue
        if player.state is State.PAUSED:
            why = HALT_WORDS[player.halt].format(away=duration(player.away_seconds))
            words = f"{why} {sight.go_on} goes on."
        cue.draw(cue_lines(words, cue.size.width - 2))
        if sight.problem:
            following.draw([(("not kept safe: ", "warning"), (sight.problem, ""))])
        elif sight.feel_asked:
            following.draw([((FEEL_ASK, "quiet"),)])
        elif sight.feel_before is not None and player.ledger.seconds == 0:
            following.draw([((f"Feels like {sight.feel_before}: noted.", "quiet"),)])
        else:
            lead = "then: " if player.leading_in else "next: "
            following.draw([next_line(now.next or "that was the last one", lead)])


def breath_phase(player: Player) -> float | None:
    """The part of a breath to show, 0 to 1; None where nothing is counted in breaths."""
    segment = player.segment
    if segment.kind is not Kind.HOLD or not (segment.breaths or segment.moving):
        return None
    return (player.into_seconds / player.breath_seconds) % 1.0
