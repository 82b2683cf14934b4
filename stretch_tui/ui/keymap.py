"""The user's own keys: what the settings ask for, what of it is wrong, what is already taken."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from textual.binding import Binding, BindingType

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

    def clashes(self, owner: Iterable[BindingType]) -> list[str]:
        """In words, and once each, which bindings of one screen lost their key to a setting.

        Textual tells of clashes too, but never when the binding that loses has an id.
        """
        bindings = [one for one in owner if isinstance(one, Binding) and one.id]
        found: list[str] = []
        for taker in bindings:
            for key in self.wanted.get(taker.id or "", "").replace(" ", "").split(","):
                for other in bindings:
                    if other is not taker and key in self._keys_of(other):
                        found += self._tell(key, taker, other)
        return found

    def _keys_of(self, binding: Binding) -> list[str]:
        return self.wanted.get(binding.id or "", binding.key).replace(" ", "").split(",")

    def _tell(self, key: str, taker: Binding, other: Binding) -> list[str]:
        pair = frozenset((taker.id or "", other.id or "", key))
        if pair in self._told:
            return []
        self._told.add(pair)
        return [f"[keys] {key_words(key)} is taken for {taker.id}: {other.description} has lost it"]


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
