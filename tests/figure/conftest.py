import tomllib
from pathlib import Path

import pytest
from figure_world import POSES, load

from stretch_tui.figure import PoseBook


@pytest.fixture(scope="session")
def catalog() -> PoseBook:
    return PoseBook.parse(load(POSES))


@pytest.fixture(scope="session")
def models() -> PoseBook:
    """A few poses that stay as they are, so that a change of the drawing shows as one."""
    return PoseBook.parse(
        {"models": tomllib.loads((Path(__file__).parent / "models.toml").read_text("utf-8"))}
    )
