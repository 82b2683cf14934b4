"""What the user can set; every field has a careful default."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from stretch_tui.core.amount import Amount


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings, as config.toml holds them; keys of the file are these names."""

    dose: Amount = Amount.GENTLE
    """Which end of a published range is played."""
    breath_seconds: float = 6.0
    """One slow breath, 4 to 12 s: in for 0.4 of it, out for 0.6."""
    get_ready_seconds: int = 5
    """Before the first stretch."""
    rest_seconds: int = 6
    """Between stretches, to get into the next one."""
    switch_seconds: int = 5
    """To change sides."""
    move_seconds: int = 3
    """To move from one phase into the next."""
    goal_days: int = 3
    """Days a week that keep the streak, 1 to 7; the log dates every change of it."""
    day_start_hour: int = 3
    """The hour at which a day begins, 0 to 12."""
    zone: str = ""
    """IANA zone name; empty takes the machine's."""
    show_streak: bool = True
    equipment: tuple[str, ...] | None = None
    """What is at hand; None means unknown, and nothing is left out."""
    theme: str = "stretch"
    figure_style: str = "ascii"
    """`ascii`, `solid` or `braille`."""
    ascii: bool = False
    """Plain ASCII borders, bars and marks everywhere."""
    mouse: bool = True
    sound: bool = True
    """Bells at start, halfway, switch and done."""
    flash: bool = True
    """A flash of the whole screen at the same moments."""
    notify: bool = False
    """Terminal notifications (OSC 9 or 777) at the end of a hold and a session."""
    progress: bool = False
    """Progress in the terminal's tab or taskbar (OSC 9;4)."""
    keys: Mapping[str, str] = field(default_factory=dict)
    """Binding id to keys, to remap them."""
