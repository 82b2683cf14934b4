"""Text as it is compared: without what people leave out when they type."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache


def plain(text: str) -> str:
    """The text as it is compared: small letters, no accents or apostrophes, words by one space."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(one for one in decomposed if not unicodedata.combining(one))
    return " ".join(re.sub(r"[^\w]+|_", " ", kept.replace("'", "").replace("’", "")).split())


@lru_cache(maxsize=50_000)
def words_of(text: str) -> tuple[str, ...]:
    """The words of a text as they are compared."""
    return tuple(plain(text).split())
