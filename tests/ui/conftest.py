"""Fixtures of every screen's tests."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from ui_world import Services, screen_text, world


@pytest.fixture
def services() -> Services:
    """The small world on its first day; `dataclasses.replace` changes its parts."""
    return world()


@pytest.fixture
def grid() -> Callable[[object], str]:
    """Reads the characters on an app's screen."""
    return screen_text
