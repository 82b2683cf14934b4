"""The same log on several machines: over the user's own ssh, or through a shared folder."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from stretch_tui.core.content.wording import listed
from stretch_tui.core.errors import StoreError
from stretch_tui.core.log.merge import news
from stretch_tui.storage.durable import NotPlainError, open_plain, read_plain, write_durably
from stretch_tui.storage.faults import not_read, not_saved
from stretch_tui.storage.log.joining import Gain, gain
from stretch_tui.storage.log.tiny_logbook import TinyLogbook
from stretch_tui.storage.paths import Paths
from stretch_tui.storage.transfer.exchange import TOTAL_LIMIT, Bundle, dump, load
from stretch_tui.storage.transfer.own_files import Files, own_files, take_file, would_change

_HOST = re.compile(r"(?:[A-Za-z0-9_][A-Za-z0-9_.+-]*@)?[A-Za-z0-9_\[][A-Za-z0-9_.:%\[\]-]*")
_UNREACHABLE, _NOT_FOUND = 255, 127


class Taken(NamedTuple):
    """What was taken over or given out, or would be."""

    log: Gain = Gain()
    files: Files = Files()

    def __str__(self) -> str:
        return listed([*self.log.words(), *self.files.words()]) or "nothing new"


def export(log: TinyLogbook, paths: Paths) -> bytes:
    """Everything of this user, to be imported elsewhere."""
    return dump(log.records(), own_files(paths))


def contents(log: TinyLogbook, paths: Paths) -> str:
    """What an export holds, in the words of an import of it into an empty log."""
    held = Taken(gain({}, log.records()), Files.of(own_files(paths)))
    return str(held) if any((*held.log, *held.files)) else "an empty log"


def take(
    bundle: Bundle, log: TinyLogbook, paths: Paths, *, dry_run: bool = False, said: str = ""
) -> Taken:
    """Take a bundle over; `said` makes its records something to undo. A second time: nothing."""
    if dry_run:
        fresh = Files.of(file for file in bundle.files if would_change(paths, file))
        return Taken(gain(log.records(), bundle.log), fresh)
    brought = log.join(bundle.log, said) if bundle.log else Gain()
    return Taken(brought, Files.of(file for file in bundle.files if take_file(paths, file)))


def read_bundle(path: Path) -> Bundle:
    """The bundle in a file; raises StoreError with one clear line."""
    try:
        with open_plain(path, TOTAL_LIMIT) as stream:
            return load(stream, str(path))
    except NotPlainError as error:
        raise StoreError(
            f"{path}: {error.strerror}; pipe it in with `stretch-tui import -`"
        ) from error
    except FileNotFoundError as error:
        raise StoreError(f"{path}: there is no such file") from error
    except OSError as error:
        raise not_read(path, error) from error


class FolderSync(NamedTuple):
    """What a shared folder brought."""

    taken: Taken
    read: tuple[Path, ...]
    """Files of other machines, conflict copies included."""
    problems: tuple[str, ...]
    """Files that could not be taken, each in a line."""
    written: bool
    """Whether our own file there changed, or would."""


def sync_folder(
    log: TinyLogbook, paths: Paths, folder: Path, *, dry_run: bool = False
) -> FolderSync:
    """Merge every machine's file in the folder into ours, then bring ours up to date.

    Each machine writes its own file only, so that nothing can collide; copies that a file
    service made of a conflict are read like the rest, and left where they are.
    """
    if not folder.is_dir():
        raise StoreError(f"{folder} is not a folder: make it first, or name another one")
    device = log.device() if not dry_run else (log.known_device() or "new")
    own = folder / f"stretch-tui-{device}.json"
    taken, problems, read = Taken(), [], []
    for path in sorted(folder.glob("*stretch-tui-*.json*")):
        if path.name.startswith(".") or (path == own and not _is_anothers(path, log, device)):
            continue  # still being written, or our own
        try:
            brought = take(read_bundle(path), log, paths, dry_run=dry_run)
        except StoreError as error:
            problems.append(str(error))
            continue
        read.append(path)
        total = Gain(*(a + b for a, b in zip(taken.log, brought.log, strict=True)))
        files = Files(*(a + b for a, b in zip(taken.files, brought.files, strict=True)))
        taken = Taken(total, files)
    return FolderSync(
        taken, tuple(read), tuple(problems), _publish(export(log, paths), own, dry_run=dry_run)
    )


def _is_anothers(own: Path, log: TinyLogbook, device: str) -> bool:
    """Whether the file with our name holds what somebody else wrote under it.

    That is a machine which was set up with a copy of our data folder.
    """
    try:
        fresh = news(log.records(), read_bundle(own).log)
    except StoreError:
        return False  # damaged: it is written anew
    return any(record.device == device for record in fresh)


def _publish(data: bytes, own: Path, *, dry_run: bool) -> bool:
    """Bring our file in the folder up to date; return whether it had to be."""
    try:
        if own.is_file() and read_plain(own, TOTAL_LIMIT)[0] == data:
            return False
        if not dry_run:
            write_durably(own, data)
    except OSError as error:
        raise not_saved(own.parent, error) from error
    return True


def check_host(host: str) -> None:
    """Refuse what ssh would take for an option, or a shell for more than a name."""
    if len(host) > 255 or _HOST.fullmatch(host) is None:
        raise ValueError(f"{host[:60]!r} is not a host: say HOST or USER@HOST")


class Remote:
    """Another machine's stretch-tui, reached by the user's own ssh."""

    def __init__(self, host: str, *, ssh: Sequence[str] = ("ssh",), program: str = "") -> None:
        check_host(host)
        self._host = host
        self._ssh = tuple(ssh)
        self._program = program or "stretch-tui"

    def fetch(self) -> Bundle:
        """What the other machine holds."""
        with self._start("export -") as process:
            assert process.stdout is not None
            try:
                bundle = load(process.stdout, self._host)
            except StoreError as error:
                self._check(_ended(process))
                raise StoreError(f"{error}. Does its shell print something at login?") from error
            finally:
                process.stdout.close()
        self._check(process.returncode)
        return bundle

    def send(self, data: bytes, *, dry_run: bool = False) -> str:
        """Let the other machine merge the export; return what it says that brought."""
        words = "import --merge --dry-run -" if dry_run else "import --merge -"
        with self._start(words, subprocess.PIPE) as process:
            said, _ = process.communicate(data)
        self._check(process.returncode)
        return said.decode("utf-8", "replace")[:200]

    def _start(self, words: str, stdin: int | None = None) -> subprocess.Popen[bytes]:
        command = [*self._ssh, "-T", "--", self._host, f"{self._program} {words}"]
        try:
            # No shell of ours sees the host, and check_host lets no option through.
            return subprocess.Popen(command, stdin=stdin, stdout=subprocess.PIPE)  # noqa: S603
        except OSError as error:
            raise StoreError(f"{self._ssh[0]} can't be started: {error.strerror}") from error

    def _check(self, code: int) -> None:
        if code == _UNREACHABLE:
            raise StoreError(f"{self._host} could not be reached by {self._ssh[0]}")
        if code == _NOT_FOUND:
            raise StoreError(
                f"there is no {self._program.split()[-1]} on {self._host}: install it there, or "
                "name it with --remote PATH"
            )
        if code < 0:
            raise StoreError(f"{self._ssh[0]} to {self._host} was ended by signal {-code}")
        if code:
            raise StoreError(f"stretch-tui on {self._host} ended with {code}: see above")


def _ended(process: subprocess.Popen[bytes]) -> int:
    """The exit code of a process that said nothing sensible; 0 if it would not stop talking."""
    try:
        return process.wait(timeout=1)
    except subprocess.TimeoutExpired:
        process.kill()
        return 0


class HostSync(NamedTuple):
    """What a meeting of two machines brought."""

    came: Taken
    went: str
    """In the words of the other machine."""


def sync_host(log: TinyLogbook, paths: Paths, remote: Remote, *, dry_run: bool = False) -> HostSync:
    """Merge theirs into ours and ours into theirs; a second time changes nothing."""
    came = take(remote.fetch(), log, paths, dry_run=dry_run)
    return HostSync(came, remote.send(export(log, paths), dry_run=dry_run))
