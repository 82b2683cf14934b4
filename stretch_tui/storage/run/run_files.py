"""Sessions in progress, one file each; the process that plays one holds a lock on its file."""

from __future__ import annotations

import os
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from stretch_tui.core.errors import StoreError
from stretch_tui.core.log.logbook import Session
from stretch_tui.core.session.checkpoint import Checkpoint, RunBusyError
from stretch_tui.storage.durable import make_private, read_plain
from stretch_tui.storage.faults import reason
from stretch_tui.storage.paths import Paths
from stretch_tui.storage.run.run_codec import (
    LIMIT,
    NewerError,
    finished_line,
    head_line,
    parse,
    state_line,
)
from stretch_tui.storage.run.run_file import RunFile
from stretch_tui.storage.run.run_lock import held_elsewhere
from stretch_tui.storage.run.run_view import RunView
from stretch_tui.storage.run.typed_json import RecordError

_UID = re.compile(r"[A-Za-z0-9_-]{1,80}")
_UNSAVED = "The session is not on disk"
_PATIENCE_SECONDS, _STEP_SECONDS = 1.0, 0.02
"""Another window that only looks at a file holds it for a moment: that is no reason to refuse."""


class RunFiles(RunView):
    """The run files of one data folder; implements `core.session.checkpoint.RunStore`."""

    def __init__(
        self,
        paths: Paths,
        *,
        tell: Callable[[str], None] | None = None,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        """`tell` hears at once whatever `notices` will hold."""
        super().__init__(paths)
        self._tell = tell
        self._wait = wait
        self._mutex = threading.RLock()

    def claim(self, checkpoint: Checkpoint) -> None:
        """Begin to keep a session and hold its file; see `RunStore`."""
        with self._mutex, _said("The session can't be saved", self._folder):
            if self._path(checkpoint.uid).exists():
                self._hold(checkpoint.uid)
                self._append(checkpoint.uid, state_line(checkpoint))
            else:
                self._create(checkpoint.uid, head_line(checkpoint.run) + state_line(checkpoint))

    def take_over(self, uid: str) -> Checkpoint:
        """Hold a session that was left, and return it as it stands now; see `RunStore`."""
        with self._mutex, _said("The session can't be resumed", self._folder):
            path = self._hold(uid).path
            try:
                text = parse(read_plain(path, LIMIT)[0])
            except BaseException:
                self.release(uid)
                raise
            if text.checkpoint is None or text.ended is not None:
                self.release(uid)
                raise RunBusyError("This session was ended in another window.")
            return text.checkpoint

    def save(self, checkpoint: Checkpoint) -> None:
        """Write it durably; see `RunStore`."""
        with self._mutex, _said(_UNSAVED, self._folder):
            if checkpoint.uid in self._held:
                self._append(checkpoint.uid, state_line(checkpoint))
            else:  # the disk refused it at the start: perhaps it takes it now
                self.claim(checkpoint)

    def heartbeat(self, checkpoint: Checkpoint) -> None:
        """Write it without waiting for the disk; see `RunStore`."""
        with self._mutex, _said(_UNSAVED, self._folder):
            held = self._held.get(checkpoint.uid)
            if held is None:
                self.claim(checkpoint)
            else:
                held.beat(state_line(checkpoint))

    def flush(self) -> None:
        """Make the last heartbeats durable; see `RunStore`."""
        with self._mutex, _said("The session may not be on disk", self._folder):
            for held in self._held.values():
                held.sync()

    def release(self, uid: str) -> None:
        """Let go of a session without ending it; see `RunStore`."""
        with self._mutex:
            held = self._held.pop(uid, None)
            if held is not None:
                held.close()

    def finish(self, session: Session) -> None:
        """Keep the finished session until the log has it; see `RunStore`."""
        with self._mutex, _said("The finished session is not on disk", self._folder):
            if self._path(session.uid).exists():
                self._hold(session.uid)
                self._append(session.uid, finished_line(session))
            else:
                self._create(session.uid, finished_line(session))

    def discard(self, uid: str) -> None:
        """Remove the file; see `RunStore`."""
        with self._mutex, _said("The session's file can't be removed", self._folder):
            if uid not in self._held and not self._path(uid).exists():
                return
            self._hold(uid).path.unlink(missing_ok=True)
            self.release(uid)

    def set_aside(self, uid: str, why: str) -> None:
        """Keep a finished session out of the way of those behind it; see `RunStore`."""
        with self._mutex, _said("The session's file can't be renamed", self._folder):
            aside = self._rename(self._hold(uid).path)
            self.release(uid)
            self._note(f"{why[:1].upper()}{why[1:]}; the session is kept as {aside.name}.")

    def _pass_over(self, path: Path, problem: OSError | RecordError) -> None:
        """Keep what cannot be read under another name; nothing unreadable is ever deleted."""
        if isinstance(problem, RecordError) and not isinstance(problem, NewerError):
            try:
                aside = self._rename(path)
            except OSError:
                return super()._pass_over(path, problem)
            words = f"A session in progress could not be read ({problem})"
            return self._note(f"{words}; it is kept as {aside.name}.")
        return super()._pass_over(path, problem)

    def _rename(self, path: Path) -> Path:
        last = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        # Random, so that of two windows that find the same file neither hits the other's.
        aside = path.with_name(f"{path.name}.corrupt-{last:%Y%m%dT%H%M%SZ}-{os.urandom(4).hex()}")
        return path.rename(aside)

    def _note(self, words: str) -> None:
        if words not in self._notices and self._tell is not None:
            self._tell(words)
        super()._note(words)

    def _append(self, uid: str, line: bytes) -> None:
        """Write a line durably; a file that has grown large is replaced by one that has not."""
        held = self._held[uid]
        if held.full(line):
            with suppress(OSError):  # no room for a second one: the first can still grow
                self._replace(uid, held.head() + line)
        if self._held[uid] is held:
            held.append(line)
        else:
            self._held[uid].settle()

    def _create(self, uid: str, lines: bytes) -> None:
        make_private(self._folder)
        self._replace(uid, lines)
        self._held[uid].settle()

    def _replace(self, uid: str, lines: bytes) -> None:
        """Put a new file in the place of the one we hold, if there is one."""
        self._sweep()
        made = RunFile.create(self._path(uid), lines)
        self.release(uid)
        self._held[uid] = made

    def _hold(self, uid: str) -> RunFile:
        """Open and lock an existing file; raises RunBusyError when it is gone or played."""
        if uid in self._held:
            return self._held[uid]
        for _ in range(round(_PATIENCE_SECONDS / _STEP_SECONDS)):
            try:
                held = RunFile.take(self._path(uid))
            except FileNotFoundError:
                raise RunBusyError("This session was ended in another window.") from None
            if held is not None:
                self._held[uid] = held
                return held
            self._wait(_STEP_SECONDS)
        raise RunBusyError("Another window is playing this session.")

    def _path(self, uid: str) -> Path:
        if not _UID.fullmatch(uid):
            raise StoreError(f"{uid!r} can't be the name of a session.")
        return self._folder / f"run-{uid}.json"

    def _sweep(self) -> None:
        """Remove what a kill left between opening and naming."""
        for path in self._folder.glob(".run-*.json.tmp"):
            if not held_elsewhere(path):
                path.unlink(missing_ok=True)


@contextmanager
def _said(what: str, where: Path) -> Iterator[None]:
    """Turn the system's errors into words for a person."""
    try:
        yield
    except (OSError, RecordError) as problem:
        why = reason(problem) if isinstance(problem, OSError) else str(problem)
        raise StoreError(f"{what}: {why} ({where})") from problem
