"""The log as the app uses it: what goes in comes out, from any handle, and can be undone."""

from __future__ import annotations

import os
import stat
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tinydb import where

from stretch_tui.core.errors import RefusedError
from stretch_tui.core.log.logbook import Ending, Goal, Part, Pause, Session, Source
from stretch_tui.storage.durable import MARK, signature
from stretch_tui.storage.log.log_format import encode_log, parse_log
from stretch_tui.storage.log.log_reader import LogReader
from stretch_tui.storage.log.log_rows import records_of, tables_of
from stretch_tui.storage.log.log_writer import LogWriter
from stretch_tui.storage.log.tiny_logbook import TinyLogbook
from tests.storage.samples import FIRST, log_in, paths_in, session, uids

NAMES = st.text("abcdefghij-", min_size=1, max_size=12)
FEEL = st.none() | st.integers(0, 9)
SECONDS = st.floats(0, 7200, allow_nan=False)
PARTS = st.builds(
    Part,
    NAMES,
    st.lists(st.sampled_from(["neck", "chest", "lats"]), max_size=3).map(tuple),
    SECONDS,
    SECONDS,
    SECONDS,
    st.booleans(),
)
SESSIONS = st.builds(
    Session,
    uid=NAMES,
    started=st.integers(0, 4_000_000_000).map(lambda us: FIRST + timedelta(milliseconds=us / 7)),
    offset_minutes=st.integers(-720, 840),
    day=st.dates(date(2000, 1, 1), date(2100, 1, 1)),
    routine=NAMES,
    title=st.sampled_from(
        ["Desk reset", "Épaules ⟂ nuque", 'quote " back\\slash', "", '},\n"2":{']
    ),
    seconds=SECONDS,
    source=st.sampled_from(Source),
    ending=st.sampled_from(Ending),
    parts=st.lists(PARTS, max_size=3).map(tuple),
    feel_before=FEEL,
    feel_after=FEEL,
    note=st.sampled_from(["", "stiff", ',"parts":[]}', "] }, {"]),
    first_side=st.sampled_from([None, "left", "right"]),
    edited=st.booleans(),
)


def test_a_new_user_reads_an_empty_log_and_nothing_is_created(tmp_path: Path) -> None:
    log = log_in(tmp_path / "none" / "data")
    assert log.sessions() == log.favorites() == log.goals() == log.pauses() == ()
    assert log.seen() == log.banned() == frozenset()
    assert log.undo() is None
    log.delete("nobody")
    assert not log.notices()
    assert not (tmp_path / "none" / "data" / "history.json").exists()


@given(made=st.lists(SESSIONS, max_size=4, unique_by=lambda one: one.uid))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_session_comes_back_as_it_was(
    made: list[Session], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("log")
    log = log_in(folder)
    for one in made:
        log.add(one)
    cleaned = [replace(one, title=log_title(one.title)) for one in made]
    expected = tuple(sorted(cleaned, key=lambda one: (one.started, one.uid)))
    assert log.sessions() == expected
    assert log_in(folder).sessions() == expected
    assert not log_in(folder).notices()


def log_title(title: str) -> str:
    """Line breaks are the one thing that a title does not keep."""
    return title.replace("\n", " ")


def test_adding_twice_changes_nothing_and_writes_nothing(tmp_path: Path) -> None:
    log = log_in(tmp_path)
    log.add(session("one"))
    before = (tmp_path / "history.json").read_bytes()
    log.add(session("one", note="other words"))
    log.set_favorite("owl-neck", False)
    assert (tmp_path / "history.json").read_bytes() == before
    assert log.sessions() == (session("one"),)


def test_a_deleted_session_does_not_come_back_by_being_saved_again(tmp_path: Path) -> None:
    log = log_in(tmp_path)
    log.add(session("one"))
    log.delete("one")
    log.add(session("one"))
    assert log.sessions() == ()


def test_two_handles_see_each_other_at_once(tmp_path: Path) -> None:
    one, other = log_in(tmp_path), log_in(tmp_path)
    for number in range(5):
        one.add(session(f"one-{number}"))
        other.add(session(f"other-{number}"))
        one.set_favorite(f"fav-{number}", True)
        assert one.sessions() == other.sessions()
        assert one.favorites() == other.favorites() == tuple(f"fav-{n}" for n in range(number + 1))
    assert len(uids(one)) == 10


def test_first_writes_of_two_threads_at_once_are_both_saved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from stretch_tui.storage.log import atomic_json

    opened, opening = [], atomic_json.LogDB.__init__

    def slowly(self: atomic_json.LogDB, writer: LogWriter) -> None:
        opened.append(self)
        time.sleep(0.05)  # the other thread has long asked for it too
        opening(self, writer)

    monkeypatch.setattr(atomic_json.LogDB, "__init__", slowly)
    log, begun = log_in(tmp_path, lock_seconds=0.5), threading.Barrier(2)

    def add(uid: str) -> None:
        begun.wait()
        log.add(session(uid))

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(add, ["one", "two"]))
    assert uids(log) == {"one", "two"}
    assert len(opened) == 1, "two would wait for each other's lock"


def test_how_it_feels_now_is_an_answer_and_no_correction(tmp_path: Path) -> None:
    log = log_in(tmp_path)
    fact = replace(session("one"), feel_before=5, feel_after=None)
    log.add(fact)
    log.edit(replace(fact, feel_after=2))
    assert log.sessions() == (replace(fact, feel_after=2),)
    log.edit(replace(fact, feel_after=2, seconds=1.0))
    assert log.sessions()[0].edited


def test_a_change_is_made_on_what_the_file_holds_even_if_it_looks_unchanged(tmp_path: Path) -> None:
    """File systems use inodes again, and their clocks have ticks."""
    log, path = log_in(tmp_path), tmp_path / "history.json"
    log.add(session("one"))
    known, other = path.stat(), parse_log(path.read_bytes().replace(b"Desk reset", b"Disk reset"))
    path.write_bytes(encode_log(other.meta, other.tables))
    os.utime(path, ns=(known.st_atime_ns, known.st_mtime_ns))
    assert signature(path) == (known.st_ino, known.st_mtime_ns, known.st_size)
    log.add(session("two"))
    assert {one.title for one in log.sessions() if one.uid == "one"} == {"Disk reset"}


def test_edits_and_deletions_are_later_records_and_can_be_undone(tmp_path: Path) -> None:
    log = log_in(tmp_path)
    fact = session("one")
    log.add(fact)
    log.edit(replace(fact, note="left shoulder stiff"))
    log.edit(replace(fact, seconds=10.0))
    log.delete("one")
    assert b'{"kind":"session","uid":"one"' in (tmp_path / "history.json").read_bytes()
    assert log.sessions() == ()
    assert log.undo() == "Undid the deletion of Desk reset, 2026-03-01"
    assert log.sessions() == (replace(fact, seconds=10.0, edited=True),)
    assert log.undo() == "Undid the change to Desk reset, 2026-03-01"
    assert log.sessions() == (replace(fact, note="left shoulder stiff", edited=True),)
    assert log.undo() is not None
    assert log.sessions() == (fact,)
    assert log.undo() is None
    assert log.sessions() == (fact,)


def test_undo_in_another_process_and_words_for_each_change(tmp_path: Path) -> None:
    log = log_in(tmp_path)
    log.add(replace(session("hand"), source=Source.LOGGED))
    log.set_favorite("owl-neck", True)
    log.set_favorite("chin-tuck", True)
    log.set_favorite("owl-neck", False)
    log.set_banned("cobra", True)
    log.set_goals([Goal(date(2026, 3, 1), 4)])
    log.set_goals([Goal(date(2026, 3, 1), 5)])
    log.add_pause(Pause("p", date(2026, 3, 1), date(2026, 3, 5), "flu"))
    log.remove_pause("p")
    log.mark_seen("owl-neck")
    said = [log_in(tmp_path).undo() for _ in range(9)]
    assert said == [
        "Undid the removal of a pause",
        "Undid the pause from 2026-03-01 to 2026-03-05",
        "Undid the goal of 5 days a week",
        "Undid the goal of 4 days a week",
        "Undid never suggesting cobra",
        "Undid taking owl-neck from the favorites",
        "Undid adding chin-tuck to the favorites",
        "Undid adding owl-neck to the favorites",
        "Undid the entry of Desk reset, 2026-03-01",
    ]
    log = log_in(tmp_path)
    assert (log.sessions(), log.favorites(), log.goals(), log.pauses()) == ((), (), (), ())
    assert log.seen() == {"owl-neck"}
    assert log.undo() is None


def test_an_entry_that_was_corrected_can_still_be_taken_back(tmp_path: Path) -> None:
    log, entry = log_in(tmp_path), replace(session("hand"), source=Source.LOGGED, edited=True)
    log.set_favorite("owl-neck", True)
    log.add(entry)
    log.edit(replace(entry, note="ten minutes, not five"))
    assert log.undo() == "Undid the change to Desk reset, 2026-03-01"
    assert log.sessions() == (entry,)
    assert log.undo() == "Undid the entry of Desk reset, 2026-03-01"
    assert (log.sessions(), log.favorites()) == ((), ("owl-neck",))
    assert log.undo() == "Undid adding owl-neck to the favorites"


def test_an_entry_that_another_machine_corrected_is_not_taken_back(tmp_path: Path) -> None:
    log, other = log_in(tmp_path / "one"), log_in(tmp_path / "two")
    entry = replace(session("hand"), source=Source.LOGGED, edited=True)
    log.add(entry)
    other.join(log.records())
    other.edit(replace(entry, note="theirs"))
    log.join(other.records())
    assert log.undo() is None
    assert [one.note for one in log.sessions()] == ["theirs"]


def test_a_deleted_session_does_not_come_back_by_being_edited(tmp_path: Path) -> None:
    log, other = log_in(tmp_path), log_in(tmp_path)
    log.add(session("one"))
    other.delete("one")
    with pytest.raises(RefusedError, match="Desk reset, 2026-03-01 is no longer in the log"):
        log.edit(replace(session("one"), feel_after=3))
    assert log.sessions() == ()
    assert log.undo() == "Undid the deletion of Desk reset, 2026-03-01"
    assert log.sessions() == (session("one"),)


def test_a_change_of_goal_of_several_dates_is_one_change_and_one_undo(tmp_path: Path) -> None:
    log = log_in(tmp_path)
    first = (Goal(date(1970, 1, 1), 3), Goal(date(2026, 3, 9), 5))
    second = (Goal(date(2026, 3, 2), 2), Goal(date(2026, 3, 9), 2))
    log.set_goals(first)
    revision = log.revision()
    log.set_goals(second)
    log.set_goals(second)
    assert log.revision() == revision + 1
    assert log.goals() == (first[0], *second)
    assert log_in(tmp_path).undo() == "Undid the goal of 2 days a week"
    assert log.goals() == first
    assert log.undo() == "Undid the goal of 5 days a week"
    assert (log.goals(), log.undo()) == ((), None)


def test_a_goal_that_another_machine_changed_is_not_undone_in_part(tmp_path: Path) -> None:
    log, other = log_in(tmp_path / "one"), log_in(tmp_path / "two")
    log.set_goals([Goal(date(2026, 3, 2), 2), Goal(date(2026, 3, 9), 2)])
    other.join(log.records())
    other.set_goals([Goal(date(2026, 3, 9), 6)])
    log.join(other.records())
    assert log.undo() is None
    assert [goal.days for goal in log.goals()] == [2, 6]


def test_undo_puts_a_favorite_back_in_its_place(tmp_path: Path) -> None:
    log = log_in(tmp_path)
    for item in ("a", "b", "c"):
        log.set_favorite(item, True)
    log.set_favorite("a", False)
    assert log.favorites() == ("b", "c")
    log.undo()
    assert log.favorites() == ("a", "b", "c")


def test_at_most_twenty_changes_are_kept_for_undo(tmp_path: Path) -> None:
    log = log_in(tmp_path)
    for number in range(25):
        log.set_favorite(f"f{number}", True)
    undone = 0
    while log.undo():
        undone += 1
    assert undone == 20
    assert log.favorites() == ("f0", "f1", "f2", "f3", "f4")


def test_a_log_is_named_once_and_every_record_bears_the_name(tmp_path: Path) -> None:
    names = iter(["laptop00", "another0"])
    log = TinyLogbook(paths_in(tmp_path), now=lambda: FIRST, new_device=lambda: next(names))
    assert log.known_device() == ""
    log.add(session("one"))
    log.set_favorite("owl-neck", True)
    assert log.device() == "laptop00"
    assert {record.device for record in log.records().values()} == {"laptop00"}


def test_what_we_could_not_read_again_is_refused(tmp_path: Path) -> None:
    log = log_in(tmp_path)
    with pytest.raises(ValueError, match="seconds"):
        log.add(replace(session("one"), seconds=float("nan")))
    with pytest.raises(ValueError, match="uid"):
        log.add(replace(session("one"), uid="\x1b[2J"))
    with pytest.raises(ValueError, match="zone"):
        log.add(replace(session("one"), started=FIRST.replace(tzinfo=None)))
    assert log.sessions() == ()


def test_only_the_owner_can_read(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "data"
    log = log_in(folder)
    log.add(session("one"))
    log.add(session("two"))
    for path in [folder, *folder.rglob("*")]:
        mode = stat.S_IMODE(path.stat().st_mode)
        assert mode == (0o700 if path.is_dir() else 0o600), path


def test_the_file_is_one_document_a_line_and_plain_tinydb_reads_it(tmp_path: Path) -> None:
    from tinydb import TinyDB

    log = log_in(tmp_path)
    log.add(session("one", note="café"))
    log.set_favorite("owl-neck", True)
    text = (tmp_path / "history.json").read_text()
    assert '"note":"café"' in text
    assert all(line.count('"uid"') <= 1 for line in text.splitlines())
    with TinyDB(tmp_path / "history.json", access_mode="r") as plain:
        found = plain.table("sessions").search(where("uid") == "one")
        assert found[0]["title"] == "Desk reset"
        assert plain.tables() == {"_meta", "favorites", "sessions", "undo"}


def test_it_is_a_tinydb_whose_own_operations_are_safe(tmp_path: Path) -> None:
    log, other = log_in(tmp_path), log_in(tmp_path)
    log.add(session("one"))
    other.add(session("two"))
    table = log._db.table("sessions")
    assert [row["uid"] for row in table.search(where("routine") == "desk-reset")] == ["one", "two"]
    other.add(session("three"))
    assert table.count(where("routine") == "desk-reset") == 3  # no stale cached answer
    table.update({"title": "Renamed"}, where("uid") == "two")
    assert {one.title for one in other.sessions() if one.uid == "two"} == {"Renamed"}
    assert table.remove(where("uid") == "three")
    assert uids(other) == {"one", "two"}
    log._db.drop_table("sessions")
    assert other.sessions() == ()


def test_small_tables_are_read_without_the_sessions(tmp_path: Path) -> None:
    log = log_in(tmp_path)
    log.set_favorite("owl-neck", True)
    with log._db.changing():
        for number in range(700):
            log.add(session(f"s{number}", note=f"{number} " * 40))
    reader = LogReader(tmp_path / "history.json")
    assert reader.favorites() == ("owl-neck",)
    assert reader._loaded is None
    assert len(reader.sessions()) == 700
    assert reader.favorites() == ("owl-neck",)
    log.set_favorite("chin-tuck", True)
    assert reader.favorites() == ("owl-neck", "chin-tuck")


def test_many_changes_in_one_block_are_one_write_or_none(tmp_path: Path) -> None:
    log = log_in(tmp_path)
    log.add(session("one"))
    revision = parse_log((tmp_path / "history.json").read_bytes()).meta.revision
    with log._db.changing():
        log.add(session("two"))
        log.set_favorite("owl-neck", True)
    assert parse_log((tmp_path / "history.json").read_bytes()).meta.revision == revision + 1
    with pytest.raises(ValueError, match="seconds"), log._db.changing():
        add_three_and_a_bad_one(log)
    assert uids(log) == {"one", "two"} == uids(log_in(tmp_path))


def test_a_change_leaves_alone_what_others_are_writing_in_the_same_folder(tmp_path: Path) -> None:
    log = log_in(tmp_path)
    theirs = tmp_path / f"{MARK}draft.toml-0011223344556677.tmp"
    ours = tmp_path / f"{MARK}history.json-0011223344556677.tmp"
    for path in (theirs, ours):
        path.write_text("half")
    log.add(session("one"))
    assert theirs.exists()
    assert not ours.exists()


def add_three_and_a_bad_one(log: TinyLogbook) -> None:
    log.add(session("three"))
    log.add(replace(session("four"), seconds=-1.0))


def test_records_make_the_same_tables_again(tmp_path: Path) -> None:
    log = log_in(tmp_path)
    for number in range(4):
        log.add(session(f's"{number}'))
        log.set_favorite(f"é{number}", True)
    snapshot = parse_log((tmp_path / "history.json").read_bytes())
    again = tables_of(records_of(snapshot.tables).values())
    assert {name: set(rows.values()) for name, rows in again.items()} == {
        name: set(rows.values()) for name, rows in snapshot.tables.items()
    }


def test_the_goal_of_the_config_file_is_noted_for_this_device_and_is_nothing_to_undo(
    tmp_path: Path,
) -> None:
    log, other = log_in(tmp_path / "one"), log_in(tmp_path / "two")
    log.add(session("a"))
    assert log.config_goal() is None
    log.take_config_goal(3, (Goal(date(1970, 1, 1), 3),))
    log.take_config_goal(5, (Goal(date(2026, 3, 2), 5),))
    again = log_in(tmp_path / "one")
    assert (again.config_goal(), [goal.days for goal in again.goals()]) == (5, [3, 5])
    assert again.undo() is None
    other.join(log.records())
    assert (other.config_goal(), other.goals()) == (None, log.goals())
