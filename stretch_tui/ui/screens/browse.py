"""The first screen: everything that can be played, and what is known of it."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import Screen

from stretch_tui.core.routine import Routine
from stretch_tui.core.stretch import Stretch
from stretch_tui.figure import Style
from stretch_tui.ui import messages
from stretch_tui.ui.services import Services
from stretch_tui.ui.shelf import Item, Lengths, Shelf
from stretch_tui.ui.theme import marks
from stretch_tui.ui.widgets.bars import KeyHints, TitleBar
from stretch_tui.ui.widgets.detail import Describer, DetailText
from stretch_tui.ui.widgets.drawn import Drawn
from stretch_tui.ui.widgets.figure_pane import FigurePane
from stretch_tui.ui.widgets.item_list import ItemList

REST_SECONDS = 0.6
"""How long the cursor rests before the figure begins to move."""


class BrowseScreen(Screen[None]):
    """Favorites, routines and stretches at the left; the one under the cursor at the right."""

    CSS_PATH = "browse.tcss"
    AUTO_FOCUS = "#list"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "play", "Play", id="browse.play"),
        Binding("f", "favorite", "Favorite", id="browse.favorite"),
        Binding("m", "make", "Make: 5 min", id="browse.make"),
        Binding("b", "build", "Builder", id="browse.build"),
        Binding("p", "progress", "Progress", id="browse.progress"),
        Binding("s", "style", "Style of the figure", id="browse.style"),
        Binding("left_square_bracket", "turn(-1)", "Turn the figure left", id="browse.turn-left"),
        Binding("right_square_bracket", "turn(1)", "Turn the figure right", id="browse.turn-right"),
        *(
            Binding(f"{n}", f"play_favorite({n})", f"Play favorite {n}", id=f"browse.play-{n}")
            for n in range(1, 10)
        ),
    ]

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self._marks = marks(services.settings.ascii)
        self._shelf = Shelf(services.catalog)
        self._lengths = Lengths(self._shelf.catalog, services.settings)
        self._describer = Describer(self._shelf.catalog, services.settings, self._marks)

    def compose(self) -> ComposeResult:
        """Title, list and detail, hints."""
        given, signs = self._services, self._marks
        yield TitleBar(signs, id="title")
        with Horizontal(id="panes"):
            with Vertical(id="shelf"):
                yield ItemList(signs, lambda item: self._lengths.words(item.id), id="list")
            with Vertical(id="detail"):
                yield Drawn(signs, id="head")
                yield FigurePane(
                    given.figures,
                    signs,
                    given.monotonic,
                    style=Style(given.settings.figure_style),
                    id="figure",
                )
                yield DetailText(signs, id="words")
        yield KeyHints(
            signs,
            ["list.choose", "browse.favorite", "browse.make", "browse.build", "browse.progress"],
            id="hints",
        )

    def on_mount(self) -> None:
        """Fill the list."""
        self.query_one(TitleBar).show("stretch-tui")
        rows = self._shelf.rows()
        self.query_one(ItemList).show(rows, at=self._shelf.start(rows))

    def on_item_list_highlighted(self, event: ItemList.Highlighted) -> None:
        """Let the detail follow the cursor."""
        self._describe(event.item)

    def on_item_list_chosen(self, event: ItemList.Chosen) -> None:
        """Play what was chosen."""
        self._play(event.item)

    def action_play(self) -> None:
        """Play what is under the cursor."""
        if (item := self.query_one(ItemList).item) is not None:
            self._play(item)

    def action_build(self) -> None:
        """Open the builder."""
        self.post_message(messages.EditRoutine())

    def action_progress(self) -> None:
        """Show history and streak."""
        self.post_message(messages.ShowProgress())

    def action_make(self) -> None:
        """Make a routine to measure."""
        self.post_message(messages.MakeRoutine())

    def action_style(self) -> None:
        """Draw figures in the next style."""
        self.query_one(FigurePane).next_style()

    def action_turn(self, steps: int) -> None:
        """Turn the figure."""
        self.query_one(FigurePane).turn(steps)

    def _play(self, item: Item) -> None:
        if (routine := self._shelf.catalog.routine_for(item.id)) is not None:
            self.post_message(messages.PlayRoutine(routine))

    def _thing(self, item: Item | None) -> Stretch | Routine | None:
        if item is None:
            return None
        catalog = self._shelf.catalog
        if item.kind == "stretch":
            return catalog.stretches.get(item.id)
        return catalog.routines.get(item.id)

    def _describe(self, item: Item | None) -> None:
        thing = self._thing(item)
        head = self.query_one("#head", Drawn)
        words = self.query_one(DetailText)
        head.draw(self._describer.head(thing, head.size.width))
        words.show(self._describer.body(thing, words.size.width))
        self.query_one(FigurePane).show(self._poses(thing))

    def _poses(self, thing: Stretch | Routine | None) -> tuple[str, ...]:
        if isinstance(thing, Stretch):
            return tuple(phase.pose for phase in thing.phases)
        return ()

    def on_resize(self) -> None:
        """Lay the detail out for the new width."""
        self.call_after_refresh(lambda: self._describe(self.query_one(ItemList).item))
