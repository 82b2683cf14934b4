"""Reads a TOML file that anybody may have written, without trusting it."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from stretch_tui.core.problems import Problem

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from stretch_tui.storage.content.toml_lines import KeyPath

MAX_BYTES = 64 * 1024


class UnreadableError(Exception):
    """The file as a whole cannot be used; `problem` says why in words for a person."""

    def __init__(self, problem: Problem) -> None:
        """Keep the problem."""
        super().__init__(str(problem))
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed TOML file with the line of everything in it."""

    file: str
    """What the file is called in problems."""
    data: Mapping[str, object]
    lines: Mapping[KeyPath, int] = field(default_factory=dict)


def read_document(source: Traversable) -> Document:
    """Read and parse a file; raises UnreadableError."""
    return parse_document(read_text(source), str(source))


def read_text(source: Traversable) -> str:
    """The text of a regular UTF-8 file of at most 64 kB; raises UnreadableError."""
    file = str(source)
    try:
        raw = _regular(source) if isinstance(source, Path) else source.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise UnreadableError(Problem(file, 0, f"can't be read: {reason}")) from error
    if len(raw) > MAX_BYTES:
        raise UnreadableError(
            Problem(file, 0, "is larger than 64 kB", "split it into several files")
        )
    return decode(raw, file)


def decode(raw: bytes, file: str) -> str:
    """The text of UTF-8 bytes, without a byte order mark; raises UnreadableError."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        message = f"is not UTF-8 text: byte 0x{raw[error.start]:02x}"
        raise UnreadableError(Problem(file, line, message, "save it as UTF-8")) from error


def parse_document(text: str, file: str) -> Document:
    """Parse a text that claims to be TOML; raises UnreadableError."""
    if len(text) > MAX_BYTES:
        raise UnreadableError(
            Problem(file, 0, "is larger than 64 kB", "split it into several files")
        )
    # A start with a fresh index parses no TOML and pays for neither.
    import tomllib  # noqa: PLC0415

    from stretch_tui.storage.content import toml_lines  # noqa: PLC0415

    try:
        lines = toml_lines.key_lines(text)
        data = tomllib.loads(text)
    except toml_lines.TooDeepError as error:
        problem = Problem(file, error.line, f"has {error}", "nest it less")
        raise UnreadableError(problem) from error
    except (ValueError, RecursionError) as error:
        raise UnreadableError(_syntax(file, text, error)) from error
    return Document(file, data, lines)


def _regular(path: Path) -> bytes:
    """At most one byte over the limit of a regular file; never waits for a pipe or a device."""
    number = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(number, "rb") as file:
        if not stat.S_ISREG(os.fstat(number).st_mode):
            raise OSError(0, "it is not a regular file")
        return file.read(MAX_BYTES + 1)


def _syntax(file: str, text: str, error: Exception) -> Problem:
    """What the parser stumbled over, with the line out of its message."""
    words = str(error)
    found = re.search(r" \(at line (\d+), column (\d+)\)", words)
    if found:
        message = words.replace(found[0], f", column {found[2]}")
        return Problem(file, int(found[1]), f"is not TOML: {message}")
    if "at end of document" in words:
        message = words.replace(" (at end of document)", " at the end of the file")
        return Problem(file, text.count("\n") + 1, f"is not TOML: {message}")
    return Problem(file, 0, f"is not TOML: {words or type(error).__name__}")
