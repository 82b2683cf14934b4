"""What the terminal can do, read from the environment before textual is imported.

Nothing here imports textual: it reads its own settings from the environment as it is imported.
"""

from __future__ import annotations

import gc
import locale
import sys
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass

RICH_TERMS = ("alacritty", "foot", "xterm-ghostty", "ghostty", "wezterm", "xterm-kitty", "contour")
"""Terminals of 256 colors and more whose names don't say so; ssh forwards TERM, not COLORTERM."""

SWITCH_SECONDS = 0.001
"""How long the threads that read and write the log keep the one that draws waiting, at most."""

POOR_TERMS = ("linux", "vt100", "vt102", "vt220", "ansi", "cons25")
"""Terminals whose fonts hold little more than ASCII."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the screens have to know of the terminal they are drawn on."""

    ascii: bool = False
    """Only 7-bit characters arrive intact."""
    colorless: bool = False
    """The user asked for no color at all (NO_COLOR)."""
    remote: bool = False
    """The terminal is at the far end of a network."""

    @classmethod
    def of(cls, environ: Mapping[str, str]) -> Surroundings:
        """Read them from the environment."""
        term = environ.get("TERM", "")
        return cls(
            ascii=term in POOR_TERMS or not _utf8(environ),
            colorless=bool(environ.get("NO_COLOR")),
            remote=any(environ.get(name) for name in ("SSH_CONNECTION", "SSH_TTY", "MOSH_IP")),
        )


def prepare_interpreter() -> None:
    """Start fast: look for no garbage while only modules are loaded, and load no encryption.

    asyncio takes ssl when it is there; a program without a network has no use for it. The app turns
    the collector on again after its first frame.
    """
    gc.disable()
    sys.setswitchinterval(SWITCH_SECONDS)
    sys.modules.setdefault("ssl", None)  # type: ignore[arg-type]


def prepare_environment(environ: MutableMapping[str, str]) -> None:
    """Tell textual, which reads the environment on import, what this terminal can do.

    Leaves alone what the user has set.
    """
    prepare_interpreter()
    term = environ.get("TERM", "")
    if not environ.get("COLORTERM") and term.partition("+")[0] in RICH_TERMS:
        environ.setdefault("TEXTUAL_COLOR_SYSTEM", "256")
    if term in POOR_TERMS:  # COLORTERM may be left over from the terminal that it was begun in
        environ.setdefault("TEXTUAL_COLOR_SYSTEM", "standard")
    environ.setdefault("TEXTUAL_ANIMATIONS", "none")
    # A key pressed alone is told from an escape sequence within this many milliseconds.
    environ.setdefault("ESCDELAY", "25" if not environ.get("SSH_CONNECTION") else "60")


def _utf8(environ: Mapping[str, str]) -> bool:
    """Whether the locale writes UTF-8; an unset locale is asked of the machine."""
    name = environ.get("LC_ALL") or environ.get("LC_CTYPE") or environ.get("LANG") or ""
    if "." in name:
        return name.partition(".")[2].partition("@")[0].lower().replace("-", "") == "utf8"
    if name in ("", "C", "POSIX"):
        return locale.getpreferredencoding(False).lower().replace("-", "") == "utf8"
    return True
