"""What the signs on each screen mean, for its help."""

from __future__ import annotations

from stretch_tui.core.log.stats import REGION_WEEK_SECONDS, STRETCH_SECONDS
from stretch_tui.ui.marks import Marks

Signs = tuple[tuple[str, str], ...]
"""What stands on a screen, and what it means; a screen has them as `signs_explained`."""

DOSES: Signs = (
    ("5 times", "five repetitions, without a hold"),
    ("15 s a side", "a hold of 15 seconds on the left, and one on the right"),
    ("10 s x 3", "a hold of 10 seconds, three times"),
    ("2 holds x 3", "two poses held one after the other, three times"),
)
"""How a dose is written, where room is short."""


def browse_signs(marks: Marks) -> Signs:
    """Those of the first screen."""
    return ((f"1-9 {marks.star}", "a favorite, and the key that plays it"), *_with(DOSES, marks))


def builder_signs(marks: Marks) -> Signs:
    """Those of the builder."""
    return (
        (marks.down, "a shorter dose than the published one; that is fine"),
        ("!", "more than the published dose, or unknown here and left out"),
        ("or", "done instead of the one above it, where that is not possible"),
        *_with(DOSES, marks),
    )


def progress_signs(marks: Marks) -> Signs:
    """Those of the progress screen that its own legend does not name."""
    plenty, enough = REGION_WEEK_SECONDS // 60, STRETCH_SECONDS
    return (
        (marks.day_done + marks.day_open * 2, "days done this week, and days to the goal"),
        ("too short", "less than 2 minutes and no full stretch: it is kept, and counts no day"),
        ("kept, saved", "a week that met its goal; one that a rest token saved"),
        ("This week", f"a full bar is {plenty} minutes: more adds nothing"),
        ("Today", f"seconds of each stretch; {enough} a side are enough"),
        ("less", "the side that got less"),
    )


def _with(signs: Signs, marks: Marks) -> Signs:
    """The signs as they stand on the screen: in ASCII a times sign is a letter."""
    times = "x" if marks.border == "ascii" else "\u00d7"
    return tuple((sign.replace(" x ", f" {times} "), words) for sign, words in signs)
