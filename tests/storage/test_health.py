"""What `doctor` finds in a store, and what its repairs do."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from stretch_tui.core.errors import StoreError
from stretch_tui.storage import repairs
from stretch_tui.storage.health import Finding, findings
from stretch_tui.storage.repairs import repair
from tests.storage.samples import log_in, paths_in, session, uids

NOW = datetime(2026, 3, 20, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Path]:
    """A sound store of three sessions; files that a test adds are private too."""
    before = os.umask(0o077)
    folder = tmp_path / "data"
    log = log_in(folder)
    for number in range(3):
        log.add(session(f"s{number}", day=number))
    yield folder
    os.umask(before)


def bad(folder: Path) -> list[Finding]:
    return [one for one in findings(paths_in(folder), NOW, zone="Europe/Paris") if one.bad]


def test_a_sound_store_has_nothing_bad(store: Path) -> None:
    found = {one.about: one.words for one in findings(paths_in(store), NOW, zone="Asia/Tokyo")}
    assert not bad(store)
    assert found["log"] == "the log is sound: 3 sessions"
    assert found["backups"] == "1 backup, the newest of 2026-03-01"
    assert found["lock"] == "nobody else is writing, and locks work here"
    assert found["zone"] == "Days are counted in Asia/Tokyo: it is Fri 09:00"


def test_looking_changes_nothing(store: Path) -> None:
    (store / "history.json").write_bytes(b"{")
    before = {path: path.read_bytes() for path in store.rglob("*.json*") if path.suffix != ".lock"}
    findings(paths_in(store), NOW)
    assert {path: path.read_bytes() for path in before} == before
    assert set(store.rglob("*.json*")) - {store / "history.json.lock"} == set(before)


def test_a_new_user(tmp_path: Path) -> None:
    (folder, _) = findings(paths_in(tmp_path / "none"), NOW)
    assert folder.words.endswith("is not there yet: it comes with the first session")
    assert not folder.bad
    assert not (tmp_path / "none").exists()


def loosen(store: Path) -> None:
    store.chmod(0o755)
    (store / "history.json").chmod(0o644)


def damage(store: Path) -> None:
    data = (store / "history.json").read_bytes()
    (store / "history.json").write_bytes(data[:-4])


def leave_over(store: Path) -> None:
    (store / ".stretch-tui-history.json-0011223344556677.tmp").write_text("half")
    (store / "backups" / ".stretch-tui-history-r1.json-0011223344556677.tmp").write_text("half")


def conflict(store: Path) -> None:
    other = store.parent / "other"
    log_in(other).add(session("theirs"))
    name = "history.sync-conflict-20260301-120000-ABCDEFG.json"
    shutil.copy(other / "history.json", store / name)


REPAIRABLE: dict[str, tuple[Callable[[Path], None], str, str]] = {
    "permissions": (loosen, "others can read", "made 2 files readable by you alone"),
    "log": (damage, "was damaged", "the damaged file is kept as history.json.corrupt-"),
    "leftovers": (leave_over, "2 half-written files", "removed the half-written files"),
    "copies": (conflict, "holds 1 session that the log lacks", "1 session from history.sync-"),
    "backups": (
        lambda store: shutil.rmtree(store / "backups"),
        "there is no backup yet",
        "kept history-r00000003-",
    ),
}


@pytest.mark.parametrize("about", REPAIRABLE)
def test_what_is_broken_is_named_and_repaired(about: str, store: Path) -> None:
    breaks, words, done = REPAIRABLE[about]
    breaks(store)
    (finding,) = bad(store)
    assert finding.about == about
    assert words in finding.words
    assert finding.repair
    assert done in repair(paths_in(store), finding, NOW)
    assert not bad(store)
    assert uids(log_in(store)) >= {"s0", "s1", "s2"}
    assert not log_in(store).notices()


def test_a_joined_copy_may_be_deleted(store: Path) -> None:
    conflict(store)
    repair(paths_in(store), bad(store)[0], NOW)
    assert uids(log_in(store)) == {"s0", "s1", "s2", "theirs"}
    words = [one.words for one in findings(paths_in(store), NOW) if one.about == "copies"]
    assert words[0].endswith("holds nothing new: you can delete it")
    assert log_in(store).undo() is not None
    assert uids(log_in(store)) == {"s0", "s1", "s2"}


def test_what_looks_like_a_copy_keeps_no_sound_copy_from_being_joined(store: Path) -> None:
    conflict(store)
    (store / "history.sync-conflict-0.json").symlink_to("/etc/hostname")
    (store / "history.sync-conflict-1.json").write_text("{")
    (finding,) = bad(store)
    assert repair(paths_in(store), finding, NOW).startswith(
        "1 session from history.sync-conflict-2"
    )
    assert uids(log_in(store)) == {"s0", "s1", "s2", "theirs"}


def test_a_copy_that_is_refused_is_named_and_the_others_are_joined(store: Path) -> None:
    conflict(store)
    impossible = log_in(store.parent / "impossible")
    impossible.add(session("far"))
    data = (store.parent / "impossible" / "history.json").read_bytes()
    ahead = data.replace(b'"clock":1', b'"clock":%d' % 2**51)
    (store / "history.sync-conflict-0.json").write_bytes(ahead)
    finding = next(one for one in bad(store) if "conflict-2" in one.words)
    with pytest.raises(StoreError, match=r"conflict-0.json: its clock is impossibly far ahead"):
        repair(paths_in(store), finding, NOW)
    assert uids(log_in(store)) == {"s0", "s1", "s2", "theirs"}


def test_no_backup_is_made_while_another_window_writes(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Making one removes what was left half written, and that may be theirs."""
    shutil.rmtree(store / "backups")
    (finding,) = bad(store)
    monkeypatch.setattr(repairs, "LOCK_SECONDS", 0.01)
    with (store / "history.json.lock").open() as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(StoreError, match="Nothing was saved"):
            repair(paths_in(store), finding, NOW)
    assert not (store / "backups").exists()
    assert repair(paths_in(store), finding, NOW) == "kept history-r00000003-2026-03-20-daily.json"


def test_what_only_a_person_can_set_right(store: Path) -> None:
    (store / "backups" / "history-r00000001-2026-02-01-daily.json").write_text("{")
    log_in(store).add(session("late", day=400))
    found = {one.about: one for one in bad(store)}
    assert set(found) == {"backups", "clock"}
    assert "1 session from the future: was a clock wrong?" in found["clock"].words
    assert not any(one.repair for one in found.values())
    assert repair(paths_in(store), found["clock"], NOW) == ""


def test_a_window_at_work_is_named(store: Path) -> None:
    with (store / "history.json.lock").open() as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        found = {one.about: one for one in findings(paths_in(store), NOW)}
    assert found["lock"].words.startswith("another window is at work: process ")
    assert not found["lock"].bad
