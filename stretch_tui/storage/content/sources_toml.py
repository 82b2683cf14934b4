"""The published programs and the tips as TOML: `sources.toml` and `tips.toml` of the catalog."""

from __future__ import annotations

from stretch_tui.core.content.catalog import SourceProgram, Tip
from stretch_tui.core.problems import Problem
from stretch_tui.storage.content.fields import NAME, Fields
from stretch_tui.storage.content.toml_reading import Document


def read_sources(document: Document) -> tuple[dict[str, SourceProgram], tuple[Problem, ...]]:
    """The published programs by id, and all problems."""
    fields = Fields.of(document)
    found: dict[str, SourceProgram] = {}
    for one in fields.tables("programs"):
        program = SourceProgram(
            id=one.text("id", limit=NAME, required=True),
            title=one.text("title", limit=NAME, required=True),
            author=one.text("author", required=True),
            about=one.text("about", limit=2_000),
            note=one.text("note", limit=2_000),
        )
        one.close("a program")
        if program.id in found:
            one.say("id", f"two programs are called {program.id!r}")
        found[program.id] = program
    fields.close("the sources")
    return found, tuple(fields.report.problems)


def read_tips(document: Document) -> tuple[tuple[Tip, ...], tuple[Problem, ...]]:
    """The tips in order, and all problems."""
    fields = Fields.of(document)
    found = []
    for one in fields.tables("tips"):
        found.append(Tip(one.text("text", required=True), one.text("source", limit=NAME)))
        one.close("a tip")
    fields.close("the tips")
    return tuple(found), tuple(fields.report.problems)
