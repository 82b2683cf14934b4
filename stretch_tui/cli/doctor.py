"""What `doctor` looks at: the store, the config file and own files, the terminal; and repairs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from stretch_tui.cli.paper import Paper
from stretch_tui.core.errors import StoreError
from stretch_tui.storage import health, repairs
from stretch_tui.storage.config import load_settings
from stretch_tui.storage.paths import Paths


@dataclass(frozen=True, slots=True)
class Examined:
    """One thing that was looked at, and what was done about it."""

    about: str
    words: str
    bad: bool = False
    """Whether something is still wrong."""
    hint: str = ""
    """What to do about it, or what a repair would do."""
    done: str = ""
    """What was repaired."""

    def tell(self, paper: Paper) -> None:
        """Write the finding for a person: wrapped on a terminal, one line in a pipe."""
        lead, then = f"{'!!' if self.bad else 'ok'}  {self.about:11} ", self.done or self.hint
        if not paper.terminal:
            paper.say(lead + self.words + (f" -> {then}" if then else ""))
            return
        indent = " " * len(lead)
        paper.prose(self.words, indent, lead)
        if then:
            paper.prose(then, indent + "   ", indent + "-> ")

    def as_dict(self) -> dict[str, object]:
        """The finding for another program."""
        return {
            "about": self.about,
            "message": self.words,
            "problem": self.bad,
            "hint": self.hint,
            "done": self.done,
        }


def examine(
    paths: Paths, environ: Mapping[str, str], now: datetime, *, repair: bool = False
) -> tuple[Examined, ...]:
    """Look at everything; with `repair`, do what is safe and say what was done."""
    settings, problems = load_settings(paths.config)
    looked = health.findings(paths, now, zone=settings.zone)
    found = [_treated(paths, one, now if repair else None) for one in looked]
    for problem in problems:
        words = str(replace(problem, hint=""))
        found.append(Examined("config", words, bad=True, hint=problem.hint))
    return (*found, *_terminal(environ))


def _treated(paths: Paths, finding: health.Finding, repair: datetime | None) -> Examined:
    """A finding of the store, repaired at a moment where that was asked for and is safe."""
    if repair is None or not finding.repair:
        hint = f"`doctor --repair` would {finding.repair}" if finding.repair else ""
        return Examined(finding.about, finding.words, finding.bad, hint)
    try:
        return Examined(finding.about, finding.words, done=repairs.repair(paths, finding, repair))
    except StoreError as error:
        return Examined(finding.about, finding.words, bad=True, hint=str(error))


def _terminal(environ: Mapping[str, str]) -> Iterator[Examined]:
    """What the terminal says of itself, and what follows for the screens."""
    term = environ.get("TERM", "")
    if term in ("", "dumb"):
        hint = "only `play --plain` and the other commands work here"
        yield Examined("terminal", f"TERM is {term or 'not set'}", hint=hint)
        return
    colors = environ.get("COLORTERM") or ("none (NO_COLOR)" if environ.get("NO_COLOR") else "")
    remote = ", over ssh" if environ.get("SSH_CONNECTION") else ""
    yield Examined("terminal", f"{term}, colors: {colors or 'as TERM says'}{remote}")
