"""How many people somebody's word can reach over at most two hops: those who trust them, and who trust these. Compiled.

It is what trusted-paths questions from the person to everybody would find, in the same whole micro-nats.
"""

import numpy as np
from numba import njit

from service.domain.paths import INTRODUCER_STRENGTH
from service.domain.standing import REACH_STRENGTH
from service.graph.costs import Costs, cost_of, largest_cost
from service.graph.influence.topic_network import TopicNetwork
from service.graph.snapshot import Int
from service.graph.texts import Offsets

HANDOVER = cost_of(INTRODUCER_STRENGTH)
MOST = largest_cost(REACH_STRENGTH) or 0
"""The largest cost of a path that counts."""


def reach(network: TopicNetwork) -> Int:
    """Distinct people other than oneself whom each vertex reaches."""
    return _reach(network.offsets, network.listener, network.cost, MOST, HANDOVER)


def introduced(network: TopicNetwork, person: int) -> Int:
    """To how many people each listener who is near enough, the nearest first, can introduce somebody: the ends of
    two-hop paths that count. Several may introduce to the same."""
    return _introduced(network.offsets, network.listener, network.cost, MOST, HANDOVER, person)


@njit(cache=True, nogil=True)
def _reach(offsets: Offsets, listener: Int, cost: Costs, most: int, handover: int) -> Int:
    people = len(offsets) - 1
    reached = np.zeros(people, dtype=np.int32)
    reached_by = np.full(people, -1, dtype=np.int32)
    for person in range(people):
        reached_by[person] = person
        # Listeners come by cost, so the first who is too far off ends each search.
        for near in range(offsets[person], offsets[person + 1]):
            if cost[near] > most:
                break
            introducer = listener[near]
            if reached_by[introducer] != person:
                reached_by[introducer] = person
                reached[person] += 1
            for far in range(offsets[introducer], offsets[introducer + 1]):
                if cost[near] + handover + cost[far] > most:
                    break
                if reached_by[listener[far]] != person:
                    reached_by[listener[far]] = person
                    reached[person] += 1
    return reached


@njit(cache=True, nogil=True)
def _introduced(offsets: Offsets, listener: Int, cost: Costs, most: int, handover: int, person: int) -> Int:
    counts = np.zeros(offsets[person + 1] - offsets[person], dtype=np.int32)
    found = 0
    for near in range(offsets[person], offsets[person + 1]):
        if cost[near] > most:
            break
        for far in range(offsets[listener[near]], offsets[listener[near] + 1]):
            if cost[near] + handover + cost[far] > most:
                break
            counts[found] += listener[far] != person
        found += 1
    return counts[:found]
