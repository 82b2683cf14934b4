"""The keys that move the cursor of every list."""

from __future__ import annotations

from textual.binding import Binding, BindingType

MOVES: list[BindingType] = [
    Binding("up,k", "move(-1)", "Up", show=False, id="list.up"),
    Binding("down,j", "move(1)", "Down", show=False, id="list.down"),
    Binding("pageup,ctrl+u", "page(-1)", "A page up", show=False, id="list.page-up"),
    Binding("pagedown,ctrl+d", "page(1)", "A page down", show=False, id="list.page-down"),
    Binding("g,home", "move(-10000000)", "First", show=False, id="list.first"),
    Binding("G,end", "move(10000000)", "Last", show=False, id="list.last"),
]
