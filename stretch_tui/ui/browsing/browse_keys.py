"""The keys of the first screen, each under an id by which it can be given another key."""

from __future__ import annotations

from textual.binding import Binding, BindingType

KEYS: list[BindingType] = [
    Binding("enter", "play", "Play", id="browse.play"),
    Binding("a", "add", "Add", tooltip="Add to a routine", id="browse.add"),
    Binding("f", "favorite", "Favorite", id="browse.favorite"),
    # With priority the app waits until the line is open: keys typed at once are not lost.
    Binding("slash", "filter", "Filter", id="browse.filter", priority=True),
    Binding(
        "m",
        "make",
        "Make: 5 min",
        tooltip="Make a routine to fit",
        id="browse.make",
    ),
    Binding("b", "build", "Build a routine", id="browse.build"),
    Binding("p", "progress", "Progress", id="browse.progress"),
    Binding("d", "end", "Done with it", tooltip="End what was left; it is logged", id="browse.end"),
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

_HINTS = (
    "filter.leave",
    "filter.drop",
    "list.choose",
    "browse.play",
    "browse.add",
    "browse.favorite",
    "browse.filter",
    "browse.make",
)
_RESUME_HINTS = ("list.choose", "browse.play", "browse.end", "browse.filter", "browse.make")
_READING_HINTS = ("detail.down", "browse.back", "browse.play", "browse.add", "browse.favorite")


def hints(
    *, reading: bool = False, resuming: bool = False, narrow: bool = False
) -> tuple[str, ...]:
    """Which keys to hint at: in the words, on a session that was left, and elsewhere."""
    if reading:
        return _READING_HINTS
    ids = _RESUME_HINTS if resuming else _HINTS
    return (*ids[:2], "browse.pane", *ids[2:]) if narrow else ids
