"""The end of a session: one large word, what was done, and the question how it feels."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll

from stretch_tui.ui.theme import Marks
from stretch_tui.ui.widgets.big_text import BigText
from stretch_tui.ui.widgets.fitted import Fitted, Layout


class FinishPane(Vertical):
    """Stands where the figure and the digits were."""

    DEFAULT_CSS = """
    FinishPane {
        & > BigText { height: 5; margin-bottom: 1; }
        & > VerticalScroll {
            height: 1fr;
            scrollbar-size: 1 1;
            scrollbar-gutter: stable;
            scrollbar-color: $faint;
            scrollbar-background: $background;
        }
        & > #feel { height: 1; margin-bottom: 1; }
        & > #saved { height: 1; }
    }
    """

    def __init__(self, marks: Marks, *, ascii_only: bool = False, id: str | None = None) -> None:
        super().__init__(id=id)
        self._marks = marks
        self._ascii = ascii_only

    def compose(self) -> ComposeResult:
        """From the top: the word, the question, what was done, whether it is saved."""
        yield BigText(ascii_only=self._ascii, id="ending")
        yield Fitted(self._marks, id="feel")
        with VerticalScroll(can_focus=False, id="done-scroll"):
            yield Fitted(self._marks, id="done")
        yield Fitted(self._marks, id="saved")

    def show(self, word: str, lines: Layout, feel: Layout, saved: str) -> None:
        """Show the end; `saved` is empty until it is true."""
        self.query_one("#ending", BigText).show(word)
        self.query_one("#done", Fitted).fill(lines)
        self.query_one("#feel", Fitted).fill(feel)
        self.query_one("#saved", Fitted).fill(lambda *_: [((saved, "quiet"),)])

    def scroll_lines(self, lines: int) -> None:
        """Scroll the words, when there are more than fit."""
        self.query_one("#done-scroll").scroll_relative(y=lines, animate=False)
