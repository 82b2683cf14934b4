"""Two windows on one log do anything in any order: both always show what a plain model shows."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from stretch_tui.core.errors import RefusedError
from stretch_tui.core.log.logbook import Session, Source
from tests.storage.samples import log_in, session

HANDLES = st.integers(0, 1)
UIDS = st.sampled_from(["a", "b", "c", "d"])
ITEMS = st.sampled_from(["owl-neck", "chin-tuck", "cobra"])


class TwoHandles(RuleBasedStateMachine):
    """The model: sessions by uid (None once deleted) and favorites in order."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.handles = [log_in(self.folder), log_in(self.folder)]
        self.sessions: dict[str, Session | None] = {}
        self.favorites: list[str] = []
        self.undoable: list[tuple[dict[str, Session | None], list[str]]] = []

    def remember(self) -> None:
        self.undoable.append((dict(self.sessions), list(self.favorites)))

    @rule(who=HANDLES, uid=UIDS)
    def add(self, who: int, uid: str) -> None:
        self.handles[who].add(session(uid))
        self.sessions.setdefault(uid, session(uid))

    @rule(who=HANDLES, uid=UIDS)
    def enter(self, who: int, uid: str) -> None:
        entered = replace(session(uid), source=Source.LOGGED)
        self.handles[who].add(entered)
        if uid not in self.sessions:
            self.sessions[uid] = None  # what undoing the entry leaves
            self.remember()
            self.sessions[uid] = entered

    @rule(who=HANDLES, uid=UIDS, note=st.sampled_from(["", "x", "y"]))
    def edit(self, who: int, uid: str, note: str) -> None:
        known = self.sessions.get(uid) or session(uid)
        if self.sessions.get(uid) is None:  # a deletion holds
            with pytest.raises(RefusedError):
                self.handles[who].edit(replace(known, note=note))
        else:
            self.remember()
            self.handles[who].edit(replace(known, note=note))
            self.sessions[uid] = replace(known, note=note, edited=True)

    @rule(who=HANDLES, uid=UIDS)
    def delete(self, who: int, uid: str) -> None:
        self.handles[who].delete(uid)
        if self.sessions.get(uid) is not None:
            self.remember()
            self.sessions[uid] = None

    @rule(who=HANDLES, item=ITEMS, on=st.booleans())
    def favorite(self, who: int, item: str, on: bool) -> None:
        self.handles[who].set_favorite(item, on)
        if on != (item in self.favorites):
            self.remember()
            if on:
                self.favorites.append(item)
            else:
                self.favorites.remove(item)

    @rule(who=HANDLES)
    def undo(self, who: int) -> None:
        said = self.handles[who].undo()
        if not self.undoable:
            assert said is None
            return
        assert said is not None
        known = self.sessions
        self.sessions, self.favorites = self.undoable.pop()
        # An addition is a fact: undoing an earlier change leaves it.
        self.sessions = known | self.sessions

    @rule(who=HANDLES)
    def restart(self, who: int) -> None:
        self.handles[who] = log_in(self.folder)

    @invariant()
    def both_show_the_same(self) -> None:
        expected = {uid: one for uid, one in self.sessions.items() if one is not None}
        for handle in self.handles:
            assert {one.uid: one for one in handle.sessions()} == expected
            assert handle.favorites() == tuple(self.favorites)
            assert not handle.notices()

    def teardown(self) -> None:
        shutil.rmtree(self.folder)


TwoHandles.TestCase.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
TestTwoHandles = TwoHandles.TestCase
