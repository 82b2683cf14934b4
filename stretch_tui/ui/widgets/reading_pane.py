"""The words of a stretch, to be read while the clock stands still."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll

from stretch_tui.ui.marks import Marks
from stretch_tui.ui.widgets.fitted import Fitted, Layout


class ReadingPane(Vertical):
    """A heading that says why the clock stands and how to go on, and the steps below it."""

    DEFAULT_CSS = """
    ReadingPane {
        & > #reading-head { height: auto; margin-bottom: 1; }
        & > VerticalScroll {
            height: 1fr;
            scrollbar-size: 1 1;
            scrollbar-gutter: stable;
            scrollbar-color: $faint;
            scrollbar-background: $background;
        }
    }
    """

    def __init__(self, marks: Marks, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._marks = marks

    def compose(self) -> ComposeResult:
        """The heading, and the steps in a pane that scrolls."""
        yield Fitted(self._marks, id="reading-head")
        with VerticalScroll(can_focus=False, id="reading-scroll"):
            yield Fitted(self._marks, id="steps")

    def show(self, head: Layout, lines: Layout) -> None:
        """Show these words."""
        self.query_one("#reading-head", Fitted).fill(head)
        self.query_one("#steps", Fitted).fill(lines)

    def scroll_lines(self, lines: int) -> None:
        """Scroll the words, when there are more than fit."""
        self.query_one("#reading-scroll").scroll_relative(y=lines, animate=False)
