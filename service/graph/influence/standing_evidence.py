"""What one person's measures are made of."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np

from service.domain.standing import (
    FORMULAS,
    PRIOR_INTERACTIONS,
    Engagement,
    Measure,
    MeasureEvidence,
    Standing,
    engagement_class,
)
from service.domain.vocabulary import StandingMeasure
from service.graph.influence.reach import introduced
from service.graph.influence.standing import Standings
from service.graph.open_trust import Weights
from service.graph.page_rank import DAMPING
from service.graph.snapshot import Snapshot

NAMED = 5
"""How many people are named as what a measure is made of: those with the largest part."""

Evidence = tuple[MeasureEvidence, ...]


def standing_of(snapshot: Snapshot, topic_id: str, everybody: Standings, place: int) -> Standing:
    """The standing of the person at a place, with all evidence."""
    return Standing(
        person_id=snapshot.people.index.ids[int(everybody.people[place])],
        topic_id=topic_id,
        reach=_measure(snapshot, everybody, place, StandingMeasure.REACH),
        resonance=_measure(snapshot, everybody, place, StandingMeasure.RESONANCE),
        relevance=_measure(snapshot, everybody, place, StandingMeasure.RELEVANCE),
        authority=_measure(snapshot, everybody, place, StandingMeasure.AUTHORITY),
        people=len(everybody.people),
        snapshot_id=snapshot.info.id,
    )


def evidence_of(snapshot: Snapshot, everybody: Standings, place: int, measure: StandingMeasure) -> Evidence:
    """What one measure of the person at a place is made of."""
    return _EVIDENCE[measure](snapshot, everybody, place)


def engagement_of(snapshot: Snapshot, everybody: Standings, place: int) -> Engagement:
    """How the person at a place engages with others."""
    given, received = int(everybody.given[place]), int(everybody.received[place])
    engaged_by, answered = int(everybody.engaged_by[place]), int(everybody.answered[place])
    return Engagement(
        person_id=snapshot.people.index.ids[int(everybody.people[place])],
        given=given,
        received=received,
        engaged_by=engaged_by,
        answered=answered,
        reciprocity=answered / engaged_by if engaged_by else None,
        kind=engagement_class(given, received, engaged_by, answered),
    )


def _measure(snapshot: Snapshot, everybody: Standings, place: int, measure: StandingMeasure) -> Measure:
    column = everybody.columns[measure]
    evidence = evidence_of(snapshot, everybody, place, measure)
    return Measure(float(column.value[place]), float(column.percentile[place]), FORMULAS[measure], evidence)


def _reach(snapshot: Snapshot, everybody: Standings, place: int) -> Evidence:
    counts = introduced(everybody.network, int(everybody.people[place]))
    whole = everybody.columns[StandingMeasure.REACH].value[place]
    return (
        MeasureEvidence("people reached directly, who trust the person", len(counts)),
        MeasureEvidence("people reached only through an introducer", float(whole) - len(counts)),
        *_named(snapshot, everybody, place, counts.astype(np.float64), "people this introducer opens the way to"),
    )


def _resonance(snapshot: Snapshot, everybody: Standings, place: int) -> Evidence:
    strengths = everybody.network.strength[_listeners(everybody, place)]
    return (
        MeasureEvidence("listeners", len(strengths)),
        *_named(snapshot, everybody, place, strengths, "strength of this listener's trust"),
    )


def _relevance(snapshot: Snapshot, everybody: Standings, place: int) -> Evidence:
    given, received = int(everybody.given[place]), int(everybody.received[place])
    return (
        MeasureEvidence("interactions given in scope", given),
        MeasureEvidence("interactions received in scope", received),
        MeasureEvidence("interactions given and received on all topics", int(everybody.everywhere[place])),
        MeasureEvidence("interactions of the prior", PRIOR_INTERACTIONS),
        MeasureEvidence("everybody's interactions in scope", everybody.in_scope),
        MeasureEvidence("everybody's interactions on all topics", everybody.in_all),
    )


def _authority(snapshot: Snapshot, everybody: Standings, place: int) -> Evidence:
    network, own = everybody.network, _listeners(everybody, place)
    listeners = np.searchsorted(everybody.people, network.listener[own])
    authority = everybody.columns[StandingMeasure.AUTHORITY].value
    parts = DAMPING * authority[listeners] * network.strength[own] / everybody.listened[listeners]
    passed_on = float(parts.sum())
    return (
        MeasureEvidence("authority passed on by listeners", passed_on),
        MeasureEvidence("authority from interactions in scope", float(authority[place]) - passed_on),
        *_named(snapshot, everybody, place, parts, "authority passed on by this listener"),
    )


_EVIDENCE: Mapping[StandingMeasure, Callable[[Snapshot, Standings, int], Evidence]] = MappingProxyType(
    {
        StandingMeasure.REACH: _reach,
        StandingMeasure.RESONANCE: _resonance,
        StandingMeasure.RELEVANCE: _relevance,
        StandingMeasure.AUTHORITY: _authority,
    }
)


def _listeners(everybody: Standings, place: int) -> slice:
    return everybody.network.listeners_of(int(everybody.people[place]))


def _named(snapshot: Snapshot, everybody: Standings, place: int, parts: Weights, what: str) -> Evidence:
    """The listeners with the largest parts, those of none left out; ties by how much they trust, then by id."""
    listeners = everybody.network.listener[_listeners(everybody, place)]
    largest = np.argsort(-parts, kind="stable")[:NAMED].tolist()
    ids = snapshot.people.index.ids
    return tuple(
        MeasureEvidence(what, float(parts[each]), ids[int(listeners[each])]) for each in largest if parts[each] > 0
    )
