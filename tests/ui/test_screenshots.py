"""The published pictures show the app as it is: their characters are taken anew and compared."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

PICTURES = Path(__file__).parents[2] / "screenshots"
sys.path.insert(0, str(PICTURES))

from scenes import NAMED, opened  # noqa: E402 - beside the pictures, in no package


@pytest.mark.parametrize(("name", "size"), [("browse", (120, 40)), ("hold", (120, 40))])
async def test_the_picture_shows_what_the_app_shows(name, size, tmp_path):
    kept = (PICTURES / f"{name}-{size[0]}x{size[1]}.txt").read_text(encoding="utf-8")
    async with opened(tmp_path, NAMED[name], size) as stage:
        assert stage.text == kept, "take them anew: python screenshots/make.py"
