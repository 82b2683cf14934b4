"""The keys of the first screen, each under an id by which it can be given another key."""

from __future__ import annotations

from textual.binding import Binding, BindingType

KEYS: list[BindingType] = [
    Binding("enter", "play", "Play", id="browse.play"),
    # On a routine both keys open it: `a` is what leads into the builder from every row.
    Binding("e,a", "edit", "Edit", tooltip="Edit the routine", id="browse.edit"),
    Binding(
        "e,a",
        "edit_copy",
        "Edit a copy",
        tooltip="Edit a copy of it",
        id="browse.edit-copy",
    ),
    Binding("a", "add", "Add", tooltip="Add to a routine", id="browse.add"),
    Binding("n", "rename", "Rename", tooltip="Rename the routine", id="browse.rename"),
    Binding("X,delete", "delete", "Delete", tooltip="Delete the routine", id="browse.delete"),
    Binding("f", "favorite", "Favorite", id="browse.favorite"),
    Binding(
        "l",
        "leave_out",
        "Suggest no more",
        tooltip="Suggest no more, or again",
        id="browse.leave-out",
    ),
    # With priority the app waits until the line is open: keys typed at once are not lost.
    Binding("slash", "filter", "Filter", id="browse.filter", priority=True),
    Binding(
        "m",
        "make",
        "Make: 5 min",
        tooltip="Make a routine to fit",
        id="browse.make",
    ),
    Binding("b", "build", "Builder", tooltip="Build a routine", id="browse.build"),
    Binding("p", "progress", "Progress", id="browse.progress"),
    Binding(
        "d", "end", "End and log it", tooltip="End what was left; it is logged", id="browse.end"
    ),
    Binding("tab", "other_pane", "Words", tooltip="Scroll the words", id="browse.pane"),
    Binding("escape", "back", "Back to the list", show=False, id="browse.back"),
    Binding("s", "style", "Figure: next style", id="browse.style"),
    Binding("left_square_bracket", "turn(-1)", "Figure: turn left", id="browse.turn-left"),
    Binding("right_square_bracket", "turn(1)", "Figure: turn right", id="browse.turn-right"),
    Binding("left_curly_bracket", "tilt(-1)", "Figure: from below", id="browse.tilt-down"),
    Binding("right_curly_bracket", "tilt(1)", "Figure: from above", id="browse.tilt-up"),
    Binding("o", "mirror", "Figure: other side", id="browse.mirror"),
    *(
        Binding(f"{n}", f"play_favorite({n})", f"Play favorite {n}", id=f"browse.play-{n}")
        for n in range(1, 10)
    ),
]

_PLAY = ("filter.leave", "filter.drop", "list.choose", "browse.play")
_DOORS = ("browse.favorite", "browse.filter", "browse.make", "browse.build", "browse.progress")
_LAST = ("app.back", "app.commands")
_HINTS = {
    "": (*_PLAY, *_DOORS[1:], *_LAST),
    "stretch": (*_PLAY, "browse.add", *_DOORS, *_LAST),
    "shipped": (*_PLAY, "browse.edit-copy", *_DOORS, *_LAST),
    "own": (*_PLAY, "browse.edit", *_DOORS, "browse.rename", "browse.delete", *_LAST),
    "resume": ("list.choose", "browse.play", "browse.end", *_DOORS[1:], *_LAST),
}
_READING_HINTS = ("detail.down", "browse.back", "browse.play", "browse.add", "browse.favorite")


def hints(kind: str, *, reading: bool = False, narrow: bool = False) -> tuple[str, ...]:
    """Which keys to hint at, the most important first: in the words, and on each kind of row."""
    if reading:
        return _READING_HINTS
    ids = _HINTS[kind]
    return (*ids[:4], "browse.pane", *ids[4:]) if narrow else ids
