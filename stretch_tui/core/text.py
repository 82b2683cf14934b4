"""Text from outside, made harmless: no control, escape, bidi or invisible characters, and short."""

from __future__ import annotations

from unicodedata import category, normalize

NAME_LIMIT = 60
"""Characters of a name or a title."""
NOTE_LIMIT = 2_000
"""Characters of a note or a description."""
MARKS_A_BASE = 4
"""Combining marks and joiners kept on one base character; real scripts need no more."""

_JOINERS = "\u200c\u200d"  # format characters that scripts and emoji need
_BLANKS = "\u115f\u1160\u2800\u3164\uffa0"  # letters and symbols that show as nothing


def clean_text(text: str, limit: int) -> str:
    """The text in NFC on one line, at most `limit` characters, with nothing that steers a terminal.

    Line breaks, tabs and odd spaces become plain spaces; the ends are stripped; applying it twice
    changes nothing. Markup is left alone: whoever shows the text shows it as content.
    """
    if text.isascii() and text.isprintable():
        return text.strip()[:limit].rstrip()
    # Enough to fill the limit from any text but one that is nearly all rubbish; bounds the work.
    head = text.lstrip()[: 8 * limit + 64]
    kept = _limit_marks(normalize("NFC", "".join(map(_plain, head))))
    return normalize("NFC", kept.strip()[:limit]).strip()


def _plain(character: str) -> str:
    """The character, a space in place of any kind of blank, or nothing."""
    if character.isprintable():
        return " " if character in _BLANKS else character
    if character in _JOINERS:
        return character
    if character.isspace():
        return " "
    kind = category(character)
    return " " if kind[0] == "Z" else ""  # the rest: Cc Cf Cs Co Cn


def _limit_marks(text: str) -> str:
    """The text with at most `MARKS_A_BASE` marks and joiners in a row, and none at its start."""
    kept: list[str] = []
    marks = MARKS_A_BASE  # nothing to sit on yet
    for character in text:
        if character in _JOINERS or category(character)[0] == "M":
            marks += 1
            if marks > MARKS_A_BASE:
                continue
        else:
            marks = 0
        kept.append(character)
    return "".join(kept)
