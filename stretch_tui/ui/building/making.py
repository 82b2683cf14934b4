"""What can be wished for in the make dialog, and how wish and picks are drawn there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from rich.cells import cell_len

from stretch_tui.core.content.stretch import Region, Stretch
from stretch_tui.core.content.wording import dose_short, form_words
from stretch_tui.core.errors import StoreError
from stretch_tui.core.log.days import day_of
from stretch_tui.core.planner.plan import Pick
from stretch_tui.core.planner.wish import LEAST_MINUTES, Wish, informed
from stretch_tui.core.settings import Settings
from stretch_tui.ui.marks import Marks
from stretch_tui.ui.services import Services
from stretch_tui.ui.widgets.drawn import Line, fit, wrap

REGIONS: tuple[Region | None, ...] = (None, *Region)
PLACES = ("anywhere", "no floor", "at the desk")
FIELDS = ("minutes", "for", "where")
MOST = 60
"""Minutes that the keys go up to; the command line takes more."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is set in the dialog."""

    minutes: int = 5
    region: int = 0
    """Index into `REGIONS`."""
    place: int = 0
    """Index into `PLACES`."""

    def changed(self, field: int, by: int) -> Asked:
        """With one field a step on; regions and places go round."""
        if field == 0:
            return replace(self, minutes=min(max(self.minutes + by, LEAST_MINUTES), MOST))
        if field == 1:
            return replace(self, region=(self.region + by) % len(REGIONS))
        return replace(self, place=(self.place + by) % len(PLACES))

    def words(self, field: int) -> str:
        """The value of a field."""
        if field == 0:
            return str(self.minutes)
        if field == 1:
            region = REGIONS[self.region]
            return "anything" if region is None else region.label
        return PLACES[self.place]

    def wish(self, services: Services) -> Wish:
        """The wish, with all that the log knows; without that when it can't be read."""
        region = REGIONS[self.region]
        today = day_of(services.now(), services.settings)
        wish = Wish(
            self.minutes,
            regions=() if region is None else (region,),
            at_desk=self.place == 2,
            no_floor=self.place == 1,
            equipment=services.settings.equipment,
            seed=today.toordinal(),
        )
        try:
            return informed(wish, services.logbook, today)
        except StoreError:
            return wish


def field_line(asked: Asked, number: int, here: bool, marks: Marks, width: int) -> Line:
    """One field of the wish, with arrows when the cursor is on it."""
    value = asked.words(number)
    left, right = (marks.left, marks.right) if here else (" ", " ")
    text = f" {left} {value} {right}"
    pad = " " * max(0, width - 12 - cell_len(text))
    return (
        (f"{marks.cursor if here else ' '} {FIELDS[number]:<10}", _on("quiet", here)),
        (text, _on("accent" if here else "", here)),
        (pad, _on("", here)),
    )


def pick_lines(
    number: int,
    pick: Pick,
    stretch: Stretch,
    here: bool,
    settings: Settings,
    marks: Marks,
    width: int,
) -> Iterator[Line]:
    """One pick with its dose, and below it the reason."""
    dose = dose_short(pick.step.dose or stretch.dose, settings)
    lead = f"{marks.cursor if here else ' '} {number + 1:>2}  "
    room = max(0, width - cell_len(lead) - cell_len(dose) - 2)
    name = fit(form_words(stretch, pick.step.variation), room, marks)
    yield (
        (lead, _on("accent", here)),
        (name, _on("", here)),
        (f"  {dose}", _on("quiet", here)),
    )
    why = wrap(f"{pick.position.label}: {pick.why}", max(10, width - 6))
    yield from ((("      ", ""), (line, "quiet")) for line in why)


def _on(ink: str, here: bool) -> str:
    """The ink of a row, under the cursor or not."""
    if not here:
        return ink
    return {"quiet": "cursor-quiet", "accent": "cursor-accent"}.get(ink, "cursor")
