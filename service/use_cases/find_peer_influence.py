"""Whose word on a topic reaches people: how concentrated influence is, and who has it."""

import asyncio
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import replace
from datetime import date

import numpy as np
import polars as pl

from service.domain.peer_influence import PeerInfluence, PeerInfluenceQuestion
from service.graph.influence.concentration import concentration
from service.graph.influence.listeners import direct_listeners
from service.graph.influence.peer_influence import Influences
from service.graph.snapshot import Snapshot, day_number
from service.ports.activity import ActivitySource
from service.ports.snapshots import SnapshotProvider
from service.telemetry.parts import in_kernel
from service.use_cases.activity_in_scope import activity_in_scope, known_topic
from service.use_cases.remembered import Remembered

ANSWERS_KEPT = 64
PEOPLE_KEPT = 500_000
"""What is remembered: some 200 bytes a person of a group."""

_OPEN = nullcontext()


class FindPeerInfluence:
    """Answers from the newest snapshot and the activity in Neo4j, off the event loop, behind `gate`."""

    def __init__(
        self,
        snapshots: SnapshotProvider,
        activity: ActivitySource,
        gate: AbstractAsyncContextManager[None] = _OPEN,
    ) -> None:
        self._snapshots = snapshots
        self._activity = activity
        self._answers: Remembered[PeerInfluenceQuestion, PeerInfluence] = Remembered(
            ANSWERS_KEPT, gate, heaviest=PEOPLE_KEPT, weigh=_people_listed
        )

    async def __call__(self, question: PeerInfluenceQuestion) -> PeerInfluence:
        """The answer, its day filled in. Raises NotFound (topic), Unavailable, Overloaded where the gate is full."""
        snapshot = self._snapshots.latest()
        topic, day = known_topic(snapshot, question.topic_id), snapshot.as_of(question.as_of)
        question = replace(question, as_of=day)

        async def computed() -> PeerInfluence:
            activity = await activity_in_scope(self._activity, snapshot, topic, question.scope, day)
            return await asyncio.to_thread(
                in_kernel("peer influence", _answer), snapshot, topic, question, day, activity
            )

        return await self._answers.of(snapshot, question, computed)


def _answer(
    snapshot: Snapshot, topic: int, question: PeerInfluenceQuestion, day: date, activity: pl.DataFrame
) -> PeerInfluence:
    found = _influences(snapshot, topic, question, day, activity)
    broadcasters, most_reciprocity = found.social_broadcasters()
    return PeerInfluence(
        question=question,
        as_of=day,
        people=len(found.person),
        interactions=int(found.interactions.sum()),
        impressions=concentration(found.impressions),
        posts=concentration(found.posts),
        connectors=found.listed(found.mass_connectors()),
        mavens=found.listed(found.mass_mavens()),
        broadcasters=found.listed(broadcasters),
        most_reciprocity=most_reciprocity,
        snapshot=snapshot.info,
    )


def _influences(
    snapshot: Snapshot, topic: int, question: PeerInfluenceQuestion, day: date, activity: pl.DataFrame
) -> Influences:
    """Of everybody active; who is too new for the snapshot is left out."""
    people = snapshot.people.index
    sums = activity.group_by("personId").agg(pl.col("given", "posts").sum())
    places = [people.find(id_) for id_ in sums["personId"].to_list()]
    ordered = sums.with_columns(place=pl.Series(places, dtype=pl.Int64)).drop_nulls("place").sort("place")
    person = ordered["place"].to_numpy()
    listeners, answered = direct_listeners(snapshot, topic, question.scope, day_number(day))
    return Influences(
        people.ids,
        person,
        ordered["given"].to_numpy().astype(np.int64),
        ordered["posts"].to_numpy().astype(np.int64),
        listeners[person],
        answered[person],
    )


def _people_listed(answer: PeerInfluence) -> int:
    return len(answer.connectors) + len(answer.mavens) + len(answer.broadcasters)
