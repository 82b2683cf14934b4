"""One session in words: for the list, its own page, and the shell."""

from __future__ import annotations

from datetime import timedelta

from stretch_tui.core.content.wording import duration
from stretch_tui.core.log.days import short_day
from stretch_tui.core.log.logbook import Ending, Session, Source


def session_marks(session: Session) -> str:
    """What is worth knowing of a session besides its time."""
    words = []
    if session.source is Source.LOGGED:
        words.append("entered afterwards")
    elif session.source is Source.IMPORTED:
        words.append("imported")
    if session.edited and session.source is not Source.LOGGED:
        words.append("edited")
    if session.ending is Ending.HURT:
        words.append("stopped, it hurt")
    elif session.ending is Ending.ENDED:
        words.append("ended early")
    return ", ".join(words)


def feel_words(session: Session) -> str:
    """How it felt, as far as it was said: `felt 5, then 2`."""
    before, after = session.feel_before, session.feel_after
    if before is not None and after is not None:
        return f"felt {before}, then {after}"
    if before is not None:
        return f"felt {before} before"
    return f"felt {after} after" if after is not None else ""


def session_words(session: Session, width: int = 100) -> tuple[str, str, str]:
    """A row of a list: day and time, minutes and title, the rest; shorter where it is narrow."""
    when = session.started + timedelta(minutes=session.offset_minutes)
    clock_words = f"{when:%H:%M}" if session.source is not Source.LOGGED else "     "
    left = f"{short_day(session.day):>10}  "
    if width >= 60:
        left = f"{left[:-2]} {session.day.year}  "
    if width >= 100:
        left = f"{left}{clock_words}  "
    rest = ", ".join(words for words in (feel_words(session), session_marks(session)) if words)
    return left, f"{duration(session.seconds):>6}  {session.title}", rest
