"""The line above a screen and the line of key hints below it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import accumulate
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual import events

from stretch_tui.ui.marks import Marks
from stretch_tui.ui.widgets.drawn import Line, Span, fit, justified, wrap
from stretch_tui.ui.widgets.fitted import Fitted
from stretch_tui.ui.widgets.key_names import Hint, first_keys

if TYPE_CHECKING:
    from textual.timer import Timer

GAP, NEAR_GAP, NARROW = 3, 2, 60
"""Cells between two hints, and between those of a line of less than so many columns."""
NOT_YET = "Not saved yet, tried again"
"""What is said of whatever could not be saved, everywhere."""
MOST_HINTS, BROAD = 6, 96
"""Keys that are hinted at, but where the line has so many cells and more."""
LEAVING = ("app.back", "builder.leave")
"""What leads back to the screen below."""
NO_NAMES: Mapping[str, str] = {}


class TitleBar(Fitted):
    """A title at the left, a few words at the right, and a quiet rule below."""

    DEFAULT_CSS = """
    TitleBar { height: 2; padding: 0 1; }
    """

    def __init__(self, marks: Marks, *, id: str | None = None) -> None:
        super().__init__(marks, id=id)
        self._title = ""
        self._words: tuple[str, ...] = ()
        self._between = "  "
        self.fill(self._title_and_rule)

    @property
    def title_width(self) -> int:
        """The cells of the title itself."""
        return cell_len(self._title)

    def show(self, title: str, words: Sequence[str] = (), between: str = "  ") -> None:
        """Show the title, and words in order of importance: the last give way first."""
        self._title, self._words, self._between = title, tuple(words), between
        self.fill(self._title_and_rule)

    def _title_and_rule(self, width: int, _height: int) -> list[Line]:
        words = list(self._words)
        while words and cell_len(self._between.join(words)) + cell_len(self._title) + 2 > width:
            words.pop()
        title, right = justified(self._title, self._between.join(words), width, self.marks)
        return [((title, "strong"), (right, "quiet")), ((self.marks.rule * width, "faint"),)]


class KeyHints(Fitted):
    """Keys of the screen in front, named by the ids of their bindings; a click does what one does.

    Six at most, help and the way back among them; on a broad screen as many as there is room for.
    The same line says for a few seconds what has just happened, and the rule above it what is
    wrong for as long as it is.
    """

    DEFAULT_CSS = """
    KeyHints { height: 2; padding: 0 1; }
    """

    def __init__(self, marks: Marks, ids: Sequence[str], *, id: str | None = None) -> None:
        """`ids` are binding ids in order of importance; what doesn't fit is left out."""
        super().__init__(marks, id=id)
        self._ids = tuple(ids)
        self._names: Mapping[str, str] = {}
        self._places: list[tuple[int, Hint]] = []
        self._said: tuple[str, str] = ("", "")
        self._seconds = 0.0
        self._later: list[tuple[str, float]] = []
        self._unsaved: dict[str, str] = {}
        self._timer: Timer | None = None
        self._fill()

    def on_mount(self) -> None:
        """Follow the bindings as they change."""
        self.screen.bindings_updated_signal.subscribe(self, lambda _: self._fill())

    @property
    def speaks(self) -> bool:
        """Whether it says anything but its hints."""
        return bool(self._said[0] or self._unsaved)

    def show(self, ids: Sequence[str], names: Mapping[str, str] = NO_NAMES) -> None:
        """Hint at other bindings; `names` are what some of them do just now."""
        if (tuple(ids), names) != (self._ids, self._names):
            self._ids, self._names = tuple(ids), names
            self._fill()

    def say(self, words: str, *, ink: str = "strong", seconds: float = 4.0) -> None:
        """Say in place of the hints what has happened, for so many seconds.

        Warnings wait for each other. Anything else is replaced by what is newer; a warning that
        it replaces comes back after it.
        """
        if self._said[1] == "warning":
            if ink == "warning":
                self._later.append((words, seconds))
                return
            self._later.insert(0, (self._said[0], self._seconds))
        self._said, self._seconds = (words, ink), seconds
        self._fill()
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(seconds, self._unsay)

    def warn(self, why: str, about: str = "log") -> None:
        """Say above the hints why something is not saved, until it is said again with nothing.

        What is `about` the log and the session in progress has mostly one cause: one is told.
        """
        before = dict(self._unsaved)
        self._unsaved.pop(about, None)
        if why:
            self._unsaved[about] = why
        if self._unsaved != before:
            self._fill()
            self._make_room()

    def on_resize(self) -> None:
        """Wrap what is wrong anew."""
        self._make_room()
        super().on_resize()

    def _make_room(self) -> None:
        """No word of what is wrong is cut off: the line grows while it stands there."""
        rows = len(self._warning(self.size.width)) if self.size.width else 0
        self.styles.height = rows + 1 if rows else None

    def _warning(self, width: int) -> list[str]:
        why = next((self._unsaved[one] for one in ("log", "session") if one in self._unsaved), "")
        return wrap(f"! {NOT_YET}: {why}", width) if why else []

    async def on_click(self, event: events.Click) -> None:
        """Do what the key that was clicked does."""
        if self._said[0]:
            return
        at = event.get_content_offset(self)
        if at is None or at.y != self.size.height - 1:
            return
        for end, hint in self._places:
            if at.x < end:
                await self.app.run_action(hint.action, hint.node)
                return

    def _unsay(self) -> None:
        self._said = ("", "")
        self._timer = None
        if self._later:
            words, seconds = self._later.pop(0)
            self.say(words, ink="warning", seconds=seconds)
        else:
            self._fill()

    def _fill(self) -> None:
        self.fill(self._rule_and_hints)

    def _rule_and_hints(self, width: int, height: int) -> list[Line]:
        rule: Line = ((self.marks.rule * width, "faint"),)
        wrong: list[Line] = [((row, "warning"),) for row in self._warning(width)]
        words, ink = self._said
        said: Line = ((fit(words, width, self.marks), ink),)
        lines = [*(wrong or [rule]), said if words else self._hints(width)]
        return lines[-height:] if 0 < height < 2 else lines

    def _hints(self, width: int) -> Line:
        """As many keys as there is room for; help and the way back are always among them."""
        keys = first_keys(self.screen.active_bindings.values(), "Quit" if self._first else "Back")
        ways = [keys[one] for one in self._always() if one in keys]
        most = len(keys) if width >= BROAD else MOST_HINTS - len(ways)
        gap = GAP if width >= NARROW else NEAR_GAP
        room = width + gap - sum(_cells(hint) + gap for hint in ways)
        shown: list[Hint] = []
        for hint in [self._named(keys[one]) for one in self._ids if one in keys][:most]:
            room -= _cells(hint) + gap
            if room < 0:
                break
            shown.append(hint)
        shown += ways
        ends = accumulate(_cells(hint) + gap for hint in shown)
        self._places = list(zip(ends, shown, strict=True))
        return tuple(span for hint in shown for span in _spans(hint, gap))

    def _always(self) -> tuple[str, ...]:
        """Help and, over another screen, the way back to it, unless that is hinted at already."""
        near = self._first or any(one.endswith((".done", ".end", ".back")) for one in self._ids)
        return ("app.help",) if near else ("app.help", *LEAVING)

    @property
    def _first(self) -> bool:
        return self.screen is self.app.screen_stack[0]

    def _named(self, hint: Hint) -> Hint:
        return replace(hint, words=self._names.get(hint.id, hint.words))


def _spans(hint: Hint, gap: int) -> tuple[Span, Span]:
    return (hint.keys, "accent"), (f" {hint.words.lower()}{' ' * gap}", "quiet")


def _cells(hint: Hint) -> int:
    return cell_len(hint.keys) + 1 + cell_len(hint.words)
