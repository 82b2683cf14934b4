"""The line above a screen and the line of key hints below it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len

from stretch_tui.ui.theme import Marks
from stretch_tui.ui.widgets.drawn import Drawn, Line, Span, fit, harmless

if TYPE_CHECKING:
    from textual import events
    from textual.binding import ActiveBinding

KEY_NAMES: Mapping[str, str] = {
    "question_mark": "?",
    "slash": "/",
    "colon": ":",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "plus": "+",
    "minus": "-",
    "equals_sign": "=",
    "comma": ",",
    "full_stop": ".",
    "escape": "esc",
    "pageup": "pgup",
    "pagedown": "pgdn",
}
"""Keys whose Textual names are not what a person would call them."""


def key_words(key: str) -> str:
    """A key as people write it: `?`, `^s`, `esc`."""
    *modifiers, last = key.split("+")
    name = KEY_NAMES.get(last, last)
    if "ctrl" in modifiers:
        return f"^{name}"
    return f"{'shift+' if 'shift' in modifiers else ''}{name}"


class TitleBar(Drawn):
    """A title at the left, figures at the right, and a quiet rule below."""

    DEFAULT_CSS = """
    TitleBar { height: 2; padding: 0 1; }
    """

    def __init__(self, marks: Marks, *, id: str | None = None) -> None:
        super().__init__(marks, id=id)
        self._title = ""
        self._right: tuple[Span, ...] = ()

    def show(self, title: str, right: Sequence[Span] = ()) -> None:
        """Show the title, and spans at the right end that give way when they don't fit."""
        self._title, self._right = title, tuple(right)
        self._fill()

    def on_resize(self, event: events.Resize) -> None:
        """Lay the line out anew."""
        self._fill()

    def _fill(self) -> None:
        width = self.size.width
        right = self._right
        room = width - sum(cell_len(harmless(text)) for text, _ in right)
        if room < cell_len(self._title) + 2:
            right, room = (), width
        title = fit(self._title, room, self.marks) if width else ""
        self.draw([((title, "strong"), *right), ((self.marks.rule * width, "faint"),)])


class KeyHints(Drawn):
    """At most six keys of the screen in front, named by the ids of their bindings."""

    DEFAULT_CSS = """
    KeyHints { height: 2; padding: 0 1; }
    """

    def __init__(self, marks: Marks, ids: Sequence[str], *, id: str | None = None) -> None:
        """`ids` are binding ids in order of importance; what doesn't fit is left out."""
        super().__init__(marks, id=id)
        self._ids = tuple(ids)

    def on_mount(self) -> None:
        """Follow the bindings as they change."""
        self.screen.bindings_updated_signal.subscribe(self, lambda _: self._fill())

    def show(self, ids: Sequence[str]) -> None:
        """Hint at other bindings."""
        self._ids = tuple(ids)
        self._fill()

    def on_resize(self, event: events.Resize) -> None:
        """Show as many as fit."""
        self._fill()

    def _fill(self) -> None:
        keys = first_keys(self.screen.active_bindings.values())
        line: list[Span] = []
        room = self.size.width
        last = keys.get("app.help", ("", ""))
        for key, words in [*(keys[one] for one in self._ids[:5] if one in keys), last]:
            needed = cell_len(key) + cell_len(words) + 4
            if key and (needed <= room + 3 or (key, words) == last):
                room -= needed
                line += [(key, "accent"), (f" {words.lower()}   ", "quiet")]
        self.draw([((self.marks.rule * self.size.width, "faint"),), tuple(line)])


def first_keys(bindings: Iterable[ActiveBinding]) -> dict[str, tuple[str, str]]:
    """The first key and the words of every binding that works now, by its id."""
    found: dict[str, tuple[str, str]] = {}
    for active in bindings:
        binding = active.binding
        if binding.id and active.enabled:
            found.setdefault(binding.id, (key_words(binding.key), binding.description))
    return found
