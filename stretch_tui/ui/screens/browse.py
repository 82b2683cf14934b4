"""The first screen: everything that can be played, and what is known of it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical

from stretch_tui.core.content.routine import Routine
from stretch_tui.core.content.stretch import Stretch
from stretch_tui.core.session.lengths import Lengths
from stretch_tui.ui import messages
from stretch_tui.ui.browsing.browse_keys import KEYS, hints
from stretch_tui.ui.browsing.glance import Glance
from stretch_tui.ui.browsing.reader import Reader
from stretch_tui.ui.browsing.row_screen import RowScreen
from stretch_tui.ui.browsing.shelf import Shelf
from stretch_tui.ui.marks import marks
from stretch_tui.ui.services import Services
from stretch_tui.ui.signs_explained import browse_signs
from stretch_tui.ui.widgets.bars import KeyHints, TitleBar
from stretch_tui.ui.widgets.detail import Describer
from stretch_tui.ui.widgets.detail_pane import DetailPane
from stretch_tui.ui.widgets.drawn import Line, wrap
from stretch_tui.ui.widgets.filter_line import FilterLine
from stretch_tui.ui.widgets.item_list import Item, ItemList
from stretch_tui.ui.widgets.size_note import SizeNote

if TYPE_CHECKING:
    from stretch_tui.ui.browsing.finding import Left

UNSEEN = ("theme", "figure_style", "sound", "flash", "notify", "progress")
"""Settings on which neither list nor words depend."""
FIRST_FRAME_SECONDS = 0.06
"""How long the first frame waits for the log; a longer log fills in afterwards."""
SHOWN_SECONDS = 2.0
"""How long it waits when the list stands already: without what the log says it would jump."""


class BrowseScreen(RowScreen):
    """Favorites, routines and stretches at the left; the one under the cursor at the right."""

    AUTO_FOCUS = "#list"

    signs_explained = staticmethod(browse_signs)

    BINDINGS: ClassVar[list[BindingType]] = KEYS

    def __init__(self, services: Services, *, patient: bool = False) -> None:
        """`patient` waits for the log, since the terminal shows already what it says."""
        super().__init__(classes="-sized")
        self._patience = SHOWN_SECONDS if patient else FIRST_FRAME_SECONDS
        self._services = services
        self._marks = marks(services.settings.ascii)
        self._glance = Glance()
        self._dropped = ""
        self._stale = self._left = False
        self._heard: Glance | None = None
        self._reader = Reader(services)
        self._reader.start(self._hear)
        self._load_catalog()

    def _load_catalog(self) -> None:
        """Take the catalog as it is now, own routines included."""
        self._stale = True
        given = self._services
        catalog = given.catalog
        lengths = Lengths(catalog, given.settings, given.lengths)
        self._shelf, self._lengths = Shelf(catalog), lengths
        self._describer = Describer(catalog, given.settings, lengths, self._marks)

    def compose(self) -> ComposeResult:
        """Title, list and detail, hints."""
        given, signs = self._services, self._marks
        yield TitleBar(signs, id="title")
        with Horizontal(id="panes"):
            with Vertical(id="shelf"):
                yield FilterLine(signs, "neck  no-floor  <5min", id="filter")
                yield ItemList(signs, self._tail, id="list")
            yield DetailPane(given, signs, id="detail")
        yield KeyHints(signs, hints(""), id="hints")
        yield SizeNote(signs)

    def on_mount(self) -> None:
        """Fill the list, with what the log says if that is there at once."""
        self._reader.wait(self._patience)
        self._show_glance(self._heard or Glance())
        self._describe(self.query_one(ItemList).item)  # not by message: for the first frame
        self.show_hints()

    def _hear(self, found: Glance) -> None:
        """Called on the reader's thread; before there is a list, it is kept for when there is."""
        self._heard = found
        if self.is_mounted:
            with suppress(RuntimeError):  # the app has ended meanwhile
                self.app.call_from_thread(self._show_glance, found)

    def on_log_changed(self) -> None:
        """Show the new figures, and routines that were saved meanwhile."""
        self._reader.start(self._hear)
        self._load_catalog()

    def on_settings_changed(self, message: messages.SettingsChanged) -> None:
        """Go on with other settings; most of them show nowhere here."""
        before, self._services = self._services.settings, message.services
        settings = message.services.settings
        self.query_one(DetailPane).figure.draw_in(settings.figure_style)
        if replace(settings, **{name: getattr(before, name) for name in UNSEEN}) == before:
            return
        self._reader = Reader(self._services)
        self._reader.go_on()
        self.on_log_changed()

    def on_screen_resume(self) -> None:
        """Coming back: a session was played, a routine was built."""
        if self._left:
            self.on_log_changed()

    def on_screen_suspend(self) -> None:
        """Nothing moves behind another screen."""
        self._left = True
        self.query_one(DetailPane).stand_still()

    def keep_first_frame(self) -> None:
        """Keep what the next start will begin with."""
        from stretch_tui.ui.browsing.first_frame import keep

        keep(self, self._services, self._shelf, self._glance)

    def _show_glance(self, found: Glance) -> None:
        """Show what the log says; the list only when it changes for it."""
        if not self.is_attached:
            return
        items = self.query_one(ItemList)
        first, before = not items.items, self._glance
        self._glance = found if found.week or first else replace(found, week=before.week)
        self._show_title()
        if first or replace(before, week=()) != replace(found, week=()) or self._stale:
            self._stale = False
            self._fill(first=first)
        if found.problem and found.problem != before.problem:
            self.notify(found.problem, severity="error")

    def _show_title(self) -> None:
        title = self.query_one(TitleBar)
        title.show("stretch-tui", self._glance.week, f"  {self._marks.dot}  ")

    def _fill(self, *, first: bool = False) -> None:
        """Fill the list anew; the cursor stays on the same thing."""
        glance, items = self._glance, self.query_one(ItemList)
        resume = glance.left.name if glance.left is not None else ""
        self._shelf = Shelf(self._shelf.catalog, glance.favorites, glance.last, resume)
        filter_line = self.query_one(FilterLine)
        found = self._find(filter_line.text)
        self._dropped = found.dropped if found is not None else ""
        if found is None:
            rows = self._shelf.rows()
            filter_line.say("")
            items.show(rows, at=self._shelf.start(rows) if first else None)
            return
        filter_line.say(found.words)
        width = max(10, items.size.width - 4)
        empty: list[Line] = [
            ((f"  {line}", "quiet"),) for text in found.advice for line in wrap(text, width)
        ]
        items.show(self._shelf.rows(found.routines, found.stretches), empty=empty)

    def _find(self, text: str) -> Left | None:
        """What the filter leaves; None without one, which is how every day begins."""
        if not text.strip():
            return None
        from stretch_tui.ui.browsing.finding import Finder

        finder = Finder(self._shelf.catalog, self._lengths, self._marks)
        return finder.find(text, frozenset(self._glance.favorites))

    def _tail(self, item: Item) -> str:
        """What stands at the right edge of a row."""
        if item.kind == "resume" and self._glance.left is not None:
            return self._glance.left.tail
        return self._lengths.words(item.id)

    def on_item_list_highlighted(self, event: ItemList.Highlighted) -> None:
        """Let the detail follow the cursor."""
        self._describe(event.item)
        self.call_after_refresh(self._reader.go_on)
        self.show_hints()

    def on_item_list_chosen(self, event: ItemList.Chosen) -> None:
        """Play what was chosen."""
        self._play(event.item)

    async def on_filter_line_changed(self) -> None:
        """Narrow the list as it is typed."""
        self._fill()

    def on_filter_line_left(self) -> None:
        """Back to the list; from an empty one, by dropping the word that leaves nothing."""
        items = self.query_one(ItemList)
        if not items.items and self._dropped:
            self.query_one(FilterLine).put(self._dropped)
        else:
            items.focus()

    def action_play(self) -> None:
        """Play what is under the cursor."""
        if (item := self.query_one(ItemList).item) is not None:
            self._play(item)

    def action_play_favorite(self, number: int) -> None:
        """Play the favorite of that number."""
        favorites = self._glance.favorites
        if number <= len(favorites):
            self._play_id(favorites[number - 1])
        else:
            self.notify(f"There is no favorite {number} yet: f makes one.")

    def action_favorite(self) -> None:
        """Make it a favorite, or no longer one."""
        item = self.query_one(ItemList).item
        if item is None:
            return
        routine = self._shelf.catalog.routine_for(item.id)
        name, wanted = routine.name if routine else item.id, item.id not in self._glance.favorites
        said = f"{name} is {'a' if wanted else 'no longer a'} favorite"
        self.post_message(
            messages.Remember(
                lambda log: log.set_favorite(item.id, favorite=wanted), said, about=f"that {said}"
            )
        )

    async def action_filter(self) -> None:
        """Open the filter."""
        self.face(reading=False)
        await self.query_one(FilterLine).open()

    def action_make(self) -> None:
        """Make a routine to measure."""
        self.post_message(messages.MakeRoutine())

    def action_build(self) -> None:
        """Open the builder."""
        self.post_message(messages.EditRoutine())

    def action_progress(self) -> None:
        """Show history and streak."""
        self.post_message(messages.ShowProgress())

    def action_end(self) -> None:
        """Put what was done of the interrupted session into the log."""
        if (left := self._glance.left) is not None:
            self.post_message(messages.EndSession(left.checkpoint))

    def action_back(self) -> None:
        """Back to the list; once there, drop the filter."""
        if not (items := self.query_one(ItemList)).has_focus:
            self.face(reading=False)
            items.focus()
        elif (filter_line := self.query_one(FilterLine)).is_open:
            filter_line.put("")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """In the filter a slash is a slash."""
        if action == "filter" and self.is_mounted:
            return not self.query_one(FilterLine).has_focus_within
        return super().check_action(action, parameters)

    def _play(self, item: Item) -> None:
        if item.kind == "resume":
            if self._glance.left is not None:
                self.post_message(messages.ResumeSession(self._glance.left.checkpoint))
            return
        self._play_id(item.id)

    def _play_id(self, item_id: str) -> None:
        if (routine := self._shelf.catalog.routine_for(item_id)) is not None:
            self.post_message(messages.PlayRoutine(routine))

    def thing_of(self, item: Item | None) -> Stretch | Routine | None:
        """What an item stands for; of an interrupted session, its routine."""
        if item is None:
            return None
        if item.kind == "resume":
            left = self._glance.left
            return left.checkpoint.run.routine if left is not None else None
        return self._shelf.thing(item)

    def _describe(self, item: Item | None) -> None:
        """Show what is known of an item, and of where it was left."""
        left = self._glance.left
        resuming = item is not None and item.kind == "resume" and left is not None
        lead = left.lines if resuming and left is not None else ()
        self.query_one(DetailPane).show(self.thing_of(item), self._describer, lead)
