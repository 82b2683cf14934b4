"""`now MINUTES`: a routine made to measure, with the reason for each pick."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from typing import Any

from stretch_tui.cli import compose
from stretch_tui.cli.argument_types import whole
from stretch_tui.cli.naming import EQUIPMENT_HELP, equipment
from stretch_tui.cli.naming_twice import taken
from stretch_tui.cli.paper import Paper
from stretch_tui.cli.shapes import dose_json, seconds_json
from stretch_tui.cli.telling import OK, PROBLEM, print_json, say
from stretch_tui.core.content.catalog import Catalog
from stretch_tui.core.content.stretch import JOINTS, Level, Position, Region
from stretch_tui.core.content.wording import dose_short, exact, form_words
from stretch_tui.core.errors import StoreError
from stretch_tui.core.log.days import day_of
from stretch_tui.core.planner.plan import Plan, make_routine
from stretch_tui.core.planner.wish import LEAST_MINUTES, MOST_MINUTES, Wish, informed
from stretch_tui.core.settings import Settings

EXAMPLES = """\
examples:
  stretch-tui now 5 --region neck --at-desk --play
  stretch-tui now 12 --no-floor --avoid wrists
  stretch-tui now 8 --equipment foam-roller --save "After the run"

The same minutes on the same day give the same routine; --seed N gives another one.
"""


def configure(name: str, parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    assert name == "now"
    add = parser.add_argument
    minutes = whole(LEAST_MINUTES, MOST_MINUTES, "a whole number of minutes")
    limits = f"{LEAST_MINUTES} to {MOST_MINUTES}"
    add("minutes", type=minutes, metavar="MINUTES", help=f"how long, {limits}")
    reaches = f"only for this: {', '.join(Region)}"
    add("--region", action="append", metavar="R", choices=[*Region], help=reaches)
    placed = f"only done like this: {', '.join(Position)}"
    add("--position", action="append", metavar="P", choices=[*Position], help=placed)
    spared = f"nothing that loads this: {', '.join(JOINTS)}"
    add("--avoid", action="append", metavar="J", choices=JOINTS, help=spared)
    add("--equipment", action="append", type=equipment, metavar="E", help=EQUIPMENT_HELP)
    add("--level", choices=[str(level) for level in Level], default=str(Level.MEDIUM),
        help="the most demanding level (medium)")  # fmt: skip
    add("--no-floor", action="store_true", help="without lying or sitting on the floor")
    add("--at-desk", action="store_true", help="seated or standing, with what is there at a desk")
    another = "another routine that is as good"
    add("--seed", type=whole(0, 999_999_999), metavar="N", help=another)
    then = parser.add_mutually_exclusive_group()
    then.add_argument("--play", action="store_true", help="play it at once")
    then.add_argument("--save", metavar="NAME", help="keep it under a name")
    add("--plain", action="store_true", help="with --play: one line an event, no screen")
    add("--dose", help=argparse.SUPPRESS)  # `play` has it; here the doses are part of the fit
    add("--json", action="store_true", help="machine-readable output")
    parser.epilog = EXAMPLES


def run(args: argparse.Namespace) -> int:
    """Make the routine, then print, play or keep it."""
    if args.save is not None and taken(args.save):
        return PROBLEM
    catalog, settings = compose.catalog(), compose.settings()
    plan = make_routine(catalog.stretches, settings, _wish(args, settings))
    if args.json and not args.play:
        print_json(_json(plan, catalog))
    if not plan.picks:
        say(plan.reason)
        return PROBLEM
    if args.save is not None:
        _save(plan, args.save)
    if args.play:
        return _play(args, plan, catalog)
    if not args.json:
        _write(plan, catalog, settings, Paper(ascii_only=args.ascii))
    return OK


def _wish(args: argparse.Namespace, settings: Settings) -> Wish:
    given = None if args.equipment is None else tuple(e for e in args.equipment if e != "none")
    today = day_of(compose.now(), settings)
    wish = Wish(
        args.minutes,
        regions=tuple(Region(region) for region in args.region or ()),
        positions=tuple(Position(position) for position in args.position or ()),
        at_desk=args.at_desk,
        no_floor=args.no_floor,
        equipment=settings.equipment if given is None else given,
        avoid=tuple(args.avoid or ()),
        level=Level(args.level),
        seed=today.toordinal() if args.seed is None else args.seed,
    )
    try:
        return informed(wish, compose.logbook(), today)
    except StoreError as problem:
        say(f"made without a look at your history: {problem}")
        return wish


def _save(plan: Plan, name: str) -> None:
    """Keep the routine under the name; say under which id."""
    saved = compose.routines().save(replace(plan.routine, name=name))
    say(f"saved as {saved.id}")


def _play(args: argparse.Namespace, plan: Plan, catalog: Catalog) -> int:
    from stretch_tui.cli.app_command import can_draw, open_app

    if plan.reason:
        say(plan.reason)
    if args.plain or args.json or not (can_draw() and sys.stdout.isatty()):
        from stretch_tui.cli.line_session import play_lines

        return play_lines(args, plan.routine, catalog)
    return open_app(args, start=plan.routine)


def _json(plan: Plan, catalog: Catalog) -> dict[str, Any]:
    return {
        "minutes": plan.wish.minutes,
        "seconds": seconds_json(plan.seconds),
        "seed": plan.wish.seed,
        "name": plan.routine.name,
        "rest_seconds": plan.routine.rest_seconds,
        "reason": plan.reason or None,
        "steps": [
            {
                "stretch": pick.step.stretch,
                "name": catalog.stretches[pick.step.stretch].name,
                "variation": pick.step.variation,
                "position": str(pick.position),
                "first_side": str(pick.step.first_side) if pick.step.first_side else None,
                "dose": dose_json(pick.step.dose) if pick.step.dose is not None else None,
                "seconds": seconds_json(pick.seconds),
                "why": pick.why,
            }
            for pick in plan.picks
        ],
    }


def _write(plan: Plan, catalog: Catalog, settings: Settings, paper: Paper) -> None:
    paper.title(plan.routine.name, exact(plan.seconds))
    if plan.reason:
        paper.prose(plan.reason)
    for number, pick in enumerate(plan.picks, 1):
        stretch = catalog.stretches[pick.step.stretch]
        dose = dose_short(pick.step.dose or stretch.dose, settings)
        paper.say()
        paper.title(f"{number:>2}  {form_words(stretch, pick.step.variation)}", dose)
        paper.prose(f"{pick.position.label}: {pick.why}", "    ")
