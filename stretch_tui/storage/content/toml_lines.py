"""Where everything stands in a TOML text: the line of each key, and how deep it is nested.

The parser of the standard library gives values without lines. This scanner goes over the same
text once, without building values, so that a problem can name its line and so that a text made
to exhaust the parser is refused before it gets there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

KeyPath = tuple[str | int, ...]
"""Keys and list positions from the top of the file down to a value."""

TOKEN = re.compile(
    r"""
    (?P<text>\"\"\"(?:\\.|[^\\])*?(?:\"{3,5}|\Z)|'''.*?(?:'{3,5}|\Z)
        |"(?:\\.|[^"\\\n])*(?:"|(?=\n)|\Z)|'[^'\n]*(?:'|(?=\n)|\Z))
    |(?P<comment>\#[^\n]*)
    |(?P<word>[^\s\[\]{},=\#"'.]+)
    |(?P<sign>[\[\]{},=.\n])
    """,
    re.VERBOSE | re.DOTALL,
)
"""Every alternative ends somewhere even when a quote is never closed: one pass, linear time."""
MAX_DEPTH = 12
MAX_DOTS = 8


class TooDeepError(ValueError):
    """The text nests brackets or dotted keys deeper than any sane file; `line` says where."""

    def __init__(self, line: int, message: str) -> None:
        """Keep the line apart from the words."""
        super().__init__(message)
        self.line = line


def key_lines(text: str) -> Mapping[KeyPath, int]:
    """The line, from 1, of every key, table and list element of a TOML text.

    Raises TooDeepError for brackets or dotted keys nested deeper than a sane file needs. A text
    that is not TOML gives whatever lines could be told; saying what is wrong is the parser's work.
    """
    return _Scan(text).lines


class _Scan:
    """One pass over the tokens, keeping the path of the value that is being read."""

    def __init__(self, text: str) -> None:
        self.lines: dict[KeyPath, int] = {}
        self._table: KeyPath = ()
        self._arrays: dict[KeyPath, int] = {}
        self._path: KeyPath = ()
        self._stack: list[tuple[str, KeyPath, int]] = []
        self._key: list[str] = []
        self._dots = 0
        self._header = ""
        self._value = False
        self._line = 1
        for token in TOKEN.finditer(text):
            if token.lastgroup in ("text", "word"):
                self._word(token[0])
            elif token.lastgroup == "sign":
                self._sign(token[0])
            self._line += token[0].count("\n")

    def _word(self, word: str) -> None:
        if self._value:
            self._element()
        else:
            quoted = word[0] in "\"'"
            self._key.append(word.strip("\"'") if quoted else word)

    def _sign(self, sign: str) -> None:
        if sign == "\n":
            self._newline()
        elif sign == "=" and not self._value:
            self._begin_value()
        elif sign in "[{":
            self._open(sign)
        elif sign in "]}":
            self._close(sign)
        elif sign == "," and self._stack:
            self._comma()
        elif sign == "." and not self._value:
            self._dot()

    def _dot(self) -> None:
        self._dots += 1
        if self._dots > MAX_DOTS:
            raise TooDeepError(self._line, f"a key with more than {MAX_DOTS} dots")

    def _here(self) -> KeyPath:
        return self._stack[-1][1] if self._stack else self._table

    def _note(self, path: KeyPath) -> None:
        self.lines.setdefault(path, self._line)

    def _newline(self) -> None:
        if not self._stack:
            self._key, self._value, self._header, self._dots = [], False, "", 0

    def _begin_value(self) -> None:
        path = self._here()
        for name in self._key:
            path = (*path, name)
            self._note(path)
        self._key, self._value, self._dots = [], True, 0
        self._path = path

    def _open(self, sign: str) -> None:
        if sign == "[" and not self._value and not self._stack:
            self._header += "["
            return
        if len(self._stack) >= MAX_DEPTH:
            raise TooDeepError(self._line, f"brackets nested more than {MAX_DEPTH} deep")
        self._element()
        self._stack.append((sign, self._path, 0))
        self._value = sign == "["

    def _element(self) -> None:
        """Note the line of what begins here, when it is an element of a list."""
        if self._stack and self._stack[-1][0] == "[":
            _, path, index = self._stack[-1]
            self._path = (*path, index)
            self._note(self._path)

    def _close(self, sign: str) -> None:
        if sign == "]" and self._header and not self._stack:
            self._end_header()
        elif self._stack:
            self._stack.pop()
            self._value, self._key, self._dots = True, [], 0

    def _comma(self) -> None:
        kind, path, index = self._stack.pop()
        self._stack.append((kind, path, index + 1))
        self._value, self._key, self._dots = kind == "[", [], 0

    def _end_header(self) -> None:
        if not self._key:
            return
        path: KeyPath = ()
        last = len(self._key) - 1
        for index, name in enumerate(self._key):
            path = (*path, name)
            if index == last and self._header == "[[":
                self._note(path)
                self._arrays[path] = self._arrays.get(path, -1) + 1
            if path in self._arrays:
                path = (*path, self._arrays[path])
            self._note(path)
        self._table, self._key = path, []
        self._value = True  # what follows a header on its line is no key
