"""Older and newer files, and the copies that are kept of each generation."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stretch_tui.core.errors import StoreError
from stretch_tui.core.log.logbook import Ending, Goal, Pause, Source
from stretch_tui.storage.log.backups import DAILY, Backup, backups, superfluous
from stretch_tui.storage.log.log_format import encode_log, parse_log
from stretch_tui.storage.log.tiny_logbook import TinyLogbook
from tests.storage.samples import log_in, paths_in, session, uids

GOLDEN = Path(__file__).parent / "golden"


def opened(name: str, folder: Path) -> TinyLogbook:
    shutil.copy(GOLDEN / name, folder / "history.json")
    return log_in(folder)


def test_the_present_schema_is_read_and_written_byte_for_byte(tmp_path: Path) -> None:
    log = opened("schema-1.json", tmp_path)
    first = replace(
        session("5b1f0c2e", note='café ☕ "quoted" \\ end'),
        feel_before=4,
        feel_after=2,
        first_side="left",
    )
    by_hand = replace(
        session("by-hand", day=2, title=""), routine="", source=Source.LOGGED, parts=()
    )
    assert log.sessions() == (
        first,
        replace(session("77aa0b13", day=1), note="shorter than planned", edited=True),
        by_hand,
    )
    assert log.favorites() == ("owl-neck",)
    assert log.banned() == {"cobra"}
    assert log.seen() == {"owl-neck"}
    assert log.goals() == (Goal(date(2026, 3, 2), 4),)
    assert log.pauses() == (Pause("trip", date(2026, 3, 10), date(2026, 3, 20), "travel"),)
    assert not log.notices()
    data = (GOLDEN / "schema-1.json").read_bytes()
    snapshot = parse_log(data)
    assert encode_log(snapshot.meta, snapshot.tables) == data
    assert log.undo() == "Undid the removal of a pause"
    assert b'"uid":"77aa0b13","clock":2' in data  # the fact stays beside its edit
    assert parse_log(data).tables["sessions"][2].count(b'"ending":"hurt"') == 1
    assert Ending.HURT not in {one.ending for one in log.sessions()}


def test_a_plain_tinydb_file_is_migrated_with_a_backup(tmp_path: Path) -> None:
    data = (GOLDEN / "schema-0.json").read_bytes()
    log = opened("schema-0.json", tmp_path)
    assert {"5b1f0c2e", "77aa0b13"} < uids(log)
    assert len(uids(log)) == 3
    assert log.favorites() == ("desk-reset", "owl-neck")
    assert "older version" in log.notices()[0]
    assert (tmp_path / "history.json").read_bytes() == data
    log.add(session("new"))
    assert len(uids(log_in(tmp_path))) == 4
    assert not log_in(tmp_path).notices()
    (copy,) = [one for one in backups(tmp_path / "backups") if one.reason == "migration"]
    assert copy.path.read_bytes() == data


def test_two_machines_migrate_one_file_to_the_same_records(tmp_path: Path) -> None:
    found = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir(mode=0o700)
        log = opened("schema-0.json", tmp_path / name)
        log.set_favorite("owl-neck", True)  # nothing new
        with log._db.changing():
            pass
        found.append(parse_log((tmp_path / name / "history.json").read_bytes()).tables)
    assert found[0] == found[1]


def test_a_newer_file_is_read_and_never_written(tmp_path: Path) -> None:
    data = (GOLDEN / "schema-1.json").read_text()
    newer = json.loads(data)
    newer["_meta"]["1"]["schema"] = 3
    newer["moods"] = {"1": {"kind": "mood", "uid": "m", "clock": 1, "device": "z"}}
    newer["sessions"]["9"] = {"kind": "session", "uid": "odd", "clock": 1, "device": "z"}
    text = json.dumps(newer)
    (tmp_path / "history.json").write_text(text)
    log = log_in(tmp_path)
    assert uids(log) == {"5b1f0c2e", "77aa0b13", "by-hand"}
    assert "is of a later version: update stretch-tui to save again (schema 3)" in log.notices()[0]
    with pytest.raises(StoreError, match="update stretch-tui"):
        log.add(session("new"))
    with pytest.raises(StoreError, match="update stretch-tui"):
        log.undo()
    assert (tmp_path / "history.json").read_text() == text


def write_on(folder: Path, day: date) -> None:
    now = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    log = TinyLogbook(paths_in(folder), now=lambda: now)
    log.add(session(f"{day}-{len(log.sessions())}"))


def test_one_copy_a_day_thinned_to_days_weeks_and_months(tmp_path: Path) -> None:
    for number in range(75):
        write_on(tmp_path, date(2025, 12, 22) + timedelta(days=number))
        if number % 20 == 0:
            write_on(tmp_path, date(2025, 12, 22) + timedelta(days=number))
    kept = [copy.day for copy in backups(tmp_path / "backups")]
    assert kept[:7] == [date(2026, 3, 6) - timedelta(days=n) for n in range(7)]
    assert {(day.year, day.month) for day in kept} == {(2025, 12), (2026, 1), (2026, 2), (2026, 3)}
    assert {day.isocalendar()[:2] for day in kept} >= {(2026, week) for week in (7, 8, 9, 10)}
    assert len(kept) <= 7 + 4 + 12
    assert len(uids(log_in(tmp_path))) == 79


def test_a_clock_set_back_a_year_pushes_out_nothing_new(tmp_path: Path) -> None:
    for number in range(20):
        write_on(tmp_path, date(2026, 3, 1) + timedelta(days=number))
    for number in range(10):
        write_on(tmp_path, date(2025, 3, 1) + timedelta(days=number))
    newest = backups(tmp_path / "backups")[:7]
    assert [copy.day for copy in newest] == [
        date(2025, 3, 10) - timedelta(days=n) for n in range(7)
    ]
    assert {copy.day.year for copy in backups(tmp_path / "backups")} == {2025, 2026}


COPIES = st.lists(
    st.builds(
        lambda revision, day, reason: Backup(
            revision, day, reason, Path(f"{revision}-{day}-{reason}")
        ),
        st.integers(0, 10**6),
        st.dates(date(2024, 1, 1), date(2027, 1, 1)),
        st.sampled_from([DAILY, DAILY, DAILY, "import"]),
    ),
    max_size=60,
    unique_by=lambda copy: copy.path,
)


@given(COPIES)
def test_thinning_keeps_the_newest_and_is_done_at_once(copies: list[Backup]) -> None:
    gone = superfluous(copies)
    kept = [copy for copy in copies if copy not in gone]
    assert superfluous(kept) == []
    if copies:
        assert max(copies) in kept
    daily = sorted((copy for copy in kept if copy.reason == DAILY), reverse=True)
    assert len(daily) <= 7 + 4 + 12
    assert sum(copy.reason != DAILY for copy in kept) <= 10
