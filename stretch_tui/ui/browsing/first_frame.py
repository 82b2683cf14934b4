"""Keeps what of the first screen is certain to be there when the app is opened next."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from rich.color import ColorSystem

from stretch_tui.ui.terminal.first_frame import taken
from stretch_tui.ui.widgets.bars import KeyHints, TitleBar
from stretch_tui.ui.widgets.filter_line import FilterLine
from stretch_tui.ui.widgets.item_list import ItemList

if TYPE_CHECKING:
    from textual.geometry import Region

    from stretch_tui.ui.browsing.detail_screen import DetailScreen
    from stretch_tui.ui.browsing.glance import Glance
    from stretch_tui.ui.browsing.shelf import Shelf
    from stretch_tui.ui.services import Services


def keep(screen: DetailScreen, services: Services, shelf: Shelf, glance: Glance) -> None:
    """Keep the screen as it will be opened, unless that cannot be told.

    Of a long log the favorites are shown first; a session that was left, and a log that cannot be
    read, may be gone by then.
    """
    frames, items = services.frames, screen.query_one(ItemList)
    if frames is None or glance.left or glance.problem or not glance.as_of:
        return
    if services.logbook.long() or not items.has_focus:
        return
    rows = shelf.rows()
    system = screen.app.console._color_system or ColorSystem.TRUECOLOR  # noqa: SLF001
    # Whatever Textual's private parts have become: nothing here may keep anybody from leaving.
    with suppress(AttributeError, IndexError, KeyError, TypeError, ValueError):
        with items.opened(rows, shelf.start(rows)):
            screen.show_hints()
            back, pieces = taken(screen, certain(screen), system)
        if pieces:
            frames.keep((screen.size.width, screen.size.height), back, pieces, glance.as_of)


def certain(screen: DetailScreen) -> list[Region]:
    """Where nothing follows from the date, as the week does, or from the cursor, as the detail."""
    title, hints = screen.query_one(TitleBar), screen.query_one(KeyHints)
    filter_line = screen.query_one(FilterLine)
    name, rule = title.content_region.split_horizontal(1)
    return [
        name.crop_size((title.title_width, 1)),
        rule,
        screen.query_one(ItemList).region,
        *(() if filter_line.is_open else (filter_line.region,)),
        *(() if hints.speaks else (hints.content_region,)),
    ]
