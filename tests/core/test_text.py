"""Text from outside: what is kept, what is dropped, and that cleaning twice changes nothing."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stretch_tui.core.text import NAME_LIMIT, clean_text

ANY = st.text(st.characters(), max_size=120)  # surrogates and unassigned included


@pytest.mark.parametrize(
    ("given_text", "kept"),
    [
        ("Desk reset", "Desk reset"),
        ("  two  ends ", "two  ends"),
        ("red \x1b[31m alert", "red [31m alert"),
        ("copy \x1b]52;c;aGk=\x07 me", "copy ]52;c;aGk= me"),
        ("c1 \x9b31m", "c1 31m"),
        ("a\u202egnp.exe", "agnp.exe"),
        ("a\u2066b\u2069c\u200b\ufeffd", "abcd"),
        ("line\nbreak\ttab\r\nend", "line break tab  end"),
        ("\u2028sep\u2029", "sep"),
        ("nbsp\u00a0thin\u2009wide\u3000end", "nbsp thin wide end"),
        ("lone \ud800 half", "lone  half"),
        ("private \ue000 use", "private  use"),
        ("cafe\u0301", "café"),
        ("क्‍ष", "क्‍ष"),
        ("👩‍💻 pause", "👩‍💻 pause"),
        ("a" + "\u0301" * 50 + "b", "á" + "\u0301" * 4 + "b"),
        ("\u0301\u0302start", "start"),
        ("\u3164\u2800", ""),
        ("[@click=app.quit]Neck[/]", "[@click=app.quit]Neck[/]"),
        ("\x00" * 100_000 + "late", ""),
        ("", ""),
    ],
)
def test_what_is_kept(given_text: str, kept: str) -> None:
    assert clean_text(given_text, NAME_LIMIT) == kept


@given(ANY, st.integers(0, 80))
def test_laws(text: str, limit: int) -> None:
    clean = clean_text(text, limit)
    assert clean_text(clean, limit) == clean
    assert len(clean) <= limit
    assert clean == unicodedata.normalize("NFC", clean) == clean.strip()
    kinds = {unicodedata.category(c) for c in clean if c not in "\u200c\u200d"}
    assert not kinds & {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
    clean.encode()  # no half of a pair is left
