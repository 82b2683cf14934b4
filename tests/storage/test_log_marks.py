"""The light reading of the log gives what the full one gives, or steps aside."""

from __future__ import annotations

import json
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from stretch_tui.core.log.logbook import Ending, Goal, Part, Pause, Session
from stretch_tui.core.log.records import session_fields
from stretch_tui.core.log.tally import mark, tally
from stretch_tui.storage.log.log_format import encode_log
from stretch_tui.storage.log.log_marks import read_marks
from stretch_tui.storage.log.log_reader import LogReader
from stretch_tui.storage.log.log_rows import encode_row
from stretch_tui.storage.log.snapshot import Meta
from stretch_tui.storage.log.tiny_logbook import TinyLogbook
from stretch_tui.storage.paths import Paths

texts = st.one_of(
    st.sampled_from(
        ['a,"', "ends in a comma,", '"complete":true', '"seconds":9', "\\", '\\"', "ü,", "x,,"]
    ),
    st.text(max_size=12),
)


@st.composite
def sessions(draw: st.DrawFn) -> Session:
    day = date(2026, 1, 1) + timedelta(days=draw(st.integers(-400, 400)))
    started = datetime(day.year, day.month, day.day, draw(st.integers(0, 23)), tzinfo=UTC)
    started += timedelta(microseconds=draw(st.sampled_from([0, 0, 1, 500_000])))
    part = Part("owl-neck", ("neck",), 20.0, 20.5, complete=draw(st.booleans()))
    return Session(
        uid=draw(st.uuids()).hex,
        started=started,
        offset_minutes=draw(st.integers(-720, 840)),
        day=day,
        routine=draw(st.sampled_from(["desk-reset", "", "a,b,"])),
        title=draw(texts),
        seconds=draw(st.floats(0, 10_000)),
        ending=draw(st.sampled_from(list(Ending))),
        parts=draw(st.sampled_from([(), (part,), (part, part)])),
        feel_before=draw(st.sampled_from([None, 0, 9])),
        note=draw(texts),
    )


def row(kind: str, number: int, uid: str, fields: dict[str, object]) -> bytes:
    stamp = {"kind": kind, "uid": uid, "clock": number, "device": "test"}
    return encode_row(number, {**stamp, **fields})


def write(path: Path, facts: list[Session], edits: list[Session], gone: list[str]) -> None:
    rows = {n: row("session", n, one.uid, session_fields(one)) for n, one in enumerate(facts, 1)}
    later = [(one.uid, session_fields(one)) for one in edits if one.uid not in gone]
    later += [(uid, {"gone": True}) for uid in gone]
    changes = {n: row("edit", n, uid, fields) for n, (uid, fields) in enumerate(later, 1)}
    tables = {"edits": changes, "sessions": rows}
    path.write_bytes(encode_log(Meta(1, 1, "test", 99, ""), tables))
    path.chmod(0o600)


@hypothesis_settings(max_examples=80, deadline=None)
@given(st.lists(sessions(), max_size=8, unique_by=lambda one: one.uid), st.data())
def test_both_readings_agree(tmp_path_factory, log, data):
    path = tmp_path_factory.mktemp("log") / "history.json"
    edits = [
        Session(one.uid, one.started, 0, one.day + timedelta(days=1), "", one.title, 130.0)
        for one in log
        if data.draw(st.booleans())
    ]
    gone = [one.uid for one in log if data.draw(st.integers(0, 3)) == 0]
    write(path, log, edits, gone)
    light = read_marks(path)
    reader = LogReader(path)
    full = LogReader(path).sessions()
    assert light is not None
    assert sorted(light[0]) == sorted(reader.marks()) == sorted(mark(one) for one in full)
    assert tally(light[0]) == tally(map(mark, full))
    named = [one for one in full if one.worth_repeating]
    latest = reader.latest()
    assert latest in named if named else latest is None
    assert latest is None or latest.started == named[-1].started
    assert not reader._sessions  # neither took building them all


def test_a_log_written_by_the_store_itself_is_read_lightly(tmp_path):
    paths = Paths.find({"STRETCH_TUI_DATA_DIR": str(tmp_path)})
    log = TinyLogbook(paths)
    day = date(2026, 3, 2)
    one, two, three = (
        Session(f"s{n}", datetime(2026, 3, 2, n, tzinfo=UTC), 0, day, "", "Neck, back", 60.0 * n)
        for n in (1, 2, 3)
    )
    for session in (one, two, three):
        log.add(session)
    log.delete("s1")
    log.set_goals([Goal(day, 4)])
    log.add_pause(Pause("p", day, day, "a cold"))
    log.add_pause(Pause("q", day, day))
    log.remove_pause("q")
    found = read_marks(paths.history)
    assert found is not None
    assert [(one.uid, one.milliseconds) for one in found[0]] == [
        ("s2", 120_000),
        ("s3", 180_000),
    ]
    assert [(goal.since, goal.days) for goal in found[1]] == [(day, 4)]
    assert [(pause.first, pause.last) for pause in found[2]] == [(day, day)]


def test_a_log_that_was_put_in_another_order_by_hand_gives_the_same(tmp_path):
    path = tmp_path / "history.json"
    day = date(2026, 3, 2)
    facts = [
        Session(f"s{n}", datetime(2026, 3, n, 9, tzinfo=UTC), 0, day, "desk", "Neck", 300.0 * n)
        for n in (3, 1, 2)
    ]
    write(path, facts, [], ["s3"])
    tables = json.loads(path.read_bytes())
    for number, row in tables["sessions"].items():
        tables["sessions"][number] = dict(sorted(row.items()))
    path.write_text(json.dumps(tables, indent=1))
    reader = LogReader(path)
    assert sorted(reader.marks()) == sorted(mark(one) for one in facts[1:])
    assert reader.latest() == facts[2]
    assert reader.notices == [
        "history.json was changed outside the app; every record in it is sound"
    ]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data[:-10],
        lambda data: data.replace(b'"seconds":300', b'"seconds":301'),
        lambda data: b"\xef\xbb\xbf" + data,
        lambda data: b"",
        lambda data: b"[]",
        lambda data: data.replace(b",\n", b", \n"),
    ],
)
def test_any_other_form_is_left_to_the_full_reader(tmp_path, spoil):
    path = tmp_path / "history.json"
    day = date(2026, 3, 2)
    facts = [
        Session(f"s{n}", datetime(2026, 3, 2, n, tzinfo=UTC), 0, day, "", "Neck", 300.0)
        for n in (1, 2)
    ]
    write(path, facts, [], [])
    path.write_bytes(spoil(path.read_bytes()))
    assert read_marks(path) is None
    assert read_marks(tmp_path / "nothing.json") is None


def test_a_pipe_never_holds_up_a_prompt(tmp_path):
    if sys.platform == "win32":
        pytest.skip("no pipes in folders")
    import os

    os.mkfifo(tmp_path / "history.json")
    assert read_marks(tmp_path / "history.json") is None
