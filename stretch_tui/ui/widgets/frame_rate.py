"""How often a moving figure may be drawn: as often as its bytes can be afforded."""

from __future__ import annotations

FRAME_BYTES, CELL_BYTES = 250, 4.5
"""About what a frame of a moving figure costs: colors and places, and each cell that changed."""
BUDGET, BUDGET_FAR = 4500.0, 3000.0
"""Bytes a second that a moving figure may take; less at the other end of a network."""
LEAST_FPS = 3.0
"""Fewer frames a second would not be seen as a movement."""


def frames_a_second(changed_cells: int, most: float, *, far: bool = False) -> float:
    """How often a moving figure is drawn when so many cells changed from one frame to the next.

    A large figure in full swing costs several times what a nod of the head does.
    """
    budget = BUDGET_FAR if far else BUDGET
    afforded = budget / (FRAME_BYTES + CELL_BYTES * changed_cells)
    return min(most, max(LEAST_FPS, afforded))
