"""`figure`: the diagram of a stretch on stdout, for a look, for scripts and for pose authors."""

from __future__ import annotations

import argparse
import os
import sys
import time
import tomllib
from collections.abc import Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING

from stretch_tui.cli import compose
from stretch_tui.cli.argument_types import number, whole
from stretch_tui.cli.naming import STRETCH, lookup, meant
from stretch_tui.cli.parsing import nearest
from stretch_tui.cli.telling import OK, PROBLEM, USAGE, say
from stretch_tui.core.content.wording import count, listed

if TYPE_CHECKING:
    from stretch_tui.core.content.catalog import Catalog
    from stretch_tui.core.content.stretch import Stretch
    from stretch_tui.figure import Diagram, Frame, PoseBook

WATCH_SECONDS = 0.3
MOST_FRAMES = 240
SGR = {"b": "", "d": "38;5;247", "f": "90", "s": "1;38;5;209", "h": "38;5;180", "e": "1",
       "p": "38;5;146", "g": "90", "a": "38;5;114"}  # fmt: skip
BACKS = {"b": "48;5;237", "l": "48;5;235", "a": "48;5;239", "k": "48;5;242", "n": "48;5;245",
         "h": "48;5;236", "f": "48;5;234", "p": "48;5;60", "w": "48;5;233"}  # fmt: skip
BACK_STRETCHED = "48;5;94"
"""Colors of a cell by its paint, and of what is behind it by its tone, of 256."""


def configure(name: str, parser: argparse.ArgumentParser) -> None:  # noqa: ARG001
    """Describe the arguments."""
    parser.add_argument(
        "id", metavar="ID", nargs="?", help="a stretch, a pose (cat-cow/cow) or a pose file"
    )
    first = "only the Nth phase, from 1"
    parser.add_argument("--phase", type=whole(1, 99), metavar="N", help=first)
    parser.add_argument("--size", default="40x16", metavar="WxH", help="cells (default 40x16)")
    parser.add_argument("--side", choices=("left", "right"), default="right")
    parser.add_argument("--style", choices=("ascii", "solid", "braille"), default="ascii")
    angle = number(-360, 360, "an angle")
    parser.add_argument("--yaw", type=angle, default=0.0, metavar="D", help="turn the camera")
    parser.add_argument("--pitch", type=angle, default=0.0, metavar="D", help="raise the camera")
    parser.add_argument(
        "--frames",
        type=whole(0, MOST_FRAMES),
        default=0,
        metavar="N",
        help="with N in-betweens after each phase",
    )
    parser.add_argument(
        "--sheet", action="store_true", help="side by side; without an ID the whole catalog"
    )
    parser.add_argument(
        "--watch", metavar="FILE", help="draw a pose file again whenever it changes"
    )


def run(args: argparse.Namespace) -> int:
    """Print the figure; with --watch, again and again until interrupted."""
    size = _size(args.size)
    if size is None:
        say("--size takes columns and lines, like 40x16")
        return USAGE
    if args.watch:
        return _watch(args, size)
    if args.id is None and not args.sheet:
        say("say which one, like: stretch-tui figure cat-cow")
        return USAGE
    return _show(args, size, {}) if args.id is not None else _show_all(args, size)


def _size(text: str) -> tuple[int, int] | None:
    width, _, height = text.lower().partition("x")
    if not (width.isdecimal() and height.isdecimal()):
        return None
    columns, lines = int(width), int(height)
    return (columns, lines) if columns <= 400 and lines <= 200 else None


def _watch(args: argparse.Namespace, size: tuple[int, int]) -> int:
    """Draw whenever the file changes; an editor may take it away for a moment while it saves."""
    path = Path(args.watch)
    args.id = args.id or path.stem
    seen = -1
    while True:
        try:
            changed = path.stat().st_mtime_ns
            if changed == seen:
                time.sleep(WATCH_SECONDS)
                continue
            seen = changed
            tables = tomllib.loads(path.read_text(encoding="utf-8"))
        except OSError as error:
            if isinstance(error, FileNotFoundError) and seen >= 0:
                time.sleep(WATCH_SECONDS)
                continue
            say(f"{path}: {error.strerror}")
            return PROBLEM
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            say(f"{path}: {error}")
            continue
        if sys.stdout.isatty():
            print("\x1b[2J\x1b[H", end="")
        _show(args, size, {path.stem: tables})
        sys.stdout.flush()


def _show(
    args: argparse.Namespace, size: tuple[int, int], fresh: Mapping[str, Mapping[str, object]]
) -> int:
    from stretch_tui.figure import PoseBook

    loaded = compose.loaded()
    book = PoseBook.parse(_Over(loaded.poses, fresh) if fresh else loaded.poses)
    poses = _poses(args.id, loaded.catalog, book)
    if not poses:
        return USAGE
    if missing := [pose for pose in poses if pose not in book]:
        say(f"{args.id} has no figure: there is no pose {missing[0]!r} yet")
        return PROBLEM
    diagram = _diagram(book, poses, args, size)
    if diagram is None:
        return _undrawable(poses, book)
    frames = _frames(diagram, poses, args)
    if not frames:
        say(f"it has {count(len(poses), 'phase')}: --phase takes a number from 1 to {len(poses)}")
        return USAGE
    _print(frames, size[0], side_by_side=args.sheet)
    return OK


def _show_all(args: argparse.Namespace, size: tuple[int, int]) -> int:
    """Print every stretch of the catalog that has a figure, one after the other."""
    from stretch_tui.figure import PoseBook

    loaded = compose.loaded()
    book = PoseBook.parse(loaded.poses)
    for _, stretch in sorted(loaded.catalog.stretches.items()):
        poses = _key_poses(stretch)
        diagram = _diagram(book, poses, args, size)
        if poses and diagram is None:
            return _undrawable(poses, book)
        if diagram is not None:
            _print(_frames(diagram, poses, args), size[0], side_by_side=True)
    return OK


def _diagram(
    book: PoseBook, poses: Sequence[str], args: argparse.Namespace, size: tuple[int, int]
) -> Diagram | None:
    from stretch_tui.figure import Style

    return book.diagram(
        poses, *size, style=Style(args.style), yaw=args.yaw, pitch=args.pitch,
        mirrored=args.side == "left",
    )  # fmt: skip


class _Over(dict[str, Mapping[str, object]]):
    """Fresh tables laid over files that are read lazily."""

    def __init__(
        self,
        files: Mapping[str, Mapping[str, object]],
        fresh: Mapping[str, Mapping[str, object]],
    ) -> None:
        super().__init__(fresh)
        self._files = files

    def get(self, key: str, default: Mapping[str, object] | None = None) -> Mapping[str, object]:  # type: ignore[override]
        """Look into the fresh tables first."""
        found = super().get(key)
        return found if found is not None else self._files.get(key, default or {})


def _poses(asked: str, catalog: Catalog, book: PoseBook) -> tuple[str, ...]:
    """Return the key poses of a stretch, a pose by itself, or all poses of a file."""
    if asked in book:
        return (asked,)
    if lookup(asked, catalog, STRETCH) is None and book.ids(asked):
        return book.ids(asked)
    stem = asked.partition("/")[0]
    if "/" in asked and (known := book.ids(stem)):
        say(f"there is no pose {asked!r}{nearest(asked, known) or f'; one of {listed(known)}'}")
        return ()
    found = meant(asked, catalog, STRETCH)
    return _key_poses(catalog.stretches[found]) if found is not None else ()


def _key_poses(stretch: Stretch) -> tuple[str, ...]:
    return tuple(dict.fromkeys(phase.pose for phase in stretch.phases))


def _undrawable(poses: Sequence[str], book: PoseBook) -> int:
    from stretch_tui.figure import PoseError

    for pose in poses:
        try:
            book.solved(pose)
        except PoseError as error:
            hint = f" ({error.hint})" if error.hint else ""
            say(f"{pose}: {error}{hint}")
            return PROBLEM
    say("a figure needs at least 20x8 cells")
    return USAGE


def _frames(
    diagram: Diagram, poses: Sequence[str], args: argparse.Namespace
) -> list[tuple[str, Frame]]:
    chosen = range(len(poses)) if args.phase is None else [args.phase - 1]
    frames: list[tuple[str, Frame]] = []
    for index in chosen:
        if not 0 <= index < len(poses):
            return []
        frames.append((poses[index], diagram.key(index)))
        if index + 1 < len(poses):
            frames += [
                (f"{poses[index]} {k}/{args.frames + 1}",
                 diagram.between(index, index + 1, k / (args.frames + 1)))
                for k in range(1, args.frames + 1)
            ]  # fmt: skip
    return frames


def _print(frames: Sequence[tuple[str, Frame]], width: int, *, side_by_side: bool) -> None:
    color = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    across = 1
    if side_by_side:
        room = os.get_terminal_size().columns if sys.stdout.isatty() else 3 * width + 6
        across = max(1, (room + 3) // (width + 3))
    for start in range(0, len(frames), across):
        group = frames[start : start + across]
        print("   ".join(f"{title[:width]:{width}}" for title, _ in group).rstrip())
        for lines in zip(*(_lines(frame, color=color) for _, frame in group), strict=True):
            print("   ".join(lines).rstrip())


def _lines(frame: Frame, *, color: bool) -> tuple[str, ...]:
    if not color:
        return frame.plain()
    return tuple(map(_colored, frame.rows, frame.paint, frame.tone))


def _colored(row: str, paint: str, tones: str) -> str:
    """Write a row in runs of one color; flesh is told by its background, not by dots."""
    line = ""
    cells = zip(row, paint, tones, strict=True)
    for (kind, tone), run in groupby(cells, key=itemgetter(1, 2)):
        text = "".join(" " if kind == "f" else char for char, *_ in run)
        back = BACK_STRETCHED if kind == "s" and tone in BACKS else BACKS.get(tone)
        codes = ";".join(filter(None, (SGR.get(kind), back)))
        line += f"\x1b[{codes}m{text}\x1b[m" if codes else text
    return line
