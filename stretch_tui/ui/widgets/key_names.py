"""What keys are called, and what those that work just now do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.binding import ActiveBinding
    from textual.dom import DOMNode

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


def key_words(key: str) -> str:
    """A key as people write it: `?`, `^s`, `esc`."""
    *modifiers, last = key.split("+")
    name = KEY_NAMES.get(last, last)
    if "ctrl" in modifiers:
        return f"^{name}"
    return f"{'shift+' if 'shift' in modifiers else ''}{name}"


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


def first_keys(bindings: Iterable[ActiveBinding], leave: str = "Back") -> dict[str, Hint]:
    """Every binding that works now with its first key alone, by its id; `leave` is what q does."""
    found: dict[str, Hint] = {}
    for active in bindings:
        one = active.binding
        if one.id and active.enabled and one.key not in ALIASES and one.id not in found:
            words = leave if one.id == "app.back" else one.description
            found[one.id] = Hint(one.id, key_words(one.key), words, one.action, active.node)
    return found


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
            words = binding.description.rstrip("0123456789 :")
            hints[stem] = Hint(stem, keys[one][0], words, binding.action, active.node, single=False)
    return list(hints.values())
