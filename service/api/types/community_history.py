"""The history of a topic's communities: which there were on each date, and what became of them."""

from datetime import date

import strawberry

from service.api.context import Info
from service.api.paging import page_of, slice_of
from service.api.types import communities, snapshots
from service.api.types.connections import After, Connection, First
from service.api.types.refs import CommunityRef
from service.domain import community_history as domain
from service.domain.vocabulary import CommunityChange

RULE = (
    "From one date to the next a community goes on from the one with the greatest Jaccard overlap of primary members, "
    "at least 3/10, each used once. MERGED: at least half of each of several is in one. SPLIT: at least half of each "
    "of several comes from one. Otherwise one that goes on GREW or SHRANK, one that does not is BORN or ENDED."
)


@strawberry.type(description="A community on one date.")
class CommunityMoment:
    line_id: strawberry.ID = strawberry.field(
        description="The same on every date on which the community goes on, in this history."
    )
    moment: strawberry.Private[domain.Moment]

    @classmethod
    def of(cls, moment: domain.Moment) -> "CommunityMoment":
        return cls(line_id=strawberry.ID(moment.line_id), moment=moment)

    @strawberry.field(description="How many primary members it has on the date.")
    def size(self) -> int:
        return self.moment.community.size

    @strawberry.field(description="What sets it apart on the date: its subtopics and brands.")
    def label(self) -> str:
        return self.moment.community.label

    @strawberry.field(description="The community as `topicalCommunities(asOf:)` has it.")
    def community(self) -> CommunityRef:
        return communities.Community.of(self.moment.community)


@strawberry.type(description="The communities on one date.")
class CommunityStage:
    day: date = strawberry.field(description="The date: the last day of an interval, or the last that was asked for.")
    people: int = strawberry.field(description="How many people trust each other in scope.")
    modularity: float = strawberry.field(description="Modularity of all communities, however small.")
    stage: strawberry.Private[domain.Stage]

    @classmethod
    def of(cls, stage: domain.Stage) -> "CommunityStage":
        return cls(day=stage.day, people=stage.people, modularity=stage.modularity, stage=stage)

    @strawberry.field(description="The communities of three people and more, largest first.")
    def communities(
        self, info: Info, first: First = 20, after: After = strawberry.UNSET
    ) -> Connection[CommunityMoment]:
        name = f"moments/{self.stage.day}"
        page = page_of(self.stage.moments, name, lambda moment: moment.line_id, slice_of(info, first, after))
        return Connection.of(page, len(self.stage.moments), CommunityMoment.of)


@strawberry.type(description="What became of communities by a date.")
class CommunityEvent:
    day: date = strawberry.field(description="The date by which it had come about.")
    change: CommunityChange = strawberry.field(description="What became of them.")
    event: strawberry.Private[domain.Event]

    @classmethod
    def of(cls, event: domain.Event) -> "CommunityEvent":
        return cls(day=event.day, change=event.change, event=event)

    @strawberry.field(description="The communities that there were on the date before; none where one was born.")
    def before(self) -> list[CommunityMoment]:
        return list(map(CommunityMoment.of, self.event.before))

    @strawberry.field(description="The communities that there are on the date; none where one ended.")
    def after(self) -> list[CommunityMoment]:
        return list(map(CommunityMoment.of, self.event.after))


@strawberry.type(description="How the communities of a topic came about.")
class CommunityHistory:
    found: strawberry.Private[domain.CommunityHistory]

    @strawberry.field(description="How changes are told.")
    def rule(self) -> str:
        return RULE

    @strawberry.field(description="The communities date by date.")
    def stages(self) -> list[CommunityStage]:
        return list(map(CommunityStage.of, self.found.stages))

    @strawberry.field(description="All changes between one date and the next, in order of time.")
    def events(self, info: Info, first: First = 20, after: After = strawberry.UNSET) -> Connection[CommunityEvent]:
        events, part = self.found.events, slice_of(info, first, after)
        page = page_of(events, f"events/{self.found.question}", lambda event: event.key, part)
        return Connection.of(page, len(events), CommunityEvent.of)

    @strawberry.field(description="The state of the graph that all dates were computed from.")
    def snapshot(self) -> snapshots.Snapshot:
        return snapshots.Snapshot.of(self.found.snapshot)
