"""The catalog from its files: the shipped one, and the user's own stretches and poses."""

from __future__ import annotations

import gc
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import stretch_tui
from stretch_tui.core.content.catalog import Brief, Catalog, SourceProgram, Tip, brief_of
from stretch_tui.core.content.routine import Routine
from stretch_tui.core.content.stretch import Level, Position, Region, Stretch
from stretch_tui.core.problems import Problem
from stretch_tui.storage.content.catalog_index import (
    CatalogIndex,
    Parsed,
    Stamp,
    file_stamp,
    find_stamps,
    make_index,
    read_index,
    write_index,
)
from stretch_tui.storage.content.routine_toml import read_routine
from stretch_tui.storage.content.sources_toml import read_sources, read_tips
from stretch_tui.storage.content.stretch_toml import read_stretch
from stretch_tui.storage.content.toml_reading import Document, UnreadableError, read_document
from stretch_tui.storage.paths import Paths

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

PoseTables = Mapping[str, Mapping[str, object]]
SOURCES, TIPS = "sources.toml", "tips.toml"


@dataclass(frozen=True, slots=True)
class LoadedCatalog:
    """What was read, and everything that was wrong with it."""

    catalog: Catalog
    poses: PoseTables
    """The tables of each pose file by its stem, decoded when asked for."""
    problems: tuple[Problem, ...] = field(default=())
    stamp: str = ""
    """Changes with any file of the catalog."""


def catalog_root() -> Traversable:
    """The shipped catalog: inside the package, or beside it in a checkout."""
    package: Traversable = Path(stretch_tui.__file__).parent
    if not package.is_dir():  # inside an archive; importing this costs as much as all the rest
        from importlib.resources import files  # noqa: PLC0415

        package = files("stretch_tui")
    inside = package / "catalog"
    return inside if inside.is_dir() else package.parent / "catalog"  # type: ignore[attr-defined]


def load_catalog(paths: Paths | None = None, root: Traversable | None = None) -> LoadedCatalog:
    """The shipped catalog, with the user's own stretches and poses where `paths` is given.

    A bad file is left out and told in `problems`; nothing raises. With `paths`, what was parsed is
    kept in the cache folder and taken from there until a file changes.
    """
    running = gc.isenabled()
    gc.disable()  # thousands of lasting values: walking them again and again doubles the time
    try:
        return _load(root or catalog_root(), paths)
    finally:
        if running:
            gc.enable()


def _load(base: Traversable, paths: Paths | None) -> LoadedCatalog:
    stamps = find_stamps(base, ("stretches", "routines", "poses"))
    stamps |= {name: file_stamp(base, name) for name in (SOURCES, TIPS)}
    shipped = _Shelf.open(base, stamps, paths, own=False)
    shelves = [shipped]
    if paths is not None:
        own = find_stamps(paths.data, ("stretches", "poses"))
        if own:
            shelves.insert(0, _Shelf.open(paths.data, own, paths, own=True))
    stretches = StretchFiles(shelves)
    catalog = Catalog(
        stretches, shipped.routines(), shipped.programs(), shipped.tips(), stretches.briefs
    )
    problems = [problem for shelf in shelves for problem in shelf.problems()]
    told = (*problems, *stretches.duplicates)
    return LoadedCatalog(catalog, PoseFiles(shelves), told, _stamp(shelves))


def _stamp(shelves: list[_Shelf]) -> str:
    entries = [(key, *entry[:2]) for shelf in shelves for key, entry in shelf.index.entries.items()]
    return f"{stretch_tui.__version__} {zlib.crc32(repr(entries).encode()):08x}"


class _Shelf:
    """One folder's files, by the index of what is in them."""

    def __init__(self, root: Traversable, index: CatalogIndex, *, own: bool) -> None:
        self.root = root
        self.index = index
        self.own = own

    @classmethod
    def open(
        cls, root: Traversable, stamps: Mapping[str, Stamp], paths: Paths | None, *, own: bool
    ) -> _Shelf:
        """The files with their index, made again where it does not fit them any more."""

        def parse(key: str) -> Parsed:
            return _parse(root / key, key, own=own)

        if paths is None:
            return cls(root, make_index(stamps, None, parse), own=own)
        kept = paths.cache / f"catalog-{zlib.crc32(str(root).encode()):08x}.index"
        index = read_index(kept)
        if index is None or not index.fits(stamps):
            index = make_index(stamps, index, parse)
            write_index(kept, index)
        return cls(root, index, own=own)

    def file(self, key: str) -> Traversable:
        """The file of a key."""
        return self.root / key

    def problems(self) -> Iterator[Problem]:
        """Everything that was wrong with the files."""
        return self.index.problems(self.root)

    def names(self, kind: str) -> Iterator[tuple[str, str]]:
        """Id and key of every usable file of a kind."""
        start = f"{kind}/"
        for key, entry in self.index.entries.items():
            if entry.length and key.startswith(start):
                yield key[len(start) : -len(".toml")], key

    def document(self, key: str) -> Document:
        """The content of a file; empty when it cannot be used."""
        return Document(str(self.file(key)), self.index.data(key) or {})

    def routines(self) -> dict[str, Routine]:
        """All routines by id."""
        read = (read_routine(self.document(key), name, own=self.own)[0]
                for name, key in self.names("routines"))  # fmt: skip
        return {routine.id: routine for routine in read if routine is not None}

    def programs(self) -> dict[str, SourceProgram]:
        """The published programs by id."""
        return read_sources(self.document(SOURCES))[0]

    def tips(self) -> tuple[Tip, ...]:
        """The tips in order."""
        return read_tips(self.document(TIPS))[0]


class StretchFiles(Mapping[str, Stretch]):
    """The stretches of some shelves by id, each decoded when it is asked for."""

    def __init__(self, shelves: list[_Shelf]) -> None:
        """List what there is; of two with one id the shipped one, the last shelf's, stays."""
        self._places: dict[str, tuple[_Shelf, str]] = {}
        self._read: dict[str, Stretch] = {}
        found: dict[str, Brief] = {}
        self.duplicates: list[Problem] = []
        for shelf in shelves:
            for name, key in shelf.names("stretches"):
                if name in self._places:
                    other, place = self._places[name]
                    file, first = str(other.file(place)), str(shelf.file(key))
                    self.duplicates.append(duplicate(file, name, first))
                self._places[name] = (shelf, key)
                found[name] = _brief(name, shelf.index.entries[key].brief, own=shelf.own)
        by_name = sorted(found.values(), key=lambda brief: (not brief.own, brief.name))
        self.briefs = {brief.id: brief for brief in by_name}
        """What a list shows of each: the user's own first, then by name."""

    def __getitem__(self, name: str) -> Stretch:
        if name not in self._read:
            shelf, key = self._places[name]
            stretch, _ = read_stretch(shelf.document(key), name, own=shelf.own)
            if stretch is None:  # the cache was tampered with: the file itself still stands
                stretch, _ = read_stretch(read_document(shelf.file(key)), name, own=True)
            if stretch is None:
                raise KeyError(name)
            self._read[name] = stretch
        return self._read[name]

    def __contains__(self, name: object) -> bool:
        return name in self._places

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


class PoseFiles(PoseTables):
    """Pose files by stem, decoded when asked for; the user's tables are laid over the shipped."""

    def __init__(self, shelves: list[_Shelf]) -> None:
        """List what there is, the first shelf winning."""
        self._places: dict[str, list[tuple[_Shelf, str]]] = {}
        self._read: dict[str, Mapping[str, object]] = {}
        for shelf in shelves:
            for stem, key in shelf.names("poses"):
                self._places.setdefault(stem, []).append((shelf, key))

    def __getitem__(self, stem: str) -> Mapping[str, object]:
        if stem not in self._read:
            merged: dict[str, object] = {}
            for shelf, key in reversed(self._places[stem]):
                merged |= shelf.document(key).data
            self._read[stem] = merged
        return self._read[stem]

    def __contains__(self, stem: object) -> bool:
        return stem in self._places

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


def duplicate(file: str, name: str, first: str) -> Problem:
    """The problem of a second file with an id that is taken."""
    return Problem(file, 0, f"the id {name!r} is taken by {first}", "give the file another name")


def _parse(source: Traversable, key: str, *, own: bool) -> Parsed:
    """Read one file by what it is; with any problem a stretch or a routine is left out."""
    try:
        document = read_document(source)
    except UnreadableError as error:
        return Parsed(None, (error.problem,))
    kind, _, file = key.rpartition("/")
    name = file.removesuffix(".toml")
    problems: tuple[Problem, ...] = ()
    if kind == "stretches":
        stretch, problems = read_stretch(document, name, own=own)
        if stretch is not None:
            return Parsed(document.data, (), _brief_json(brief_of(stretch)))
    elif kind == "routines":
        problems = read_routine(document, name, own=own)[1]
    elif key in (SOURCES, TIPS):
        return Parsed(document.data, (read_sources if key == SOURCES else read_tips)(document)[1])
    return Parsed(None if problems else document.data, problems)


def _brief_json(brief: Brief) -> list[Any]:
    return [*brief[1:-1]]


@cache
def _enums(words: tuple[str, ...], kind: type[Region] | type[Position]) -> tuple[Any, ...]:
    return tuple(kind(word) for word in words)


def _brief(name: str, row: list[Any] | None, *, own: bool) -> Brief:
    title, also, regions, positions, needs, optional, level = row or [name, *[()] * 5, "easy"]
    return Brief(
        name,
        title,
        tuple(also),
        _enums(tuple(regions), Region),
        _enums(tuple(positions), Position),
        tuple(needs),
        tuple(optional),
        LEVELS[level],
        own,
    )


LEVELS = {level.value: level for level in Level}
