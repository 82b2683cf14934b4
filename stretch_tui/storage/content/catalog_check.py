"""Looks at every file that a person may have edited, and tells all that is wrong, with lines."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from stretch_tui.core.content.routine import Routine, Step
from stretch_tui.core.content.stretch import Phase, Stretch
from stretch_tui.core.problems import Problem, did_you_mean
from stretch_tui.storage.content.catalog_files import duplicate
from stretch_tui.storage.content.catalog_index import find_stamps
from stretch_tui.storage.content.fields import Report
from stretch_tui.storage.content.routine_toml import read_routine
from stretch_tui.storage.content.sources_toml import read_sources, read_tips
from stretch_tui.storage.content.stretch_toml import read_stretch
from stretch_tui.storage.content.toml_reading import Document, UnreadableError, read_document
from stretch_tui.storage.paths import Paths

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from stretch_tui.storage.content.toml_lines import KeyPath

KINDS = ("stretches", "routines", "poses")
"""Folders, and what the files in them are."""

HasPose = Callable[[str], bool]


@dataclass(slots=True)
class Checkup:
    """Everything that was read, and everything that is wrong with it."""

    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    """What works, but not as it was meant: a key pose that nobody draws."""
    stretches: dict[str, tuple[Document, Stretch]] = field(default_factory=dict)
    routines: dict[str, tuple[Document, Routine]] = field(default_factory=dict)
    poses: dict[str, list[Document]] = field(default_factory=dict)
    """Pose files by stem, the first one winning."""
    programs: tuple[str, ...] = ()
    seen: set[str] = field(default_factory=set)
    """Every file that was looked at."""

    def read_root(self, root: Traversable) -> None:
        """Read the shipped catalog."""
        self._read_all(root, own=False)
        self.read(root / "sources.toml", "sources", own=False)
        self.read(root / "tips.toml", "tips", own=False)

    def read_own(self, paths: Paths) -> None:
        """Read the user's own files."""
        self._read_all(paths.data, own=True)

    def _read_all(self, root: Traversable, *, own: bool) -> None:
        for key in find_stamps(root, KINDS):
            self.read(root / key, key.partition("/")[0], own=own)

    def read(self, source: Traversable, kind: str, *, own: bool) -> None:
        """Read one file of a kind: a folder's name, `sources`, `tips`, or empty to guess."""
        if str(source) in self.seen:
            return
        self.seen.add(str(source))
        try:
            document = read_document(source)
        except UnreadableError as error:
            self.problems.append(error.problem)
            return
        name = source.name.removesuffix(".toml")
        match kind or kind_of(document.data):
            case "stretches":
                self._stretch(document, name, own)
            case "routines":
                self._routine(document, name, own)
            case "poses":
                self.poses.setdefault(name, []).append(document)
            case "sources":
                found, wrong = read_sources(document)
                self.programs = tuple(found)
                self.problems += wrong
            case "tips":
                self.problems += read_tips(document)[1]
            case _:
                hint = "a stretch has phases, a routine has [[steps]], poses have a table each"
                message = "is not a stretch, a routine or a file of poses"
                self.problems.append(Problem(document.file, 0, message, hint))

    def _stretch(self, document: Document, name: str, own: bool) -> None:
        stretch, wrong = read_stretch(document, name, own=own)
        self.problems += wrong
        if stretch is None:
            return
        if name in self.stretches:
            first = self.stretches[name][0].file
            self.problems.append(duplicate(document.file, name, first))
        else:
            self.stretches[name] = (document, stretch)

    def _routine(self, document: Document, name: str, own: bool) -> None:
        routine, wrong = read_routine(document, name, own=own)
        self.problems += wrong
        if routine is None:
            return
        if name in self.routines:
            first = self.routines[name][0].file
            self.problems.append(duplicate(document.file, name, first))
        else:
            self.routines[name] = (document, routine)

    def link(self, has_pose: HasPose, only: Iterable[str] | None = None) -> None:
        """Follow every reference; `only` limits what is told to these files."""
        wanted = None if only is None else set(only)
        for document, stretch in self.stretches.values():
            if wanted is None or document.file in wanted:
                self._link_stretch(Report(document), stretch, has_pose)
        for document, routine in self.routines.values():
            if wanted is None or document.file in wanted:
                self._link_routine(Report(document), routine)

    def _link_stretch(self, report: Report, stretch: Stretch, has_pose: HasPose) -> None:
        missing = Report(report.document)
        for path, phase in _phases(stretch):
            if not phase.pose:
                missing.say(path, f"phase {phase.name!r} has no pose: no figure is drawn")
            elif not has_pose(phase.pose):
                missing.say((*path, "pose"), f"no pose file draws {phase.pose!r}")
            for pose in phase.through:
                if not has_pose(pose):
                    missing.say((*path, "through"), f"no pose file draws {pose!r}")
        for index, source in enumerate(stretch.sources):
            if self.programs and source.routine not in self.programs:
                path = ("sources", index, "routine")
                hint = did_you_mean(source.routine, self.programs)
                report.say(path, f"no program is called {source.routine!r}", hint)
        self.problems += report.problems
        self.warnings += missing.problems

    def _link_routine(self, report: Report, routine: Routine) -> None:
        for index, step in enumerate(routine.steps):
            self._link_step(report, ("steps", index), step, routine)
        self.problems += report.problems

    def _link_step(self, report: Report, path: KeyPath, step: Step, routine: Routine) -> None:
        if step.stretch not in self.stretches:
            hint = did_you_mean(step.stretch, self.stretches) or "see: stretch-tui list stretches"
            report.say((*path, "stretch"), f"no stretch is called {step.stretch!r}", hint)
            return
        stretch = self.stretches[step.stretch][1]
        if step.variation is not None and stretch.variation(step.variation) is None:
            known = [variation.id for variation in stretch.variations]
            hint = did_you_mean(step.variation, known) or _one_of(known)
            message = f"{step.stretch} has no variation {step.variation!r}"
            report.say((*path, "variation"), message, hint)
        names = [phase.name for phase in stretch.phases_of(step.variation)]
        for dosed in step.dose.phases if step.dose is not None else ():
            if dosed.name not in names:
                hint = did_you_mean(dosed.name, names) or _one_of(names)
                message = f"{step.stretch} has no phase {dosed.name!r}"
                report.say((*path, "dose", "phases"), message, hint)
        others = [other.stretch for other in routine.steps]
        if step.instead_of is not None and step.instead_of not in others:
            message = f"stands in for {step.instead_of!r}, which is not in the routine"
            report.say((*path, "instead_of"), message, did_you_mean(step.instead_of, others))


def kind_of(data: Mapping[str, object]) -> str:
    """What a document is by its keys: `routines`, `stretches`, `poses`, or empty."""
    steps = data.get("steps")
    if isinstance(steps, list) and any(isinstance(step, dict) for step in steps):
        return "routines"
    if "regions" in data or "phases" in data or isinstance(steps, list):
        return "stretches"
    tables = bool(data) and all(isinstance(value, dict) for value in data.values())
    return "poses" if tables else ""


def kind_of_path(path: Path) -> str:
    """What a file is by the folder it lies in or its name; empty when neither says."""
    if path.parent.name in KINDS:
        return path.parent.name
    return path.stem if path.name in ("sources.toml", "tips.toml") else ""


def _phases(stretch: Stretch) -> Iterator[tuple[KeyPath, Phase]]:
    for index, phase in enumerate(stretch.phases):
        yield ("phases", index), phase
    for number, variation in enumerate(stretch.variations):
        for index, phase in enumerate(variation.phases):
            yield ("variations", number, "phases", index), phase


def _one_of(known: Iterable[str]) -> str:
    return f"one of {', '.join(known)}" if known else "it has none"
