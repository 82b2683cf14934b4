"""What a stretch is: where it works, what it needs, how it is done."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from stretch_tui.core.content.dose import Dose, Range


class Region(StrEnum):
    """A part of the body that a stretch reaches."""

    NECK = "neck"
    UPPER_TRAPS = "upper-traps"
    SHOULDERS = "shoulders"
    CHEST = "chest"
    UPPER_BACK = "upper-back"
    MIDDLE_BACK = "middle-back"
    LOWER_BACK = "lower-back"
    LATS = "lats"
    CORE = "core"
    HIPS = "hips"

    @property
    def label(self) -> str:
        """The region in words, for a screen."""
        return self.value.replace("-", " ")


class Position(StrEnum):
    """How the body is placed; floor positions need the floor."""

    STANDING = "standing"
    CHAIR = "chair"
    FLOOR_SEATED = "floor-seated"
    HANDS_AND_KNEES = "hands-and-knees"
    KNEELING = "kneeling"
    PRONE = "prone"
    SUPINE = "supine"
    SIDE_LYING = "side-lying"

    @property
    def floor(self) -> bool:
        """Whether the body has to go down to the floor."""
        return self not in (Position.STANDING, Position.CHAIR)

    @property
    def label(self) -> str:
        """The position in words, for a screen."""
        words = {"chair": "seated", "prone": "face down", "supine": "on the back"}
        return words.get(self.value, self.value.replace("-", " "))


class Level(StrEnum):
    """How demanding a stretch is."""

    EASY = "easy"
    MEDIUM = "medium"
    ADVANCED = "advanced"


EQUIPMENT = (
    "chair",
    "doorway",
    "wall",
    "corner",
    "towel",
    "t-shirt",
    "pillow",
    "blanket",
    "foam-roller",
)
"""What the catalog's stretches may need."""

JOINTS = ("knees", "wrists", "neck", "shoulders", "lower-back")
"""What a person may want to spare."""


@dataclass(frozen=True, slots=True)
class Phase:
    """One key pose of a stretch, in the order in which they follow."""

    name: str
    """What the phase is called in doses ("cow", "open")."""
    pose: str
    """The id of the pose that draws it: file stem, slash, table."""
    cue: str = ""
    """The one line said while the phase is played; empty falls back to the step's words."""
    through: tuple[str, ...] = ()
    """Poses passed on the way into this one, for circles and rolls."""


@dataclass(frozen=True, slots=True)
class Variation:
    """A named form of a stretch: easier, harder, or with another prop."""

    id: str
    name: str
    kind: str
    """`easier`, `harder` or `alternative`."""
    how: str
    """What is different, in a sentence."""
    phases: tuple[Phase, ...] = ()
    """Its own key poses; empty means those of the stretch."""
    needs: tuple[str, ...] | None = None
    """Equipment of this form; None means as the stretch needs."""
    position: Position | None = None
    """How the body is placed for this form; None means wherever the stretch works."""


@dataclass(frozen=True, slots=True)
class SourceNote:
    """What one published program says of a stretch."""

    routine: str
    """The id of the program, which is also the id of its routine."""
    note: str = ""
    """A fact worth saying in our words, such as a published aim that differs."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """One stretch of the catalog, or of the user's own folder."""

    id: str
    name: str
    regions: tuple[Region, ...]
    position: Position
    level: Level
    steps: tuple[str, ...]
    """How to do it, one spoken sentence each."""
    phases: tuple[Phase, ...]
    dose: Dose
    also: tuple[str, ...] = ()
    """Other names it goes by."""
    positions: tuple[Position, ...] = ()
    """Other positions in which it works as well."""
    needs: tuple[str, ...] = ()
    """Equipment it cannot do without; `a|b` means any one of them."""
    optional: tuple[str, ...] = ()
    """Equipment that makes it kinder or deeper."""
    side_means: str = ""
    """What its side is: the arm that moves, the side stretched; empty when it has no sides."""
    avoid: tuple[str, ...] = ()
    """Joints it loads, for people who spare them: knees, wrists, neck, shoulders, lower-back."""
    cautions: tuple[str, ...] = ()
    feel: str = ""
    """Where the stretch should be felt."""
    why: str = ""
    """What it is good for, in a clause without medical claims."""
    variations: tuple[Variation, ...] = ()
    sources: tuple[SourceNote, ...] = ()
    build_to: Range | None = None
    """Seconds a hold may grow to over weeks, where a source says so."""
    own: bool = False
    """Whether it comes from the user's folder."""

    @property
    def floor(self) -> bool:
        """Whether it needs the floor in every position it works in."""
        return all(p.floor for p in (self.position, *self.positions))

    @property
    def two_sided(self) -> bool:
        """Whether it is done on one side, then the other."""
        return self.dose.two_sided

    def variation(self, variation_id: str | None) -> Variation | None:
        """The variation of that id, or None."""
        return next((v for v in self.variations if v.id == variation_id), None)

    def phases_of(self, variation_id: str | None) -> tuple[Phase, ...]:
        """The key poses of the stretch, or of one of its variations."""
        found = self.variation(variation_id)
        return found.phases if found is not None and found.phases else self.phases

    def defining_phase(self, variation_id: str | None = None) -> int:
        """Which of its phases the stretch is known by: the last that is held, else the last dosed.

        Of the phases of the variation; 0 where there are none.
        """
        names = [phase.name for phase in self.phases_of(variation_id)]
        dosed = [phase for phase in self.dose.phases if phase.name in names]
        known_by = [phase for phase in dosed if phase.held] or dosed
        return names.index(known_by[-1].name) if known_by else max(0, len(names) - 1)

    def defining_pose(self, variation_id: str | None = None) -> str:
        """The id of the pose that it is known by; empty for a stretch that is not drawn."""
        phases = self.phases_of(variation_id)
        return phases[self.defining_phase(variation_id)].pose if phases else ""


def available(needs: tuple[str, ...], equipment: tuple[str, ...] | None) -> bool:
    """Whether everything needed is at hand; unknown equipment (None) leaves nothing out."""
    if equipment is None:
        return True
    return all(any(one in equipment for one in need.split("|")) for need in needs)
