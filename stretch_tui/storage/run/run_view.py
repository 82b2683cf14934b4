"""The run files of a data folder as they are looked at: nothing is written."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from stretch_tui.core.log.logbook import Session
from stretch_tui.core.session.checkpoint import Checkpoint
from stretch_tui.storage.durable import NotPlainError, read_plain
from stretch_tui.storage.faults import reason
from stretch_tui.storage.paths import Paths
from stretch_tui.storage.run.run_codec import LIMIT, NewerError, RunText, parse
from stretch_tui.storage.run.run_file import RunFile
from stretch_tui.storage.run.run_lock import held_elsewhere
from stretch_tui.storage.run.typed_json import RecordError


class RunView:
    """The reading half of a `core.session.checkpoint.RunStore`; it leaves every file as it is."""

    def __init__(self, paths: Paths) -> None:
        self._folder = paths.data
        self._held: dict[str, RunFile] = {}
        self._notices: list[str] = []

    def notices(self) -> tuple[str, ...]:
        """What had to be passed over, or was set aside; see `RunStore`."""
        return tuple(self._notices)

    def resumable(self) -> tuple[Checkpoint, ...]:
        """Sessions that nobody is playing, the latest saved first; see `RunStore`."""
        left = self._texts(ours=False, others=False, free=True)
        return _latest(text.checkpoint for text in left if text.ended is None)

    def running(self) -> tuple[Checkpoint, ...]:
        """Sessions that a living window is playing; see `RunStore`."""
        held = self._texts(ours=True, others=True, free=False)
        return _latest(text.checkpoint for text in held if text.ended is None)

    def unsaved(self) -> tuple[Session, ...]:
        """Finished sessions that the log may not have; see `RunStore`."""
        texts = self._texts(ours=True, others=False, free=True)
        return tuple(text.ended for text in texts if text.ended is not None)

    def _texts(self, *, ours: bool, others: bool, free: bool) -> Iterator[RunText]:
        """What the run files say: those we hold, those others hold, those nobody holds."""
        for path in sorted(self._folder.glob("run-*.json")):
            mine = path.name.removeprefix("run-").removesuffix(".json") in self._held
            busy = not mine and held_elsewhere(path)
            if (mine and ours) or (busy and others) or (not mine and not busy and free):
                text = self._read(path, left=not mine and not busy)
                if text is not None:
                    yield text

    def _read(self, path: Path, *, left: bool) -> RunText | None:
        try:
            return parse(read_plain(path, LIMIT)[0])
        except FileNotFoundError:
            return None
        except (OSError, RecordError) as problem:
            if left:  # a file that is held is still being written
                self._pass_over(path, problem)
            return None

    def _pass_over(self, path: Path, problem: OSError | RecordError) -> None:
        """Say that a file could not be read, and leave it."""
        if isinstance(problem, NewerError):
            self._note(f"A session of a later version of stretch-tui waits in {path.name}.")
        else:
            self._note(f"A session in progress could not be read ({_why(problem)}): {path.name}.")

    def _note(self, words: str) -> None:
        if words not in self._notices:
            self._notices.append(words)


def _why(problem: OSError | RecordError) -> str:
    if isinstance(problem, NotPlainError):
        return str(problem.strerror)
    return reason(problem) if isinstance(problem, OSError) else str(problem)


def _latest(found: Iterator[Checkpoint | None]) -> tuple[Checkpoint, ...]:
    known = [checkpoint for checkpoint in found if checkpoint is not None]
    return tuple(sorted(known, key=lambda checkpoint: checkpoint.saved, reverse=True))
