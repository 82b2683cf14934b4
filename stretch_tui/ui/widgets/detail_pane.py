"""Head, figure and words of one thing; the figure follows once nothing else is asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical

from stretch_tui.core.content.catalog import Catalog
from stretch_tui.core.content.routine import Routine
from stretch_tui.core.content.stretch import Stretch
from stretch_tui.ui.marks import Marks
from stretch_tui.ui.services import Services
from stretch_tui.ui.widgets.detail import Describer, DetailText
from stretch_tui.ui.widgets.drawn import Line, wrap
from stretch_tui.ui.widgets.figure_pane import FigurePane
from stretch_tui.ui.widgets.fitted import Fitted

if TYPE_CHECKING:
    from textual.timer import Timer

SETTLE_SECONDS = 0.15
"""How long the cursor rests before the figure follows it: a held key draws no figures."""
REST_SECONDS = 0.6
"""How long the figure then stands still before it begins to move."""
CYCLES = 2
"""How often the figure then goes through its poses, before it stands still."""


class DetailPane(Vertical):
    """What is known of a stretch or a routine."""

    def __init__(self, services: Services, marks: Marks, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._services = services
        self._marks = marks
        self._thing: Stretch | Routine | None = None
        self._lead: tuple[str, ...] = ()
        self._describer: Describer | None = None
        self._mirrored = False
        self._timer: Timer | None = None

    def compose(self) -> ComposeResult:
        """The three parts, one under the other."""
        given = self._services
        yield Fitted(self._marks, id="head")
        yield FigurePane(
            given.figures,
            self._marks,
            given.monotonic,
            style=given.settings.figure_style,
            fps=given.figure_fps,
            id="figure",
        )
        yield DetailText(self._marks, id="words")

    @property
    def figure(self) -> FigurePane:
        """Its figure."""
        return self.query_one(FigurePane)

    def show(
        self, thing: Stretch | Routine | None, describer: Describer, lead: Sequence[str] = ()
    ) -> None:
        """Say what is known of the thing, after some sentences; the figure follows."""
        self._thing, self._describer, self._lead = thing, describer, tuple(lead)
        self._mirrored = False
        self.figure.set_class(isinstance(thing, Routine), "-routine")
        self._describe(describer)
        self.figure.rest()
        if self.figure.drawing:
            self._wait(SETTLE_SECONDS, self._follow)
        else:
            self._follow()

    def _describe(self, describer: Describer) -> None:
        """Put the thing in words; they lay themselves out for every width."""
        thing, lead = self._thing, self._lead

        def body(width: int, _height: int) -> list[Line]:
            said: list[Line] = [((line, ""),) for text in lead for line in wrap(text, width)]
            found = describer.body(thing, width)
            return [*said, (), *found] if said else found

        self.query_one("#head", Fitted).fill(lambda width, _: describer.head(thing, width))
        self.query_one(DetailText).show_fitted(body)

    def stand_still(self) -> None:
        """Move nothing until something is shown again."""
        if self._timer is not None:
            self._timer.stop()
        self.figure.rest()

    def mirror(self) -> None:
        """Show the other side of the figure."""
        self._mirrored = not self._mirrored
        self.figure.mirror(self._mirrored)

    def _wait(self, seconds: float, then: Callable[[], None]) -> None:
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(seconds, then)

    def _follow(self) -> None:
        thing = self._thing
        at = thing.defining_phase() if isinstance(thing, Stretch) else 0
        self.figure.show(self._poses(), mirrored=self._mirrored, at=at)
        self._wait(REST_SECONDS, self._move)

    def _move(self) -> None:
        if isinstance(self._thing, Routine):
            self.figure.parade(self._defining(self._thing))
        else:
            self.figure.cycle(CYCLES)

    def _poses(self) -> tuple[str, ...]:
        """The key poses of a stretch; of a routine, the defining pose of its first stretch."""
        if isinstance(self._thing, Stretch):
            return tuple(phase.pose for phase in self._thing.phases)
        return next(iter(self._defining(self._thing)), ()) if self._thing is not None else ()

    def _defining(self, routine: Routine) -> list[tuple[str, ...]]:
        """The pose that the stretch of each step is known by."""
        stretches = self._catalog.stretches
        known = [
            (stretches[step.stretch], step.variation)
            for step in routine.steps
            if step.stretch in stretches
        ]
        return [(pose,) for stretch, form in known if (pose := stretch.defining_pose(form))]

    @property
    def _catalog(self) -> Catalog:
        return self._describer.catalog if self._describer is not None else Catalog()
