"""A small, fixed world for screens: a catalog, a log in memory, figures of plain letters."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

from stretch_tui.core.content.catalog import Catalog, SourceProgram, Tip
from stretch_tui.core.content.dose import Dose, Range, Sides
from stretch_tui.core.content.routine import Routine, Step
from stretch_tui.core.content.stretch import (
    Level,
    Phase,
    Position,
    Region,
    SourceNote,
    Stretch,
    Variation,
)
from stretch_tui.core.errors import StoreError
from stretch_tui.core.log.logbook import Goal, Pause, Session
from stretch_tui.core.log.marks import Mark
from stretch_tui.core.log.tally import mark
from stretch_tui.core.session.checkpoint import Checkpoint
from stretch_tui.core.settings import Settings
from stretch_tui.figure import Frame, Style
from stretch_tui.ui.services import Services

NOW = datetime(2026, 3, 4, 9, 30, tzinfo=UTC)
"""A Wednesday."""


def stretch(
    stretch_id: str,
    name: str,
    *,
    regions: tuple[Region, ...] = (Region.NECK,),
    position: Position = Position.CHAIR,
    dose: Dose | None = None,
    **more: object,
) -> Stretch:
    """A stretch of two poses with a 20-30 s hold on each side, unless told otherwise."""
    plain = Stretch(
        id=stretch_id,
        name=name,
        regions=regions,
        position=position,
        level=Level.EASY,
        steps=("Sit tall.", "Let the shoulders sink.", "Breathe out and go to a soft pull."),
        phases=(Phase("start", f"{stretch_id}/start"), Phase("hold", f"{stretch_id}/hold")),
        dose=dose or Dose(hold_seconds=Range(20, 30), sides=Sides.EACH),
        cautions=("Stop if your arm tingles.",),
    )
    return replace(plain, **more)  # type: ignore[arg-type]


STRETCHES = (
    stretch(
        "eagle-arms",
        "Eagle arms",
        regions=(Region.UPPER_BACK, Region.SHOULDERS),
        positions=(Position.STANDING,),
        dose=Dose(hold_seconds=Range(30, 30), sides=Sides.EACH),
        steps=(
            "Reach both arms out to the sides.",
            "Cross the elbows, then wrap the forearms.",
            "Lift the elbows and let the shoulder blades slide apart.",
        ),
        variations=(
            Variation("hug", "Self hug", "easier", "Rest the hands on opposite shoulders."),
        ),
        sources=(SourceNote("eight-for-neck"),),
        feel="between the shoulder blades",
    ),
    stretch("owl-neck", "Owl neck", regions=(Region.NECK, Region.UPPER_TRAPS)),
    stretch(
        "chair-rotation",
        "Chair rotation",
        regions=(Region.MIDDLE_BACK,),
        dose=Dose(hold_seconds=Range(10, 10), reps=Range(3, 3), sides=Sides.EACH),
    ),
    stretch(
        "cat-cow",
        "Cat-cow",
        regions=(Region.UPPER_BACK, Region.MIDDLE_BACK),
        position=Position.HANDS_AND_KNEES,
        dose=Dose(reps=Range(10, 10), flow=True, ours=("reps",)),
    ),
    stretch(
        "sphinx-pose",
        "Sphinx pose",
        regions=(Region.CHEST,),
        position=Position.PRONE,
        dose=Dose(hold_seconds=Range(30, 30)),
    ),
    stretch(
        "doorway-stretch",
        "Doorway stretch",
        regions=(Region.CHEST,),
        position=Position.STANDING,
        needs=("doorway",),
        dose=Dose(breaths=Range(3, 5)),
    ),
)

ROUTINES = (
    Routine(
        "eight-for-neck",
        "Eight for neck and shoulders",
        (Step("owl-neck"), Step("eagle-arms"), Step("chair-rotation"), Step("cat-cow")),
        about="A longer round for the neck and the shoulders.",
        author="Ada Example",
        stop_rule="Stop when a move makes it worse.",
        per_week=(2, 3),
    ),
    Routine(
        "desk-reset",
        "Desk reset",
        (Step("owl-neck"), Step("eagle-arms"), Step("doorway-stretch")),
        about="Three minutes beside the desk. Nothing needed.",
    ),
    Routine("wind-down", "Wind down", (Step("cat-cow"), Step("sphinx-pose"), Step("gone"))),
)

CATALOG = Catalog(
    {one.id: one for one in STRETCHES},
    {one.id: one for one in ROUTINES},
    {"eight-for-neck": SourceProgram("eight-for-neck", "Eight for neck", "Ada Example")},
    (Tip("Look at something far away."),),
)


class MemoryLogbook:
    """A log that lives as long as the test; `failing` makes every write raise."""

    def __init__(self, sessions: Sequence[Session] = (), favorites: Sequence[str] = ()) -> None:
        self._sessions = {session.uid: session for session in sessions}
        self._favorites = list(favorites)
        self._banned: set[str] = set()
        self._seen: set[str] = {"red-flags"}
        self._goals: dict[date, Goal] = {}
        self._config_goal: int | None = None
        self._pauses: list[Pause] = []
        self._undo: list[tuple[str, Callable[[], None]]] = []
        self.failing = ""
        self.is_long = False
        self.noticed: tuple[str, ...] = ()
        self.tell: Callable[[str], None] = lambda _: None

    def listen(self, tell: Callable[[str], None]) -> None:
        self.tell = tell

    def _write(self) -> None:
        if self.failing:
            raise StoreError(self.failing)

    def notices(self) -> tuple[str, ...]:
        return self.noticed

    def long(self) -> bool:
        return self.is_long

    def sessions(self) -> tuple[Session, ...]:
        return tuple(self._sessions.values())

    def history(self) -> tuple[Session, ...]:
        return self.sessions()

    def between(self, first: date, last: date) -> tuple[Session, ...]:
        return tuple(one for one in self.sessions() if first <= one.day <= last)

    def marks(self) -> list[Mark]:
        return [mark(session) for session in self.sessions()]

    def latest(self) -> Session | None:
        named = [session for session in self.sessions() if session.worth_repeating]
        return max(named, key=lambda session: session.started, default=None)

    def add(self, session: Session) -> None:
        self._write()
        self._sessions.setdefault(session.uid, session)

    def edit(self, session: Session) -> None:
        self._write()
        before = self._sessions[session.uid]
        self._sessions[session.uid] = session
        self._undo.append(("Change undone", lambda: self.edit(before)))

    def delete(self, uid: str) -> None:
        self._write()
        before = self._sessions.pop(uid)
        self._undo.append(("Deletion undone", lambda: self.add(before)))

    def favorites(self) -> tuple[str, ...]:
        return tuple(self._favorites)

    def set_favorite(self, item: str, favorite: bool) -> None:
        self._write()
        if favorite == (item in self._favorites):
            return
        before = list(self._favorites)
        if favorite:
            self._favorites.append(item)
        else:
            self._favorites.remove(item)
        self._undo.append(("Favorites as before", lambda: self._restore(before)))

    def _restore(self, favorites: list[str]) -> None:
        self._favorites = favorites

    def banned(self) -> frozenset[str]:
        return frozenset(self._banned)

    def set_banned(self, stretch: str, banned: bool) -> None:
        self._write()
        (self._banned.add if banned else self._banned.discard)(stretch)

    def seen(self) -> frozenset[str]:
        return frozenset(self._seen)

    def mark_seen(self, stretch: str) -> None:
        self._write()
        self._seen.add(stretch)

    def forget_seen(self) -> None:
        self._seen.clear()

    def goals(self) -> tuple[Goal, ...]:
        return tuple(self._goals[since] for since in sorted(self._goals))

    def set_goals(self, goals: Sequence[Goal]) -> None:
        self._write()
        self._goals |= {goal.since: goal for goal in goals}

    def config_goal(self) -> int | None:
        return self._config_goal

    def take_config_goal(self, days: int, goals: Sequence[Goal]) -> None:
        self._write()
        self._config_goal = days
        self._goals |= {goal.since: goal for goal in goals}

    def pauses(self) -> tuple[Pause, ...]:
        return tuple(self._pauses)

    def add_pause(self, pause: Pause) -> None:
        self._write()
        self._pauses.append(pause)

    def remove_pause(self, uid: str) -> None:
        self._write()
        self._pauses = [pause for pause in self._pauses if pause.uid != uid]

    def last_change(self) -> int:
        return len(self._undo)

    def undo(self) -> str | None:
        self._write()
        if not self._undo:
            return None
        said, take_back = self._undo.pop()
        take_back()
        return said


@dataclass
class MemoryRoutines:
    """Own routines in memory."""

    own: dict[str, Routine] = field(default_factory=dict)
    deleted: dict[str, Routine] = field(default_factory=dict)
    drafted: Routine | None = None

    def all(self) -> Mapping[str, Routine]:
        return dict(self.own)

    def save(self, routine: Routine) -> Routine:
        kept = replace(routine, own=True, id=routine.id or routine.name.lower().replace(" ", "-"))
        self.own[kept.id] = kept
        return kept

    def delete(self, routine_id: str) -> None:
        self.deleted[routine_id] = self.own.pop(routine_id)

    def restore(self, routine_id: str) -> None:
        self.own[routine_id] = self.deleted.pop(routine_id)

    def save_draft(self, routine: Routine) -> None:
        self.drafted = routine

    def draft(self, of: str | None = None) -> Routine | None:
        fits = self.drafted is not None and of in (None, self.drafted.id)
        return self.drafted if fits else None

    def discard_draft(self) -> None:
        self.drafted = None

    def release_draft(self) -> None:
        pass


@dataclass
class MemoryRuns:
    """Sessions in progress, in memory."""

    kept: dict[str, Checkpoint] = field(default_factory=dict)
    held: set[str] = field(default_factory=set)
    finished: dict[str, Session] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)

    def claim(self, checkpoint: Checkpoint) -> None:
        self.held.add(checkpoint.uid)
        self.kept[checkpoint.uid] = checkpoint

    def save(self, checkpoint: Checkpoint) -> None:
        self.kept[checkpoint.uid] = checkpoint
        self.finished.pop(checkpoint.uid, None)  # what goes on is not finished

    def heartbeat(self, checkpoint: Checkpoint) -> None:
        self.save(checkpoint)

    def take_over(self, uid: str) -> Checkpoint:
        self.held.add(uid)
        return self.kept[uid]

    def flush(self) -> None:
        """Nothing is ever behind."""

    def release(self, uid: str) -> None:
        self.held.discard(uid)

    def finish(self, session: Session) -> None:
        self.finished[session.uid] = session

    def discard(self, uid: str) -> None:
        self.kept.pop(uid, None)
        self.finished.pop(uid, None)
        self.held.discard(uid)

    def resumable(self) -> tuple[Checkpoint, ...]:
        return tuple(one for uid, one in self.kept.items() if uid not in self.held)

    def running(self) -> tuple[Checkpoint, ...]:
        return tuple(one for uid, one in self.kept.items() if uid in self.held)

    def unsaved(self) -> tuple[Session, ...]:
        return tuple(self.finished.values())

    def set_aside(self, uid: str, why: str) -> None:
        self.discard(uid)
        self.said.append(f"set aside: {why}")

    def notices(self) -> tuple[str, ...]:
        return tuple(self.said)


class LetterDiagram:
    """Key poses as a bar of their number in the middle of the pane."""

    view = ""

    def __init__(self, count: int, width: int, height: int) -> None:
        self._count, self._width, self._height = count, width, height

    def key(self, index: int) -> Frame:
        return self.between(index, index, 1.0)

    def between(self, a: int, b: int, t: float) -> Frame:
        at = a + (b - a) * t
        glyph = "o" if a == b or t in (0, 1) else "~"
        body = (glyph * (2 + round(at))).center(self._width)
        blank = " " * self._width
        rows = [blank] * self._height
        rows[self._height // 2] = body
        rows[-1] = "_" * self._width
        paint = [row.replace("o", "b").replace("~", "s").replace("_", "g") for row in rows]
        return Frame(tuple(rows), tuple(paint), tuple(" " * len(row) for row in rows))

    def mirrored(self) -> LetterDiagram:
        return self


class LetterFigures:
    """Draws any pose in any pane of at least 20x8."""

    def diagram(
        self,
        pose_ids: Sequence[str],
        width: int,
        height: int,
        *,
        style: Style = Style.ASCII,
        yaw: float = 0.0,
        pitch: float = 0.0,
        mirrored: bool = False,
    ) -> LetterDiagram | None:
        return LetterDiagram(len(pose_ids), width, height) if width >= 20 and height >= 8 else None


@dataclass
class Clock:
    """Seconds that pass only when a test says so."""

    seconds: float = 0.0

    def __call__(self) -> float:
        return self.seconds


def session(uid: str, day: date, routine: str = "desk-reset", seconds: float = 180) -> Session:
    """A finished session of that day, begun at 10:00 UTC."""
    started = datetime(day.year, day.month, day.day, 10, tzinfo=UTC)
    title = CATALOG.routines[routine].name if routine in CATALOG.routines else routine
    return Session(uid, started, 0, day, routine, title, seconds)


def world(**changes: object) -> Services:
    """Services of the small world; keyword arguments replace its parts."""
    plain = Services(
        shipped=CATALOG,
        figures=LetterFigures(),  # type: ignore[arg-type]
        logbook=MemoryLogbook(),
        routines=MemoryRoutines(),
        runs=MemoryRuns(),
        settings=Settings(zone="UTC"),
        now=lambda: NOW,
        monotonic=Clock(),
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def screen_text(app: object) -> str:
    """The grid of characters on the screen, without trailing blanks."""
    strips = app.screen._compositor.render_strips()  # type: ignore[attr-defined]
    return "\n".join(strip.text.rstrip() for strip in strips)
