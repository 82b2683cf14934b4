"""Damaged files of many kinds: the log opens, keeps the damaged bytes, and says what came back."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stretch_tui.core.errors import StoreError
from tests.storage.samples import log_in, session, uids

ALL = {f"s{number}" for number in range(12)}
LAST = "s11"  # the one session that `.prev` does not have


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve sessions and a favorite; the generation before lacks the last session."""
    folder = tmp_path_factory.mktemp("good") / "data"
    log = log_in(folder)
    log.set_favorite("owl-neck", True)
    for number in range(12):
        log.add(session(f"s{number}", day=number, note=f"note {number}"))
    return folder


def reformat(data: bytes) -> bytes:
    """As a tool for JSON would write it, with a fault at the end."""
    return json.dumps(json.loads(data), indent=4).encode()[:-2]


def without(data: bytes, *words: bytes) -> bytes:
    return b"\n".join(line for line in data.split(b"\n") if not any(w in line for w in words))


def swap(old: bytes, new: bytes, count: int = -1) -> Callable[[bytes], bytes]:
    def damage(data: bytes) -> bytes:
        assert old in data
        return data.replace(old, new, count)

    return damage


def on_line(uid: bytes, damage: Callable[[bytes], bytes]) -> Callable[[bytes], bytes]:
    def apply(data: bytes) -> bytes:
        mark = b'"session","uid":"%b"' % uid
        lines = [damage(one) if mark in one else one for one in data.split(b"\n")]
        return b"\n".join(lines)

    return apply


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda data: b"",
    "one line break": lambda data: b"\n",
    "spaces": lambda data: b" " * 4000,
    "zeros": lambda data: bytes(len(data)),
    "zeros from the middle": lambda data: data[: len(data) // 2] + bytes(len(data) // 2),
    "zeros at the start": lambda data: bytes(64) + data[64:],
    "last byte lost": lambda data: data[:-2],
    "half": lambda data: data[: len(data) // 2],
    "first hundred bytes": lambda data: data[:100],
    "first half lost": lambda data: data[len(data) // 2 :],
    "written twice": lambda data: data + data,
    "an old tail": lambda data: data + data[-300:],
    "the middle lost": lambda data: data[:900] + data[-900:],
    "random bytes": lambda data: bytes((i * 197 + 31) % 256 for i in range(2000)),
    "latin-1": on_line(b"s3", swap(b"note 3", b"caf\xe9")),
    "utf-16": lambda data: data.decode().encode("utf-16"),
    "bit 7 flipped": lambda data: data[:700] + bytes([data[700] ^ 128]) + data[701:],
    "html": lambda data: b"<html><body>503 Service Unavailable</body></html>",
    "conflict marks": lambda data: b"<<<<<<< HEAD\n" + data + b"=======\n" + data + b">>>>>>> x\n",
    "null": lambda data: b"null",
    "a list": lambda data: b"[]",
    "a number": lambda data: b"12",
    "an empty object": lambda data: b"{}",
    "a table that is a list": lambda data: b'{"_meta":{"1":{"schema":1}},"sessions":[1,2]}',
    "a document that is text": on_line(b"s4", lambda line: b'"5":"text",'),
    "NaN seconds": on_line(b"s4", swap(b"72.5", b"NaN")),
    "infinite seconds": on_line(b"s4", swap(b"72.5", b"1e999")),
    "negative seconds": on_line(b"s4", swap(b"72.5", b"-5")),
    "a huge number": on_line(b"s4", swap(b"72.5", b"9" * 5000)),
    "text for seconds": on_line(b"s4", swap(b"72.5", b'"72.5"')),
    "no such day": on_line(b"s4", swap(b'"day":"2026-03-05"', b'"day":"2026-02-31"')),
    "an id that is a word": on_line(b"s4", lambda line: b'"x' + line[1:]),
    "the same id twice": on_line(b"s4", lambda line: line + b"\n" + line),
    "a name twice in a document": on_line(b"s4", swap(b'"title"', b'"title":"x","title"')),
    "escapes in a title": on_line(b"s4", swap(b"Desk reset", b"\\u001b[2J\\u202e")),
    "half a character in a name": on_line(b"s4", swap(b'"title"', b'"\\ud800":1,"title"')),
    "a list for a word": on_line(b"s4", swap(b'"source":"played"', b'"source":[]')),
    "NaN where nobody looks": on_line(b"s4", swap(b'"title"', b'"mood":NaN,"title"')),
    "infinity where nobody looks": on_line(b"s4", swap(b'"title"', b'"mood":1e999,"title"')),
    "deep where nobody looks": on_line(
        b"s4", swap(b'"title"', b'"mood":' + b"[" * 900 + b"]" * 900 + b',"title"')
    ),
    "a year before years": on_line(b"s4", swap(b'"day":"2026-03-05"', b'"day":"0001-01-01"')),
    "in the wrong table": swap(b'"sessions":{', b'"goals":{'),
    "in a table of its own": swap(b'"sessions":{', b'"mine":{'),
    "too deep": on_line(b"s4", swap(b"72.5", b"[" * 50 + b"]" * 50)),
    "ten thousand levels": lambda data: b"[" * 10_000 + b"]" * 10_000,
    "a missing comma": swap(b"},\n", b"}\n", 3),
    "no head": lambda data: without(data, b'"_meta"', b'"schema"'),
    "another head": swap(b'"schema":1', b'"schema":"one"'),
    "pretty and cut": reformat,
    "carriage returns and cut": lambda data: data.replace(b"\n", b"\r\n")[:-8],
}
FROM_THE_FILE = {
    "last byte lost": 12,
    "written twice": 12,
    "an old tail": 12,
    "zeros at the start": 12,
    "bit 7 flipped": 11,
    "conflict marks": 12,
    "a missing comma": 12,
    "another head": 12,
    "no head": 12,
    "pretty and cut": 12,
    "carriage returns and cut": 12,
    "latin-1": 11,
    "NaN seconds": 11,
    "a list for a word": 11,
    "NaN where nobody looks": 11,
    "a year before years": 11,
    "too deep": 11,
}
"""How many sessions can be told to come out of the damaged file itself, at least."""


def damage(good: Path, folder: Path, data: bytes) -> None:
    shutil.copytree(good, folder)
    (folder / "history.json").unlink()
    (folder / "history.json").write_bytes(data)


@pytest.mark.parametrize("kind", DAMAGES)
def test_damage_with_an_earlier_generation_beside_it(kind: str, good: Path, tmp_path: Path) -> None:
    whole = (good / "history.json").read_bytes()
    data = DAMAGES[kind](whole)
    assert data != whole
    folder = tmp_path / "data"
    damage(good, folder, data)

    log = log_in(folder)
    found = uids(log)
    assert found >= ALL - {LAST}
    if FROM_THE_FILE.get(kind) == 12:
        assert found == ALL
    assert log.favorites() == ("owl-neck",)
    assert len(log.notices()) == 1
    assert (folder / "history.json").read_bytes() == data  # looking changes nothing

    log.add(session("after"))
    kept = list(folder.glob("history.json.corrupt-*"))
    assert [path.read_bytes() for path in kept] == ([data] if data.strip() else [])
    new = log_in(folder)
    assert uids(new) == found | {"after"}
    assert not new.notices()
    new.add(session("still fine"))
    assert uids(log_in(folder)) == found | {"after", "still fine"}


@pytest.mark.parametrize("kind", DAMAGES)
def test_damage_with_nothing_beside_it(kind: str, good: Path, tmp_path: Path) -> None:
    data = DAMAGES[kind]((good / "history.json").read_bytes())
    folder = tmp_path / "data"
    folder.mkdir(mode=0o700)
    (folder / "history.json").write_bytes(data)
    log = log_in(folder)
    assert len(uids(log)) >= FROM_THE_FILE.get(kind, 0)
    assert len(log.notices()) == (1 if data.strip() else 0)
    before = uids(log)
    log.add(session("after"))
    assert uids(log_in(folder)) == before | {"after"}
    kept = list(folder.glob("history.json.corrupt-*"))
    assert [path.read_bytes() for path in kept] == ([data] if data.strip() else [])


def test_the_words_say_what_where_and_how_many(good: Path, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    whole = (good / "history.json").read_bytes()
    damage(good, folder, whole[: len(whole) // 2])
    log = log_in(folder)
    (said,) = log.notices()
    words = (
        "history.json was damaged: 5 sessions saved from it and 6 sessions from history.json.prev"
    )
    assert said.startswith(f"{words} of 20")
    assert "UTC (line " in said
    log.add(session("after"))
    assert log.notices()[1].startswith("the damaged file is kept as history.json.corrupt-2026")


def test_a_file_that_vanished_from_beside_its_backups_is_a_fault(
    good: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "data"
    shutil.copytree(good, folder)
    (folder / "history.json").unlink()
    log = log_in(folder)
    assert uids(log) == ALL - {LAST}
    assert "is missing: 11 sessions from history.json.prev" in log.notices()[0]
    (folder / "history.json.prev").unlink()
    assert "backup" not in log_in(folder).notices()[0]
    assert "sessions from history-r" in log_in(folder).notices()[0]


def test_a_damaged_previous_generation_is_passed_over(good: Path, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    damage(good, folder, b"")
    for path in (folder / "history.json.prev", *(folder / "backups").iterdir()):
        path.write_bytes(b"{")
    shutil.copy(
        good / "history.json", folder / "backups" / "history-r00000003-2026-03-02-daily.json"
    )
    log = log_in(folder)
    assert uids(log) == ALL


def test_the_second_of_two_damages_is_kept_too(good: Path, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    damage(good, folder, b"first")
    log_in(folder).add(session("one"))
    (folder / "history.json").write_bytes(b"second")
    log_in(folder).add(session("two"))
    kept = {path.read_bytes() for path in folder.glob("*.corrupt-*")}
    assert kept == {b"first", b"second"}
    assert uids(log_in(folder)) >= ALL - {LAST}


def test_a_sound_change_by_hand_is_taken_over(good: Path, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    whole = (good / "history.json").read_bytes()
    damage(good, folder, whole.replace(b"note 3", b"much better"))
    log = log_in(folder)
    assert {one.note for one in log.sessions() if one.uid == "s3"} == {"much better"}
    assert log.notices() == (
        "history.json was changed outside the app; every record in it is sound",
    )
    log.add(session("after"))
    assert not log_in(folder).notices()
    copies = [path.read_bytes() for path in (folder / "backups").glob("*-change.json")]
    assert len(copies) == 1
    assert b"much better" in copies[0]


def test_what_is_no_file_is_left_alone(tmp_path: Path) -> None:
    makers: dict[str, Callable[[Path], object]] = {
        "folder": lambda path: path.mkdir(),
        "pipe": os.mkfifo,
        "link": lambda path: path.symlink_to(tmp_path / "elsewhere"),
        "dangling": lambda path: path.symlink_to("/nonexistent/x"),
        "device": lambda path: path.symlink_to("/dev/zero"),
    }
    (tmp_path / "elsewhere").write_text("precious")
    for name, make in makers.items():
        folder = tmp_path / name
        folder.mkdir(mode=0o700)
        make(folder / "history.json")
        log = log_in(folder)
        with pytest.raises(StoreError, match="move it away"):
            log.sessions()
        with pytest.raises(StoreError):
            log.add(session("one"))
        assert os.path.lexists(folder / "history.json")
    assert (tmp_path / "elsewhere").read_text() == "precious"


def test_a_file_over_the_limit_is_left_alone(tmp_path: Path) -> None:
    with (tmp_path / "history.json").open("wb") as file:
        file.truncate((64 << 20) + 1)
    with pytest.raises(StoreError, match="larger than 64 MB"):
        log_in(tmp_path).sessions()


@st.composite
def mutations(draw: st.DrawFn) -> Callable[[bytes], bytes]:
    """A few bytes changed, lost, doubled or put in, anywhere in the file."""
    places = draw(st.lists(st.floats(0, 1), min_size=1, max_size=4))
    acts = draw(st.lists(st.sampled_from(["change", "lose", "double", "insert"]), min_size=4))
    byte = draw(st.integers(0, 255))
    length = draw(st.integers(1, 200))

    def mutate(data: bytes) -> bytes:
        for place, act in zip(places, acts, strict=False):
            at = int(place * len(data))
            end = {"change": at + 1, "lose": at + length}.get(act, at)
            put = {"lose": b"", "double": data[at : at + length]}.get(act, bytes([byte]))
            data = data[:at] + put + data[end:]
        return data

    return mutate


@given(mutate=mutations())
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_mutated_bytes_never_stop_the_log(
    mutate: Callable[[bytes], bytes], good: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("mutated") / "data"
    data = mutate((good / "history.json").read_bytes())
    damage(good, folder, data)
    log = log_in(folder)
    recovered = bool(log.notices()) and "changed outside" not in log.notices()[0]
    log.favorites()
    before = uids(log)
    if recovered:
        assert before >= ALL - {LAST}
    log.add(session("after"))
    assert uids(log_in(folder)) == before | {"after"}
    if recovered and data.strip():
        assert data in {path.read_bytes() for path in folder.glob("*.corrupt-*")}
    shutil.rmtree(folder)
