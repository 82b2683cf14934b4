"""What can go wrong and is told in words, never as a traceback."""

from __future__ import annotations

NOT_SAVED = "nothing was saved: "
"""Begins the words of a StoreError that kept a change from the disk."""


class StoreError(Exception):
    """Something could not be read or written; the message says what, where and what to do."""


class RefusedError(StoreError, ValueError):
    """A change that no later try could save either; nothing was saved, and nothing waits for it."""
