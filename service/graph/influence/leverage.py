"""The contacts who together influence most of an audience."""

from dataclasses import dataclass

import numpy as np

from service.domain.vocabulary import TrustDirection
from service.graph.costs import Costs
from service.graph.influence.coverage import by_other, greedy_cover
from service.graph.influence.sweeps import NO_COSTS, Sweeps
from service.graph.limits import StopFlag
from service.graph.paths.path_question import Terrain
from service.graph.snapshot import Int


@dataclass(frozen=True, slots=True)
class ChosenContact:
    """`reaches` counts whom the contact influences alone; `adds` are those nobody chosen before does, by cost and id,
    and `costs` what the best path to each costs."""

    person: int
    reaches: int
    adds: Int
    costs: Costs


def best_contacts(terrain: Terrain, audience: Int, most: int, stop: StopFlag) -> tuple[list[ChosenContact], int]:
    """Up to `most` contacts in the order of their choice, and how many of the audience others can influence.

    The terrain's direction must be TRUST, since whoever influences somebody is found from there: whom do they listen
    to? `audience` holds each person once. Both are empty after a stop.
    """
    sweeps = Sweeps(terrain)
    offsets, reached = sweeps.from_each(audience, stop)
    if stop[0]:
        return [], 0
    covers_from, covers = by_other(offsets, reached, len(terrain.snapshot.people.names))
    sizes = np.diff(covers_from)
    candidates = np.flatnonzero(sizes)
    spans = np.append(covers_from[candidates], covers_from[-1])
    chosen, covered_by = greedy_cover(spans, covers, len(audience), most)
    contacts = []
    for place in chosen:
        person = candidates[place : place + 1].astype(np.int32)
        adds = audience[covered_by == place]
        found = sweeps.from_people(person, NO_COSTS, stop, direction=TrustDirection.INFLUENCE)
        mine = np.isin(found.people, adds)
        people, costs = found.people[mine], found.cost[mine]
        order = np.lexsort((people, costs))
        contacts.append(ChosenContact(int(person[0]), int(sizes[person[0]]), people[order], costs[order]))
    return contacts, int((np.diff(offsets) > 1).sum())
