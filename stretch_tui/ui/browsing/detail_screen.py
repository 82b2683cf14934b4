"""A list beside what is known of the thing under its cursor: its panes, and the figure's keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stretch_tui.ui import messages
from stretch_tui.ui.browsing.browse_keys import hints
from stretch_tui.ui.widgets.bars import KeyHints
from stretch_tui.ui.widgets.detail import DetailText
from stretch_tui.ui.widgets.detail_pane import DetailPane
from stretch_tui.ui.widgets.item_list import ItemList
from stretch_tui.ui.widgets.steady_screen import SteadyScreen

if TYPE_CHECKING:
    from textual.widget import Widget


RENAMED = {"resume": {"list.choose": "Go on", "browse.play": "Go on"}}
"""Keys that do something of another name on a kind of row."""


class DetailScreen(SteadyScreen):
    """Goes from pane to pane, and hands other keys on to the figure of its detail pane."""

    def watch_focused(self, focused: Widget | None) -> None:
        """Show at once where the keys go now."""
        if focused is not None:
            self.query_one(ItemList).rest(isinstance(focused, DetailText))
            self.show_hints()

    def show_hints(self) -> None:
        """Hint at the keys of the pane that has the focus."""
        reading = isinstance(self.focused, DetailText)
        ids = hints(self.kind_of_row, reading=reading, narrow=self.has_class("-narrow"))
        self.query_one(KeyHints).show(ids, RENAMED.get(self.kind_of_row, {}))

    @property
    def kind_of_row(self) -> str:
        """What the cursor is on, by which the hints go."""
        raise NotImplementedError

    def action_other_pane(self) -> None:
        """From the list to the words, and back; on a narrow screen one replaces the other."""
        words = self.query_one(DetailText)
        reading = not words.has_focus
        self.face(reading=reading)
        self.set_focus(words if reading else self.query_one(ItemList))

    def face(self, *, reading: bool) -> None:
        """Turn to the words or to the list; elsewhere than on a narrow screen both are seen."""
        self.set_class(reading and self.has_class("-narrow"), "-reading")

    def on_resize(self) -> None:
        """Say where the keys go before a narrow screen hides a pane: it would lose them."""
        self.set_class(isinstance(self.focused, DetailText), "-reading")

    def action_style(self) -> None:
        """Draw figures in the next style, here and wherever one is drawn later."""
        style = self.query_one(DetailPane).figure.next_style()
        self.post_message(messages.KeepSetting("figure_style", style))

    def action_turn(self, steps: int) -> None:
        """Turn the figure."""
        self.query_one(DetailPane).figure.turn(steps)

    def action_tilt(self, steps: int) -> None:
        """See the figure from further above or below."""
        self.query_one(DetailPane).figure.tilt(steps)

    def action_mirror(self) -> None:
        """Show the other side."""
        self.query_one(DetailPane).mirror()
