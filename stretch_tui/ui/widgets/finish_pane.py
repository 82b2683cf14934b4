"""The end of a session: one large word, the question how it feels, and what was done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll

from stretch_tui.ui.marks import Marks
from stretch_tui.ui.widgets.big_text import BigText
from stretch_tui.ui.widgets.done_figures import Done, DoneFigures
from stretch_tui.ui.widgets.fitted import Fitted, Layout

if TYPE_CHECKING:
    from stretch_tui.ui.services import Figures


@dataclass(frozen=True, slots=True)
class Ended:
    """Everything that the end shows."""

    word: str
    feel: Layout
    """The question how it feels, or its answer, for the height of the whole pane."""
    summary: Layout
    """What was played, and whether it is saved."""
    lines: Layout
    """What it leaves behind."""
    done: Sequence[Done]
    """The stretches to show figures of."""


class FinishPane(Vertical):
    """Stands where the figure and the digits were."""

    DEFAULT_CSS = """
    FinishPane {
        & > #finish-top { height: 11; margin-bottom: 1; }
        & #finish-head { width: 30; height: 1fr; }
        & BigText { height: 3; }
        & #feel { margin-bottom: 1; }
        & > VerticalScroll {
            height: 1fr;
            scrollbar-size: 1 1;
            scrollbar-gutter: stable;
            scrollbar-color: $faint;
            scrollbar-background: $background;
        }
        &.-no-figures {
            & > #finish-top { height: auto; }
            & #finish-head { width: 1fr; height: auto; }
            & DoneFigures { display: none; }
        }
    }
    """

    def __init__(
        self,
        figures: Figures,
        marks: Marks,
        clock: Callable[[], float],
        *,
        style: str,
        ascii_only: bool = False,
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self._figures = figures
        self._marks = marks
        self._clock = clock
        self._style = style
        self._ascii = ascii_only

    def compose(self) -> ComposeResult:
        """At the top the word, the question and the figures; below, what it leaves behind."""
        with Horizontal(id="finish-top"):
            with Vertical(id="finish-head"):
                yield BigText(ascii_only=self._ascii, id="ending")
                yield Fitted(self._marks, id="feel")
                yield Fitted(self._marks, id="summary")
            yield DoneFigures(
                self._figures, self._marks, self._clock, style=self._style, id="done-figures"
            )
        with VerticalScroll(can_focus=False, id="done-scroll"):
            yield Fitted(self._marks, id="done")

    def show(self, ended: Ended) -> None:
        """Show the end."""
        self.set_class(not ended.done, "-no-figures")
        self.query_one("#ending", BigText).show(ended.word)
        feel = ended.feel
        self.query_one("#feel", Fitted).fill(lambda width, _: feel(width, self.size.height))
        self.query_one("#summary", Fitted).fill(ended.summary)
        self.query_one("#done", Fitted).fill(ended.lines)
        self.query_one(DoneFigures).show(ended.done)

    def scroll_lines(self, lines: int) -> None:
        """Scroll the words, when there are more than fit."""
        self.query_one("#done-scroll").scroll_relative(y=lines, animate=False)
