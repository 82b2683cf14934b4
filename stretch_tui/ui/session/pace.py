"""When the player's one timer has to wake next: at what changes on screen, and not between."""

from __future__ import annotations

from stretch_tui.core.session.motion import moves
from stretch_tui.core.session.player import Player
from stretch_tui.core.session.scene import run_of
from stretch_tui.core.session.standing import shown
from stretch_tui.core.session.states import State

_LATE = 0.004
"""Timers may come early; this little later the next second is surely there."""
_EARLY = 0.05
"""How long before a second is over its number changes, as `shown` has it."""
_LEAST = 0.02
_MOST = 1.0


def seconds_to_next_look(player: Player, fps: float, breath_cell_seconds: float | None) -> float:
    """Seconds until the number, the segment, the figure or the breath changes; at most 1.

    `breath_cell_seconds` is how long the breath takes for one cell of its hill, None when no
    breath is shown.
    """
    left = run_of(player.timeline, player.index)[1] - player.position
    number = left - (shown(left) - 1) - _EARLY
    candidates = [number + _LATE, player.left_seconds + _LATE]
    if moves(player.timeline, player.index):
        candidates.append(1 / fps)
    if breath_cell_seconds is not None:
        into = player.into_seconds % breath_cell_seconds
        candidates.append(max(breath_cell_seconds - into, 1 / fps) + _LATE)
    return min(_MOST, max(_LEAST, min(candidates)))


def ticking(player: Player) -> bool:
    """Whether anything changes with time."""
    return player.state is State.RUNNING
