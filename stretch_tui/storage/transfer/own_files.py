"""The user's own TOML files, taken along whole: the newer edit wins, the other is kept beside."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from stretch_tui.storage.durable import NotPlainError, make_private, read_plain, write_durably
from stretch_tui.storage.faults import not_read, not_saved
from stretch_tui.storage.paths import Paths

FILE_LIMIT = 64 * 1024
FILES_LIMIT = 2_000
_NAME = re.compile(r"(routines|stretches|poses)/[a-z0-9][a-z0-9_-]{0,79}\.toml")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class OwnFile(NamedTuple):
    """One file as it travels."""

    name: str
    """Its folder and name: `routines/before-lunch.toml`."""
    edited: str
    """When it was last changed, as an instant of microseconds in UTC."""
    text: str


class Files(NamedTuple):
    """How many files there are of each kind."""

    routines: int = 0
    stretches: int = 0
    poses: int = 0

    @classmethod
    def of(cls, files: Iterable[OwnFile]) -> Files:
        """Count them."""
        kinds = [file.name.partition("/")[0] for file in files]
        return cls(*(kinds.count(kind) for kind in cls._fields))

    def words(self) -> list[str]:
        """`2 routines`, `1 stretch`, `1 file of poses`: what there is any of."""
        nouns = (
            ("routine", "routines"),
            ("stretch", "stretches"),
            ("file of poses", "files of poses"),
        )
        return [f"{n} {named[n != 1]}" for n, named in zip(self, nouns, strict=True) if n]


def own_files(paths: Paths) -> Iterator[OwnFile]:
    """All own files, by name; raises StoreError for one that cannot be read."""
    for folder in (paths.poses, paths.routines, paths.stretches):
        for path in sorted(folder.glob("*.toml")):
            name = f"{folder.name}/{path.name}"
            if _NAME.fullmatch(name) is None:
                continue
            try:
                data, seen = read_plain(path, FILE_LIMIT)
                yield OwnFile(name, _instant(seen[1]), data.decode())
            except (NotPlainError, UnicodeDecodeError):
                continue  # no file of ours; `check` says what is wrong with it
            except OSError as error:
                raise not_read(path, error) from error


def file_of(fields: object) -> OwnFile:
    """The file that fields from outside describe; raises ValueError with words."""
    if not isinstance(fields, dict) or set(fields) != set(OwnFile._fields):
        raise ValueError("a file must have a name, an instant and a text")
    file = OwnFile(**fields)
    if not all(isinstance(value, str) for value in file) or not _NAME.fullmatch(file.name):
        raise ValueError("the name of a file must be like routines/before-lunch.toml")
    try:
        size = len(file.text.encode())
        moment = _moment(file.edited[:40])
        since = moment - _EPOCH
    except (ValueError, OverflowError):
        raise ValueError(f"{file.name}: no UTF-8, or no instant of its last edit") from None
    if size > FILE_LIMIT or not timedelta(0) <= since < timedelta(days=365 * 200):
        raise ValueError(f"{file.name}: over {FILE_LIMIT >> 10} kB, or edited at no time we know")
    return file._replace(edited=_written(moment))  # one form, so that texts are in order of time


def would_change(paths: Paths, file: OwnFile) -> bool:
    """Whether taking the file over would write anything."""
    path = paths.data / file.name
    text = _text(path)
    if text is None:
        return True
    return text != file.text and (_newer(path, file) or not _beside(path, file.text).exists())


def take_file(paths: Paths, file: OwnFile) -> bool:
    """Write the file, or keep it beside a newer one; return whether anything was written."""
    path = paths.data / file.name
    if not would_change(paths, file):
        return False
    try:
        make_private(path.parent)
        text = _text(path)
        if text is None or _newer(path, file):
            if text is not None:
                write_durably(_beside(path, text), text.encode())
            write_durably(path, file.text.encode())
            micros = (_moment(file.edited) - _EPOCH) // timedelta(microseconds=1)
            os.utime(path, ns=(micros * 1000, micros * 1000))
        else:
            write_durably(_beside(path, file.text), file.text.encode())
    except OSError as error:
        raise not_saved(path.parent, error) from error
    return True


def _newer(path: Path, file: OwnFile) -> bool:
    return file.edited > _instant(path.lstat().st_mtime_ns)


def _beside(path: Path, text: str) -> Path:
    """Where the older of two edits is kept; the name is no `.toml`, so that it is not offered."""
    return path.with_name(f"{path.name}.older-{sha256(text.encode()).hexdigest()[:8]}")


def _text(path: Path) -> str | None:
    try:
        return read_plain(path, FILE_LIMIT)[0].decode()
    except FileNotFoundError:
        return None
    except (NotPlainError, UnicodeDecodeError) as error:
        raise not_read(path, OSError(0, "not a plain text file")) from error
    except OSError as error:
        raise not_read(path, error) from error


def _instant(nanoseconds: int) -> str:
    return _written(_EPOCH + timedelta(microseconds=nanoseconds // 1000))


def _written(moment: datetime) -> str:
    return moment.replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def _moment(edited: str) -> datetime:
    moment = datetime.fromisoformat(edited)
    if _EPOCH.utcoffset() != moment.utcoffset() or not edited.endswith("Z"):
        raise ValueError("not UTC")
    return moment
