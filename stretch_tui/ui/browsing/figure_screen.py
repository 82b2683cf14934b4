"""A screen with a figure: the keys that style, turn, tilt and mirror it."""

from __future__ import annotations

from textual.screen import Screen

from stretch_tui.ui.widgets.detail_pane import DetailPane


class FigureScreen(Screen[None]):
    """Hands its keys on to the figure of its detail pane."""

    def action_style(self) -> None:
        """Draw figures in the next style."""
        self.query_one(DetailPane).figure.next_style()

    def action_turn(self, steps: int) -> None:
        """Turn the figure."""
        self.query_one(DetailPane).figure.turn(steps)

    def action_tilt(self, steps: int) -> None:
        """See the figure from further above or below."""
        self.query_one(DetailPane).figure.tilt(steps)

    def action_mirror(self) -> None:
        """Show the other side."""
        self.query_one(DetailPane).mirror()
