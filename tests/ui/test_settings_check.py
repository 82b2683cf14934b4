"""What only the screens can judge of the settings: every id that help shows can be set."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from stretch_tui.core.settings import Settings
from stretch_tui.ui.keymap import wrong_keys
from stretch_tui.ui.settings_check import binding_ids, wrong_choices

UI = Path(__file__).parents[2] / "stretch_tui" / "ui"


def test_every_id_that_is_bound_can_be_set():
    said = "\n".join(path.read_text() for path in UI.rglob("*.py"))
    written = set(re.findall(r'\bid="([a-z]+\.[a-z0-9-]+)"', said))
    assert len(written) > 100
    assert written <= binding_ids()
    assert {"dose.more", "skip.never", "player.feel-3", "dialog.tab", "list.up"} <= binding_ids()


@pytest.mark.parametrize(
    "keys", ["slash,f3", "?", "A, é", "ctrl+shift+up", "alt+x", "ctrl+backslash", "plus", "space"]
)
def test_keys_that_a_terminal_sends_are_fine(keys: str):
    assert wrong_keys(keys) == ("", "")


@pytest.mark.parametrize(
    ("keys", "problem", "hint"),
    [
        ("slahs", "no key is called 'slahs'", "did you mean 'slash'?"),
        ("x, Ctrl+t", "no key is called 'Ctrl+t'", "did you mean 'ctrl+t'?"),
        ("strg+x", "no key is called 'strg+x'", "did you mean 'ctrl+x'?"),
        ("x,", "no key is named", ""),
        ("ctrl+b", "^b belongs to other keys or to tmux", ""),
    ],
)
def test_others_are_named(keys: str, problem: str, hint: str):
    assert wrong_keys(keys) == (problem, hint)


def test_what_is_wrong_is_said_with_what_was_meant():
    keys = {"browse.filters": "slash", "nowhere.up": "x", "app.undo": "uu", "dose.more": "M"}
    assert list(wrong_choices(Settings(theme="nrd", keys=keys))) == [
        ("theme", "no theme is called 'nrd'", "did you mean 'nord'?"),
        (
            "keys.browse.filters",
            "[keys] browse.filters: no action has this id",
            "did you mean 'browse.filter'?",
        ),
        (
            "keys.nowhere.up",
            "[keys] nowhere.up: no action has this id",
            "the help of each screen ends with its ids",
        ),
        ("keys.app.undo", "[keys] app.undo: no key is called 'uu'", ""),
    ]


@pytest.mark.parametrize("theme", ["stretch", "stretch-light", "nord", "ansi-dark"])
def test_what_the_palette_offers_is_fine(theme: str):
    assert list(wrong_choices(Settings(theme=theme))) == []
