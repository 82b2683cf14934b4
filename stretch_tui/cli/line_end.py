"""What line mode says before and after a session: one spoken line for each thing to say."""

from __future__ import annotations

from collections.abc import Sequence

from stretch_tui.core.content.wording import clock, count, exact
from stretch_tui.core.log.logbook import Ending
from stretch_tui.core.log.stats import Share
from stretch_tui.core.log.streak_words import step_words
from stretch_tui.core.red_flags import RED_FLAGS, RED_FLAGS_LEAD
from stretch_tui.core.session.recap import Recap
from stretch_tui.core.settings import Settings

_WORD = {Ending.FINISHED: "Done", Ending.ENDED: "Ended", Ending.HURT: "Stopped"}


def end_lines(recap: Recap, settings: Settings) -> list[str]:
    """What was done, by region and side, the step of the streak, and what could follow."""
    session = recap.session
    lines = [f"{_WORD[session.ending]}: {exact(session.seconds)} of stretching."]
    if recap.regions:
        lines.append(
            "; ".join(_got(*region) for region in recap.regions.items()).capitalize() + "."
        )
    if session.ending is Ending.HURT:
        return [*lines, f"{RED_FLAGS_LEAD} {'; '.join(RED_FLAGS)}."]
    if settings.show_streak:
        lines.append(step_words(recap.before, recap.after))
    if recap.advice is not None:
        lines.append(recap.advice.words)
    if recap.idea is not None:
        lines.append(f"Tomorrow: {recap.idea.words}")
    return lines


def _got(region: str, share: Share) -> str:
    """One region: `neck left 0:36, right 0:36`, or its name and one time when it has no sides."""
    sides = [("left", share.left), ("right", share.right)]
    told = [f"{side} {clock(seconds)}" for side, seconds in sides if seconds]
    if share.both:
        told.append(f"both sides {clock(share.both)}" if told else clock(share.both))
    return f"{region.replace('-', ' ')} {', '.join(told)}"


def left_words(names: Sequence[str]) -> str:
    """The routines that were left half way, the last one first, in one line however many."""
    more = len(names) - 1
    others = f", and {count(more, 'session')} before it" if more else ""
    return f"{names[0]} was left half way{others}: `stretch-tui play --resume` goes on with it"
