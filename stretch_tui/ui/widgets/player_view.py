"""Everything the player shows: figure and digits, words to read, or the end of the session."""

from __future__ import annotations

from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import Container, Horizontal, Vertical

from stretch_tui.core.content.wording import duration
from stretch_tui.core.session.cues import INHALE
from stretch_tui.core.session.motion import moment, poses_of
from stretch_tui.core.session.player import Player
from stretch_tui.core.session.scene import Scene, cue_of, run_of, scene, told_half
from stretch_tui.core.session.states import Halt, State
from stretch_tui.core.session.timeline import Kind
from stretch_tui.figure import Style
from stretch_tui.ui.marks import Marks
from stretch_tui.ui.services import Services
from stretch_tui.ui.widgets.drawn import Line, fit
from stretch_tui.ui.widgets.figure_pane import FigurePane, changed_cells
from stretch_tui.ui.widgets.fill_bar import FillBar
from stretch_tui.ui.widgets.finish_pane import FinishPane
from stretch_tui.ui.widgets.fitted import Fitted, Layout
from stretch_tui.ui.widgets.frame_rate import frames_a_second
from stretch_tui.ui.widgets.player_panel import DIMMED, PlayerPanel
from stretch_tui.ui.widgets.reading_pane import ReadingPane
from stretch_tui.ui.widgets.session_lines import (
    FEEL_ASK,
    FEEL_BRIEF,
    cue_lines,
    fitted_line,
    mini_lines,
    name_line,
    next_line,
    reading_head,
    reading_lines,
)

WAIT_WORDS = "New to you. The clock waits while you read; it isn't counted."
FREEZE_WORDS = "The clock stands still while you read."
HALT_WORDS = {
    Halt.ASKED: "Rest as long as you like.",
    Halt.AWAY: "You were away for {away}: that time doesn't count.",
    Halt.OUTPUT: "The terminal took no output: that time doesn't count.",
    Halt.SUSPENDED: "Back again. Nothing was counted meanwhile.",
    Halt.LEFT: "Here is where you left, {away} ago.",
    Halt.REOPENED: "Here is where you were. Nothing is lost.",
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
    unsaved: bool = False
    """Whether what was done is not on disk just now."""


class PlayerView(Container):
    """Lays out a session; it is told what to show and decides nothing."""

    def __init__(self, services: Services, marks: Marks, *, far: bool = False) -> None:
        """`far` sends as little as can be, for a terminal at the other end of a network."""
        super().__init__(id="view")
        self._far = far
        self._services = services
        self._marks = marks
        self._drawn_step: int | None = None
        self._told: object = None
        self._poses: tuple[str, ...] = ()
        self._mirrored = False
        self._changed_cells = 0
        self._named = ("", "", "")
        self._seen = ""
        self._paused = False

    def compose(self) -> ComposeResult:
        """Title and bar, figure and digits, cue and what comes next."""
        signs, plain = self._marks, self._services.settings.ascii
        with Horizontal(id="top"):
            yield Fitted(signs, id="title")
            yield Fitted(signs, id="place")
        yield FillBar(signs, thin=True, coarse=self._far, id="session")
        with Horizontal(id="stage"):
            with Vertical(id="body"):
                yield Fitted(signs, id="name")
                yield FigurePane(
                    self._services.figures,
                    signs,
                    self._services.monotonic,
                    style=Style(self._services.settings.figure_style),
                    id="figure",
                )
            yield PlayerPanel(signs, ascii_only=plain, far=self._far, id="panel")
            yield ReadingPane(signs, id="reading")
        yield FinishPane(
            self._services.figures,
            signs,
            self._services.monotonic,
            style=Style(self._services.settings.figure_style),
            ascii_only=plain,
            id="finish",
        )
        yield Fitted(signs, id="cue")
        yield Fitted(signs, id="next")
        yield Fitted(signs, id="mini")

    @property
    def figure(self) -> FigurePane:
        """The pane with the figure."""
        return self.query_one("#figure", FigurePane)

    @property
    def fps(self) -> float:
        """Frames a second of a moving figure."""
        return frames_a_second(self._changed_cells, self._services.figure_fps, far=self._far)

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

    def mark_pause(self, paused: bool) -> None:
        """Dim all but the word, or nothing.

        On the widgets themselves: a class on the screen has every rule matched against them all.
        """
        if paused != self._paused:
            self._paused = paused
            self.query_one("#panel", PlayerPanel).mark_pause(paused)
            self.call_after_refresh(self._dim_figure)
            self.query_one("#session").styles.text_opacity = DIMMED if paused else None

    def _dim_figure(self) -> None:
        # Of all that dims it takes the longest to draw: the word comes first.
        for figure in self.query("#figure"):
            figure.styles.opacity = DIMMED if self._paused else None  # it has colors behind it too

    def show(self, player: Player, sight: Sight) -> None:
        """Show where the session stands: the words at once, the figure of a new stretch next."""
        now = scene(player.timeline, player.position, player.breath_seconds)
        mini, told = self.query_one("#mini").display, (now, sight, player.state, self.size)
        if told != self._told:  # between two seconds a moving figure changes nothing else
            self._told = told
            self._tell(player, now, sight, mini)
        if not mini:
            if player.segment.step == self._drawn_step:
                self._figure(player)
            else:
                self.call_after_refresh(self._figure, player)
            self.query_one("#panel", PlayerPanel).breathe(breath_phase(player))

    def _tell(self, player: Player, now: Scene, sight: Sight, mini: bool) -> None:
        """Show the words and numbers of a scene."""
        word, signs = "PAUSED" if player.state is State.PAUSED else now.word, self._marks
        unsaved = sight.unsaved
        if mini:
            self._fill(
                "mini",
                lambda width, height: mini_lines(now, word, width, height, signs, unsaved=unsaved),
            )
            return
        self._top(player, now, sight)
        if sight.reading:
            self._words(player, sight)
        else:
            begin, end = run_of(player.timeline, player.index)
            done = (player.position - begin) / (end - begin) if end > begin else 1.0
            beside = "" if self.query_one("#next").display else self._brief(player, now, sight)
            self.query_one("#panel", PlayerPanel).show(now, word, done, beside)
        self._foot(player, now, sight)

    def _fill(self, name: str, layout: Layout) -> None:
        self.query_one(f"#{name}", Fitted).fill(layout)

    def _top(self, player: Player, now: Scene, sight: Sight) -> None:
        signs = self._marks
        named = self.query_one("#body").display and self.query_one("#name").display
        title = sight.title if named else now.name
        self._fill("title", lambda width, _: [((fit(title, width, signs), "quiet"),)])
        place = f"{now.place} {signs.dot} {now.left} left"
        self._fill("place", lambda width, _: [((f"{place:>{width}}", ""),)])
        self.query_one("#session", FillBar).show(player.position / player.timeline.seconds)
        lead = "get ready: " if player.leading_in else ""
        where = player.timeline.positions[player.segment.step].label
        self._named = (lead, now.name, where)
        self.tell_view()

    def tell_view(self) -> None:
        """Say which stretch it is, how one is placed, and from where the figure is seen."""
        (lead, name, where), seen, signs = self._named, self.figure.view, self._marks
        self._fill("name", lambda width, _: [name_line(lead, name, (where, seen), width, signs)])

    def _figure(self, player: Player) -> None:
        """Draw the figure where the body should be."""
        if player.over or not self.is_attached:  # it came to its end before the figure's turn
            return
        at, before = moment(player.timeline, player.position), self.figure.frame
        if player.segment.step != self._drawn_step:
            self._drawn_step = player.segment.step
            self._poses = poses_of(player.step)
            self._mirrored = at.mirrored
            self.figure.show(self._poses, mirrored=at.mirrored, at=self._poses.index(at.before))
        elif at.mirrored != self._mirrored:
            self._mirrored = at.mirrored
            self.figure.mirror(at.mirrored)
        self.figure.pose(self._poses.index(at.before), self._poses.index(at.after), at.part)
        if self.figure.view != self._seen:
            self._seen = self.figure.view
            self.tell_view()
        if self.figure.frame is not before:
            self._changed_cells = changed_cells(before, self.figure.frame)

    def _words(self, player: Player, sight: Sight) -> None:
        why = WAIT_WORDS if player.state is State.WAITING else FREEZE_WORDS
        step = player.step
        self.query_one("#reading", ReadingPane).show(
            lambda width, _: reading_head(why, sight.go_on, width),
            lambda width, _: reading_lines(step, width),
        )

    def _foot(self, player: Player, now: Scene, sight: Sight) -> None:
        words = now.cue
        if player.state is State.PAUSED:
            why = HALT_WORDS[player.halt].format(away=duration(player.away_seconds))
            words = f"{why} {sight.go_on} goes on."
        self._fill("cue", lambda width, _: cue_lines(words, width))
        line = self._next(player, now, sight)
        self._fill("next", lambda width, _: [fitted_line(line, width, self._marks)])

    def _next(self, player: Player, now: Scene, sight: Sight) -> Line:
        """What comes next, or what matters more just now."""
        if sight.feel_asked:
            return ((FEEL_ASK, "quiet"),)
        if sight.feel_before is not None and player.ledger.seconds == 0:
            return ((f"Sore: {sight.feel_before}, noted.", "quiet"),)
        return next_line(now.next or "the end", f"{now.next_lead}: ")

    def _brief(self, player: Player, now: Scene, sight: Sight) -> str:
        """The same in few words."""
        return FEEL_BRIEF if sight.feel_asked else _text(self._next(player, now, sight))


def _text(line: Line) -> str:
    return "".join(text for text, _ in line)


def breath_phase(player: Player) -> float | None:
    """The part of a breath to show, 0 to 1; None where nothing is counted in breaths.

    A movement that is told to go with one half of the breath takes that half for its whole length.
    """
    segment = player.segment
    if segment.kind is not Kind.HOLD or not (segment.breaths or segment.moving):
        return None
    inward = told_half(cue_of(player.timeline, player.index)) if segment.moving else None
    if inward is None:
        return (player.into_seconds / player.breath_seconds) % 1.0
    part = min(player.into_seconds / segment.seconds, 0.999)
    return INHALE * part if inward else INHALE + (1 - INHALE) * part
