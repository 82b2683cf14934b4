"""One generation of the log as it was read, and what can be wrong with its bytes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from stretch_tui.storage.log.log_rows import Rows

SCHEMA = 1
SIZE_LIMIT = 64 << 20
META = "_meta"
"""The table in which a file says what it is."""


class DamagedError(Exception):
    """The bytes are no log; the message says in what way."""


class NewerSchemaError(Exception):
    """The file was written by a later version of the program."""


class Meta(NamedTuple):
    """What the file says about itself."""

    schema: int = SCHEMA
    revision: int = 0
    """Counts the generations of the file."""
    device: str = ""
    """Names this copy of the log among the machines of one user."""
    clock: int = 0
    """The logical clock: the greatest stamp seen."""
    written: str = ""
    """When, by the machine's clock; for people, never compared."""


class Snapshot(NamedTuple):
    """One generation of the file; never changed in place."""

    meta: Meta
    tables: Mapping[str, Rows]
    origin: str = "own"
    """`own`, `new`, or why it is not what this version wrote: `changed` outside the app,
    `migrated`, `recovered` or `newer`."""


EMPTY = Snapshot(Meta(), {}, "new")
