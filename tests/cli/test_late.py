"""Parts of the app that are made late: by whichever thread comes first, and not without need."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from playing import STRETCHES, Clock, checkpoint, run, started

from stretch_tui.cli.late import LateRuns
from stretch_tui.core.session.checkpoint import RunStore
from stretch_tui.storage.paths import Paths
from stretch_tui.storage.run.run_files import RunFiles


def test_a_session_can_be_kept_by_one_thread_while_another_looks_for_sessions(
    tmp_path: Path,
) -> None:
    paths, begun = Paths(tmp_path, tmp_path / "c", tmp_path / "x"), threading.Barrier(2)
    of = run(*STRETCHES)
    kept = checkpoint(of, started(of.timeline, Clock()))

    made: list[RunFiles] = []

    def make() -> RunStore:
        made.append(RunFiles(paths))
        time.sleep(0.05)  # the other thread has long asked for it too
        return made[-1]

    runs = LateRuns(tmp_path, make)
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(lambda: (begun.wait(), runs.claim(kept)))
        other = pool.submit(lambda: (begun.wait(), runs.running()))
        first.result()
        other.result()
    assert len(made) == 1, "the store that holds it is the one that lets it go"
    assert [one.uid for one in runs.running()] == ["u1"]
    runs.release("u1")
    assert [one.uid for one in RunFiles(paths).resumable()] == ["u1"]


def test_looking_for_sessions_in_an_empty_folder_makes_no_store(tmp_path: Path) -> None:
    def never() -> RunStore:
        raise AssertionError("made")

    runs = LateRuns(tmp_path, never)
    assert (runs.resumable(), runs.unsaved()) == ((), ())
    runs.flush()
    assert runs.notices() == ()


def test_what_could_not_be_read_is_said_by_the_store_that_read_it(tmp_path: Path) -> None:
    (tmp_path / "run-bad.json").write_bytes(b"garbage")
    runs = LateRuns(tmp_path, lambda: RunFiles(Paths(tmp_path, tmp_path / "c", tmp_path / "x")))
    assert runs.resumable() == ()
    (said,) = runs.notices()
    assert "could not be read" in said
