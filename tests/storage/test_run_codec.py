"""What a run file must say, so that a player can go on with it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from playing import Clock, checkpoint, run, started

from stretch_tui.storage.run.run_codec import head_line, parse, state_line
from stretch_tui.storage.run.typed_json import RecordError

UNSOUND: dict[str, Callable[[dict[str, Any], dict[str, Any]], object]] = {
    "no segments": lambda head, _: head["timeline"].update(segments=[]),
    "a step too many": lambda _, state: state["progress"]["ledger"]["credits"].append({}),
    "a segment of no step": lambda head, _: head["timeline"]["segments"][0].update(step=2),
    "a segment before all": lambda head, _: head["timeline"]["segments"][0].update(step=-1),
    "a step without segments": lambda head, _: [
        one.update(step=0) for one in head["timeline"]["segments"]
    ],
    "another length of no segment": lambda head, state: state["progress"].update(
        retimed=[[len(head["timeline"]["segments"]), 5.0]]
    ),
    "another length before all": lambda _, state: state["progress"].update(retimed=[[-1, 5.0]]),
    "a place that is no number": lambda _, state: state["progress"].update(position=float("nan")),
    "a place without end": lambda _, state: state["progress"].update(position=float("inf")),
    "a place before the start": lambda _, state: state["progress"].update(position=-1.0),
    "time taken away": lambda head, _: head["timeline"]["segments"][0].update(seconds=-5.0),
    "less than nothing done": lambda _, state: state["progress"]["ledger"]["credits"][0].update(
        left=-5.0
    ),
    "another length that is no number": lambda _, state: state["progress"].update(
        retimed=[[0, float("nan")]]
    ),
    "no breath": lambda head, _: head.update(breath_seconds=0),
    "a start without a zone": lambda head, _: head.update(started="2026-03-04T09:30:00"),
    "a record without a zone": lambda _, state: state.update(saved="2026-03-04T09:30:00"),
}


@pytest.mark.parametrize("how", UNSOUND)
def test_a_session_that_no_player_could_go_on_with_is_refused(how: str) -> None:
    of = run("sided", "held")
    head = json.loads(head_line(of))
    state = json.loads(state_line(checkpoint(of, started(of.timeline, Clock()))))
    for wrong in (False, True):
        if wrong:
            UNSOUND[how](head, state)
        data = f"{json.dumps(head)}\n{json.dumps(state)}\n".encode()
        if wrong:
            with pytest.raises(RecordError, match="do not fit"):
                parse(data)
        else:
            assert parse(data).checkpoint is not None
