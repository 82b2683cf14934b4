"""The keys of a session, each under an id by which it can be given another key."""

from __future__ import annotations

from textual.binding import Binding, BindingType

FLIP = "Flip the figure: its left for its right"
LEAVE_OUT = "What hurt is suggested no more, or again"
KEYS: list[BindingType] = [
    Binding("enter", "go_on", "Go on", id="player.go-on"),
    Binding("space", "pause", "Pause", id="player.pause"),
    Binding("n,right", "next_step", "Next", id="player.next"),
    Binding("p,left", "previous_step", "Previous", id="player.previous"),
    Binding("r", "restart_hold", "This one again", id="player.again"),
    Binding("plus,equals_sign", "adjust(5)", "5 s more", id="player.longer"),
    Binding("minus", "adjust(-5)", "5 s less", id="player.shorter"),
    Binding("i", "read", "Read", tooltip="Read: the clock waits", id="player.read"),
    Binding("x", "hurts", "It hurts", id="player.hurts"),
    Binding("N", "skip", "Skip", tooltip="Skip: now, done, never", id="player.skip"),
    Binding("v", "mute", "Sound on or off", id="player.sound"),
    Binding("s", "style", "Style of the figure", id="player.style"),
    Binding("left_square_bracket", "turn(-1)", "Turn the figure left", id="player.turn-left"),
    Binding("right_square_bracket", "turn(1)", "Turn the figure right", id="player.turn-right"),
    Binding("left_curly_bracket", "tilt(-1)", "The figure from below", id="player.tilt-down"),
    Binding("right_curly_bracket", "tilt(1)", "The figure from above", id="player.tilt-up"),
    Binding("m", "mirror", "Flip the figure", tooltip=FLIP, id="player.mirror"),
    Binding("up,k", "scroll_words(-3)", "Words up", id="player.words-up"),
    Binding("down,j", "scroll_words(3)", "Words down", id="player.words-down"),
    *(
        Binding(f"{n}", f"feel({n})", f"How sore you are {n}", id=f"player.feel-{n}", show=False)
        for n in range(10)
    ),
    Binding("u", "take_back", "Take the answer back", id="player.undo"),
    Binding("q,escape", "end", "End", id="player.end"),
    # Only at the end, where those above with the same keys do nothing.
    Binding("u", "reopen", "Go on after all", id="player.reopen"),
    Binding("l", "leave_out", "Suggest no more", tooltip=LEAVE_OUT, id="player.leave-out"),
    Binding("enter,space,q,escape", "leave", "Leave", id="player.leave"),
]

PLAYING_HINTS = ("player.pause", "player.next", "player.longer", "player.read", "player.hurts")
FEW_HINTS = ("player.pause", "player.next", "player.hurts", "player.read")
"""Where there is no room for all of them."""
PAUSED_HINTS = ("player.go-on", "player.next", "player.again", "player.read", "player.end")
FEW_PAUSED_HINTS = ("player.go-on", "player.next", "player.end", "player.read")
READING_HINTS = ("player.go-on", "player.next", "player.previous", "player.end")
END_HINTS = ("player.leave",)
HURT_HINTS = ("player.reopen", "player.leave-out", "player.leave")
AT_THE_END = ("leave", "feel", "scroll_words", "take_back")
"""The actions that still make sense when the session is over."""
WHEN_IT_HURT = ("reopen", "leave_out")
"""Those that make sense only after it hurt, until the log has it."""
