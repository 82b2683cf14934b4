"""The first screen as it was left, kept in the cache so that the next start can show it at once.

It is shown before anything else is loaded, so this module imports next to nothing. A frame is
valid for one version, one terminal and one state of every file that it depends on. What is not
whole, not ours or not of the few forms a frame is made of is no frame: a terminal obeys what is
written to it, so only colors, places and printable text are ever taken from the file.
"""

from __future__ import annotations

import os
import stat
import sys
import zlib

from stretch_tui import __version__

TYPE_CHECKING = False  # the module of that name takes longer to load than all of this
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from stretch_tui.storage.paths import Paths

Piece = tuple[int, int, tuple[str, str, str], str]
"""Row, column, the codes of attributes, foreground and background, and text."""

NAME = "first.frame"
MAGIC = "stretch-tui first frame 1"
LIMIT = 256 * 1024
FLAG = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
SEEN = (
    *("TERM", "COLORTERM", "NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE"),
    *("LC_ALL", "LC_CTYPE", "LANG", "PYTHONUTF8", "COLUMNS", "LINES"),
    *("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"),
)
"""Variables that change the picture, or where what it shows is kept; and all of Textual's own."""


class Frame:
    """What a terminal of some size is to show first."""

    __slots__ = ("back", "look", "pieces", "size", "stamps")

    def __init__(
        self,
        look: str,
        size: tuple[int, int],
        back: str,
        pieces: Sequence[Piece],
        stamps: Sequence[str],
    ) -> None:
        """`back` is the code of the background, `stamps` are of the files it depends on."""
        self.look = look
        self.size = size
        self.back = back
        self.pieces = pieces
        self.stamps = stamps

    def holds(self, look: str, size: tuple[int, int]) -> bool:
        """Whether a start would still come to show it: nothing it depends on has changed."""
        return (
            self.look == look
            and self.size == size
            and all(stamp(line.split(" ", 2)[-1]) == line for line in self.stamps)
        )


def look_of(environ: Mapping[str, str], *, plain: bool) -> str:
    """All but files and size that the picture depends on, in one line."""
    names = (*SEEN, *sorted(name for name in environ if name.startswith("TEXTUAL")))
    seen = [(name, environ[name]) for name in names if name in environ]
    return repr((__version__, __file__, sys.platform, plain, seen))


def cache_folder(environ: Mapping[str, str]) -> str:
    """The cache folder, as `Paths` finds it with more ado; should they differ, nothing is found."""
    named = environ.get("STRETCH_TUI_DATA_DIR")
    if named:
        return os.path.join(os.getcwd(), os.path.expanduser(named), "cache")
    caches = environ.get("XDG_CACHE_HOME", "").strip()
    if not caches:
        mac = sys.platform == "darwin"
        caches = os.path.expanduser("~/Library/Caches" if mac else "~/.cache")
    return os.path.join(caches, "stretch-tui")


def stamp(path: str) -> str:
    """What tells one state of a file or folder from another, in one line with its path."""
    try:
        found = os.stat(path)
    except (OSError, ValueError):
        return f"- - {path}"
    return f"{found.st_mtime_ns} {found.st_size} {path}"


def stamps(paths: Iterable[str]) -> list[str]:
    """The stamps of files, and of folders with the TOML files in them."""
    lines = []
    for path in paths:
        lines.append(stamp(path))
        try:
            names = os.listdir(path)
        except OSError:
            continue
        lines += [stamp(os.path.join(path, one)) for one in sorted(names) if one.endswith(".toml")]
    return lines


def read(folder: str) -> Frame | None:
    """The frame that is kept in a folder; None when there is none that can be trusted."""
    try:
        handle = os.open(os.path.join(folder, NAME), os.O_RDONLY | FLAG)
    except OSError:
        return None
    try:
        found = os.fstat(handle)
        ours = found.st_uid == os.geteuid() and not found.st_mode & 0o022
        if not (ours and stat.S_ISREG(found.st_mode) and found.st_size <= LIMIT):
            return None
        return parse(os.read(handle, LIMIT))
    except (OSError, ValueError, IndexError):
        return None
    finally:
        os.close(handle)


def dump(frame: Frame) -> bytes:
    """A frame as it is kept."""
    columns, rows = frame.size
    lines = [frame.look, f"{columns} {rows} {len(frame.stamps)} {frame.back}", *frame.stamps]
    lines += [f"{y} {x} {' '.join(codes)} {text}" for y, x, codes, text in frame.pieces]
    rest = "\n".join(lines).encode("utf-8", "surrogateescape")
    return f"{MAGIC} {zlib.crc32(rest):08x}\n".encode() + rest


def parse(data: bytes) -> Frame | None:
    """The frame in these bytes; None or ValueError when they are none."""
    head, _, rest = data.partition(b"\n")
    if head != f"{MAGIC} {zlib.crc32(rest):08x}".encode():
        return None
    look, sizes, *lines = rest.decode("utf-8", "surrogateescape").split("\n")
    columns, rows, number, back = sizes.split(" ")
    size, count = (int(columns), int(rows)), int(number)
    pieces = [_piece(line, size) for line in lines[count:]]
    return Frame(look, size, _codes(back), pieces, lines[:count])


def _piece(line: str, size: tuple[int, int]) -> Piece:
    y, x, attributes, front, back, text = line.split(" ", 5)
    row, column = int(y), int(x)
    inside = 0 <= row < size[1] and 0 <= column <= column + len(text) <= size[0]
    if not (inside and text.isprintable()):
        raise ValueError(line)
    return row, column, (_codes(attributes), _codes(front), _codes(back)), text


def _codes(text: str) -> str:
    """Parameters of a color, and nothing else."""
    if text.strip("0123456789;"):
        raise ValueError(text)
    return text


class FirstFrames:
    """Keeps the first screen for the next start."""

    def __init__(self, paths: Paths, catalog: str, look: str) -> None:
        """`catalog` is the folder of the shipped one; what is read once is as it is now."""
        self._paths = paths
        self._look = look
        shipped = [os.path.join(catalog, kind) for kind in ("stretches", "routines")]
        self._read_once = [*shipped, *map(str, (paths.config, paths.stretches, paths.poses))]
        self._at_start = stamps(self._read_once)

    def as_of(self) -> Sequence[str]:
        """The state of the files that the first screen reads more than once."""
        paths = self._paths
        return stamps(map(str, (paths.data, paths.history, paths.routines)))

    def keep(
        self, size: tuple[int, int], back: str, pieces: Sequence[Piece], as_of: Sequence[str]
    ) -> None:
        """Keep a frame made from files in that state, if that is their state still."""
        if stamps(self._read_once) != self._at_start or self.as_of() != as_of:
            return
        if any(self._paths.data.glob("run-*.json")):
            return  # a session that is left comes first in the list, as soon as nobody plays it
        from stretch_tui.storage.content.catalog_index import write_whole  # noqa: PLC0415

        frame = Frame(self._look, size, back, pieces, [*self._at_start, *as_of])
        if "\n" not in f"{self._look}{''.join(frame.stamps)}":
            write_whole(self._paths.cache / NAME, dump(frame))
