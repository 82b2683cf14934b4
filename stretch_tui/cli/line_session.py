"""A session in line mode from its first line to the log."""

from __future__ import annotations

import argparse
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from uuid import uuid4

from stretch_tui.cli import compose
from stretch_tui.cli.clocks import boot_clock
from stretch_tui.cli.line_end import end_lines, left_words
from stretch_tui.cli.line_keys import Keys, keys_of
from stretch_tui.cli.line_player import TICK_SECONDS, LinePlayer
from stretch_tui.cli.play_voices import FEEL_ASK, HELP, Json, Spoken, Voice
from stretch_tui.cli.telling import INTERRUPTED, say
from stretch_tui.core.amount import Amount
from stretch_tui.core.content.catalog import Catalog
from stretch_tui.core.content.routine import Routine
from stretch_tui.core.content.wording import count, duration, exact
from stretch_tui.core.errors import StoreError
from stretch_tui.core.log.days import day_of
from stretch_tui.core.log.goal_changes import keep_config_goal
from stretch_tui.core.log.logbook import Ending, Logbook, Session
from stretch_tui.core.red_flags import RED_FLAGS, RED_FLAGS_LEAD, RED_FLAGS_TAIL
from stretch_tui.core.session.checkpoint import (
    Keeper,
    Run,
    RunStore,
    settle,
    worth_keeping,
)
from stretch_tui.core.session.opening import open_run
from stretch_tui.core.session.player import Player
from stretch_tui.core.session.recap import Past, recap
from stretch_tui.core.settings import Settings
from stretch_tui.storage.run.run_files import RunFiles


def play_lines(args: argparse.Namespace, routine: Routine, catalog: Catalog) -> int:
    """Play the routine line by line; return the exit code."""
    with _stage(args) as stage:
        settings = stage.settings
        run = open_run(
            routine,
            catalog.stretches,
            settings,
            stage.logbook.sessions(),
            uid=uuid4().hex,
            now=compose.now(),
            amount=Amount(args.dose) if args.dose else None,
        )
        player = Player(
            run.timeline,
            time.monotonic,
            boot=boot_clock(),
            seen=stage.logbook.seen() if stage.asks else None,
            breath_seconds=run.breath_seconds,
            tick_seconds=TICK_SECONDS,
        )
        keeper = Keeper(stage.runs, run, player, compose.now)
        if left := stage.runs.resumable():
            say(left_words([one.run.routine.name for one in left]))
        keeper.claim()
        stage.introduce(run)
        return stage.play(run, player, keeper)


def resume_lines(args: argparse.Namespace) -> int:
    """Go on with the session that was left last; return the exit code."""
    with _stage(args) as stage:
        left = stage.runs.resumable()
        if not left:
            say("no session was left half way: there is nothing to go on with")
            return 1
        checkpoint = stage.runs.take_over(left[0].uid)
        player = checkpoint.player(
            time.monotonic,
            boot=boot_clock(),
            seen=stage.logbook.seen() if stage.asks else None,
            tick_seconds=TICK_SECONDS,
            now=compose.now(),
        )
        keeper = Keeper(stage.runs, checkpoint.run, player, compose.now)
        keeper.feel_before = checkpoint.feel_before
        away = duration(player.away_seconds)
        stage.voice.note(f"{checkpoint.run.routine.name}: you were away {away}.")
        return stage.play(checkpoint.run, player, keeper)


class _Stage:
    """All that a session in line mode needs around it."""

    def __init__(self, args: argparse.Namespace, keys: Keys) -> None:
        self.settings: Settings = compose.settings()
        self.logbook: Logbook = compose.logbook()
        self.runs: RunStore = RunFiles(compose.paths(), tell=say)
        self.keys = keys
        self.asks = keys.terminal and not args.json
        """Whether a person can be asked and waited for."""
        bell = self.settings.sound and sys.stdout.isatty()
        self.voice: Voice = Json(_write) if args.json else Spoken(_write, bell=bell)

    def introduce(self, run: Run) -> None:
        """What is coming, how to steer it, and once: when not to stretch."""
        timeline, routine = run.timeline, run.routine
        if not self.logbook.sessions():
            self.voice.note(f"{RED_FLAGS_LEAD} {'; '.join(RED_FLAGS)}. {RED_FLAGS_TAIL}")
        for missing in timeline.missing:
            say(f"{missing} is not known here and is left out")
        steps = count(len(timeline.steps), "stretch", "stretches")
        self.voice.note(f"{routine.name}: {steps}, {exact(timeline.seconds)}.")
        if routine.stop_rule:
            self.voice.note(routine.stop_rule)
        if self.keys.open:
            self.voice.note(HELP)
        if self.asks:
            self.voice.note(FEEL_ASK)

    def play(self, run: Run, player: Player, keeper: Keeper) -> int:
        """Play to the end and into the log; what a signal leaves can be taken up again."""
        code = 0
        try:
            LinePlayer(player, keeper, self.voice, self.keys).run()
        except KeyboardInterrupt:
            player.end()
            code = INTERRUPTED
        except OSError:  # nobody reads what is said any more
            player.end()
            self._remember(run, player, keeper)
            raise
        return self._remember(run, player, keeper) or code

    def _remember(self, run: Run, player: Player, keeper: Keeper) -> int:
        session = keeper.finish()
        if not worth_keeping(session):
            self.runs.discard(session.uid)
            self.voice.note("Nothing was done, so nothing is saved.")
            return 0
        if self.asks and session.ending is not Ending.HURT:
            session = keeper.finish(feel_after=self._feel())
        try:
            self.logbook.add(session)
            keep_config_goal(self.logbook, self.settings, session.day)
            for stretch in player.read:
                self.logbook.mark_seen(stretch)
            for stretch in player.bans:
                self.logbook.set_banned(stretch, True)
            self.runs.discard(session.uid)
        except StoreError as problem:
            say(f"{problem} The session is kept, and saved at the next start.")
            return 1
        self._conclude(session, run.amount)
        return 0

    def _feel(self) -> int | None:
        self.voice.note("How sore are you now? 0 is not at all, 9 is very, enter skips.")
        try:
            while self.keys.open:
                key = self.keys.wait(None)
                if key is not None:
                    return int(key) if key in "0123456789" else None
        except KeyboardInterrupt:  # an answer like another: the session is over and stays so
            return None
        return None

    def _conclude(self, session: Session, amount: Amount) -> None:
        """What was done, where it leaves the streak, and what could follow."""
        log, settings = self.logbook, self.settings
        past = Past(
            log.sessions(), log.goals(), log.pauses(), log.favorites(), log.banned(), settings
        )
        today = day_of(compose.now(), settings)
        for line in end_lines(recap(session, past, compose.catalog(), today, amount), settings):
            self.voice.note(line)


@contextmanager
def _stage(args: argparse.Namespace) -> Iterator[_Stage]:
    """The stage, with signals that leave the session to be taken up, and stdin as it was after."""
    with keys_of() as keys, _left_by_signals():
        stage = _Stage(args, keys)
        try:
            settle(stage.runs, stage.logbook, compose.now())
        except StoreError as problem:
            say(str(problem))
        yield stage


@contextmanager
def _left_by_signals() -> Iterator[None]:
    """SIGTERM and SIGHUP end the program with 128 + n; the run file stays as it is on disk."""
    names = (getattr(signal, name, None) for name in ("SIGTERM", "SIGHUP", "SIGQUIT"))
    wanted = [n for n in names if n is not None and signal.getsignal(n) != signal.SIG_IGN]
    before = {number: signal.signal(number, _leave) for number in wanted}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _leave(number: int, _frame: FrameType | None) -> None:
    raise SystemExit(128 + number)


def _write(line: str) -> None:
    print(line, flush=True)
