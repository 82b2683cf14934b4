"""Keys one after the other: each is handled to its end before the next one is let in.

Textual hands a burst of keys to what has the focus now. When one of them opens a dialog, those
behind it, typed for the dialog, would still reach the screen below and do something there.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any

from textual import events
from textual.app import App
from textual.message import Message

if TYPE_CHECKING:
    from textual.screen import Screen

PATIENCE_SECONDS = 0.2
"""How long keys wait for one whose receiver is gone."""


class OrderedKeys(App[None], inherit_bindings=False):
    """Lets the next key in when the last one was handled and what it opened is there."""

    class KeyPassed(Message):
        """Goes the way of a key, right behind it."""

    class Settled(Message, bubble=False):
        """What a screen was asked to do before is done."""

        def __init__(self, screen: Screen[Any]) -> None:
            super().__init__()
            self.screen = screen

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._on_its_way = False
        self._waiting: deque[events.Key] = deque()

    async def on_event(self, event: events.Event) -> None:
        """Let a key in, or make it wait."""
        if not isinstance(event, events.Key) or event.is_forwarded:
            await super().on_event(event)
        elif self._on_its_way:
            self._waiting.append(event)
            if len(self._waiting) == 1:
                self.set_timer(PATIENCE_SECONDS, self._go_on)
        else:
            await self._let_in(event)

    async def _let_in(self, event: events.Key) -> None:
        target = self.focused or self.screen
        self._on_its_way = True
        await super().on_event(event)
        if not target.post_message(self.KeyPassed()):
            await self._go_on()

    async def on_ordered_keys_key_passed(self) -> None:
        """The key was handled; what it asked of a screen may still be on its way here."""
        if self._waiting:
            self._settle()
        else:
            self._on_its_way = False

    def _settle(self) -> None:
        """Come back once the screen in front has done what it was asked, its opening included."""
        screen = self.screen
        screen.call_later(lambda: self.post_message(self.Settled(screen)))

    async def on_ordered_keys_settled(self, message: Settled) -> None:
        """Let the next key in, unless another screen has come to the front meanwhile."""
        if message.screen is self.screen:
            await self._go_on()
        else:
            self._settle()

    async def _go_on(self) -> None:
        self._on_its_way = False
        if self._waiting:
            await self._let_in(self._waiting.popleft())
