"""Run files: what a session in progress leaves behind, whatever happens to its process."""

from __future__ import annotations

import errno
import fcntl
import json
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playing import NOW, STRETCHES, Clock, checkpoint, play, play_out, run, started

from stretch_tui.core.errors import StoreError
from stretch_tui.core.log.logbook import Ending, Part, Session
from stretch_tui.core.session.checkpoint import Keeper, Run, RunBusyError, settle
from stretch_tui.core.session.player import Player
from stretch_tui.core.session.states import State
from stretch_tui.storage.log.tiny_logbook import TinyLogbook
from stretch_tui.storage.paths import Paths
from stretch_tui.storage.run.run_codec import finished_line, head_line, parse, state_line
from stretch_tui.storage.run.run_files import RunFiles
from stretch_tui.storage.run.run_view import RunView
from stretch_tui.storage.run.typed_json import RecordError
from tests.storage.samples import files_open

OTHER_WINDOW = """
import sys
from pathlib import Path
from stretch_tui.core.errors import StoreError
from stretch_tui.storage.paths import Paths
from stretch_tui.storage.run.run_files import RunFiles

folder = Path(sys.argv[1])
runs = RunFiles(Paths(folder, folder / "c", folder / "x"))
try:
    position = runs.take_over("u1").progress.position
except StoreError as problem:
    print(type(problem).__name__, flush=True)
else:
    print(position, flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths(tmp_path / "data", tmp_path / "config.toml", tmp_path / "cache")


@pytest.fixture
def runs(paths: Paths) -> Iterator[RunFiles]:
    store = RunFiles(paths)
    yield store
    store.release("u1")


def playing(store: RunFiles, of: Run, seconds: float) -> tuple[Player, Clock, Keeper]:
    clock = Clock()
    player = started(of.timeline, clock)
    now = lambda: NOW + timedelta(seconds=clock.at - 1000)  # noqa: E731
    keeper = Keeper(store, of, player, now)
    keeper.claim()
    for _ in range(int(seconds)):
        play(player, clock, 1)
        keeper.keep()
    return player, clock, keeper


def test_a_session_left_alone_is_found_where_it_stood(paths: Paths, runs: RunFiles) -> None:
    player, _, keeper = playing(runs, run(*STRETCHES), 33)
    assert runs.resumable() == (), "this window is playing it"
    assert [one.progress for one in runs.running()] == [player.progress()]
    runs.release("u1")
    (left,) = RunFiles(paths).resumable()
    assert left == replace(keeper.checkpoint(), saved=left.saved)
    assert left.run == run(*STRETCHES)
    assert stat.S_IMODE(next(paths.data.glob("run-*")).stat().st_mode) == 0o600


def test_nothing_is_there_at_first(paths: Paths, runs: RunFiles) -> None:
    assert (runs.resumable(), runs.running(), runs.unsaved()) == ((), (), ())
    assert not paths.data.exists(), "looking creates nothing"


def test_another_window_cannot_take_a_session_that_is_played(paths: Paths, runs: RunFiles) -> None:
    playing(runs, run("held"), 8)
    command = [sys.executable, "-c", OTHER_WINDOW, str(paths.data)]
    found = subprocess.run(command, capture_output=True, text=True, check=True, input="")
    assert found.stdout.strip() == "RunBusyError"
    runs.release("u1")
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdin is not None
        assert float(other.stdout.readline()) == 8.0
        with pytest.raises(RunBusyError):
            runs.take_over("u1")
        assert len(runs.running()) == 1
        assert (runs.resumable(), runs.unsaved()) == ((), ())
        other.kill()
    assert runs.take_over("u1").progress.position == 8.0


def test_a_session_that_was_left_is_claimed_with_how_it_stands_now(
    paths: Paths, runs: RunFiles
) -> None:
    player, clock, keeper = playing(runs, run("held"), 8)
    runs.release("u1")
    play(player, clock, 4)
    other = RunFiles(paths)
    other.claim(keeper.checkpoint())
    assert [one.progress for one in other.running()] == [player.progress()]
    assert runs.resumable() == ()
    with pytest.raises(RunBusyError):
        RunFiles(paths, wait=lambda _: None).take_over("u1")
    other.release("u1")
    assert [one.progress for one in runs.resumable()] == [player.progress()]


def test_no_file_stays_open_once_a_session_is_let_go(paths: Paths, runs: RunFiles) -> None:
    files = files_open()
    for go in (runs.discard, lambda uid: runs.set_aside(uid, "refused"), runs.release):
        playing(runs, run("held"), 3)
        busy = RunFiles(paths, wait=lambda _: None)
        with pytest.raises(RunBusyError):
            busy.take_over("u1")
        go("u1")
        assert files_open() == files


def test_a_session_that_ended_elsewhere_cannot_be_taken_up(paths: Paths, runs: RunFiles) -> None:
    _, _, keeper = playing(runs, run("held"), 8)
    elsewhere = RunFiles(paths)
    runs.release("u1")
    elsewhere.take_over("u1")
    elsewhere.finish(keeper.checkpoint().session())
    elsewhere.release("u1")
    with pytest.raises(RunBusyError, match="ended in another"):
        runs.take_over("u1")
    elsewhere.discard("u1")
    with pytest.raises(RunBusyError, match="ended in another"):
        runs.take_over("u1")


def test_a_finished_session_stays_until_the_log_has_it_and_is_logged_once(
    paths: Paths, runs: RunFiles
) -> None:
    player, clock, keeper = playing(runs, run("held"), 8)
    play_out(player, clock)
    session = keeper.finish()
    runs.release("u1")  # the process dies before the log has it
    log = TinyLogbook(paths)
    assert RunFiles(paths).resumable() == ()
    log.add(session)  # or after the log has it, and before the file is gone
    assert settle(RunFiles(paths), log, NOW) == 1
    assert settle(RunFiles(paths), log, NOW) == 0
    assert log.sessions() == (session,)
    assert list(paths.data.glob("run-*")) == []


def test_an_end_taken_back_goes_on_and_is_logged_once_with_all_of_it(
    paths: Paths, runs: RunFiles
) -> None:
    player, clock, keeper = playing(runs, run("held"), 18)
    player.hurt()
    keeper.keep()
    assert keeper.finish().ending is Ending.HURT
    assert [one.seconds for one in runs.unsaved()] == [13.0]
    player.reopen()
    keeper.keep()
    assert runs.unsaved() == ()
    elsewhere = RunFiles(paths)
    assert elsewhere.unsaved() == elsewhere.resumable() == ()
    runs.release("u1")  # killed right after: it can be gone on with, and is not over
    (left,) = elsewhere.resumable()
    assert left.progress.ledger.seconds == 13.0
    again = elsewhere.take_over("u1").player(clock)
    later = Keeper(elsewhere, left.run, again, keeper._now)
    again.resume()
    play_out(again, clock)
    log = TinyLogbook(paths)
    log.add(later.finish())
    (session,) = log.sessions()
    assert (session.uid, session.seconds, session.ending) == ("u1", 30.0, Ending.FINISHED)


def test_a_kill_between_the_end_and_the_last_line_still_logs_it(
    paths: Paths, runs: RunFiles
) -> None:
    player, clock, keeper = playing(runs, run("held"), 8)
    play_out(player, clock)
    keeper.keep()
    runs.release("u1")
    assert RunFiles(paths).resumable() == ()
    (session,) = RunFiles(paths).unsaved()
    assert (session.seconds, session.ending) == (30.0, Ending.FINISHED)


def test_a_session_left_for_a_day_is_ended_where_it_was_left(paths: Paths, runs: RunFiles) -> None:
    playing(runs, run("sided"), 15)
    runs.release("u1")
    log = TinyLogbook(paths)
    assert settle(runs, log, NOW + timedelta(hours=1)) == 0
    assert settle(runs, log, NOW + timedelta(hours=30)) == 1
    (session,) = log.sessions()
    assert (session.seconds, session.ending, session.day) == (10.0, Ending.ENDED, NOW.date())


def test_a_session_in_which_nothing_was_done_is_not_logged(paths: Paths, runs: RunFiles) -> None:
    playing(runs, run("sided"), 3)
    runs.release("u1")
    log = TinyLogbook(paths)
    assert settle(runs, log, NOW + timedelta(hours=30)) == 0, "nobody is told that it is in the log"
    assert log.sessions() == runs.unsaved() == ()
    assert list(paths.data.glob("run-*")) == []


def test_a_session_that_the_log_refuses_is_set_aside_and_holds_up_no_other(paths: Paths) -> None:
    refused = replace(SESSION, uid="aaa", parts=(Part("x" * 130, ("neck",), both=60.0),))
    runs, told = RunFiles(paths), []
    for one in (refused, replace(SESSION, uid="bbb")):
        runs.finish(one)
        runs.release(one.uid)
    log, again = TinyLogbook(paths), RunFiles(paths, tell=told.append)
    assert settle(again, log, NOW) == 1
    assert [one.uid for one in log.sessions()] == ["bbb"]
    (aside,) = paths.data.glob("run-*")
    assert aside.name.startswith("run-aaa.json.corrupt-")
    assert parse(aside.read_bytes()).ended == refused
    (said,) = told
    assert said.startswith("Not saved: session: 'stretch' must be a text")
    assert said.endswith(f"; the session is kept as {aside.name}.")
    assert settle(RunFiles(paths), log, NOW) == 0


def test_looking_changes_nothing(paths: Paths) -> None:
    paths.data.mkdir()
    bad = paths.data / "run-bad.json"
    bad.write_bytes(b"garbage")
    view = RunView(paths)
    assert (view.resumable(), view.running(), view.unsaved()) == ((), (), ())
    assert [one.name for one in paths.data.iterdir()] == ["run-bad.json"]
    assert view.notices() == (
        (
            "A session in progress could not be read "
            "(its first line is not a run record): run-bad.json."
        ),
    )


def test_a_full_disk_stops_no_session_and_is_made_up_for(
    paths: Paths, runs: RunFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr(os, "pwrite", full)
        player, clock, keeper = playing(runs, run("held"), 8)
        assert "the disk is full" in keeper.problem
        assert list(paths.data.iterdir()) == [], "no half a file is left"
    play(player, clock, 1)
    keeper.keep()
    assert keeper.problem == ""
    with monkeypatch.context() as disk:
        disk.setattr(os, "pwrite", full)
        play(player, clock, 1)
        keeper.keep()
        assert keeper.problem
    runs.release("u1")
    (left,) = RunFiles(paths).resumable()
    assert left.progress.position == 9.0, "what was there before is still whole"


def test_a_disk_that_fills_up_in_the_middle_of_a_line_leaves_the_file_as_it_was(
    paths: Paths, runs: RunFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    player, clock, keeper = playing(runs, run("held"), 8)
    (path,) = paths.data.glob("run-*.json")
    keeper.claim()  # a durable line, and no heartbeat behind it
    before, writing, room = path.read_bytes(), os.pwrite, [20]

    def filling(handle: int, data: bytes, at: int) -> int:
        if not room:
            raise OSError(errno.ENOSPC, "No space left on device")
        return writing(handle, bytes(data)[: room.pop()], at)

    with monkeypatch.context() as disk:
        disk.setattr(os, "pwrite", filling)
        play(player, clock, 1)
        keeper.keep()
    assert keeper.problem
    assert path.read_bytes() == before


def test_a_line_that_is_taken_in_pieces_is_whole(
    paths: Paths, runs: RunFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    writing = os.pwrite
    monkeypatch.setattr(
        os, "pwrite", lambda handle, data, at: writing(handle, bytes(data)[:50], at)
    )
    player, _, keeper = playing(runs, run("held"), 8)
    (path,) = paths.data.glob("run-*.json")
    assert path.read_bytes().endswith(state_line(keeper.checkpoint()))
    assert [one.progress for one in runs.running()] == [player.progress()]


def test_a_shorter_line_leaves_nothing_of_the_longer_one_before_it(
    paths: Paths, runs: RunFiles
) -> None:
    _, _, keeper = playing(runs, run("held"), 8)
    (path,) = paths.data.glob("run-*.json")
    short = replace(keeper.checkpoint(), feel_before=None)
    runs.heartbeat(replace(short, feel_before=5))
    runs.heartbeat(short)
    assert path.read_bytes().endswith(b"\n" + state_line(short))


def test_a_session_taken_up_goes_on_in_its_file(paths: Paths, runs: RunFiles) -> None:
    _, _, keeper = playing(runs, run("held"), 8)
    runs.release("u1")
    (path,) = paths.data.glob("run-*.json")
    with path.open("rb") as before:
        runs.take_over("u1")
        runs.save(keeper.checkpoint())
        assert os.path.samestat(path.stat(), os.fstat(before.fileno()))


def test_a_file_that_another_window_holds_is_never_set_aside(paths: Paths, runs: RunFiles) -> None:
    paths.data.mkdir()
    bad = paths.data / "run-bad.json"
    bad.write_bytes(b"still being written")
    with bad.open("rb+") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        assert (runs.resumable(), runs.running(), runs.unsaved()) == ((), (), ())
        assert bad.exists()
        assert runs.notices() == ()
    assert runs.resumable() == ()
    assert not bad.exists()


def test_the_heartbeat_does_not_make_the_file_grow(paths: Paths, runs: RunFiles) -> None:
    player, clock, keeper = playing(runs, run("held"), 6)
    (path,) = paths.data.glob("run-*.json")
    before = path.stat().st_size
    for _ in range(25):
        play(player, clock, 1)
        keeper.keep()
    assert path.stat().st_size - before < 1000
    kinds = [json.loads(line)["kind"] for line in path.read_bytes().splitlines()]
    assert kinds == ["run", "state", "state", "state", "state"], "claim, start, hold, heartbeat"


@pytest.mark.parametrize("setback", [-3600, 3600])
def test_a_wall_clock_that_is_set_does_not_silence_the_heartbeat(
    paths: Paths, runs: RunFiles, setback: int
) -> None:
    of, clock, offset = run("held"), Clock(), 0
    player = started(of.timeline, clock)
    keeper = Keeper(runs, of, player, lambda: NOW + timedelta(seconds=clock.at + offset))
    keeper.claim()
    for _ in range(20):
        play(player, clock, 1)
        keeper.keep()
        offset = setback
    (kept,) = runs.running()
    assert kept.progress.position == pytest.approx(20, abs=1.1)


def lines() -> tuple[bytes, Session]:
    of = run("sided", "held")
    clock = Clock()
    player = started(of.timeline, clock)
    data = head_line(of)
    for _ in range(4):
        play(player, clock, 10)
        data += state_line(checkpoint(of, player))
    player.end()
    session = checkpoint(of, player).session()
    return data, session


DATA, SESSION = lines()


@given(st.integers(0, len(DATA)))
@settings(max_examples=200, deadline=None)
def test_cut_anywhere_the_last_whole_line_counts(cut: int) -> None:
    whole = DATA[:cut].count(b"\n") + (DATA[cut : cut + 1] == b"\n")
    if whole < 2:
        with pytest.raises(RecordError):
            parse(DATA[:cut])
    else:
        found = parse(DATA[:cut]).checkpoint
        assert found is not None
        assert found.progress.position == 10.0 * (whole - 1)


@given(st.integers(0, len(DATA) - 1), st.binary(min_size=1, max_size=4))
@settings(max_examples=300, deadline=None)
def test_damaged_anywhere_it_is_read_or_refused_never_more(at: int, damage: bytes) -> None:
    try:
        found = parse(DATA[:at] + damage + DATA[at + len(damage) :])
    except RecordError:
        return
    if found.checkpoint is not None:
        player = found.checkpoint.player(Clock())
        player.resume()
        player.tick()
        assert player.state is not State.NEW
        found.checkpoint.session()


def test_who_looks_for_a_moment_keeps_nobody_from_playing(paths: Paths, runs: RunFiles) -> None:
    playing(runs, run("held"), 8)
    runs.release("u1")
    (path,) = paths.data.glob("run-*.json")
    looking, waits = path.open("rb"), []
    fcntl.flock(looking, fcntl.LOCK_SH)

    def wait(seconds: float) -> None:
        waits.append(seconds)
        if len(waits) == 3:
            looking.close()

    later = RunFiles(paths, wait=wait)
    assert later.take_over("u1").progress.position == 8.0
    assert waits == [0.02] * 3
    later.release("u1")


def test_a_session_whose_lines_cannot_be_read_is_let_go(paths: Paths, runs: RunFiles) -> None:
    paths.data.mkdir()
    (paths.data / "run-u1.json").write_bytes(b"garbage\n")
    files = files_open()
    with pytest.raises(StoreError, match="can't be resumed"):
        runs.take_over("u1")
    assert files_open() == files


def test_throwing_away_what_is_not_there_does_nothing(paths: Paths, runs: RunFiles) -> None:
    runs.discard("u1")
    assert not paths.data.exists()


def test_what_cannot_be_read_is_set_aside_and_said(paths: Paths, runs: RunFiles) -> None:
    paths.data.mkdir()
    (paths.data / "run-bad.json").write_bytes(b"\x00\x01 garbage")
    assert runs.resumable() == ()
    (aside,) = paths.data.iterdir()
    assert ".corrupt-" in aside.name
    assert aside.read_bytes() == b"\x00\x01 garbage"
    assert aside.name in runs.notices()[0]


def test_the_run_of_a_newer_version_is_left_alone(paths: Paths, runs: RunFiles) -> None:
    paths.data.mkdir()
    head, *rest = DATA.split(b"\n", 1)
    newer = {**json.loads(head), "schema": 99, "timeline": "all new"}
    path = paths.data / "run-u1.json"
    path.write_bytes(json.dumps(newer).encode() + b"\n" + rest[0])
    assert runs.resumable() == ()
    assert path.exists()
    assert runs.notices() == ("A session of a later version of stretch-tui waits in run-u1.json.",)


@pytest.mark.parametrize("make", ["fifo", "folder", "link"])
def test_what_is_no_plain_file_is_passed_over(paths: Paths, runs: RunFiles, make: str) -> None:
    paths.data.mkdir()
    path = paths.data / "run-u1.json"
    match make:
        case "fifo":
            os.mkfifo(path)
        case "folder":
            path.mkdir()
        case "link":
            path.symlink_to("/dev/zero")
    assert (runs.resumable(), runs.running(), runs.unsaved()) == ((), (), ())


def test_hostile_names_in_a_run_file_come_out_clean(paths: Paths, runs: RunFiles) -> None:
    of = run("held")
    evil = replace(of, routine=replace(of.routine, name="a\x1b]52;c;x\x07[@click=app.quit]b\u202e"))
    playing(runs, evil, 1)
    (found,) = runs.running()
    assert found.run.routine.name == "a]52;c;x[@click=app.quit]b"


@pytest.mark.parametrize("uid", ["", "../x", "a/b", "x" * 200, "a b"])
def test_a_uid_never_leaves_the_folder(paths: Paths, runs: RunFiles, uid: str) -> None:
    with pytest.raises(StoreError):
        runs.claim(checkpoint(run("held", uid=uid), started(run("held").timeline, Clock())))


def test_a_finished_line_alone_is_a_session(paths: Paths) -> None:
    assert parse(finished_line(SESSION)).ended == SESSION


def test_a_session_never_kept_before_is_kept_at_its_end(paths: Paths, runs: RunFiles) -> None:
    runs.finish(SESSION)
    runs.release("u1")
    assert RunFiles(paths).unsaved() == (SESSION,)


def test_what_a_kill_left_half_made_is_swept_away(paths: Paths, runs: RunFiles) -> None:
    paths.data.mkdir()
    half = paths.data / ".run-u0.json.tmp"
    half.write_bytes(DATA[:100])
    assert runs.resumable() == ()
    playing(runs, run("held"), 1)
    assert not half.exists()
