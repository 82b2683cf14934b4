"""The session without a screen: what happens is said line by line, letters steer it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Protocol

from stretch_tui.cli.play_voices import HELP, Voice, how
from stretch_tui.core.session.checkpoint import Keeper
from stretch_tui.core.session.player import Player
from stretch_tui.core.session.standing import hurt_words
from stretch_tui.core.session.states import Skip, State
from stretch_tui.core.session.ways import onward

TICK_SECONDS = 0.5
"""How often the clock is looked at, at least."""


class KeySource(Protocol):
    """Where keys come from; `line_keys.Keys` is one."""

    terminal: bool

    @property
    def open(self) -> bool:
        """Whether a key can still come."""

    def wait(self, seconds: float | None) -> str | None:
        """The next key; None when none comes within the seconds."""


class LinePlayer:
    """Plays a session to its end: one timer, the same player and the same log as the screen."""

    def __init__(self, player: Player, keeper: Keeper, voice: Voice, keys: KeySource) -> None:
        self._player = player
        self._keeper = keeper
        self._voice = voice
        self._keys = keys
        self._told = State.PAUSED if player.state is State.PAUSED else State.RUNNING
        self._problem = ""
        self._actions: Mapping[str, Callable[[], None]] = {
            " ": player.toggle,
            "\n": player.toggle,
            "n": self._next,
            "p": player.previous,
            "r": player.restart,
            "+": lambda: self._adjust(5.0),
            "=": lambda: self._adjust(5.0),
            "-": lambda: self._adjust(-5.0),
            "i": self._read,
            "a": lambda: player.skip(Skip.ALREADY_DONE),
            "l": lambda: player.skip(Skip.NEVER),
            "x": self._hurt,
            "v": voice.mute,
            "q": self._quit,
            "?": lambda: voice.note(HELP),
            **{str(number): partial(self._feels, number) for number in range(10)},
        }

    def run(self) -> None:
        """Play until the session is over."""
        player = self._player
        player.resume()
        self._report()
        while not player.over:
            key = self._keys.wait(self._patience())
            if key is not None:
                self._press(key)
            elif player.state is not State.RUNNING and not self._keys.open:
                player.resume()  # nobody can press a key any more: it just runs
            self._report()

    def _patience(self) -> float:
        if self._player.state is not State.RUNNING:
            return TICK_SECONDS
        return min(TICK_SECONDS, self._player.left_seconds + 0.001)

    def _report(self) -> None:
        """Say what has happened, after it is on disk."""
        player = self._player
        happened = player.tick()
        self._keeper.keep()
        for cue in happened:
            self._voice.cue(player, cue)
        if player.state is not self._told:
            self._told = player.state
            self._voice.state(player)
        if self._keeper.problem not in ("", self._problem):
            self._voice.note(self._keeper.problem)
        self._problem = self._keeper.problem

    def _press(self, key: str) -> None:
        action = self._actions.get(key)
        if action is not None:
            action()
        elif self._keys.terminal and key.isprintable():
            self._voice.note(f"{key} is not a key here; ? tells which there are.")

    def _feels(self, value: int) -> None:
        """Note how it feels before; once something is done it is too late to say."""
        if self._player.ledger.seconds == 0:
            self._keeper.feel_before = value
            self._voice.note(f"Sore: {value}, noted.")
        else:
            self._voice.note("You are asked again at the end.")

    def _adjust(self, seconds: float) -> None:
        self._player.adjust(seconds)
        whole = round(self._player.segment.seconds)
        self._voice.note(f"{whole} seconds now, {round(self._player.left_seconds)} left.")

    def _read(self) -> None:
        if self._player.state is State.RUNNING:
            self._player.freeze()
        else:
            self._voice.note(how(self._player.step))

    def _hurt(self) -> None:
        """Stop at once; a person can take it back before it is logged."""
        player = self._player
        player.hurt()
        if not self._keys.terminal or player.state is not State.HURT:
            return
        self._keeper.keep()
        self._voice.note(f"{hurt_words(player)} u goes on where you were, any other key ends.")
        if self._answer() == "u":
            player.reopen()
            player.resume()
            self._voice.state(player)

    def _answer(self) -> str | None:
        """The next key, however long it takes; None when none can come any more."""
        answer = None
        while answer is None and self._keys.open:
            answer = self._keys.wait(None)
        return answer

    def _next(self) -> None:
        """To the other side, or the next stretch; from the last one it is the end: asked first."""
        if onward(self._player.timeline, self._player.index) is None:
            self._quit()
        else:
            self._player.next()

    def _quit(self) -> None:
        """End; a person is asked first, and the clock stands meanwhile."""
        if self._keys.terminal:
            self._player.pause()
            self._voice.note("End here? y ends and saves what you did, any other key goes on.")
            if self._answer() not in ("y", "q"):
                self._player.resume()
                return
        self._player.end()
