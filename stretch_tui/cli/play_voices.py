"""A session said line by line: in words for ears and eyes, or as JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Protocol

from stretch_tui.core.content.wording import clock, count
from stretch_tui.core.session.cues import Cue, CueKind
from stretch_tui.core.session.player import Player
from stretch_tui.core.session.states import Halt, State
from stretch_tui.core.session.timeline import Kind, PlayedStep, Segment, Timeline

HALTS = {
    Halt.ASKED: "Paused",
    Halt.AWAY: "Paused: this machine was away",
    Halt.OUTPUT: "Paused: the connection was stuck",
    Halt.SUSPENDED: "Paused",
    Halt.LEFT: "Paused",
    Halt.REOPENED: "Paused",
}
HELP = (
    "Keys: space or enter pauses and goes on, n next, p previous, r this again, + and - 5 seconds,"
    " i the words again, a already did it, l suggest it no more, x it hurts, v sound, q end,"
    " ? keys."
)

FEEL_ASK = "How sore are you? A digit says: 0 is not at all, 9 is very; no need to answer."

EVENTS = {
    CueKind.READY: "ready",
    CueKind.REST: "rest",
    CueKind.MOVE: "hold",
    CueKind.START: "hold",
    CueKind.SWITCH: "switch",
}
"""Cues that are events for programs: a segment is entered; a mere move is a hold that moves."""


class Voice(Protocol):
    """Says what happens; one line each."""

    def cue(self, player: Player, cue: Cue) -> None:
        """Something has happened on the timeline."""

    def state(self, player: Player) -> None:
        """The session now runs, waits, or is over."""

    def note(self, words: str) -> None:
        """Something to tell a person; programs don't hear it."""

    def mute(self) -> None:
        """Switch the bell off, or on again."""


class Spoken:
    """Plain sentences; `bell` adds the terminal's bell where a screen would ring."""

    def __init__(self, write: Callable[[str], None], *, bell: bool) -> None:
        self._out = write
        self._bell = bell
        self._rings = False

    def cue(self, player: Player, cue: Cue) -> None:
        """Say the cue, if it is worth a line; one that isn't rings with the next line."""
        self._rings = self._rings or bool(cue.bells)
        words = _cue_words(player.timeline, cue)
        if words:
            self._write(words)

    def state(self, player: Player) -> None:
        """Say that the clock stands, or goes on."""
        left = clock(player.left_seconds)
        match player.state:
            case State.PAUSED:
                self._write(f"{HALTS[player.halt]}, {left} left. Space goes on.")
            case State.READING:
                self._write(f"{how(player.step)} Space goes on.")
            case State.WAITING:
                self._write(f"New to you: {player.step.stretch.name}. Press space when ready.")
            case State.RUNNING:
                where = where_words(player.segment)
                self._write(f"Going on: {player.step.stretch.name}{where}, {left} left.")

    def note(self, words: str) -> None:
        """Say it."""
        self._write(words)

    def mute(self) -> None:
        """Switch the bell off, or on again, and say so."""
        self._bell = not self._bell
        self._write(f"Sound {'on' if self._bell else 'off'}.")

    def _write(self, words: str) -> None:
        self._out(words + ("\a" if self._bell and self._rings else ""))
        self._rings = False


class Json:
    """One object a line, as other programs read it."""

    def __init__(self, write: Callable[[str], None]) -> None:
        self._write = write

    def cue(self, player: Player, cue: Cue) -> None:
        """An event when a segment is entered."""
        event = EVENTS.get(cue.kind)
        if event is not None and not _leads_into_hold(player.timeline, cue):
            self._say(event, player, player.timeline.segments[cue.index], cue.at)

    def state(self, player: Player) -> None:
        """An event when the clock stands, goes on, or the session is over."""
        if player.state is State.RUNNING:
            event = "resume"
        elif player.over:
            event = "done" if player.state is State.FINISHED else "ended"
        else:
            event = "pause"
        self._say(event, player, player.segment, player.position)

    def note(self, words: str) -> None:
        """Programs are not talked to."""

    def mute(self) -> None:
        """Programs hear no bell."""

    def _say(self, event: str, player: Player, segment: Segment, at: float) -> None:
        stretch = player.timeline.steps[segment.step].stretch
        record = {
            "event": event,
            "stretch": stretch.id,
            "phase": segment.phase,
            "side": segment.side,
            "rep": segment.rep,
            "seconds": round(segment.seconds, 2),
            "left": round(max(player.timeline.seconds - at, 0.0), 2),
            "schema": 1,
            "at": round(at, 2),
            "segment_left": round(max(segment.end - at, 0.0), 2),
            "reps": segment.reps,
            "moving": segment.kind is Kind.MOVE or segment.moving,
            "credited": round(player.ledger.seconds, 2),
        }
        self._write(json.dumps(record, ensure_ascii=False))


def how(step: PlayedStep) -> str:
    """The words of a stretch, as they are read out."""
    stretch = step.stretch
    variation = stretch.variation(step.variation)
    parts = [f"{stretch.name}:", *stretch.steps]
    if variation is not None:
        parts.append(f"{variation.name}: {variation.how}")
    parts += [f"Careful: {caution}" for caution in stretch.cautions]
    return " ".join(part if part.endswith((".", ":", "!", "?")) else f"{part}." for part in parts)


def where_words(segment: Segment) -> str:
    """The side and the repetition, led by commas; empty when there is neither."""
    side = f", {segment.side} side" if segment.side is not None else ""
    rounds = f", round {segment.round} of {segment.rounds}" if segment.rounds > 1 else ""
    reps = f", {segment.rep} of {segment.reps}" if segment.reps > 1 else ""
    return side + reps + rounds


def _cue_words(timeline: Timeline, cue: Cue) -> str:
    segment = timeline.segments[cue.index]
    step = timeline.steps[segment.step]
    seconds = count(round(segment.seconds), "second")
    words = ""
    match cue.kind:
        case CueKind.READY:
            words = f"Get ready, {seconds}{where_words(segment)}. {how(step)}"
        case CueKind.REST:
            words = f"Rest, {seconds}. Next{where_words(segment)}: {how(step)}"
        case CueKind.MOVE:
            words = f"{_said(step, segment)}{where_words(segment)}."
        case CueKind.START:
            held = count(segment.breaths, "breath") if segment.breaths else seconds
            said = "Hold" if _just_said(timeline, cue.index) else _said(step, segment)
            words = f"{said}{where_words(segment)}, {held}."
        case CueKind.SWITCH:
            words = f"Switch to the {segment.side} side, {seconds}."
        case CueKind.HALFWAY:
            words = f"Halfway, {round(segment.seconds / 2)} left."
        case CueKind.DONE if not cue.quiet and _goes_on(timeline, cue.index):
            words = "And let go."
        case CueKind.FINISHED:
            words = "That was all."
    return words


def _said(step: PlayedStep, segment: Segment) -> str:
    """What to do now: the phase's own line, or its name."""
    phases = step.stretch.phases_of(step.variation)
    cues = (phase.cue for phase in phases if phase.name == segment.phase)
    words = next(cues, "").rstrip(".") or segment.phase.capitalize()
    return f"Hold: {words}" if segment.kind is Kind.HOLD and not segment.moving else words


def _leads_into_hold(timeline: Timeline, cue: Cue) -> bool:
    """Whether it is a move into a phase that is then held: programs hear of the hold."""
    return cue.kind is CueKind.MOVE and _same_phase(timeline, cue.index, cue.index + 1)


def _just_said(timeline: Timeline, index: int) -> bool:
    """Whether the move into a hold has said the phase's words already."""
    return _same_phase(timeline, index, index - 1)


def _same_phase(timeline: Timeline, one: int, other: int) -> bool:
    if not 0 <= other < len(timeline.segments):
        return False
    first, second = timeline.segments[min(one, other)], timeline.segments[max(one, other)]
    kinds = (first.kind, second.kind) == (Kind.MOVE, Kind.HOLD)
    return kinds and (first.step, first.phase) == (second.step, second.phase)


def _goes_on(timeline: Timeline, index: int) -> bool:
    """Whether more of the same side follows: a switch, a rest and the end speak for themselves."""
    following = timeline.segments[index + 1 : index + 2]
    return bool(following) and following[0].kind in (Kind.MOVE, Kind.HOLD)
