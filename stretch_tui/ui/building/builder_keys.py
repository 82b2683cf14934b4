"""The keys of the builder, each under an id by which it can be given another key."""

from __future__ import annotations

from textual.binding import Binding, BindingType

PANE_KEYS: list[BindingType] = [
    Binding("tab,shift+tab", "other_pane", "Other pane", id="builder.pane"),
    Binding("slash", "filter", "Filter", id="builder.filter"),
    Binding("escape", "back", "Back to the list", show=False, id="builder.back"),
]
"""From pane to pane."""

KEYS: list[BindingType] = [
    Binding("e", "dose", "Dose", id="builder.dose"),
    Binding("d,delete", "remove", "Remove", id="builder.remove"),
    Binding("J,shift+down", "shift(1)", "Move down", id="builder.down"),
    Binding("K,shift+up", "shift(-1)", "Move up", id="builder.up"),
    Binding("c", "duplicate", "Copy the step", id="builder.duplicate"),
    Binding(
        "o", "order", "Best order", tooltip="The order of least up and down", id="builder.order"
    ),
    Binding("s", "side", "Which side begins", id="builder.side"),
    Binding("v", "variation", "Easier or harder form", id="builder.variation"),
    Binding("i", "note", "Note on the step", id="builder.note"),
    Binding("r", "rest", "Rest between stretches", id="builder.rest"),
    Binding("n", "name", "Name, words, tags", id="builder.name"),
    Binding("p", "play", "Play from this step", id="builder.play"),
    Binding("ctrl+s", "save", "Save", id="builder.save", priority=True),
    Binding("w", "save_copy", "Save as another", id="builder.save-copy"),
    Binding("X", "delete", "Delete the routine", id="builder.delete"),
    Binding("Z", "throw_away", "Throw the changes away", id="builder.throw-away"),
    Binding("u", "undo", "Undo", id="builder.undo"),
    Binding("ctrl+y", "redo", "Redo", id="builder.redo"),
    Binding("q", "leave", "Leave", tooltip="Leave; changes are kept", id="builder.leave"),
]
"""What is done with the routine."""

CATALOG_HINTS = (
    *("builder.add", "builder.pane", "builder.filter", "builder.save"),
    *("builder.undo", "builder.name", "builder.play", "builder.save-copy"),
)
STEP_HINTS = (
    *("builder.dose", "builder.remove", "builder.down", "builder.save"),
    *("builder.up", "builder.undo", "builder.pane", "builder.duplicate", "builder.name"),
)
DOSE_HINTS = ("dose.less", "dose.more", "dose.published", "dose.done")
