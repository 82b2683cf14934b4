"""The catalog from its files: the shipped one, and the user's own stretches and poses."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import TypeVar

from stretch_tui.core.catalog import Catalog, SourceProgram, Tip
from stretch_tui.core.problems import Problem
from stretch_tui.core.routine import Routine
from stretch_tui.core.stretch import Stretch
from stretch_tui.storage.fields import NAME, Fields
from stretch_tui.storage.paths import Paths
from stretch_tui.storage.routine_toml import read_routine
from stretch_tui.storage.stretch_toml import read_stretch
from stretch_tui.storage.toml_reading import Document, UnreadableError, read_document

Item = TypeVar("Item", Stretch, Routine)
PoseTables = Mapping[str, Mapping[str, object]]


@dataclass(frozen=True, slots=True)
class LoadedCatalog:
    """What was read, and everything that was wrong with it."""

    catalog: Catalog
    poses: PoseTables
    """The tables of each pose file by its stem; a file is parsed when it is asked for."""
    problems: tuple[Problem, ...] = field(default=())


def catalog_root() -> Traversable:
    """The shipped catalog: inside the package, or beside it in a checkout."""
    inside = files("stretch_tui") / "catalog"
    return inside if inside.is_dir() else files("stretch_tui").parent / "catalog"  # type: ignore[attr-defined]


def load_catalog(paths: Paths | None = None, root: Traversable | None = None) -> LoadedCatalog:
    """The shipped catalog, with the user's own stretches and poses where `paths` is given.

    A bad file is left out and told in `problems`; nothing raises.
    """
    base = root or catalog_root()
    problems: list[Problem] = []
    stretches = _items(base / "stretches", read_stretch, problems, own=False)
    routines = _items(base / "routines", read_routine, problems, own=False)
    sources = _sources(base, problems)
    tips = _tips(base, problems)
    poses = PoseFiles(base / "poses")
    if paths is not None:
        own = _items(paths.stretches, read_stretch, problems, own=True)
        stretches = {**own, **stretches}
        poses = PoseFiles(paths.poses, base / "poses")
    return LoadedCatalog(Catalog(stretches, routines, sources, tips), poses, tuple(problems))


def toml_files(folder: Traversable) -> Iterator[Traversable]:
    """The TOML files of a folder by name; nothing when there is no such folder."""
    try:
        found = [one for one in folder.iterdir() if one.name.endswith(".toml")]
    except OSError:
        return
    yield from sorted(found, key=lambda one: one.name)


def _items(
    folder: Traversable,
    read: Callable[..., tuple[Item | None, tuple[Problem, ...]]],
    problems: list[Problem],
    *,
    own: bool,
) -> dict[str, Item]:
    found: dict[str, Item] = {}
    for source in toml_files(folder):
        name = source.name.removesuffix(".toml")
        document = _document(source, problems)
        if document is None:
            continue
        item, wrong = read(document, name, own=own)
        problems.extend(wrong)
        if item is not None:
            found[name] = item
    return found


def _document(source: Traversable, problems: list[Problem]) -> Document | None:
    try:
        return read_document(source)
    except UnreadableError as error:
        problems.append(error.problem)
        return None


def _sources(base: Traversable, problems: list[Problem]) -> dict[str, SourceProgram]:
    document = _document(base / "sources.toml", problems)
    if document is None:
        return {}
    fields = Fields.of(document)
    found = {}
    for one in fields.tables("programs"):
        program = SourceProgram(
            id=one.text("id", limit=NAME, required=True),
            title=one.text("title", limit=NAME, required=True),
            author=one.text("author", required=True),
            about=one.text("about", limit=2_000),
            publisher=one.text("publisher"),
            note=one.text("note", limit=2_000),
        )
        one.close("a program")
        found[program.id] = program
    fields.close("the sources")
    problems.extend(fields.report.problems)
    return found


def _tips(base: Traversable, problems: list[Problem]) -> tuple[Tip, ...]:
    document = _document(base / "tips.toml", problems)
    if document is None:
        return ()
    fields = Fields.of(document)
    found = []
    for one in fields.tables("tips"):
        found.append(Tip(one.text("text", required=True), one.text("source", limit=NAME)))
        one.close("a tip")
    fields.close("the tips")
    problems.extend(fields.report.problems)
    return tuple(found)


class PoseFiles(PoseTables):
    """Pose files by stem, parsed when asked for; the user's own come before the shipped ones.

    A stem that both folders hold is the shipped file with the user's tables laid over it. A file
    that cannot be read holds no pose; `check` says why.
    """

    def __init__(self, *folders: Traversable) -> None:
        """Look into these folders, the first one winning."""
        self._folders = folders
        self._stems: dict[str, list[Traversable]] | None = None
        self._parsed: dict[str, Mapping[str, object]] = {}

    def _found(self) -> dict[str, list[Traversable]]:
        if self._stems is None:
            self._stems = {}
            for folder in self._folders:
                for source in toml_files(folder):
                    stem = source.name.removesuffix(".toml")
                    self._stems.setdefault(stem, []).append(source)
        return self._stems

    def __getitem__(self, stem: str) -> Mapping[str, object]:
        if stem not in self._parsed:
            merged: dict[str, object] = {}
            for source in reversed(self._found()[stem]):
                document = _document(source, [])
                merged |= document.data if document is not None else {}
            self._parsed[stem] = merged
        return self._parsed[stem]

    def __iter__(self) -> Iterator[str]:
        return iter(self._found())

    def __len__(self) -> int:
        return len(self._found())
