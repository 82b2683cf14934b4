"""Bells, flashes and notifications, as the bytes that reach the person's terminal."""

from __future__ import annotations

import pytest

from stretch_tui.core.session.cues import Cue, CueKind
from stretch_tui.ui.session.session_signals import FLASH_SECONDS, PATTERNS, SessionSignals
from stretch_tui.ui.terminal.terminal_cues import Reach, TerminalCues
from stretch_tui.ui.widgets.lettering import big


def cues(environ=None, **on) -> tuple[TerminalCues, list[str]]:
    written: list[str] = []
    settings = {"notify": True, "progress": True, "flash": True, **on}
    return TerminalCues(written.append, Reach.of(environ or {}), **settings), written


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({"TERM": "xterm-256color"}, "\x1b]9;stretch: Done\x1b\\"),
        ({"TERM": "foot"}, "\x1b]777;notify;stretch;Done\x1b\\"),
        ({"TERM": "xterm-256color", "VTE_VERSION": "7600"}, "\x1b]777;notify;stretch;Done\x1b\\"),
        (
            {"TERM": "tmux-256color", "TMUX": "/tmp/tmux-0/default,1,0"},
            "\x1bPtmux;\x1b\x1b]9;stretch: Done\x1b\x1b\\\x1b\\",
        ),
        ({"TERM": "screen", "STY": "1.pts"}, "\x1bP\x1b]9;stretch: Done\a\x1b\\"),
    ],
)
def test_a_notification_reaches_through_what_stands_between(environ, expected):
    terminal, written = cues(environ)
    terminal.notify("stretch", "Done")
    assert written == [expected]


def test_mosh_passes_bells_alone():
    terminal, written = cues({"TERM": "xterm", "MOSH_IP": "10.0.0.1"})
    terminal.notify("stretch", "Done")
    terminal.progress(0.5)
    terminal.flash(on=True)
    terminal.bell()
    terminal.clear()
    assert written == ["\a"]


def test_hostile_words_cannot_end_a_sequence_or_begin_another():
    terminal, written = cues({"TERM": "foot"})
    terminal.notify("a;b", "x\x1b\\\x1b]0;owned\a\x9c\n")
    [sequence] = written
    body = sequence.removeprefix("\x1b]777;notify;").removesuffix("\x1b\\")
    assert not any(ord(letter) < 0x20 or 0x7F <= ord(letter) < 0xA0 for letter in body)
    assert body.count(";") == 1


def test_each_kind_can_be_switched_off():
    terminal, written = cues(sound=False, notify=False, progress=False, flash=False)
    terminal.bell()
    terminal.notify("a", "b")
    terminal.progress(0.2)
    terminal.flash(on=True)
    terminal.clear()
    assert written == []


def test_progress_is_sent_when_it_changes_and_cleared_at_the_end():
    terminal, written = cues()
    for fraction in (0.101, 0.102, 0.11):
        terminal.progress(fraction)
    terminal.progress(0.11, paused=True)
    terminal.flash(on=True)
    terminal.clear()
    terminal.clear()
    assert written == [
        "\x1b]9;4;1;10\x1b\\",
        "\x1b]9;4;1;11\x1b\\",
        "\x1b]9;4;4;11\x1b\\",
        "\x1b[?5h",
        "\x1b[?5l",
        "\x1b]9;4;0\x1b\\",
    ]


def test_every_cue_has_a_rhythm_of_its_own():
    assert len({tuple(pattern) for pattern in PATTERNS.values()}) == len(PATTERNS)


@pytest.mark.parametrize("kind", PATTERNS)
def test_a_cue_rings_its_pattern_and_flashes_once(kind):
    terminal, written = cues({})
    signals = SessionSignals(terminal, flash=True)
    assert signals.take((Cue(kind, 0.0, 0),), 100.0) is kind
    assert signals.flashing
    now, rung = 100.0, []
    while (wait := signals.next_in(now)) is not None:
        now += wait
        signals.run(now)
        rung += [round(now - 100.0, 2)] * written.count("\a")
        while "\a" in written:
            written.remove("\a")
    assert rung == [round(offset, 2) for offset in PATTERNS[kind]]
    assert written == ["\x1b[?5h", "\x1b[?5l"]
    assert not signals.flashing


def test_quiet_cues_say_nothing_and_muting_drops_what_is_to_come():
    terminal, written = cues()
    signals = SessionSignals(terminal, flash=False)
    assert signals.take((Cue(CueKind.START, 0, 0, quiet=True), Cue(CueKind.MOVE, 1, 0)), 0) is None
    signals.take((Cue(CueKind.DONE, 0, 0),), 0)
    signals.run(0)
    signals.hush()
    signals.run(10 * FLASH_SECONDS)
    assert written == ["\a"]


def test_letters_fit_their_place_or_become_plain_words():
    for text in ("00", "1:59", "99:59", "HOLD", "SWITCH", "BREATHE", "QUIZ JACKDAWS"):
        for width in range(1, 70, 3):
            for height in (1, 3, 5, 7, 14, 30):
                rows = big(text, width, height)
                assert len(rows) <= height
                assert all(len(row) <= width for row in rows)
                assert len({len(row) for row in rows}) == 1


def test_digits_keep_their_place_from_second_to_second():
    assert len({len(row) for text in (" 9", "10", "59") for row in big(text, 60, 7)}) == 1


def test_ascii_letters_are_ascii():
    assert all(row.isascii() for row in big("1234567890:", 200, 14, ascii_only=True))
