"""The one thread that writes: nothing that goes wrong with one change is the end of the others."""

import threading

import pytest
from ui_world import MemoryLogbook

from stretch_tui.core.errors import NOT_SAVED, StoreError
from stretch_tui.ui.writer import Job, Outcome, Writer


class Ear:
    """Hears the outcomes of rounds."""

    def __init__(self) -> None:
        self.heard: list[Outcome] = []

    def __call__(self, outcome: Outcome) -> None:
        self.heard.append(outcome)


def broken(_log: object) -> None:
    raise LookupError("no app")


def test_a_fault_in_one_change_is_told_and_loses_no_other() -> None:
    log, ear = MemoryLogbook(), Ear()
    writer = Writer(log, ear)
    writer.submit(Job(broken))
    writer.submit(Job(lambda log: log.set_favorite("owl-neck", True), "kept"))
    assert writer.close(5) == 1, "the broken one is owned up to"
    assert log.favorites() == ("owl-neck",)
    assert "LookupError: no app" in [outcome.fault for outcome in ear.heard]
    assert [said for outcome in ear.heard for said in outcome.said] == ["kept"]


def test_what_the_log_refuses_is_tried_again_in_order() -> None:
    log, ear = MemoryLogbook(), Ear()
    full = threading.Event()
    full.set()

    def careful(_log: object) -> None:
        if full.is_set():
            raise StoreError("no space left")

    writer = Writer(log, ear)
    writer.submit(Job(careful, "first"))
    writer.submit(Job(lambda log: log.set_favorite("owl-neck", True), "second"))
    assert writer.settle(5) == 2
    full.clear()
    assert writer.close(5) == 0
    assert [said for outcome in ear.heard for said in outcome.said] == ["first", "second"]


@pytest.mark.parametrize("jobs", [0, 1])
def test_closing_waits_for_nothing_when_all_is_saved(jobs: int) -> None:
    writer = Writer(MemoryLogbook(), Ear())
    for _ in range(jobs):
        writer.submit(Job(lambda log: log.mark_seen("owl-neck")))
    assert writer.close(5) == 0


def test_what_is_not_saved_is_named_with_the_reason() -> None:
    log = MemoryLogbook()
    writer = Writer(log, Ear())
    assert writer.unsaved() == ""
    log.failing = f"{NOT_SAVED}the disk is full"
    for about in ("the session Desk reset", "how sore you are", "how sore you are", "", ""):
        writer.submit(Job(lambda log: log.mark_seen("owl-neck"), about=about))
    assert writer.settle(5) == 5
    named = "the session Desk reset, how sore you are and 2 other changes"
    assert writer.unsaved() == f"not saved: {named}: the disk is full"
    log.failing = ""
    assert writer.close(5) == 0
    assert writer.unsaved() == ""
