"""What to do now, in letters to read from two meters: the word, the side, the seconds."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Container

from stretch_tui.core.content.dose import Side
from stretch_tui.core.session.scene import Scene
from stretch_tui.ui.marks import Marks
from stretch_tui.ui.widgets.big_text import BigText
from stretch_tui.ui.widgets.breath_pacer import BreathPacer
from stretch_tui.ui.widgets.fill_bar import FillBar
from stretch_tui.ui.widgets.fitted import Fitted
from stretch_tui.ui.widgets.session_lines import detail_lines, side_word

DIMMED = 0.7
"""How much light is left of the figure and the bars while the clock stands: still to be read."""


class PlayerPanel(Container):
    """The word of the moment, the side in its place, huge seconds, the hold's bar, the breath."""

    DEFAULT_CSS = """
    PlayerPanel {
        layout: vertical;
        & #number { height: 7; }
        & #word, & #side { height: 3; color: $strong; &.-quiet { color: $quiet; } }
        & #word.-paused { color: $accent; }
        & #word { margin-top: 1; }
        & #detail { height: 2; }
        & #pacer { height: 1; display: none; }
        &.-breathing { & #detail { height: 1; } & #pacer { display: block; } }
    }
    """

    def __init__(
        self,
        marks: Marks,
        *,
        ascii_only: bool = False,
        far: bool = False,
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self._far = far
        self._marks = marks
        self._ascii = ascii_only
        self._detail: Scene | None = None
        self._beside = ""

    def compose(self) -> ComposeResult:
        """From the top: word, side, number, bar, details, breath."""
        yield BigText(ascii_only=self._ascii, id="number")
        yield BigText(ascii_only=self._ascii, id="word")
        yield BigText(ascii_only=self._ascii, id="side")
        yield FillBar(self._marks, coarse=self._far, id="hold")
        yield Fitted(self._marks, id="detail")
        yield BreathPacer(self._marks, id="pacer")

    @property
    def breath_cells(self) -> int:
        """How many cells a breath is shown in."""
        return self.query_one("#pacer", BreathPacer).cells

    def show(self, scene: Scene, word: str, done: float, beside: str = "") -> None:
        """Show a scene under a word; `done` is the part of the hold that is over.

        `beside` are words for which there is no line elsewhere.
        """
        number, side = self.query_one("#number", BigText), self.query_one("#side", BigText)
        for widget in (number, self.query_one("#word", BigText), side):
            widget.set_class(scene.quiet, "-quiet")
        if not side.display and scene.side is not None:
            word = f"{word} {side_word(scene.side)}"
        self.query_one("#word", BigText).show(word)
        side.lean_right = scene.side is Side.RIGHT
        side.show(side_word(scene.side))
        number.show(seconds_text(scene.seconds_left))
        bar = self.query_one("#hold", FillBar)
        bar.set_class(scene.quiet, "-quiet")
        bar.show(done)
        self._detail, self._beside = scene, beside
        self._show_detail()

    def mark_pause(self, paused: bool) -> None:
        """Let the word alone keep its light, or all of it again."""
        self.query_one("#word").set_class(paused, "-paused")
        # People read while they pause: words become quiet, and no fainter than quiet words are.
        quiet = self.app.theme_variables["quiet"] if paused else None
        for name in ("number", "side", "detail", "pacer"):
            self.query_one(f"#{name}").styles.color = quiet
        self.query_one("#hold").styles.text_opacity = DIMMED if paused else None

    def breathe(self, phase: float | None) -> None:
        """Show where in a breath the body is; None makes its room free for other words."""
        self.query_one("#pacer", BreathPacer).show(phase)
        if self.has_class("-breathing") != (phase is not None):
            self.toggle_class("-breathing")
            self._show_detail()

    def _show_detail(self) -> None:
        scene, beside = self._detail, self._beside
        first = -1 if self.has_class("-breathing") and not beside else 0
        if scene is not None:
            detail = self.query_one("#detail", Fitted)
            detail.fill(lambda width, _: detail_lines(scene, width, beside)[first:])


def seconds_text(seconds: int) -> str:
    """Seconds as the digits show them, the ones always in the same place: ` 9`, `30`, `1:40`."""
    return f"{seconds:>2}" if seconds < 100 else f"{seconds // 60}:{seconds % 60:02}"
