"""The user's own keys: what the settings ask for, what of it is wrong, what is already taken."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from textual.binding import Binding, BindingType
from textual.keys import Keys, _character_to_key

from stretch_tui.core.problems import did_you_mean
from stretch_tui.ui.widgets.key_names import key_words

OWNED = ("ctrl+h", "ctrl+i", "ctrl+j", "ctrl+m", "ctrl+left_square_bracket", "ctrl+b", "ctrl+a")
"""Keys that other keys or terminal multiplexers own."""


class Keymap:
    """Keys of the settings by binding id."""

    def __init__(self, keys: Mapping[str, str]) -> None:
        self._told: set[frozenset[str]] = set()
        self.wanted = {one: keys[one] for one in keys if not wrong_keys(keys[one])[0]}
        """What can be asked of Textual."""

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


def wrong_keys(wanted: str) -> tuple[str, str]:
    """What is wrong with the keys that a line of the settings names, and a hint; or nothing."""
    keys = [key.strip() for key in wanted.split(",")]
    if not all(keys):
        return "no key is named", ""
    taken = next((key for key in keys if key in OWNED), "")
    if taken:
        return f"{key_words(taken)} belongs to other keys or to tmux", ""
    unknown = next((key for key in keys if not _known(key)), "")
    return (f"no key is called {unknown!r}", did_you_mean(unknown, _NAMES)) if unknown else ("", "")


_MODIFIERS = frozenset(("alt", "ctrl", "hyper", "meta", "shift", "super"))
_CHARACTERS = frozenset(
    _character_to_key(chr(code)) for code in range(32, 127) if not chr(code).isalnum()
)
"""What Textual calls the keys of ASCII that are no letters or digits."""
_NAMES = (*(key.value for key in Keys if key.value[0] != "<"), *sorted(_CHARACTERS))


def _known(key: str) -> bool:
    """Whether a terminal can send a key that Textual calls so."""
    before, _, last = key.rpartition("+")
    modified = _MODIFIERS.issuperset(before.split("+")) if before else True
    return key in _NAMES or len(key) == 1 or (modified and (last in _NAMES or len(last) == 1))
