"""The standing of everybody on a topic, as columns. Definitions: docs/influence/standing.md."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from service.domain.standing import PRIOR_INTERACTIONS
from service.domain.vocabulary import StandingMeasure
from service.graph.communities.partition import summed
from service.graph.influence.reach import reach
from service.graph.influence.topic_network import TopicNetwork
from service.graph.open_trust import Weights
from service.graph.page_rank import page_rank
from service.graph.snapshot import Flags, Int

Counts = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class TopicActivity:
    """Interactions of people, whose positions in the snapshot ascend: `given` and `received` on the topics in scope,
    `everywhere` both on all topics. `in_scope` and `in_all` are the same sums over everybody there is."""

    person: Int
    given: Counts
    received: Counts
    everywhere: Counts
    in_scope: int
    in_all: int

    @property
    def share(self) -> float:
        """Which part of everybody's interactions is in scope; 0 where there are none at all."""
        return self.in_scope / self.in_all if self.in_all else 0.0


@dataclass(frozen=True, slots=True)
class Column:
    """One measure of everybody. `order` holds their places, the greatest value first; ties by id."""

    value: Weights
    percentile: Weights
    order: Int

    @classmethod
    def of(cls, value: Weights) -> "Column":
        return cls(value, percentiles(value), np.argsort(-value, kind="stable").astype(np.int32))


@dataclass(frozen=True, slots=True)
class Standings:
    """The topic's people, ascending positions in the snapshot, and their measures side by side: everybody in the
    network, or active in scope, who has not opted out.

    `given` and `received` are their interactions in scope, `everywhere` on all topics. `engaged_by` counts who trusts
    them on the ground of interactions, `answered` those of these whom they trust so in return. `listened` is the
    strength of all trust they give away, `teleport` the probability with which a walk starts anew at them.
    """

    people: Int
    columns: Mapping[StandingMeasure, Column]
    given: Counts
    received: Counts
    everywhere: Counts
    engaged_by: Counts
    answered: Counts
    listened: Weights
    teleport: Weights
    network: TopicNetwork
    in_scope: int
    in_all: int

    def place_of(self, person: int) -> int | None:
        """Where somebody is among the people; None for who is not."""
        place = int(np.searchsorted(self.people, person))
        return place if place < len(self.people) and self.people[place] == person else None


def standings(network: TopicNetwork, activity: TopicActivity, opted_out: Flags) -> Standings:
    """Everybody's standing. `activity` holds at least everybody in the network."""
    active = activity.given + activity.received > 0
    taking_part = np.zeros(len(opted_out), dtype=np.bool_)
    taking_part[activity.person[active]] = True
    taking_part[network.people] = True
    people = np.flatnonzero(taking_part & ~opted_out).astype(np.int32)
    known = np.searchsorted(activity.person, people)
    given, received, everywhere = (column[known] for column in (activity.given, activity.received, activity.everywhere))
    engaged_by, answered = _engagement(network)
    listened = summed(network.listener, network.strength, len(opted_out))[people]
    teleport = _teleport(given + received)
    values: dict[StandingMeasure, Weights] = {
        StandingMeasure.REACH: reach(network)[people].astype(np.float64),
        StandingMeasure.RESONANCE: summed(network.speaker, network.strength, len(opted_out))[people],
        StandingMeasure.RELEVANCE: (given + received + PRIOR_INTERACTIONS * activity.share)
        / (everywhere + PRIOR_INTERACTIONS),
        StandingMeasure.AUTHORITY: _authority(network, people, listened, teleport),
    }
    return Standings(
        people=people,
        columns=MappingProxyType({measure: Column.of(value) for measure, value in values.items()}),
        given=given,
        received=received,
        everywhere=everywhere,
        engaged_by=engaged_by[people],
        answered=answered[people],
        listened=listened,
        teleport=teleport,
        network=network,
        in_scope=activity.in_scope,
        in_all=activity.in_all,
    )


def percentiles(value: Weights) -> Weights:
    """(below + half of those equal, oneself among them) / all · 100, for each."""
    ordered = np.sort(value)
    below, not_above = np.searchsorted(ordered, value, "left"), np.searchsorted(ordered, value, "right")
    result: Weights = (below + not_above).astype(np.float64) * (50.0 / max(len(value), 1))
    return result


def _engagement(network: TopicNetwork) -> tuple[Counts, Counts]:
    """(engaged by, answered) of every vertex."""
    vertices = len(network.offsets) - 1
    speaker, listener = network.speaker[network.engaged], network.listener[network.engaged]
    ties, answers = (a.astype(np.int64) * vertices + b for a, b in ((speaker, listener), (listener, speaker)))
    returned = np.isin(ties, answers)
    return np.bincount(speaker, minlength=vertices), np.bincount(speaker[returned], minlength=vertices)


def _teleport(interactions: Counts) -> Weights:
    """By interactions in scope; all alike where nobody has any."""
    total = interactions.sum()
    return interactions / total if total else np.full(len(interactions), 1 / max(len(interactions), 1))


def _authority(network: TopicNetwork, people: Int, listened: Weights, teleport: Weights) -> Weights:
    """Topic-sensitive PageRank from listeners to speakers.

    J. Weng, E.-P. Lim, J. Jiang, Q. He, "TwitterRank: finding topic-sensitive influential twitterers", WSDM (2010),
    with trust on the topic where they have followers, similarity and numbers of tweets.
    """
    place = np.full(len(network.offsets) - 1, -1, dtype=np.int32)
    place[people] = np.arange(len(people), dtype=np.int32)
    source = place[network.listener]
    ends = np.append(network.offsets[people], network.offsets[-1])
    return page_rank(ends, source, network.strength / listened[source], listened == 0, teleport)
