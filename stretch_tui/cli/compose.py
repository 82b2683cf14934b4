"""The composition root: one function a part, each importing only what it needs."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, cast

from stretch_tui.cli.telling import say
from stretch_tui.storage.paths import Paths

if TYPE_CHECKING:
    from stretch_tui.core.content.catalog import Catalog
    from stretch_tui.core.problems import Problem
    from stretch_tui.core.session.checkpoint import RunStore
    from stretch_tui.core.settings import Settings
    from stretch_tui.storage.content.catalog_files import LoadedCatalog
    from stretch_tui.storage.content.routine_files import TomlRoutines
    from stretch_tui.storage.first_frame import FirstFrames
    from stretch_tui.storage.log.tiny_logbook import TinyLogbook
    from stretch_tui.ui.services import Services


def paths() -> Paths:
    """Where this user's things are kept."""
    return Paths.find(os.environ)


def now() -> datetime:
    """The current instant in UTC."""
    return datetime.now(UTC)


def _settings() -> tuple[Settings, tuple[Problem, ...]]:
    """The user's settings, and what is wrong with their file."""
    where = paths().config
    try:
        where.stat()
    except FileNotFoundError:  # the usual case: none of the file's reader is imported
        from stretch_tui.core.settings import Settings

        return Settings(), ()
    except OSError:
        pass  # its reader says why
    from stretch_tui.storage.config import load_settings

    return load_settings(where)


def settings() -> Settings:
    """The user's settings; problems of the config file are told on stderr, once."""
    found, problems = _settings()
    for problem in problems:
        _say_once(str(problem))
    return found


@cache
def _say_once(words: str) -> None:
    say(words)


def logbook(*, quiet: bool = False) -> TinyLogbook:
    """The log of this user; what it has to say of itself is told on stderr, unless `quiet`."""
    from stretch_tui.storage.log.tiny_logbook import TinyLogbook

    return TinyLogbook(paths(), tell=None if quiet else say)


def routines() -> TomlRoutines:
    """The user's own routines."""
    from stretch_tui.storage.content.routine_files import TomlRoutines

    return TomlRoutines(paths())


def runs() -> RunStore:
    """The sessions in progress."""
    from stretch_tui.storage.run.run_files import RunFiles

    return RunFiles(paths())


def keep_setting(name: str, value: str | bool | int) -> None:
    """Write one setting into the user's config file."""
    from stretch_tui.storage.config_edit import keep_setting as keep

    keep(paths().config, name, value)


def keep_report(report: str) -> str:
    """Keep the report of a crash in a file of the user's alone; return its path, or nothing."""
    where = paths().data / f"crash-{now():%Y%m%dT%H%M%S}.txt"
    try:
        where.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with os.fdopen(os.open(where, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(report)
    except OSError:
        return ""
    return str(where)


def loaded() -> LoadedCatalog:
    """The catalog with the user's own stretches, and the poses that draw it."""
    from stretch_tui.storage.content.catalog_files import load_catalog

    return load_catalog(paths())


def catalog() -> Catalog:
    """The catalog with everything of the user's own."""
    return loaded().catalog.with_own(routines().all())


def first_frames(*, plain: bool) -> FirstFrames:
    """What keeps the first screen for the next start; made before the environment is prepared."""
    from stretch_tui.storage.first_frame import FirstFrames, look_of

    return FirstFrames(paths(), catalog_root(), look_of(os.environ, plain=plain))


def services() -> Services:
    """Everything the app is given."""
    from stretch_tui.cli.clocks import boot_clock
    from stretch_tui.cli.late import LateFigures, LateRuns
    from stretch_tui.storage.content.length_cache import LengthCache
    from stretch_tui.ui.services import Services

    where = paths()
    chosen, problems = _settings()
    everything, own = loaded(), routines()
    log = logbook(quiet=True)  # the screen itself tells
    return Services(
        shipped=everything.catalog,
        figures=LateFigures(everything.poses),
        logbook=log,
        routines=own,
        runs=cast("RunStore", LateRuns(where.data, runs)),
        settings=chosen,
        now=now,
        monotonic=time.monotonic,
        boot=boot_clock(),
        keep_setting=keep_setting,
        lengths=LengthCache(where.cache / "lengths.json", everything.stamp, chosen),
        keep_report=keep_report,
        notices=(
            *map(str, problems),
            *_unusable({problem.file for problem in (*everything.problems, *own.problems())}),
        ),
    )


def _unusable(files: set[str]) -> tuple[str, ...]:
    """What to say of the user's files that had to be left out."""
    if not files:
        return ()
    which = os.path.basename(next(iter(files))) if len(files) == 1 else f"{len(files)} files"  # noqa: PTH119 - no path is made
    return (f"{which} left out: `stretch-tui check` says why",)


def catalog_root() -> str:
    """Where the shipped catalog is read from, as text for a person."""
    from stretch_tui.storage.content.catalog_files import catalog_root as root

    return str(root())
