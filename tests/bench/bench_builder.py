"""Keys in the builder, with 100 steps in the routine and 1,000 own stretches to add; by hand.

    python tests/bench/bench_builder.py [--runs 3] [--size 120x40]

In a real terminal beside a bare Textual list of a thousand options, as `bench_keys.py` does it:
ratios of the 95th percentiles to the first byte of what a key changes.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from bench_keys import DOWN, UP, Place, Times, floor, measure, press_all, started
from bench_plan import thousand

from stretch_tui.core.content.stretch import Stretch

STEPS = 100
PLACES = (
    Place(
        "catalog",
        (),
        {
            "cursor": (DOWN, DOWN, UP),
            "the ends": ("G", "g"),
            "add, undo": ("\r", "u"),
            "other pane": ("\t",),
            "filter, typed": ("/", "n", "e", "c", "k", "\x7f", "\x7f", "\x7f", "\x7f"),
        },
    ),
    Place(
        "steps",
        ("\x1b", "\t"),
        {
            "cursor": (DOWN, DOWN, UP),
            "the ends": ("G", "g"),
            "move": ("J", "J", "K"),
            "copy": ("c",),
            "remove": ("d",),
            "undo, redo": ("u", "u", "\x19"),
            "order, undo": ("o", "u"),
            "side": ("s",),
            "dose, done": ("e", "e"),
        },
    ),
    Place("dose", ("j", "e"), {"figure": ("l", "l", "h"), "cursor": ("j", "k")}),
)
POSE = """
[[phases]]
name = "start"
pose = "cat-cow/cat"
cue = "In."

[[phases]]
name = "hold"
pose = "cat-cow/cow"
cue = "Out."
"""


def toml(one: Stretch) -> str:
    """The stretch as a file, with a figure of the catalog's."""
    dose, regions = one.dose, ", ".join(f'"{region}"' for region in one.regions)
    lines = [
        f'name = "{one.name}"\nregions = [{regions}]\nposition = "{one.position}"',
        f'level = "{one.level}"\nsteps = ["Breathe."]',
        *(['side_means = "the side"'] if one.two_sided else []),
        f'[dose]\nsides = "{dose.sides}"',
    ]
    figures = {name: getattr(dose, name) for name in ("hold_seconds", "reps")}
    lines += [f"{name} = [{one.low}, {one.high}]" for name, one in figures.items() if one]
    return "\n".join(lines) + POSE


def prepare(folder: Path) -> None:
    """A data folder of a thousand stretches, and a draft of a hundred steps."""
    known = thousand()
    (folder / "stretches").mkdir()
    for name, one in known.items():
        (folder / "stretches" / f"{name}.toml").write_text(toml(one))
    steps = "".join(f'\n[[steps]]\nstretch = "{name}"\n' for name in list(known)[:: 1000 // STEPS])
    (folder / "draft.toml").write_text(f'name = "Long"\n{steps}')


def one_run(env: dict[str, str], size: tuple[int, int], found: dict[str, Times]) -> None:
    """The floor, then the builder."""
    floor(env, size, found)
    with tempfile.TemporaryDirectory() as name:
        prepare(Path(name))
        words = [sys.executable, "-m", "stretch_tui"]
        here = env | {"STRETCH_TUI_DATA_DIR": name}
        with started(words, b"two meetings", here, size) as program:
            os.write(program.master, b"b")
            program.until_quiet(5.0)  # what is said of the draft goes away by itself
            for place in PLACES:
                press_all(program, place, found)


if __name__ == "__main__":
    measure(__doc__, one_run)
