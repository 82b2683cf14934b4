"""The line above a screen and the line of key hints below it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rich.cells import cell_len

from stretch_tui.ui.marks import Marks
from stretch_tui.ui.widgets.drawn import Line, Span, fit, justified, wrap
from stretch_tui.ui.widgets.fitted import Fitted

if TYPE_CHECKING:
    from textual.binding import ActiveBinding
    from textual.dom import DOMNode
    from textual.timer import Timer

KEY_NAMES: Mapping[str, str] = {
    "question_mark": "?",
    "slash": "/",
    "colon": ":",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "left_curly_bracket": "{",
    "right_curly_bracket": "}",
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


ALIASES = ("shift+slash",)
"""Other names of keys that are already told."""
GAP = "   "
NOT_YET = "Not saved yet, tried again"
"""What is said of whatever could not be saved, everywhere."""


def key_words(key: str) -> str:
    """A key as people write it: `?`, `^s`, `esc`."""
    *modifiers, last = key.split("+")
    name = KEY_NAMES.get(last, last)
    if "ctrl" in modifiers:
        return f"^{name}"
    return f"{'shift+' if 'shift' in modifiers else ''}{name}"


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
    """At most six keys of the screen in front, named by the ids of their bindings.

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
        self._said: tuple[str, str] = ("", "")
        self._later: list[tuple[str, float]] = []
        self._unsaved: dict[str, str] = {}
        self._timer: Timer | None = None
        self._fill()

    def on_mount(self) -> None:
        """Follow the bindings as they change."""
        self.screen.bindings_updated_signal.subscribe(self, lambda _: self._fill())

    def show(self, ids: Sequence[str]) -> None:
        """Hint at other bindings."""
        if tuple(ids) != self._ids:
            self._ids = tuple(ids)
            self._fill()

    def say(self, words: str, *, ink: str = "strong", seconds: float = 4.0) -> None:
        """Say in place of the hints what has happened, for so many seconds.

        Warnings wait for each other; anything else is replaced by what is newer.
        """
        if self._said[1] == ink == "warning":
            self._later.append((words, seconds))
            return
        self._said = (words, ink)
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
        rows = len(self._warning(self.size.width)) if self.size.width else 1
        self.styles.height = rows + 1 if rows > 1 else None

    def _warning(self, width: int) -> list[str]:
        why = next((self._unsaved[one] for one in ("log", "session") if one in self._unsaved), "")
        return wrap(f"! {NOT_YET}: {why}", width) if why else []

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

    def _hints(self, room: int) -> Line:
        """As many keys as there is room for; help is always among them."""
        keys = first_keys(self.screen.active_bindings.values())
        helped = keys.get("app.help")
        wanted = [keys[one] for one in self._ids if one in keys][:5]
        room -= _hint_width(helped) if helped else 0
        line: list[Span] = []
        for hint in wanted:
            if _hint_width(hint) > room:
                break
            room -= _hint_width(hint)
            line += _hint(hint)
        return (*line, *(_hint(helped) if helped else ()))


def _hint(hint: tuple[str, str]) -> tuple[Span, Span]:
    return (hint[0], "accent"), (f" {hint[1].lower()}{GAP}", "quiet")


def _hint_width(hint: tuple[str, str]) -> int:
    return cell_len(hint[0]) + 1 + cell_len(hint[1]) + len(GAP)


def first_keys(bindings: Iterable[ActiveBinding]) -> dict[str, tuple[str, str]]:
    """The first key and the words of every binding that works now, by its id."""
    found: dict[str, tuple[str, str]] = {}
    for active in bindings:
        binding = active.binding
        if binding.id and active.enabled and binding.key not in ALIASES:
            found.setdefault(binding.id, (key_words(binding.key), binding.description))
    return found


@dataclass(frozen=True, slots=True)
class Hint:
    """A binding as help shows it: all its keys, or a run of digits as one."""

    id: str
    keys: str
    words: str
    action: str
    node: DOMNode
    """Whose action it is."""
    single: bool = True
    """Whether it stands for one binding, and not for a run of digits."""

    @property
    def room(self) -> str:
        """The beginning of its id."""
        return self.id.partition(".")[0]


def gathered(bindings: Iterable[ActiveBinding]) -> list[Hint]:
    """Every binding with an id that works now, its keys together, in order."""
    keys: dict[str, list[str]] = {}
    found: dict[str, ActiveBinding] = {}
    for active in bindings:
        if active.binding.id and active.enabled and active.binding.key not in ALIASES:
            found.setdefault(active.binding.id, active)
            keys.setdefault(active.binding.id, []).append(key_words(active.binding.key))
    hints: dict[str, Hint] = {}
    for one, active in found.items():
        binding, stem = active.binding, one.rstrip("0123456789")
        if stem == one:
            said = " ".join(dict.fromkeys(keys[one]))
            words = binding.tooltip or binding.description
            hints[one] = Hint(one, said, words, binding.action, active.node)
        elif stem in hints:
            first = hints[stem].keys.partition("-")[0]
            hints[stem] = replace(hints[stem], keys=f"{first}-{keys[one][0]}")
        else:
            words = binding.description.rstrip("0123456789 ")
            hints[stem] = Hint(stem, keys[one][0], words, binding.action, active.node, single=False)
    return list(hints.values())
