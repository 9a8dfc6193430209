"""Histories of communities in Neo4j: a node a day, and one a community and day, which became others."""

from datetime import date, datetime
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from service.domain.community_history import CommunityHistory, Moment
from service.domain.vocabulary import CommunityChange

if TYPE_CHECKING:
    from service.store.database import Database


class Neo4jCommunityHistoryStore:
    """The CommunityHistoryStore of a database."""

    def __init__(self, database: "Database") -> None:
        self._database = database

    async def snapshots(self) -> dict[str, str]:
        rows = await self._database.fetch("stored_community_histories")
        return {row["topicId"]: row["snapshotId"] for row in rows}

    async def replace(self, history: CommunityHistory, computed_at: datetime) -> None:
        topic_id = history.question.topic_id
        stages = [
            {"id": f"{topic_id}@{stage.day}", "day": stage.day, "people": stage.people, "modularity": stage.modularity}
            for stage in history.stages
        ]
        params = {
            "topicId": topic_id,
            "stages": stages,
            "moments": _moments(history),
            "became": _became(history),
            "snapshotId": history.snapshot.id,
            "computedAt": computed_at,
        }
        await self._database.execute("replace_community_history", params)


def _moments(history: CommunityHistory) -> list[dict[str, Any]]:
    events = history.events
    born = {(m.line_id, event.day) for event in events if event.change is CommunityChange.BORN for m in event.after}
    ended = {m.line_id: event.day for event in events if event.change is CommunityChange.ENDED for m in event.before}
    last = {moment.line_id: stage.day for stage in history.stages for moment in stage.moments}
    return [
        {
            "id": _key(moment, stage.day),
            "day": stage.day,
            "lineId": moment.line_id,
            "communityId": moment.community.id,
            "label": moment.community.label,
            "size": moment.community.size,
            "born": (moment.line_id, stage.day) in born,
            "endedBy": ended.get(moment.line_id) if last[moment.line_id] == stage.day else None,
        }
        for stage in history.stages
        for moment in stage.moments
    ]


def _became(history: CommunityHistory) -> list[dict[str, str]]:
    before = {day: former for former, day in pairwise(stage.day for stage in history.stages)}
    return [
        {"fromId": _key(former, before[event.day]), "toId": _key(later, event.day), "change": event.change.value}
        for event in history.events
        for former in event.before
        for later in event.after
    ]


def _key(moment: Moment, day: date) -> str:
    return f"{moment.line_id}@{day}"
