"""File names out of names: small letters, digits and dashes, whatever the name holds."""

from __future__ import annotations

import re
from collections.abc import Container
from unicodedata import normalize

_LONGEST = 48
_DEVICES = re.compile(r"con|prn|aux|nul|(com|lpt)[0-9]")
"""Names that Windows keeps for devices."""


def slug(name: str) -> str:
    """The name as an id that is safe as a file name everywhere; never empty."""
    plain = normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    found = re.sub(r"[^a-z0-9]+", "-", plain)[:_LONGEST].strip("-")
    return found if found and not _DEVICES.fullmatch(found) else f"routine-{found}".rstrip("-")


def free_slug(name: str, taken: Container[str]) -> str:
    """The slug of the name, with a number behind it when that one is taken."""
    wanted = slug(name)
    found, number = wanted, 2
    while found in taken:
        found, number = f"{wanted}-{number}", number + 1
    return found
