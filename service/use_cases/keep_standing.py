"""Keeps the stored standing in step with graph and activity: that of the topics whose communities are stored."""

import asyncio
from collections.abc import Callable
from datetime import UTC, date, datetime

import polars as pl

from service.domain.errors import NotFound
from service.domain.standing import StandingQuestion
from service.domain.vocabulary import StandingMeasure
from service.ports.communities import CommunityStore
from service.ports.standing import STANDING_SCHEMA, StandingStore
from service.use_cases.find_standing import FindStanding, TopicStandings

_State = tuple[str, int, date]


def _utc_now() -> datetime:
    return datetime.now(UTC)


class KeepStanding:
    """Stores what differs from what is stored, and nothing where nothing does: so it does not answer its own writes.

    A row says of which snapshot it is: the first that gave these numbers. Later ones that give the same leave it be.
    """

    def __init__(
        self,
        find_standing: FindStanding,
        communities: CommunityStore,
        store: StandingStore,
        *,
        now: Callable[[], datetime] = _utc_now,
    ) -> None:
        self._find_standing = find_standing
        self._communities = communities
        self._store = store
        self._now = now
        self._kept: dict[str, _State] = {}
        """What each topic was last stored from, the one stored longest ago first."""

    async def __call__(self) -> None:
        """Bring every topic up to date, one after the other; a newer snapshot ends it early. Raises Unavailable."""
        state = await self._find_standing.state()
        kept = {topic.id for topic in await self._communities.topics()}
        for topic_id in await self._store.topics():
            if topic_id not in kept:
                await self._drop(topic_id)
        due = sorted(kept - self._kept.keys()) + [topic_id for topic_id in self._kept if topic_id in kept]
        for topic_id in due:
            if self._kept.get(topic_id) == state:
                continue
            if await self._find_standing.state() != state:
                return
            await self._keep(topic_id, state)

    async def _keep(self, topic_id: str, state: _State) -> None:
        try:
            found = await self._find_standing(StandingQuestion(topic_id))
        except NotFound:
            return  # the topic is just gone; its communities go with the next round
        stored = await self._store.stored(topic_id)
        changed, gone = await asyncio.to_thread(_differences, found, stored)
        await self._store.replace(topic_id, changed, gone, found.snapshot.info.id, self._now())
        self._kept.pop(topic_id, None)
        self._kept[topic_id] = state

    async def _drop(self, topic_id: str) -> None:
        self._kept.pop(topic_id, None)
        gone = (await self._store.stored(topic_id))["personId"].to_list()
        nothing = pl.DataFrame(schema=STANDING_SCHEMA)
        await self._store.replace(topic_id, nothing, gone, "", self._now())


def _differences(found: TopicStandings, stored: pl.DataFrame) -> tuple[pl.DataFrame, list[str]]:
    """Rows that are not stored so, and ids of people who are stored but are none of the topic's any more."""
    columns = found.everybody.columns
    rows = (
        pl.DataFrame(
            {
                "personId": found.snapshot.people.index.ids.at(found.everybody.people.tolist()),
                **{measure.lower(): columns[measure].value for measure in StandingMeasure},
            }
        )
        .cast({"reach": pl.Int64})
        .select(*STANDING_SCHEMA)
    )
    beside = rows.join(stored, on="personId", how="left", suffix="Stored", maintain_order="left")
    numbers = [name for name in STANDING_SCHEMA if name != "personId"]
    differs = pl.any_horizontal(pl.col(name).ne_missing(pl.col(f"{name}Stored")) for name in numbers)
    gone = stored.join(rows, on="personId", how="anti")["personId"].sort().to_list()
    return beside.filter(differs).select(*STANDING_SCHEMA), gone
