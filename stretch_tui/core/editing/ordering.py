"""The order of a routine in which the body gets up and down least."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace
from itertools import combinations, pairwise

from stretch_tui.core.content.positions import change_cost, least_changes, places_of
from stretch_tui.core.content.routine import Routine, Step
from stretch_tui.core.content.stretch import Position, Stretch

Known = Mapping[str, Stretch]


def path_of(steps: Sequence[Step], stretches: Known) -> tuple[Position, ...]:
    """The position of each known step, chosen so that the body changes it least."""
    known = (step for step in steps if step.stretch in stretches)
    return least_changes(places_of(stretches[step.stretch], step.variation) for step in known)


def path_cost(path: Sequence[Position]) -> int:
    """What it costs the body to go along the path, in points of `positions.change_cost`."""
    return sum(change_cost(here, there) for here, there in pairwise(path))


def reordered(routine: Routine, stretches: Known) -> Routine:
    """The routine in an order that costs the body least; as it is where none costs less.

    Steps of one position keep their order among themselves, and of several such orders the one
    nearest to the present order is taken. Unknown stretches stay behind the step that they follow,
    and so does what stands in for a step, or is stood in for by it.
    """
    lead, clusters = _clusters(routine.steps, stretches)
    heads = [cluster[0] for cluster in clusters]
    places = [places_of(stretches[step.stretch], step.variation) for step in heads]
    found = list(_arrangements(places))
    least = min((cost for cost, _ in found), default=0)
    if least >= path_cost(least_changes(places)):
        return routine
    orders = [order for cost, order in found if cost == least]
    if len(orders) > 1:
        orders.sort(key=lambda order: (_disturbance(order), order))
    steps = (*lead, *(step for index in orders[0] for step in clusters[index]))
    saves = path_cost(path_of(steps, stretches)) < path_cost(path_of(routine.steps, stretches))
    return replace(routine, steps=steps) if saves else routine


def alternatives(one: Step, other: Step) -> bool:
    """Whether one of the steps stands in for the other."""
    return other.instead_of == one.stretch or one.instead_of == other.stretch


def _clusters(
    steps: Sequence[Step], stretches: Known
) -> tuple[tuple[Step, ...], list[tuple[Step, ...]]]:
    """Unknown steps at the start, then each known step with those that stay behind it."""
    lead: list[Step] = []
    clusters: list[list[Step]] = []
    for step in steps:
        if clusters and alternatives(clusters[-1][0], step):
            clusters[-1].append(step)
        elif step.stretch in stretches:
            clusters.append([step])
        else:
            (clusters[-1] if clusters else lead).append(step)
    return tuple(lead), [tuple(cluster) for cluster in clusters]


def _arrangements(
    places: Sequence[Sequence[Position]],
) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Orders in which each position is visited once: their cost, and the indexes.

    Every set of positions in which all can be done is tried; the order of visits within it changes
    the cost only where it leaves the floor and comes back, so upright and floor stay together.
    """
    kinds = set(map(tuple, places))
    needed = {some[0] for some in kinds if len(some) == 1}
    spare = [one for one in dict.fromkeys(p for some in places for p in some) if one not in needed]
    for size in range(len(spare) + 1):
        for more in combinations(spare, size):
            chosen = needed.union(more)
            if all(not chosen.isdisjoint(some) for some in kinds):
                where = _settle(places, chosen)
                visits = list(dict.fromkeys(where))
                down_first = bool(visits) and visits[0].floor
                visits.sort(key=lambda place: place.floor is not down_first)
                number = {place: at for at, place in enumerate(visits)}
                order = sorted(range(len(where)), key=lambda index: number[where[index]])
                yield path_cost(visits), tuple(order)


def _settle(places: Sequence[Sequence[Position]], chosen: Set[Position]) -> list[Position]:
    """Where each is done, of the chosen positions: where the one before is, if it can be."""
    settled: list[Position] = []
    for some in places:
        allowed = [place for place in some if place in chosen]
        stay = bool(settled) and settled[-1] in allowed
        settled.append(settled[-1] if stay else allowed[0])
    return settled


def _disturbance(order: Sequence[int]) -> int:
    """How many pairs no longer stand as they did."""
    return sum(a > b for a, b in combinations(order, 2))
