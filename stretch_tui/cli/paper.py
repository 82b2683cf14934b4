"""Plain text for a terminal or a pipe: wrapped to fit, bold only where it shows as bold."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from typing import TextIO

PLAIN = str.maketrans({
    "·": "-", "–": "-", "—": "-", "×": "x", "★": "*", "…": "~", "“": '"', "”": '"', "’": "'",
})  # fmt: skip
"""What stands in for marks that plain ASCII does not have."""
WIDEST = 80
"""Columns of prose; longer lines are hard to read."""


class Paper:
    """Writes lines and paragraphs; a pipe gets whole lines, a terminal gets what fits."""

    def __init__(
        self,
        out: TextIO | None = None,
        environ: Mapping[str, str] | None = None,
        *,
        ascii_only: bool = False,
    ) -> None:
        """Look once at what is written to."""
        self._out = sys.stdout if out is None else out
        env = os.environ if environ is None else environ
        self.terminal = self._out.isatty()
        """Whether a person is looking; otherwise nothing is cut off and nothing is bold."""
        self._bold = self.terminal and not env.get("NO_COLOR") and env.get("TERM") != "dumb"
        self._ascii = ascii_only or not _speaks_unicode(self._out)
        columns = _columns() if self.terminal else WIDEST
        self.columns = max(20, columns)
        """Cells in a row."""
        self.width = min(self.columns, WIDEST)
        """Cells of a line of prose."""

    def say(self, text: str = "") -> None:
        """Write one line as it is."""
        plain = text.translate(PLAIN) if self._ascii else text
        encoding = self._out.encoding or "utf-8"
        self._out.write(plain.encode(encoding, "replace").decode(encoding) + "\n")

    def strong(self, text: str) -> str:
        """The text in bold where that shows."""
        return f"\x1b[1m{text}\x1b[0m" if self._bold else text

    def title(self, left: str, right: str = "") -> None:
        """A heading, with something at the right edge."""
        gap = self.width - len(left) - len(right)
        room = " " * gap if gap > 1 else "  "
        self.say(f"{self.strong(left)}{room}{right}".rstrip())

    def prose(self, text: str, indent: str = "", first: str | None = None) -> None:
        """A paragraph, wrapped, its first line perhaps led by something else."""
        import textwrap

        lead = indent if first is None else first
        lines = textwrap.wrap(
            text,
            self.width,
            initial_indent=lead,
            subsequent_indent=indent,
            break_on_hyphens=False,
        )
        for line in lines or [lead.rstrip()]:
            self.say(line)

    def labeled(self, label: str, text: str) -> None:
        """A paragraph with a label in the margin; nothing when there is no text."""
        if text:
            self.prose(text, " " * 9, f"{label:<9}")

    def fit(self, text: str, cells: int) -> str:
        """The text cut to so many cells on a terminal; whole in a pipe."""
        if not self.terminal or len(text) <= cells:
            return text
        return f"{text[: cells - 1]}…" if cells > 0 else ""


def _columns() -> int:
    import shutil

    return shutil.get_terminal_size((WIDEST, 24)).columns


def _speaks_unicode(out: TextIO) -> bool:
    try:
        "·×★…“".encode(out.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True
