"""The pane that shows a stretch's figure: still, between two poses, or moving for a while."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby, pairwise
from operator import itemgetter
from typing import TYPE_CHECKING, ClassVar

from stretch_tui.ui.marks import Marks
from stretch_tui.ui.widgets.drawn import Drawn, Ink, Line
from stretch_tui.ui.widgets.figure_inks import cells, inks

if TYPE_CHECKING:
    from textual.timer import Timer

    from stretch_tui.figure import Diagram, Frame
    from stretch_tui.ui.services import Figures

TURN_DEGREES, TILT_MOST = 15.0, 60.0
STYLES = ("ascii", "solid", "braille")
"""Names of `figure.Style`, in the order in which a key goes through them."""
DWELL_SECONDS = 1.2
"""How long a moving figure stands still in each key pose."""
MOVE_SECONDS = 1.5
"""How long it takes from one key pose to the next."""


class FigurePane(Drawn):
    """Draws the poses of one stretch, framed once for the pane, and moves between them."""

    INKS: ClassVar[Mapping[str, Ink]] = inks()

    DEFAULT_CSS = """
    FigurePane { height: 1fr; }
    """

    def __init__(
        self,
        figures: Figures,
        marks: Marks,
        clock: Callable[[], float],
        *,
        style: str = STYLES[0],
        fps: int = 8,
        id: str | None = None,
    ) -> None:
        """`clock` gives seconds that never go back; `fps` is the most frames a second."""
        super().__init__(marks, id=id)
        self._figures = figures
        self._clock = clock
        self._fps = fps
        self._style = style
        self._yaw = 0.0
        self._pitch = 0.0
        self._flipped = False
        self._poses: tuple[str, ...] = ()
        self._mirrored = False
        self._diagram: Diagram | None = None
        self._drawn_for: object = None
        self._drawn_left = False
        self._awake = False
        self._at = (0, 0, 1.0)
        self._frame: Frame | None = None
        self._timer: Timer | None = None
        self._moves: tuple[tuple[int, int], ...] = ()
        self._move_seconds = MOVE_SECONDS
        self._dwell_seconds = 0.0
        self._began = 0.0

    @property
    def drawing(self) -> bool:
        """Whether there is a figure to see: poses that can be drawn, in a pane large enough."""
        return self._frame is not None

    @property
    def frame(self) -> Frame | None:
        """What is drawn now."""
        return self._frame

    @property
    def moving(self) -> bool:
        """Whether it is being animated by its own timer."""
        return self._timer is not None

    @property
    def figure_style(self) -> str:
        """How it is drawn."""
        return self._style

    @property
    def flipped(self) -> bool:
        """Whether its left and right have traded places."""
        return self._flipped

    @property
    def view(self) -> str:
        """From where the body is seen, where that could be mistaken, and whether it is flipped."""
        seen = self._diagram.view if self._diagram is not None else ""
        return ", ".join(words for words in (seen, "flipped" if self._flipped else "") if words)

    @property
    def turned(self) -> tuple[float, float]:
        """How far the user has turned and raised the camera, in degrees."""
        return self._yaw, self._pitch

    def show(self, pose_ids: Sequence[str], *, mirrored: bool = False, at: int = 0) -> None:
        """Stand still in key pose number `at` of these poses."""
        self.rest()
        self._poses, self._mirrored = tuple(pose_ids), mirrored
        self.pose(at, at, 1.0)

    def pose(self, a: int, b: int, t: float) -> None:
        """Show the moment `t` (0 to 1) between key poses `a` and `b`; for a caller's own timer."""
        self._at = (a, b, t)
        self._draw_now()

    def play(self, a: int, b: int, seconds: float) -> None:
        """Move from key pose `a` to `b` in that many seconds, then stand still there."""
        self._start(((a, b),), seconds, dwell=0.0)

    def cycle(self, times: int = 2) -> None:
        """Go through all key poses from this one back to it, so many times; then stand still."""
        count, first = len(self._poses), self._at[1]
        if count < 2:
            return
        there = [(first + step) % count for step in range(count + 1)]
        self._start(tuple(pairwise(there)) * times, MOVE_SECONDS, dwell=DWELL_SECONDS)

    def parade(self, groups: Sequence[tuple[str, ...]], seconds: float = 2.0) -> None:
        """Show the first pose of each group in turn, so many seconds each, then the first again."""
        self.rest()
        waiting = [*groups[1:], *groups[:1]]

        def step() -> None:
            group = waiting.pop(0)
            if not waiting:
                self.rest()
            self._poses = group
            self.pose(0, 0, 1.0)

        if len(groups) > 1 and self._fps > 0 and self._diagram is not None:
            self._timer = self.set_interval(seconds, step)

    def rest(self) -> None:
        """Stand still where it is."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    def turn(self, steps: int) -> None:
        """Turn the camera by steps of 15 degrees."""
        self._yaw = (self._yaw + steps * TURN_DEGREES + 180.0) % 360.0 - 180.0
        self._draw_now()

    def tilt(self, steps: int) -> None:
        """Raise the camera by steps of 15 degrees, at most till it looks straight down or up."""
        most = TILT_MOST
        self._pitch = max(-most, min(most, self._pitch + steps * TURN_DEGREES))
        self._draw_now()

    def flip(self) -> None:
        """Show whatever is shown as in a mirror, or no longer."""
        self._flipped = not self._flipped
        self._draw_now()

    def mirror(self, mirrored: bool) -> None:
        """Show the other side, or the first side again."""
        self._mirrored = mirrored
        self._draw_now()

    def next_style(self) -> str:
        """Draw in the next style, and say which; braille only where there is more than ASCII."""
        styles = STYLES[:2] if self._plain else STYLES
        at = styles.index(self._style) if self._style in styles else -1
        self.draw_in(styles[(at + 1) % len(styles)])
        return self._style

    def draw_in(self, style: str) -> None:
        """Draw in that style from now on."""
        self._style = style
        self._draw_now()

    def _start(self, moves: tuple[tuple[int, int], ...], seconds: float, dwell: float) -> None:
        self.rest()
        self._moves, self._move_seconds, self._dwell_seconds = moves, seconds, dwell
        self._began = self._clock()
        if moves and self._fps > 0 and self._diagram is not None:
            self._timer = self.set_interval(1 / self._fps, self._tick)

    def _tick(self) -> None:
        """Show where the animation is by the clock; a late tick skips frames, never time."""
        leg = self._move_seconds + self._dwell_seconds
        elapsed = self._clock() - self._began
        number, within = divmod(elapsed, leg) if leg > 0 else (float(len(self._moves)), 0.0)
        if number >= len(self._moves):
            self.rest()
            end = self._moves[-1][1]
            self.pose(end, end, 1.0)
            return
        a, b = self._moves[int(number)]
        moving = within - self._dwell_seconds
        self.pose(a, b, min(1.0, max(0.0, moving / self._move_seconds)))

    def _draw_now(self) -> None:
        """Make the frame for the present pane, poses and moment, and repaint what changed."""
        if not self._awake:
            return
        width, height = self.size
        wanted = (self._poses, width, height, self._style, self.turned)
        left = self._mirrored != self._flipped
        if wanted != self._drawn_for:
            self._drawn_for = wanted
            self._diagram = self._diagram_now() if self._poses and width and height else None
            self._drawn_left = False
        if self._diagram is not None and left != self._drawn_left:  # the frames drawn are kept
            self._diagram, self._drawn_left = self._diagram.mirrored(), left
        before = self._frame
        self._frame = self._frame_now()
        if before is self._frame:
            return
        old, new = _rows(before), _rows(self._frame)
        self.repaint_lines(
            [y for y in range(max(len(old), len(new))) if old[y : y + 1] != new[y : y + 1]]
        )

    def _diagram_now(self) -> Diagram | None:
        from stretch_tui.figure import Style

        style = Style.ASCII if self._plain and self._style == "braille" else Style(self._style)
        width, height = self.size
        return self._figures.diagram(
            self._poses, width, height, style=style, yaw=self._yaw, pitch=self._pitch
        )

    def _frame_now(self) -> Frame | None:
        if self._diagram is None:
            return None
        a, b, t = self._at
        last = len(self._poses) - 1
        a, b = min(a, last), min(b, last)
        return self._diagram.key(b) if a == b or t >= 1 else self._diagram.between(a, b, t)

    def on_mount(self) -> None:
        """Let the first frame pass without the figure: the words are what a person reads first."""
        self.call_after_refresh(self._wake)

    def _wake(self) -> None:
        self._awake = True
        self._draw_now()

    def on_resize(self) -> None:
        """Frame the poses anew for the new size."""
        self._draw_now()

    def on_unmount(self) -> None:
        """Let go of the timer."""
        self.rest()

    def line_at(self, y: int) -> Line:
        """Row `y` of the frame, in runs of one paint."""
        frame = self._frame
        if frame is None or y >= len(frame.rows):
            return ()
        variables = self.app.theme_variables
        tinted = bool(variables.get("figure-back"))
        dotted = variables.get("figure-fill") != "ansi_default"
        return tuple(
            ("".join(glyph for glyph, _ in run), ink)
            for ink, run in groupby(cells(frame, y, tinted, dotted), key=itemgetter(1))
        )


def _rows(frame: Frame | None) -> list[tuple[str, str, str]]:
    return list(zip(frame.rows, frame.paint, frame.tone, strict=True)) if frame is not None else []


def changed_cells(before: Frame | None, after: Frame | None) -> int:
    """How many cells look different in another frame of the same size."""
    rows = zip(_rows(before), _rows(after), strict=False)
    return sum(
        cell != other
        for old, new in rows
        if old != new
        for cell, other in zip(zip(*old, strict=True), zip(*new, strict=True), strict=False)
    )
