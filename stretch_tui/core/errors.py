"""What can go wrong and is told in words, never as a traceback."""

from __future__ import annotations


class StoreError(Exception):
    """Something could not be read or written; the message says what, where and what to do."""


class UnsoundError(StoreError, ValueError):
    """A record that could not be read again if it were written; nothing was saved."""
