"""A report of a crash that holds no one's words: names and lines of code, never values."""

from __future__ import annotations

import platform
import traceback

from stretch_tui import __version__


def report_of(error: BaseException) -> str:
    """What went wrong and where, without the values of any variable.

    The message of an error may quote what a person typed, so only its kind is told for errors of
    the kinds that do.
    """
    frames = traceback.extract_tb(error.__traceback__)
    where = "".join(traceback.format_list(frames))
    kind = type(error).__name__
    said = "" if isinstance(error, (KeyError, ValueError, UnicodeError)) else f": {error}"
    return f"stretch-tui {__version__}, Python {platform.python_version()}\n{where}{kind}{said}\n"
