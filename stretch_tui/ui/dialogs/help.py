"""What every key of the screen in front does, by what id to change it, when not to stretch."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen

from stretch_tui.ui.dialogs.questions import red_flag_lines
from stretch_tui.ui.marks import Marks
from stretch_tui.ui.signs_explained import Signs
from stretch_tui.ui.widgets.detail import DetailText
from stretch_tui.ui.widgets.drawn import Drawn, Line, hanging
from stretch_tui.ui.widgets.key_names import Hint, gathered
from stretch_tui.ui.widgets.overlay import Overlay
from stretch_tui.ui.widgets.pane import Pane, keys_line

GROUPS = (("list", "IN THE LIST"), ("detail", "IN THE WORDS"), ("app", "EVERYWHERE"))
"""Headings of bindings that belong to more than one screen, by the beginning of their ids."""
KEYS_CELLS, SIGN_CELLS = 9, 15


class HelpScreen(Overlay[None]):
    """Derived from the bindings that work now, the user's own keys included."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark,shift+slash,f1,enter", "close", "Close", id="dialog.close"),
    ]

    DEFAULT_CSS = """
    HelpScreen {
        & > Pane {
            width: 74; max-width: 100%; height: 1fr; max-height: 38; margin: 1 0;
        }
        & .answers { height: 1; margin-top: 1; }
    }
    """

    def __init__(self, marks: Marks, screen: Screen[Any]) -> None:
        """Explain this screen."""
        super().__init__()
        self._marks = marks
        self._hints = gathered(screen.active_bindings.values())
        explained = getattr(screen, "signs_explained", None)
        self._signs: Signs = explained(marks) if explained is not None else ()

    def compose(self) -> ComposeResult:
        """The keys, and how to close."""
        with Pane(self._marks):
            yield DetailText(self._marks, id="help-text")
            yield Drawn(self._marks, classes="answers")

    def on_mount(self) -> None:
        """Fill in the words."""
        self.set_focus(self.query_one(DetailText))
        self.query_one(DetailText).show_fitted(self._words)
        keys = keys_line(("up down", "more"), ("esc", "close"))
        self.query_one(".answers", Drawn).draw([keys])

    def action_close(self) -> None:
        """Back to the screen."""
        self.dismiss()

    def _words(self, width: int, _height: int) -> list[Line]:
        flags = red_flag_lines(self._marks, width)
        return [*self._lines(width), *flags, (), *self._meant(width), *self._ids(width)]

    def _lines(self, width: int) -> Iterator[Line]:
        shared = tuple(room for room, _ in GROUPS)
        yield from self._group(
            "ON THIS SCREEN", [h for h in self._hints if h.room not in shared], width
        )
        for room, heading in GROUPS:
            yield from self._group(heading, [h for h in self._hints if h.room == room], width)
        yield (("WHEN NOT TO STRETCH", "quiet"),)

    def _meant(self, width: int) -> Iterator[Line]:
        """What the signs on the screen mean."""
        if self._signs:
            yield (("WHAT THE SIGNS MEAN", "quiet"),)
            for sign, words in self._signs:
                yield from hanging(f"{sign:<{SIGN_CELLS}}", "accent", words, "", width)
            yield ()

    def _ids(self, width: int) -> Iterator[Line]:
        """By what id each action is given another key."""
        yield (("IDS FOR [keys] IN THE CONFIG FILE", "quiet"),)
        names = [(one.id if one.single else f"{one.id}N", one.words) for one in self._hints]
        cell = max((len(name) for name, _ in names), default=0) + 2
        for name, words in names:
            yield from hanging(f"{name:<{cell}}", "accent", words, "", width)

    def _group(self, heading: str, hints: list[Hint], width: int) -> Iterator[Line]:
        """A heading with its keys, in two columns where there is room; no word is cut."""
        if not hints:
            return
        yield ((heading, "quiet"),)
        cell = width // 2 if width >= 60 else 0
        short = [hint for hint in hints if _keys_cells(hint) + cell_len(hint.words) < cell]
        rows = -(-len(short) // 2)
        for row in range(rows):
            yield tuple(
                span
                for hint in short[row::rows][:2]
                for span in (
                    (f"{hint.keys:<{_keys_cells(hint)}}", "accent"),
                    (f"{hint.words:<{cell - _keys_cells(hint)}}", ""),
                )
            )
        for hint in hints:
            if hint not in short:
                keys = _keys_cells(hint)
                yield from hanging(f"{hint.keys:<{keys}}", "accent", hint.words, "", width)
        yield ()


def _keys_cells(hint: Hint) -> int:
    """Cells of the keys of an entry, with the gap before its words."""
    return max(KEYS_CELLS, cell_len(hint.keys) + 2)
