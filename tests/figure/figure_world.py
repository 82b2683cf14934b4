"""The shipped poses and stretches, as the tests of the figure go through them."""

import tomllib
from pathlib import Path

from stretch_tui.storage.content.catalog_files import load_catalog

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
    """The pose that each stretch is known by, by the id of the stretch."""
    stretches = load_catalog().catalog.stretches.values()
    return {one.id: pose for one in stretches if (pose := one.defining_pose())}


def load(folder: Path) -> dict[str, dict[str, object]]:
    return {path.stem: tomllib.loads(path.read_text("utf-8")) for path in folder.glob("*.toml")}
