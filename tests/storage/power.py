"""A disk that may lose power: what was not synced may be there, in part, or not at all.

Records what the store asks of the system, and tells every state that could be found afterwards:
any of the changes to names that were not yet synced, in any combination, and the contents of files
that were not yet synced lost, cut in half, or read as zeros.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from tests.storage.faulty_os import SEAMS

State = dict[str, bytes]
"""Contents by path below the folder."""


@dataclass
class Disk:
    """Names and contents, those that are safe and those that are not yet."""

    safe: dict[str, int] = field(default_factory=dict)
    pending: list[tuple[str, str, int | None]] = field(default_factory=list)
    """Folder, name and file of each change to a name; None takes the name away."""
    synced: dict[int, bytes] = field(default_factory=dict)
    written: dict[int, bytes] = field(default_factory=dict)

    def sync_folder(self, folder: str) -> None:
        """All changes to names in the folder are safe now."""
        for where, name, number in self.pending:
            if where == folder:
                self._apply(self.safe, name, number)
        self.pending = [one for one in self.pending if one[0] != folder]

    def states(self) -> Iterator[State]:
        """Every state that a loss of power may leave."""
        for keep in product((False, True), repeat=len(self.pending)):
            names = dict(self.safe)
            for kept, (_, name, number) in zip(keep, self.pending, strict=True):
                if kept:
                    self._apply(names, name, number)
            for damage in (self._lost, self._half, self._zeros, self._whole):
                yield {name: damage(number) for name, number in names.items()}

    @staticmethod
    def _apply(names: dict[str, int], name: str, number: int | None) -> None:
        if number is None:
            names.pop(name, None)
        else:
            names[name] = number

    def _lost(self, number: int) -> bytes:
        return self.synced.get(number, b"")

    def _half(self, number: int) -> bytes:
        whole = self._whole(number)
        return whole if whole == self.synced.get(number) else whole[: len(whole) // 2]

    def _zeros(self, number: int) -> bytes:
        whole = self._whole(number)
        return whole if whole == self.synced.get(number) else bytes(len(whole))

    def _whole(self, number: int) -> bytes:
        return self.written.get(number, self.synced.get(number, b""))


class RecordingOs:
    """Stands in for the module `os`, and keeps a Disk abreast of what is asked."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.disk = Disk()
        self.seen: dict[tuple[tuple[str, bytes], ...], None] = {}
        self._numbers: dict[str, int] = {}
        self._open: dict[int, str] = {}
        self._next = 0
        for path in folder.rglob("*"):
            if path.is_file():
                self.disk.safe[self._name(path)] = self._next
                self._numbers[self._name(path)] = self._next
                self.disk.synced[self._next] = path.read_bytes()
                self._next += 1
        self._look()

    def __getattr__(self, name: str) -> Any:
        real = getattr(os, name)
        after: Callable[..., None] | None = getattr(RecordingOs, f"_after_{name}", None)
        if after is None:
            return real

        def call(*args: Any, **options: Any) -> Any:
            result = real(*args, **options)
            after(self, result, *args)
            self._look()
            return result

        return call

    def states(self) -> list[State]:
        """Every state that was possible at any moment, each once."""
        return [dict(state) for state in self.seen]

    def _look(self) -> None:
        for state in self.disk.states():
            self.seen[tuple(sorted(state.items()))] = None

    def _name(self, path: Path) -> str:
        return str(Path(path).relative_to(self._folder))

    def _change(self, name: str, number: int | None) -> None:
        self.disk.pending.append((str(Path(name).parent), name, number))
        if number is None:
            self._numbers.pop(name, None)
        else:
            self._numbers[name] = number

    def _after_open(self, handle: int, path: Path, flags: int, _mode: int = 0) -> None:
        name = self._name(path)
        self._open[handle] = name
        if flags & os.O_CREAT and name not in self._numbers:
            self._change(name, self._next)
            self._next += 1

    def _after_write(self, count: int, handle: int, data: bytes) -> None:
        number = self._numbers[self._open[handle]]
        before = self.disk.written.get(number, b"")
        self.disk.written[number] = before + bytes(data[:count])

    def _after_fsync(self, _: None, handle: int) -> None:
        name = self._open[handle]
        if name in self._numbers:
            number = self._numbers[name]
            self.disk.synced[number] = self.disk.written.get(
                number, self.disk.synced.get(number, b"")
            )
        else:
            self.disk.sync_folder(name)

    def _after_link(self, _: None, source: Path, target: Path) -> None:
        self._change(self._name(target), self._numbers[self._name(source)])

    def _after_replace(self, _: None, source: Path, target: Path) -> None:
        old, new = self._name(source), self._name(target)
        number = self._numbers[old]
        if self._numbers.get(new) == number:
            return  # between two names of one file nothing happens
        # Two changes, though a sound file system makes them one.
        self._change(new, number)
        self._change(old, None)

    def _after_unlink(self, _: None, path: Path) -> None:
        self._change(self._name(path), None)


@contextmanager
def recorded(folder: Path) -> Iterator[RecordingOs]:
    """Put a recording `os` under the store; what is asked of other folders is not recorded."""
    recording = RecordingOs(folder)
    with pytest.MonkeyPatch.context() as patch:
        for name in SEAMS:
            patch.setattr(f"stretch_tui.storage.{name}.os", recording)
        yield recording


def put_back(state: State, folder: Path) -> None:
    """Make the folder what the state says."""
    for name, data in state.items():
        path = folder / name
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.write_bytes(data)
