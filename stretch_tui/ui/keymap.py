"""The user's own keys: what the settings ask for, what of it is wrong, what is already taken."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from textual.binding import Binding

from stretch_tui.ui.widgets.bars import key_words

ROOMS = (
    "app",
    "browse",
    "builder",
    "detail",
    "dialog",
    "filter",
    "list",
    "make",
    "player",
    "progress",
)
"""What a binding's id can begin with."""
OWNED = ("ctrl+h", "ctrl+i", "ctrl+j", "ctrl+m", "ctrl+left_square_bracket", "ctrl+b", "ctrl+a")
"""Keys that other keys or terminal multiplexers own."""


class Keymap:
    """Keys of the settings by binding id."""

    def __init__(self, keys: Mapping[str, str]) -> None:
        self._told: set[frozenset[str]] = set()
        self.wanted: dict[str, str] = {}
        """What can be asked of Textual."""
        self.problems: list[str] = []
        """What is wrong, in words."""
        for binding_id, wanted in keys.items():
            problem = _problem(binding_id, wanted)
            if problem:
                self.problems.append(f"[keys] {binding_id}: {problem}")
            else:
                self.wanted[binding_id] = wanted

    def clashes(self, clashed: Iterable[Binding]) -> list[str]:
        """In words, and once each, which bindings lost their key to one of the settings."""
        found: list[str] = []
        for binding in clashed:
            told = frozenset((binding.id or binding.action, binding.key))
            if told in self._told:
                continue
            self._told.add(told)
            takers = [one for one, keys in self.wanted.items() if binding.key in keys.split(",")]
            by = f" for {takers[0]}" if takers else ""
            name = binding.description or binding.action
            found.append(f"[keys] {key_words(binding.key)} is taken{by}: {name} has lost it")
        return found


def _problem(binding_id: str, wanted: str) -> str:
    """What is wrong with one line of the settings; empty when nothing is."""
    room = binding_id.partition(".")[0]
    if room not in ROOMS or "." not in binding_id:
        return f"no such binding; ids begin with {', '.join(ROOMS)}"
    keys = [key.strip() for key in wanted.split(",")]
    if not all(keys):
        return "no key is named"
    taken = next((key for key in keys if key in OWNED), "")
    return f"{key_words(taken)} belongs to other keys or to tmux" if taken else ""
