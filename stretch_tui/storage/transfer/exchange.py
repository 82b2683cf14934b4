"""Everything out in one file, and in again; what comes in is trusted in nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import IO, Any, NamedTuple

from stretch_tui.core.errors import StoreError
from stretch_tui.core.log.kinds import KINDS
from stretch_tui.core.log.merge import Key, Log, Record, take
from stretch_tui.core.log.records import only_known
from stretch_tui.core.log.soundness import problem_with
from stretch_tui.core.text import clean_text
from stretch_tui.storage.log.log_rows import record_of
from stretch_tui.storage.log.snapshot import SIZE_LIMIT
from stretch_tui.storage.transfer.own_files import FILES_LIMIT, OwnFile, file_of

SCHEMA = 1
TOTAL_LIMIT = SIZE_LIMIT + (16 << 20)
"""Whatever the log may hold can be taken in again, with files of one's own."""
LINE_LIMIT = 512 << 10
ITEMS_LIMIT = 50_000
"""Three sessions a day for forty-five years."""
AROUND_LIMIT = 100
"""Lines that hold no record: brackets and names of tables."""
_HEAD = '{\n"schema":1,\n"program":"stretch-tui"'
_TOML = re.compile(rb"[a-z_]+ *=|\[\[?[a-z]|#")
"""How a routine's file begins."""
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Bundle(NamedTuple):
    """What one file brings."""

    log: Log
    files: tuple[OwnFile, ...]


def dump(log: Log, files: Iterable[OwnFile]) -> bytes:
    """Records and files as json, one a line; equal contents give equal bytes."""
    ordered = sorted(log.values(), key=lambda one: (KINDS.index(one.kind), *one.stamp[:2], one.uid))
    lists = {
        "files": [_encode(file._asdict()) for file in files],
        "records": [record.text for record in ordered],
    }
    parts = [_HEAD]
    for name, lines in lists.items():
        parts += [f',\n"{name}":[\n' + ",\n".join(lines) + "\n]" if lines else f',\n"{name}":[]']
    return ("".join(parts) + "\n}\n").encode()


def load(stream: IO[bytes], name: str) -> Bundle:
    """What an export, or a copy of a log, brings; raises StoreError with one clear line.

    Read line by line and looked at before it is kept: a hostile file costs little time or memory.
    """
    records: dict[Key, Record] = {}
    files: dict[str, OwnFile] = {}
    items = _items(stream)
    number = 0
    try:
        while (found := next(items, None)) is not None:
            number, item = found
            if "kind" in item:
                _take_record(item, records)
            else:
                _take_file(item, files)
    except _RefusedError as refused:
        line = refused.line or number
        raise StoreError(f"{name}:{line}: {refused}; nothing was imported") from None
    return Bundle(records, tuple(files.values()))


class _RefusedError(Exception):
    """Why the file is not taken, and where."""

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(message)
        self.line = line


def _take_record(item: dict[str, Any], records: dict[Key, Record]) -> None:
    problem = problem_with(item)
    if problem is not None:
        raise _RefusedError(problem)
    if item["kind"] not in KINDS:  # what can be undone is a matter of each machine
        return
    take(records, record_of(only_known(item)))


def _take_file(item: dict[str, Any], files: dict[str, OwnFile]) -> None:
    try:
        file = file_of(item)
    except ValueError as problem:
        raise _RefusedError(clean_text(str(problem), 150)) from None
    if len(files) >= FILES_LIMIT:
        raise _RefusedError(f"more than {FILES_LIMIT} files")
    files[file.name] = max(file, files.get(file.name, file), key=lambda one: one.edited)


def _items(stream: IO[bytes]) -> Iterator[tuple[int, dict[str, Any]]]:
    """Every record and file with its line; checks that the whole is an export, whole."""
    number = around = 0
    last, known = b"", False
    for number, last in _lines(stream):
        item = _item(last, number) if number > 1 else None
        if item is None:
            around += 1
        elif "schema" in item:
            _check_schema(item, number)
            known = True
        elif known:
            yield number, item
        if around > AROUND_LIMIT or (item is not None and not known):
            raise _RefusedError(_FORM, number)
        if number - around > ITEMS_LIMIT:
            raise _RefusedError(f"more than {ITEMS_LIMIT:,} records", number)
    if last != b"}" or not known:
        raise _RefusedError("it ends in the middle" if number else "it is empty", number or 1)


def _lines(stream: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    """The stripped lines of a stream that begins as an export does, none of them large."""
    total = number = 0
    while line := stream.readline(LINE_LIMIT + 1):
        number += 1
        total += len(line)
        if len(line) > LINE_LIMIT:
            raise _RefusedError(f"a line longer than {LINE_LIMIT >> 10} kB: {_FORM}", number)
        if total > TOTAL_LIMIT:
            raise _RefusedError(f"larger than {TOTAL_LIMIT >> 20} MB", number)
        stripped = line.strip()
        if number == 1 and stripped.removeprefix(b"\xef\xbb\xbf") != b"{":
            raise _RefusedError(_not_an_export(stripped), 1)
        yield number, stripped


_FORM = "not in the form that `stretch-tui export` writes, one record a line"


def _item(line: bytes, number: int) -> dict[str, Any] | None:
    """The object on a line of an export or a log; None for the lines around the objects."""
    body = line.removesuffix(b",")
    if body in (b"{", b"}", b"]", b'"program":"stretch-tui"') or not body:
        return None
    if body.startswith(b'"schema":'):
        body = b"{" + body + b"}"
    elif body.startswith(b'"'):
        _, _, body = body.partition(b":")  # the name of a table, or the number of a document
        if body in (b"{", b"[", b"[]"):
            return None
    item = _parse(body, number)
    if not isinstance(item, dict) or not item:
        raise _RefusedError(_FORM, number)
    return item


def _parse(body: bytes, number: int) -> object:
    try:
        return _DECODER.decode(body.decode())
    except _RefusedError as refused:
        raise _RefusedError(str(refused), number) from None
    except UnicodeDecodeError:
        raise _RefusedError("not UTF-8 text", number) from None
    except RecursionError:
        raise _RefusedError("nested too deeply", number) from None
    except ValueError as error:
        words = getattr(error, "msg", "a number that is too long")
        raise _RefusedError(f"no JSON: {words}", number) from None


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _RefusedError("a name stands twice in one object")
    return found


def _no_number(constant: str) -> None:
    raise _RefusedError(f"{constant} is not a number")


_DECODER = json.JSONDecoder(object_pairs_hook=_unique, parse_constant=_no_number)


def _check_schema(item: dict[str, Any], number: int) -> None:
    schema = item["schema"]
    if type(schema) is not int or schema < 1:
        raise _RefusedError("its schema is not a whole number", number)
    if schema > SCHEMA:
        raise _RefusedError(
            f"written by a later version (schema {str(schema)[:20]}): update stretch-tui", number
        )


def _not_an_export(line: bytes) -> str:
    """Words for a first line that is none of ours."""
    shown = clean_text(line[:200].decode("utf-8", "replace"), 40)
    routine = "; is it a routine? stretch-tui routine import" if _TOML.match(line) else ""
    return f"not an export of stretch-tui: it begins with {shown!r}{routine}"
