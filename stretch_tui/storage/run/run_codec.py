"""The text of a run file: one JSON document a line, the last whole line of its kind counts.

{"kind": "run", "schema": 1, ...}        what is fixed, with every segment and word; written once
{"kind": "state", ...}                   how it stood at a transition, or at the last heartbeat
{"kind": "finished", ...}                the session for the log, until the log has it; a later
                                         state that is not over takes it back
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, fields
from typing import Any

from stretch_tui.core.log.logbook import Session
from stretch_tui.core.session.checkpoint import Checkpoint, Run, over
from stretch_tui.storage.run.typed_json import RecordError, decode, encode

SCHEMA = 1
LIMIT = 8 << 20
"""Bytes of a run file that are read at most."""


class NewerError(RecordError):
    """A newer version of the program wrote it: it is left alone."""


@dataclass(frozen=True, slots=True)
class RunText:
    """What a run file says."""

    checkpoint: Checkpoint | None
    ended: Session | None
    """The session for the log when it is over, also when a kill came before that line."""


def head_line(run: Run) -> bytes:
    """The first line: everything that is fixed."""
    return _line("run", {"schema": SCHEMA, **encode(run)})


def state_line(checkpoint: Checkpoint) -> bytes:
    """A line for how the session stands."""
    return _line("state", encode(checkpoint, without="run"))


def finished_line(session: Session) -> bytes:
    """The line that keeps a finished session until the log has it."""
    return _line("finished", encode(session))


def parse(data: bytes) -> RunText:
    """Read a run file; a torn last line is passed over. Raises RecordError when nothing is left."""
    first, *later = data.split(b"\n")
    head = _document(first)
    if head is None:
        raise RecordError("its first line is not a run record")
    state: dict[str, Any] | None = None
    finished = head if head.get("kind") == "finished" else None
    later_state = False
    for line in later:
        found = _document(line) if line.strip() else None
        if found is not None and found.get("kind") == "state":
            state, later_state = found, True
        elif found is not None and found.get("kind") == "finished":
            finished, later_state = found, False
    session = decode(Session, finished, "finished") if finished is not None else None
    if state is None or head.get("kind") != "run":
        if session is None:
            raise RecordError("no state was written")
        return RunText(None, session)
    checkpoint = _checkpoint(head, state)
    if over(checkpoint):
        session = session or checkpoint.session()
    elif later_state:
        session = None  # its end was taken back
    return RunText(checkpoint, session)


def _checkpoint(head: dict[str, Any], state: dict[str, Any]) -> Checkpoint:
    if head.get("schema") != SCHEMA:
        raise NewerError(f"schema {head.get('schema')!r} is not known to this version")
    checkpoint: Checkpoint = decode(Checkpoint, {**state, "run": head})
    run, progress = checkpoint.run, checkpoint.progress
    segments, steps = run.timeline.segments, run.timeline.steps
    numbers = [progress.position, run.breath_seconds]
    numbers += [segment.seconds for segment in segments]
    numbers += [seconds for _, seconds in progress.retimed]
    for credit in progress.ledger.credits:
        numbers += [getattr(credit, field.name) for field in fields(credit)]
    sound = (
        segments
        and len(progress.ledger.credits) == len(steps)
        and {segment.step for segment in segments} == set(range(len(steps)))
        and all(0 <= index < len(segments) for index, _ in progress.retimed)
        and all(math.isfinite(number) and number >= 0 for number in numbers)
        and run.breath_seconds > 0
        and run.started.tzinfo is not None
        and checkpoint.saved.tzinfo is not None
    )
    if not sound:
        raise RecordError("the timeline and the ledger do not fit each other")
    return checkpoint


def _document(line: bytes) -> dict[str, Any] | None:
    """The object on a line; None when it is torn or something else."""
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _line(kind: str, record: dict[str, Any]) -> bytes:
    text = json.dumps({"kind": kind, **record}, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "replace") + b"\n"
