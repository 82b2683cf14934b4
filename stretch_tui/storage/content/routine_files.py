"""The user's own routines: one TOML file each, which a person reads, diffs and shares."""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from stretch_tui.core.content.routine import Routine
from stretch_tui.core.errors import StoreError
from stretch_tui.core.problems import Problem
from stretch_tui.storage.content.drafts import Drafts
from stretch_tui.storage.content.routine_toml import routine_from_toml
from stretch_tui.storage.content.slugs import free_slug, slug
from stretch_tui.storage.content.toml_reading import UnreadableError, read_text
from stretch_tui.storage.durable import (
    MARK,
    Signature,
    make_private,
    signature,
    sync_folder,
    write_durably,
)
from stretch_tui.storage.paths import Paths


@dataclass(frozen=True, slots=True)
class _Read:
    """A file as it was last read."""

    signature: Signature
    routine: Routine | None
    problems: tuple[Problem, ...]


class TomlRoutines:
    """Implements `core.content.routine.RoutineStore` on a folder of TOML files.

    Files are read when they are first asked for and again once they have changed. Writes are
    durable when they return; what is replaced or deleted is set aside in the folder `deleted`.
    """

    def __init__(self, paths: Paths) -> None:
        self._folder = paths.routines
        self._aside = paths.routines / "deleted"
        self._stretches = paths.stretches
        self._drafts_at = paths.data / "draft.toml"
        self._drafts = Drafts(paths.data, self._put_aside)
        self._known: dict[str, _Read] = {}
        self._writing = threading.RLock()
        self._shipped: frozenset[str] | None = None

    def all(self) -> Mapping[str, Routine]:
        """Every own routine that could be read, by id, in the order of their names."""
        found = [read.routine for read in self._read().values() if read.routine is not None]
        return {one.id: one for one in sorted(found, key=lambda one: one.name.casefold())}

    def problems(self) -> tuple[Problem, ...]:
        """What is wrong in which file; such files are left alone and not offered."""
        return tuple(problem for read in self._read().values() for problem in read.problems)

    def path(self, routine_id: str) -> Path:
        """Where the file of that id is, or would be; ids that are no ids raise StoreError."""
        if not routine_id or slug(routine_id) != routine_id:
            raise StoreError(
                f"{routine_id!r} is not the id of a routine: ids look like before-lunch"
            )
        return self._folder / f"{routine_id}.toml"

    def has(self, routine_id: str) -> bool:
        """Whether there is a file of that id, sound or not."""
        return routine_id in self._stems()

    def text(self, routine_id: str) -> str:
        """The text of the file of that id; raises StoreError when it cannot be read."""
        try:
            return read_text(self.path(routine_id))
        except UnreadableError as error:
            raise StoreError(str(error.problem)) from error

    def new_id(self, name: str) -> str:
        """An id for a routine of that name that nothing has yet."""
        return free_slug(name, {*self._stems(), *self._taken()})

    def save(self, routine: Routine) -> Routine:
        """Write it, keeping the comments of an existing file; return it as it now reads.

        A routine that is not the user's own, or has no id, gets a new file and id. Raises
        StoreError when the folder cannot be written or the routine has no steps.
        """
        from stretch_tui.storage.content.routine_text import routine_to_toml  # noqa: PLC0415 - for writers

        with self._writing:
            own = routine.own and bool(routine.id)
            target = routine.id if own else self.new_id(routine.name)
            old = ""
            if own and self.path(target).exists():
                try:
                    old = read_text(self.path(target))
                except UnreadableError:
                    old = ""  # set aside below, as it is
            return self.save_text(target, routine_to_toml(replace(routine, own=True), old))

    def save_text(self, routine_id: str, text: str) -> Routine:
        """Write the text as it is under that id; what it replaces is set aside.

        Raises StoreError with every problem when the text is no routine; nothing is written then.
        """
        routine, problems = routine_from_toml(text, routine_id)
        if routine is None:
            raise StoreError("not saved: " + "; ".join(str(problem) for problem in problems))
        path = self.path(routine_id)
        with self._writing, _told(path):
            make_private(self._folder)
            if not path.exists():
                _create(path, text)
            elif path.read_bytes() != text.encode():
                make_private(self._aside)
                write_durably(path, text.encode(), previous=self._next_aside(routine_id))
                self._thin(routine_id)
        return routine

    def delete(self, routine_id: str) -> None:
        """Set the file aside so that `restore` can bring it back."""
        path = self.path(routine_id)
        with self._writing, _told(path):
            make_private(self._aside)
            path.replace(self._next_aside(routine_id))
            sync_folder(self._folder)
            sync_folder(self._aside)

    def deleted(self) -> tuple[str, ...]:
        """The ids of which something was set aside, to be restored."""
        try:
            names = os.listdir(self._aside)  # noqa: PTH208 - names are all that is needed
        except OSError:
            return ()
        found = (re.fullmatch(r"(.+)\.\d{1,9}\.toml", name) for name in names)
        return tuple(sorted({match[1] for match in found if match}))

    def restore(self, routine_id: str) -> None:
        """Bring back the newest file of that id that was set aside.

        Raises StoreError when there is none, or when the id is in use again.
        """
        path = self.path(routine_id)
        with self._writing, _told(path):
            kept = self._kept(routine_id)
            if not kept:
                raise StoreError(f"there is no deleted routine {routine_id!r}")
            if path.exists():
                raise StoreError(
                    f"there is a routine {routine_id!r} again: delete or rename that one first"
                )
            kept[-1].replace(path)
            sync_folder(self._folder)

    def save_draft(self, routine: Routine) -> None:
        """Keep the routine being built; one without steps leaves nothing to keep."""
        with _told(self._drafts_at):
            self._drafts.save(routine)

    def draft(self, of: str | None = None) -> Routine | None:
        """The newest draft that no window builds on; see `RoutineStore`."""
        with _told(self._drafts_at):
            return self._drafts.take(of)

    def discard_draft(self) -> None:
        """Forget the draft once it is saved or thrown away."""
        with _told(self._drafts_at):
            self._drafts.discard()

    def release_draft(self) -> None:
        """Leave the draft to the next builder."""
        self._drafts.release()

    def _put_aside(self, draft: Path) -> None:
        make_private(self._aside)
        draft.replace(self._next_aside("draft"))

    def _read(self) -> Mapping[str, _Read]:
        """Every file in the folder, parsed again only where it has changed."""
        found: dict[str, _Read] = {}
        for stem in self._stems():
            path = self._folder / f"{stem}.toml"
            try:
                now = signature(path)
            except OSError:
                now = None  # the folder may be listed, but not looked into
            if now is None:
                continue
            known = self._known.get(stem)
            found[stem] = known if known and known.signature == now else self._parse(path, now)
        self._known = found
        return found

    def _parse(self, path: Path, now: Signature) -> _Read:
        if path.stem in self._taken():
            words = f"{path.stem!r} is the id of something in the catalog"
            return _Read(now, None, (Problem(str(path), 0, words, "give the file another name"),))
        try:
            text = read_text(path)
        except UnreadableError as error:
            return _Read(now, None, (error.problem,))
        return _Read(now, *routine_from_toml(text, path.stem, file=str(path)))

    def _stems(self) -> list[str]:
        try:
            names = sorted(os.listdir(self._folder))  # noqa: PTH208 - names are all that is needed
        except OSError:
            return []
        return [n.removesuffix(".toml") for n in names if n.endswith(".toml") and n[0] != "."]

    def _taken(self) -> frozenset[str]:
        """Ids of the catalog, which own routines must not hide or be hidden by."""
        from stretch_tui.storage.content.catalog_files import catalog_root  # noqa: PLC0415 - not at start

        if self._shipped is None:
            root = catalog_root()
            folders = (root / "routines", root / "stretches", self._stretches)
            names = (one.name for some in folders if some.is_dir() for one in some.iterdir())
            self._shipped = frozenset(name.removesuffix(".toml") for name in names)
        return self._shipped

    def _kept(self, routine_id: str) -> list[Path]:
        """What was set aside of that id, oldest first."""
        pattern = re.compile(re.escape(routine_id) + r"\.(\d{1,9})\.toml")
        try:
            names = os.listdir(self._aside)  # noqa: PTH208 - names are all that is needed
        except OSError:
            return []
        numbered = [(int(m[1]), name) for name in names if (m := pattern.fullmatch(name))]
        return [self._aside / name for _, name in sorted(numbered)]

    def _next_aside(self, routine_id: str) -> Path:
        kept = self._kept(routine_id)
        number = int(kept[-1].name.split(".")[-2]) + 1 if kept else 1
        return self._aside / f"{routine_id}.{number}.toml"

    def _thin(self, routine_id: str) -> None:
        """Keep the newest twenty earlier versions of a routine."""
        for path in self._kept(routine_id)[:-20]:
            path.unlink(missing_ok=True)


def _create(path: Path, text: str) -> None:
    """Write a file that must not be there yet; two windows never take one name both."""
    temporary = path.with_name(f"{MARK}{os.urandom(8).hex()}.toml.tmp")
    write_durably(temporary, text.encode())
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise StoreError(f"not saved: {path} has just been made by another window") from None
    except OSError:  # a file system without links
        temporary.replace(path)
    temporary.unlink(missing_ok=True)
    sync_folder(path.parent)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Turn the system's errors into words."""
    try:
        yield
    except FileNotFoundError as error:
        raise StoreError(f"there is no {path}") from error
    except OSError as error:
        raise StoreError(f"{path} can't be written: {error.strerror or error}") from error
