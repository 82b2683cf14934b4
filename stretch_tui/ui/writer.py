"""The one thread that writes to the log; what could not be saved is kept and tried again."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from stretch_tui.core.content.wording import count, listed
from stretch_tui.core.errors import NOT_SAVED, RefusedError, StoreError
from stretch_tui.core.log.logbook import Logbook


@dataclass(frozen=True, slots=True)
class Job:
    """A change of the log, and what to say once it is durable."""

    write: Callable[[Logbook], object]
    """Returns nothing, or words that say what was done."""
    said: str = ""
    about: str = ""
    """What the change is, as it is called when it could not be saved."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a round of writing ended."""

    said: tuple[str, ...] = ()
    """Words for what is now durable."""
    problem: str = ""
    """Why the rest could not be saved; empty when everything is."""
    waiting: int = 0
    """How many changes are kept to be tried again."""
    saved: int = 0
    """How many changes became durable."""
    fault: str = ""
    """What went wrong with a change that could not even be tried again; a fault of ours."""


class Writer:
    """Takes changes in order, writes them on its own thread, and keeps those that fail."""

    def __init__(self, logbook: Logbook, tell: Callable[[Outcome], None]) -> None:
        """`tell` is called on the writer's thread after each round."""
        self._logbook = logbook
        self._tell = tell
        self._jobs: deque[Job] = deque()
        self._wake = threading.Condition()
        self._lost = 0
        self._asked = 0
        self._done = 0
        self._ending = False
        self._thread: threading.Thread | None = None
        self._problem = ""

    @property
    def waiting(self) -> int:
        """How many changes are not yet durable."""
        with self._wake:
            return len(self._jobs) + self._lost

    def unsaved(self) -> str:
        """Which changes are not yet durable, and why; empty when all are."""
        with self._wake:
            named = list(dict.fromkeys(job.about for job in self._jobs if job.about))
            others = sum(not job.about for job in self._jobs) + self._lost
        if others:
            named.append(count(others, "other change" if named else "change"))
        return f"not saved: {listed(named)}: {self._problem}".strip(": ") if named else ""

    def submit(self, job: Job) -> None:
        """Write this change after all before it; those that failed are tried again first."""
        with self._wake:
            self._jobs.append(job)
            self._round()

    def retry(self) -> None:
        """Try what failed again."""
        with self._wake:
            if self._jobs:
                self._round()

    def settle(self, seconds: float) -> int:
        """Try everything once more, wait at most so long, and say how many are still unsaved."""
        self.retry()
        with self._wake:
            wanted = self._asked
            self._wake.wait_for(lambda: self._done >= wanted, seconds)
            return len(self._jobs) + self._lost

    def close(self, seconds: float) -> int:
        """Settle, and let the thread end; say how many changes could not be saved."""
        unsaved = self.settle(seconds)
        with self._wake:
            self._ending = True
            self._wake.notify_all()
        return unsaved

    def _round(self) -> None:
        self._asked += 1
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="log-writer", daemon=True)
            self._thread.start()
        self._wake.notify_all()

    def _run(self) -> None:
        while True:
            with self._wake:
                self._wake.wait_for(lambda: self._ending or self._done < self._asked)
                if self._done >= self._asked:
                    return
                wanted = self._asked
            outcome = self._write_all()
            with self._wake:
                self._done = wanted
                self._wake.notify_all()
            with suppress(Exception):  # what cannot be told must not end the saving
                self._tell(outcome)

    def _write_all(self) -> Outcome:
        said: list[str] = []
        faults: list[str] = []
        saved = 0
        while True:
            with self._wake:
                job = self._jobs[0] if self._jobs else None
            if job is None:
                return Outcome(tuple(said), saved=saved, fault="; ".join(faults))
            try:
                words = job.write(self._logbook)
                saved += 1
                said += [text for text in (words, job.said) if text and isinstance(text, str)]
            except RefusedError as problem:
                said.append(str(problem))  # for good: it must not hold up what comes after it
            except StoreError as problem:
                self._problem = str(problem).removeprefix(NOT_SAVED)
                fault = "; ".join(faults)
                return Outcome(tuple(said), str(problem), self.waiting, saved, fault)
            except Exception as error:  # of one change: those after it must not be lost with it
                with self._wake:
                    self._lost += 1
                    self._jobs.popleft()
                faults.append(f"{type(error).__name__}: {error}")
                continue
            with self._wake:
                self._jobs.popleft()
