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

if TYPE_CHECKING:
    from stretch_tui.core.content.stretch import Stretch
    from stretch_tui.figure import Diagram, Frame, PoseBook

OK, PROBLEM, USAGE = 0, 1, 2
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
    parser.add_argument("--phase", type=int, metavar="N", help="only the Nth phase, from 1")
    parser.add_argument("--size", default="40x16", metavar="WxH", help="cells (default 40x16)")
    parser.add_argument("--side", choices=("left", "right"), default="right")
    parser.add_argument("--style", choices=("ascii", "solid", "braille"), default="ascii")
    parser.add_argument("--yaw", type=_degrees, default=0.0, metavar="D", help="turn the camera")
    parser.add_argument("--pitch", type=_degrees, default=0.0, metavar="D", help="raise the camera")
    parser.add_argument(
        "--frames",
        type=_frames_between,
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


def _degrees(text: str) -> float:
    """Read an angle. Raises ValueError, which argparse turns into words."""
    degrees = float(text)
    if not abs(degrees) <= 360:
        raise argparse.ArgumentTypeError(f"{text} is no angle from -360 to 360")
    return degrees


def _frames_between(text: str) -> int:
    """Read a number of in-betweens."""
    frames = int(text)
    if not 0 <= frames <= MOST_FRAMES:
        raise argparse.ArgumentTypeError(f"{text} is not from 0 to {MOST_FRAMES}")
    return frames


def run(args: argparse.Namespace) -> int:
    """Print the figure; with --watch, again and again until interrupted."""
    size = _size(args.size)
    if size is None:
        print("stretch-tui: --size takes columns and lines, as 40x16", file=sys.stderr)
        return USAGE
    if args.watch:
        return _watch(args, size)
    if args.id is None and not args.sheet:
        print("stretch-tui: say which figure, as `stretch-tui figure cat-cow`", file=sys.stderr)
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
            print(f"stretch-tui: {path}: {error.strerror}", file=sys.stderr)
            return PROBLEM
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            print(f"stretch-tui: {path}: {error}", file=sys.stderr)
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
    stretch = loaded.catalog.stretches.get(args.id)
    poses = _poses(args.id, stretch, book)
    unknown = [pose for pose in poses if pose not in book]
    if not poses or unknown:
        return _unknown(args.id, unknown)
    diagram = _diagram(book, poses, args, size)
    if diagram is None:
        return _undrawable(poses, book)
    frames = _frames(diagram, poses, args)
    if not frames:
        print(f"stretch-tui: there are {len(poses)} phases", file=sys.stderr)
        return USAGE
    _print(frames, size[0], side_by_side=args.sheet)
    return OK


def _show_all(args: argparse.Namespace, size: tuple[int, int]) -> int:
    """Print every stretch of the catalog that has a figure, one after the other."""
    from stretch_tui.figure import PoseBook

    loaded = compose.loaded()
    book = PoseBook.parse(loaded.poses)
    for stretch_id, stretch in sorted(loaded.catalog.stretches.items()):
        poses = _poses(stretch_id, stretch, book)
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


def _poses(asked: str, stretch: Stretch | None, book: PoseBook) -> tuple[str, ...]:
    """Return the key poses of a stretch, a pose by itself, or all poses of a file."""
    if stretch is not None:
        return tuple(dict.fromkeys(phase.pose for phase in stretch.phases))
    return (asked,) if "/" in asked else book.ids(asked)


def _unknown(asked: str, unknown: Sequence[str]) -> int:
    what = f"no pose {unknown[0]!r}" if unknown else f"no stretch or pose {asked!r}"
    print(f"stretch-tui: {what}; `stretch-tui list` shows all stretches", file=sys.stderr)
    return PROBLEM


def _undrawable(poses: Sequence[str], book: PoseBook) -> int:
    from stretch_tui.figure import PoseError

    for pose in poses:
        try:
            book.solved(pose)
        except PoseError as error:
            hint = f" ({error.hint})" if error.hint else ""
            print(f"stretch-tui: {pose}: {error}{hint}", file=sys.stderr)
            return PROBLEM
    print("stretch-tui: a figure needs at least 20x8 cells", file=sys.stderr)
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
