"""Parsed catalog files in one file of the cache, so that a start parses no TOML.

The first line says how long the table of contents is, and has the checksum of all that follows;
then the table as JSON: per file its size, its stamp, where its parsed content lies in the rest,
what was wrong with it, and for a stretch the brief that lists and filters need. Content is decoded
when it is asked for. An index that is damaged, of another version or out of date is made again;
files that have not changed are taken over from it unread. Nothing is lost by deleting it.
"""

from __future__ import annotations

import json
import mmap
import os
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from stretch_tui import __version__
from stretch_tui.core.problems import Problem

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

MAGIC = b"stretch-tui index 2 "
LARGE = 4 * 1024 * 1024
"""Bytes from which an index is mapped instead of read."""

Brief = list[Any]
"""What lists need of a stretch, as plain JSON."""


Stamp = tuple[int, int]
"""Size and time of a file, or size and checksum inside an archive: what tells that it changed."""
GONE: Stamp = (-1, 0)
"""A file that cannot be looked at; reading it will say why."""


class Parsed(NamedTuple):
    """What one file gave."""

    data: Mapping[str, Any] | None
    """Its content; None when the file cannot be used."""
    problems: tuple[Problem, ...] = ()
    brief: Brief | None = None


class Entry(NamedTuple):
    """Where the content of one file lies, and what is known without it."""

    size: int
    stamp: int
    offset: int
    length: int
    """0 when the file cannot be used."""
    brief: Brief | None
    problems: list[list[Any]]


class _Bytes(Protocol):
    """Bytes that can be cut: read, or mapped."""

    def __getitem__(self, key: slice, /) -> bytes: ...

    def __len__(self) -> int: ...


class CatalogIndex:
    """The parsed content of a set of files, by their keys (folder, slash, name)."""

    def __init__(self, entries: Mapping[str, Entry], content: _Bytes, start: int = 0) -> None:
        """Keep what was read; `start` is where the content begins."""
        self.entries = entries
        self._content = content
        self._start = start

    def raw(self, key: str) -> bytes:
        """The content of a file as it is stored."""
        entry = self.entries[key]
        begin = self._start + entry.offset
        return self._content[begin : begin + entry.length]

    def data(self, key: str) -> Mapping[str, Any] | None:
        """The parsed content of a file; None when it cannot be used."""
        try:
            found = json.loads(self.raw(key)) if self.entries[key].length else None
        except ValueError:
            return None
        return found if isinstance(found, dict) else None

    def problems(self, root: Traversable) -> Iterator[Problem]:
        """Everything that was wrong with the files."""
        for key, entry in self.entries.items():
            for line, message, hint in entry.problems:
                yield Problem(str(root / key), line, message, hint)

    def fits(self, stamps: Mapping[str, Stamp]) -> bool:
        """Whether the index is of exactly these files as they are now."""
        return stamps == {key: (entry.size, entry.stamp) for key, entry in self.entries.items()}


def find_stamps(root: Traversable, kinds: Iterable[str]) -> dict[str, Stamp]:
    """All TOML files in folders of these names under a root, by key, in order."""
    found: dict[str, Stamp] = {}
    for kind in kinds:
        folder = root / kind
        rows = _scan(folder) if isinstance(folder, Path) else _walk(folder)
        found |= {f"{kind}/{name}": stamp for name, stamp in sorted(rows)}
    return found


def file_stamp(root: Traversable, name: str) -> Stamp:
    """The stamp of one file of a root, there or not."""
    file = root / name
    if not isinstance(file, Path):
        return _packed(file)
    try:
        state = file.stat()
    except OSError:
        return GONE
    return state.st_size, state.st_mtime_ns


def _scan(folder: Path) -> Iterator[tuple[str, Stamp]]:
    try:
        with os.scandir(folder) as rows:
            for row in rows:
                if row.name.endswith(".toml"):
                    yield row.name, _stated(row)
    except OSError:
        return


def _stated(row: os.DirEntry[str]) -> Stamp:
    try:
        state = row.stat()
    except OSError:  # a link that leads nowhere
        return GONE
    return state.st_size, state.st_mtime_ns


def _walk(folder: Traversable) -> Iterator[tuple[str, Stamp]]:
    try:
        files = [file for file in folder.iterdir() if file.name.endswith(".toml")]
    except OSError:
        return
    for file in files:
        yield file.name, _packed(file)


def _packed(file: Traversable) -> Stamp:
    """A file inside an archive: its checksum stands in the archive's directory."""
    archive, inside = getattr(file, "root", None), getattr(file, "at", None)
    try:
        info = archive.getinfo(inside)  # type: ignore[union-attr]
    except (AttributeError, KeyError):
        return GONE
    return info.file_size, info.CRC


def read_index(path: Path) -> CatalogIndex | None:
    """The index in a file, or None when there is none that this version can use."""
    try:
        with path.open("rb") as file:
            head = file.readline(64)
            if not head.startswith(MAGIC):
                return None
            size = os.fstat(file.fileno()).st_size
            content: bytes | mmap.mmap
            if size > LARGE:
                content = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            else:
                content = head + file.read()
        length, checksum = head[len(MAGIC) :].split()
        with memoryview(content) as view, view[len(head) :] as rest:
            if zlib.crc32(rest) != int(checksum, 16):  # it was not synced when power was lost
                return None
        start = len(head) + int(length)
        contents = json.loads(content[len(head) : start])
        if contents["version"] != __version__:
            return None
        entries = {key: Entry(*row) for key, row in contents["files"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return CatalogIndex(entries, content, start)


def make_index(
    stamps: Mapping[str, Stamp], old: CatalogIndex | None, parse: Callable[[str], Parsed]
) -> CatalogIndex:
    """An index of these files; what has not changed is taken over from the old one."""
    entries: dict[str, Entry] = {}
    parts: list[bytes] = []
    offset = 0
    for key, (size, stamp) in stamps.items():
        entry = old.entries.get(key) if old is not None else None
        if old is not None and entry is not None and entry[:2] == (size, stamp):
            content = old.raw(key)
        else:
            parsed = parse(key)
            content = b"" if parsed.data is None else json.dumps(parsed.data, default=str).encode()
            rows = [[one.line, one.message, one.hint] for one in parsed.problems]
            entry = Entry(size, stamp, 0, 0, parsed.brief, rows)
        entries[key] = entry._replace(offset=offset, length=len(content))
        parts.append(content)
        offset += len(content)
    return CatalogIndex(entries, b"".join(parts))


def write_index(path: Path, index: CatalogIndex) -> None:
    """Keep an index, whole or not at all; a cache that cannot be written is no problem."""
    content = b"".join(index.raw(key) for key in index.entries)
    table = {"version": __version__, "files": index.entries}
    contents = json.dumps(table, separators=(",", ":")).encode()
    rest = contents + content
    write_whole(path, MAGIC + b"%d %08x\n" % (len(contents), zlib.crc32(rest)) + rest)


def write_whole(path: Path, content: bytes) -> None:
    """Write a file of the cache, whole or not at all; that it cannot be written is no problem."""
    import tempfile  # noqa: PLC0415 - only a changed catalog pays for it

    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        number, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    except OSError:
        return
    temporary = Path(name)
    try:
        with os.fdopen(number, "wb") as file:
            file.write(content)
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)
