"""Takes values out of a parsed table, collecting every problem instead of stopping at the first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from stretch_tui.core.content.dose import Range
from stretch_tui.core.problems import Problem, did_you_mean
from stretch_tui.core.text import clean_text
from stretch_tui.storage.content.toml_reading import Document

if TYPE_CHECKING:
    from stretch_tui.storage.content.toml_lines import KeyPath

Choice = TypeVar("Choice", bound=StrEnum)

LINE = 300
"""Characters of one spoken line."""
NAME = 60
MOST = 100
"""Problems of one file that are told; a file with more is not what it claims to be."""


@dataclass(slots=True)
class Report:
    """The problems of one file, in the order in which they were found."""

    document: Document
    problems: list[Problem] = field(default_factory=list)

    def say(self, path: KeyPath, message: str, hint: str = "") -> None:
        """Note a problem at the line of the path, or of the nearest table around it."""
        if len(self.problems) >= MOST:
            return
        line = 0
        for end in range(len(path), 0, -1):
            line = self.document.lines.get(path[:end], 0)
            if line:
                break
        if len(self.problems) == MOST - 1:
            message, hint = "has more problems than these", "fix the ones above first"
        self.problems.append(Problem(self.document.file, line, message, hint))


KINDS: Mapping[type, str] = {
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    str: "a text",
    list: "a list",
    dict: "a table",
}


def kind_of(value: object) -> str:
    """What a value is, in the words of TOML."""
    return KINDS.get(type(value), "a date")


class Fields:
    """One table of a document; every key that is read is known, `close` reports the others."""

    def __init__(self, table: Mapping[str, object], path: KeyPath, report: Report) -> None:
        """Read `table`, which stands at `path`, and report into `report`."""
        self.table = table
        self.path = path
        self.report = report
        self._known: list[str] = []

    @classmethod
    def of(cls, document: Document) -> Fields:
        """The top table of a document, with a fresh report."""
        return cls(document.data, (), Report(document))

    def say(self, key: str, message: str, hint: str = "") -> None:
        """Report a problem with one key."""
        self.report.say((*self.path, key), message, hint)

    def has(self, key: str) -> bool:
        """Whether the table holds the key."""
        return key in self.table

    def _take(self, key: str, kind: type, words: str) -> object:
        """The value of a key if it has the right type; None when it is missing or wrong."""
        self._known.append(key)
        value = self.table.get(key)
        if value is None or type(value) is kind:
            return value
        self.say(key, f"{key} is {kind_of(value)}, it must be {words}")
        return None

    def text(self, key: str, *, limit: int = LINE, required: bool = False) -> str:
        """A text, cleaned of control characters; empty when it is missing."""
        value = self._take(key, str, "a text in quotes")
        clean = self._clean(key, value, limit) if isinstance(value, str) else ""
        if required and not clean and (value is not None or key not in self.table):
            self.say(key, f"{key} is missing" if value is None else f"{key} is empty")
        return clean

    def _clean(self, key: str, value: str, limit: int) -> str:
        if len(value) > limit:
            self.say(key, f"{key} is longer than {limit} characters", "make it shorter")
        return clean_text(value, limit).strip()

    def texts(self, key: str, *, limit: int = LINE, most: int = 20) -> tuple[str, ...]:
        """A list of texts, cleaned; empty when it is missing."""
        value = self._take(key, list, "a list of texts")
        found = []
        for index, one in enumerate(value if isinstance(value, list) else ()):
            if not isinstance(one, str) or not one.strip():
                words = "empty" if isinstance(one, str) else kind_of(one)
                self.report.say((*self.path, key, index), f"{key}: entry {index + 1} is {words}")
            else:
                found.append(self._clean(key, one, limit))
        if len(found) > most:
            self.say(key, f"{key} has {len(found)} entries, {most} at most")
        return tuple(found[:most])

    def flag(self, key: str) -> bool:
        """True or false; false when it is missing."""
        return bool(self._take(key, bool, "true or false"))

    def number(self, key: str, low: int, high: int) -> int | None:
        """A whole number inside the limits; None when it is missing or wrong."""
        value = self._take(key, int, "a whole number")
        if not isinstance(value, int):
            return None
        return value if self._inside(key, value, low, high) else None

    def _inside(self, key: str, value: int, low: int, high: int) -> bool:
        if low <= value <= high:
            return True
        self.say(key, f"{key} is {_short(value)}", f"keep it between {low} and {high}")
        return False

    def range(self, key: str, low: int, high: int) -> Range | None:
        """A number, or a low and a high one in brackets; None when it is missing or wrong."""
        value = self.table.get(key)
        if not isinstance(value, list):
            exact = self.number(key, low, high)
            return None if exact is None else Range(exact, exact)
        self._known.append(key)
        if len(value) != 2 or any(type(one) is not int for one in value):
            self.say(key, f"{key} must be one whole number or two", f"for example {key} = [3, 5]")
            return None
        first, last = value
        if first > last:
            words = f"{key} runs from {_short(first)} down to {_short(last)}"
            self.say(key, words, f"write {key} = [{_short(last)}, {_short(first)}]")
            return None
        inside = self._inside(key, first, low, high) and self._inside(key, last, low, high)
        return Range(first, last) if inside else None

    def choice(self, key: str, kind: type[Choice], *, required: bool = False) -> Choice | None:
        """One of the words of an enumeration; None when it is missing or unknown."""
        word = self.text(key, required=required)
        return self._pick((*self.path, key), key, word, kind) if word else None

    def choices(self, key: str, kind: type[Choice]) -> tuple[Choice, ...]:
        """A list of words of an enumeration; unknown ones are reported and left out."""
        words = enumerate(self.texts(key))
        picked = [self._pick((*self.path, key, i), key, word, kind) for i, word in words]
        return tuple(dict.fromkeys(one for one in picked if one is not None))

    def _pick(self, path: KeyPath, key: str, word: str, kind: type[Choice]) -> Choice | None:
        known = [one.value for one in kind]
        if word in known:
            return kind(word)
        hint = did_you_mean(word, known) or f"one of {', '.join(known)}"
        self.report.say(path, f"{key}: {word!r} is unknown", hint)
        return None

    def words(self, key: str, known: Iterable[str]) -> tuple[str, ...]:
        """A list of known words, each perhaps several with `|` between; others are reported."""
        allowed = tuple(known)
        found = []
        for index, entry in enumerate(self.texts(key)):
            wrong = [one for one in entry.split("|") if one not in allowed]
            for one in wrong:
                hint = did_you_mean(one, allowed) or f"one of {', '.join(allowed)}"
                self.report.say((*self.path, key, index), f"{key}: {one!r} is unknown", hint)
            if not wrong:
                found.append(entry)
        return tuple(found)

    def inner(self, key: str) -> Fields | None:
        """The table under a key; None when it is missing or no table."""
        value = self._take(key, dict, f"a table: [{key}]")
        if not isinstance(value, dict):
            return None
        return Fields(value, (*self.path, key), self.report)

    def tables(self, key: str, *, most: int = 200) -> Iterator[Fields]:
        """The tables of a list of tables; what is no table is reported and left out."""
        value = self._take(key, list, f"a list of tables: [[{key}]]")
        entries = value if isinstance(value, list) else []
        if len(entries) > most:
            self.say(key, f"{key} has {len(entries)} entries, {most} at most")
        for index, entry in enumerate(entries[:most]):
            path = (*self.path, key, index)
            if isinstance(entry, dict):
                yield Fields(entry, path, self.report)
            else:
                self.report.say(path, f"{key}: entry {index + 1} is {kind_of(entry)}, not a table")

    def close(self, what: str) -> None:
        """Report every key that nothing has read."""
        for key in self.table:
            if len(self.report.problems) >= MOST:
                return
            if key not in self._known:
                hint = did_you_mean(key, self._known)
                name = clean_text(key, NAME)
                self.say(key, f"unknown key {name!r} in {what}", hint)


def _short(value: int) -> str:
    """A number in words that fit a line, however long it is."""
    return str(value) if abs(value) < 10**9 else "a huge number"
