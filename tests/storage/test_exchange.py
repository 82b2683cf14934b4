"""Out and in again: exact, joined without loss, undone as a whole, and trusting nobody."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stretch_tui.core.errors import StoreError
from stretch_tui.core.log.logbook import Goal, Pause
from stretch_tui.storage.log.tiny_logbook import TinyLogbook
from stretch_tui.storage.transfer.csv_export import to_csv
from stretch_tui.storage.transfer.exchange import load
from stretch_tui.storage.transfer.own_files import Files
from stretch_tui.storage.transfer.sync import Taken, export, read_bundle, sync_folder, take
from tests.storage.samples import log_in, paths_in, session, uids

ROUTINE = '# my own words\nname = "Lunch"\n'


def full(folder: Path) -> TinyLogbook:
    """A log with some of everything, and an own routine."""
    log = log_in(folder)
    for number in range(4):
        log.add(session(f"s{number}", day=number, note=f"café {number}"))
    log.edit(replace(session("s1", day=1), note="changed"))
    log.delete("s2")
    log.set_favorite("owl-neck", True)
    log.set_favorite("cobra", True)
    log.set_favorite("cobra", False)
    log.set_banned("cobra", True)
    log.mark_seen("owl-neck")
    log.set_goals([Goal(date(2026, 3, 1), 4)])
    log.add_pause(Pause("p", date(2026, 3, 1), date(2026, 3, 5), "flu"))
    write_routine(folder, "lunch", ROUTINE, 1_700_000_000.25)
    return log


def write_routine(folder: Path, name: str, text: str, edited: float) -> Path:
    path = folder / "routines" / f"{name}.toml"
    path.parent.mkdir(mode=0o700, exist_ok=True, parents=True)
    path.write_text(text)
    os.utime(path, (edited, edited))
    return path


def exported(folder: Path) -> bytes:
    return export(log_in(folder), paths_in(folder))


def taken(data: bytes, folder: Path, said: str = "") -> Taken:
    return take(load(io.BytesIO(data), "x.json"), log_in(folder), paths_in(folder), said=said)


def everything(log: TinyLogbook) -> object:
    return (
        log.sessions(),
        log.favorites(),
        log.banned(),
        log.seen(),
        log.goals(),
        log.pauses(),
    )


def test_json_makes_the_same_store_and_the_same_json_again(tmp_path: Path) -> None:
    log = full(tmp_path / "one")
    data = exported(tmp_path / "one")
    assert str(taken(data, tmp_path / "two")) == "3 sessions, 6 other records and 1 routine"
    assert everything(log_in(tmp_path / "two")) == everything(log)
    assert exported(tmp_path / "two") == data
    assert (tmp_path / "two" / "routines" / "lunch.toml").read_text() == ROUTINE
    before = (tmp_path / "two" / "history.json").read_bytes()
    assert str(taken(data, tmp_path / "two")) == "nothing new"
    assert (tmp_path / "two" / "history.json").read_bytes() == before


def test_json_is_documented_and_readable_by_any_program(tmp_path: Path) -> None:
    full(tmp_path)
    parsed = json.loads(exported(tmp_path))
    assert parsed["schema"] == 1
    assert parsed["program"] == "stretch-tui"
    assert [file["name"] for file in parsed["files"]] == ["routines/lunch.toml"]
    assert {record["kind"] for record in parsed["records"]} == {
        *("favorite", "banned", "seen", "goal", "pause", "edit", "session")
    }


def test_a_dry_run_says_what_would_come_and_touches_nothing(tmp_path: Path) -> None:
    full(tmp_path / "one")
    bundle = load(io.BytesIO(exported(tmp_path / "one")), "x")
    would = take(bundle, log_in(tmp_path / "two"), paths_in(tmp_path / "two"), dry_run=True)
    assert str(would) == "3 sessions, 6 other records and 1 routine"
    assert not (tmp_path / "two").exists()


def test_two_machines_that_were_apart_end_with_the_same_log(tmp_path: Path) -> None:
    one, two = full(tmp_path / "one"), log_in(tmp_path / "two")
    taken(exported(tmp_path / "one"), tmp_path / "two")
    one.add(session("only-one"))
    two.add(session("only-two"))
    one.delete("s0")
    two.edit(replace(session("s0"), note="still here"))
    two.set_favorite("owl-neck", False)
    two.set_goals([Goal(date(2026, 3, 1), 5)])
    first, second = exported(tmp_path / "one"), exported(tmp_path / "two")
    taken(second, tmp_path / "one")
    taken(first, tmp_path / "two")
    assert exported(tmp_path / "one") == exported(tmp_path / "two")
    assert everything(one) == everything(two)
    assert {"only-one", "only-two"} <= uids(one)
    assert one.favorites() == ()


def test_an_import_is_undone_as_a_whole_and_can_be_repeated(tmp_path: Path) -> None:
    full(tmp_path / "one")
    log = log_in(tmp_path / "two")
    log.add(session("mine"))
    log.set_goals([Goal(date(2026, 3, 1), 2)])
    before = everything(log)
    data = exported(tmp_path / "one")
    taken(data, tmp_path / "two", said="the import of x.json")
    merged = everything(log)
    assert merged != before
    assert log.undo() == "Undid the import of x.json"
    assert everything(log) == before
    taken(data, tmp_path / "two", said="the import of x.json")
    assert everything(log) == merged
    log.edit(replace(session("s3", day=3), note="mine now"))
    log.add(session("later"))
    assert log.undo() == "Undid the change to Desk reset, 2026-03-04"
    assert log.undo() == "Undid the import of x.json"
    assert uids(log) == {"mine", "later", "s3"}  # what was touched since stays


def test_an_import_into_an_empty_log_is_undone_too(tmp_path: Path) -> None:
    full(tmp_path / "one")
    taken(exported(tmp_path / "one"), tmp_path / "two", said="the import")
    log = log_in(tmp_path / "two")
    assert log.undo() == "Undid the import"
    assert log.sessions() == log.favorites() == ()


def test_what_another_machine_changed_since_is_not_undone_here(tmp_path: Path) -> None:
    one, two = log_in(tmp_path / "one"), log_in(tmp_path / "two")
    one.add(session("s"))
    one.set_favorite("owl-neck", True)
    one.edit(replace(session("s"), note="first"))
    taken(exported(tmp_path / "one"), tmp_path / "two")
    two.edit(replace(session("s"), note="second, elsewhere"))
    taken(exported(tmp_path / "two"), tmp_path / "one")
    assert one.undo() == "Undid adding owl-neck to the favorites"
    assert one.sessions()[0].note == "second, elsewhere"
    assert one.undo() is None


def test_a_backup_can_be_imported(tmp_path: Path) -> None:
    log = full(tmp_path / "one")
    (copy,) = (tmp_path / "one" / "backups").iterdir()
    bundle = read_bundle(tmp_path / "one" / "history.json")
    take(bundle, log_in(tmp_path / "two"), paths_in(tmp_path / "two"))
    assert everything(log_in(tmp_path / "two")) == everything(log)
    assert log_in(tmp_path / "two").undo() is None  # what can be undone does not travel
    assert read_bundle(copy).log


def test_the_newer_edit_of_a_routine_wins_and_the_other_is_kept(tmp_path: Path) -> None:
    full(tmp_path / "one")
    older = write_routine(tmp_path / "two", "lunch", "# older\n", 1_600_000_000)
    newer = write_routine(tmp_path / "three", "lunch", "# newer\n", 1_800_000_000)
    data = exported(tmp_path / "one")
    for folder in ("two", "three"):
        assert taken(data, tmp_path / folder).files == Files(routines=1)
        assert taken(data, tmp_path / folder).files == Files()
    assert older.read_text() == ROUTINE
    assert older.stat().st_mtime == 1_700_000_000.25
    assert newer.read_text() == "# newer\n"
    kept = [*older.parent.glob("*.older-*"), *newer.parent.glob("*.older-*")]
    assert [path.read_text() for path in kept] == ["# older\n", ROUTINE]


def test_a_shared_folder_with_conflict_copies(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    one, two = full(tmp_path / "one"), log_in(tmp_path / "two")
    two.add(session("from-two"))
    sync_folder(one, paths_in(tmp_path / "one"), shared)
    sync_folder(two, paths_in(tmp_path / "two"), shared)
    sync_folder(one, paths_in(tmp_path / "one"), shared)
    assert everything(one) == everything(two)
    assert len(list(shared.iterdir())) == 2
    third = log_in(tmp_path / "three")
    third.add(session("in-a-conflict"))
    name = f"stretch-tui-{two.device()}.sync-conflict-20260301-120000-ABCDEFG.json"
    (shared / name).write_bytes(exported(tmp_path / "three"))
    (shared / "stretch-tui-broken.json").write_bytes(b"{\n")
    (shared / "holiday.jpg").write_bytes(b"\xff")
    done = sync_folder(one, paths_in(tmp_path / "one"), shared)
    assert done.taken.log.sessions == 1
    assert len(done.problems) == 1
    assert "stretch-tui-broken.json:1: it ends in the middle" in done.problems[0]
    assert "in-a-conflict" in uids(one)
    before = {path: path.read_bytes() for path in shared.iterdir()}
    again = sync_folder(one, paths_in(tmp_path / "one"), shared)
    assert not any(again.taken.log)
    assert not again.written
    assert {path: path.read_bytes() for path in shared.iterdir()} == before


def test_a_machine_set_up_with_a_copy_of_the_data_is_not_cut_off(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    one = full(tmp_path / "one")
    sync_folder(one, paths_in(tmp_path / "one"), shared)
    shutil.copytree(tmp_path / "one", tmp_path / "copy")
    copy = log_in(tmp_path / "copy")
    copy.add(session("from-the-copy"))
    one.add(session("from-the-first"))
    for _ in range(2):
        sync_folder(copy, paths_in(tmp_path / "copy"), shared)
        sync_folder(one, paths_in(tmp_path / "one"), shared)
    assert {"from-the-copy", "from-the-first"} <= uids(one)
    assert everything(one) == everything(copy)


def test_a_shared_folder_brings_no_undone_import_back(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    full(tmp_path / "one")
    log = log_in(tmp_path / "two")
    log.add(session("mine"))
    taken(exported(tmp_path / "one"), tmp_path / "two", said="the import")
    sync_folder(log, paths_in(tmp_path / "two"), shared)
    log.undo()
    sync_folder(log, paths_in(tmp_path / "two"), shared)
    assert uids(log) == {"mine"}


def test_what_every_machine_brought_to_a_shared_folder_is_counted(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    for name, count in (("one", 1), ("two", 2)):
        log = log_in(tmp_path / name)
        for number in range(count):
            log.add(session(f"{name}-{number}"))
        write_routine(tmp_path / name, name, ROUTINE, 1_700_000_000)
        data = export(log, paths_in(tmp_path / name))
        (shared / f"stretch-tui-{log.device()}.json").write_bytes(data)
    (shared / "stretch-tui-torn.json").write_bytes(b"{")
    done = sync_folder(log_in(tmp_path / "new"), paths_in(tmp_path / "new"), shared)
    assert (done.taken.log.sessions, done.taken.files.routines) == (3, 2)
    assert len(done.read) == 2
    assert [words.partition(":")[0] for words in done.problems] == [
        str(shared / "stretch-tui-torn.json")
    ]


def test_a_dry_run_in_a_shared_folder_writes_nothing(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    log = log_in(tmp_path / "new")
    done = sync_folder(log, paths_in(tmp_path / "new"), shared, dry_run=True)
    assert done.written
    assert not list(shared.iterdir())
    assert not (tmp_path / "new").exists()
    with pytest.raises(StoreError, match="is not a folder"):
        sync_folder(log, paths_in(tmp_path / "new"), tmp_path / "nowhere")


def test_csv_holds_every_session_and_runs_nothing() -> None:
    nasty = ["=1+1", "+1", "-1", "@SUM(A1)", " =HYPERLINK(1)", 'quote " and, comma', "＝1", "plain"]
    text = to_csv(session(f"s{n}", note=note, title=note) for n, note in enumerate(nasty))
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [row["uid"] for row in rows] == [f"s{n}" for n in range(len(nasty))]
    for row, note in zip(rows, nasty, strict=True):
        assert row["note"].removeprefix("'") == note
        assert not row["note"].lstrip().startswith(("=", "+", "-", "@", "＝"))
    assert rows[0]["left_seconds"] == "30.0"
    assert rows[0]["started"] == "2026-03-01T09:30:00+00:00"


GOOD = (
    '{"kind":"session","uid":"u","clock":1,"device":"d","started":"2026-03-01T09:30:00Z",'
    '"offset":60,"day":"2026-03-01","routine":"r","title":"t","seconds":1.0,"parts":[]}'
)


SEEN = '{"kind":"seen","uid":"u","clock":1,"device":"d"}'
UNDO = {
    "kind": "undo",
    "uid": "1",
    "clock": 1,
    "device": "d",
    "said": "s",
    "of": ["session", "u"],
    "before": "{}",
}


def bundle(*lines: str, schema: str = "1", end: str = "\n]\n}\n") -> bytes:
    return (
        f'{{\n"schema":{schema},\n"program":"stretch-tui",\n"files":[],\n"records":[\n'
        + ",\n".join(lines)
        + end
    ).encode()


def session_with(old: str, new: str) -> bytes:
    assert old in GOOD
    return bundle(GOOD.replace(old, new))


def file_with(**fields: object) -> bytes:
    file = {"name": "routines/a.toml", "edited": "2026-03-01T00:00:00.000000Z", "text": ""}
    return bundle(json.dumps(file | fields))


INSTANTS = {
    "20260101T000000Z": "2026-01-01T00:00:00.000000Z",
    "2026-01-01T00:00Z": "2026-01-01T00:00:00.000000Z",
    "2026-W01-4T00:00:00.5Z": "2026-01-01T00:00:00.500000Z",
    "2026-01-01T00:00:00.000000Z": "2026-01-01T00:00:00.000000Z",
}


@pytest.mark.parametrize("edited", INSTANTS)
def test_the_later_edit_wins_however_its_instant_is_written(edited: str, tmp_path: Path) -> None:
    mine = write_routine(tmp_path, "a", "mine", 1_767_225_602)  # two seconds into 2026
    found = load(io.BytesIO(file_with(edited=edited, text="of January")), "x")
    assert [file.edited for file in found.files] == [INSTANTS[edited]]
    taken(file_with(edited=edited, text="of January"), tmp_path)
    assert mine.read_text() == "mine"
    assert [one.read_text() for one in mine.parent.glob("a.toml.older-*")] == ["of January"]

    write_routine(tmp_path, "a", "mine", 1_767_225_590)  # ten seconds before
    taken(file_with(edited=edited, text="of January, the second"), tmp_path)
    assert mine.read_text() == "of January, the second"
    assert mine.stat().st_mtime_ns // 1000 * 1000 == mine.stat().st_mtime_ns
    assert INSTANTS[edited].encode() in exported(tmp_path)


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "x:1: it is empty"),
    "binary": (lambda: bytes(range(256)) * 4000, "x:1: "),
    "zeros": (lambda: bytes(1 << 20), "x:1: a line longer than 512 kB"),
    "html": (lambda: b"<html>\n<body>", "it begins with '<html>'"),
    "a banner": (lambda: b"Welcome to laptop!\n" + bundle(GOOD), "it begins with 'Welcome to l"),
    "escapes": (lambda: b"\x1b]52;c;aGk=\x07\n", "it begins with ']52;c;aGk='"),
    "cut": (lambda: bundle(GOOD)[:-3], "it ends in the middle"),
    "cut in a record": (lambda: bundle(GOOD)[:-60], "x:6: no JSON"),
    "pretty": (
        lambda: json.dumps(json.loads(bundle(GOOD)), indent=2).encode(),
        "one record a line",
    ),
    "another schema": (lambda: bundle(GOOD, schema="2"), "later version (schema 2)"),
    "huge schema": (lambda: bundle(GOOD, schema="9" * 4000), "later version (schema 999"),
    "no schema": (lambda: b'{\n"records":[\n' + GOOD.encode() + b"\n]\n}\n", "one record a line"),
    "text schema": (lambda: bundle(GOOD, schema='"1"'), "its schema is not a whole number"),
    "deep": (lambda: bundle("[" * 200_000), "nested too deeply"),
    "deep in a record": (lambda: session_with("[]", "[" * 90_000 + "]" * 90_000), "nested too"),
    "long line": (lambda: bundle('{"a":"' + "x" * (1 << 20) + '"}'), "a line longer than 512 kB"),
    "many lines": (lambda: b"{\n" + b"\n" * (33 << 20), "x:101: not in the form"),
    "many brackets": (lambda: bundle(*["]"] * 200), "not in the form"),
    "many records": (lambda: bundle(*[SEEN] * 50_001), "more than 50,000 records"),
    "many megabytes": (lambda: bundle(*[GOOD + " " * 500_000] * 170), "larger than 80 MB"),
    "many numbers": (lambda: bundle("[" + "0," * 200_000 + "0]"), "one record a line"),
    "long number": (lambda: session_with("1.0", "9" * 5000), "a number that is too long"),
    "NaN": (lambda: session_with("1.0", "NaN"), "NaN is not a number"),
    "infinity": (lambda: session_with("1.0", "1e999"), "'seconds' must be seconds"),
    "negative": (lambda: session_with("1.0", "-1"), "'seconds' must be seconds"),
    "true": (lambda: session_with("1.0", "true"), "'seconds' must be seconds"),
    "name twice": (lambda: session_with('"title"', '"title":"a","title"'), "a name stands twice"),
    "unknown kind": (lambda: session_with('"session"', '"virus"'), "unknown kind of record"),
    "kind a list": (lambda: session_with('"session"', "[]"), "unknown kind of record"),
    "no uid": (lambda: session_with('"uid":"u",', ""), "'uid' must be a text"),
    "escape in a title": (lambda: session_with('"t"', '"\\u001b[2J"'), "invisible characters"),
    "bidi": (lambda: session_with('"t"', '"\\u202egnp"'), "invisible characters"),
    "half a pair": (lambda: session_with('"t"', '"\\ud800"'), "invisible characters"),
    "long title": (lambda: session_with('"t"', '"' + "t" * 61 + '"'), "of 0 to 60 characters"),
    "source a list": (lambda: session_with('"title"', '"source":[],"title"'), "must be one of"),
    "year 1": (
        lambda: session_with('"2026-03-01"', '"0001-01-01"'),
        "'day' must be between the years",
    ),
    "year 9999": (
        lambda: session_with("2026-03-01T", "9999-12-31T"),
        "'started' must be between the years",
    ),
    "another calendar": (
        lambda: session_with('"2026-03-01"', '"2026-W10-1"'),
        "'day' must be a day like",
    ),
    "deep in an undo": (
        lambda: bundle(json.dumps(UNDO | {"before": "[" * 90_000})),
        "'before' is nested too deeply",
    ),
    "no day": (lambda: session_with('"2026-03-01"', '"2026-02-30"'), "session: day is out of"),
    "odd instant": (lambda: session_with("09:30:00Z", "09:30:00"), "'started' must be an instant"),
    "clock far ahead": (
        lambda: session_with('"clock":1', '"clock":4503599627370496'),
        "impossibly far ahead",
    ),
    "clock too large": (lambda: session_with('"clock":1', f'"clock":{2**63}'), "'clock' must be"),
    "clock text": (lambda: session_with('"clock":1', '"clock":"1"'), "'clock' must be"),
    "many parts": (
        lambda: session_with("[]", "[" + ",".join(['{"stretch":"s","regions":[]}'] * 501) + "]"),
        "'parts' must be a list of at most 500",
    ),
    "climbing name": (lambda: file_with(name="routines/../../.bashrc"), "the name of a file must"),
    "absolute name": (lambda: file_with(name="/etc/passwd"), "the name of a file must"),
    "other folder": (lambda: file_with(name="backups/a.toml"), "the name of a file must"),
    "name with an escape": (lambda: file_with(name="routines/\x1b.toml"), "the name of a file"),
    "large file": (lambda: file_with(text="x" * 70_000), "over 64 kB"),
    "file from nowhere": (lambda: file_with(edited="soon"), "no instant of its last edit"),
    "file of year 9999": (lambda: file_with(edited="9999-03-01T00:00:00Z"), "at no time we know"),
    "file with more": (lambda: file_with(mode="0777"), "a name, an instant and a text"),
    "not UTF-8": (lambda: bundle(GOOD).replace(b'"t"', b'"\xff"'), "not UTF-8 text"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_file_ends_in_one_line_and_leaves_everything_as_it_was(
    kind: str, tmp_path: Path
) -> None:
    log = log_in(tmp_path)
    log.add(session("mine"))
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    make, words = HOSTILE[kind]
    stream = io.BytesIO(make())
    with pytest.raises(StoreError) as raised:
        take(load(stream, "x"), log, paths_in(tmp_path), said="the import")
    message = str(raised.value)
    assert words in message
    assert message.isprintable()
    assert len(message) < 250
    assert {path: path.read_bytes() for path in before} == before
    assert log.undo() is None


@pytest.mark.parametrize("kind", ["deep", "zeros", "many numbers", "long line", "many lines"])
def test_a_hostile_file_takes_little_memory(kind: str) -> None:
    stream = io.BytesIO(HOSTILE[kind][0]())
    tracemalloc.start()
    try:
        with pytest.raises(StoreError):
            load(stream, "x")
        assert tracemalloc.get_traced_memory()[1] < 50 << 20
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("order", [(1, 2), (2, 1)])
def test_of_two_records_of_one_name_in_a_file_the_later_is_taken(
    order: tuple[int, int], tmp_path: Path
) -> None:
    lines = [GOOD.replace('"clock":1', f'"clock":{n}').replace('"t"', f'"t{n}"') for n in order]
    taken(bundle(*lines), tmp_path)
    assert [one.title for one in log_in(tmp_path).sessions()] == ["t2"]


def test_what_we_do_not_know_is_left_behind(tmp_path: Path) -> None:
    more = GOOD.replace('"parts":[]', '"parts":[{"stretch":"s","regions":[],"x":{}}],"mood":[[]]')
    taken(bundle(more), tmp_path)
    assert b"mood" not in (tmp_path / "history.json").read_bytes()
    assert b'"x"' not in (tmp_path / "history.json").read_bytes()
    assert uids(log_in(tmp_path)) == {"u"}


@given(st.binary(max_size=300) | st.text(max_size=200).map(str.encode), st.integers(0, 400))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_bytes_are_taken_or_refused_in_words(noise: bytes, at: int) -> None:
    sound = bundle(GOOD, GOOD.replace('"u"', '"v"'))
    for data in (noise, sound[:at] + noise + sound[at:], sound[:at] + noise):
        assert refusal(data).isprintable()


def refusal(data: bytes) -> str:
    """The words with which the bytes are refused; empty when they are taken."""
    try:
        load(io.BytesIO(data), "x")
    except StoreError as refused:
        return str(refused)
    return ""


def test_pipes_and_devices_are_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", Path("/dev/zero")):
        with pytest.raises(StoreError, match="not a regular file; pipe it in"):
            read_bundle(path)
    with pytest.raises(StoreError, match="there is a folder where a file is needed"):
        read_bundle(tmp_path)
    with pytest.raises(StoreError, match="no such file"):
        read_bundle(tmp_path / "nothing")
