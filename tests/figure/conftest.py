import tomllib
from pathlib import Path

import pytest

from stretch_tui.figure import PoseBook

ROOT = Path(__file__).parents[2]
POSES = ROOT / "catalog" / "poses"
STEMS = sorted(path.stem for path in POSES.glob("*.toml") if path.stem != "templates")


def sequences() -> list[tuple[str, ...]]:
    """The poses that each stretch, and each form of it, passes through in their order."""
    found = []
    for path in sorted((ROOT / "catalog" / "stretches").glob("*.toml")):
        stretch = tomllib.loads(path.read_text("utf-8"))
        for form in (stretch, *stretch.get("variations", ())):
            poses = [
                pose
                for phase in form.get("phases", ())
                for pose in (*phase.get("through", ()), phase["pose"])
            ]
            if poses and tuple(poses) not in found:
                found.append(tuple(poses))
    return found


SEQUENCES = sequences()


def defining() -> dict[str, str]:
    """The pose that each stretch is held in, by the id of the stretch."""
    found = {}
    for path in sorted((ROOT / "catalog" / "stretches").glob("*.toml")):
        phases = tomllib.loads(path.read_text("utf-8")).get("phases", ())
        if phases:
            found[path.stem] = phases[-1]["pose"]
    return found


def load(folder: Path) -> dict[str, dict[str, object]]:
    return {path.stem: tomllib.loads(path.read_text("utf-8")) for path in folder.glob("*.toml")}


@pytest.fixture(scope="session")
def catalog() -> PoseBook:
    return PoseBook.parse(load(POSES))


@pytest.fixture(scope="session")
def models() -> PoseBook:
    """A few poses that stay as they are, so that a change of the drawing shows as one."""
    return PoseBook.parse(
        {"models": tomllib.loads((Path(__file__).parent / "models.toml").read_text("utf-8"))}
    )
