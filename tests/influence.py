"""What the tests of influence share: activity in plain values, for a use case and for a real Neo4j alike."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

import polars as pl
from hypothesis import strategies as st
from neo4j import AsyncDriver

from service.ports.activity import ACTIVITY_SCHEMA, TOTALS_SCHEMA
from tests.strategies import PEOPLE, TOPICS


class Act(NamedTuple):
    """What a person did, and what others did to them, on a topic in a month."""

    person_id: str
    topic_id: str
    month: int
    given: int
    received: int = 0
    posts: int = 0


@dataclass
class FixedActivity:
    """An ActivitySource of just these acts; `reads` counts how often it was asked. The test moves `changes` as if
    somebody had written."""

    acts: Sequence[Act] = ()
    reads: int = 0
    changes: int = 0

    async def on_topics(self, topic_ids: Collection[str], until: int) -> pl.DataFrame:
        self.reads += 1
        return _table(act for act in self.acts if act.topic_id in topic_ids and act.month <= until)

    async def of_person(self, person_id: str, until: int) -> pl.DataFrame:
        self.reads += 1
        return _table(act for act in self.acts if act.person_id == person_id and act.month <= until)

    async def totals(self, topic_ids: Collection[str], until: int) -> pl.DataFrame:
        return await self.totals_of({act.person_id for act in self.acts if act.topic_id in topic_ids}, until)

    async def totals_of(self, person_ids: Collection[str], until: int) -> pl.DataFrame:
        sums = dict.fromkeys(sorted({act.person_id for act in self.acts} & set(person_ids)), 0)
        for act in self.acts:
            if act.person_id in sums and act.month <= until:
                sums[act.person_id] += act.given + act.received
        return pl.DataFrame(list(sums.items()), schema=TOTALS_SCHEMA, orient="row")

    async def version(self, bookmark: str) -> int:
        return self.changes

    async def total(self, until: int) -> int:
        return sum(act.given + act.received for act in self.acts if act.month <= until)


def _table(acts: Iterable[Act]) -> pl.DataFrame:
    return pl.DataFrame(sorted(acts), schema=ACTIVITY_SCHEMA, orient="row")


async def write_activity(driver: AsyncDriver, acts: Sequence[Act]) -> None:
    """Put acts into a Neo4j that has their people and topics."""
    rows = []
    for (person_id, topic_id), group in groupby(sorted(acts), key=lambda act: act[:2]):
        columns = list(zip(*(act[2:] for act in group), strict=True))
        lists = dict(zip(("months", "given", "received", "posts"), map(list, columns), strict=True))
        rows.append({"personId": person_id, "topicId": topic_id, "lists": lists})
    await driver.execute_query(
        "UNWIND $rows AS row MATCH (p:Person {id: row.personId}), (t:Topic {id: row.topicId}) "
        "CREATE (p)-[a:ACTIVE_IN]->(t) SET a = row.lists",
        rows=rows,
    )


@st.composite
def activities(draw: st.DrawFn, people: Sequence[str] = PEOPLE) -> list[Act]:
    """At most one row a person, topic and month; nobody gives more posts than interactions."""
    act = st.builds(
        lambda person, topic, month, given, received, posts: Act(
            person, topic, month, given, received, min(given, posts)
        ),
        st.sampled_from(people),
        st.sampled_from([topic.id for topic in TOPICS]),
        st.sampled_from((202312, 202409, 202510, 202511, 202512, 202601, 202602)),
        st.integers(0, 4),
        st.integers(0, 3),
        st.integers(0, 4),
    ).filter(lambda act: act.given + act.received > 0)
    return draw(st.lists(act, unique_by=lambda act: act[:3], max_size=30))
