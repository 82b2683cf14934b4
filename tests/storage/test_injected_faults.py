"""Every storage call of a change made the last one, and made to fail in eight ways.

Whatever happens: the log holds the old or the new state, what was acknowledged before is there,
the next change works, and no temporary file stays.
"""

from __future__ import annotations

import errno
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from stretch_tui.core.errors import StoreError
from stretch_tui.storage.durable import MARK
from stretch_tui.storage.log.tiny_logbook import TinyLogbook
from tests.storage.faulty_os import FaultyOs, KilledError, faults
from tests.storage.samples import log_in, session, uids

ERRORS = (
    errno.ENOSPC,
    errno.EIO,
    errno.EACCES,
    errno.EROFS,
    errno.EDQUOT,
    errno.EMFILE,
    errno.ENOENT,
    errno.EINTR,
)
CHANGES: dict[str, Callable[[TinyLogbook], object]] = {
    "add": lambda log: log.add(session("new")),
    "delete": lambda log: log.delete("old-1"),
    "favorite": lambda log: log.set_favorite("owl-neck", True),
    "undo": lambda log: log.undo(),
}


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with a past: three sessions, one favorite, a previous generation and a backup."""
    folder = tmp_path_factory.mktemp("store") / "data"
    log = log_in(folder)
    for number in range(3):
        log.add(session(f"old-{number}"))
    log.set_favorite("chin-tuck", True)
    return folder


def state(log: TinyLogbook) -> object:
    return log.sessions(), log.favorites()


def calls_of(change: str, start: Path, folder: Path) -> int:
    shutil.copytree(start, folder)
    with faults() as faulty:
        CHANGES[change](log_in(folder))
    shutil.rmtree(folder)
    return len(faulty.calls)


def check(folder: Path, change: str, old: object, new: object, *, acked: bool) -> None:
    """The promises, seen by a new process."""
    found = state(log_in(folder))
    assert found in ((new,) if acked else (old, new))
    log = log_in(folder)
    log.add(session("later"))
    assert {"old-0", "old-2", "later"} <= uids(log_in(folder))
    assert not log.notices()
    assert not [path for path in folder.rglob("*") if path.name.startswith(MARK)]
    assert not list(folder.glob("*.corrupt-*"))


def attempt(folder: Path, change: str, set_fault: Callable[[FaultyOs], None]) -> bool:
    """Make the change under a fault; return whether it was acknowledged."""
    log = log_in(folder)
    try:
        with faults() as faulty:
            set_fault(faulty)
            CHANGES[change](log)
    except (StoreError, KilledError):
        return False
    return True


@pytest.mark.parametrize("change", CHANGES)
def test_every_call_is_the_last_or_fails(change: str, start: Path, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    calls = calls_of(change, start, folder)
    assert calls > 20
    old = state(log_in(start))
    shutil.copytree(start, folder)
    CHANGES[change](log_in(folder))
    new = state(log_in(folder))
    assert new != old
    for number in range(calls):
        for after in (False, True):
            retry(start, folder)
            acked = attempt(
                folder, change, lambda f, n=number, a=after: vars(f).update(kill_at=n, after=a)
            )
            check(folder, change, old, new, acked=acked)
        for code in ERRORS:
            retry(start, folder)
            error = OSError(code, "injected")
            acked = attempt(
                folder, change, lambda f, n=number, e=error: vars(f).update(fail_at=n, error=e)
            )
            check(folder, change, old, new, acked=acked)


def retry(start: Path, folder: Path) -> None:
    shutil.rmtree(folder)
    shutil.copytree(start, folder)
