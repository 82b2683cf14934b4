"""Sessions in progress, one file each; the process that plays one holds a lock on its file.

A transition appends a line and waits for the disk; the heartbeat of each second is written behind
the last such line without waiting, and overwritten by whatever comes next. So a kill costs a
second at most, a power loss what came after the last transition, and no write is ever larger than
one line.
"""

from __future__ import annotations

import os
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from stretch_tui.core.errors import StoreError
from stretch_tui.core.log.logbook import Session
from stretch_tui.core.session.checkpoint import Checkpoint, RunBusyError
from stretch_tui.storage.durable import CLOEXEC, NOFOLLOW, make_private, read_plain, sync_folder
from stretch_tui.storage.faults import reason
from stretch_tui.storage.paths import Paths
from stretch_tui.storage.run.run_codec import (
    LIMIT,
    NewerError,
    RunText,
    finished_line,
    head_line,
    parse,
    state_line,
)
from stretch_tui.storage.run.run_lock import held_elsewhere, try_lock
from stretch_tui.storage.run.typed_json import RecordError

_UID = re.compile(r"[A-Za-z0-9_-]{1,80}")
_PATIENCE_SECONDS = 1.0
"""Another window that only looks at a file holds it for a moment: that is no reason to refuse."""


@dataclass(slots=True)
class _Held:
    """A run file this process holds."""

    path: Path
    handle: int
    durable_bytes: int
    """Where the heartbeat is written: after the last durable line."""


class RunFiles:
    """The run files of one data folder; implements `core.session.checkpoint.RunStore`."""

    def __init__(self, paths: Paths) -> None:
        self._folder = paths.data
        self._held: dict[str, _Held] = {}
        self._mutex = threading.RLock()
        self._notices: list[str] = []

    def notices(self) -> tuple[str, ...]:
        """What was set aside because it could not be read."""
        return tuple(self._notices)

    def claim(self, checkpoint: Checkpoint) -> None:
        """Begin to keep a session and hold its file; see `RunStore`."""
        with self._mutex, _said("The session cannot be kept", self._folder):
            if self._path(checkpoint.uid).exists():
                _append(self._hold(checkpoint.uid), state_line(checkpoint), durable=True)
            else:
                self._create(checkpoint.uid, head_line(checkpoint.run) + state_line(checkpoint))

    def take_over(self, uid: str) -> Checkpoint:
        """Hold a session that was left, and return it as it stands now; see `RunStore`."""
        with self._mutex, _said("The session cannot be taken up", self._folder):
            path = self._hold(uid).path
            try:
                text = parse(read_plain(path, LIMIT)[0])
            except BaseException:
                self.release(uid)
                raise
            if text.checkpoint is None or text.ended is not None:
                self.release(uid)
                raise RunBusyError("This session has come to its end in another window.")
            return text.checkpoint

    def save(self, checkpoint: Checkpoint) -> None:
        """Write it durably; see `RunStore`."""
        self._write(checkpoint, durable=True)

    def heartbeat(self, checkpoint: Checkpoint) -> None:
        """Write it without waiting for the disk; see `RunStore`."""
        self._write(checkpoint, durable=False)

    def flush(self) -> None:
        """Make the last heartbeats durable; see `RunStore`."""
        with self._mutex, _said("The session may not be on disk", self._folder):
            for held in self._held.values():
                os.fsync(held.handle)

    def release(self, uid: str) -> None:
        """Let go of a session without ending it; see `RunStore`."""
        with self._mutex:
            held = self._held.pop(uid, None)
            if held is not None:
                os.close(held.handle)

    def finish(self, session: Session) -> None:
        """Keep the finished session until the log has it; see `RunStore`."""
        with self._mutex, _said("The finished session is not on disk", self._folder):
            if self._path(session.uid).exists():
                _append(self._hold(session.uid), finished_line(session), durable=True)
            else:
                self._create(session.uid, finished_line(session))

    def discard(self, uid: str) -> None:
        """Remove the file; see `RunStore`."""
        with self._mutex, _said("The session's file cannot be removed", self._folder):
            if uid not in self._held and not self._path(uid).exists():
                return
            self._hold(uid).path.unlink(missing_ok=True)
            self.release(uid)

    def resumable(self) -> tuple[Checkpoint, ...]:
        """Sessions that nobody is playing, the latest saved first; see `RunStore`."""
        left = (text for uid, text in self._texts(ours=False, others=False, free=True))
        return _latest(text.checkpoint for text in left if text.ended is None)

    def running(self) -> tuple[Checkpoint, ...]:
        """Sessions that a living window is playing; see `RunStore`."""
        held = (text for uid, text in self._texts(ours=True, others=True, free=False))
        return _latest(text.checkpoint for text in held if text.ended is None)

    def unsaved(self) -> tuple[Session, ...]:
        """Finished sessions that the log may not have; see `RunStore`."""
        texts = (text for uid, text in self._texts(ours=True, others=False, free=True))
        return tuple(text.ended for text in texts if text.ended is not None)

    def _texts(self, *, ours: bool, others: bool, free: bool) -> Iterator[tuple[str, RunText]]:
        """What the run files say: those we hold, those others hold, those nobody holds."""
        for path in sorted(self._folder.glob("run-*.json")):
            uid = path.name.removeprefix("run-").removesuffix(".json")
            mine = uid in self._held
            busy = not mine and held_elsewhere(path)
            if (mine and ours) or (busy and others) or (not mine and not busy and free):
                text = self._read(path, set_aside=not mine and not busy)
                if text is not None:
                    yield uid, text

    def _read(self, path: Path, *, set_aside: bool) -> RunText | None:
        try:
            return parse(read_plain(path, LIMIT)[0])
        except FileNotFoundError:
            return None
        except (OSError, RecordError) as problem:
            if (
                set_aside
                and isinstance(problem, RecordError)
                and not isinstance(problem, NewerError)
            ):
                self._set_aside(path, problem)
            return None

    def _set_aside(self, path: Path, problem: Exception) -> None:
        """Keep what cannot be read under another name; nothing unreadable is ever deleted."""
        stamp = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime(path.stat().st_mtime))
        aside = path.with_name(f"{path.name}.corrupt-{stamp}-{os.urandom(4).hex()}")
        try:
            path.rename(aside)
        except OSError:
            return
        self._notices.append(
            f"A session in progress could not be read ({problem}); it is kept as {aside.name}."
        )

    def _write(self, checkpoint: Checkpoint, *, durable: bool) -> None:
        with self._mutex, _said("The session is not on disk", self._folder):
            held = self._held.get(checkpoint.uid)
            if held is None:  # the disk refused it at the start: perhaps it takes it now
                self.claim(checkpoint)
            else:
                _append(held, state_line(checkpoint), durable=durable)

    def _create(self, uid: str, lines: bytes) -> None:
        """Make the file: locked and filled under another name, so that nobody sees it half made."""
        make_private(self._folder)
        self._sweep()
        path = self._path(uid)
        beside = path.with_name(f".{path.name}.tmp")
        handle = os.open(beside, os.O_RDWR | os.O_CREAT | os.O_EXCL | CLOEXEC, 0o600)
        held = _Held(path, handle, 0)
        try:
            try_lock(handle)
            _append(held, lines, durable=True)
            beside.rename(path)
            sync_folder(self._folder)
        except BaseException:
            os.close(handle)
            beside.unlink(missing_ok=True)
            raise
        self._held[uid] = held

    def _hold(self, uid: str) -> _Held:
        """Open and lock an existing file; raises RunBusyError when it is gone or played."""
        if uid in self._held:
            return self._held[uid]
        path = self._path(uid)
        patience = time.monotonic() + _PATIENCE_SECONDS
        while True:
            try:
                handle = os.open(path, os.O_RDWR | CLOEXEC | NOFOLLOW)
            except FileNotFoundError:
                raise RunBusyError("This session has come to its end in another window.") from None
            if try_lock(handle) and _same(path, handle):
                break
            os.close(handle)
            if time.monotonic() > patience:
                raise RunBusyError("Another window is playing this session.")
            time.sleep(0.02)
        # Behind the last whole line: a torn one, and nothing else, is overwritten.
        data = read_plain(path, LIMIT)[0]
        held = self._held[uid] = _Held(path, handle, data.rfind(b"\n") + 1)
        return held

    def _path(self, uid: str) -> Path:
        if not _UID.fullmatch(uid):
            raise StoreError(f"{uid!r} is no name for a session.")
        return self._folder / f"run-{uid}.json"

    def _sweep(self) -> None:
        """Remove what a kill left between opening and naming."""
        for path in self._folder.glob(".run-*.json.tmp"):
            if not held_elsewhere(path):
                path.unlink(missing_ok=True)


def _append(held: _Held, line: bytes, *, durable: bool) -> None:
    """Write behind the last durable line; when it is durable itself, the next goes behind it."""
    end = held.durable_bytes + len(line)
    try:
        at = held.durable_bytes
        view = memoryview(line)
        while view:
            written = os.pwrite(held.handle, view, at)
            at, view = at + written, view[written:]
        os.ftruncate(held.handle, end)
    except OSError:
        os.ftruncate(held.handle, held.durable_bytes)
        raise
    if durable:
        os.fsync(held.handle)
        held.durable_bytes = end


def _same(path: Path, handle: int) -> bool:
    """Whether the path still names the open file."""
    try:
        return os.path.samestat(path.stat(), os.fstat(handle))
    except FileNotFoundError:
        return False


def _latest(found: Iterator[Checkpoint | None]) -> tuple[Checkpoint, ...]:
    known = [checkpoint for checkpoint in found if checkpoint is not None]
    return tuple(sorted(known, key=lambda checkpoint: checkpoint.saved, reverse=True))


@contextmanager
def _said(what: str, where: Path) -> Iterator[None]:
    """Turn the system's errors into words for a person."""
    try:
        yield
    except (OSError, RecordError) as problem:
        why = reason(problem) if isinstance(problem, OSError) else str(problem)
        raise StoreError(f"{what}: {why} ({where})") from problem
