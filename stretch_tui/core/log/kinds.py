"""The kinds of records, by the words that name them in a document."""

from __future__ import annotations

SESSION, EDIT, UNDO = "session", "edit", "undo"
FAVORITE, BANNED, SEEN, GOAL, PAUSE = "favorite", "banned", "seen", "goal", "pause"
KINDS = (FAVORITE, BANNED, SEEN, GOAL, PAUSE, EDIT, SESSION)
"""All that is exchanged with other machines."""
